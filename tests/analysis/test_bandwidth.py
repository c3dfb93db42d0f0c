"""How much of the spectrum a channel carries."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bandwidth import bandwidth_hz
from analysis.types import Samples
from tests.signals import noise


def low_passed(samples: Samples, *, below_hz: float, sample_rate: int) -> Samples:
    """Everything above `below_hz` taken out, as a telephone filter does, by the whole signal's own transform."""
    spectrum = np.fft.rfft(samples)
    spectrum[np.fft.rfftfreq(len(samples), 1 / sample_rate) > below_hz] = 0
    return np.fft.irfft(spectrum, len(samples)).astype(np.float32)


# --- known answer ---


@pytest.mark.parametrize("cut_hz", [3400, 5000, 7000])
def test_the_filters_edge_is_found(cut_hz: int) -> None:
    samples = low_passed(noise(3.0, sample_rate=16000, level_db=-20), below_hz=cut_hz, sample_rate=16000)
    assert bandwidth_hz([samples], sample_rate=16000) == pytest.approx(cut_hz, abs=200)


def test_an_unfiltered_channel_reaches_half_its_rate() -> None:
    assert bandwidth_hz([noise(3.0, sample_rate=8000, level_db=-20)], sample_rate=8000) == 4000


@pytest.mark.parametrize(("drop_db", "expected_hz"), [(34.0, 3400), (46.0, 1500)])
def test_what_lies_more_than_40_db_below_the_strongest_is_not_carried(drop_db: float, expected_hz: int) -> None:
    white = noise(3.0, sample_rate=8000, level_db=-20)
    low, wide = (low_passed(white, below_hz=hz, sample_rate=8000) for hz in (1500, 3400))
    samples = low + (wide - low) * np.float32(10 ** (-drop_db / 20))
    assert bandwidth_hz([samples], sample_rate=8000) == pytest.approx(expected_hz, abs=200)


def test_less_than_a_second_tells_nothing() -> None:
    piece = noise(0.45, sample_rate=8000, level_db=-20)
    assert bandwidth_hz([piece, piece], sample_rate=8000) is None
    assert bandwidth_hz([piece, piece, piece], sample_rate=8000) is not None
    assert bandwidth_hz([], sample_rate=8000) is None


# --- law ---


@given(st.floats(-40, 15))
def test_a_gain_changes_nothing(gain_db: float) -> None:
    samples = low_passed(noise(1.5, sample_rate=16000, level_db=-25), below_hz=3400, sample_rate=16000)
    louder = (samples * 10 ** (gain_db / 20)).astype(np.float32)
    assert bandwidth_hz([louder], sample_rate=16000) == bandwidth_hz([samples], sample_rate=16000)
