"""What was erased or shut out after a backup was made, and must not come back with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.blobs import Blobs
from app.store import audit
from app.store.base import now_utc
from app.store.engine import Store, database_address, open_store
from app.store.keys import revoke_key
from app.store.organisations import delete_team
from app.store.tables_access import AuditRow, SessionRow, SignInLinkRow
from app.store.webhooks import delete_endpoint, set_disabled

Ended = Callable[[Session, str, Mapping[str, Any], datetime], bool]
_ENDED: Mapping[str, Ended] = {
    "key.revoked": lambda session, owner, about, now: revoke_key(session, owner, about["key_id"], now),
    "team.ended": lambda session, owner, about, _: delete_team(session, owner, about["team_id"]),
    "webhook.ended": lambda session, owner, about, _: delete_endpoint(session, owner, about["webhook_id"]),
    "webhook.disabled": lambda session, owner, about, now: set_disabled(session, owner, about["endpoint_id"], now),
}
"""What the log calls it when somebody is shut out, and how that is done once more."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One entry of the log that took something away."""

    action: str
    organisation_id: str
    call_id: str | None
    agent_id: str | None
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TakenAgain:
    """How many calls and agents were erased again, and how many keys revoked."""

    erased: int
    agents: int
    revoked: int


def taken_since(database_url: str, since: datetime) -> tuple[Taken, ...]:
    """What was taken away after a moment, by a database's log; nothing where it can no longer be read."""
    address = database_address(database_url)
    if address.get_backend_name() == "sqlite" and not Path(str(address.database)).exists():
        return ()
    store = open_store(database_url)
    wanted = ("call.erased", "agent.erased", *_ENDED)
    log = select(AuditRow).where(AuditRow.action.in_(wanted), AuditRow.at >= since).order_by(AuditRow.at, AuditRow.id)
    try:
        with store.read() as session:
            return tuple(
                Taken(row.action, row.organisation_id, row.call_id, row.agent_id, row.detail or {})
                for row in session.scalars(log)
            )
    except SQLAlchemyError:
        return ()
    finally:
        store.close()


def sign_out_all(store: Store) -> None:
    """End every session and every link: nobody knows which of them were ended since."""
    with store.write() as session:
        for row in (SessionRow, SignInLinkRow):
            session.execute(delete(row))


def take_again(store: Store, blobs: Blobs, taken: Iterable[Taken], erased: Iterable[str]) -> TakenAgain:
    """Take away again what was taken, and erase the calls `erased` too."""
    from app.privacy import erase_agent, erase_call

    entries = tuple(taken)
    gone = {entry.call_id for entry in entries if entry.action == "call.erased" and entry.call_id is not None}
    calls = sum(erase_call(store, blobs, call_id) for call_id in sorted(gone | {*erased}))
    agents = {
        (entry.organisation_id, entry.agent_id)
        for entry in entries
        if entry.action == "agent.erased" and entry.agent_id is not None
    }
    for organisation_id, agent_id in sorted(agents):
        calls += erase_agent(store, blobs, organisation_id, agent_id)
    done = [entry.action for entry in entries if entry.action in _ENDED and _ended_again(store, entry)]
    return TakenAgain(calls, len(agents), done.count("key.revoked"))


def _ended_again(store: Store, entry: Taken) -> bool:
    """Whether there was something to end; the log of the backup knows nothing of it yet, and is told."""
    now = now_utc()
    with store.write() as session:
        try:
            ended = _ENDED[entry.action](session, entry.organisation_id, entry.detail, now)
        except KeyError:
            return False
        if ended:
            about = {"organisation_id": entry.organisation_id, "agent_id": entry.agent_id}
            audit.record(session, None, entry.action, now, **about, detail=dict(entry.detail))
        return ended
