"""The API against its own description: requests that it allows and requests that it does not, made by Schemathesis."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from app.store.principals import Principal
from app.web.rules import RULES
from tests.app.web.asked import things
from tests.app.web.face import Face

schemathesis = pytest.importorskip("schemathesis")
EXAMPLES = 8
NOT_HERE = ("GET /openapi.json", "GET /v1/calls/{call_id}/events")
"""The description itself, and a stream that goes on while the call waits; its tests are in test_following."""
ROUTES = sorted(set(RULES) - set(NOT_HERE))
ALWAYS_RIGHT = [(f"GET /{name}", "negative") for name in ("healthz", "readyz", "metrics")]
"""These take nothing, so nothing can be wrong."""


@pytest.fixture(scope="module")
def described(shared_face: Face) -> Any:
    """The API as it describes itself."""
    return schemathesis.openapi.from_asgi("/openapi.json", shared_face.app)


def caller_for(face: Face, route: str) -> Principal:
    """Somebody whom the route lets through."""
    roles = RULES[route]
    people = face.us
    order = {"platform": people.platform, "trainer": people.trainer, "agent": people.aino, "admin": people.admin}
    return next(principal for role, principal in order.items() if roles is None or role in roles)


def leave_out(case: Any) -> None:
    """What no description can say.

    Which cursors and keys were given out, what time it is, which norms fit together, how long the organisation keeps
    calls.
    """
    if case.headers:
        case.headers.pop("Idempotency-Key", None)
    if case.query:
        case.query.pop("cursor", None)
    if isinstance(case.body, dict):
        case.body.pop("expires_at", None)
        if "norms" in case.body:
            case.body.pop("name", None)
            case.body["norms"] = {}
        for one in (case.body, *_calls_of(case.body)):
            if isinstance(one.get("metadata"), dict):
                one["metadata"].pop("retain_days", None)


def _calls_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    calls = body.get("calls", [])
    return [one for one in calls if isinstance(one, dict)] if isinstance(calls, list) else []


# --- law: every answer is one that the description names --------------------------------------------------------------


@pytest.mark.parametrize(
    ("route", "mode"),
    [(route, mode) for route in ROUTES for mode in ("positive", "negative") if (route, mode) not in ALWAYS_RIGHT],
)
def test_every_answer_is_one_that_the_description_names(
    shared_face: Face, described: Any, route: str, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.security.FAILURES_PER_MINUTE", 10**9)
    method, path = route.split(" ")
    caller = caller_for(shared_face, route)
    own = things(shared_face, caller, "own").ids
    asked = 0

    def check(case: Any) -> None:
        nonlocal asked
        asked += 1
        if mode == "positive":
            case.path_parameters = {name: own.get(name, value) for name, value in case.path_parameters.items()}
            leave_out(case)
        case.call_and_validate(headers=shared_face.headers(caller))

    given_case = given(case=described[path][method].as_strategy(generation_mode=schemathesis.GenerationMode(mode)))
    chosen = settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        chosen(given_case(check))()
    assert asked >= 1
