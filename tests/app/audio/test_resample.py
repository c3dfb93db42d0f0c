"""The resampler keeps what speech needs, in its place, and lets nothing fold back."""

from __future__ import annotations

import numpy as np
import pytest

from app.audio.resample import Resampler, analysis_rate_of
from tests.app.audio.recordings import Samples, frequency_of, level_of, tone


def _resampled(samples: Samples, source_rate_hz: int, target_rate_hz: int, *, block: int = 10_007) -> Samples:
    resampler = Resampler(source_rate_hz=source_rate_hz, target_rate_hz=target_rate_hz, channels=1)
    made = [resampler.feed(samples[start : start + block, None]) for start in range(0, len(samples), block)]
    made.append(resampler.feed(np.zeros((0, 1), np.float32), last=True))
    return np.concatenate(made)[:, 0]


# --- known answer ---


@pytest.mark.parametrize(
    ("source_rate_hz", "expected_hz"), [(8000, 8000), (11025, 16000), (16000, 16000), (48000, 16000)]
)
def test_rate_of_analysis(source_rate_hz: int, expected_hz: int) -> None:
    assert analysis_rate_of(source_rate_hz) == expected_hz


@pytest.mark.parametrize("source_rate_hz", [32_000, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("frequency_hz", [8_500.0, 10_000.0, 15_000.0])
def test_tones_above_8_khz_vanish(source_rate_hz: int, frequency_hz: float) -> None:
    loud = tone(frequency_hz, rate_hz=source_rate_hz, amplitude=0.9)
    made = _resampled(loud, source_rate_hz, 16_000)
    assert level_of(made[2000:-2000]) < level_of(loud) - 80.0


@pytest.mark.parametrize("source_rate_hz", [11_025, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("frequency_hz", [80.0, 1000.0, 4000.0])
def test_tones_of_speech_stay(source_rate_hz: int, frequency_hz: float) -> None:
    made = _resampled(tone(frequency_hz, rate_hz=source_rate_hz), source_rate_hz, 16_000)
    assert len(made) == pytest.approx(32_000, abs=1)
    assert frequency_of(made, 16_000) == pytest.approx(frequency_hz, abs=0.2)
    assert level_of(made[2000:-2000]) == pytest.approx(level_of(tone(frequency_hz, rate_hz=16_000)), abs=0.01)


@pytest.mark.parametrize("source_rate_hz", [11_025, 22_050, 44_100, 48_000])
def test_a_click_stays_where_it_is(source_rate_hz: int) -> None:
    samples = np.zeros(source_rate_hz * 2, np.float32)
    samples[round(1.25 * source_rate_hz)] = 0.9
    made = _resampled(samples, source_rate_hz, 16_000)
    assert np.abs(made).argmax() / 16_000 == pytest.approx(1.25, abs=1.0 / 16_000)


# --- law ---


@pytest.mark.parametrize("block", [160, 1000, 65_536])
def test_blocks_do_not_change_the_outcome(block: int) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 96_000).astype(np.float32)
    expected = _resampled(noise, 48_000, 16_000, block=96_000)
    np.testing.assert_allclose(_resampled(noise, 48_000, 16_000, block=block), expected, atol=1e-6)


def test_the_same_rate_is_left_alone() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 5000).astype(np.float32)
    np.testing.assert_array_equal(_resampled(noise, 8000, 8000), noise)
