"""What may come back from every route, for the API's description."""

from __future__ import annotations

from typing import Any

from app.web.problems import MEDIA_TYPE, SLUGS

Responses = dict[int | str, dict[str, Any]]
_WHAT = {
    400: "The request cannot be read.",
    401: "Nobody known asks.",
    403: "The caller's role does not have this.",
    404: "It is not there, or not for this caller.",
    408: "The body did not arrive in time.",
    409: "It cannot be done as things stand now.",
    413: "More came than is taken in.",
    415: "The body is of a kind that is not taken here.",
    416: "The file does not have these bytes.",
    422: "A field, part or file cannot be used.",
    429: "The caller asks too often; `Retry-After` says when to come back.",
    500: "A fault of the service.",
    503: "The service cannot do it now; `Retry-After` says when to come back.",
}
PROBLEM_SCHEMA = {"$ref": "#/components/schemas/Problem"}


def problem_answer(status: int) -> dict[str, Any]:
    """The description of one problem."""
    answer: dict[str, Any] = {"description": _WHAT[status], "content": {MEDIA_TYPE: {"schema": PROBLEM_SCHEMA}}}
    if status in (429, 503):
        answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}}
    if status == 401:
        answer["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    return answer


def problems(*statuses: int) -> Responses:
    """Descriptions of problems that a route has besides those of every route."""
    assert all(status in SLUGS for status in statuses)
    return {status: problem_answer(status) for status in statuses}


def file_answer(media_type: str, what: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """The description of an answer that is no JSON of ours."""
    return {"description": what, "content": {media_type: {"schema": schema or {"type": "string"}}}}
