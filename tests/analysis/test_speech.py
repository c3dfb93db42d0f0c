"""Where somebody speaks: a seed, and edges that follow the band levels."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.frames import BANDS, FrameLevels, frame_levels
from analysis.intervals import gaps, intersection, total
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


def after_speech(
    *stretches: tuple[int, int], bands: slice = slice(None), db: float = -56.0, noise_db: float | None = None
) -> list[float]:
    """Edges of a run of frames 200 to 350 whose seed ends with it, with faint `bands` in `stretches`."""
    values = bursts((200, 350)).bands_db.copy()
    if noise_db is not None:
        values[:200, :4], values[350:, :4] = noise_db, noise_db
    for first, last in stretches:
        values[first:last, bands] = db
    levels = levels_of_db(values.mean(axis=1), bands=values)
    return edges(refined_speech(levels, seed_probability((Segment(2.0, 3.5),), count=800)))


HIGH, LOW = slice(-2, None), slice(0, 2)


def test_a_last_sound_too_faint_to_begin_speech_belongs_to_it() -> None:
    # 2.6 dB over noise with a deviation of 1.5 dB: 1.7 deviations in all but the highest, where the seed is over already
    assert after_speech((350, 358), bands=slice(0, 6), db=-57.4) == pytest.approx([2.0, 3.58], abs=0.02)


def test_a_last_s_in_the_two_highest_bands_belongs_to_the_speech() -> None:
    assert after_speech((350, 358), bands=HIGH, db=-57.5) == pytest.approx([2.0, 3.58], abs=0.02)
    assert after_speech((350, 358), bands=LOW, db=-57.5) == pytest.approx([2.0, 3.5], abs=0.02)


def test_a_first_s_belongs_to_the_speech_when_it_touches_it() -> None:
    assert after_speech((192, 200), bands=HIGH) == pytest.approx([1.92, 3.5], abs=0.02)
    assert after_speech((186, 194), bands=HIGH) == pytest.approx([2.0, 3.5], abs=0.02)


def test_a_released_t_after_its_closure_belongs_to_the_speech() -> None:
    assert after_speech((355, 359), bands=HIGH) == pytest.approx([2.0, 3.59], abs=0.02)
    assert after_speech((360, 366), bands=HIGH) == pytest.approx([2.0, 3.5], abs=0.02)


def test_a_single_peak_of_the_noise_after_a_dip_is_not_a_sound() -> None:
    # one frame is seen as up to three, since neighbours are averaged
    assert after_speech((355, 356), bands=HIGH, db=-58.5) == pytest.approx([2.0, 3.5], abs=0.02)


def test_what_is_far_weaker_than_the_lower_bands_is_no_hiss() -> None:
    assert after_speech((350, 358), bands=HIGH, noise_db=-50) == pytest.approx([2.0, 3.58], abs=0.02)
    assert after_speech((350, 358), bands=HIGH, noise_db=-46) == pytest.approx([2.0, 3.5], abs=0.02)


def test_faint_sounds_move_an_edge_by_a_tenth_of_a_second_at_most() -> None:
    assert after_speech((350, 390), bands=HIGH) == pytest.approx([2.0, 3.6], abs=0.02)
    assert after_speech((160, 200), bands=HIGH) == pytest.approx([1.9, 3.5], abs=0.02)


def test_a_blip_too_short_for_speech_does_not_grow_into_some() -> None:
    """One loud frame 0.24 s after the end, with a hiss around it."""
    values = bursts((200, 350)).bands_db.copy()
    values[366:384, -2:] = -56.0
    values[374] = -38.0
    levels = levels_of_db(values.mean(axis=1), bands=values)
    found = edges(refined_speech(levels, seed_probability((Segment(2.0, 3.6),), count=800)))
    assert found == pytest.approx([2.0, 3.5], abs=0.02)


def test_a_hiss_with_no_speech_beside_it_is_not_speech() -> None:
    found = after_speech((362, 380), (390, 420), bands=HIGH)
    assert found == pytest.approx([2.0, 3.5], abs=0.02)


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


@given(st.lists(st.tuples(st.integers(0, 780), st.integers(1, 20)), max_size=6))
def test_faint_sounds_take_nothing_away_and_add_little(faint: list[tuple[int, int]]) -> None:
    values = bursts((200, 350), (400, 600)).bands_db.copy()
    for first, length in faint:
        values[first : first + length, -2:] = np.maximum(values[first : first + length, -2:], -56)
    levels = levels_of_db(values.mean(axis=1), bands=values)
    seed = seed_probability((Segment(2.0, 3.5), Segment(4.0, 6.0)), count=800)
    sure = refined_speech(levels, seed, faint=99, hiss=99)
    found = refined_speech(levels, seed)
    assert total(intersection(found, sure)) == pytest.approx(total(sure))
    assert total(found) - total(sure) <= 0.1 * 2 * len(sure) + total(gaps(sure))
    outer = (sure[0].start - 0.1 - 1e-6, sure[-1].end + 0.1 + 1e-6)
    assert outer[0] <= found[0].start
    assert found[-1].end <= outer[1]


@given(st.lists(st.booleans(), min_size=60, max_size=400))
def test_segments_are_sorted_disjoint_and_inside(flags: list[bool]) -> None:
    seeded = corrected_seed(np.array(flags), frame_s=0.03)
    count = 3 * len(flags)
    db = np.where(np.repeat(flags, 3), -25.0, -60.0)
    found = refined_speech(levels_of_db(db), seed_probability(seeded, count=count))
    for segments in (seeded, found):
        assert all(a.end < b.start for a, b in zip(segments, segments[1:], strict=False))
        assert all(0 <= s.start < s.end <= count / 100 for s in segments)
