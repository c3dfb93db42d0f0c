"""Batches: many calls sent in as one, and their scorecards as one table."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi import Path as InPath
from pydantic import ConfigDict, Field
from sqlalchemy.orm import Session
from starlette.responses import Response, StreamingResponse

from analysis.message import Message
from app.batch.rows import Failure, Row, row_of
from app.document import ScorecardDoc
from app.messages import Locale
from app.store.base import now_utc
from app.store.batches import Batch, batch_counts, create_batch, find_batch, list_batches
from app.store.calls import Call, CallFilters, CallStatus, list_calls
from app.store.principals import Principal
from app.store.rows import MAX_PAGE
from app.store.scorecards import find_scorecard
from app.web.answers import problems
from app.web.bodies import CallMetadata, Metadata
from app.web.calls import Cursor, Limit
from app.web.language import locale_of
from app.web.limits import refuse_when_full
from app.web.problems import said
from app.web.refusals import NotFound
from app.web.security import Asker
from app.web.seeing import note
from app.web.service import ServiceNeeded
from app.web.submission import Submission
from app.web.taking_in import take_in_by_url
from app.web.texts import Answer, Asked, Id, Line, Url

router = APIRouter(tags=["batches"])
BatchId = Annotated[Id, InPath(description="Identifier of the batch.")]
Form = Literal["csv", "parquet", "xlsx"]
MOST_CALLS = 1000
MEDIA_TYPES: dict[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_READ_BYTES = 256 * 1024
_BINARY = {"type": "string", "format": "binary"}


class BatchCall(Asked):
    """A call of a batch whose recording is fetched by the service."""

    recording_url: Url
    metadata: CallMetadata = Field(default_factory=lambda: CallMetadata())


class NewBatch(Asked):
    """A batch, with the calls whose recordings are fetched; files are sent one by one, with its `batch_id`."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "Viikko 47",
                    "expected": 2,
                    "calls": [{"recording_url": "https://recorder.example.com/2026/04711.wav"}],
                }
            ]
        },
    )

    name: Line | None = None
    expected: Annotated[int, Field(ge=0, le=1_000_000)] | None = Field(
        default=None, description="Calls that will be sent."
    )
    calls: Annotated[list[BatchCall], Field(max_length=MOST_CALLS)] = Field(default_factory=list)


class BatchState(Answer):
    """A batch, and how many of its calls that the caller may see stand where."""

    id: str
    name: str | None
    expected: int | None
    created_at: datetime
    calls: dict[CallStatus, int]


class BatchList(Answer):
    """Some batches, newest first, and where the next page begins."""

    items: list[BatchState]
    next_cursor: str | None


@router.post(
    "/v1/batches",
    status_code=201,
    response_model=BatchState,
    summary="Begin a batch",
    responses=problems(400, 403, 404, 413, 415, 422),
)
def begin(response: Response, service: ServiceNeeded, asker: Asker, new: NewBatch) -> BatchState:
    """Begin a batch. It is kept with all the calls in it, or not at all.

    Calls of a batch wait for single calls, so that nobody at a screen has to wait for a batch.
    """
    refuse_when_full(service)
    now = now_utc()
    with service.store.write() as session:
        batch = create_batch(session, asker, now, name=new.name, expected=new.expected)
        calls = [Submission(_of_batch(one.metadata, batch.id), one.recording_url) for one in new.calls]
        take_in_by_url(service, session, asker, calls)
        state = _state(session, asker, batch)
    response.headers["Location"] = service.path(f"/v1/batches/{batch.id}")
    return state


@router.get("/v1/batches", response_model=BatchList, summary="List batches", responses=problems(422))
def list_own(service: ServiceNeeded, asker: Asker, cursor: Cursor = None, limit: Limit = 50) -> BatchList:
    """Batches that the caller sent in, or may see a call of, newest first."""
    with service.store.read() as session:
        page = list_batches(session, asker, cursor=cursor, limit=limit)
        return BatchList(items=[_state(session, asker, one) for one in page.items], next_cursor=page.next_cursor)


@router.get(
    "/v1/batches/{batch_id}", response_model=BatchState, summary="Look at a batch", responses=problems(404, 422)
)
def look(service: ServiceNeeded, asker: Asker, batch_id: BatchId) -> BatchState:
    """How many of the batch's calls stand where."""
    with service.store.read() as session:
        return _state(session, asker, _batch(session, asker, batch_id))


@router.get(
    "/v1/batches/{batch_id}/results",
    response_class=Response,
    summary="Read a batch's results",
    responses={
        200: {
            "description": "One row for each call that is scored.",
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                MEDIA_TYPES["parquet"]: {"schema": _BINARY},
                MEDIA_TYPES["xlsx"]: {"schema": _BINARY},
            },
        },
        **problems(404, 422),
    },
)
def results(
    request: Request,
    service: ServiceNeeded,
    asker: Asker,
    batch_id: BatchId,
    format: Annotated[Form, Query()] = "csv",
) -> Response:
    """What is scored so far as one table; XLSX has the calls that failed, and a summary, on sheets of their own."""
    with service.store.read() as session:
        _batch(session, asker, batch_id)
        rows, failures, seen = _rows(session, asker, batch_id, locale_of(request))
    for agent_id, number in seen.items():
        note(service, asker, "batch.read", agent_id=agent_id, detail={"batch_id": batch_id, "calls": number})
    headers = {"Content-Disposition": f'attachment; filename="{batch_id}.{format}"'}
    return StreamingResponse(_table(rows, failures, format), media_type=MEDIA_TYPES[format], headers=headers)


def _of_batch(metadata: CallMetadata, batch_id: str) -> Metadata:
    """What is known of a call of a batch; its fields were looked at when they came in."""
    known = {name: getattr(metadata, name) for name in CallMetadata.model_fields}
    return Metadata.model_construct(**known, batch_id=batch_id)


def _batch(session: Session, principal: Principal, batch_id: str) -> Batch:
    batch = find_batch(session, principal, batch_id)
    if batch is None:
        raise NotFound("problem-no-batch")
    return batch


def _state(session: Session, principal: Principal, batch: Batch) -> BatchState:
    counts = batch_counts(session, principal, batch.id)
    return BatchState(
        id=batch.id, name=batch.name, expected=batch.expected, created_at=batch.created_at, calls=dict(counts)
    )


def _rows(
    session: Session, principal: Principal, batch_id: str, locale: Locale
) -> tuple[list[Row], list[Failure], Counter[str | None]]:
    rows: list[Row] = []
    failures: list[Failure] = []
    seen: Counter[str | None] = Counter()
    for call in _calls(session, principal, batch_id):
        name = call.client_reference or call.file_name or call.id
        if call.failure_id is not None:
            sentence = said(Message(call.failure_id, call.failure_args or {}), locale)
            failures.append(Failure(name, call.failure_id, sentence))
        stored = find_scorecard(session, principal, call.id)
        if stored is not None or call.failure_id is not None:
            seen[call.agent_id] += 1
        if stored is None:
            continue
        document = ScorecardDoc.model_validate_json(stored.document)
        rows.append(
            row_of(
                document,
                call=name,
                key=call.id,
                agent_id=call.agent_id,
                client_reference=call.client_reference,
                note=None,
            )
        )
    return rows, failures, seen


def _calls(session: Session, principal: Principal, batch_id: str) -> Iterator[Call]:
    cursor: str | None = None
    while True:
        page = list_calls(session, principal, CallFilters(batch_id=batch_id), cursor=cursor, limit=MAX_PAGE)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def _table(rows: list[Row], failures: list[Failure], form: Form) -> Iterator[bytes]:
    from app.batch.summary import summaries_of
    from app.batch.tables import write_tables

    with tempfile.TemporaryDirectory(prefix="puhepeili-results-") as folder:
        write_tables(Path(folder), rows, failures, summaries_of(rows))
        with (Path(folder) / f"scores.{form}").open("rb") as file:
            while piece := file.read(_READ_BYTES):
                yield piece
