"""Every route, every role, own things and others': made from the table of rules, so that no route is forgotten."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.testclient import TestClient

from app.store.calls import call_for_work
from app.store.organisations import find_agent
from app.store.principals import ROLES, Principal
from app.web.application import ROUTERS
from app.web.rules import EVERYBODY, OPEN, RULES, names_of, refuse_unruled
from app.web.security import permitted
from tests.app.web.asked import SUBMITTER, Things, Whose, ask_route, things
from tests.app.web.face import Face

REFUSED = (401, 403, 404)
WITH_THINGS = [route for route in RULES if "{" in route]
OTHERS = [
    (route, role, whose)
    for route in WITH_THINGS
    for role in ROLES
    for whose in ("colleague's", "other organisation's")
    # To an admin everything of the own organisation is own.
    if (role, whose) != ("admin", "colleague's")
]
MADE_ANEW = ("PUT /v1/agents/{agent_id}", "PUT /v1/standards/{name}", "GET /v1/standards/{name}/versions")
"""These name a thing in the caller's own organisation: the same name elsewhere is another thing."""


def somebody(shared_face: Face, role: str) -> Principal:
    us = shared_face.us
    return {"agent": us.aino, "trainer": us.trainer, "platform": us.platform, "admin": us.admin}[role]


@pytest.fixture(scope="module")
def untouched(shared_face: Face) -> Callable[[Principal, Whose], Things]:
    """Things that are asked for in vain, by whom and whose they are: a refusal leaves them as they are for the next."""
    made: dict[tuple[str, Whose], Things] = {}

    def found(principal: Principal, whose: Whose) -> Things:
        if (principal.role, whose) not in made:
            made[principal.role, whose] = things(shared_face, principal, whose)
        return made[principal.role, whose]

    return found


# --- known answer: the table ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", RULES)
def test_nobody_gets_in_without_a_key(shared_face: Face, untouched, route: str) -> None:
    answer = ask_route(shared_face, None, route, untouched(shared_face.us.aino, "own"))
    if RULES[route] is OPEN:
        assert answer.status_code == 200
    else:
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", RULES)
def test_a_role_gets_what_the_table_says_and_no_more(shared_face: Face, untouched, route: str, role: str) -> None:
    principal = somebody(shared_face, role)
    roles = RULES[route]
    let_in = roles is OPEN or role in roles
    found = things(shared_face, principal, "own") if let_in else untouched(principal, "own")
    answer = ask_route(shared_face, principal, route, found)
    if let_in:
        assert answer.status_code < 500
        assert answer.status_code not in (400, *REFUSED, 413, 415, 422), answer.text
    else:
        assert answer.status_code == 403
        assert answer.json()["code"] == "problem-forbidden-role"


@pytest.mark.parametrize(("route", "role", "whose"), OTHERS)
def test_nobody_gets_at_what_belongs_to_others(
    shared_face: Face, untouched, route: str, role: str, whose: Whose
) -> None:
    principal = somebody(shared_face, role)
    found = untouched(principal, whose)
    answer = ask_route(shared_face, principal, route, found)
    if role in (RULES[route] or EVERYBODY) and "{name}" in route and (whose == "colleague's" or route in MADE_ANEW):
        assert answer.status_code in (200, 404)
        return
    if role == "admin" and route in ("PUT /v1/agents/{agent_id}", "DELETE /v1/agents/{agent_id}"):
        with shared_face.service.store.read() as session:
            assert call_for_work(session, found.ids["call_id"]) is not None
            other = find_agent(session, shared_face.them.organisation_id, found.ids["agent_id"])
        assert other is not None
        assert other.name is None
        return
    if role == "platform" and route.startswith("GET /v1/agents/{agent_id}/trend"):
        assert answer.json()["points"] == []
        return
    assert answer.status_code in (403, 404), answer.text


@pytest.mark.parametrize("route", SUBMITTER)
def test_an_agent_stops_and_erases_only_what_the_agent_sent_in(face: Face, route: str) -> None:
    call = face.call("aino", by=face.us.platform)
    method, path = route.split(" ")
    answer = face.ask(face.us.aino, method, path.format(call_id=call.id))
    assert (answer.status_code, answer.json()["code"]) == (403, "problem-not-submitter")


def test_lists_show_no_call_of_others(face: Face) -> None:
    own, colleagues = face.call("aino"), face.call("olavi", by=face.us.other_platform)
    for principal in (face.us.aino, face.us.trainer, face.us.platform):
        shown = face.ask(principal, "GET", "/v1/calls").json()["items"]
        assert [one["id"] for one in shown] == [own.id]
    assert [one["id"] for one in face.ask(face.us.other_platform, "GET", "/v1/calls").json()["items"]] == [
        colleagues.id
    ]
    assert face.ask(face.them.platform, "GET", "/v1/calls").json()["items"] == []


# --- law: no route without a rule -------------------------------------------------------------------------------------


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    assert sorted(name for router in ROUTERS for name in names_of(router)) == sorted(RULES)


def test_a_new_route_without_a_rule_starts_no_service() -> None:
    router = APIRouter()
    router.get("/v1/secrets")(lambda: "everything")
    with pytest.raises(RuntimeError, match=r"without a rule: \['GET /v1/secrets'\]"):
        refuse_unruled((*ROUTERS, router), RULES)


def test_a_route_that_got_in_all_the_same_answers_nobody(face: Face) -> None:
    app = FastAPI(dependencies=[Depends(permitted)])
    app.state.service = face.service
    app.get("/v1/secrets")(lambda: "everything")
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/v1/secrets", headers=face.headers(face.us.admin))
    assert "everything" not in answer.text
    assert answer.status_code >= 400
