"""How a call moves on. Every step is guarded: a late writer never changes a call that ended, or was taken over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from app.errors import InputError
from app.store.calls import CallStatus
from app.store.kept import RETRY_WITHIN, is_reduced
from app.store.rows import changed
from app.store.scorecards import NewScorecard, save_scorecard
from app.store.tables import CallRow

ENDED: tuple[CallStatus, ...] = ("succeeded", "failed", "cancelled")


def start(session: Session, call_id: str, now: datetime) -> int:
    """Begin, or begin again after a worker was lost: ``queued`` or ``processing`` to ``processing``.

    Returns
    -------
    int
        The number of this attempt, 1 or more, to be handed to the steps after it;
        0 where the call has ended or is gone, and nothing was changed.
    """
    values = {"stage": None, "attempts": CallRow.attempts + 1, "failure_id": None, "failure_args": None}
    if not _move(session, call_id, ("queued", "processing"), "processing", now, None, **values):
        return 0
    return session.execute(select(CallRow.attempts).where(CallRow.id == call_id)).scalar_one()


def set_progress(
    session: Session, call_id: str, stage: str, progress: float, now: datetime, *, attempt: int | None = None
) -> bool:
    """Note how far it is; only forward, and only while it is processed.

    Parameters
    ----------
    progress : float
        0 to 1.
    attempt : int or None
        From `start`; a worker whose call was taken over changes nothing. None asks for no attempt.

    Returns
    -------
    bool
        Whether it was noted. False tells a worker of the same attempt to stop, or that it was further already.
    """
    further = (CallRow.progress <= progress,)
    values = {"stage": stage, "progress": progress}
    return _move(session, call_id, ("processing",), "processing", now, attempt, *further, **values)


def succeed(
    session: Session, call_id: str, scorecard: NewScorecard, now: datetime, *, attempt: int | None = None
) -> bool:
    """Keep the scorecard and its values, and end as ``succeeded``; False where the call is no longer processed."""
    values = {"progress": 1.0, "stage": None, "duration_s": scorecard.duration_s, "finished_at": now}
    if not _move(session, call_id, ("processing",), "succeeded", now, attempt, **values):
        return False
    save_scorecard(session, call_id, scorecard, now)
    return True


def fail(
    session: Session,
    call_id: str,
    failure_id: str,
    failure_args: Mapping[str, Any],
    now: datetime,
    *,
    attempt: int | None = None,
) -> bool:
    """End as ``failed``, with the sentence that says why; False where the call has ended or was taken over."""
    values = {"failure_id": failure_id, "failure_args": dict(failure_args), "finished_at": now}
    return _move(session, call_id, ("queued", "processing"), "failed", now, attempt, **values)


def cancel(session: Session, call_id: str, now: datetime) -> bool:
    """End as ``cancelled``; False where the call has ended."""
    return _move(session, call_id, ("queued", "processing"), "cancelled", now, None, stage=None, finished_at=now)


def retry(session: Session, call_id: str, now: datetime) -> bool:
    """Queue a failed call again; False where it has not failed.

    Raises
    ------
    InputError
        If its recording or the transcript that came with it is no longer kept.
    """
    values: dict[str, Any] = {"stage": None, "progress": 0.0, "finished_at": None}
    if not _move(session, call_id, ("failed",), "queued", now, None, failure_id=None, failure_args=None, **values):
        return False
    # Asked once the row is held: what is forgotten is never forgotten in between.
    if is_reduced(session, call_id):
        raise InputError("error-retry-late", days=RETRY_WITHIN.days)
    return True


def _move(
    session: Session,
    call_id: str,
    before: tuple[CallStatus, ...],
    after: CallStatus,
    now: datetime,
    attempt: int | None,
    *conditions: ColumnElement[bool],
    **values: Any,
) -> bool:
    """One UPDATE that asks and changes at once, so that of two writers one is refused on every database."""
    statement = update(CallRow).where(CallRow.id == call_id, CallRow.status.in_(before), *conditions)
    if attempt is not None:
        statement = statement.where(CallRow.attempts == attempt)
    if after in ENDED:
        # What was chosen for the work alone: of calls that are erased later nothing may stay here.
        values["baseline"] = None
    return changed(session.execute(statement.values(status=after, updated_at=now, **values))) == 1
