"""Errors as HTTP problems: one table says which status each kind gets.

References
----------
RFC 9457, Problem Details for HTTP APIs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from obstore.exceptions import BaseError as StorageError
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from analysis.message import Message
from app.blobs import BlobMissing, TooLarge
from app.errors import InputError, ModelMissing, PuhepeiliError, UsageError
from app.messages import Locale, has_text, sentence, text
from app.web import refusals
from app.web.fields import faults_of
from app.web.language import locale_of
from app.web.rules import methods_of

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:puhepeili:problem:"

STATUS_OF: Mapping[type[PuhepeiliError], int] = {
    refusals.Malformed: 400,
    UsageError: 400,
    refusals.NotSignedIn: 401,
    refusals.Forbidden: 403,
    refusals.NotFound: 404,
    refusals.Conflict: 409,
    refusals.BodyTooLarge: 413,
    TooLarge: 413,
    refusals.UnknownMediaType: 415,
    refusals.BadRange: 416,
    refusals.Unusable: 422,
    refusals.BadFields: 422,
    InputError: 422,
    refusals.TooMany: 429,
    refusals.Busy: 503,
    ModelMissing: 503,
    PuhepeiliError: 500,
}
"""The one table: the nearest class of an error decides."""

SLUGS = {
    400: "bad-request",
    401: "not-signed-in",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    408: "too-slow",
    409: "conflict",
    413: "too-large",
    415: "unsupported-media-type",
    416: "range-not-satisfiable",
    422: "unusable-input",
    429: "too-many-requests",
    500: "internal-error",
    503: "unavailable",
}
AWAY_RETRY_S = 5
Refusal = Callable[[Request, int, Message], Response]


class ProblemField(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="Path of the field, such as `metadata.tags.0`.")
    detail: str
    code: str


class Problem(BaseModel):
    """Why a request was not answered as asked (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "urn:puhepeili:problem:conflict",
                "title": "Ei onnistu juuri nyt",
                "status": 409,
                "detail": "Puhelu on vielä jonossa, joten tuloskorttia ei ole. Yritä hetken päästä uudelleen.",
                "code": "problem-not-ready",
                "request_id": "0d6f2a8c5b1e4f7a",
            }
        }
    )

    type: str
    title: str
    status: int
    detail: str
    code: str = Field(description="Name of the sentence in `detail`; it is the same in every language.")
    request_id: str | None = None
    errors: list[ProblemField] | None = None


def add_problem_handlers(app: FastAPI, page: Refusal | None = None) -> None:
    """Have every error of `app` answered as a problem; an address that is not there, to a browser with a `page`."""
    app.state.refusal_page = page
    app.add_exception_handler(PuhepeiliError, _told)
    app.add_exception_handler(RequestValidationError, _bad_fields)
    app.add_exception_handler(HTTPException, _of_framework)
    app.add_exception_handler(BlobMissing, _blob_missing)
    app.add_exception_handler(StorageError, _storage_away)
    app.add_exception_handler(Exception, _internal)
    for away in (OperationalError, InterfaceError, PoolTimeoutError):
        app.add_exception_handler(away, _database_away)


def status_of(error: PuhepeiliError) -> int:
    """The HTTP status of an error."""
    return next(STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF)


def problem_response(
    request: Request,
    status: int,
    message: Message,
    *,
    headers: Mapping[str, str] | None = None,
    faults: tuple[refusals.FieldFault, ...] = (),
    more: Mapping[str, Any] | None = None,
) -> Response:
    """A problem in the caller's language."""
    locale = locale_of(request)
    slug = SLUGS.get(status, "bad-request" if status < 500 else "internal-error")
    told = Problem(
        type=TYPE_PREFIX + slug,
        title=text(f"problem-title-{slug}", locale),
        status=status,
        detail=said(message, locale),
        code=message.id,
        request_id=request.scope.get("request_id"),
        errors=[
            ProblemField(field=fault.field, detail=said(fault.message, locale), code=fault.message.id)
            for fault in faults
        ]
        or None,
    )
    body = told.model_dump(exclude_none=True) | dict(more or {})
    own = {"Content-Language": locale, "Vary": "Accept-Language"}
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(content, status_code=status, headers=own | dict(headers or {}), media_type=MEDIA_TYPE)


def said(message: Message, locale: Locale) -> str:
    """The sentence on one line; a general one where an older version's sentence is no longer known, or wants more."""
    if not has_text(message.id, locale):
        return text("problem-unknown", locale)
    try:
        return " ".join(sentence(message, locale).split())
    except KeyError:
        return text("problem-unknown", locale)


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, PuhepeiliError)
    faults = error.faults if isinstance(error, refusals.BadFields) else ()
    headers = error.headers if isinstance(error, refusals.Refused) else None
    return problem_response(request, status_of(error), error.message, headers=headers, faults=faults)


async def _bad_fields(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return problem_response(request, 400, Message("problem-not-json"))
    faults = faults_of(found)
    return problem_response(request, 422, Message("problem-fields", {"count": len(faults)}), faults=faults)


async def _of_framework(request: Request, error: Exception) -> Response:
    """What the framework itself refuses: unknown paths and methods, bodies that cannot be read."""
    assert isinstance(error, HTTPException)
    known = {404: "problem-no-such-path", 405: "problem-method", 413: "problem-body-too-large"}
    message = Message(known.get(error.status_code, "problem-unreadable"))
    if error.status_code == 408:
        message = Message("problem-too-slow", {"seconds": request.scope.get("body_wait_s", 0)})
    if error.status_code == 413:
        message = Message("problem-body-too-large", {"most": request.scope.get("body_limit", 0)})
    if error.status_code == 404 and _is_of_a_person(request):
        return request.app.state.refusal_page(request, 404, message)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(sorted(methods_of(request.app.state.rules, request.url.path)))
    status = error.status_code if error.status_code in SLUGS else 400
    return problem_response(request, status, message, headers=headers)


def _is_of_a_person(request: Request) -> bool:
    """Whether somebody typed an address: a browser asks for a page, and not beneath the API."""
    page = getattr(request.app.state, "refusal_page", None)
    wants_page = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")
    return page is not None and wants_page and not request.url.path.startswith("/v1/")


async def _internal(request: Request, _: Exception) -> Response:
    return problem_response(request, 500, Message("problem-internal"))


async def _blob_missing(request: Request, _: Exception) -> Response:
    return problem_response(request, 404, Message("problem-audio-gone"))


async def _database_away(request: Request, _: Exception) -> Response:
    return _come_back(request, "problem-database")


async def _storage_away(request: Request, _: Exception) -> Response:
    return _come_back(request, "problem-storage")


def _come_back(request: Request, id: str) -> Response:
    """Whatever the fault says, its text may hold values; the caller is told to come back."""
    message = Message(id, {"seconds": AWAY_RETRY_S})
    return problem_response(request, 503, message, headers={"Retry-After": str(AWAY_RETRY_S)})
