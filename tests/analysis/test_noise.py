"""Speech level and noise level of a channel."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.frames import frame_levels
from analysis.noise import active_level
from analysis.types import Segment
from tests.analysis.made_levels import amplified, delayed, levels_of_db
from tests.signals import made_speech

SPEECH = (Segment(1.0, 2.0), Segment(3.0, 4.0))


def call(speech_db: float, noise_db: float) -> list[float]:
    return ([noise_db] * 100 + [speech_db] * 100) * 2 + [noise_db] * 100


# --- known answer ---


def test_noise_is_taken_out_of_the_speech_level() -> None:
    # -20 dB is 0.01; less the noise's 0.001 it is 0.009: -20.458 dB, 9.542 dB above the noise
    active = active_level(levels_of_db(call(-20, -30)), SPEECH)
    assert active.speech_db == pytest.approx(-20.458, abs=0.001)
    assert active.noise_db == pytest.approx(-30, abs=0.001)
    assert active.snr_db == pytest.approx(9.542, abs=0.001)


def test_the_margin_around_speech_is_no_noise() -> None:
    db = call(-20, -60)
    for frame in (*range(95, 100), *range(200, 205), *range(295, 300), *range(400, 405)):
        db[frame] = -25
    assert active_level(levels_of_db(db), SPEECH).noise_db == pytest.approx(-60, abs=0.01)


def test_digital_zeros_are_no_line_noise() -> None:
    db = call(-20, -60)
    db[210:290] = [-150] * 80
    assert active_level(levels_of_db(db), SPEECH).noise_db == pytest.approx(-60, abs=0.01)


def test_a_gated_channel_has_no_measurable_noise() -> None:
    active = active_level(levels_of_db(call(-20, -150)), SPEECH)
    assert active.speech_db == pytest.approx(-20, abs=0.001)
    assert active.noise_db is None
    assert active.snr_db is None


def test_less_than_a_quarter_of_a_second_cannot_tell_the_noise() -> None:
    levels = levels_of_db([-50] * 24 + [-20] * 100)
    assert active_level(levels, (Segment(0.24, 1.24),), margin_s=0.0).noise_db is None
    levels = levels_of_db([-50] * 25 + [-20] * 100)
    assert active_level(levels, (Segment(0.25, 1.25),), margin_s=0.0).noise_db == pytest.approx(-50, abs=0.01)


def test_without_speech_only_the_noise_is_known() -> None:
    active = active_level(levels_of_db([-50] * 100), ())
    assert (active.speech_db, active.snr_db) == (None, None)
    assert active.noise_db == pytest.approx(-50, abs=0.01)


def test_without_frames_nothing_is_known() -> None:
    active = active_level(levels_of_db([]), ())
    assert (active.speech_db, active.noise_db, active.snr_db) == (None, None, None)


@pytest.mark.parametrize("sample_rate", [8000, 16000])
@pytest.mark.parametrize(("speech_db", "noise_db"), [(-22.0, -62.0), (-22.0, -42.0), (-30.0, -40.0)])
def test_made_speech_in_noise_has_the_level_it_was_made_with(
    sample_rate: int, speech_db: float, noise_db: float
) -> None:
    made = made_speech(((1, 4), (5, 9)), duration_s=10, sample_rate=sample_rate, level_db=speech_db, noise_db=noise_db)
    active = active_level(frame_levels([made.samples], sample_rate=sample_rate), made.runs)
    assert active.speech_db == pytest.approx(speech_db, abs=0.3)
    assert active.noise_db == pytest.approx(noise_db, abs=0.3)
    assert active.snr_db == pytest.approx(speech_db - noise_db, abs=0.5)


# --- law ---


@given(st.floats(-20, 10), st.floats(-50, -30))
def test_a_gain_moves_both_levels_by_itself_and_keeps_their_ratio(gain_db: float, noise_db: float) -> None:
    levels = levels_of_db(call(-15, noise_db))
    before, after = active_level(levels, SPEECH), active_level(amplified(levels, gain_db), SPEECH)
    assert after.speech_db == pytest.approx((before.speech_db or 0) + gain_db, abs=1e-4)
    assert after.noise_db == pytest.approx((before.noise_db or 0) + gain_db, abs=1e-4)
    assert after.snr_db == pytest.approx(before.snr_db, abs=1e-4)


@given(st.integers(0, 500))
def test_a_delay_with_the_same_noise_changes_nothing(frames: int) -> None:
    levels = levels_of_db(call(-20, -50))
    late = delayed(levels, frames, quiet_db=-50)
    moved = tuple(Segment(s.start + frames / 100, s.end + frames / 100) for s in SPEECH)
    before, after = active_level(levels, SPEECH), active_level(late, moved)
    assert after.speech_db == pytest.approx(before.speech_db, abs=1e-3)
    assert after.snr_db == pytest.approx(before.snr_db, abs=1e-3)


@given(st.permutations(range(10)))
def test_the_order_of_equal_parts_does_not_matter(order: list[int]) -> None:
    parts = [[-20.0 - k] * 10 for k in range(10)]
    levels = levels_of_db(np.concatenate([parts[k] for k in order] + [[-60.0] * 50]))
    expected = np.mean([10 ** ((-20 - k) / 10) for k in range(10)]) - 1e-6
    active = active_level(levels, (Segment(0.0, 1.0),), margin_s=0.0)
    assert active.speech_db == pytest.approx(10 * np.log10(expected), abs=1e-3)
