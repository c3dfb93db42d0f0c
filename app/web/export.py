"""All that is held on one agent, as a ZIP file that is written while it is sent.

References
----------
Regulation (EU) 2016/679, articles 15 and 20.
"""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from app.blobs import BlobMissing
from app.store.audit import AuditEntry, list_audit
from app.store.calls import Call, find_call
from app.store.organisations import find_agent
from app.store.principals import Principal
from app.store.retention import calls_of_agent
from app.store.rows import MAX_PAGE
from app.store.scorecards import find_scorecard, verdicts_of
from app.web.service import Service

_INTERNAL = ("blob_key", "transcript_key", "organisation_id", "submitted_by", "priority")
"""Of no meaning outside the service."""


class _Outgoing(io.RawIOBase):
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


def export_of(service: Service, principal: Principal, agent_id: str, *, audio: bool) -> Iterator[bytes]:
    """The ZIP file in pieces: ``agent.json``, ``audit.json``, and for each call its state, scorecard and recording.

    Only calls that `principal` may see are in it.
    """
    out = _Outgoing()
    with service.store.read() as session:
        agent = find_agent(session, principal.organisation_id, agent_id)
        calls = calls_of_agent(session, principal.organisation_id, agent_id)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "agent.json", None if agent is None else dataclasses.asdict(agent))
        _add(archive, "audit.json", [dataclasses.asdict(entry) for entry in _audit(service, principal, agent_id)])
        yield out.taken()
        for call in calls:
            yield from _call(service, principal, archive, out, call, audio=audio)
    yield out.taken()


def _call(
    service: Service, principal: Principal, archive: zipfile.ZipFile, out: _Outgoing, call: Call, *, audio: bool
) -> Iterator[bytes]:
    with service.store.read() as session:
        if find_call(session, principal, call.id) is None:
            return
        stored = find_scorecard(session, principal, call.id)
        verdicts = verdicts_of(session, principal, call.id)
    folder = f"calls/{call.id}"
    state = {name: value for name, value in dataclasses.asdict(call).items() if name not in _INTERNAL}
    state["verdicts"] = [dataclasses.asdict(verdict) for verdict in verdicts]
    _add(archive, f"{folder}/call.json", state)
    if stored is not None:
        archive.writestr(f"{folder}/scorecard.json", stored.document)
    yield out.taken()
    files = {"transcript": call.transcript_key, "recording": call.blob_key if audio else None}
    for name, key in files.items():
        if key is not None:
            yield from _file(service, archive, out, f"{folder}/{name}", key)


def _file(service: Service, archive: zipfile.ZipFile, out: _Outgoing, name: str, key: str) -> Iterator[bytes]:
    try:
        pieces = service.blobs.stream(key)
    except BlobMissing:
        return
    with archive.open(name, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece)
            yield out.taken()


def _audit(service: Service, principal: Principal, agent_id: str) -> Iterator[AuditEntry]:
    cursor: str | None = None
    while True:
        with service.store.read() as session:
            page = list_audit(session, principal, agent_id=agent_id, cursor=cursor, limit=MAX_PAGE)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def _add(archive: zipfile.ZipFile, name: str, content: Any) -> None:
    archive.writestr(name, json.dumps(content, ensure_ascii=False, indent=1, default=_plain))


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an export")
