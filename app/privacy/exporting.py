"""Hands out all that is held on one agent, as one file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.blobs import BlobMissing, Blobs
from app.messages import LOCALES, text
from app.store import audit
from app.store.base import now_utc
from app.store.calls import Call
from app.store.engine import Store
from app.store.organisations import find_agent
from app.store.principals import Principal
from app.store.retention import calls_of_agent
from app.store.rows import MAX_PAGE
from app.store.scorecards import scorecard_for_work, verdicts_of

_NOT_SHOWN = frozenset({"recording_url", "blob_key", "transcript_key"})
"""Where files lie and came from: of use to nobody, and an address may hold the right to fetch it."""
_ENDINGS = {"audio/flac": "flac", "audio/wav": "wav", "audio/x-wav": "wav", "audio/mpeg": "mp3", "audio/ogg": "ogg"}


def export_agent(
    store: Store,
    blobs: Blobs,
    organisation_id: str,
    agent_id: str,
    *,
    by: Principal | None = None,
    now: datetime | None = None,
    audio: bool = True,
) -> Iterator[bytes]:
    """A ZIP with all that is held on an agent: calls, scorecards, verdicts, the log of who saw what, audio.

    Parameters
    ----------
    by : Principal or None
        Whoever asked, whose right to it the caller has seen to; the export itself is noted in the log. Somebody else
        than the agent gets of the log what they did themselves, and no transcripts as they were sent in.
    audio : bool
        Whether recordings are in it; on them the customer may be heard too.

    Yields
    ------
    bytes
        Of the file, as it is made: neither it nor a recording is ever held whole.
    """
    now = now or now_utc()
    agent = Principal("export", "agent", organisation_id, agent_id=agent_id)
    asker = agent if by is None or by.role == "agent" else by
    with store.write() as session:
        held = calls_of_agent(session, organisation_id, agent_id)
        known = find_agent(session, organisation_id, agent_id)
        about: dict[str, Any] = {
            "organisation_id": organisation_id,
            "agent_id": agent_id,
            "detail": {"calls": len(held)},
        }
        audit.record(session, by, "agent.exported", now, **about)
    out = _Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for locale in LOCALES:
            about_it = text("export-about", locale, agent=agent_id, calls=len(held), asker=asker.role)
            archive.writestr(f"LUE-README.{locale}.txt", about_it)
        _write(archive, "agent.json", None if known is None else asdict(known))
        _write(archive, "calls.json", [_shown(call) for call in held])
        _write(archive, "verdicts.json", list(_verdicts(store, agent, held)))
        _write(archive, "log.json", list(_log(store, asker, agent_id)))
        for call in held:
            with store.read() as session:
                card = scorecard_for_work(session, call.id)
            if card is not None:
                archive.writestr(f"scorecards/{call.id}.json", card.document)
            yield out.taken()
            if call.transcript_key is not None and asker is agent:
                yield from _copied(archive, out, blobs, call.transcript_key, f"transcripts/{call.id}")
            if audio and call.blob_key is not None:
                yield from _copied(archive, out, blobs, call.blob_key, f"audio/{call.id}.{_ending(call)}")
    yield out.taken()


class _Pipe(io.RawIOBase):
    """A file that is only written; what was written is taken away piece by piece."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """Hold it until it is taken."""
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        held, self._held = bytes(self._held), bytearray()
        return held


def _verdicts(store: Store, agent: Principal, held: tuple[Call, ...]) -> Iterator[dict[str, Any]]:
    for call in held:
        with store.read() as session:
            yield from (asdict(verdict) for verdict in verdicts_of(session, agent, call.id))


def _shown(call: Call) -> dict[str, Any]:
    return {name: value for name, value in asdict(call).items() if name not in _NOT_SHOWN}


def _log(store: Store, asker: Principal, agent_id: str) -> Iterator[dict[str, Any]]:
    cursor: str | None = None
    while True:
        with store.read() as session:
            page = audit.list_audit(session, asker, agent_id=agent_id, cursor=cursor, limit=MAX_PAGE)
        yield from (asdict(entry) for entry in page.items)
        if page.next_cursor is None:
            return
        cursor = page.next_cursor


def _write(archive: zipfile.ZipFile, name: str, value: Any) -> None:
    archive.writestr(name, json.dumps(value, ensure_ascii=False, indent=1, default=_written))


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be exported")


def _copied(archive: zipfile.ZipFile, out: _Pipe, blobs: Blobs, key: str, name: str) -> Iterator[bytes]:
    """Copy a file in pieces; nothing where it is gone."""
    try:
        pieces = blobs.stream(key)
    except BlobMissing:
        return
    entry = zipfile.ZipInfo(name, now_utc().timetuple()[:6])
    with archive.open(entry, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece)
            yield out.taken()


def _ending(call: Call) -> str:
    """What the file's name ends with, from its kind or from the name that it came with."""
    if call.media_type in _ENDINGS:
        return _ENDINGS[call.media_type]
    ending = (call.file_name or "").rpartition(".")[2].lower()
    return ending if ending.isalnum() and ending.isascii() and len(ending) <= 5 else "audio"
