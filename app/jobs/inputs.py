"""What a call's child process is given: its audio and transcript as files, and its options."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from analysis.catalogue import BY_NAME
from app.blobs import Blobs
from app.jobs.runtime import Runtime
from app.settings import settings
from app.store.baselines import choose_baseline, chosen_baseline
from app.store.calls import Call
from app.store.standards import StoredStandard, find_standard


def local_file(blobs: Blobs, key: str, copy: Path) -> Path:
    """A file with what lies under `key`: itself in a local folder, else a copy at `copy`.

    Raises
    ------
    BlobMissing
        If nothing lies there.
    """
    from app.blobs import BlobMissing

    if blobs.folder is not None:
        if not (blobs.folder / key).is_file():
            raise BlobMissing(key)
        return blobs.folder / key
    if not copy.is_file():
        part = copy.with_name(f"{copy.name}.part")
        part.unlink(missing_ok=True)
        blobs.download_to(key, part)
        part.replace(copy)
    return copy


def request_for(runtime: Runtime, call: Call, work: Path) -> dict[str, Any]:
    """All that a child must know to score `call`, but for the step.

    Raises
    ------
    BlobMissing
        If the audio or the transcript is gone.
    """
    if call.blob_key is None:
        raise LookupError(f"call {call.id} has no audio")
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    source = local_file(runtime.blobs, call.blob_key, work / "source")
    transcript = None
    if call.transcript_key is not None:
        transcript = str(local_file(runtime.blobs, call.transcript_key, work / "transcript"))
    options = {
        "agent": call.agent_channel,
        "language": call.language or "fi",
        "model": settings().model,
        "asr": transcript is None,
        "transcript": transcript,
        "baseline": _baseline_file(runtime, call, work),
        "standard": _standard_file(runtime, call, work),
        "threads": settings().thread_count,
        "locale": settings().locale,
    }
    return {"work": str(work), "source": str(source), "name": call.file_name or call.id, "options": options}


def _baseline_file(runtime: Runtime, call: Call, work: Path) -> str | None:
    """The agent's own usual values as the file that baselines are read from; None where there are none."""
    if call.agent_id is None:
        return None
    path = work / "baseline.json"
    if not path.is_file():
        with runtime.store.read() as session:
            values = chosen_baseline(session, call.id)
        if values is None:
            with runtime.store.write() as session:
                values = choose_baseline(session, call.id)
        known = {
            name: {"value": value, "unit": BY_NAME[name].unit} for name, value in values.items() if name in BY_NAME
        }
        if not known:
            return None
        part = path.with_name("baseline.part")
        part.write_text(json.dumps({"scorecard_version": "1", "measures": known}), encoding="utf-8")
        part.replace(path)
    return str(path)


def _standard_file(runtime: Runtime, call: Call, work: Path) -> str | None:
    """The organisation's standard as a file; None for the default one, or where it is no longer there.

    The version is chosen once for a call: a change of the standard in the middle of its work does not reach it.
    """
    if call.standard is None:
        return None
    path = work / "standard.toml"
    if path.is_file():
        return str(path)
    name, _, version = call.standard.partition("@")
    with runtime.store.read() as session:
        found = find_standard(session, call.organisation_id, name, int(version) if version.isdigit() else None)
    if found is None:
        return None
    part = path.with_name("standard.part")
    part.write_text(toml_of(_document(found)), encoding="utf-8")
    part.replace(path)
    return str(path)


def _document(standard: StoredStandard) -> dict[str, Any]:
    return standard.body | {"name": standard.name, "version": standard.version}


def toml_of(document: dict[str, Any], place: str = "") -> str:
    """A JSON object as TOML, which is what standards are read from; what is null is left out."""
    plain = {key: value for key, value in document.items() if value is not None and not isinstance(value, dict)}
    lines = [f"{_text(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in document.items():
        if isinstance(value, dict):
            here = f"{place}.{_text(key)}" if place else _text(key)
            lines += [f"[{here}]", toml_of(value, here)]
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def drop_work(runtime: Runtime, call_id: str) -> None:
    """Take away what was kept of a call while it was worked on."""
    import shutil

    with suppress(FileNotFoundError):
        shutil.rmtree(runtime.config.work_dir / call_id)
