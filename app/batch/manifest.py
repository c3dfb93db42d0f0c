"""Reads a manifest: a table of calls, one a row, with what is known of each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

from analysis.types import Message
from app.batch.sources import Call, key_of, readable, transcripts_beside
from app.errors import InputError
from app.scoring import AgentChoice, ScoreOptions

MANIFEST_SUFFIXES = (".csv", ".jsonl", ".ndjson")
COLUMNS = ("path", "agent", "transcript", "agent_id", "client_reference", "language", "baseline")

Row = Mapping[str, str]


def manifest_calls(manifest: Path, options: ScoreOptions, *, beside: bool) -> list[Call]:
    """The manifest's calls in its order; a row that cannot be used is a call with a problem.

    Parameters
    ----------
    manifest : Path
        CSV with a header (comma, semicolon or tab), or JSON Lines. Paths in it are relative to its own folder.
    options : ScoreOptions
    beside : bool
        Whether a transcript that lies beside a recording is used where the row names none.

    Raises
    ------
    InputError
        If it cannot be read, has a column that is not known, or has no ``path``.
    """
    text = _text_of(manifest)
    rows = _csv_rows(text, manifest) if manifest.suffix.lower() == ".csv" else _json_rows(text, manifest)
    return [_call(line, row, manifest, options, beside=beside) for line, row in rows]


def _text_of(manifest: Path) -> str:
    try:
        content = manifest.read_bytes()
    except OSError as error:
        raise InputError("error-batch-manifest-unread", file=readable(manifest), why=error.strerror or "") from error
    # Excel saves "Unicode text" as UTF-16 and plain CSV, in Finland, as Windows-1252.
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError("error-batch-manifest-encoding", file=readable(manifest))


def _csv_rows(text: str, manifest: Path) -> Iterator[tuple[int, Row]]:
    header = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not names:
                names = [cell.strip().lower() for cell in cells]
                _check_columns(names, manifest)
                continue
            if len(cells) > len(names):
                raise InputError("error-batch-manifest-line", file=readable(manifest), line=reader.line_num)
            yield reader.line_num, dict(zip(names, (cell.strip() for cell in cells), strict=False))
    except csv.Error as error:
        raise InputError("error-batch-manifest-line", file=readable(manifest), line=reader.line_num) from error
    if not names:
        raise InputError("error-batch-manifest-columns", file=readable(manifest), found="–", allowed=", ".join(COLUMNS))


def _json_rows(text: str, manifest: Path) -> Iterator[tuple[int, Row]]:
    # Only a line feed ends a line: str.splitlines would also cut at characters that JSON allows inside a text.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError("error-batch-manifest-line", file=readable(manifest), line=number) from error
        if not isinstance(values, dict) or any(isinstance(value, (dict, list)) for value in values.values()):
            raise InputError("error-batch-manifest-line", file=readable(manifest), line=number)
        _check_columns(list(values), manifest)
        yield number, {name: str(value) for name, value in values.items() if value is not None}


def _check_columns(names: list[str], manifest: Path) -> None:
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or "path" not in names or len(set(names)) < len(names):
        found, allowed = ", ".join(names), ", ".join(COLUMNS)
        raise InputError("error-batch-manifest-columns", file=readable(manifest), found=found, allowed=allowed)


def _call(line: int, row: Row, manifest: Path, options: ScoreOptions, *, beside: bool) -> Call:
    written = row.get("path", "")
    path = _found(written, manifest)
    transcript, baseline = _found(row.get("transcript"), manifest), _found(row.get("baseline"), manifest)
    agent = row.get("agent", "").lower()
    known_agents: tuple[AgentChoice, ...] = get_args(AgentChoice)
    chosen = replace(
        options,
        agent=next((known for known in known_agents if known == agent), options.agent),
        language=row.get("language") or options.language,
        transcript=transcript or options.transcript,
        baseline=baseline or options.baseline,
    )
    problem = None
    if path is None:
        problem = Message("error-batch-row-without-path", {"line": line})
    elif agent and agent not in known_agents:
        problem = Message("error-batch-row-agent", {"agent": row["agent"], "allowed": ", ".join(known_agents)})
    else:
        missing = [file for file in (path, transcript, baseline) if file is not None and not _is_file(file)]
        problem = Message("error-batch-file-missing", {"file": readable(missing[0])}) if missing else None
    return Call(
        path=path or manifest,
        name=readable(written) if path else f"{readable(manifest.name)}:{line}",
        key=key_of(written or f"row-{line}"),
        options=chosen,
        transcripts=transcripts_beside(path) if beside and path and chosen.transcript is None and not problem else (),
        agent_id=row.get("agent_id") or None,
        client_reference=row.get("client_reference") or None,
        problem=problem,
    )


def _found(written: str | None, manifest: Path) -> Path | None:
    return manifest.parent / written if written else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long for the file system, or with a NUL
        return False
