"""Levels of short frames, read in one pass."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InvalidSignal
from analysis.frames import FrameLevels, band_edges_hz, frame_levels
from analysis.types import Samples
from tests.signals import at_level, contour, in_blocks, noise, silence, tone, voice

RATES = [8000, 16000, 48000]


def whole(samples: Samples, sample_rate: int) -> FrameLevels:
    return frame_levels([samples], sample_rate=sample_rate)


# --- known answer ---


@pytest.mark.parametrize("sample_rate", RATES)
def test_a_full_scale_sine_is_3_db_below_a_full_scale_square_wave(sample_rate: int) -> None:
    sine = (np.sin(2 * np.pi * 1000 * np.arange(sample_rate) / sample_rate)).astype(np.float32)
    assert whole(sine, sample_rate).db[5:-5] == pytest.approx(-3.01, abs=0.02)


@pytest.mark.parametrize("sample_rate", RATES)
def test_the_strongest_peak_is_found(sample_rate: int) -> None:
    levels = whole(tone((1000,), 1.0, sample_rate=sample_rate, level_db=-20), sample_rate)
    assert levels.peak_hz[5:-5] == pytest.approx(1000, abs=sample_rate / 256 * 1.01)
    assert levels.peak_ratio[5:-5].min() > 0.99


def test_two_tones_hold_all_the_power_and_noise_does_not() -> None:
    key = whole(tone((770, 1336), 1.0, sample_rate=8000, level_db=-20), 8000)
    hiss = whole(noise(1.0, sample_rate=8000, level_db=-20), 8000)
    assert key.peak_ratio[5:-5].min() > 0.99
    assert hiss.peak_ratio[5:-5].max() < 0.8


def test_a_tone_lies_in_its_band_alone() -> None:
    edges = band_edges_hz(8000)
    levels = whole(tone((float(np.sqrt(edges[5] * edges[6])),), 1.0, sample_rate=8000, level_db=-20), 8000)
    assert np.unique(levels.bands_db[5:-5].argmax(axis=1)).tolist() == [5]
    assert (levels.bands_db[5:-5, 5] - levels.bands_db[5:-5, 2]).min() > 40


def test_the_bands_are_geometric_and_fit_the_line() -> None:
    for sample_rate, highest in ((8000, 3600), (16000, 5000)):
        edges = band_edges_hz(sample_rate)
        assert edges[0] == pytest.approx(200)
        assert edges[-1] == pytest.approx(highest)
        assert len(edges) == 9
        assert np.ptp(edges[1:] / edges[:-1]) == pytest.approx(0, abs=1e-9)


def test_a_constant_counts_for_nothing() -> None:
    clean = tone((1000,), 1.0, sample_rate=8000, level_db=-20)
    assert whole(clean + np.float32(0.3), 8000).db[2:-2] == pytest.approx(-20, abs=0.01)


def test_mains_hum_is_not_in_the_voice_power() -> None:
    clean = tone((1000,), 1.0, sample_rate=8000, level_db=-20)
    hum = tone((50,), 1.0, sample_rate=8000, level_db=-20)
    ratio = whole(clean + hum, 8000).voice_power / whole(clean, 8000).voice_power
    assert 10 * np.log10(ratio[2:-2]) == pytest.approx(0, abs=0.05)


def test_a_frame_belongs_to_the_window_around_its_time() -> None:
    samples = silence(1.0, sample_rate=8000)
    samples[4000] = 1.0
    levels = frame_levels([samples], sample_rate=8000)
    assert int(levels.power.argmax()) == 50
    assert levels.db[[45, 48, 52, 55]].max() < -60


def test_digital_silence_has_a_floor_and_no_warnings() -> None:
    levels = whole(silence(1.0, sample_rate=8000), 8000)
    assert np.isfinite(levels.bands_db).all()
    assert levels.db == pytest.approx(-100)
    assert levels.power.max() == 0
    assert levels.peak_ratio.max() == 0


def test_no_samples_give_no_frames() -> None:
    for blocks in ([], [np.zeros(0, np.float32)], [np.zeros(0, np.float32)] * 3):
        levels = frame_levels(blocks, sample_rate=8000)
        assert levels.power.shape == (0,)
        assert levels.bands_db.shape == (0, 8)


def test_too_low_a_rate_is_refused() -> None:
    with pytest.raises(InvalidSignal, match=r"4000 Hz is too low.*at least 8000 Hz"):
        frame_levels([silence(1.0, sample_rate=4000)], sample_rate=4000)


# --- law ---


@given(st.integers(0, 2000), st.sampled_from([8000, 16000, 44100, 48000]))
def test_one_frame_for_each_10_ms_that_starts_inside(count: int, sample_rate: int) -> None:
    levels = whole(noise(1.0, sample_rate=8000, level_db=-20)[:count], sample_rate)
    assert len(levels.power) == -(-count // (sample_rate // 100))


ZERO_MEAN = (np.random.default_rng(5).uniform(0, 0.3, (6000, 1)) * [1, -1]).astype(np.float32).ravel()


@given(st.lists(st.integers(15, 1500), min_size=1, max_size=6))
def test_the_size_of_the_blocks_does_not_matter(halves: list[int]) -> None:
    """Each pair of samples cancels, so that blocks of even length have no mean to take away."""
    one = whole(ZERO_MEAN, 8000)
    many = frame_levels(in_blocks(ZERO_MEAN, [2 * half for half in halves]), sample_rate=8000)
    assert many.power == pytest.approx(one.power, rel=1e-4)
    assert many.bands_db == pytest.approx(one.bands_db, abs=1e-3)
    assert many.peak_hz == pytest.approx(one.peak_hz)


@given(st.floats(-30, 6))
def test_a_gain_moves_every_level_by_itself(gain_db: float) -> None:
    samples = noise(1.0, sample_rate=8000, level_db=-20, seed=2)
    before, after = whole(samples, 8000), whole((samples * 10 ** (gain_db / 20)).astype(np.float32), 8000)
    assert after.db - before.db == pytest.approx(gain_db, abs=1e-3)
    assert after.bands_db - before.bands_db == pytest.approx(gain_db, abs=1e-2)
    assert after.peak_ratio == pytest.approx(before.peak_ratio, abs=1e-4)


@given(st.integers(0, 60))
def test_a_delay_of_whole_frames_moves_the_frames(frames: int) -> None:
    samples = noise(1.0, sample_rate=8000, level_db=-20, seed=3)
    late = frame_levels([np.zeros(80 * frames, np.float32), samples], sample_rate=8000)
    assert late.power[frames + 1 :] == pytest.approx(whole(samples, 8000).power[1:], rel=1e-4)


# --- against others ---


@pytest.mark.parametrize("sample_rate", [8000, 16000])
def test_levels_are_the_windowed_root_mean_square(sample_rate: int) -> None:
    """Straight from the definition, in the time domain, by numpy alone; Parseval says that they are equal."""
    pitch = contour(lambda time: 400 + 50 * np.sin(6 * time), 1.0, sample_rate=sample_rate)
    samples = at_level(voice(pitch, vowel="e", sample_rate=sample_rate), -20)
    half = sample_rate // 100
    shape = np.hanning(2 * half + 1)[:-1]
    padded = np.pad(samples.astype(np.float64), half)
    expected = [np.sum((padded[k * half : k * half + 2 * half] * shape) ** 2) / np.sum(shape**2) for k in range(1, 99)]
    assert whole(samples, sample_rate).power[1:99] == pytest.approx(expected, rel=2e-3)


def test_the_mean_power_is_that_of_the_signal() -> None:
    samples = at_level(voice(np.full(32000, 300.0), vowel="a", sample_rate=16000), -23)
    assert 10 * np.log10(whole(samples, 16000).power[2:-2].mean()) == pytest.approx(-23, abs=0.05)
