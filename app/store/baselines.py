"""What an agent's call is held against: the agent's own usual values, chosen once for a call while it is scored."""

from __future__ import annotations

from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, update
from sqlalchemy.orm import Session

from app.store.tables import CallRow, MeasureValueRow

LEAST_CALLS = 3
"""Of fewer calls the middle one may be any of them; then there is no usual value."""
MOST_CALLS = 100
"""The latest so many calls count, so that a baseline follows a voice over the years."""


def chosen_baseline(session: Session, call_id: str) -> dict[str, float] | None:
    """The values that were chosen for a call; None where none were chosen yet, or the call has ended."""
    found: dict[str, float] | None = session.scalar(select(CallRow.baseline).where(CallRow.id == call_id))
    return found


def choose_baseline(session: Session, call_id: str) -> dict[str, float]:
    """The median of each measure over the agent's earlier calls, by name; empty where there are too few.

    It is kept with the call until that ends: whoever does a step of it again, on whatever machine, gets the same, though
    calls were scored or erased meanwhile. Calls of others and later calls never count.
    """
    asked = select(CallRow.organisation_id, CallRow.agent_id, CallRow.baseline, _began().label("at"))
    call = session.execute(asked.where(CallRow.id == call_id).with_for_update()).first()
    if call is None or call.agent_id is None:
        return {}
    if call.baseline is not None:
        return dict(call.baseline)
    values = _usual_values(session, call_id, call)
    session.execute(update(CallRow).where(CallRow.id == call_id).values(baseline=values))
    return values


def _usual_values(session: Session, call_id: str, call: Row[Any]) -> dict[str, float]:
    own = (CallRow.organisation_id == call.organisation_id, CallRow.agent_id == call.agent_id)
    earlier = select(CallRow.id).where(*own, CallRow.status == "succeeded", CallRow.id != call_id, _began() < call.at)
    latest = earlier.order_by(_began().desc(), CallRow.id.desc()).limit(MOST_CALLS)
    found: dict[str, list[float]] = {}
    kept = select(MeasureValueRow.measure, MeasureValueRow.value).where(MeasureValueRow.call_id.in_(latest))
    for measure, value in session.execute(kept):
        found.setdefault(measure, []).append(value)
    return {measure: median(values) for measure, values in sorted(found.items()) if len(values) >= LEAST_CALLS}


def _began() -> ColumnElement[datetime]:
    """When a call began, or was taken in where nobody told."""
    return func.coalesce(CallRow.started_at, CallRow.created_at)
