"""What is told of a call while it is followed."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import httpx
import pytest

from app.store import progress
from app.store.base import now_utc
from app.web import events
from tests.app.web.cards import card
from tests.app.web.face import Face
from tests.app.web.served import serving

# --- known answer -----------------------------------------------------------------------------------------------------


def events_in(lines: list[str]) -> list[tuple[str, dict]]:
    """Identifier and content of each event."""
    found, id = [], ""
    for line in lines:
        if line.startswith("id: "):
            id = line.removeprefix("id: ")
        if line.startswith("data: "):
            found.append((id, json.loads(line.removeprefix("data: "))))
    return found


def read(answer: httpx.Response, then: dict[str, Callable[[], object]], *, until: str | None = None) -> list[str]:
    """Lines of a stream to its end or the one with `until`; the first with a key of `then` has its work done."""
    lines = []
    for line in answer.iter_lines():
        lines.append(line)
        for part in [part for part in then if part in line]:
            then.pop(part)()
        if until is not None and until in line:
            break
    return lines


def test_progress_is_told_and_taken_up_again_after_a_break(each_face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    face = each_face
    monkeypatch.setattr("app.web.watching.LOOK_S", 0.05)
    call = face.call("aino")
    path = f"/v1/calls/{call.id}/events"

    def work() -> None:
        with face.service.store.write() as session:
            progress.start(session, call.id, now_utc())
            progress.set_progress(session, call.id, "decode", 0.05, now_utc())

    with serving(face) as served, served.client(face.us.aino) as client:
        with client.stream("GET", path) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            lines = read(answer, {'"status":"queued"': work}, until='"stage":"decode"')
        first = events_in(lines)
        assert [state["status"] for _, state in first] == ["queued", "processing"]
        threading.Thread(target=face.score, args=(call.id, card())).start()
        with client.stream("GET", path, headers={"Last-Event-ID": first[-1][0]}) as answer:
            rest = events_in(list(answer.iter_lines()))
        assert rest[-1][1]["status"] == "succeeded"
        assert rest[-1][1]["progress"] == 1.0
        assert first[-1][0] not in [id for id, _ in rest]
        with client.stream("GET", path, headers={"Last-Event-ID": rest[-1][0]}) as answer:
            assert events_in(list(answer.iter_lines())) == []


def test_an_erased_call_ends_its_events(face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.watching.LOOK_S", 0.05)
    call = face.call("aino")
    path = f"/v1/calls/{call.id}/events"
    with (
        serving(face) as served,
        served.client(face.us.platform) as client,
        client.stream("GET", path) as answer,
    ):
        lines = read(answer, {"event: state": lambda: face.ask(face.us.platform, "DELETE", f"/v1/calls/{call.id}")})
    assert "event: gone" in lines


def test_a_service_that_stops_holds_no_stream_open(face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.watching.LOOK_S", 0.05)
    monkeypatch.setattr(events, "SILENCE_S", 0.2)
    monkeypatch.setattr(events, "LONGEST_S", 30.0)
    call = face.call("aino")
    path = f"/v1/calls/{call.id}/events"
    with (
        serving(face) as served,
        served.client(face.us.aino) as client,
        client.stream("GET", path) as answer,
    ):
        lines = read(answer, {": still here": face.service.stopping.set})
    assert 1 <= lines.count(": still here") < 20
