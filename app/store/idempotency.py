"""Idempotency keys: a submission that is sent again makes no second call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.store.rows import changed, columns_of, insert_unless_there
from app.store.tables import IdempotencyRow


@dataclass(frozen=True, slots=True)
class Reserved:
    """What became of an idempotency key.

    Parameters
    ----------
    call_id : str
        The call that the key stands for.
    outcome : {"new", "repeated", "conflict"}
        Go on and create the call; answer with the call that is there; refuse, since the request is another one.
    """

    call_id: str
    outcome: Literal["new", "repeated", "conflict"]


def idempotent(
    session: Session, owner: str, key: str, request_sha256: str, *, call_id: str, organisation_id: str, now: datetime
) -> Reserved:
    """Claim an idempotency key for `call_id`, in the transaction that creates the call.

    Of many at once one gets ``new``; the others wait for its transaction and get its call. `owner` is the principal's
    `id`: keys of different callers never meet.
    """
    values = {"organisation_id": organisation_id, "request_sha256": request_sha256, "call_id": call_id}
    if insert_unless_there(session, IdempotencyRow, owner=owner, key=key, created_at=now, **values):
        return Reserved(call_id, "new")
    found = find_idempotent(session, owner, key, request_sha256)
    assert found is not None
    return found


def find_idempotent(session: Session, owner: str, key: str, request_sha256: str) -> Reserved | None:
    """What an idempotency key stands for; None where it is new. Claims nothing."""
    this = columns_of(IdempotencyRow).where(IdempotencyRow.owner == owner, IdempotencyRow.key == key)
    row = session.execute(this).first()
    if row is None:
        return None
    return Reserved(row.call_id, "repeated" if row.request_sha256 == request_sha256 else "conflict")


def forget_idempotency(session: Session, before: datetime) -> int:
    """Delete keys that were claimed before a moment; how many there were."""
    return changed(session.execute(delete(IdempotencyRow).where(IdempotencyRow.created_at < before)))
