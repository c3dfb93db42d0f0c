"""Median, range, variation and shift of pitch, and creak."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.creak_share import creak_share
from analysis.measures.f0_median import f0_median
from analysis.measures.f0_range import f0_range
from analysis.measures.f0_sd import f0_sd
from analysis.measures.f0_shift import f0_shift
from analysis.types import PitchContour, Segment
from tests.analysis.measures.material import contour, notes, reason, segments, starts

# 1001 frames from 0 to 10 st above 100 Hz in steps of 0.01 st: the middle is 5 st, the 5th percentile 0.5, the 95th 9.5.
RAMP = contour(100 * 2 ** (np.arange(1001) * 0.01 / 12))


def normal(deviation_st: float, *, count: int = 1500) -> PitchContour:
    """Pitch whose semitones are spread exactly as a normal distribution around 120 Hz."""
    quantiles = [NormalDist().inv_cdf((k + 0.5) / count) for k in range(count)]
    order = np.random.default_rng(2).permutation(count)
    return contour(120 * 2 ** (deviation_st * np.array(quantiles)[order] / 12))


def unvoiced(f0: PitchContour, *, before: int) -> PitchContour:
    return PitchContour(
        f0.step_s,
        np.concatenate((np.full(before, np.nan, np.float32), f0.hz)),
        np.concatenate((np.zeros(before, np.bool_), f0.creak)),
    )


# --- known answer ---


def test_the_median_of_the_ramp_is_five_semitones_up() -> None:
    measure = f0_median(RAMP)
    assert (measure.value, measure.unit) == (pytest.approx(100 * 2 ** (5 / 12), rel=1e-5), "Hz")


def test_the_range_of_the_ramp_is_nine_semitones() -> None:
    measure = f0_range(RAMP)
    assert (measure.value, measure.unit, measure.confidence) == (pytest.approx(9.0, abs=1e-3), "st", "good")


def test_a_voice_an_octave_above_its_own_baseline_is_twelve_semitones_up() -> None:
    measure = f0_shift(contour([240.0] * 500), {"f0_median": 120.0})
    assert (measure.value, measure.unit) == (pytest.approx(12.0, abs=1e-4), "st")
    assert f0_shift(contour([120.0] * 500), {"f0_median": 240.0}).value == pytest.approx(-12.0, abs=1e-4)


def test_a_normal_spread_keeps_its_own_deviation() -> None:
    measure = f0_sd(normal(2.5))
    assert (measure.value, measure.unit) == (pytest.approx(2.5, rel=0.01), "st")


def test_a_monotone_has_no_deviation() -> None:
    assert f0_sd(contour([110.0] * 600)).value == pytest.approx(0, abs=1e-4)


def test_an_even_spread_has_the_deviation_of_an_even_spread() -> None:
    # 1001 even steps of 0.01 st: 0.01 * sqrt((1001 ** 2 - 1) / 12)
    assert f0_sd(RAMP).value == pytest.approx(2.8896, abs=1e-3)


def test_what_the_tracker_puts_octaves_away_does_not_count() -> None:
    lively = normal(2.0)
    wrong = np.concatenate((lively.hz, np.full(40, 500.0), np.full(40, 50.0)))
    assert f0_sd(contour(wrong)).value == pytest.approx(f0_sd(lively).value, rel=1e-3)
    # half at 100 Hz, half 11 st higher: 5.5 st to both sides of the mean
    high = 100 * 2 ** (11 / 12)
    assert f0_sd(contour([100.0] * 300 + [high] * 300)).value == pytest.approx(5.5, abs=1e-3)


def test_two_pitches_further_apart_than_two_octaves_still_have_a_deviation() -> None:
    assert f0_sd(contour([101.0] * 400 + [420.0] * 400)).value == pytest.approx(0, abs=1e-3)


def test_the_flattest_eight_seconds_are_shown() -> None:
    lively = normal(3.0, count=800).hz
    flat = contour(np.concatenate((lively, np.full(800, 120.0), lively)))
    measure = f0_sd(flat)
    assert segments(measure.evidence) == [Segment(8.0, 16.0)]
    assert notes(measure) == ["note-flat-stretch"]
    assert f0_sd(normal(2.0, count=700)).evidence == ()


def test_a_stretch_with_hardly_any_voice_is_not_called_flat() -> None:
    lively, silent = normal(3.0, count=800).hz, np.full(800, np.nan)
    silent[:150] = 120.0
    # the half-way window holds 400 lively frames, the silent one only 150 of 800
    assert starts(f0_sd(contour(np.concatenate((lively, silent))))) != [8.0]


def test_a_quarter_of_creak_is_25_per_cent_and_shown() -> None:
    hz = np.full(800, 120.0)
    hz[200:400] = 55.0
    measure = creak_share(replace(contour(hz), creak=hz < 75))
    assert (measure.value, measure.unit) == (pytest.approx(25.0), "%")
    assert [(s.start, s.end) for s in segments(measure.evidence) if s] == [pytest.approx((1.995, 3.995))]


def test_short_creak_is_counted_but_not_shown() -> None:
    hz = np.full(800, 120.0)
    hz[200:208] = 55.0
    measure = creak_share(replace(contour(hz), creak=hz < 75))
    assert measure.value == pytest.approx(1.0)
    assert measure.evidence == ()


def test_creak_is_left_out_of_everything_else() -> None:
    low = np.concatenate((RAMP.hz, np.full(500, 40.0, np.float32)))
    creaky = PitchContour(0.01, low, low < 75)
    assert f0_median(creaky).value == f0_median(RAMP).value
    assert f0_range(creaky).value == f0_range(RAMP).value
    assert f0_sd(creaky).value == f0_sd(RAMP).value


def test_too_little_voice_tells_nothing() -> None:
    for measure, frames in ((f0_median, 200), (f0_range, 500), (f0_sd, 500), (creak_share, 500)):
        assert reason(measure(contour([120.0] * (frames - 1)))) == "reason-too-little-voice"
        assert measure(contour([120.0] * frames)).value is not None
    assert reason(f0_shift(contour([120.0] * 499), {"f0_median": 120.0})) == "reason-too-little-voice"


def test_under_ten_seconds_of_voice_are_trusted_less() -> None:
    assert [f0_range(contour([120.0] * count)).confidence for count in (999, 1000)] == ["fair", "good"]
    assert [f0_sd(contour([120.0] * count)).confidence for count in (999, 1000)] == ["fair", "good"]


def test_a_shift_needs_a_baseline_with_a_pitch() -> None:
    assert reason(f0_shift(RAMP, None)) == "reason-no-baseline"
    assert reason(f0_shift(RAMP, {"pause_rate": 3.0})) == "reason-baseline-lacks-it"
    assert reason(f0_shift(RAMP, {"f0_median": 0.0})) == "reason-baseline-lacks-it"


# --- law ---


@given(st.floats(-12, 12))
def test_a_voice_moved_by_semitones_keeps_its_spread(shift_st: float) -> None:
    before, after = normal(2.0, count=1000), normal(2.0, count=1000)
    after = replace(after, hz=(after.hz * 2 ** (shift_st / 12)).astype(np.float32))
    assert 12 * np.log2(f0_median(after).value / f0_median(before).value) == pytest.approx(shift_st, abs=1e-3)  # type: ignore[operator]
    assert f0_range(after).value == pytest.approx(f0_range(before).value, abs=1e-3)
    assert f0_sd(after).value == pytest.approx(f0_sd(before).value, abs=1e-3)
    shift = f0_shift(after, {"f0_median": f0_median(before).value or 0.0})
    assert shift.value == pytest.approx(shift_st, abs=1e-3)


@given(st.floats(0.25, 3.5))
def test_twice_the_movement_is_twice_the_spread(factor: float) -> None:
    once, more = normal(1.0, count=600), normal(factor, count=600)
    assert f0_sd(more).value == pytest.approx(factor * (f0_sd(once).value or 0), rel=1e-3)
    assert f0_range(more).value == pytest.approx(factor * (f0_range(once).value or 0), rel=1e-3)


@given(st.integers(0, 3000))
def test_unvoiced_time_changes_no_value(frames: int) -> None:
    f0 = normal(2.0, count=600)
    for measure in (f0_median, f0_range, f0_sd, creak_share):
        assert measure(unvoiced(f0, before=frames)).value == measure(f0).value


# --- against others ---


@given(st.integers(0, 1000))
def test_median_range_and_deviation_are_numpys(seed: int) -> None:
    semitones = np.random.default_rng(seed).normal(84, 2.5, 700)
    f0 = contour(2 ** (semitones / 12))
    assert f0_median(f0).value == pytest.approx(2 ** (np.median(semitones) / 12), rel=1e-4)
    assert f0_range(f0).value == pytest.approx(np.ptp(np.percentile(semitones, [5, 95])), abs=1e-3)
    assert f0_sd(f0).value == pytest.approx(np.std(semitones), abs=1e-3)
