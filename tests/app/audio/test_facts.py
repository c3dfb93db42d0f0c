"""What the samples tell of each channel and of the two together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.audio.clipping import Ceiling
from app.audio.facts import SignalFacts, SignalGatherer
from tests.app.audio.recordings import Samples, tone


def _speechlike(seed: int, *, count: int = 40_000, level: float = 0.1) -> Samples:
    """Noise with the long tail of speech levels."""
    return np.clip(np.random.default_rng(seed).laplace(0, level / 2, count), -0.999, 0.999).astype(np.float32)


def _facts(*channels: Samples, block: int = 7_001) -> SignalFacts:
    frames = np.stack(channels, axis=1)
    gatherer = SignalGatherer(len(channels))
    for start in range(0, len(frames), block):
        gatherer.add(frames[start : start + block])
    return gatherer.facts()


def _clipped_at(samples: Samples, ceiling: float) -> Samples:
    return np.clip(samples, -ceiling, ceiling)


# --- known answer ---


def test_a_square_wave_on_an_offset() -> None:
    samples = np.tile(np.array([0.5, 0.5, -0.3, -0.3], np.float32), 1000)
    facts = _facts(samples).channels[0]
    assert facts.peak == 0.5
    assert facts.dc_offset == pytest.approx(0.1)
    assert facts.rms == pytest.approx(0.4)
    assert (facts.zero_ratio, facts.clipped_ratio, facts.dead) == (0.0, 0.0, False)


def test_half_zeros() -> None:
    samples = tone(440, rate_hz=8000, seconds=1.0)
    samples[4000:] = 0.0
    # A tone passes through zero now and then; at its start it is exactly there.
    assert _facts(samples).channels[0].zero_ratio == pytest.approx(0.5, abs=0.01)


def test_flat_tops_at_full_scale_are_counted_by_hand() -> None:
    samples = tone(100, rate_hz=8000, seconds=1.0, amplitude=0.2)
    samples[1000:1005] = 1.0
    samples[2000:2003] = 1.0
    samples[3000:3002] = 1.0
    samples[4000:4004] = -1.0
    assert _facts(samples).channels[0].clipped_ratio == pytest.approx((5 + 3 + 4) / 8000)


@pytest.mark.parametrize("block", [1, 2, 3, 5, 8000])
def test_a_flat_top_may_lie_across_blocks(block: int) -> None:
    samples = tone(100, rate_hz=8000, seconds=1.0, amplitude=0.2)
    samples[100:107] = 1.0
    ceiling = Ceiling()
    for start in range(0, 8000, block):
        ceiling.add(samples[start : start + block])
    assert ceiling.clipped_samples() == 7


@pytest.mark.parametrize("full_scale", [32256 / 32768, 32124 / 32768, 1.0])
def test_the_full_scale_of_a_law_and_mu_law_is_full_scale(full_scale: float) -> None:
    samples = _clipped_at(tone(200, rate_hz=8000, seconds=1.0, amplitude=3.0), full_scale)
    share = np.mean(np.abs(samples) >= full_scale - 1e-6)
    assert _facts(samples).channels[0].clipped_ratio == pytest.approx(share, abs=0.001)


def test_clipping_that_was_made_quieter_afterwards_is_still_seen() -> None:
    loud = np.repeat(_speechlike(3, count=10_000, level=0.6), 4)
    samples = (0.25 * np.clip(loud, -0.6, 0.6)).astype(np.float32)
    share = np.mean(np.abs(loud) >= 0.6)
    assert share > 0.05
    assert _facts(samples).channels[0].clipped_ratio == pytest.approx(share, rel=0.01)


@pytest.mark.parametrize("steps", [128, 2048, 32768])
def test_sound_speech_is_not_clipped_however_coarse_its_samples(steps: int) -> None:
    smooth = np.convolve(_speechlike(4, level=0.5), np.ones(8) / 8, mode="same")
    samples = (np.rint(smooth * steps) / steps).astype(np.float32)
    assert _facts(samples).channels[0].clipped_ratio == 0.0


@pytest.mark.parametrize(
    ("samples", "dead"),
    [
        (np.zeros(8000, np.float32), True),
        (np.full(8000, 0.3, np.float32), True),
        (np.random.default_rng(5).normal(0, 10 ** (-75 / 20), 8000).astype(np.float32), True),
        (np.random.default_rng(5).normal(0, 10 ** (-60 / 20), 8000).astype(np.float32), False),
        (np.where(np.arange(80_000) % 80_000 < 20, 0.05, 0).astype(np.float32), False),
    ],
    ids=["zeros", "constant", "noise at -75", "noise at -60", "one short click"],
)
def test_dead_channels(samples: Samples, dead: bool) -> None:
    assert _facts(samples).channels[0].dead is dead


@pytest.mark.parametrize(
    ("gain", "noise", "relation"),
    [
        (1.0, 0.0, "same"),
        (0.5, 0.0, "same"),
        (-1.0, 0.0, "opposite"),
        (1.0, 1e-4, "same"),
        (1.0, 1e-2, "separate"),
        (0.0, 0.1, "separate"),
    ],
)
def test_relation_of_two_channels(gain: float, noise: float, relation: str) -> None:
    left = _speechlike(6)
    right = (gain * left + noise * _speechlike(7) / 0.1 * 0.1).astype(np.float32)
    assert _facts(left, right).relation == relation


def test_a_common_offset_does_not_make_two_voices_one() -> None:
    assert _facts(_speechlike(8) * 0.1 + np.float32(0.3), _speechlike(9) * 0.1 + np.float32(0.3)).relation == "separate"


def test_a_dead_channel_is_no_copy() -> None:
    facts = _facts(_speechlike(8), np.zeros(40_000, np.float32))
    assert facts.relation == "separate"
    assert [channel.dead for channel in facts.channels] == [False, True]


# --- law ---


@given(block=st.integers(1, 5000), seed=st.integers(0, 5))
@settings(max_examples=25, deadline=None)
def test_blocks_do_not_change_the_facts(block: int, seed: int) -> None:
    samples = np.clip(_speechlike(seed, count=5000, level=0.8), -0.9, 0.9)
    whole, parts = _facts(samples, -samples, block=5000), _facts(samples, -samples, block=max(block, 20))
    assert parts.relation == whole.relation == "opposite"
    for found, expected in zip(parts.channels, whole.channels, strict=True):
        assert found.clipped_ratio == expected.clipped_ratio
        assert found.rms == pytest.approx(expected.rms)
        assert (found.peak, found.zero_ratio) == (expected.peak, expected.zero_ratio)


def test_channels_swapped_are_facts_swapped() -> None:
    left, right = _speechlike(1), _speechlike(2, level=0.01)
    assert _facts(left, right).channels == _facts(right, left).channels[::-1]
