"""The scorecard of a call in each of its forms, and what listeners say about its findings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import ConfigDict
from starlette.responses import Response

from app.document import ScorecardDoc
from app.messages import Locale
from app.store.audit import record
from app.store.base import now_utc
from app.store.calls import Call
from app.store.principals import Principal
from app.store.scorecards import ListenerVerdict, StoredScorecard, find_scorecard, set_verdict, verdicts_of
from app.web.answers import Responses, problems
from app.web.calls import CallId
from app.web.language import locale_of
from app.web.refusals import Conflict, NotFound
from app.web.security import Asker
from app.web.seeing import call_for, note
from app.web.service import Service, ServiceNeeded
from app.web.texts import Answer, Asked, MeasureName

router = APIRouter(tags=["scorecards"])
Form = Literal["json", "html", "csv", "textgrid"]
MEDIA_TYPES: dict[Form, str] = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "textgrid": "text/plain; charset=utf-8",
}
_SCHEMA = {"type": "string"}
_FORMS: Responses = {
    200: {
        "description": "The scorecard, in the form that was asked for.",
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/ScorecardDoc"}},
            "text/html": {"schema": _SCHEMA},
            "text/csv": {"schema": _SCHEMA},
            "text/plain": {"schema": _SCHEMA},
        },
    }
}


class Said(Asked):
    """A listener's word on one piece of evidence."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"verdict": "right"}]})

    verdict: ListenerVerdict


class Verdict(Answer):
    """What one listener said about the n-th piece of evidence of a measure, counted from 0."""

    measure: str
    n: int
    verdict: ListenerVerdict
    by: str
    at: datetime


class VerdictList(Answer):
    """What listeners said about a call's evidence."""

    items: list[Verdict]


@router.get(
    "/v1/calls/{call_id}/scorecard",
    response_class=Response,
    summary="Read a scorecard",
    responses={**_FORMS, **problems(404, 409, 422)},
)
def scorecard(
    request: Request,
    service: ServiceNeeded,
    asker: Asker,
    call_id: CallId,
    format: Annotated[Form, Query(description="`html` is a page with the recording's player.")] = "json",
    locale: Annotated[Locale | None, Query(description="Language of its sentences.")] = None,
) -> Response:
    """The scorecard as JSON, as a page, as CSV or as a Praat TextGrid; 409 while there is none."""
    with service.store.read() as session:
        call = call_for(session, asker, call_id)
        stored = _ready(session_card=find_scorecard(session, asker, call_id), call=call)
    action = "transcript.exported" if format == "textgrid" else "scorecard.read"
    note(service, asker, action, call=call, detail={"format": format})
    text = _rendered(stored, call, format, locale, locale_of(request))
    headers = {"Vary": "Accept-Language"}
    if format == "html":
        # The page brings its own, stricter policy, with the digests of its style and script.
        headers["Content-Security-Policy"] = "frame-ancestors 'self'"
        headers["X-Frame-Options"] = "SAMEORIGIN"
    elif format != "json":
        ending = "csv" if format == "csv" else "TextGrid"
        headers["Content-Disposition"] = f'attachment; filename="{call_id}.{ending}"'
    return Response(text, media_type=MEDIA_TYPES[format], headers=headers)


def _ready(session_card: StoredScorecard | None, call: Call) -> StoredScorecard:
    if session_card is None:
        raise Conflict("problem-not-ready", status=call.status)
    return session_card


def _rendered(stored: StoredScorecard, call: Call, form: Form, locale: Locale | None, preferred: Locale) -> str:
    from app.views.localise import localised

    if form == "json" and locale is None:
        return stored.document
    document = ScorecardDoc.model_validate_json(stored.document)
    if form == "html":
        return _page(document, call, locale or preferred)
    if locale is not None:
        document = localised(document, locale)
    if form == "json":
        return document.to_json()
    if form == "csv":
        from app.views.csv import render_csv

        return render_csv(document)
    from app.views.textgrid import render_textgrid

    return render_textgrid(document)


def _page(document: ScorecardDoc, call: Call, locale: Locale) -> str:
    """The page; its player asks for the recording under the same permission as the page itself."""
    from app.views.html import render_html

    # Beside the page, wherever the service stands behind a proxy.
    return render_html(document, locale=locale, audio_url=None if call.blob_key is None else "audio")


@router.get(
    "/v1/calls/{call_id}/findings",
    response_model=VerdictList,
    summary="Read listeners' verdicts",
    responses=problems(404, 422),
)
def findings(service: ServiceNeeded, asker: Asker, call_id: CallId) -> VerdictList:
    """What listeners said about the call's evidence."""
    with service.store.read() as session:
        call = call_for(session, asker, call_id)
        found = verdicts_of(session, asker, call_id)
    note(service, asker, "findings.read", call=call)
    return VerdictList(items=[Verdict(**{name: getattr(one, name) for name in Verdict.model_fields}) for one in found])


@router.post(
    "/v1/calls/{call_id}/findings/{measure}/{n}/verdict",
    status_code=204,
    summary="Say whether a finding is right",
    responses=problems(404, 409, 422),
)
def judge(
    service: ServiceNeeded,
    asker: Asker,
    call_id: CallId,
    measure: Annotated[MeasureName, Path(examples=["ei_openings"])],
    n: Annotated[int, Path(ge=0, le=1_000_000, description="Which piece of evidence, counted from 0.")],
    said: Said,
) -> None:
    """A listener's `right` or `wrong` on one piece of evidence; the same listener's later word replaces the earlier."""
    with service.store.read() as session:
        call = call_for(session, asker, call_id)
        stored = _ready(session_card=find_scorecard(session, asker, call_id), call=call)
    document = ScorecardDoc.model_validate_json(stored.document)
    if measure not in document.measures or n >= len(document.measures[measure].evidence):
        raise NotFound("problem-no-finding", measure=measure, n=n)
    _keep(service, asker, call, measure, n, said.verdict)


def _keep(service: Service, principal: Principal, call: Call, measure: str, n: int, verdict: ListenerVerdict) -> None:
    now = now_utc()
    with service.store.write() as session:
        if not set_verdict(session, principal, call.id, measure, n, verdict, now):
            raise NotFound("problem-no-call")
        detail = {"measure": measure, "n": n, "verdict": verdict}
        record(session, principal, "finding.judged", now, call_id=call.id, agent_id=call.agent_id, detail=detail)
