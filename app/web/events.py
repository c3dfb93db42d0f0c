"""A call's progress as server-sent events.

References
----------
WHATWG HTML, section 9.2, server-sent events.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Header, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from app.messages import Locale
from app.store.calls import Call
from app.store.principals import Principal
from app.web.answers import file_answer, problems
from app.web.bodies import call_state
from app.web.calls import CallId
from app.web.language import locale_of
from app.web.security import Asker
from app.web.seeing import ONE_LISTENING_S, call_for, note
from app.web.service import Service, ServiceNeeded

router = APIRouter(tags=["calls"])
LONGEST_S = 300.0
"""Then the browser connects anew, and whether it still may is asked anew."""
SILENCE_S = 15.0
RETRY_MS = 2000
ENDED = frozenset({"succeeded", "failed", "cancelled"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@router.get(
    "/v1/calls/{call_id}/events",
    response_class=StreamingResponse,
    summary="Follow a call",
    responses={200: file_answer("text/event-stream", "Events until the call has ended."), **problems(404, 422)},
)
async def events(
    request: Request,
    service: ServiceNeeded,
    asker: Asker,
    call_id: CallId,
    last_event_id: Annotated[
        str | None, Header(alias="Last-Event-ID", max_length=64, description="The last event that was received.")
    ] = None,
) -> StreamingResponse:
    """One `state` event for each change of the call, with the call as `GET /v1/calls/{id}` gives it, and `gone` if it
    is erased. After a break, the browser sends `Last-Event-ID` and hears what changed since.
    """
    call = await run_in_threadpool(_allowed, service, asker, call_id)
    stream = _stream(service, call, last_event_id, locale_of(request))
    return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


def _allowed(service: Service, principal: Principal, call_id: str) -> Call:
    with service.store.read() as session:
        call = call_for(session, principal, call_id)
    note(service, principal, "events.read", call=call, within_s=ONE_LISTENING_S)
    return call


async def _stream(service: Service, call: Call, last: str | None, locale: Locale) -> AsyncIterator[bytes]:
    until = time.monotonic() + LONGEST_S
    spoke = time.monotonic()
    yield f"retry: {RETRY_MS}\n\n".encode()
    current: Call | None = call
    async with service.watch.follow(call.id):
        while True:
            if current is None:
                yield b"event: gone\ndata: {}\n\n"
                return
            if event_id(current) != last:
                last, spoke = event_id(current), time.monotonic()
                yield event_of(current, locale)
            elif time.monotonic() - spoke > SILENCE_S:
                spoke = time.monotonic()
                yield b": still here\n\n"
            if current.status in ENDED or service.stopping.is_set() or time.monotonic() > until:
                return
            current = await _next(service, current)


async def _next(service: Service, current: Call) -> Call | None:
    """How the call stands at the next look, or as it stood where no look succeeds for a while."""
    try:
        return await asyncio.wait_for(service.watch.next_look(current.id), timeout=SILENCE_S)
    except TimeoutError:
        return current


def event_id(call: Call) -> str:
    """Names a state of a call: the moment of its last change, in microseconds, and how far it was."""
    moment = (call.updated_at - _EPOCH) // timedelta(microseconds=1)
    return f"{moment}-{call.status}-{round(call.progress * 1000)}"


def event_of(call: Call, locale: Locale) -> bytes:
    """The event that tells a call's state."""
    return f"id: {event_id(call)}\nevent: state\ndata: {call_state(call, locale).model_dump_json()}\n\n".encode()
