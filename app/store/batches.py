"""Batches: many calls submitted as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from app.store.base import new_id
from app.store.calls import STATUSES, CallStatus
from app.store.organisations import list_organisations
from app.store.principals import Principal, may_see, scope
from app.store.rows import Page, changed, columns_of, first, page
from app.store.tables import BatchRow, CallRow


@dataclass(frozen=True, slots=True)
class Batch:
    """Many calls submitted as one; `expected` is how many the submitter announced."""

    id: str
    organisation_id: str
    submitted_by: str
    name: str | None
    expected: int | None
    created_at: datetime


def create_batch(
    session: Session, principal: Principal, now: datetime, *, name: str | None = None, expected: int | None = None
) -> Batch:
    """A new batch, still without calls."""
    made = Batch(new_id(), principal.organisation_id, principal.id, name, expected, now)
    owner = {"organisation_id": made.organisation_id, "submitted_by": made.submitted_by}
    session.execute(insert(BatchRow).values(id=made.id, **owner, name=name, expected=expected, created_at=now))
    return made


def find_batch(session: Session, principal: Principal, batch_id: str) -> Batch | None:
    """One batch, if `principal` submitted it or may see a call of it."""
    return first(session, Batch, _seen(principal).where(BatchRow.id == batch_id))


def list_batches(session: Session, principal: Principal, *, cursor: str | None = None, limit: int = 50) -> Page[Batch]:
    """Batches that `principal` may see, newest first.

    Raises
    ------
    InputError
        If the cursor is none of ours, or the limit is out of range.
    """
    seen = _seen(principal)
    return page(session, Batch, seen, at=BatchRow.created_at, id=BatchRow.id, cursor=cursor, limit=limit)


def batch_counts(session: Session, principal: Principal, batch_id: str) -> dict[CallStatus, int]:
    """How many of a batch's calls that `principal` may see stand where."""
    counted: Any = select(CallRow.status, func.count()).where(CallRow.batch_id == batch_id).group_by(CallRow.status)
    found: dict[str, int] = dict(session.execute(scope(counted, principal)).all())
    return {status: found.get(status, 0) for status in STATUSES}


def forget_empty_batches(session: Session, now: datetime) -> int:
    """Delete batches that are older than their organisation keeps calls, and have none left; how many there were.

    Their names are the submitter's own words. Where calls are kept without end, so are batches.
    """
    held = select(CallRow.id).where(CallRow.batch_id == BatchRow.id).exists()
    forgotten = 0
    for organisation in list_organisations(session):
        if organisation.retain_days is None:
            continue
        old = BatchRow.created_at < now - timedelta(days=organisation.retain_days)
        own = delete(BatchRow).where(BatchRow.organisation_id == organisation.id, old, ~held)
        forgotten += changed(session.execute(own))
    return forgotten


def _seen(principal: Principal) -> Select[tuple[str]]:
    some_call = select(CallRow.id).where(CallRow.batch_id == BatchRow.id, may_see(principal)).exists()
    own = columns_of(BatchRow).where(BatchRow.organisation_id == principal.organisation_id)
    return own.where(or_(BatchRow.submitted_by == principal.id, some_call))
