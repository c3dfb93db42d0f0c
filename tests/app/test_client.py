"""The client, against the service itself behind a real web server, and against a stand-in that is busy."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from app.client import Client, ServiceError
from app.store import progress
from app.store.base import now_utc
from app.store.engine import open_store
from app.web.service import Service
from tests.app.web.cards import card
from tests.app.web.conftest import settings_of
from tests.app.web.face import WAV, Face, hasty, make_face, migrated_sqlite
from tests.app.web.served import Served, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    store = hasty(open_store(migrated_sqlite(folder)))
    with make_face(settings_of(folder), store) as face, serving(face) as made:
        yield made
    store.close()


@pytest.fixture
def face(served: Served) -> Face:
    return served.face


@pytest.fixture
def client(served: Served) -> Iterator[Client]:
    with Client(served.url, served.face.key_of(served.face.us.platform)) as made:
        yield made


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "puhelu.wav"
    path.write_bytes(WAV)
    return path


def later(work: Callable[[], object], after_s: float = 0.2) -> threading.Timer:
    """Does `work` a moment from now."""
    timer = threading.Timer(after_s, work)
    timer.start()
    return timer


def begin(service: Service, call_id: str, share: float) -> None:
    """As if a worker had a call half done."""
    with service.store.write() as session:
        attempt = progress.start(session, call_id, now_utc())
        progress.set_progress(session, call_id, "transcribe", share, now_utc(), attempt=attempt)


# --- known answer: against the service --------------------------------------------------------------------------------


def test_a_call_from_its_file_to_its_scorecard(client: Client, face: Face, recording: Path, tmp_path: Path) -> None:
    given = {"agent_id": "aino", "client_reference": "tilaus 7"}
    sent = client.submit(recording, metadata=given, transcript="Agent: Ei ole.")
    assert (sent.status, client.call(sent.id).client_reference) == ("queued", "tilaus 7")
    timer = later(lambda: face.score(sent.id, card()))
    ended = client.wait(sent.id, timeout_s=20)
    timer.join()
    assert (ended.id, ended.status, ended.progress, ended.agent_id) == (sent.id, "succeeded", 1.0, "aino")
    assert client.scorecard(sent.id).measures["ei_openings"].value == 1.0
    assert "ei_openings" in client.scorecard_as(sent.id, "csv")
    client.audio(sent.id, tmp_path / "back.wav")
    assert (tmp_path / "back.wav").read_bytes() == WAV
    client.delete(sent.id)
    with pytest.raises(ServiceError) as caught:
        client.call(sent.id)
    assert (caught.value.status, caught.value.code) == (404, "problem-no-call")


def test_the_same_key_twice_is_one_call(client: Client, recording: Path) -> None:
    first = client.submit(recording, idempotency_key="eka")
    assert client.submit(recording, idempotency_key="eka").id == first.id
    assert client.submit(recording).id != first.id


def test_a_call_by_its_address(client: Client) -> None:
    sent = client.submit(recording_url="https://recorder.example.com/1.wav", metadata={"tags": ["a"]}, transcript="ei")
    assert client.call(sent.id).has_audio is False


def test_progress_is_followed(client: Client, face: Face, recording: Path) -> None:
    sent = client.submit(recording)
    seen = []
    for state in client.follow(sent.id):
        seen.append((state.status, state.progress))
        if state.status == "queued":
            begin(face.service, sent.id, 0.5)
        elif state.status == "processing":
            face.score(sent.id, card())
    assert seen[-1] == ("succeeded", 1.0)
    assert ("processing", 0.5) in seen
    assert [share for _, share in seen] == sorted(share for _, share in seen)


def test_a_call_that_failed_says_why(client: Client, face: Face, recording: Path) -> None:
    sent = client.submit(recording)
    with face.service.store.write() as session:
        progress.fail(session, sent.id, "error-audio-empty", {}, now_utc())
    ended = client.wait(sent.id, poll_s=0.1)
    assert ended.status == "failed"
    assert ended.failure is not None
    assert ended.failure.code == "error-audio-empty"
    assert len(ended.failure.sentence) > 10


def test_a_wait_that_is_too_long_ends(client: Client, recording: Path) -> None:
    sent = client.submit(recording)
    with pytest.raises(TimeoutError, match=f"call {sent.id} is queued after 0.3 s"):
        client.wait(sent.id, timeout_s=0.3, poll_s=0.1)
    assert client.cancel(sent.id).status == "cancelled"
    assert client.wait(sent.id).status == "cancelled"


def test_an_erased_call_ends_the_wait(client: Client, recording: Path) -> None:
    sent = client.submit(recording)
    timer = later(lambda: client.delete(sent.id))
    with pytest.raises(ServiceError, match="404"):
        client.wait(sent.id, timeout_s=20)
    timer.join()


def test_a_batch(client: Client, face: Face, recording: Path, tmp_path: Path) -> None:
    batch = client.begin_batch("Viikko 47", expected=2, calls=[{"recording_url": "https://recorder.example.com/2.wav"}])
    sent = client.submit(recording, metadata={"batch_id": batch.id})
    face.score(sent.id, card())
    found = client.batch(batch.id)
    assert (found.name, found.expected, found.calls["queued"], found.calls["succeeded"]) == ("Viikko 47", 2, 1, 1)
    assert {state.id for state in client.calls(batch_id=batch.id, status="succeeded")} == {sent.id}
    client.batch_results(batch.id, tmp_path / "results.csv")
    assert sent.id in (tmp_path / "results.csv").read_text(encoding="utf-8-sig")


def test_a_listener_s_word(served: Served, face: Face) -> None:
    call = face.call()
    face.score(call.id, card())
    with Client(served.url, face.key_of(face.us.aino)) as agent:
        agent.say(call.id, "ei_openings", 0, "wrong")
        with pytest.raises(ServiceError, match="404"):
            agent.say(call.id, "ei_openings", 99, "wrong")


def test_a_refusal_says_why(served: Served, client: Client, recording: Path) -> None:
    with pytest.raises(ServiceError, match="422") as caught:
        client.submit(recording, metadata={"retain_days": -1})
    assert caught.value.detail
    with Client(served.url, "wrong") as stranger, pytest.raises(ServiceError, match="401"):
        stranger.call("x")
    with pytest.raises(ValueError, match="either audio or recording_url"):
        client.submit()


# --- known answer: against a stand-in that is busy --------------------------------------------------------------------


class Stand:
    """Answers in turn, and keeps what it was asked and how long the client waited."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers, self.asked, self.waits = list(answers), [], []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((request.headers.get("idempotency-key"), request.read()))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self, **more: int) -> Client:
        transport = httpx.MockTransport(self)
        return Client("http://stand", "key", transport=transport, sleep=self.waits.append, **more)


QUEUED = {"id": "c1", "status": "queued", "something_new": 1}


def busy(status: int, **headers: str) -> httpx.Response:
    """An answer that asks to come back later."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, json={"detail": "later", "code": "problem-busy"})


def test_a_busy_service_is_asked_again_when_it_says(recording: Path) -> None:
    stand = Stand(
        busy(429, retry_after="7"), busy(503, retry_after="9999"), busy(503), httpx.Response(202, json=QUEUED)
    )
    assert stand.client().submit(recording).id == "c1"
    assert stand.waits == [7.0, 300.0, 4.0]
    assert len({key for key, _ in stand.asked}) == 1
    assert all(WAV in body for _, body in stand.asked)


def test_a_connection_that_fails_is_made_again(recording: Path) -> None:
    stand = Stand(httpx.ConnectError("no"), httpx.ReadError("broke"), httpx.Response(202, json=QUEUED))
    assert stand.client().submit(recording).status == "queued"
    assert stand.waits == [1.0, 2.0]


def test_in_the_end_it_gives_up() -> None:
    stand = Stand(*[busy(503)] * 3)
    with pytest.raises(ServiceError, match="503: later") as caught:
        stand.client(tries=3).call("c1")
    assert caught.value.code == "problem-busy"
    stand = Stand(*[httpx.ConnectError("no")] * 2)
    with pytest.raises(httpx.ConnectError):
        stand.client(tries=2).call("c1")


def test_a_batch_is_never_begun_twice() -> None:
    stand = Stand(httpx.ReadError("broke"))
    with pytest.raises(httpx.ReadError):
        stand.client().begin_batch("a")
    stand = Stand(busy(503), httpx.Response(201, json={"id": "b", "calls": {}}))
    assert stand.client().begin_batch("a").id == "b"
    stand = Stand(busy(504))
    with pytest.raises(ServiceError, match="504"):
        stand.client().begin_batch("a")


def test_a_download_that_is_refused_leaves_no_file(tmp_path: Path) -> None:
    stand = Stand(busy(503), busy(404))
    with pytest.raises(ServiceError, match="404"):
        stand.client().audio("c1", tmp_path / "a.wav")
    assert list(tmp_path.iterdir()) == []


def test_events_go_on_where_they_left_off() -> None:
    def events(*states: tuple[str, str, float]) -> httpx.Response:
        lines = (
            f"id: {id}\nevent: state\ndata: {json.dumps({'id': 'c1', 'status': status, 'progress': share})}\n\n"
            for id, status, share in states
        )
        return httpx.Response(200, text="retry: 2000\n\n: still here\n\n" + "".join(lines))

    stand = Stand(events(("1", "queued", 0.0)), httpx.ReadError("broke"), busy(503), events(("2", "succeeded", 1.0)))
    asked: list[str | None] = []

    def noting(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers.get("last-event-id"))
        return stand(request)

    client = Client("http://stand", "key", transport=httpx.MockTransport(noting), sleep=stand.waits.append)
    assert [state.status for state in client.follow("c1")] == ["queued", "succeeded"]
    assert asked == [None, "1", "1", "1"]


def test_a_wait_for_events_ends_in_time_too() -> None:
    stand = Stand(httpx.Response(200, text=": still here\n\n" * 3))
    with pytest.raises(TimeoutError, match="call c1 had not ended in time"):
        stand.client().wait("c1", timeout_s=0.0)


def test_the_client_is_quick_to_import() -> None:
    import subprocess
    import sys

    code = (
        "import sys, app.client; print(sorted(set(sys.modules) & {'numpy', 'sqlalchemy', 'fastapi', 'pydantic', 'av'}))"
    )
    before = time.monotonic()
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
    assert time.monotonic() - before < 10
