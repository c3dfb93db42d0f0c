"""How the web process is told to stop."""

from __future__ import annotations

import signal
import threading
from dataclasses import replace
from functools import partial
from itertools import count

import pytest

from app import ending
from app.ending import Stopping
from app.serve import web_server
from tests.app.interrupting import is_interrupted
from tests.app.web.face import Face
from tests.servers import free_port

BY_URL = {"recording_url": "https://recorder.example.com/1.wav"}
ENGLISH = {"Accept-Language": "en"}


# --- known answer: told to stop ---------------------------------------------------------------------------------------


def test_a_signal_may_come_while_another_is_handled(face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(ending.os, "_exit", ended.append)

    def is_reached(step: int) -> bool:
        server = web_server(face.app, replace(face.service, stopping=Stopping()))
        hear = partial(server.handle_exit, signal.SIGTERM, None)
        reached = is_interrupted(step, hear, hear)
        assert server.should_exit
        return reached

    assert next(step for step in count() if not is_reached(step)) > 10
    assert ended == []


def test_a_service_that_was_told_to_stop_before_it_listened_stops(face: Face) -> None:
    face.service.stopping.hear(signal.SIGTERM, None)
    server = web_server(face.app, face.service, host="127.0.0.1", port=free_port(), lifespan="off")
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
