"""How long calls are kept, and how they are erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.store.calls import Call
from app.store.rows import changed, columns_of, every, in_parts
from app.store.tables import CallRow, IdempotencyRow, WebhookDeliveryRow


def erase_call(session: Session, call_id: str) -> tuple[str, ...] | None:
    """Erase all rows of a call, with its scorecard, values, verdicts, idempotency keys and undelivered events.

    Returns the keys of its blobs, to be deleted once the transaction is kept; None where there is no such call.
    """
    row = session.execute(
        select(CallRow.blob_key, CallRow.transcript_key).where(CallRow.id == call_id).with_for_update()
    ).first()
    if row is None:
        return None
    session.execute(delete(WebhookDeliveryRow).where(WebhookDeliveryRow.call_id == call_id))
    session.execute(delete(IdempotencyRow).where(IdempotencyRow.call_id == call_id))
    session.execute(delete(CallRow).where(CallRow.id == call_id))
    return tuple(key for key in row if key is not None)


def set_retention(session: Session, call_id: str, retain_until: datetime | None) -> bool:
    """Keep one call until another moment."""
    statement = update(CallRow).where(CallRow.id == call_id).values(retain_until=retain_until)
    return changed(session.execute(statement)) == 1


def due_for_erasure(session: Session, now: datetime, *, limit: int = 500) -> tuple[Call, ...]:
    """Calls whose time is over, longest overdue first."""
    due = columns_of(CallRow).where(CallRow.retain_until <= now).order_by(CallRow.retain_until).limit(limit)
    return every(session, Call, due)


def calls_of_agent(session: Session, organisation_id: str, agent_id: str) -> tuple[Call, ...]:
    """Every call that is held on one agent, for an export or an erasure that was asked for."""
    own = columns_of(CallRow).where(CallRow.organisation_id == organisation_id, CallRow.agent_id == agent_id)
    return every(session, Call, own.order_by(CallRow.created_at, CallRow.id))


def referenced_blobs(session: Session, keys: Sequence[str]) -> frozenset[str]:
    """Those of `keys` that a call still needs; the others were left behind and can be deleted."""
    found: set[str] = set()
    for part in in_parts(keys):
        for column in (CallRow.blob_key, CallRow.transcript_key):
            found.update(key for key in session.scalars(select(column).where(column.in_(part))) if key is not None)
    return frozenset(found)
