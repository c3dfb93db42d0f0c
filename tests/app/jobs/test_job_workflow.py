"""A call's job, run by a worker in this process on both databases."""

from __future__ import annotations

import shutil
import signal
import time
from dataclasses import replace
from datetime import timedelta
from math import log2
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.document import ScorecardDoc
from app.jobs import housekeeping, steps
from app.jobs import runtime as runtimes
from app.jobs.config import CHILD_COMMAND
from app.jobs.dbos_engine import DELIVER_EVENT
from app.jobs.port import CRASHED
from app.jobs.runtime import begin
from app.jobs.worker import Worker
from app.scoring import ScoreOptions, score_file
from app.store import calls, progress, standards, webhooks
from app.store.calls import NewCall
from app.store.organisations import change_organisation
from app.store.retention import erase_call
from app.store.scorecards import NewScorecard, scorecard_for_work
from app.store.tables import CallRow
from tests.app.jobs.standing_in import stand_in
from tests.fakes import SAMPLES
from tests.faults.cases import child_of, wait_begun, wait_ended
from tests.faults.setting import CALM, Setting, is_alive, now, wait_for


def submitted(setting: Setting, **script: Any) -> str:
    """A call that goes as `script` says."""
    (call,) = setting.submit({**CALM, **script})
    return call


def events_of(setting: Setting, call: str) -> list[str]:
    """Events that tell of a call."""
    return [type for type, about in setting.events() if about == call]


# known answer


def test_a_call_goes_through_its_steps_in_order_to_one_scorecard(setting: Setting, worker: Worker) -> None:
    call = submitted(setting)
    wait_ended(setting, call, within_s=20)
    found = setting.call(call)
    assert (found.status, found.progress, found.attempts, found.failure_id) == ("succeeded", 1.0, 1, None)
    steps = [(words[0], words[1]) for words in setting.lines(call)]
    assert steps == [(step, what) for step in CALM for what in ("begin", "end")]
    with setting.store.read() as session:
        card = scorecard_for_work(session, call)
    assert card is not None
    assert (card.engine_version, card.asr_model, card.standard) == ("0", None, "default@1")
    assert events_of(setting, call) == ["call.succeeded"]
    wait_for(lambda: setting.engine.status(call) == "ended", 20, "the job to end")
    wait_for(lambda: not (setting.runtime.config.work_dir / call).exists(), 20, "the work folder to go")


def test_a_recording_that_cannot_be_used_fails_at_once_with_its_sentence(setting: Setting, worker: Worker) -> None:
    call = submitted(setting, detect={"error": "error-audio-rate"})
    wait_ended(setting, call, within_s=20)
    found = setting.call(call)
    assert (found.status, found.failure_id, found.failure_args) == ("failed", "error-audio-rate", {"value": 4000})
    assert (setting.times(call, "detect"), setting.times(call, "transcribe")) == (1, 0)
    assert events_of(setting, call) == ["call.failed"]


@pytest.mark.parametrize("fault", [{"crash": int(signal.SIGSEGV)}, {"exit": 3}, {"fault": "ValueError"}])
def test_a_crash_is_tried_three_times_and_can_be_retried_by_hand(
    setting: Setting, worker: Worker, fault: dict[str, Any]
) -> None:
    call = submitted(setting, transcribe=fault)
    wait_ended(setting, call, within_s=20)
    assert (setting.call(call).status, setting.call(call).failure_id) == ("failed", CRASHED)
    assert (setting.times(call, "decode"), setting.times(call, "transcribe")) == (1, 3)
    with setting.store.write() as session:
        assert setting.engine.retry(session, call, now())
        assert not setting.engine.retry(session, call, now())
    wait_for(lambda: setting.times(call, "transcribe") == 6, 20, "three tries more")
    wait_ended(setting, call, within_s=20)
    assert setting.call(call).attempts == 2


def test_a_crash_that_passes_is_forgotten(setting: Setting, worker: Worker) -> None:
    call = submitted(setting, decode={"crash": int(signal.SIGABRT), "crashes": 2})
    wait_ended(setting, call, within_s=20)
    assert (setting.call(call).status, setting.times(call, "decode")) == ("succeeded", 3)


def test_a_step_that_takes_too_long_is_ended_with_its_child(setting: Setting, worker: Worker) -> None:
    before = setting.runtime.config
    config = replace(before, step_timeout_s=0.5, timeout_per_second=0.0, tries=2)
    begin(replace(setting.runtime, config=config))
    try:
        call = submitted(setting, detect={"sleep_s": 60.0})
        wait_ended(setting, call, within_s=20)
    finally:
        begin(setting.runtime)
    assert (setting.call(call).failure_id, setting.times(call, "detect")) == (CRASHED, 2)
    assert not is_alive(child_of(setting, call, "detect"))


def test_a_cancelled_call_ends_its_child_and_tells_nobody(setting: Setting, worker: Worker) -> None:
    call = submitted(setting, transcribe={"sleep_s": 60.0})
    wait_begun(setting, call, "transcribe")
    child = child_of(setting, call, "transcribe")
    setting.cancel(call)
    wait_for(lambda: not is_alive(child), 20, "the child to go")
    wait_for(lambda: not (setting.runtime.config.work_dir / call).exists(), 20, "the work folder to go")
    assert (setting.call(call).status, events_of(setting, call)) == ("cancelled", [])
    assert setting.engine.status(call) == "cancelled"


def test_a_call_erased_in_the_middle_leaves_nothing(
    setting: Setting, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = submitted(setting, transcribe={"sleep_s": 60.0})
    wait_begun(setting, call, "transcribe")
    child = child_of(setting, call, "transcribe")
    with setting.store.write() as session:
        assert erase_call(session, call) is not None
    setting.engine.erase(call)
    wait_for(lambda: not is_alive(child), 20, "the child to go")
    monkeypatch.setattr(housekeeping, "_STOPPED_FOR", timedelta(0))
    housekeeping.keep_house(setting.runtime)
    assert setting.engine.status(call) is None
    wait_for(lambda: not (setting.runtime.config.work_dir / call).exists(), 20, "the work folder to go")


def test_progress_grows_over_the_stages_and_is_written_at_most_once_a_second(
    setting: Setting, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[str, float]] = []

    def noted(session: Session, call_id: str, stage: str, share: float, *rest: Any, **named: Any) -> bool:
        written.append((stage, share))
        return progress.set_progress(session, call_id, stage, share, *rest, **named)

    monkeypatch.setattr(steps, "progress", Mock(wraps=progress, set_progress=noted))
    begun = time.monotonic()
    call = submitted(setting, transcribe={"sleep_s": 2.5})
    wait_begun(setting, call, "transcribe")
    seen = [setting.call(call).progress or 0.0]
    while setting.call(call).status == "processing":
        seen.append(setting.call(call).progress or 0.0)
        time.sleep(0.05)
    assert seen == sorted(seen)
    assert [share for _, share in written] == sorted(share for _, share in written)
    assert {stage for stage, share in written if 0.1 < share < 0.9} == {"transcribe"}
    # The child tells its progress every 0.2 s. A busy machine moves single moments, not how many fit into the time.
    assert 2 <= len(written) <= 1 + (time.monotonic() - begun)


def test_results_lost_with_another_machine_are_made_again(setting: Setting, worker: Worker) -> None:
    call = submitted(setting, transcribe={"crash": int(signal.SIGKILL), "crashes": 1, "sleep_s": 0.5})
    wait_begun(setting, call, "transcribe")
    shutil.rmtree(setting.runtime.config.work_dir / call)
    wait_ended(setting, call, within_s=20)
    assert setting.call(call).status == "succeeded"
    assert [setting.times(call, step) for step in CALM] == [2, 2, 2, 1]


def test_a_worker_whose_call_was_taken_over_changes_nothing(setting: Setting, worker: Worker) -> None:
    call = submitted(setting, transcribe={"sleep_s": 2.0})
    wait_begun(setting, call, "transcribe")
    with setting.store.write() as session:
        assert progress.start(session, call, now()) == 2
    wait_for(lambda: setting.engine.status(call) == "ended", 20, "the job to end")
    found = setting.call(call)
    assert (found.status, found.attempts, setting.times(call, "measure")) == ("processing", 2, 0)
    with setting.store.write() as session:
        session.execute(update(CallRow).where(CallRow.id == call).values(status="failed"))


def test_a_recording_that_is_gone_is_said_to_be_gone(setting: Setting, worker: Worker) -> None:
    with setting.store.write() as session:
        new = NewCall(setting.organisation_id, "tester", blob_key="00/nothing", blob_bytes=8)
        call = calls.create_call(session, new, now()).id
        setting.engine.enqueue(session, call, queue="interactive", priority=1)
    wait_ended(setting, call, within_s=20)
    assert setting.call(call).failure_id == "error-job-no-audio"


# other edges, through stand-ins for modules of theirs


def test_an_event_is_tried_again_until_its_sender_is_content(
    setting: Setting, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def send_event(store: Any, event_id: str, endpoint_id: str) -> float | None:
        with store.read() as session:
            found = webhooks.find_delivery(session, event_id, endpoint_id)
        assert found is not None
        tried.append(found.call_id or "")
        return 0.2 if tried.count(found.call_id or "") < 3 else None

    stand_in(monkeypatch, "app.webhooks", send_event=send_event)
    call = submitted(setting)
    wait_for(lambda: tried.count(call) == 3, 30, "three tries")
    time.sleep(0.6)
    assert tried.count(call) == 3
    assert DELIVER_EVENT == "deliver_event"


def test_what_the_organisation_wants_kept_is_kept(
    setting: Setting, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def kept_scorecard(store: Any, call: Any, text: str) -> str:
        return text.replace('"strengths": []', '"strengths": ["kept"]')

    def after_scoring(store: Any, blobs: Any, call_id: str, work: Path) -> None:
        assert (work / "samples").is_dir()
        seen.append(work)

    functions = {"kept_scorecard": kept_scorecard, "after_scoring": after_scoring, "erase_due": lambda *_, **__: 0}
    stand_in(monkeypatch, "app.privacy", **functions)
    call = submitted(setting)
    wait_ended(setting, call, within_s=20)
    wait_for(lambda: len(seen) == 1, 20, "the audio to be seen to")
    with setting.store.read() as session:
        card = scorecard_for_work(session, call)
    assert card is not None
    assert '"kept"' in card.document


# against others: the whole, with a real child


@pytest.fixture(scope="module")
def card_of_the_command() -> ScorecardDoc:
    """What `puhepeili score` says of a sample call."""
    options = ScoreOptions(agent="left", transcript=SAMPLES / "hyva_puhelu.vtt", locale="en")
    return score_file(SAMPLES / "hyva_puhelu.wav", options)


def test_a_real_call_is_scored_as_the_command_scores_it(
    setting: Setting, worker: Worker, card_of_the_command: ScorecardDoc
) -> None:
    config = replace(setting.runtime.config, child_command=CHILD_COMMAND, child_memory_bytes=8 * 1024**3)
    begin(replace(setting.runtime, config=config))
    try:
        usual = {"f0_median": 110.0, "speech_rate": 4.0, "f0_shift": 3.0}
        for shift in (-10.0, 0.0, 20.0):
            scored_before(setting, {name: value + shift for name, value in usual.items()})
        scored_before(setting, {"f0_median": 400.0}, agent_id="toinen")
        call = real_call(setting)
        wait_ended(setting, call, within_s=120)
    finally:
        begin(setting.runtime)
    with setting.store.read() as session:
        card = scorecard_for_work(session, call)
    assert setting.call(call).failure_id is None
    assert card is not None
    scored, expected = ScorecardDoc.model_validate_json(card.document), card_of_the_command
    assert scored.engine.standard == "meidän@1"
    assert scored.measures.keys() == expected.measures.keys()
    shift = scored.measures.pop("f0_shift")
    assert (expected.measures["f0_shift"].value, shift.baseline) == (None, None)
    heard = scored.measures["f0_median"]
    assert heard.value is not None
    assert shift.value == pytest.approx(12 * log2(heard.value / 110.0), abs=0.05)
    assert {name: one.baseline for name, one in scored.measures.items() if one.baseline is not None} == {
        "f0_median": 110.0,
        "speech_rate": 4.0,
    }
    for name, measure in scored.measures.items():
        there = expected.measures[name].value
        # Several threads add up in another order than one.
        assert measure.value == (None if there is None else pytest.approx(there, rel=2e-3, abs=2e-3)), name


def scored_before(setting: Setting, values: dict[str, float], agent_id: str = "aino") -> None:
    """An earlier call of an agent, with its scorecard."""
    with setting.store.write() as session:
        call = calls.create_call(session, NewCall(setting.organisation_id, "tester", agent_id=agent_id), now())
        assert progress.start(session, call.id, now())
        assert progress.succeed(session, call.id, NewScorecard("{}", "0", None, "default@1", values), now())


def real_call(setting: Setting) -> str:
    """A sample call with its transcript and a standard of the organisation's own."""
    blobs = setting.runtime.blobs
    audio = blobs.put_stream([(SAMPLES / "hyva_puhelu.wav").read_bytes()], max_bytes=10**8)
    words = blobs.put_stream([(SAMPLES / "hyva_puhelu.vtt").read_bytes()], max_bytes=10**6)
    with setting.store.write() as session:
        body = {"name": "meidän", "version": 1, "norms": {"speech_rate": {"low": 3.0, "high": 5.5, "source": "oma"}}}
        standards.put_standard(session, setting.organisation_id, "meidän", body, by="tester", now=now())
        assert change_organisation(session, setting.organisation_id, keep_audio="full")
        new = NewCall(
            setting.organisation_id,
            "tester",
            agent_id="aino",
            agent_channel="left",
            blob_key=audio.key,
            blob_bytes=audio.bytes,
            transcript_key=words.key,
            standard="meidän",
            file_name="hyva_puhelu.wav",
        )
        call = calls.create_call(session, new, now()).id
        setting.engine.enqueue(session, call, queue="interactive", priority=1)
    return call


def test_without_a_worker_there_is_nothing_to_work_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtimes, "_current", [])
    with pytest.raises(RuntimeError, match="no worker runs"):
        runtimes.current()
