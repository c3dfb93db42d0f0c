"""What is told of a call that failed: its sentence, and no word that was said in it."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from analysis.message import Message
from app.errors import InputError, PuhepeiliError
from app.jobs import delivery
from app.jobs.delivery import told_args
from app.jobs.steps import _error
from app.messages import LOCALES
from app.store import calls, progress, webhooks
from app.store.engine import Store
from app.transcripts import read_transcript
from app.web.problems import said
from tests.app.store.people import NOON, people
from tests.servers import store, store_url  # noqa: F401

NUMBER = "0401234567"
BACKWARDS = [
    {"text": "131052-308T", "start": 5.0, "end": 5.5, "role": "agent"},
    {"text": NUMBER, "start": 1.0, "end": 1.2, "role": "agent"},
]
LONG = [{"text": "salainen" * 80, "start": 1.0, "end": 2.0, "role": "agent"}]
BAD_TIME = [{"text": "hei", "start": f"Matti Meikäläinen {NUMBER}", "end": 2.0, "role": "agent"}]


def failure_of(document: Any, folder: Path) -> PuhepeiliError:
    """How a transcript is refused."""
    path = folder / "transcript.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_transcript(path, duration_s=20.0)
    return caught.value


# known answer


@pytest.mark.parametrize(
    ("document", "id"),
    [
        (BACKWARDS, "error-transcript-backwards"),
        (LONG, "error-transcript-long-word"),
        (BAD_TIME, "error-transcript-bad-time"),
        (f"[00:05] Agentti: hei\n[00:01] Asiakas: {NUMBER}\n", "error-transcript-backwards"),
    ],
)
def test_no_word_of_the_call_is_in_its_failure(
    store: Store,  # noqa: F811
    tmp_path: Path,
    document: Any,
    id: str,
) -> None:
    error = failure_of(document, tmp_path)
    assert error.message.id == id
    queued: list[tuple[str, str]] = []
    engine = SimpleNamespace(enqueue_delivery=lambda _, event, endpoint: queued.append((event, endpoint)))
    with store.write() as session:
        us = people(session)
        webhooks.create_endpoint(
            session, us.organisation_id, "https://x.example", secret="s", events=("*",), by="a", now=NOON
        )
        call = us.call(session)
        attempt = progress.start(session, call.id, NOON)
    runtime: Any = SimpleNamespace(store=store, engine=engine)
    assert delivery.give_up(runtime, call.id, attempt, id, dict(error.message.args))
    with store.read() as session:
        found = calls.call_for_work(session, call.id)
        (event,) = webhooks.list_deliveries(session, us.organisation_id, queued[0][1]).items
    assert found is not None
    kept = json.dumps([found.failure_args, event.payload], ensure_ascii=False)
    assert not any(word in kept for word in (NUMBER, "131052", "salainen", "Matti"))
    assert event.payload["data"]["failure"] == {"id": id, "args": found.failure_args}
    for locale in LOCALES:
        sentence = said(Message(id, found.failure_args or {}), locale)
        assert "…" in sentence
        assert sentence != said(Message("no-such-sentence"), locale)


def test_what_a_step_notes_in_the_queue_holds_no_word_either(tmp_path: Path) -> None:
    noted = _error(failure_of(BACKWARDS, tmp_path))
    assert noted["error"]["args"] == {"word": "…", "start": 1.0, "before": 5.0}


@pytest.mark.parametrize(
    ("id", "args", "told"),
    [
        (
            "error-transcript-too-long",
            {"end": 30.0, "duration": 20.0},
            {"end": 30.0, "duration": 20.0},
        ),
        ("error-transcript-bad-cues", {"kind": "webvtt"}, {"kind": "webvtt"}),
        ("error-transcript-bad-shape", {"where": "recognizedPhrases"}, {"where": "recognizedPhrases"}),
        ("error-transcript-of-tomorrow", {"said": "hei", "n": 3}, {"said": "…", "n": 3}),
        ("error-fetch-status", {"host": "10.111.222.333", "status": 404}, {"host": "10.111.222.333", "status": 404}),
        ("error-supplied-missing", {"name": f"{NUMBER}.json"}, {"name": "[puhelinnumero].json"}),
        ("error-audio-too-long", {"limit": "4 h"}, {"limit": "4 h"}),
    ],
)
def test_numbers_and_limits_are_told_as_they_are(id: str, args: dict[str, Any], told: dict[str, Any]) -> None:
    assert told_args(id, args) == told
