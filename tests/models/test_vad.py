"""The two speech detectors, held against their own libraries."""

from __future__ import annotations

import numpy as np
import pytest
import webrtcvad
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.types import Samples
from models.vad import silero_probabilities, webrtc_flags
from tests.signals import in_blocks, made_speech, noise, recorded, silence


def speech(sample_rate: int) -> Samples:
    return made_speech(((0.6, 2.1), (3.0, 4.5)), duration_s=5.0, sample_rate=sample_rate, noise_db=-65.0).samples


# --- known answer ---


@pytest.mark.parametrize("sample_rate", [8000, 16000])
def test_webrtc_hears_made_speech_and_not_silence(sample_rate: int) -> None:
    flags = webrtc_flags([speech(sample_rate)], sample_rate=sample_rate)
    assert len(flags) == 166
    assert flags[24:66].mean() > 0.9
    assert flags[:15].mean() < 0.1
    assert not webrtc_flags([silence(3.0, sample_rate=sample_rate)], sample_rate=sample_rate).any()


def test_a_gain_brings_very_quiet_speech_up() -> None:
    quiet = (speech(8000) * 10 ** (-45 / 20)).astype(np.float32)
    assert webrtc_flags([quiet], sample_rate=8000).mean() < 0.2
    assert webrtc_flags([quiet], sample_rate=8000, gain=10 ** (45 / 20)).mean() > 0.5


def test_an_unfinished_frame_at_the_end_is_left_out() -> None:
    for count, frames in ((0, 0), (239, 0), (240, 1), (479, 1), (480, 2)):
        assert len(webrtc_flags([np.zeros(count, np.float32)], sample_rate=8000)) == frames
    assert webrtc_flags([], sample_rate=8000).dtype == np.bool_


def test_overdriven_speech_is_still_heard() -> None:
    flags = webrtc_flags([np.clip(speech(8000) * 8, -1, 1)], sample_rate=8000)
    assert flags[24:66].mean() > 0.9


def test_rates_that_the_detectors_do_not_know_are_refused() -> None:
    with pytest.raises(ValueError, match="11025 Hz is not one of"):
        webrtc_flags([silence(1.0, sample_rate=11025)], sample_rate=11025)
    with pytest.raises(ValueError, match="8000 Hz must be 16000 Hz"):
        silero_probabilities(silence(1.0, sample_rate=8000), sample_rate=8000)


def test_silero_gives_a_probability_for_each_10_ms() -> None:
    for count, frames in ((160, 1), (161, 2), (16000, 100)):
        found = silero_probabilities(noise(1.0, sample_rate=16000, level_db=-40)[:count], sample_rate=16000)
        assert found.shape == (frames,)
        assert found.dtype == np.float32
        assert 0 <= found.min() <= found.max() <= 1


def test_silero_does_not_take_noise_or_silence_for_speech() -> None:
    for samples in (noise(4.0, sample_rate=16000, level_db=-25), silence(4.0, sample_rate=16000)):
        assert silero_probabilities(samples, sample_rate=16000)[20:].max() < 0.5


# --- law ---


@settings(max_examples=15)
@given(st.lists(st.integers(100, 9000), min_size=1, max_size=5))
def test_the_size_of_the_blocks_does_not_matter(halves: list[int]) -> None:
    """Pairs of samples cancel, so that no block has a mean to take away."""
    made = speech(8000)
    made[1::2] = -made[::2]
    blocks = in_blocks(made, [2 * half for half in halves])
    assert webrtc_flags(blocks, sample_rate=8000).tolist() == webrtc_flags([made], sample_rate=8000).tolist()


def test_a_constant_changes_no_decision() -> None:
    made = speech(8000)
    shifted = (made + np.float32(0.1)).astype(np.float32)
    assert np.mean(webrtc_flags([shifted], sample_rate=8000) != webrtc_flags([made], sample_rate=8000)) < 0.02


# --- against others ---


@pytest.mark.parametrize("sample_rate", [8000, 16000, 32000, 48000])
@pytest.mark.parametrize(("mode", "gain"), [(3, 1.0), (0, 1.0), (3, 12.0)])
def test_the_wrapper_says_what_webrtcvad_says(sample_rate: int, mode: int, gain: float) -> None:
    """At a gain of 12 many samples lie beyond full scale: they must be cut off there, not wrap around."""
    made = made_speech(((0.3, 0.9),), duration_s=1.2, sample_rate=sample_rate, noise_db=-40.0).samples
    integers = ((gain * (made - made.mean())).clip(-1, 1) * 32767).astype("<i2")
    detector, size = webrtcvad.Vad(mode), sample_rate * 30 // 1000
    direct = [
        detector.is_speech(integers[first : first + size].tobytes(), sample_rate)
        for first in range(0, len(integers) - size + 1, size)
    ]
    assert webrtc_flags([made], sample_rate=sample_rate, mode=mode, gain=gain).tolist() == direct


def test_silero_finds_a_labelled_finnish_sentence() -> None:
    """By the labels, speech lasts from 1.12 to 5.735 s; Silero is late at edges, hence the margin."""
    samples, sample_rate = recorded("finnish/fi_sentence_01l.wav")
    found = silero_probabilities(samples, sample_rate=sample_rate)
    assert np.mean(found[130:550] > 0.5) > 0.95
    assert found[20:95].max() < 0.5
    assert found[595:].max() < 0.5
