"""A job whose recording is fetched from where it lies, on both databases."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.errors import InputError
from app.jobs.worker import Worker
from app.store import calls
from app.store.calls import NewCall
from tests.app.jobs.standing_in import stand_in
from tests.app.loopback import Asked, serving
from tests.faults.cases import wait_ended
from tests.faults.setting import Setting, now, wait_for


def pulled(setting: Setting, url: str = "https://example.fi/a.wav") -> str:
    """A call whose recording has to be fetched."""
    with setting.store.write() as session:
        new = NewCall(setting.organisation_id, "tester", recording_url=url)
        call = calls.create_call(session, new, now()).id
        setting.engine.enqueue(session, call, queue="interactive", priority=1)
    return call


def test_a_recording_is_fetched_once(setting: Setting, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fetch_recording(url: str, blobs: Any, *, stop: Any) -> Any:
        asked.append(url)
        stored = blobs.put_stream([b"{}"], max_bytes=10)
        return SimpleNamespace(key=stored.key, sha256=stored.sha256, bytes=stored.bytes, media_type="audio/wav")

    stand_in(monkeypatch, "app.fetching", fetch_recording=fetch_recording)
    call = pulled(setting)
    wait_ended(setting, call, within_s=20)
    assert (setting.call(call).status, asked) == ("succeeded", ["https://example.fi/a.wav"])
    assert setting.call(call).media_type == "audio/wav"


@pytest.mark.parametrize("way", ["coming", "silent"])
def test_a_call_cancelled_while_it_is_fetched_ends_its_download(
    setting: Setting, worker: Worker, environment: Callable[..., None], way: str
) -> None:
    environment(internal_hosts="127.0.0.1")
    gone = threading.Event()
    before = files_of(setting)

    def endless(_: Asked, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n" + b"x" * 9_000_000)
        connection.settimeout(0.05)
        while True:
            with suppress(TimeoutError):
                if not connection.recv(1):
                    break
            if way == "coming":
                with suppress(TimeoutError):
                    connection.sendall(b"x" * 10_000)
        gone.set()

    def served(asked: Asked, connection: socket.socket) -> None:
        try:
            endless(asked, connection)
        except ConnectionError:
            gone.set()

    with serving(served) as server:
        call = pulled(setting, server.url())
        wait_for(lambda: bool(server.asked) and files_of(setting) > before, 20, "the download to begin")
        setting.cancel(call)
        wait_for(gone.is_set, 10, "the download to end")
    wait_for(lambda: files_of(setting) == before, 20, "the file to go")
    assert setting.call(call).status == "cancelled"


def files_of(setting: Setting) -> set[Path]:
    """All files that lie where audio is kept, whole or half-written."""
    assert setting.runtime.blobs.folder is not None
    return {path for path in setting.runtime.blobs.folder.rglob("*") if path.is_file()}


def test_an_address_that_may_not_be_asked_fails_the_call(
    setting: Setting, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch_recording(url: str, blobs: Any, *, stop: Any) -> Any:
        raise InputError("error-fetch-refused", host="10.0.0.1")

    stand_in(monkeypatch, "app.fetching", fetch_recording=fetch_recording)
    call = pulled(setting)
    wait_ended(setting, call, within_s=20)
    assert (setting.call(call).failure_id, setting.call(call).failure_args) == (
        "error-fetch-refused",
        {"host": "10.0.0.1"},
    )
