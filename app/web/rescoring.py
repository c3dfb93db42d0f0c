"""A scorecard held against another standard, without the call being heard again."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import ConfigDict

from app.rescoring import rescore_call
from app.standards import DEFAULT_NAME, Standard, read_standard
from app.store.audit import record
from app.store.base import now_utc
from app.store.standards import find_standard
from app.web.answers import problems
from app.web.calls import CallId
from app.web.refusals import Conflict, NotFound
from app.web.security import Asker
from app.web.seeing import call_for
from app.web.service import ServiceNeeded
from app.web.standards import read_document
from app.web.texts import Answer, Asked, StandardName

router = APIRouter(tags=["scorecards"])


class NewStandard(Asked):
    """Which standard to hold a scorecard against, in its newest version."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"standard": "asiakaspalvelu"}]})

    standard: StandardName


class Rescored(Answer):
    """What the scorecard is held against now, such as `asiakaspalvelu@2`."""

    standard: str


@router.post(
    "/v1/calls/{call_id}/rescore",
    response_model=Rescored,
    summary="Hold a scorecard against another standard",
    responses=problems(404, 409, 422),
)
def rescore(service: ServiceNeeded, asker: Asker, call_id: CallId, new: NewStandard) -> Rescored:
    """Verdicts, strengths and focus are found anew from the values that are stored; the call is not heard again."""
    now = now_utc()
    with service.store.read() as session:
        call = call_for(session, asker, call_id)
        stored = find_standard(session, asker.organisation_id, new.standard)
    if stored is None and new.standard != DEFAULT_NAME:
        raise NotFound("problem-no-such-standard", name=new.standard)
    standard: Standard = read_standard(None)
    if stored is not None:
        standard = read_document(stored.body | {"name": stored.name, "version": stored.version})
    if not rescore_call(service.store, call_id, standard):
        raise Conflict("problem-not-ready", status=call.status)
    with service.store.write() as session:
        detail = {"standard": standard.label}
        record(session, asker, "scorecard.rescored", now, call_id=call_id, agent_id=call.agent_id, detail=detail)
    return Rescored(standard=standard.label)
