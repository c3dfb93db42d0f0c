"""How a call ends: its scorecard or its failure, and the events that tell of it, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.jobs.runtime import Runtime, now_utc
from app.store import progress, webhooks
from app.store.calls import Call, call_for_work
from app.store.scorecards import NewScorecard

SUCCEEDED, FAILED = "call.succeeded", "call.failed"
LEFT_OUT = "…"
"""Stands in a sentence for a word of the call."""
_TRANSCRIPTS = "error-transcript-"
_OURS = frozenset({"kind", "where"})
"""Values of transcripts' sentences that are words of this service; of all others none is kept."""


def scorecard_of(runtime: Runtime, call: Call, path: Path) -> NewScorecard:
    """The card that the child left at `path`, in the form in which the organisation keeps it."""
    text = _kept_form(runtime, call, path.read_text(encoding="utf-8"))
    document = json.loads(text)
    engine = document["engine"]
    measures = document["measures"]
    return NewScorecard(
        document=text,
        engine_version=engine["version"],
        asr_model=engine.get("asr_model"),
        standard=engine["standard"],
        values={name: float(found["value"]) for name, found in measures.items() if found.get("value") is not None},
        duration_s=document["recording"]["duration_s"],
    )


def _kept_form(runtime: Runtime, call: Call, text: str) -> str:
    """`text` without the personal numbers that the organisation does not want kept."""
    from app.privacy import kept_scorecard

    return kept_scorecard(runtime.store, call, text)


def deliver(runtime: Runtime, call_id: str, attempt: int, card: NewScorecard) -> bool:
    """End a call as succeeded; False where it has ended, was erased, or another worker has taken it over."""
    now = now_utc()
    with runtime.store.write() as session:
        if not progress.succeed(session, call_id, card, now, attempt=attempt):
            return False
        _announce(runtime, session, call_id, SUCCEEDED, now)
        return True


def give_up(runtime: Runtime, call_id: str, attempt: int | None, id: str, args: Mapping[str, Any]) -> bool:
    """End a call as failed, with its sentence; False as for `deliver`."""
    now = now_utc()
    with runtime.store.write() as session:
        if not progress.fail(session, call_id, id, told_args(id, args), now, attempt=attempt):
            return False
        _announce(runtime, session, call_id, FAILED, now)
        return True


def told_args(id: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a failure's sentence that may be kept and told: numbers are, and no word of the call is.

    A word of a transcript becomes an ellipsis, so that its sentence can still be shown; any other text loses personal
    numbers. The name of a host is kept whole.
    """
    return {name: _told(id, name, value) if isinstance(value, str) else value for name, value in args.items()}


def _told(id: str, name: str, value: str) -> str:
    from analysis.finnish.redaction import redacted_text

    if id.startswith(_TRANSCRIPTS):
        return value if name in _OURS else LEFT_OUT
    return value if name == "host" else redacted_text(value)


def _announce(runtime: Runtime, session: Session, call_id: str, type: str, now: datetime) -> None:
    call = call_for_work(session, call_id)
    assert call is not None
    failure = {"id": call.failure_id, "args": call.failure_args} if call.failure_id is not None else None
    told = {
        "id": call.id,
        "status": call.status,
        "agent_id": call.agent_id,
        "batch_id": call.batch_id,
        "client_reference": call.client_reference,
        "failure": failure,
    }
    payload = {"type": type, "timestamp": now.isoformat(), "data": told}
    for event in webhooks.add_event(session, call.organisation_id, type, payload, now, call_id=call.id):
        runtime.engine.enqueue_delivery(session, event.id, event.endpoint_id)
