"""Sending calls in: whole, by address, twice, broken off, and when there is no room."""

from __future__ import annotations

import hashlib
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError

from app.store.calls import call_for_work, count_by_status
from tests.app.web.face import WAV, Face
from tests.app.web.served import serving

METADATA = {"agent_id": "aino", "client_reference": "A-1", "channels": {"agent": 1, "customer": 0}, "tags": ["x"]}


def parts(*found: tuple[str, bytes]) -> dict:
    return {"files": [(name, (name, content)) for name, content in found]}


# --- known answer: what is taken in -----------------------------------------------------------------------------------


def test_a_file_becomes_a_waiting_call(each_face: Face) -> None:
    face = each_face
    answer = face.submit(face.us.platform, metadata=json.dumps(METADATA))
    assert answer.status_code == 202, answer.text
    body = answer.json()
    assert body["status"] == "queued"
    assert answer.headers["location"] == f"/v1/calls/{body['id']}"
    assert face.engine.enqueued == [(body["id"], "interactive", 5)]
    state = face.ask(face.us.platform, "GET", answer.headers["location"]).json()
    assert (state["agent_id"], state["client_reference"], state["agent_channel"]) == ("aino", "A-1", "right")
    assert (state["tags"], state["audio_bytes"], state["progress"]) == (["x"], len(WAV), 0.0)
    assert state["audio_sha256"] == hashlib.sha256(WAV).hexdigest()
    with face.service.store.read() as session:
        call = call_for_work(session, body["id"])
    assert (call.media_type, call.file_name, call.team_id) == ("audio/wav", "puhelu.wav", face.us.first_team)


def test_a_transcript_and_metadata_come_along_in_any_order(face: Face) -> None:
    sent = parts(("transcript", b"Agent: hei"), ("audio", WAV), ("metadata", b'{"agent_id": "aino"}'))
    answer = face.ask(face.us.platform, "POST", "/v1/calls", **sent)
    with face.service.store.read() as session:
        call = call_for_work(session, answer.json()["id"])
    assert b"".join(face.service.blobs.stream(call.transcript_key)) == b"Agent: hei"
    assert (call.agent_id, b"".join(face.service.blobs.stream(call.blob_key))) == ("aino", WAV)


def test_a_call_can_be_sent_in_by_its_address(each_face: Face) -> None:
    face = each_face
    sent = {"recording_url": "https://recorder.example.com/1.wav", "metadata": METADATA, "transcript": {"words": []}}
    answer = face.ask(face.us.platform, "POST", "/v1/calls", json=sent)
    assert answer.status_code == 202, answer.text
    with face.service.store.read() as session:
        call = call_for_work(session, answer.json()["id"])
    assert (call.recording_url, call.blob_key, call.agent_channel) == (sent["recording_url"], None, "right")
    assert b"".join(face.service.blobs.stream(call.transcript_key)) == b'{"words": []}'
    assert face.ask(face.us.platform, "GET", f"/v1/calls/{call.id}/audio").json()["code"] == "problem-audio-not-fetched"


@pytest.mark.parametrize(
    ("who", "priority", "agent"), [("aino", 1, "aino"), ("trainer", 1, "eero"), ("platform", 5, "eero")]
)
def test_people_who_wait_go_before_systems(face: Face, who: str, priority: int, agent: str) -> None:
    metadata = None if who == "aino" else '{"agent_id": "eero"}'
    answer = face.submit(getattr(face.us, who), metadata=metadata)
    assert face.engine.enqueued == [(answer.json()["id"], "interactive", priority)]
    with face.service.store.read() as session:
        assert call_for_work(session, answer.json()["id"]).agent_id == agent


def test_a_batch_goes_last(face: Face) -> None:
    batch = face.ask(face.us.platform, "POST", "/v1/batches", json={"name": "Viikko"}).json()
    call = face.submit(face.us.platform, metadata=json.dumps({"batch_id": batch["id"]})).json()
    assert face.engine.enqueued == [(call["id"], "batch", 10)]


# --- known answer: what is refused, and leaves nothing ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (parts(("audio", b"")), 422, "error-audio-empty"),
        (parts(("metadata", b"{}")), 422, "problem-part-missing"),
        (parts(("audio", WAV), ("audio", WAV)), 422, "problem-part-twice"),
        (parts(("audio", WAV), ("sound", WAV)), 422, "problem-part-unknown"),
        (parts(("audio", WAV), ("metadata", b"{")), 400, "problem-not-json"),
        (parts(("audio", WAV), ("metadata", b'{"agent": "x"}')), 422, "problem-fields"),
        (parts(("audio", WAV), ("metadata", b'{"batch_id": "none"}')), 404, "problem-no-batch"),
        (parts(("audio", WAV), ("metadata", b'{"standard": "oma"}')), 404, "problem-no-such-standard"),
        (parts(("audio", WAV), ("transcript", b"")), 422, "error-transcript-empty"),
        (parts(("metadata", b"x" * 70_000)), 413, "problem-body-too-large"),
        ({"content": WAV, "headers": {"Content-Type": "audio/wav"}}, 415, "problem-media-type"),
        ({"content": b"--", "headers": {"Content-Type": "multipart/form-data"}}, 400, "problem-multipart"),
        ({"content": b"--x", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}, 400, "problem-multipart"),
        ({"json": {"recording_url": "ftp://x.example.com/"}}, 422, "problem-fields"),
        ({"json": {"recording_url": "https://me:secret@x.example.com/"}}, 422, "problem-fields"),
        ({"content": b"{", "headers": {"Content-Type": "application/json"}}, 400, "problem-not-json"),
    ],
)
def test_what_cannot_be_used_is_refused_and_leaves_nothing(face: Face, sent: dict, status: int, code: str) -> None:
    answer = face.ask(face.us.platform, "POST", "/v1/calls", **sent)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert face.blob_files() == []
    with face.service.store.read() as session:
        assert sum(count_by_status(session).values()) == 0


def test_wrong_fields_are_named_with_what_is_allowed(face: Face) -> None:
    wrong = {
        "agent_id": "a/b",
        "channels": {"agent": 0, "customer": 0},
        "direction": "sideways",
        "started_at": "2026-11-20T12:00:00",
        "retain_days": 0,
        "mood": "good",
    }
    told = face.submit(face.us.platform, metadata=json.dumps(wrong), headers={"Accept-Language": "fi"}).json()
    found = {one["field"]: one["detail"] for one in told["errors"]}
    assert found["metadata.retain_days"] == "Luku on liian pieni: pienin sallittu on 1."
    assert found["metadata.direction"] == "Arvo ei käy. Sallittuja ovat: inbound, outbound."
    assert found["metadata.mood"] == "Kenttä on tuntematon. Tarkista nimi tai jätä kenttä pois."
    assert found["metadata.started_at"].startswith("Ajasta puuttuu aikavyöhyke.")
    assert "metadata.agent_id" in found
    assert any("eivät voi olla samalla kanavalla" in detail for detail in found.values())
    assert told["detail"] == f"{len(found)} kenttää ei voi käyttää; kohta errors luettelee ne."


def test_an_agent_sends_own_calls_and_a_trainer_the_teams(face: Face) -> None:
    refused = face.submit(face.us.aino, metadata='{"agent_id": "eero"}')
    assert (refused.status_code, refused.json()["code"]) == (403, "problem-agent-not-own")
    for agent in ('{"agent_id": "olavi"}', "{}"):
        refused = face.submit(face.us.trainer, metadata=agent)
        assert (refused.status_code, refused.json()["code"]) == (403, "problem-agent-not-in-team")
    assert face.blob_files() == []


def test_a_file_beyond_the_limit_leaves_nothing(face: Face) -> None:
    face.app.state.service = replace(
        face.service, settings=face.service.settings.model_copy(update={"max_file_bytes": 300_000})
    )
    answer = face.submit(face.us.platform, bytes(300_001))
    assert (answer.status_code, answer.json()["code"]) == (413, "error-upload-too-large")
    assert face.submit(face.us.platform, WAV + bytes(300_000 - len(WAV))).status_code == 202
    assert [path.stat().st_size for path in face.blob_files()] == [300_000]


def test_when_the_database_is_away_nobody_is_told_202(face: Face) -> None:
    face.engine.failing = OperationalError("INSERT", {}, Exception("disk full: aino"))
    answer = face.submit(face.us.platform)
    assert (answer.status_code, answer.json()["code"]) == (503, "problem-database")
    assert answer.headers["retry-after"] == "5"
    assert "aino" not in answer.text
    with face.service.store.read() as session:
        assert sum(count_by_status(session).values()) == 0


def test_a_full_queue_and_a_full_disk_send_submitters_away(face: Face) -> None:
    settings = face.service.settings
    face.call("aino")
    face.app.state.service = replace(face.service, settings=settings.model_copy(update={"max_queued_calls": 1}))
    full = face.submit(face.us.platform)
    assert (full.status_code, full.json()["code"], full.headers["retry-after"]) == (503, "problem-queue-full", "60")
    face.app.state.service = replace(face.service, settings=settings.model_copy(update={"min_free_bytes": 10**18}))
    full = face.submit(face.us.platform)
    assert (full.status_code, full.json()["code"], full.headers["retry-after"]) == (503, "problem-disk-full", "300")
    assert len(face.blob_files()) == 1


# --- known answer: idempotency ----------------------------------------------------------------------------------------


def test_the_same_request_again_is_the_same_call(each_face: Face) -> None:
    face = each_face
    with_key = {"headers": {"Idempotency-Key": "k-1"}}
    first = face.submit(face.us.platform, metadata='{"agent_id": "aino"}', **with_key)
    again = face.submit(face.us.platform, metadata='{ "agent_id":"aino" }', **with_key)
    assert (again.status_code, again.json()["id"]) == (202, first.json()["id"])
    other = face.submit(face.us.platform, WAV + b"x", metadata='{"agent_id": "aino"}', **with_key)
    assert (other.status_code, other.json()["code"]) == (422, "problem-idempotency-conflict")
    other = face.submit(face.us.platform, metadata='{"agent_id": "eero"}', **with_key)
    assert other.status_code == 422
    elsewhere = face.submit(face.them.platform, **with_key)
    assert elsewhere.json()["id"] != first.json()["id"]
    assert len(face.blob_files()) == 2
    assert len(face.engine.enqueued) == 2


def test_one_key_fifty_times_at_once_is_one_call(each_face: Face) -> None:
    face = each_face
    with serving(face) as served, served.client(face.us.platform) as client, ThreadPoolExecutor(50) as pool:

        def send(_: int) -> tuple[int, str]:
            files = {"audio": ("puhelu.wav", WAV)}
            answer = client.post("/v1/calls", files=files, headers={"Idempotency-Key": "fifty"})
            return answer.status_code, answer.json().get("id")

        found = set(pool.map(send, range(50)))
    assert len(found) == 1, found
    assert next(iter(found))[0] == 202
    assert len(face.engine.enqueued) == 1
    assert len(face.blob_files()) == 1


# --- known answer: streams --------------------------------------------------------------------------------------------


def test_an_upload_that_is_broken_off_leaves_nothing(face: Face) -> None:
    with serving(face) as served:
        head = (
            "POST /v1/calls HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
            f"Authorization: Bearer {face.key_of(face.us.platform)}\r\nContent-Length: 50000000\r\n\r\n"
            '--x\r\nContent-Disposition: form-data; name="audio"; filename="a.wav"\r\n\r\n'
        )
        with socket.create_connection(("127.0.0.1", served.port)) as connection:
            connection.sendall(head.encode() + WAV)
            for _ in range(200):
                connection.sendall(bytes(100_000))
        until = time.monotonic() + 10
        with served.client(face.us.platform) as client:
            while time.monotonic() < until and face.blob_files():
                time.sleep(0.05)
            assert face.blob_files() == []
            assert client.get("/v1/calls").json()["items"] == []
            assert client.get("/healthz").status_code == 200


def test_what_was_stored_goes_when_the_rest_never_comes(face: Face) -> None:
    with serving(face) as served:
        body = (
            b'--x\r\nContent-Disposition: form-data; name="audio"; filename="a.wav"\r\n\r\n'
            + WAV
            + b'\r\n--x\r\nContent-Disposition: form-data; name="metadata"\r\n\r\n{"agent'
        )
        head = (
            "POST /v1/calls HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
            f"Authorization: Bearer {face.key_of(face.us.platform)}\r\nContent-Length: 50000\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", served.port)) as connection:
            connection.sendall(head.encode() + body)
            until = time.monotonic() + 10
            while time.monotonic() < until and not face.blob_files():
                time.sleep(0.02)
            assert len(face.blob_files()) == 1
        while time.monotonic() < until and face.blob_files():
            time.sleep(0.02)
        assert face.blob_files() == []
