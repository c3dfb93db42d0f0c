"""Calls: sent in, listed, looked at, stopped, tried again, erased."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from app.privacy import erase_call
from app.store import progress
from app.store.audit import record
from app.store.base import now_utc
from app.store.calls import CallFilters, CallStatus, list_calls
from app.store.rows import MAX_PAGE
from app.web.answers import problems
from app.web.bodies import CALL_ID, Accepted, CallList, CallState, Moment, call_state
from app.web.language import locale_of
from app.web.limits import refuse_when_full
from app.web.refusals import Conflict, NotFound
from app.web.security import Asker, StillThere
from app.web.seeing import ONE_LISTENING_S, call_for, note, refuse_unless_theirs
from app.web.service import ServiceNeeded
from app.web.submission import Reader
from app.web.taking_in import take_in
from app.web.texts import AgentId, Id, Line

router = APIRouter(tags=["calls"])

CallId = Annotated[Id, Path(description="Identifier of the call.", examples=[CALL_ID])]
Cursor = Annotated[
    str | None, Query(max_length=600, pattern=r"^[A-Za-z0-9_-]+$", description="`next_cursor` of the page before.")
]
Limit = Annotated[int, Query(ge=1, le=MAX_PAGE, description="Most items on the page.")]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="The same request sent again under the same key makes no second call.",
    ),
]


def call_filters(
    agent_id: Annotated[AgentId | None, Query()] = None,
    batch_id: Annotated[Id | None, Query()] = None,
    status: Annotated[CallStatus | None, Query()] = None,
    client_reference: Annotated[Line | None, Query()] = None,
    since: Annotated[Moment | None, Query(description="Taken in at this time or later.")] = None,
    until: Annotated[Moment | None, Query(description="Taken in before this time.")] = None,
) -> CallFilters:
    """The filters of a list of calls."""
    return CallFilters(agent_id, batch_id, status, client_reference, since, until)


@router.post(
    "/v1/calls",
    status_code=202,
    response_model=Accepted,
    summary="Send a call in",
    responses=problems(400, 404, 413, 415, 422),
)
async def submit(
    request: Request,
    response: Response,
    service: ServiceNeeded,
    asker: Asker,
    right: StillThere,
    idempotency_key: IdempotencyKey = None,
) -> Accepted:
    """Take a recording in, as a file or by its address, to be scored.

    The file is stored while it comes in. With an `Idempotency-Key`, the same request sent again is answered with the
    call that is there; another request under the same key is refused with 422.
    """
    await run_in_threadpool(refuse_when_full, service)
    submission = await Reader(request, service).read()
    taken = await run_in_threadpool(take_in, service, asker, submission, idempotency_key, right.refuse_if_gone)
    response.headers["Location"] = service.path(f"/v1/calls/{taken.id}")
    return Accepted(id=taken.id, status=taken.status)


@router.get("/v1/calls", response_model=CallList, summary="List calls", responses=problems(422))
def list_own(
    request: Request,
    service: ServiceNeeded,
    asker: Asker,
    filters: Annotated[CallFilters, Depends(call_filters)],
    cursor: Cursor = None,
    limit: Limit = 50,
) -> CallList:
    """Calls that the caller may see, newest first."""
    with service.store.read() as session:
        page = list_calls(session, asker, filters, cursor=cursor, limit=limit)
    if asker.role != "agent":
        note(service, asker, "calls.listed", within_s=ONE_LISTENING_S)
    locale = locale_of(request)
    return CallList(items=[call_state(call, locale) for call in page.items], next_cursor=page.next_cursor)


@router.get("/v1/calls/{call_id}", response_model=CallState, summary="Look at a call", responses=problems(404, 422))
def look(request: Request, service: ServiceNeeded, asker: Asker, call_id: CallId) -> CallState:
    """Where a call stands: its status, progress and, if it failed, the reason in a sentence."""
    with service.store.read() as session:
        call = call_for(session, asker, call_id)
    if call.submitted_by != asker.id:
        # Whoever sent a call in asks how far it is, again and again: that tells of the work, not of the agent.
        note(service, asker, "call.read", call=call, within_s=ONE_LISTENING_S)
    return call_state(call, locale_of(request))


@router.post(
    "/v1/calls/{call_id}/cancel", response_model=CallState, summary="Stop a call", responses=problems(404, 409, 422)
)
def cancel(request: Request, service: ServiceNeeded, asker: Asker, call_id: CallId) -> CallState:
    """Stop a call: one that waits is never scored, one that is being scored is stopped within seconds."""
    now = now_utc()
    with service.store.write() as session:
        call = call_for(session, asker, call_id)
        refuse_unless_theirs(asker, call)
        if progress.cancel(session, call_id, now):
            record(session, asker, "call.cancelled", now, call_id=call_id, agent_id=call.agent_id)
        elif call.status != "cancelled":
            raise Conflict("problem-already-ended", status=call.status)
        call = call_for(session, asker, call_id)
    service.engine.cancel(call_id)
    return call_state(call, locale_of(request))


@router.post(
    "/v1/calls/{call_id}/retry",
    status_code=202,
    response_model=Accepted,
    summary="Try a failed call again",
    responses=problems(404, 409, 422),
)
def retry(response: Response, service: ServiceNeeded, asker: Asker, call_id: CallId) -> Accepted:
    """Put a call that failed back into the queue."""
    now = now_utc()
    with service.store.write() as session:
        call = call_for(session, asker, call_id)
        if not service.engine.retry(session, call_id, now):
            raise Conflict("problem-not-failed", status=call.status)
        record(session, asker, "call.retried", now, call_id=call_id, agent_id=call.agent_id)
    response.headers["Location"] = service.path(f"/v1/calls/{call_id}")
    return Accepted(id=call_id, status="queued")


@router.delete("/v1/calls/{call_id}", status_code=204, summary="Erase a call", responses=problems(404, 422))
def delete(service: ServiceNeeded, asker: Asker, call_id: CallId) -> None:
    """Erase a call with its audio, transcript, scorecard and job. It cannot be brought back."""
    with service.store.read() as session:
        refuse_unless_theirs(asker, call_for(session, asker, call_id))
    if not erase_call(service.store, service.blobs, call_id, by=asker, engine=service.engine):
        raise NotFound("problem-no-call")
