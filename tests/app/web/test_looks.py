"""Which looks are written down and counted, and what is told of calls: names without numbers, cursors."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import replace
from typing import Any

import pytest

from app.store import progress
from app.store.base import now_utc
from app.store.batches import create_batch
from app.store.calls import call_for_work
from app.store.organisations import change_organisation
from app.web.limits import Kept, Recently
from tests.app.web.cards import card
from tests.app.web.face import WAV, Face

BY_URL = {"recording_url": "https://recorder.example.com/1.wav"}
ENGLISH = {"Accept-Language": "en"}


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


def test_a_look_at_a_calls_state_is_a_look(each_face: Face) -> None:
    face = each_face
    call = face.call("aino")
    for asker in (face.us.aino, face.us.trainer, face.us.trainer, face.us.platform):
        assert face.ask(asker, "GET", f"/v1/calls/{call.id}").status_code == 200
    assert face.ask(face.us.other_trainer, "GET", f"/v1/calls/{call.id}").status_code == 404
    assert face.looks() == [("trainer", "call.read")]  # the platform sent it in, and asks how far it is


def test_a_list_is_one_entry_that_names_nobody(each_face: Face) -> None:
    face = each_face
    face.call("aino")
    for asker in (face.us.aino, face.us.trainer, face.us.trainer):
        assert face.ask(asker, "GET", "/v1/calls").status_code == 200
    assert face.looks() == []
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


# --- known answer: cursors --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cursor", ["WzAsIlx1ZDgwMCJd", "WzAsIlx1MDAwMCJd", "WzAsMV0"])
def test_a_cursor_of_letters_that_no_identifier_has_is_none_of_ours(face: Face, cursor: str) -> None:
    answer = face.ask(face.us.aino, "GET", f"/v1/calls?cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (422, "error-page-cursor")
