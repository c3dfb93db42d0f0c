"""Where somebody speaks: a seed, and edges that follow the band levels."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.frames import BANDS, FrameLevels, frame_levels
from analysis.intervals import gaps
from analysis.speech import corrected_seed, refined_speech, seed_probability
from analysis.types import Segment, Segments
from tests.analysis.made_levels import amplified, levels_of_db
from tests.signals import made_speech


def flags_of(*pairs: tuple[int, int], count: int = 200) -> npt.NDArray[np.bool_]:
    flags = np.zeros(count, np.bool_)
    for first, last in pairs:
        flags[first:last] = True
    return flags


def edges(segments: Segments) -> list[float]:
    return [edge for segment in segments for edge in (segment.start, segment.end)]


def bursts(*spoken: tuple[int, int], count: int = 800, faint: tuple[int, int] | None = None) -> FrameLevels:
    """Noise at -60 dB, each band on its own; -25 dB in the spoken frames and -54 dB in the faint ones."""
    bands = np.random.default_rng(1).normal(-60, 1.5, (count, BANDS))
    if faint:
        bands[faint[0] : faint[1]] = -54
    for first, last in spoken:
        bands[first:last] = -25
    return levels_of_db(bands.mean(axis=1), bands=bands)


# --- known answer ---


def test_the_seed_is_moved_by_the_detectors_lags() -> None:
    # 100 to 150 frames of 30 ms are 3.0 to 4.5 s; 20 ms earlier and 80 ms earlier
    assert edges(corrected_seed(flags_of((100, 150)), frame_s=0.03)) == pytest.approx([2.98, 4.42])


def test_the_seed_bridges_short_holes_and_drops_blips() -> None:
    found = corrected_seed(flags_of((10, 40), (43, 80), (120, 121)), frame_s=0.03)
    assert edges(found) == pytest.approx([0.28, 2.32])


def test_no_flags_give_no_seed() -> None:
    assert corrected_seed(flags_of(), frame_s=0.03) == ()
    assert corrected_seed(np.zeros(0, np.bool_), frame_s=0.03) == ()


def test_the_seed_on_the_grid() -> None:
    assert seed_probability((Segment(0.02, 0.04),), count=6) == pytest.approx([0.05, 0.05, 0.95, 0.95, 0.05, 0.05])


def test_a_rough_seed_gets_the_levels_own_edges() -> None:
    levels = bursts((200, 350), (400, 600))
    rough = seed_probability((Segment(1.9, 3.6), Segment(3.9, 6.1)), count=800)
    assert edges(refined_speech(levels, rough)) == pytest.approx([2.0, 3.5, 4.0, 6.0], abs=0.02)


def test_a_seed_over_silence_finds_nothing() -> None:
    levels = bursts((200, 350))
    rough = seed_probability((Segment(1.9, 3.6), Segment(5.0, 6.0)), count=800)
    assert edges(refined_speech(levels, rough)) == pytest.approx([2.0, 3.5], abs=0.02)


def test_a_faint_sound_far_from_any_seed_is_not_speech() -> None:
    levels = bursts((200, 350), faint=(600, 630))
    found = refined_speech(levels, seed_probability((Segment(1.9, 3.6),), count=800))
    assert edges(found) == pytest.approx([2.0, 3.5], abs=0.02)


def test_no_frames_give_no_speech() -> None:
    assert refined_speech(levels_of_db([]), np.zeros(0, np.float32)) == ()


@pytest.mark.parametrize("sample_rate", [8000, 16000])
@pytest.mark.parametrize("noise_db", [None, -60.0, -45.0])
def test_pauses_of_made_speech_are_as_long_as_they_were_made(sample_rate: int, noise_db: float | None) -> None:
    made = made_speech(
        ((0.5, 2.0), (2.3, 4.0), (4.5, 6.0), (8.0, 9.5)), duration_s=10, sample_rate=sample_rate, noise_db=noise_db
    )
    rough = tuple(Segment(run.start - 0.08, run.end + 0.08) for run in made.runs)
    levels = frame_levels([made.samples], sample_rate=sample_rate)
    found = refined_speech(levels, seed_probability(rough, count=len(levels.power)))
    assert [gap.duration for gap in gaps(found)] == pytest.approx([0.3, 0.5, 2.0], abs=0.06)
    assert edges(found) == pytest.approx(edges(made.runs), abs=0.06)


# --- law ---


@given(st.integers(0, 120))
def test_later_flags_are_a_later_seed(frames: int) -> None:
    early = corrected_seed(flags_of((20, 50), (60, 80)), frame_s=0.03)
    late = corrected_seed(flags_of((20 + frames, 50 + frames), (60 + frames, 80 + frames)), frame_s=0.03)
    assert edges(late) == pytest.approx([edge + 0.03 * frames for edge in edges(early)])


@given(st.floats(-15, 20))
def test_a_gain_moves_no_edge(gain_db: float) -> None:
    levels = bursts((200, 350), (400, 600))
    rough = seed_probability((Segment(1.9, 3.6), Segment(3.9, 6.1)), count=800)
    assert edges(refined_speech(amplified(levels, gain_db), rough)) == pytest.approx(
        edges(refined_speech(levels, rough)), abs=0.011
    )


@given(st.lists(st.booleans(), min_size=60, max_size=400))
def test_segments_are_sorted_disjoint_and_inside(flags: list[bool]) -> None:
    seeded = corrected_seed(np.array(flags), frame_s=0.03)
    count = 3 * len(flags)
    db = np.where(np.repeat(flags, 3), -25.0, -60.0)
    found = refined_speech(levels_of_db(db), seed_probability(seeded, count=count))
    for segments in (seeded, found):
        assert all(a.end < b.start for a, b in zip(segments, segments[1:], strict=False))
        assert all(0 <= s.start < s.end <= count / 100 for s in segments)
