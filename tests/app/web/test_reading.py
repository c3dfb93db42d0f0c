"""What is read of a call: its state, scorecard, recording and events, by whom, and what is written down of it."""

from __future__ import annotations

import html

import pytest

from app.store import progress
from app.store.base import now_utc
from app.web.audio import range_of
from app.web.refusals import BadRange
from tests.app.web.cards import card
from tests.app.web.face import WAV, Face


def actions(face: Face, principal=None) -> list[tuple[str, str, str | None]]:
    """The log as Aino, or somebody else, reads it, oldest first."""
    items = face.ask(principal or face.us.aino, "GET", "/v1/audit").json()["items"]
    return [(one["actor_role"], one["action"], one["agent_id"]) for one in reversed(items)]


# --- known answer: state ----------------------------------------------------------------------------------------------


def test_a_failed_call_says_why_in_the_readers_language(face: Face) -> None:
    call = face.call("aino")
    with face.service.store.write() as session:
        progress.fail(session, call.id, "error-audio-rate-low", {"rate_hz": 4000, "limit_hz": 8000}, now_utc())
    path = f"/v1/calls/{call.id}"
    finnish = face.ask(face.us.aino, "GET", path, headers={"Accept-Language": "sv, fi;q=0.8, en;q=0.5"}).json()
    english = face.ask(face.us.aino, "GET", path, headers={"Accept-Language": "en-GB"}).json()
    assert (finnish["status"], finnish["failure"]["code"]) == ("failed", "error-audio-rate-low")
    assert "4000" in finnish["failure"]["sentence"]
    assert english["failure"]["sentence"].startswith("The sample rate 4000 Hz is too low")
    refused = face.ask(face.us.aino, "GET", f"{path}/scorecard", headers={"Accept-Language": "en"})
    assert (refused.status_code, refused.json()["detail"]) == (
        409,
        "The call could not be scored, so there is no scorecard. The call's state says why.",
    )


def test_lists_go_on_from_page_to_page_and_can_be_narrowed(face: Face) -> None:
    made = [face.call("aino", client_reference=f"A-{n}").id for n in range(5)]
    face.call("eero")
    found: list[str] = []
    cursor = None
    while True:
        parameters = {"limit": 2, "agent_id": "aino"} | ({"cursor": cursor} if cursor else {})
        page = face.ask(face.us.trainer, "GET", "/v1/calls", params=parameters).json()
        found += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == made[::-1]
    one = face.ask(face.us.trainer, "GET", "/v1/calls", params={"client_reference": "A-3"}).json()
    assert [call["id"] for call in one["items"]] == [made[3]]
    since = face.ask(face.us.trainer, "GET", "/v1/calls", params={"since": "2100-01-01T00:00:00Z"}).json()
    assert since["items"] == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"cursor": "x"}, "error-page-cursor"),
        ({"limit": 0}, "problem-fields"),
        ({"limit": "many"}, "problem-fields"),
        ({"status": "done"}, "problem-fields"),
        ({"since": "yesterday"}, "problem-fields"),
        ({"since": "0001-01-01T00:00:00+14:00"}, "problem-fields"),
        ({"agnet_id": "aino"}, "problem-unknown-parameter"),
        ({"agent_id": "a\x00"}, "problem-fields"),
    ],
)
def test_a_list_with_a_wrong_choice_is_refused(face: Face, query: dict, code: str) -> None:
    answer = face.ask(face.us.aino, "GET", "/v1/calls", params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


# --- known answer: scorecard ------------------------------------------------------------------------------------------


def test_a_scorecard_waits_and_then_comes_in_every_form(each_face: Face) -> None:
    face = each_face
    call = face.call("aino")
    path = f"/v1/calls/{call.id}/scorecard"
    early = face.ask(face.us.aino, "GET", path)
    assert (early.status_code, early.json()["code"]) == (409, "problem-not-ready")
    document = card()
    face.score(call.id, document)
    as_json = face.ask(face.us.aino, "GET", path)
    assert (as_json.text, as_json.headers["content-type"]) == (document, "application/json")
    page = face.ask(face.us.aino, "GET", path, params={"format": "html", "locale": "en"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="en"' in page.text
    assert "default-src 'none'" in html.unescape(page.text)
    assert page.headers["content-security-policy"] == "frame-ancestors 'self'"
    table = face.ask(face.us.aino, "GET", path, params={"format": "csv"})
    assert '"ei_openings",1.0,"count","above"' in table.text
    grid = face.ask(face.us.aino, "GET", path, params={"format": "textgrid"})
    assert '"ooTextFile"' in grid.text
    assert grid.headers["content-disposition"] == f'attachment; filename="{call.id}.TextGrid"'
    assert face.ask(face.us.aino, "GET", path, params={"format": "pdf"}).status_code == 422


def test_listeners_say_whether_a_finding_is_right(each_face: Face) -> None:
    face = each_face
    call = face.call("aino")
    base = f"/v1/calls/{call.id}/findings"
    assert face.ask(face.us.aino, "POST", f"{base}/ei_openings/0/verdict", json={"verdict": "right"}).status_code == 409
    face.score(call.id, card())
    assert face.ask(face.us.aino, "POST", f"{base}/ei_openings/0/verdict", json={"verdict": "wrong"}).status_code == 204
    assert face.ask(face.us.aino, "POST", f"{base}/ei_openings/0/verdict", json={"verdict": "right"}).status_code == 204
    for place in ("ei_openings/1", "pause_rate/0"):
        answer = face.ask(face.us.aino, "POST", f"{base}/{place}/verdict", json={"verdict": "right"})
        assert (answer.status_code, answer.json()["code"]) == (404, "problem-no-finding")
    assert face.ask(face.us.aino, "POST", f"{base}/ei_openings/0/verdict", json={"verdict": "so so"}).status_code == 422
    (found,) = face.ask(face.us.trainer, "GET", base).json()["items"]
    assert (found["measure"], found["n"], found["verdict"], found["by"]) == ("ei_openings", 0, "right", face.us.aino.id)


def test_a_scorecard_is_held_against_another_standard_without_a_new_hearing(each_face: Face) -> None:
    face = each_face
    call = face.call("aino")
    lenient = {"norms": {"ei_openings": {"high": 3}}}
    assert face.ask(face.us.admin, "PUT", "/v1/standards/oma", json=lenient).status_code == 200
    path = f"/v1/calls/{call.id}"
    early = face.ask(face.us.trainer, "POST", f"{path}/rescore", json={"standard": "oma"})
    assert (early.status_code, early.json()["code"]) == (409, "problem-not-ready")
    face.score(call.id, card())
    assert face.ask(face.us.trainer, "POST", f"{path}/rescore", json={"standard": "none"}).status_code == 404
    done = face.ask(face.us.trainer, "POST", f"{path}/rescore", json={"standard": "oma"})
    assert (done.status_code, done.json()) == (200, {"standard": "oma@1"})
    again = face.ask(face.us.aino, "GET", f"{path}/scorecard").json()
    assert (again["measures"]["ei_openings"]["verdict"], again["engine"]["standard"]) == ("within", "oma@1")
    assert actions(face)[-1] == ("trainer", "scorecard.rescored", "aino")


# --- known answer: audio ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("bytes=0-", (0, 100)),
        ("bytes=0-99", (0, 100)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-200", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-200", (0, 100)),
        ("bytes=0-1,5-6", None),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("seconds=0-1", None),
    ],
)
def test_a_range_is_what_the_standard_says(header: str | None, expected: tuple[int, int] | None) -> None:
    assert range_of(header, 100) == expected


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(header: str) -> None:
    with pytest.raises(BadRange):
        range_of(header, 100)


def test_a_player_hears_a_call_in_ranges(each_face: Face) -> None:
    face = each_face
    call = face.call("aino")
    path = f"/v1/calls/{call.id}/audio"
    whole = face.ask(face.us.aino, "GET", path)
    assert (whole.status_code, whole.content, whole.headers["content-type"]) == (200, WAV, "audio/wav")
    assert (whole.headers["accept-ranges"], whole.headers["content-length"]) == ("bytes", str(len(WAV)))
    part = face.ask(face.us.aino, "GET", path, headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, WAV[4:8])
    assert part.headers["content-range"] == f"bytes 4-7/{len(WAV)}"
    first = face.ask(face.us.aino, "GET", path, headers={"Range": "bytes=0-"})
    assert (first.status_code, first.headers["content-range"]) == (206, f"bytes 0-{len(WAV) - 1}/{len(WAV)}")
    stale = face.ask(face.us.aino, "GET", path, headers={"Range": "bytes=4-7", "If-Range": '"other"'})
    assert (stale.status_code, stale.content) == (200, WAV)
    known = face.ask(face.us.aino, "GET", path, headers={"If-None-Match": whole.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    beyond = face.ask(face.us.aino, "GET", path, headers={"Range": "bytes=1000000-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(WAV)}")


def test_a_recording_that_is_no_longer_kept_says_so(face: Face) -> None:
    gone = face.call("aino", audio=None)
    lost = face.call("aino")
    face.service.blobs.delete(lost.blob_key)
    for call in (gone, lost):
        answer = face.ask(face.us.aino, "GET", f"/v1/calls/{call.id}/audio")
        assert (answer.status_code, answer.json()["code"]) == (404, "problem-audio-gone")


def test_what_another_server_calls_a_page_is_not_shown_as_one(face: Face) -> None:
    call = face.call("aino", media_type="application/xhtml+xml")
    answer = face.ask(face.us.aino, "GET", f"/v1/calls/{call.id}/audio")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["content-security-policy"]


# --- known answer: who saw what ---------------------------------------------------------------------------------------


def test_an_agent_reads_who_saw_the_own_calls(each_face: Face) -> None:
    face = each_face
    call = face.call("aino")
    face.score(call.id, card())
    path = f"/v1/calls/{call.id}"
    for principal in (face.us.trainer, face.us.aino, face.us.platform):
        for place in ("scorecard", "scorecard?format=textgrid", "audio", "audio", "events", "findings"):
            assert face.ask(principal, "GET", f"{path}/{place}").status_code == 200
        assert face.ask(principal, "GET", "/v1/agents/aino/trend?measure=speech_rate").status_code == 200
    seen = ("scorecard.read", "transcript.exported", "audio.read", "events.read", "findings.read", "trend.read")
    assert actions(face) == [(role, action, "aino") for role in ("trainer", "platform") for action in seen]
    assert actions(face, face.us.eero) == []
    assert len(actions(face, face.us.admin)) == 12
    assert {role for role, _, _ in actions(face, face.us.trainer)} == {"trainer"}


def test_what_cannot_be_written_down_is_not_shown(face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    call = face.call("aino")
    face.score(call.id, card())

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("disk")

    monkeypatch.setattr("app.web.seeing.record", broken)
    for place in ("scorecard", "audio"):
        answer = face.ask(face.us.trainer, "GET", f"/v1/calls/{call.id}/{place}")
        assert (answer.status_code, answer.json()["code"]) == (500, "problem-internal")
        assert face.ask(face.us.aino, "GET", f"/v1/calls/{call.id}/{place}").status_code == 200


# --- known answer: stopping, trying again, erasing --------------------------------------------------------------------


def test_a_cancelled_call_stays_cancelled(each_face: Face) -> None:
    face = each_face
    call = face.call("aino")
    for _ in range(2):
        answer = face.ask(face.us.platform, "POST", f"/v1/calls/{call.id}/cancel")
        assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    assert face.engine.cancelled == [call.id, call.id]
    assert actions(face) == [("platform", "call.cancelled", "aino")]
    done = face.call("aino")
    face.score(done.id, card())
    answer = face.ask(face.us.platform, "POST", f"/v1/calls/{done.id}/cancel")
    assert (answer.status_code, answer.json()["code"]) == (409, "problem-already-ended")


def test_only_a_failed_call_is_tried_again(face: Face) -> None:
    call = face.call("aino")
    answer = face.ask(face.us.platform, "POST", f"/v1/calls/{call.id}/retry")
    assert (answer.status_code, answer.json()["code"]) == (409, "problem-not-failed")
    with face.service.store.write() as session:
        progress.fail(session, call.id, "error-job-crashed", {}, now_utc())
    answer = face.ask(face.us.platform, "POST", f"/v1/calls/{call.id}/retry")
    assert (answer.status_code, answer.json()) == (202, {"id": call.id, "status": "queued"})


def test_an_erased_call_is_gone_everywhere(each_face: Face) -> None:
    face = each_face
    sent = face.submit(face.us.platform, metadata='{"agent_id": "aino"}', headers={"Idempotency-Key": "k"})
    path = sent.headers["location"]
    face.score(sent.json()["id"], card())
    assert face.ask(face.us.platform, "DELETE", path).status_code == 204
    for place in ("", "/scorecard", "/audio", "/events", "/findings"):
        assert face.ask(face.us.platform, "GET", path + place).status_code == 404
    assert face.ask(face.us.platform, "DELETE", path).status_code == 404
    assert face.blob_files() == []
    assert face.engine.erased == [sent.json()["id"]]
    assert actions(face)[-1] == ("platform", "call.erased", "aino")
    again = face.submit(face.us.platform, metadata='{"agent_id": "aino"}', headers={"Idempotency-Key": "k"})
    assert again.json()["id"] != sent.json()["id"]
