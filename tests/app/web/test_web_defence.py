"""What strangers, slow callers and ended rights cannot do: freeze the service, hold it up, or come through late."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import update
from starlette.exceptions import HTTPException

from app.ending import Stopping
from app.privacy import erase_agent
from app.serve import MOST_CONNECTIONS, web_server
from app.store import progress
from app.store.base import now_utc
from app.store.batches import create_batch
from app.store.calls import call_for_work
from app.store.keys import end_sessions_of, list_keys, make_key, make_sign_in_link, revoke_key, signed_in, start_session
from app.store.organisations import change_organisation
from app.store.tables_access import ApiKeyRow
from app.web import middleware, submission
from app.web.fields import MOST_FAULTS, faults_of
from app.web.limits import Kept, Recently
from app.web.submission import MOST_JSON_BYTES
from tests.app.interrupting import is_interrupted
from tests.app.web.asked import HOUR
from tests.app.web.cards import card
from tests.app.web.face import WAV, Face, soon
from tests.app.web.served import serving
from tests.servers import free_port

BY_URL = {"recording_url": "https://recorder.example.com/1.wav"}
ENGLISH = {"Accept-Language": "en"}


# --- known answer: large requests -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("POST", "/v1/session", {}, "body"),
        ("POST", "/v1/calls", BY_URL, "body"),
        ("PUT", "/v1/standards/oma", {}, "body"),
        ("POST", "/v1/calls", BY_URL | {"metadata": "here"}, "metadata"),
        ("POST", "/v1/batches", {"calls": [BY_URL | {"metadata": "here"}]}, "calls.0.metadata"),
        ("PUT", "/v1/standards/oma", {"norms": "here"}, "norms"),
        ("PUT", "/v1/standards/oma", {"norms": {"pause_rate": "here"}}, "norms.pause_rate"),
        ("PUT", "/v1/standards/oma", {"fillers": "here"}, "fillers"),
    ],
)
def test_an_object_of_very_many_fields_is_one_fault(face: Face, method: str, path: str, body: dict, field: str) -> None:
    many = {f"k{number}": 0 for number in range(101)}
    written = json.dumps(body)
    sent = written.replace('"here"', json.dumps(many)) if "here" in written else json.dumps(body | many)
    who = {"/v1/session": None, "/v1/standards/oma": face.us.admin}.get(path, face.us.platform)
    answer = face.ask(who, method, path, content=sent, headers=ENGLISH | {"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {
            "field": field,
            "detail": "The object has too many fields: at most 100 are allowed.",
            "code": "problem-field-keys",
        }
    ]


def test_faults_are_looked_at_until_there_are_enough() -> None:
    looked_at = 0

    def found() -> Iterator[dict[str, Any]]:
        nonlocal looked_at
        for number in range(1000):
            looked_at += 1
            yield {"loc": ("body", f"k{number}"), "type": "extra_forbidden"}

    assert len(faults_of(found())) == MOST_FAULTS  # type: ignore[arg-type]
    assert looked_at <= MOST_FAULTS + 1


def test_only_lists_may_be_long(face: Face) -> None:
    long = {"name": "x", "note": "x" * 70_000}
    refused = face.ask(face.us.admin, "POST", "/v1/teams", json=long, headers=ENGLISH)
    assert (refused.status_code, refused.json()["detail"]) == (
        413,
        "The content is too large: at most 65536 bytes are allowed.",
    )
    assert face.client.post("/v1/session", json=long).status_code == 413
    batch = {"calls": [{"recording_url": f"https://recorder.example.com/{'x' * 400}{n}"} for n in range(200)]}
    assert face.ask(face.us.platform, "POST", "/v1/batches", json=batch).status_code == 201
    fillers = {"fillers": {"particles": [f"sana{number:050}" for number in range(1000)]}, "norms": {}}
    assert len(json.dumps(fillers)) < 70_000
    fillers["fillers"]["hesitations"] = [f"öö{number:050}" for number in range(1000)]
    assert face.ask(face.us.admin, "PUT", "/v1/standards/oma", json=fillers).status_code == 200


def test_three_hours_of_words_come_as_json_and_more_as_a_part(face: Face) -> None:
    words = [{"text": "huomenta", "start": 0.3 * n, "end": 0.3 * n + 0.2, "role": "agent"} for n in range(30_000)]
    for word in words:
        word["start"], word["end"] = round(word["start"], 2), round(word["end"], 2)
    transcript = {"words": words}
    content = json.dumps(BY_URL | {"transcript": transcript}, separators=(",", ":")).encode()
    assert 1_800_000 < len(content) < MOST_JSON_BYTES
    kind = {"Content-Type": "application/json"}
    answer = face.ask(face.us.platform, "POST", "/v1/calls", content=content, headers=kind)
    assert answer.status_code == 202, answer.text
    with face.service.store.read() as session:
        call = call_for_work(session, answer.json()["id"])
    assert json.loads(b"".join(face.service.blobs.stream(call.transcript_key))) == transcript
    more = content + b" " * (MOST_JSON_BYTES - len(content) + 1)
    refused = face.ask(face.us.platform, "POST", "/v1/calls", content=more, headers=kind | ENGLISH)
    assert (refused.status_code, refused.json()["code"]) == (413, "problem-body-too-large")
    assert "2162688 bytes" in refused.json()["detail"]
    parts = [("audio", ("a.wav", WAV)), ("transcript", ("a.json", more))]
    assert face.ask(face.us.platform, "POST", "/v1/calls", files=parts).status_code == 202


def test_json_of_very_many_lists_is_refused_before_it_is_read(face: Face) -> None:
    content = json.dumps(BY_URL)[:-1] + ', "transcript": [' + "[]," * 150_000 + "[]]}"
    kind = ENGLISH | {"Content-Type": "application/json"}
    refused = face.ask(face.us.platform, "POST", "/v1/calls", content=content, headers=kind)
    assert (refused.status_code, refused.json()["code"]) == (413, "problem-json-parts")
    assert "at most 150000 are allowed" in refused.json()["detail"]


def test_what_is_sent_is_read_beside_the_loop_that_answers(face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    beside: list[str] = []

    def watched(name: str) -> Callable[..., Any]:
        real = getattr(submission, name)

        def one(*args: Any) -> Any:
            with pytest.raises(RuntimeError):
                asyncio.get_running_loop()
            beside.append(name)
            return real(*args)

        return one

    for name in ("validated", "_encoded"):
        monkeypatch.setattr(submission, name, watched(name))
    assert face.ask(face.us.platform, "POST", "/v1/calls", json=BY_URL | {"transcript": {}}).status_code == 202
    assert face.submit(face.us.platform, metadata="{}").status_code == 202
    assert beside == ["validated", "_encoded", "validated"]


# --- known answer: slow requests --------------------------------------------------------------------------------------


def test_a_body_that_does_not_come_is_not_waited_for(face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "BODY_WAIT_S", 0.2)
    head = "POST {} HTTP/1.1\r\nHost: a\r\n{}Content-Type: {}\r\nContent-Length: 1000\r\n\r\n"
    key = f"Authorization: Bearer {face.key_of(face.us.platform)}\r\nAccept-Language: en\r\n"
    half_sent = [
        head.format("/v1/session", "", "application/json") + "{",
        head.format("/v1/calls", key, "multipart/form-data; boundary=x") + "--x",
    ]
    with serving(face) as served:
        for sent in half_sent:
            with socket.create_connection(("127.0.0.1", served.port), timeout=30) as connection:
                connection.sendall(sent.encode())
                answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
            assert answer.startswith("HTTP/1.1 408")
            assert '"code": "problem-too-slow"' in answer
    assert "application/problem+json" in answer
    assert "The content did not arrive" in answer
    assert face.blob_files() == []


@pytest.mark.parametrize(("in_pieces", "waited"), [(True, True), (False, False)])
def test_a_long_upload_may_take_its_time_and_a_form_may_not(
    monkeypatch: pytest.MonkeyPatch, in_pieces: bool, waited: bool
) -> None:
    now = [0.0]
    monkeypatch.setattr(middleware, "time", SimpleNamespace(monotonic=lambda: now[0]))

    async def receive() -> dict[str, Any]:
        now[0] += 40.0
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def read() -> None:
        counting = middleware._counted(receive, 100, in_pieces=in_pieces)
        for _ in range(4):
            await counting()

    if waited:
        asyncio.run(read())
        return
    with pytest.raises(HTTPException) as refused:
        asyncio.run(read())
    assert refused.value.status_code == 408


def test_connections_are_not_without_number(face: Face) -> None:
    assert web_server(face.app, face.service).config.limit_concurrency == MOST_CONNECTIONS


# --- known answer: told to stop ---------------------------------------------------------------------------------------


def test_a_signal_may_come_while_another_is_handled(face: Face) -> None:
    def is_reached(step: int) -> bool:
        server = web_server(face.app, replace(face.service, stopping=Stopping()))
        hear = partial(server.handle_exit, signal.SIGTERM, None)
        reached = is_interrupted(step, hear, hear)
        assert server.should_exit
        return reached

    assert next(step for step in count() if not is_reached(step)) > 10


def test_a_service_that_was_told_to_stop_before_it_listened_stops(face: Face) -> None:
    face.service.stopping.hear(signal.SIGTERM, None)
    server = web_server(face.app, face.service, host="127.0.0.1", port=free_port(), lifespan="off")
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()


# --- known answer: rights that ended while a call came in -------------------------------------------------------------


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Has something done after a caller was let in, and before the body was read."""

    def arrange(act: Callable[[], Any]) -> None:
        monkeypatch.setattr("app.web.calls.refuse_when_full", lambda _: act())

    return arrange


def revoke(face: Face) -> None:
    with face.service.store.write() as session:
        for key in list_keys(session, face.us.organisation_id):
            revoke_key(session, face.us.organisation_id, key.id, now_utc())


def expire(face: Face) -> None:
    with face.service.store.write() as session:
        session.execute(update(ApiKeyRow).values(expires_at=now_utc()))


def erase(face: Face) -> None:
    service = face.service
    erase_agent(service.store, service.blobs, face.us.organisation_id, "aino", by=face.us.admin, engine=service.engine)


@pytest.mark.parametrize("end", [revoke, erase])
def test_a_call_of_a_key_that_was_taken_away_does_not_come_through(each_face: Face, meanwhile, end) -> None:
    face = each_face
    face.key_of(face.us.aino)
    meanwhile(lambda: end(face))
    for headers in ({}, {"Idempotency-Key": "k-1"}):
        refused = face.submit(face.us.aino, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (401, "problem-wrong-key")
    assert face.blob_files() == []
    assert face.engine.enqueued == []


def test_a_key_that_only_ran_out_meanwhile_still_brings_its_call(each_face: Face, meanwhile) -> None:
    face = each_face
    meanwhile(lambda: expire(face))
    assert face.submit(face.us.platform).status_code == 202
    assert face.submit(face.us.platform).status_code == 401


def test_a_call_of_a_session_that_was_ended_does_not_come_through(each_face: Face, meanwhile) -> None:
    face = each_face
    with face.service.store.write() as session:
        token, begun = start_session(session, face.us.aino, now=now_utc(), lifetime=HOUR)

    def end() -> None:
        with face.service.store.write() as session:
            end_sessions_of(session, face.us.aino.id)

    cookie = {"Cookie": f"puhepeili={token}", "X-CSRF-Token": begun.csrf}
    assert face.submit(None, headers=cookie).status_code == 202  # type: ignore[arg-type]
    kept = len(face.blob_files())
    meanwhile(end)
    refused = face.submit(None, headers=cookie)  # type: ignore[arg-type]
    assert (refused.status_code, refused.json()["code"]) == (401, "problem-not-signed-in")
    assert len(face.blob_files()) == kept


# --- known answer: names of files -------------------------------------------------------------------------------------

LONG = "0401234567 " + "x" * 300 + ".wav"


@pytest.mark.parametrize(
    ("name", "reference", "kept_name", "kept_reference"),
    [
        ("0401234567.wav", "0401234567.wav", "[puhelinnumero].wav", "[puhelinnumero].wav"),
        ("0401234567.wav", "0401234567.wav (2)", "[puhelinnumero].wav", "[puhelinnumero].wav (2)"),
        (LONG, LONG[:120], ("[puhelinnumero] " + LONG[11:])[:255], "[puhelinnumero] " + LONG[11:120]),
        (
            'Aino\u00a0"040 1234567".wav',
            'Aino\u00a0"040 1234567".wav',
            'Aino "[puhelinnumero]".wav',
            'Aino "[puhelinnumero]".wav',
        ),
        ("0401234567.wav", "0401234567", "[puhelinnumero].wav", "0401234567"),
        ("0401234567.wav", "CRM-0401234567", "[puhelinnumero].wav", "CRM-0401234567"),
        ("0401234567.wav", None, "[puhelinnumero].wav", None),
        ("puhelu.wav", "puhelu.wav", "puhelu.wav", "puhelu.wav"),
    ],
)
def test_a_files_name_is_kept_without_numbers(
    face: Face, name: str, reference: str | None, kept_name: str, kept_reference: str | None
) -> None:
    call = sent(face, name, reference)
    assert call.client_reference == kept_reference
    assert call.file_name == kept_name


def test_where_nothing_is_redacted_names_stay(face: Face) -> None:
    with face.service.store.write() as session:
        change_organisation(session, face.us.organisation_id, redact=False)
    call = sent(face, "0401234567.wav", "0401234567.wav")
    assert (call.file_name, call.client_reference) == ("0401234567.wav", "0401234567.wav")


def sent(face: Face, name: str, reference: str | None) -> Any:
    metadata = {} if reference is None else {"client_reference": reference}
    files = [("metadata", (None, json.dumps(metadata), "application/json")), ("audio", (name, WAV, "audio/wav"))]
    answer = face.ask(face.us.platform, "POST", "/v1/calls", files=files)
    assert answer.status_code == 202, answer.text
    with face.service.store.read() as session:
        return call_for_work(session, answer.json()["id"])


# --- known answer: numbers and looks ----------------------------------------------------------------------------------


def test_methods_that_somebody_made_up_have_no_numbers_of_their_own(
    face: Face, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="puhepeili.access"):
        for method in ("FROB1", "FROB2", "get", "TRACE"):
            assert face.client.request(method, "/v1/calls").status_code in (401, 405)
    assert [json.loads(record.message)["method"] for record in caplog.records] == ["other", "other", "GET", "TRACE"]
    numbers = face.client.get("/metrics").text
    assert "FROB" not in numbers
    assert 'puhepeili_request_seconds_count{method="other",route="/v1/calls",status="405"} 2.0' in numbers


def looks(face: Face, agent_id: str = "aino") -> list[tuple[str, str]]:
    asker = {"aino": face.us.aino, "eero": face.us.eero}[agent_id]
    items = face.ask(asker, "GET", "/v1/audit").json()["items"]
    return [(one["actor_role"], one["action"]) for one in reversed(items)]


def test_a_look_at_a_calls_state_is_a_look(each_face: Face) -> None:
    face = each_face
    call = face.call("aino")
    for asker in (face.us.aino, face.us.trainer, face.us.trainer, face.us.platform):
        assert face.ask(asker, "GET", f"/v1/calls/{call.id}").status_code == 200
    assert face.ask(face.us.other_trainer, "GET", f"/v1/calls/{call.id}").status_code == 404
    assert looks(face) == [("trainer", "call.read")]  # the platform sent it in, and asks how far it is


def test_a_list_is_one_entry_that_names_nobody(each_face: Face) -> None:
    face = each_face
    face.call("aino")
    for asker in (face.us.aino, face.us.trainer, face.us.trainer):
        assert face.ask(asker, "GET", "/v1/calls").status_code == 200
    assert looks(face) == []
    found = face.ask(face.us.admin, "GET", "/v1/audit").json()["items"]
    assert [(one["actor_role"], one["action"], one["agent_id"]) for one in found] == [("trainer", "calls.listed", None)]


def test_failed_calls_in_a_batchs_results_are_looks_too(each_face: Face) -> None:
    face = each_face
    with face.service.store.write() as session:
        batch = create_batch(session, face.us.platform, now_utc())
    done = face.call("aino", batch_id=batch.id)
    face.score(done.id, card())
    failed = [face.call(agent_id, batch_id=batch.id) for agent_id in ("aino", "eero")]
    face.call("eero", batch_id=batch.id)
    with face.service.store.write() as session:
        for call in failed:
            progress.fail(session, call.id, "error-audio-empty", {}, now_utc())
    assert face.ask(face.us.platform, "GET", f"/v1/batches/{batch.id}/results").status_code == 200
    found = face.ask(face.us.admin, "GET", "/v1/audit").json()["items"]
    assert {(one["agent_id"], one["action"], one["detail"]["calls"]) for one in found} == {
        ("aino", "batch.read", 2),
        ("eero", "batch.read", 1),
    }


def test_nobody_is_shown_what_is_still_being_written_down() -> None:
    noted, found = Recently(), []

    def second() -> None:
        with noted.once("a", 60) as is_new:
            found.append(is_new)

    thread = threading.Thread(target=second)
    with noted.once("a", 60) as is_new:
        assert is_new
        thread.start()
        thread.join(0.05)
        assert found == []
    thread.join(30)
    assert found == [False]


def test_an_answer_is_kept_for_its_time() -> None:
    now, asked = [0.0], []
    kept: Kept[int] = Kept(1.0, clock=lambda: now[0])

    def ask() -> int:
        asked.append(now[0])
        return len(asked)

    assert [kept.get(ask), kept.get(ask)] == [1, 1]
    now[0] = 1.0
    assert (kept.get(ask), asked) == (2, [0.0, 1.0])


def test_what_anybody_may_ask_is_asked_of_the_database_once(face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    counts = face.engine.counts
    monkeypatch.setattr(face.engine, "workers", lambda: asked.append("workers") or 1)
    monkeypatch.setattr(face.engine, "counts", lambda: asked.append("counts") or counts())
    monkeypatch.setattr(face.service.metrics, "_text", Kept(3600))
    face.app.state.service = replace(face.service, ready=Kept(3600))
    for _ in range(3):
        assert face.client.get("/readyz").json()["status"] == "ready"
    assert asked == ["workers"]
    first = face.client.get("/metrics").text
    assert face.client.get("/metrics").text == first
    assert asked.count("counts") == 1


# --- known answer: an admin ends sessions -----------------------------------------------------------------------------


def test_an_admin_ends_sessions_and_unused_links_of_one_person(each_face: Face) -> None:
    face = each_face
    role = {"role": "trainer", "team_id": face.us.first_team}
    made = face.ask(face.us.admin, "POST", "/v1/sign-in-links", json=role).json()
    trainer = replace(face.us.trainer, id=made["principal_id"])
    with face.service.store.write() as session:
        token, _ = start_session(session, trainer, now=now_utc(), lifetime=HOUR)
        others, _ = start_session(session, face.us.trainer, now=now_utc(), lifetime=HOUR)
        unused = make_sign_in_link(session, trainer, now=now_utc(), lifetime=HOUR)
        key, _ = make_key(session, trainer, name="x", now=now_utc())
    path = f"/v1/principals/{trainer.id}/sessions"
    for stranger in (face.them.admin, face.us.trainer, None):
        assert face.ask(stranger, "DELETE", path).status_code in (401, 403, 404)
    assert face.ask(face.us.admin, "DELETE", path).status_code == 204
    with face.service.store.read() as session:
        assert signed_in(session, token, now_utc()) is None
        assert signed_in(session, others, now_utc()) is not None
    for link in (made["url"].partition("#")[2], unused):
        assert face.client.post("/v1/session", json={"token": link}).status_code == 401
    assert face.client.get("/v1/session", headers={"Authorization": f"Bearer {key}"}).status_code == 200
    again = face.ask(face.us.admin, "DELETE", path, headers=ENGLISH)
    assert (again.status_code, again.json()["code"]) == (404, "problem-no-session")
    ended = face.ask(face.us.admin, "GET", "/v1/audit").json()["items"][0]
    assert (ended["action"], ended["detail"]) == ("sessions.ended", {"role": "trainer", "principal_id": trainer.id})


def test_a_session_that_began_by_a_link_is_told_of_to_its_agent(face: Face) -> None:
    with face.service.store.write() as session:
        start_session(session, face.us.aino, now=now_utc(), lifetime=soon(60) - now_utc())
    assert face.ask(face.us.admin, "DELETE", f"/v1/principals/{face.us.aino.id}/sessions").status_code == 204
    assert looks(face) == [("admin", "sessions.ended")]


# --- known answer: cursors --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cursor", ["WzAsIlx1ZDgwMCJd", "WzAsIlx1MDAwMCJd", "WzAsMV0"])
def test_a_cursor_of_letters_that_no_identifier_has_is_none_of_ours(face: Face, cursor: str) -> None:
    answer = face.ask(face.us.aino, "GET", f"/v1/calls?cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (422, "error-page-cursor")
