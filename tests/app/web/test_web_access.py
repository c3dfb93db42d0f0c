"""Keys, sessions, forged forms, limits, and what every answer carries."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from app.store.base import now_utc
from app.store.keys import list_keys, make_key, make_sign_in_link
from app.web.language import preferred
from app.web.limits import Limiter, Recently
from app.web.refusals import TooMany
from tests.app.web.cards import card
from tests.app.web.face import BASE, Face

LINK = "/v1/sign-in-links"


def signed_in(face: Face, role: dict | None = None, base: str = BASE) -> tuple[TestClient, dict]:
    """A browser that opened a link, and what it was told."""
    link = face.ask(face.us.admin, "POST", LINK, json=role or {"role": "agent", "agent_id": "aino"}).json()
    browser = TestClient(face.app, base_url=base, raise_server_exceptions=False)
    answer = browser.post("/v1/session", json={"token": link["url"].partition("#")[2]})
    assert answer.status_code == 200, answer.text
    return browser, answer.json()


# --- known answer: keys -----------------------------------------------------------------------------------------------


def test_a_key_is_shown_once_and_lets_in_until_it_is_revoked(each_face: Face) -> None:
    face = each_face
    made = face.ask(face.us.admin, "POST", "/v1/keys", json={"name": "Vaihde", "role": "platform"}).json()
    headers = {"Authorization": f"Bearer {made['key']}"}
    assert face.client.get("/v1/calls", headers=headers).status_code == 200
    listed = face.ask(face.us.admin, "GET", "/v1/keys").text
    assert made["prefix"] in listed
    assert made["key"] not in listed
    with face.service.store.read() as session:
        used = {key.id: key.last_used_at for key in list_keys(session, face.us.organisation_id)}
    assert used[made["id"]] is not None
    assert face.ask(face.us.admin, "DELETE", f"/v1/keys/{made['id']}").status_code == 204
    refused = face.client.get("/v1/calls", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (401, "problem-wrong-key")
    assert face.ask(face.us.admin, "DELETE", f"/v1/keys/{made['id']}").status_code == 404


def test_a_second_key_of_the_same_submitter_reads_what_the_first_sent(face: Face) -> None:
    first = face.ask(face.us.admin, "POST", "/v1/keys", json={"name": "1", "role": "platform"}).json()
    again = {"name": "2", "role": "platform", "principal_id": first["principal_id"]}
    second = face.ask(face.us.admin, "POST", "/v1/keys", json=again).json()
    sent = face.client.post(
        "/v1/calls",
        json={"recording_url": "https://recorder.example.com/1.wav"},
        headers={"Authorization": f"Bearer {first['key']}"},
    )
    read = face.client.get(sent.headers["location"], headers={"Authorization": f"Bearer {second['key']}"})
    assert read.status_code == 200
    other = again | {"role": "admin"}
    assert face.ask(face.us.admin, "POST", "/v1/keys", json=other).status_code == 404


@pytest.mark.parametrize(
    ("new", "status", "code"),
    [
        ({"name": "x", "role": "agent"}, 400, "error-principal-agent"),
        ({"name": "x", "role": "trainer"}, 400, "error-principal-team"),
        ({"name": "x", "role": "trainer", "team_id": "none"}, 404, "problem-no-team"),
        ({"name": "x", "role": "platform", "expires_at": "2020-01-01T00:00:00Z"}, 422, "problem-expired"),
        ({"name": "x", "role": "owner"}, 422, "problem-fields"),
    ],
)
def test_a_key_for_nobody_is_refused(face: Face, new: dict, status: int, code: str) -> None:
    answer = face.ask(face.us.admin, "POST", "/v1/keys", json=new)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer pp_x", "Basic eDp5", "pp_aaaaaaaa_x", "Bearer pp_aaaaaaaa_" + "x" * 5000]
)
def test_a_wrong_key_opens_nothing(face: Face, header: str) -> None:
    answer = face.client.get("/v1/calls", headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "problem-wrong-key")


def test_a_key_that_asks_too_often_waits(face: Face) -> None:
    with face.service.store.write() as session:
        key, _ = make_key(session, replace(face.us.platform, per_minute=3), name="x", now=now_utc())
    headers = {"Authorization": f"Bearer {key}", "Accept-Language": "en"}
    statuses = [face.client.get("/v1/calls", headers=headers).status_code for _ in range(3)]
    refused = face.client.get("/v1/calls", headers=headers)
    assert (statuses, refused.status_code, refused.headers["retry-after"]) == ([200] * 3, 429, "20")
    assert refused.json()["detail"] == "Too many requests have come in. Try again in 20 seconds."
    assert face.ask(face.us.aino, "GET", "/v1/calls").status_code == 200


def test_an_address_that_guesses_is_slowed_and_right_keys_still_work(face: Face) -> None:
    wrong = {"Authorization": "Bearer pp_aaaaaaaa_x"}
    statuses = {face.client.get("/v1/calls", headers=wrong).status_code for _ in range(60)}
    assert statuses == {401}
    refused = face.client.get("/v1/calls", headers=wrong)
    assert (refused.status_code, refused.json()["code"]) == (429, "problem-too-many-failures")
    assert face.ask(face.us.aino, "GET", "/v1/calls").status_code == 200


# --- known answer: sessions -------------------------------------------------------------------------------------------


def test_a_link_signs_in_once(each_face: Face) -> None:
    face = each_face
    link = face.ask(face.us.admin, "POST", LINK, json={"role": "agent", "agent_id": "aino"}).json()
    address, _, token = link["url"].partition("#")
    assert address == "http://127.0.0.1:8000/sign-in"
    browser = TestClient(face.app, base_url=BASE)
    answer = browser.post("/v1/session", json={"token": token})
    assert (answer.json()["role"], answer.json()["agent_id"], answer.json()["organisation"]) == (
        "agent",
        "aino",
        "Yritys Oy",
    )
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert browser.get("/v1/session").json()["csrf"] == answer.json()["csrf"]
    again = TestClient(face.app, base_url=BASE).post("/v1/session", json={"token": token})
    assert (again.status_code, again.json()["code"]) == (401, "problem-link")


def test_an_old_link_signs_nobody_in(face: Face) -> None:
    with face.service.store.write() as session:
        hour = timedelta(hours=1)
        token = make_sign_in_link(session, face.us.aino, now=now_utc() - 2 * hour, lifetime=hour)
    assert face.client.post("/v1/session", json={"token": token}).status_code == 401


def test_a_form_from_elsewhere_changes_nothing(face: Face) -> None:
    browser, me = signed_in(face)
    call = face.call("aino", by=replace(face.us.aino, id=me["principal_id"]))
    path = f"/v1/calls/{call.id}"
    assert browser.get(path).status_code == 200
    wrong = ({}, {"X-CSRF-Token": "x"}, {"X-CSRF-Token": me["csrf"], "Origin": "https://elsewhere.example.com"})
    for headers in (*wrong, {"X-CSRF-Token": "ä".encode()}):
        refused = browser.delete(path, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "problem-forged")
    assert browser.delete(path, headers={"X-CSRF-Token": me["csrf"], "Origin": BASE}).status_code == 204


def test_signing_out_ends_the_session(face: Face) -> None:
    browser, me = signed_in(face)
    cookie = dict(browser.cookies)
    assert browser.delete("/v1/session", headers={"X-CSRF-Token": me["csrf"]}).status_code == 204
    other = TestClient(face.app, base_url=BASE, cookies=cookie)
    assert other.get("/v1/session").status_code == 401


def test_over_https_the_cookie_is_the_hosts_alone(face: Face) -> None:
    settings = face.service.settings.model_copy(update={"public_url": "https://puhepeili.example.com"})
    face.app.state.service = replace(face.service, settings=settings)
    browser, _ = signed_in(face, base="https://testserver")
    assert next(iter(browser.cookies)) == "__Host-puhepeili"
    assert browser.get("/v1/session").status_code == 200


def test_a_revoked_key_ends_the_sessions_of_whom_it_was_for(face: Face) -> None:
    key = face.ask(
        face.us.admin, "POST", "/v1/keys", json={"name": "x", "role": "trainer", "team_id": face.us.first_team}
    )
    with face.service.store.write() as session:
        trainer = replace(face.us.trainer, id=key.json()["principal_id"])
        token = make_sign_in_link(session, trainer, now=now_utc(), lifetime=timedelta(hours=1))
    browser = TestClient(face.app, base_url=BASE)
    assert browser.post("/v1/session", json={"token": token}).status_code == 200
    face.ask(face.us.admin, "DELETE", f"/v1/keys/{key.json()['id']}")
    assert browser.get("/v1/session").status_code == 401


# --- known answer: every answer ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/nothing", 404, "problem-no-such-path"),
        ("GET", "/docs", 404, "problem-no-such-path"),
        ("PUT", "/v1/calls", 405, "problem-method"),
        ("TRACE", "/healthz", 405, "problem-method"),
        ("GET", "/v1/calls/", 404, "problem-no-such-path"),
        ("GET", "/v1/calls", 401, "problem-not-signed-in"),
    ],
)
def test_what_the_framework_refuses_is_a_problem_too(
    face: Face, method: str, path: str, status: int, code: str
) -> None:
    answer = face.client.request(method, path, headers={"X-Request-ID": "mine-12345"})
    assert (answer.status_code, answer.json()["code"], answer.json()["status"]) == (status, code, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["x-request-id"] == "mine-12345"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"


def test_a_method_that_is_not_there_is_answered_with_those_that_are(face: Face) -> None:
    answer = face.client.request("PATCH", "/v1/calls")
    assert {one.strip() for one in answer.headers["allow"].split(",")} == {"GET", "POST"}


def test_a_request_identifier_that_could_hurt_the_log_is_replaced(face: Face) -> None:
    answer = face.client.get("/healthz", headers={"X-Request-ID": 'x"} forged'})
    assert len(answer.headers["x-request-id"]) == 16


def test_a_body_that_is_too_large_or_no_json_is_refused(face: Face) -> None:
    large = face.ask(face.us.admin, "POST", "/v1/teams", json={"name": "x" * 1_100_000})
    assert (large.status_code, large.json()["code"]) == (413, "problem-body-too-large")
    chunked = face.ask(face.us.admin, "POST", "/v1/teams", content=iter([b"x" * 600_000] * 2))
    assert chunked.status_code == 413
    json_type = {"Content-Type": "application/json"}
    broken = face.ask(face.us.admin, "POST", "/v1/teams", content=b"{", headers=json_type)
    assert (broken.status_code, broken.json()["code"]) == (400, "problem-not-json")
    form = face.ask(face.us.admin, "POST", "/v1/teams", data={"name": "x"})
    assert (form.status_code, form.json()["code"]) == (415, "problem-media-type")


def test_a_fault_is_answered_and_logged_without_what_it_was_about(
    face: Face, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("Aino Virtanen, 010190-123A")

    monkeypatch.setattr("app.web.calls.list_calls", broken)
    with caplog.at_level(logging.INFO):
        answer = face.ask(face.us.aino, "GET", "/v1/calls")
    assert (answer.status_code, answer.json()["code"]) == (500, "problem-internal")
    assert "Virtanen" not in answer.text + caplog.text
    assert "ValueError at test_web_access.py" in caplog.text


def test_the_log_names_routes_and_never_people(face: Face, caplog: pytest.LogCaptureFixture) -> None:
    call = face.call("aino")
    face.score(call.id, card())
    with caplog.at_level(logging.INFO, logger="puhepeili.access"):
        face.ask(face.us.trainer, "GET", "/v1/agents/aino/trend?measure=speech_rate")
        face.ask(face.us.trainer, "GET", f"/v1/calls/{call.id}")
    lines = [json.loads(record.message) for record in caplog.records]
    assert [(line["route"], line["status"], line["role"]) for line in lines] == [
        ("/v1/agents/{agent_id}/trend", 200, "trainer"),
        ("/v1/calls/{call_id}", 200, "trainer"),
    ]
    assert "aino" not in caplog.text
    assert set(lines[0]) == {"request_id", "method", "route", "status", "ms", "role"}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "fi"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("sv,en;q=0.5,fi;q=0.4", "en"),
        ("en;q=0.4, fi;q=0.5", "fi"),
        ("en;q=0", "fi"),
        ("en;q=x", "fi"),
        ("*", "fi"),
        ("," * 2000, "fi"),
    ],
)
def test_the_reader_chooses_the_language(header: str, language: str) -> None:
    assert preferred(header, "fi") == language


# --- known answer: limits ---------------------------------------------------------------------------------------------


def test_a_bucket_fills_up_again_at_its_pace() -> None:
    now = [0.0]
    limiter = Limiter(clock=lambda: now[0])
    for _ in range(6):
        limiter.take("a", 6)
    with pytest.raises(TooMany) as refused:
        limiter.take("a", 6)
    assert refused.value.headers["Retry-After"] == "10"
    limiter.take("b", 6)
    now[0] = 10.0
    limiter.take("a", 6)
    with pytest.raises(TooMany):
        limiter.take("a", 6)


def did(noted: Recently, name: str) -> bool:
    with noted.once(name, 60) as is_new:
        return is_new


def test_what_was_done_lately_is_new_again_after_its_time() -> None:
    now = [100.0]
    noted = Recently(clock=lambda: now[0])
    assert did(noted, "a")
    assert not did(noted, "a")
    assert did(noted, "b")
    now[0] = 160.0
    assert did(noted, "a")


def test_what_failed_was_not_done() -> None:
    noted = Recently()
    with pytest.raises(OSError, match="disk"), noted.once("a", 60):
        raise OSError("disk")
    assert did(noted, "a")
