"""From a tracker's raw answers to the speaker's pitch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pitch import RawPitch, creaky, gated_pitch, modal_semitones
from analysis.types import PitchContour, Segment
from tests.analysis.made_levels import amplified, levels_of_db

ALL = (Segment(0.0, 10.0),)


def raw(hz: float = 120.0, confidence: float = 0.9, *, count: int = 100) -> RawPitch:
    return RawPitch(np.full(count, hz, np.float32), np.full(count, confidence, np.float32))


def voiced(contour: PitchContour) -> list[int]:
    return np.flatnonzero(~np.isnan(contour.hz)).tolist()


# --- known answer ---


def test_only_speech_is_kept() -> None:
    found = gated_pitch(raw(), levels_of_db([-20] * 100), (Segment(0.2, 0.5),), snr_db=None)
    assert voiced(found) == list(range(20, 50))
    assert found.hz[20:50] == pytest.approx(120)
    assert found.step_s == 0.01


def test_an_unsure_frame_is_left_out_and_more_so_in_noise() -> None:
    tracked = raw(confidence=0.6)
    tracked.confidence[:50] = 0.4
    levels = levels_of_db([-20] * 100)
    assert voiced(gated_pitch(tracked, levels, ALL, snr_db=None)) == list(range(50, 100))
    assert voiced(gated_pitch(tracked, levels, ALL, snr_db=15.0)) == list(range(50, 100))
    assert voiced(gated_pitch(tracked, levels, ALL, snr_db=14.9)) == []


def test_a_faint_voice_behind_the_speaker_is_left_out() -> None:
    levels = levels_of_db([-20] * 50 + [-37] * 20 + [-39] * 30)
    assert voiced(gated_pitch(raw(), levels, ALL, snr_db=None)) == list(range(70))


def test_a_voiced_run_under_50_ms_is_dropped() -> None:
    tracked = raw(confidence=0.0)
    tracked.confidence[10:14] = 0.9
    tracked.confidence[30:35] = 0.9
    assert voiced(gated_pitch(tracked, levels_of_db([-20] * 100), ALL, snr_db=None)) == list(range(30, 35))


def test_where_the_tracker_did_not_look_there_is_no_pitch() -> None:
    assert voiced(gated_pitch(raw(0.0), levels_of_db([-20] * 100), ALL, snr_db=None)) == []


def test_no_speech_and_no_frames_give_no_pitch() -> None:
    assert voiced(gated_pitch(raw(), levels_of_db([-20] * 100), (), snr_db=None)) == []
    assert len(gated_pitch(raw(count=0), levels_of_db([]), (), snr_db=None).hz) == 0


def test_creak_of_a_low_voice_is_below_75_hz_and_of_a_high_one_below_100() -> None:
    assert (
        creaky(np.array([110, 110, 110, 90, 74, 76, np.nan], np.float32)).tolist() == [False] * 4 + [True] + [False] * 2
    )
    assert creaky(np.array([210, 210, 210, 101, 99, 74], np.float32)).tolist() == [False] * 4 + [True] * 2


def test_creak_keeps_its_pitch_and_is_marked() -> None:
    tracked = raw(110)
    tracked.hz[40:60] = 60
    found = gated_pitch(tracked, levels_of_db([-20] * 100), ALL, snr_db=None)
    assert found.hz[40:60] == pytest.approx(60)
    assert np.flatnonzero(found.creak).tolist() == list(range(40, 60))


def test_modal_semitones_leave_creak_and_gaps_out() -> None:
    contour = PitchContour(0.01, np.array([100, np.nan, 200, 50], np.float32), np.array([False, False, False, True]))
    # 12 log2(100) is 79.726 semitones above 1 Hz; an octave is 12 more
    assert modal_semitones(contour) == pytest.approx([79.726, 91.726], abs=1e-3)


# --- law ---


@given(st.floats(-20, 15))
def test_a_gain_changes_no_pitch(gain_db: float) -> None:
    levels = levels_of_db(np.random.default_rng(4).uniform(-45, -15, 100))
    before = gated_pitch(raw(), levels, ALL, snr_db=30.0)
    after = gated_pitch(raw(), amplified(levels, gain_db), ALL, snr_db=30.0)
    assert voiced(after) == voiced(before)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_stricter_tracker_keeps_fewer_frames(first: float, second: float) -> None:
    low, high = sorted((first, second))
    tracked = RawPitch(
        np.full(200, 120, np.float32), np.random.default_rng(5).uniform(0, 1, 200).repeat(1).astype(np.float32)
    )
    levels = levels_of_db([-20] * 200)
    wide = voiced(gated_pitch(tracked, levels, ALL, snr_db=None, confidence=low, shortest_s=0.0))
    narrow = voiced(gated_pitch(tracked, levels, ALL, snr_db=None, confidence=high, shortest_s=0.0))
    assert set(narrow) <= set(wide)
