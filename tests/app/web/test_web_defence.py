"""What large and slow requests cannot do: freeze the service, or hold it up."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.exceptions import HTTPException

from app.serve import MOST_CONNECTIONS, web_server
from app.store.calls import call_for_work
from app.web import middleware, submission
from app.web.fields import MOST_FAULTS, faults_of
from app.web.submission import MOST_JSON_BYTES
from tests.app.web.face import WAV, Face
from tests.app.web.served import serving

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
