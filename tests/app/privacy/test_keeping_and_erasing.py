"""What is kept of a scored call, when it goes, and what is handed out of it."""

from __future__ import annotations

import io
import json
import os
import time
import wave
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from app import stages
from app.audio.spool import Spool
from app.blobs import BlobMissing, Blobs, Stored
from app.document import ScorecardDoc, Text
from app.jobs.child import SAMPLES_DIR
from app.privacy import after_scoring, erase_agent, erase_call, erase_due, export_agent, sweep_orphans
from app.store import audit, calls, progress
from app.store.base import now_utc
from app.store.engine import Store
from app.store.kept import AUDIO_REDUCED, calls_to_reduce
from app.store.organisations import change_organisation, find_agent
from app.store.principals import Principal
from app.store.scorecards import NewScorecard, set_verdict
from app.store.webhooks import add_event, create_endpoint, list_deliveries
from tests.app.store.people import NOON, People, later, people
from tests.app.views.fake_card import fake_card

RATE_HZ = 8000


def two_voices(seconds: float = 2.0) -> bytes:
    """A WAV file: the agent at 200 Hz on the left, the customer at 500 Hz on the right."""
    times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    sides = [np.round(8000 * np.sin(2 * np.pi * hz * times)).astype("<i2") for hz in (200, 500)]
    return wav_of(*sides)


def wav_of(*channels: np.ndarray) -> bytes:
    """A WAV file of 16-bit channels."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((len(channels), 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(np.stack(channels, axis=1).tobytes())
    return out.getvalue()


class Setting:
    """A call that was scored, with its audio and the transcript that came with it."""

    def __init__(self, store: Store, blobs: Blobs, tmp_path: Path, card: ScorecardDoc | None = None) -> None:
        self.store, self.blobs, self.tmp_path = store, blobs, tmp_path
        with store.write() as session:
            self.people: People = people(session)
        self.call_id = self.scored(card)

    def scored(self, card: ScorecardDoc | None = None, *, agent_id: str = "aino", now: datetime = NOON) -> str:
        """Another such call."""
        audio = self.put(two_voices())
        transcript = self.put(b"soita 040 1234567")
        given = {"blob_key": audio.key, "blob_sha256": audio.sha256, "blob_bytes": audio.bytes, "now": now}
        with self.store.write() as session:
            call = self.people.call(
                session,
                agent_id,
                **given,
                transcript_key=transcript.key,
                media_type="audio/wav",
                file_name="0401234567.wav",
                recording_url="https://recorder.example.com/a?token=secret",
            )
            attempt = progress.start(session, call.id, now)
            document = card or fake_card()
            kept = NewScorecard(document.to_json(), "0.1.0", "base", "default@1", {"speech_rate": 4.5})
            assert progress.succeed(session, call.id, kept, now, attempt=attempt)
        return call.id

    def put(self, content: bytes) -> Stored:
        return self.blobs.put_stream([content], max_bytes=10**9)

    def keep(self, keep_audio: str, **more: object) -> None:
        with self.store.write() as session:
            change_organisation(session, self.people.organisation_id, keep_audio=keep_audio, **more)

    def call(self, call_id: str | None = None) -> calls.Call:
        with self.store.read() as session:
            found = calls.call_for_work(session, call_id or self.call_id)
        assert found is not None
        return found

    def log(self) -> list[audit.AuditEntry]:
        with self.store.read() as session:
            return list(audit.list_audit(session, self.people.admin).items)

    def kept_files(self) -> int:
        assert self.blobs.folder is not None
        return sum(path.is_file() for path in self.blobs.folder.rglob("*"))

    def heard(self) -> Spool:
        """The audio that is kept now, decoded."""
        key = self.call().blob_key
        assert key is not None
        source, folder = self.tmp_path / "heard.flac", self.tmp_path / "heard"
        source.write_bytes(self.blobs.get_range(key, 0, 10**9))
        folder.mkdir()
        return stages.decoded(source, folder)


@pytest.fixture
def setting(store: Store, blobs: Blobs, tmp_path: Path) -> Setting:
    return Setting(store, blobs, tmp_path)


def agent_told() -> ScorecardDoc:
    """A card of a recording with the agent on the right, who was told of."""
    card = fake_card()
    return card.model_copy(update={"recording": card.recording.model_copy(update={"agent_channel": "right"})})


# --- known answer: what is kept after scoring -------------------------------------------------------------------------


def test_everything_is_kept_where_that_is_wanted(setting: Setting) -> None:
    setting.keep("full", redact=False)
    before = setting.call()
    after_scoring(setting.store, setting.blobs, setting.call_id)
    assert setting.call() == before
    assert (setting.kept_files(), setting.log()) == (2, [])


def test_where_numbers_are_taken_out_the_transcript_that_came_goes_too(setting: Setting) -> None:
    after_scoring(setting.store, setting.blobs, setting.call_id)
    call = setting.call()
    assert (call.transcript_key, call.recording_url, call.file_name) == (None, None, "[puhelinnumero].wav")
    assert call.blob_key is not None
    assert setting.kept_files() == 1


def test_no_audio_is_kept(setting: Setting) -> None:
    setting.keep("none")
    after_scoring(setting.store, setting.blobs, setting.call_id)
    call = setting.call()
    assert (call.blob_key, call.blob_bytes, call.blob_sha256, call.media_type) == (None, None, None, None)
    assert setting.kept_files() == 0
    assert [(entry.action, entry.call_id, entry.detail) for entry in setting.log()] == [
        (AUDIO_REDUCED, setting.call_id, {"keep": "none", "left": "none"})
    ]


@pytest.mark.parametrize("with_work", [False, True])
def test_the_agent_s_channel_alone_is_kept(setting: Setting, with_work: bool) -> None:
    setting.keep("agent")
    work = setting.tmp_path / "work"
    if with_work:
        (work / SAMPLES_DIR).mkdir(parents=True)
        source = setting.tmp_path / "source.wav"
        source.write_bytes(two_voices())
        stages.decoded(source, work / SAMPLES_DIR)
    original = setting.call().blob_key
    for _ in range(2):
        after_scoring(setting.store, setting.blobs, setting.call_id, work)
        assert (setting.call().media_type, setting.kept_files()) == ("audio/flac", 1)
    with setting.heard() as spool:
        samples = spool.read(0, 0, spool.n_samples)
        assert (spool.channels, spool.codec, spool.analysis_rate, spool.n_samples) == (1, "flac", 8000, 16000)
    spectrum = np.abs(np.fft.rfft(samples))
    assert spectrum.argmax() == 400  # 200 Hz in two seconds
    assert spectrum[1000] < 0.001 * spectrum[400]
    left = np.frombuffer(two_voices()[44:], dtype="<i2")[0::2]
    assert np.abs(samples * 32767 - left).max() <= 1.0
    assert original is not None
    with pytest.raises(BlobMissing):
        setting.blobs.size(original)


def test_the_agent_on_the_right(store: Store, blobs: Blobs, tmp_path: Path) -> None:
    setting = Setting(store, blobs, tmp_path, agent_told())
    setting.keep("agent")
    after_scoring(store, blobs, setting.call_id)
    with setting.heard() as spool:
        assert np.abs(np.fft.rfft(spool.read(0, 0, spool.n_samples))).argmax() == 1000


@pytest.mark.parametrize(
    ("channels", "source", "both", "left"),
    [(1, "only", False, False), (1, "told", False, True), (2, "guessed", True, False), (1, "told", True, False)],
)
def test_voices_that_cannot_be_parted_are_not_kept(
    store: Store, blobs: Blobs, tmp_path: Path, channels: int, source: str, both: bool, left: bool
) -> None:
    card = fake_card()
    messages = [Text(id="warning-both-voices")] if both else []
    changed = {"channels": channels, "agent_channel_source": source, "warning_messages": messages}
    card = card.model_copy(update={"recording": card.recording.model_copy(update=changed)})
    setting = Setting(store, blobs, tmp_path, card)
    setting.keep("agent")
    after_scoring(store, blobs, setting.call_id)
    assert (setting.call().blob_key is not None) is left


def test_a_call_that_has_not_succeeded_keeps_its_audio(setting: Setting) -> None:
    setting.keep("none")
    with setting.store.write() as session:
        waiting = setting.people.call(session, blob_key=setting.put(b"audio").key)
    after_scoring(setting.store, setting.blobs, waiting.id)
    after_scoring(setting.store, setting.blobs, "no-such-call")
    assert setting.call(waiting.id).blob_key is not None


def test_what_was_left_too_large_is_cut_by_the_sweep(setting: Setting) -> None:
    setting.keep("agent")
    recent, old = setting.scored(now=later(3600)), setting.scored(now=later(-3 * 86_400))
    now = later(3700)
    erase_due(setting.store, setting.blobs, now)
    media_types = [setting.call(id).media_type for id in (setting.call_id, recent, old)]
    assert media_types == ["audio/flac", "audio/wav", "audio/wav"]
    assert [setting.call(id).transcript_key is None for id in (setting.call_id, recent, old)] == [True, False, False]
    with setting.store.read() as session:
        assert calls_to_reduce(session, now - timedelta(days=2), now - timedelta(minutes=10)) == ()


# --- known answer: erasing --------------------------------------------------------------------------------------------


class FakeEngine:
    """Notes which calls' jobs were forgotten."""

    def __init__(self) -> None:
        self.erased: list[str] = []

    def erase(self, call_id: str) -> None:
        self.erased.append(call_id)


def test_an_erased_call_leaves_a_line_in_the_log_alone(setting: Setting) -> None:
    engine = FakeEngine()
    with setting.store.write() as session:
        create_endpoint(
            session, setting.people.organisation_id, "https://x", secret="s", events=("*",), by="a", now=NOON
        )
        (event,) = add_event(session, setting.people.organisation_id, "e", {}, NOON, call_id=setting.call_id)
        set_verdict(session, setting.people.aino, setting.call_id, "ei_openings", 0, "right", NOON)
    assert erase_call(
        setting.store,
        setting.blobs,
        setting.call_id,
        by=setting.people.platform,
        now=NOON,
        engine=engine,  # type: ignore[arg-type]
    )
    with setting.store.read() as session:
        assert calls.call_for_work(session, setting.call_id) is None
        assert list_deliveries(session, setting.people.organisation_id, event.endpoint_id).items == ()
    assert (setting.kept_files(), engine.erased) == (0, [setting.call_id])
    (entry,) = setting.log()
    assert (entry.action, entry.call_id, entry.actor_id) == ("call.erased", setting.call_id, setting.people.platform.id)
    assert entry.detail is None
    assert not erase_call(setting.store, setting.blobs, setting.call_id)
    assert len(setting.log()) == 1


def test_calls_whose_time_is_over_go(setting: Setting) -> None:
    kept = setting.scored(now=later(86_400))
    assert erase_due(setting.store, setting.blobs, NOON + timedelta(days=89)) == 0
    assert erase_due(setting.store, setting.blobs, NOON + timedelta(days=90)) == 1
    with setting.store.read() as session:
        assert calls.call_for_work(session, setting.call_id) is None
        assert calls.call_for_work(session, kept) is not None
    assert [(entry.action, entry.actor_role) for entry in setting.log()] == [("call.erased", "system")]


def test_an_erased_agent_is_gone_and_others_stay(setting: Setting) -> None:
    second, other = setting.scored(), setting.scored(agent_id="eero")
    engine = FakeEngine()
    organisation = setting.people.organisation_id
    erased = erase_agent(setting.store, setting.blobs, organisation, "aino", by=setting.people.admin, engine=engine)  # type: ignore[arg-type]
    assert erased == 2
    assert set(engine.erased) == {setting.call_id, second}
    with setting.store.read() as session:
        assert find_agent(session, organisation, "aino") is None
        assert find_agent(session, organisation, "eero") is not None
        assert calls.call_for_work(session, other) is not None
    assert setting.kept_files() == 2
    assert setting.log()[0].detail == {"calls": 2}


def test_files_that_no_call_needs_are_swept(setting: Setting) -> None:
    orphan, fresh = setting.put(b"left behind"), setting.put(b"just coming in")
    assert setting.blobs.folder is not None
    before = time.time() - 7 * 3600
    for key in (orphan.key, setting.call().blob_key, setting.call().transcript_key):
        os.utime(setting.blobs.folder / str(key), (before, before))
    assert sweep_orphans(setting.store, setting.blobs) == 1
    assert setting.kept_files() == 3
    assert setting.blobs.size(fresh.key) == 14


@pytest.mark.parametrize("hour", [3, 4])
def test_every_sweep_looks_for_orphans(setting: Setting, hour: int) -> None:
    orphan = setting.put(b"left behind")
    erase_due(setting.store, setting.blobs, (now_utc() + timedelta(days=2)).replace(hour=hour))
    with pytest.raises(BlobMissing):
        setting.blobs.size(orphan.key)


# --- known answer: export ---------------------------------------------------------------------------------------------


def test_an_export_holds_all_that_is_held(setting: Setting) -> None:
    other = setting.scored(agent_id="eero")
    with setting.store.write() as session:
        set_verdict(session, setting.people.trainer, setting.call_id, "ei_openings", 1, "wrong", NOON)
        audit.record(session, setting.people.trainer, "audio.read", NOON, call_id=setting.call_id, agent_id="aino")
    organisation = setting.people.organisation_id
    pieces = export_agent(setting.store, setting.blobs, organisation, "aino", by=setting.people.aino, now=NOON)
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        assert names == {
            "LUE-README.fi.txt",
            "LUE-README.en.txt",
            "agent.json",
            "calls.json",
            "verdicts.json",
            "log.json",
            f"scorecards/{setting.call_id}.json",
            f"transcripts/{setting.call_id}",
            f"audio/{setting.call_id}.wav",
        }
        assert archive.read(f"audio/{setting.call_id}.wav") == two_voices()
        assert archive.read(f"scorecards/{setting.call_id}.json").decode() == fake_card().to_json()
        (call,) = json.loads(archive.read("calls.json"))
        (verdict,) = json.loads(archive.read("verdicts.json"))
        log = json.loads(archive.read("log.json"))
        assert "aino: 1 puhelu." in archive.read("LUE-README.fi.txt").decode()
        assert "aino: 1 call." in archive.read("LUE-README.en.txt").decode()
        assert other.encode() not in b"".join(archive.read(name) for name in names)
    assert (call["id"], call["created_at"]) == (setting.call_id, NOON.isoformat())
    assert (verdict["verdict"], verdict["n"]) == ("wrong", 1)
    assert {entry["action"] for entry in log} == {"agent.exported", "audio.read"}


def test_an_export_without_audio_of_somebody_unknown(setting: Setting) -> None:
    organisation = setting.people.organisation_id
    pieces = b"".join(export_agent(setting.store, setting.blobs, organisation, "aino", audio=False))
    with zipfile.ZipFile(io.BytesIO(pieces)) as archive:
        assert not any(name.startswith("audio/") for name in archive.namelist())
    pieces = b"".join(export_agent(setting.store, setting.blobs, organisation, "nobody"))
    with zipfile.ZipFile(io.BytesIO(pieces)) as archive:
        assert json.loads(archive.read("calls.json")) == []


def test_audio_that_is_gone_does_not_end_an_export(setting: Setting) -> None:
    key = setting.call().blob_key
    assert key is not None
    setting.blobs.delete(key)
    pieces = export_agent(setting.store, setting.blobs, setting.people.organisation_id, "aino")
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert f"scorecards/{setting.call_id}.json" in archive.namelist()


def test_an_export_gives_a_trainer_no_more_than_the_service_shows(setting: Setting) -> None:
    us = setting.people
    with setting.store.write() as session:
        for who in (us.trainer, us.other_trainer, us.platform):
            audit.record(session, who, "audio.read", NOON, call_id=setting.call_id, agent_id="aino")
        audit.record(session, us.trainer, "audio.read", NOON, call_id="another", agent_id="eero")

    def exported(by: Principal | None) -> tuple[list[dict[str, object]], set[str], set[str], str]:
        pieces = export_agent(setting.store, setting.blobs, us.organisation_id, "aino", by=by, now=NOON)
        with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
            log = json.loads(archive.read("log.json"))
            (call,) = json.loads(archive.read("calls.json"))
            assert b"secret" not in archive.read("calls.json")
            assert setting.call().blob_key not in archive.read("calls.json").decode()
            about = archive.read("LUE-README.en.txt").decode()
            return log, set(call), {name.partition("/")[0] for name in archive.namelist()}, about

    log, fields, folders, about = exported(us.trainer)
    assert {entry["actor_id"] for entry in log} == {us.trainer.id}
    assert {entry["agent_id"] for entry in log} == {"aino"}
    assert not fields & {"recording_url", "blob_key", "transcript_key"}
    assert "transcripts" not in folders
    assert "audio" in folders
    assert "log.json: what you saw" in about
    for by in (us.aino, None):
        log, fields, folders, about = exported(by)
        assert {entry["actor_id"] for entry in log} >= {us.trainer.id, us.other_trainer.id, us.platform.id}
        assert not fields & {"recording_url", "blob_key", "transcript_key"}
        assert "transcripts" in folders
        assert "log.json: who saw" in about
