"""The one filtered resampler."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.resampling import resampled
from tests.signals import decibels, noise, tone

RATES = [8000, 11025, 16000, 22050, 44100, 48000]

# --- known answer ---


@pytest.mark.parametrize(("from_hz", "to_hz"), [(8000, 16000), (16000, 8000), (44100, 16000), (48000, 8000)])
def test_a_tone_keeps_its_frequency_level_and_time(from_hz: int, to_hz: int) -> None:
    made = tone((1000,), 1.0, sample_rate=from_hz, level_db=-12)
    expected = tone((1000,), 1.0, sample_rate=to_hz, level_db=-12)
    found = resampled(made, from_hz=from_hz, to_hz=to_hz)
    assert len(found) == len(expected)
    assert found.dtype == np.float32
    middle = slice(to_hz // 10, -to_hz // 10)
    assert found[middle] == pytest.approx(expected[middle], abs=2e-3)


@pytest.mark.parametrize("hz", [4500.0, 5000.0, 7000.0])
def test_what_the_lower_rate_cannot_hold_is_gone_and_not_folded_down(hz: float) -> None:
    made = tone((hz,), 1.0, sample_rate=16000, level_db=-6)
    found = resampled(made, from_hz=16000, to_hz=8000)
    assert decibels(found[800:-800]) < -80


def test_the_same_rate_and_no_samples_are_handed_through() -> None:
    made = noise(0.1, sample_rate=8000, level_db=-20)
    assert resampled(made, from_hz=8000, to_hz=8000) is made
    assert len(resampled(made[:0], from_hz=8000, to_hz=16000)) == 0


# --- law ---


@given(st.integers(0, 4000), st.sampled_from(RATES), st.sampled_from(RATES))
def test_the_length_in_time_stays(count: int, from_hz: int, to_hz: int) -> None:
    found = resampled(np.zeros(count, np.float32), from_hz=from_hz, to_hz=to_hz)
    assert len(found) == pytest.approx(count * to_hz / from_hz, abs=1)


@given(st.floats(0.01, 4.0))
def test_a_gain_goes_through(gain: float) -> None:
    made = noise(0.2, sample_rate=8000, level_db=-30)
    once = resampled(made, from_hz=8000, to_hz=16000)
    louder = resampled((made * gain).astype(np.float32), from_hz=8000, to_hz=16000)
    assert louder == pytest.approx(once * gain, abs=1e-5)


def test_up_and_down_again_is_where_it_started() -> None:
    made = tone((300, 1100, 2900), 0.5, sample_rate=8000, level_db=-20)
    back = resampled(resampled(made, from_hz=8000, to_hz=16000), from_hz=16000, to_hz=8000)
    assert back[400:-400] == pytest.approx(made[400:-400], abs=1e-3)
