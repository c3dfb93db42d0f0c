"""The API's description (OpenAPI 3.1), with what every route has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.document import ScorecardDoc
from app.web.answers import problem_answer
from app.web.bodies import CallByUrl, Metadata
from app.web.problems import Problem
from app.web.rules import Roles

TEXT = """Scores how a phone agent uses the voice: send a recorded call in, read its scorecard.

Errors are `application/problem+json` (RFC 9457), in Finnish or English by `Accept-Language`. Lists are read page by
page with `cursor`. Keys are sent as `Authorization: Bearer pp_…`; the pages use a session cookie and, for everything
that changes something, the header `X-CSRF-Token`."""
KEY, COOKIE = "key", "session"
_TEMPLATE = "#/components/schemas/{model}"
_MORE_MODELS: tuple[type[BaseModel], ...] = (Problem, ScorecardDoc, Metadata, CallByUrl)
_REQUEST_ID = {"schema": {"type": "string"}, "description": "Names the request in the service's log."}
_KNOWN: dict[tuple[str, tuple[str, ...]], dict[str, Any]] = {}
_FILE = {"type": "string", "format": "binary"}
_SUBMISSION = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["audio"],
                "additionalProperties": False,
                "properties": {
                    "audio": {**_FILE, "minLength": 1, "description": "WAV, MP3, M4A, Opus, FLAC, AMR and more."},
                    "metadata": {"$ref": "#/components/schemas/Metadata"},
                    "transcript": {**_FILE, "minLength": 1, "description": "Text, WebVTT, SubRip or a kind of JSON."},
                },
            },
            "encoding": {
                "audio": {"contentType": "application/octet-stream"},
                "metadata": {"contentType": "application/json"},
                "transcript": {"contentType": "text/plain"},
            },
        },
        "application/json": {"schema": {"$ref": "#/components/schemas/CallByUrl"}},
    },
}


def cookie_name(public_url: str) -> str:
    """Name of the session's cookie; over HTTPS one that browsers take from no other host or path."""
    return "__Host-puhepeili" if public_url.startswith("https://") else "puhepeili"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a route takes: the names of its query parameters, and whether its body is JSON and nothing else."""

    query: frozenset[str]
    json_alone: bool


def describe(app: FastAPI, rules: Mapping[str, Roles | None], public_url: str) -> None:
    """Have `app` describe itself. It is worked out once in a process, before the first request asks for it."""
    key = (public_url, tuple(rules))
    if key not in _KNOWN:
        _KNOWN[key] = _described(app, rules, public_url)
    described = _KNOWN[key]
    app.openapi = lambda: described  # type: ignore[method-assign]
    app.state.taken = {
        f"{method.upper()} {path}": _taken(route)
        for path, methods in described["paths"].items()
        for method, route in methods.items()
    }


def taken_by(app: FastAPI) -> Mapping[str, Taken]:
    """What each described route takes."""
    taken: dict[str, Taken] = app.state.taken
    return taken


def _taken(route: dict[str, Any]) -> Taken:
    kinds = route.get("requestBody", {}).get("content", {})
    query = (one["name"] for one in route.get("parameters", ()) if one["in"] == "query")
    return Taken(frozenset(query), json_alone=list(kinds) == ["application/json"])


def _described(app: FastAPI, rules: Mapping[str, Roles | None], public_url: str) -> dict[str, Any]:
    found = get_openapi(
        title="Puhepeili",
        version=app.version,
        openapi_version="3.1.0",
        description=TEXT,
        routes=app.routes,
        servers=[{"url": public_url}],
    )
    parts, cookie = found.setdefault("components", {}), cookie_name(public_url)
    _, models = models_json_schema([(model, "validation") for model in _MORE_MODELS], ref_template=_TEMPLATE)
    parts["schemas"] = models["$defs"] | parts.get("schemas", {})
    parts["securitySchemes"] = {
        KEY: {"type": "http", "scheme": "bearer", "description": "A key, `pp_…`."},
        COOKIE: {"type": "apiKey", "in": "cookie", "name": cookie, "description": "A session on the pages."},
    }
    for path, methods in found["paths"].items():
        for method, route in methods.items():
            name = f"{method.upper()} {path}"
            _complete(route, rules[name])
    found["paths"]["/v1/calls"]["post"]["requestBody"] = _SUBMISSION
    return found


def _complete(route: dict[str, Any], roles: Roles | None) -> None:
    """Add what every route may answer, and who may use it."""
    answers = route["responses"]
    if roles is not None:
        route["security"] = [{KEY: []}, {COOKIE: []}]
        route["description"] = f"{route.get('description', '')}\n\nFor: {', '.join(sorted(roles))}.".strip()
        for status in (401, 403, 429):
            answers.setdefault(str(status), problem_answer(status))
    for status in (422, 500, 503):
        if str(status) not in answers or "HTTPValidationError" in str(answers[str(status)]):
            answers[str(status)] = problem_answer(status)
    if "requestBody" in route:
        for status in (400, 408, 413, 415):
            answers.setdefault(str(status), problem_answer(status))
    for answer in answers.values():
        answer.setdefault("headers", {})["X-Request-ID"] = _REQUEST_ID
    route["responses"] = dict(sorted(answers.items()))
