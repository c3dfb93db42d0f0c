"""Scorecards as they were made, their values over time, and what listeners said about the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.store.base import new_id
from app.store.principals import Principal, scope
from app.store.rows import changed, columns_of, every, first, insert_unless_there
from app.store.tables import CallRow, FindingVerdictRow, MeasureValueRow, ScorecardRow

ListenerVerdict = Literal["right", "wrong"]


@dataclass(frozen=True, slots=True)
class NewScorecard:
    """A scorecard to be kept.

    Parameters
    ----------
    document : str
        The JSON as the contract writes it; it is handed out again byte for byte.
    engine_version, asr_model, standard : str
        What made it (``default@1``), so that a scoring anew can be told from this one.
    values : mapping of str to float
        Measures that have a value, for trends.
    duration_s : float or None
        Length of the recording in seconds, for lists of calls.
    """

    document: str
    engine_version: str
    asr_model: str | None
    standard: str
    values: Mapping[str, float] = field(default_factory=dict)
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class StoredScorecard:
    """A scorecard that is kept."""

    call_id: str
    document: str
    engine_version: str
    asr_model: str | None
    standard: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One call's value of a measure; `at` is when the call began, or was taken in where nobody told."""

    call_id: str
    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class FindingVerdict:
    """What one listener said about the n-th piece of evidence of a measure, counted from 0."""

    call_id: str
    measure: str
    n: int
    verdict: ListenerVerdict
    by: str
    at: datetime


def save_scorecard(session: Session, call_id: str, scorecard: NewScorecard, now: datetime) -> None:
    """Keep a scorecard in place of any before it, with its values for trends.

    Raises
    ------
    LookupError
        If there is no such call.
    """
    call = session.execute(
        select(CallRow.organisation_id, CallRow.agent_id, func.coalesce(CallRow.started_at, CallRow.created_at)).where(
            CallRow.id == call_id
        )
    ).first()
    if call is None:
        raise LookupError(f"no call {call_id}")
    organisation_id, agent_id, at = call
    session.execute(delete(ScorecardRow).where(ScorecardRow.call_id == call_id))
    session.execute(delete(MeasureValueRow).where(MeasureValueRow.call_id == call_id))
    session.execute(
        insert(ScorecardRow).values(
            call_id=call_id,
            document=scorecard.document,
            engine_version=scorecard.engine_version,
            asr_model=scorecard.asr_model,
            standard=scorecard.standard,
            created_at=now,
        )
    )
    rows = {"call_id": call_id, "organisation_id": organisation_id, "agent_id": agent_id, "at": at}
    if scorecard.values:
        kept = [rows | {"measure": measure, "value": value} for measure, value in scorecard.values.items()]
        session.execute(insert(MeasureValueRow), kept)


def replace_scorecard(session: Session, call_id: str, scorecard: NewScorecard, now: datetime) -> bool:
    """Put a new scoring (under another standard) in the place of the old; False unless the call has succeeded."""
    done = update(CallRow).where(CallRow.id == call_id, CallRow.status == "succeeded").values(updated_at=now)
    if changed(session.execute(done)) != 1:
        return False
    save_scorecard(session, call_id, scorecard, now)
    return True


def find_scorecard(session: Session, principal: Principal, call_id: str) -> StoredScorecard | None:
    """The scorecard of a call, if `principal` may see the call."""
    joined = columns_of(ScorecardRow).join(CallRow, CallRow.id == ScorecardRow.call_id)
    return first(session, StoredScorecard, scope(joined.where(ScorecardRow.call_id == call_id), principal))


def scorecard_for_work(session: Session, call_id: str) -> StoredScorecard | None:
    """The scorecard of a call for the workers, who see all."""
    return first(session, StoredScorecard, columns_of(ScorecardRow).where(ScorecardRow.call_id == call_id))


def trend(
    session: Session,
    principal: Principal,
    agent_id: str,
    measure: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 1000,
) -> tuple[TrendPoint, ...]:
    """A measure over the latest calls of an agent that `principal` may see, oldest first; times `[since, until)`."""
    points: Any = select(MeasureValueRow.call_id, MeasureValueRow.at, MeasureValueRow.value)
    points = points.join(CallRow, CallRow.id == MeasureValueRow.call_id).where(
        MeasureValueRow.organisation_id == principal.organisation_id,
        MeasureValueRow.agent_id == agent_id,
        MeasureValueRow.measure == measure,
    )
    if since is not None:
        points = points.where(MeasureValueRow.at >= since)
    if until is not None:
        points = points.where(MeasureValueRow.at < until)
    newest = scope(points, principal).order_by(MeasureValueRow.at.desc(), MeasureValueRow.call_id.desc()).limit(limit)
    return every(session, TrendPoint, newest)[::-1]


def set_verdict(
    session: Session,
    principal: Principal,
    call_id: str,
    measure: str,
    n: int,
    verdict: ListenerVerdict,
    now: datetime,
) -> bool:
    """Note what a listener says about one piece of evidence; the same listener's later word replaces the earlier.

    False where `principal` may not see the call.
    """
    seen = scope(select(CallRow.id).where(CallRow.id == call_id), principal)
    if session.execute(seen).first() is None:
        return False
    said = {"verdict": verdict, "at": now}
    key = {"call_id": call_id, "measure": measure, "n": n, "by": principal.id}
    if not insert_unless_there(session, FindingVerdictRow, id=new_id(), **key, **said):
        here = (getattr(FindingVerdictRow, name) == value for name, value in key.items())
        session.execute(update(FindingVerdictRow).where(*here).values(**said))
    return True


def verdicts_of(session: Session, principal: Principal, call_id: str) -> tuple[FindingVerdict, ...]:
    """What listeners said about a call's evidence, if `principal` may see the call."""
    joined = columns_of(FindingVerdictRow).join(CallRow, CallRow.id == FindingVerdictRow.call_id)
    ordered = scope(joined.where(FindingVerdictRow.call_id == call_id), principal).order_by(
        FindingVerdictRow.measure, FindingVerdictRow.n, FindingVerdictRow.at
    )
    return every(session, FindingVerdict, ordered)
