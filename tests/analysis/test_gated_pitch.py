"""From a tracker's raw answers to the speaker's pitch."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pitch import RawPitch, creak_limit_hz, creaky, gated_pitch, modal_semitones
from analysis.types import PitchContour, Segment
from tests.analysis.made_levels import amplified, levels_of_db

ALL = (Segment(0.0, 10.0),)


def raw(hz: float = 120.0, confidence: float = 0.9, *, count: int = 100) -> RawPitch:
    return RawPitch(np.full(count, hz, np.float32), np.full(count, confidence, np.float32))


def plain(
    median_hz: float, deviation_st: float = 1.5, *, count: int = 1000
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Frames of a voice without creak, their semitones spread exactly as a normal distribution."""
    quantiles = np.array([NormalDist().inv_cdf((k + 0.5) / count) for k in range(count)])
    return (median_hz * 2 ** (deviation_st * quantiles / 12)).astype(np.float32)


def mixed(*humps: tuple[float, int]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """So many frames at each pitch."""
    return np.concatenate([np.full(count, hz, np.float32) for hz, count in humps])


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
    levels = levels_of_db([-20] * 50 + [-43] * 20 + [-45] * 30)
    assert voiced(gated_pitch(raw(), levels, ALL, snr_db=None)) == list(range(70))
    assert voiced(gated_pitch(raw(), levels, ALL, snr_db=40.0)) == list(range(70))


def test_the_bar_stays_eight_decibels_above_the_noise_but_never_over_18_below_the_speech() -> None:
    levels = levels_of_db([-20] * 50 + [-37] * 20 + [-39] * 15 + [-41] * 15)
    assert voiced(gated_pitch(raw(), levels, ALL, snr_db=20.0)) == list(range(70))
    assert voiced(gated_pitch(raw(), levels, ALL, snr_db=28.0)) == list(range(85))
    assert voiced(gated_pitch(raw(), levels, ALL, snr_db=30.0)) == list(range(100))


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


@pytest.mark.parametrize(
    ("median_hz", "limit_hz"),
    # ten semitones below the median, but at most 75 Hz up to 140 Hz, 100 Hz from 200 Hz, and 86.6 Hz half-way
    [(80, 44.9), (120, 67.3), (140, 75.0), (167.3, 86.6), (200, 100.0), (260, 100.0)],
)
def test_where_no_creak_stands_out_the_limit_is_far_below_the_median(median_hz: float, limit_hz: float) -> None:
    assert creak_limit_hz(plain(median_hz)) == pytest.approx(limit_hz, abs=0.1)


@pytest.mark.parametrize(
    ("median_hz", "deviation_st"), [(75, 1.5), (80, 2.5), (110, 2.5), (150, 3), (165, 3.0), (240, 4)]
)
def test_a_plain_voice_has_no_creak(median_hz: float, deviation_st: float) -> None:
    assert np.mean(creaky(plain(median_hz, deviation_st))) <= 0.002


def test_creak_lies_below_the_valley_half_way_to_its_own_hump() -> None:
    # sqrt(110 * 50) is 74.2; sqrt(115 * 70) is 89.7, above the highest limit for such a voice
    assert creak_limit_hz(mixed((110, 900), (50, 100))) == pytest.approx(74.2, rel=0.006)
    assert creak_limit_hz(mixed((115, 900), (70, 100))) == pytest.approx(75.0)
    assert np.flatnonzero(creaky(mixed((115, 900), (70, 100)))).tolist() == list(range(900, 1000))


def test_a_hump_an_octave_down_is_creak_at_any_pitch_and_a_nearer_one_a_low_tone() -> None:
    assert creak_limit_hz(mixed((240, 900), (120, 100))) == pytest.approx(240 / 2**0.5, rel=0.006)
    assert not creaky(mixed((127, 900), (80, 100))).any()


def test_the_limit_of_a_high_voice_is_found_from_its_modal_median_alone() -> None:
    # With its creak the median is 189 Hz, for which 95.5 Hz is the highest limit; without it 200 Hz and 100 Hz.
    creak = np.geomspace(85, 99, 400).astype(np.float32)
    assert creaky(np.concatenate((plain(200, 1.0, count=600), creak))).sum() == 400


def test_a_shallow_dip_in_a_lively_voice_is_no_valley() -> None:
    assert not creaky(np.concatenate((plain(110, 3.0), plain(69.3, 0.7, count=40))))[1000:].any()


def test_a_second_speaker_an_octave_down_is_no_creak() -> None:
    assert creaky(mixed((240, 760), (120, 240))).sum() == 240
    assert not creaky(mixed((240, 740), (120, 260))).any()


def test_much_creak_does_not_hide_itself_by_pulling_the_median_down() -> None:
    creak = creaky(np.concatenate((plain(110, 2.0, count=600), plain(52, 1.0, count=400))))
    assert np.flatnonzero(creak).tolist() == list(range(600, 1000))


def test_some_stray_frames_make_no_valley() -> None:
    assert not creaky(mixed((240, 990), (120, 10))).any()
    assert creaky(mixed((240, 970), (120, 30))).sum() == 30


def test_no_pitch_is_no_creak() -> None:
    assert creaky(np.array([110, 110, np.nan, 40], np.float32)).tolist() == [False] * 3 + [True]
    assert creaky(np.full(3, np.nan, np.float32)).tolist() == [False] * 3


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


@given(st.floats(70, 300))
def test_a_little_higher_voice_has_a_little_higher_limit(median_hz: float) -> None:
    for made in (plain(median_hz, 2.0, count=300), mixed((median_hz, 270), (median_hz / 2, 30))):
        moved = 12 * np.log2(creak_limit_hz((made * 2 ** (0.1 / 12)).astype(np.float32)) / creak_limit_hz(made))
        assert -1e-3 <= moved <= 0.21  # a tenth of a semitone, and one step of the density either way


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
