"""The journal of a batch: what is done, one line a call, so that a run that stopped can go on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.types import Message
from app import __version__
from app.batch.rows import row_from_json, row_to_json
from app.batch.sources import Call
from app.batch.worker import SCORECARDS, Failed, Scored
from app.errors import UsageError

JOURNAL = "journal.jsonl"


@dataclass(frozen=True, slots=True)
class Version:
    """Which recording, scored how: what must be unchanged for an earlier result to stand."""

    size: int | None
    mtime_ns: int | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: a call's version, and its row or why there is none."""

    version: Version
    outcome: Scored | Failed


def version_of(call: Call) -> Version:
    """The call's version as it is on the disk now; size and time are None where the recording is not there."""
    try:
        state = call.path.stat()
    except (OSError, ValueError):
        return Version(None, None, _fingerprint(call))
    return Version(state.st_size, state.st_mtime_ns, _fingerprint(call))


def _fingerprint(call: Call) -> str:
    """Hash of everything but the recording that a result depends on."""
    options = call.options
    parts = {
        "engine": __version__,
        "asr": options.asr,
        "model": options.model,
        "language": options.language,
        "agent": options.agent,
        "locale": options.locale,
        "standard": _content(options.standard),
        "baseline": _content(options.baseline),
        "transcripts": [_content(path) for path in (options.transcript, *call.transcripts)],
        "agent_id": call.agent_id,
        "client_reference": call.client_reference,
        "problem": call.problem.id if call.problem else None,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _content(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        state = path.stat()
        return _hash(path, state.st_size, state.st_mtime_ns)
    except (OSError, ValueError):
        return "missing"


@lru_cache(maxsize=64)
def _hash(path: Path, size: int, mtime_ns: int) -> str:  # noqa: ARG001  # size and time tell a changed file apart
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Journal:
    """The open journal of one folder of results. Held by one run at a time.

    Raises
    ------
    UsageError
        If another run holds it.
    """

    def __init__(self, out: Path) -> None:
        self.folder = out
        self._file = (out / JOURNAL).open("ab+")
        if not _locked(self._file.fileno()):
            self._file.close()
            raise UsageError("error-batch-out-busy", out=str(out))

    def entries(self) -> dict[str, Entry]:
        """The last entry of each call, by its key. A line cut short by a crash is dropped."""
        self._file.seek(0)
        content = self._file.read()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            self._file.truncate(whole)
        found: dict[str, Entry] = {}
        for line in content[:whole].splitlines():
            try:
                kept = json.loads(line)
                found[kept["key"]] = _entry(kept)
            except (ValueError, KeyError, TypeError):
                continue  # not a line of ours: its call is scored again
        return found

    def add(self, call: Call, entry: Entry) -> None:
        """Append one line and see it to the disk."""
        outcome = entry.outcome
        kept = {
            "call": call.name,
            "key": call.key,
            "source": str(call.path),
            "size": entry.version.size,
            "mtime_ns": entry.version.mtime_ns,
            "fingerprint": entry.version.fingerprint,
            "result": f"{SCORECARDS}/{call.key}.json" if isinstance(outcome, Scored) else None,
            "row": row_to_json(outcome.row) if isinstance(outcome, Scored) else None,
            "error": _error(outcome) if isinstance(outcome, Failed) else None,
        }
        self._file.write(json.dumps(kept).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file, which frees the folder for another run."""
        self._file.close()


def _locked(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # not on this system
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _error(failed: Failed) -> Mapping[str, Any]:
    return {"id": failed.message.id, "args": dict(failed.message.args), "kind": failed.kind}


def _entry(kept: Mapping[str, Any]) -> Entry:
    version = Version(kept["size"], kept["mtime_ns"], kept["fingerprint"])
    if kept["row"] is not None:
        return Entry(version, Scored(row_from_json(kept["row"])))
    error = kept["error"]
    return Entry(version, Failed(Message(error["id"], error["args"]), error["kind"]))
