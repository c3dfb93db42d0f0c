"""What is kept of calls that got no scorecard, and what an erasure that fails half-way leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from app.blobs import Blobs
from app.errors import InputError
from app.privacy import after_ending, after_scoring, erase_call, erase_due, keeping
from app.store import batches, calls, progress
from app.store.engine import Store
from app.store.kept import CALL_REDUCED
from app.store.organisations import change_organisation
from tests.app.privacy.test_keeping_and_erasing import Setting, two_voices
from tests.app.store.people import NOON, later

URL = "https://recorder.example.com/x?sig=SECRET"
DAY = 86_400.0


@pytest.fixture
def setting(store: Store, blobs: Blobs, tmp_path: Path) -> Setting:
    return Setting(store, blobs, tmp_path)


def unscored(setting: Setting, how: str, *, at: datetime = NOON, **given: Any) -> str:
    """A call that was cancelled or failed, with all that a call may come with."""
    audio, transcript = setting.put(two_voices()), setting.put(b"hetu 131052-308T")
    with setting.store.write() as session:
        known = {"blob_key": audio.key, "media_type": "audio/wav", "transcript_key": transcript.key}
        named = {"recording_url": URL, "file_name": "0401234567.wav", "now": at}
        call = setting.people.call(session, "aino", **{**known, **named, **given})
        if how == "cancelled":
            assert progress.cancel(session, call.id, at)
        else:
            attempt = progress.start(session, call.id, at)
            assert progress.fail(session, call.id, "error-audio-empty", {}, at, attempt=attempt)
    return call.id


def left(setting: Setting, call_id: str) -> tuple[bool, bool, str | None, str | None]:
    """Whether audio and transcript are kept, and the address and the name."""
    call = setting.call(call_id)
    kept = [key is not None and setting.blobs.size(key) > 0 for key in (call.blob_key, call.transcript_key)]
    return kept[0], kept[1], call.recording_url, call.file_name


def retried(setting: Setting, call_id: str, at: datetime) -> bool:
    """Whether it was queued again."""
    with setting.store.write() as session:
        return progress.retry(session, call_id, at)


# --- known answer: calls without a scorecard --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keep_audio", "redact", "expected"),
    [
        ("none", True, (False, False, None, "[puhelinnumero].wav")),
        ("agent", True, (False, False, None, "[puhelinnumero].wav")),
        ("full", True, (True, False, None, "[puhelinnumero].wav")),
        ("full", False, (True, False, None, "0401234567.wav")),
        ("none", False, (False, False, None, "0401234567.wav")),
    ],
)
def test_of_a_cancelled_call_little_is_kept(
    setting: Setting, keep_audio: str, redact: bool, expected: tuple[Any, ...]
) -> None:
    setting.keep(keep_audio, redact=redact)
    call = unscored(setting, "cancelled")
    erase_due(setting.store, setting.blobs, later(300))
    assert left(setting, call) == (True, True, URL, "0401234567.wav"), "its job may still be at it"
    for hours in (1, 2):
        erase_due(setting.store, setting.blobs, NOON + timedelta(hours=hours))
        assert left(setting, call) == expected
    entries = [entry for entry in setting.log() if entry.action == CALL_REDUCED]
    told = {"status": "cancelled", "keep": keep_audio, "left": "full" if expected[0] else "none"}
    assert [(entry.call_id, entry.agent_id, entry.detail) for entry in entries] == [(call, "aino", told)]


@pytest.mark.parametrize(
    ("keep_audio", "redact", "expected"),
    [
        ("none", True, (False, False, None, "[puhelinnumero].wav")),
        ("full", True, (True, False, None, "[puhelinnumero].wav")),
        ("none", False, (False, True, URL, "0401234567.wav")),
        ("full", False, (True, True, URL, "0401234567.wav")),
    ],
)
def test_a_failed_call_is_kept_whole_for_two_days(
    setting: Setting, keep_audio: str, redact: bool, expected: tuple[Any, ...]
) -> None:
    setting.keep(keep_audio, redact=redact)
    call = unscored(setting, "failed")
    erase_due(setting.store, setting.blobs, later(2 * DAY - 60))
    assert left(setting, call) == (True, True, URL, "0401234567.wav")
    erase_due(setting.store, setting.blobs, later(2 * DAY + 60))
    assert left(setting, call) == expected
    if expected[:2] == (True, True):
        assert retried(setting, call, later(2 * DAY + 120))
        return
    with pytest.raises(InputError, match=r"can no longer be tried again.* kept for 2 days"):
        retried(setting, call, later(2 * DAY + 120))
    assert setting.call(call).status == "failed"


def test_a_failed_call_that_is_tried_again_keeps_what_it_came_with(setting: Setting) -> None:
    setting.keep("none")
    call = unscored(setting, "failed")
    assert retried(setting, call, later(DAY))
    assert not after_ending(setting.store, setting.blobs, call, now=later(3 * DAY))
    erase_due(setting.store, setting.blobs, later(3 * DAY))
    assert left(setting, call)[:3] == (True, True, URL)
    assert not after_ending(setting.store, setting.blobs, "no-such-call")


def test_all_of_many_cancelled_calls_are_cut_down_by_one_sweep(setting: Setting) -> None:
    with setting.store.write() as session:
        for _ in range(230):
            call = setting.people.call(session, "aino", recording_url=URL)
            progress.cancel(session, call.id, NOON)
    erase_due(setting.store, setting.blobs, later(3600))
    with setting.store.read() as session:
        found = calls.list_calls(session, setting.people.aino, calls.CallFilters(status="cancelled"), limit=200)
        rest = calls.list_calls(session, setting.people.aino, cursor=found.next_cursor, limit=200)
    cancelled = [one for one in (*found.items, *rest.items) if one.status == "cancelled"]
    assert (len(cancelled), {one.recording_url for one in cancelled}) == (230, {None})


# --- known answer: what fails half-way --------------------------------------------------------------------------------


class LockedEngine:
    """Its tables are held by somebody else."""

    def erase(self, call_id: str) -> None:
        raise OperationalError("DELETE", {"id": call_id}, Exception("locked"))


def test_a_recording_goes_though_its_jobs_cannot_be_forgotten(setting: Setting) -> None:
    engine: Any = LockedEngine()
    with pytest.raises(OperationalError):
        erase_call(setting.store, setting.blobs, setting.call_id, now=NOON, engine=engine)
    assert setting.kept_files() == 0


def test_a_sweep_that_fails_half_way_still_deletes_files_that_no_call_needs(setting: Setting) -> None:
    setting.put(b"left behind")
    engine: Any = LockedEngine()
    with pytest.raises(OperationalError):
        erase_due(setting.store, setting.blobs, NOON + timedelta(days=400), engine=engine)
    assert setting.kept_files() == 0


def test_sound_is_worked_on_in_the_work_folder(
    setting: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []
    write = keeping.write_flac

    def noted(spool: Any, channel: int, path: Path) -> None:
        seen.append(path.parent)
        write(spool, channel, path)

    monkeypatch.setattr(keeping, "write_flac", noted)
    setting.keep("agent")
    after_scoring(setting.store, setting.blobs, setting.call_id, tmp_path / "work" / setting.call_id)
    swept = setting.scored(now=later(60))
    erase_due(setting.store, setting.blobs, later(3600), work_dir=tmp_path / "work")
    assert setting.call(swept).media_type == "audio/flac"
    assert [(path.parent, path.name[:5], path.exists()) for path in seen] == [(tmp_path / "work", "tidy-", False)] * 2


# --- known answer: batches --------------------------------------------------------------------------------------------


def test_empty_batches_go_with_the_time_for_which_calls_are_kept(setting: Setting) -> None:
    us = setting.people
    with setting.store.write() as session:
        batches.create_batch(session, us.platform, NOON, name="Matti")
        full = batches.create_batch(session, us.platform, NOON, name="Maija")
        batches.create_batch(session, us.platform, NOON + timedelta(days=60), name="Teppo")
        us.call(session, batch_id=full.id, now=NOON + timedelta(days=60))

    def names() -> set[str | None]:
        with setting.store.read() as session:
            return {one.name for one in batches.list_batches(session, us.platform).items}

    erase_due(setting.store, setting.blobs, NOON + timedelta(days=89))
    assert names() == {"Matti", "Maija", "Teppo"}
    erase_due(setting.store, setting.blobs, NOON + timedelta(days=91))
    assert names() == {"Maija", "Teppo"}
    erase_due(setting.store, setting.blobs, NOON + timedelta(days=149))
    assert names() == {"Maija", "Teppo"}
    with setting.store.write() as session:
        change_organisation(session, us.organisation_id, retain_days=None)
    erase_due(setting.store, setting.blobs, NOON + timedelta(days=999))
    assert names() == {"Maija", "Teppo"}, "where calls are kept without end, so are batches"
