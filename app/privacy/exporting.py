"""Hands out all that is held on one agent, as one file."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, BinaryIO

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

_ENDINGS = {"audio/flac": "flac", "audio/wav": "wav", "audio/x-wav": "wav", "audio/mpeg": "mp3", "audio/ogg": "ogg"}
_PACK = 6


@dataclass(frozen=True, slots=True)
class Export:
    """What an export holds."""

    calls: int
    audio_files: int


def export_agent(
    store: Store,
    blobs: Blobs,
    organisation_id: str,
    agent_id: str,
    out: BinaryIO,
    *,
    by: Principal | None = None,
    now: datetime | None = None,
    audio: bool = True,
) -> Export:
    """Write a ZIP with all that is held on an agent: calls, scorecards, verdicts, the log of who saw what, audio.

    Parameters
    ----------
    out : binary file
        Written in order and never read; audio passes through in pieces.
    by : Principal or None
        Whoever asked, whose right to it the caller has seen to; the export itself is noted in the log.
    audio : bool
        Whether recordings are in it; on them the customer may be heard too.
    """
    now = now or now_utc()
    agent = Principal("export", "agent", organisation_id, agent_id=agent_id)
    with store.write() as session:
        held = calls_of_agent(session, organisation_id, agent_id)
        known = find_agent(session, organisation_id, agent_id)
        about = {"organisation_id": organisation_id, "agent_id": agent_id, "detail": {"calls": len(held)}}
        audit.record(session, by, "agent.exported", now, **about)
    sounds = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_PACK) as archive:
        for locale in LOCALES:
            archive.writestr(f"LUE-README.{locale}.txt", text("export-about", locale, agent=agent_id, calls=len(held)))
        _write(archive, "agent.json", None if known is None else asdict(known))
        _write(archive, "calls.json", [asdict(call) for call in held])
        _write(archive, "verdicts.json", list(_verdicts(store, agent, held)))
        _write(archive, "log.json", list(_log(store, agent)))
        for call in held:
            with store.read() as session:
                card = scorecard_for_work(session, call.id)
            if card is not None:
                archive.writestr(f"scorecards/{call.id}.json", card.document)
            if call.transcript_key is not None:
                _copy(archive, blobs, call.transcript_key, f"transcripts/{call.id}")
            if audio and call.blob_key is not None:
                sounds += _copy(archive, blobs, call.blob_key, f"audio/{call.id}.{_ending(call)}", packed=False)
    return Export(len(held), sounds)


def _verdicts(store: Store, agent: Principal, held: tuple[Call, ...]) -> Iterator[dict[str, Any]]:
    for call in held:
        with store.read() as session:
            yield from (asdict(verdict) for verdict in verdicts_of(session, agent, call.id))


def _log(store: Store, agent: Principal) -> Iterator[dict[str, Any]]:
    cursor: str | None = None
    while True:
        with store.read() as session:
            page = audit.list_audit(session, agent, cursor=cursor, limit=MAX_PAGE)
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


def _copy(archive: zipfile.ZipFile, blobs: Blobs, key: str, name: str, *, packed: bool = True) -> bool:
    """Copy a file in pieces; False where it is gone."""
    try:
        pieces = blobs.stream(key)
    except BlobMissing:
        return False
    entry = zipfile.ZipInfo(name, now_utc().timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with archive.open(entry, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece)
    return True


def _ending(call: Call) -> str:
    """What the file's name ends with, from its kind or from the name that it came with."""
    if call.media_type in _ENDINGS:
        return _ENDINGS[call.media_type]
    ending = (call.file_name or "").rpartition(".")[2].lower()
    return ending if ending.isalnum() and ending.isascii() and len(ending) <= 5 else "audio"
