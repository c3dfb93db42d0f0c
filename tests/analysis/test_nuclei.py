"""Syllable nuclei heard in the audio alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.frames import frame_levels
from analysis.intervals import mask_of
from analysis.nuclei import enough_voiced, nuclei_times
from tests.analysis.made_levels import amplified, delayed, levels_of_db
from tests.signals import made_speech

ONES = np.ones(400, np.float32)
EVERYWHERE = np.ones(400, np.bool_)
BEATS = levels_of_db(-30 + 12 * np.cos(2 * np.pi * (np.arange(400) - 25) / 50))
"""Eight peaks, the first at 0.25 s, the others half a second apart."""

# --- known answer ---


def test_each_swell_of_the_level_is_one_syllable() -> None:
    assert nuclei_times(BEATS, ONES, EVERYWHERE) == pytest.approx(0.25 + 0.5 * np.arange(8), abs=0.011)


def test_a_swell_without_voice_is_no_syllable() -> None:
    voicing = ONES.copy()
    voicing[100:200] = 0.2
    assert len(nuclei_times(BEATS, voicing, EVERYWHERE)) == 6


def test_a_swell_outside_speech_is_no_syllable() -> None:
    speech = EVERYWHERE.copy()
    speech[:200] = False
    assert nuclei_times(BEATS, ONES, speech) == pytest.approx(2.25 + 0.5 * np.arange(4), abs=0.011)


@pytest.mark.parametrize(("voiced", "enough"), [(0, False), (39, False), (40, True), (100, True)])
def test_syllables_can_be_heard_where_two_fifths_of_the_speech_are_voiced(voiced: int, enough: bool) -> None:
    voicing = np.where(np.arange(400) < voiced, np.float32(0.9), np.float32(0.2))
    assert enough_voiced(voicing, np.arange(400) < 100) is enough


def test_where_nobody_speaks_no_syllables_can_be_heard() -> None:
    assert not enough_voiced(ONES, np.zeros(400, np.bool_))


def test_a_steady_level_has_no_nuclei() -> None:
    assert len(nuclei_times(levels_of_db([-30.0] * 400), ONES, EVERYWHERE)) == 0
    assert len(nuclei_times(BEATS, ONES, np.zeros(400, np.bool_))) == 0


# --- law ---


@given(st.floats(-20, 15))
def test_a_gain_changes_no_time(gain_db: float) -> None:
    assert nuclei_times(amplified(BEATS, gain_db), ONES, EVERYWHERE) == pytest.approx(
        nuclei_times(BEATS, ONES, EVERYWHERE)
    )


@given(st.integers(0, 200))
def test_a_delay_moves_every_time(frames: int) -> None:
    late = delayed(BEATS, frames)
    speech = np.concatenate((np.zeros(frames, np.bool_), EVERYWHERE))
    found = nuclei_times(late, np.ones(len(speech), np.float32), speech)
    assert found[1:] == pytest.approx(nuclei_times(BEATS, ONES, EVERYWHERE)[1:] + frames / 100, abs=0.011)


# --- against others ---


@pytest.mark.parametrize("sample_rate", [8000, 16000])
def test_made_syllables_are_counted_within_a_tenth(sample_rate: int) -> None:
    """Each made syllable is a hiss and a vowel; a tenth is what the rougher way is worth on clean speech."""
    made = made_speech(((0.5, 4.0), (5.0, 9.5)), duration_s=10, sample_rate=sample_rate, noise_db=-60.0)
    levels = frame_levels([made.samples], sample_rate=sample_rate)
    count = len(levels.power)
    voicing = mask_of(made.vowels, count=count, step_s=0.01).astype(np.float32)
    times = nuclei_times(levels, voicing, mask_of(made.runs, count=count, step_s=0.01))
    assert len(times) == pytest.approx(len(made.vowels), rel=0.1)
    hit = [any(vowel.start <= time < vowel.end for time in times) for vowel in made.vowels]
    assert np.mean(hit) >= 0.9
