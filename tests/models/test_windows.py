"""How speech is cut into the half minutes that the recogniser reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intervals import overlap_s, total
from analysis.types import Segment, Segments
from models.windows import LONGEST_S, halves_of, rest_of, windows_of


def spans(*pairs: tuple[float, float]) -> Segments:
    return tuple(Segment(start, end) for start, end in pairs)


def rounded(windows: tuple[Segments, ...]) -> list[list[tuple[float, float]]]:
    return [[(round(s.start, 3), round(s.end, 3)) for s in window] for window in windows]


# --- known answer -----------------------------------------------------------------------------------------------------


def test_short_calls_are_one_window_of_padded_speech() -> None:
    speech = spans((1, 3), (4.9, 6), (8.1, 9))
    # 3 to 4.9 s is kept, of 6 to 8.1 s only the margins.
    assert rounded(windows_of(speech, duration=20)) == [[(0.6, 6.4), (7.7, 9.4)]]


def test_margins_end_where_the_recording_does() -> None:
    assert rounded(windows_of(spans((0.1, 1), (59.9, 60)), duration=60)) == [[(0, 1.4), (59.5, 60)]]


def test_no_speech_is_no_window() -> None:
    assert windows_of((), duration=10) == ()


def test_the_cut_lies_in_the_middle_of_a_pause() -> None:
    assert rounded(windows_of(spans((0, 20), (20.6, 40)), duration=50)) == [[(0, 20.3)], [(20.3, 40.4)]]


def test_of_two_pauses_the_longer_one_is_cut() -> None:
    speech = spans((0, 15), (15.2, 20), (20.5, 25), (25.3, 40))
    assert rounded(windows_of(speech, duration=50)) == [[(0, 20.25)], [(20.25, 40.4)]]


def test_a_short_pause_is_cut_rather_than_a_window_more_be_read() -> None:
    """58 s in two windows: only the pause of 0.14 s at 29 s makes that possible."""
    speech = spans((0, 10), (11, 28.93), (29.07, 46), (47, 57.6))
    assert rounded(windows_of(speech, duration=60)) == [[(0, 29.0)], [(29.0, 58.0)]]


def test_talk_without_a_pause_is_cut_where_a_window_is_full() -> None:
    assert rounded(windows_of(spans((0, 70)), duration=70)) == [[(0, 29.5)], [(29.5, 59)], [(59, 70)]]


def test_halves_part_at_the_pause_nearest_to_the_middle() -> None:
    speech = spans((10, 14), (14.5, 20), (20.5, 30))
    assert rounded(halves_of(spans((9.6, 30.4)), speech)) == [[(9.6, 20.25)], [(20.25, 30.4)]]


def test_the_rest_of_a_window_begins_at_the_moment() -> None:
    window = spans((1, 5), (8, 12))
    assert rest_of(window, after=4) == spans((4, 5), (8, 12))
    assert rest_of(window, after=6) == spans((8, 12))
    assert rest_of(window, after=12) == ()


# --- law --------------------------------------------------------------------------------------------------------------

speeches = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 400)), min_size=1, max_size=14)


def made(pieces: list[tuple[int, int]]) -> tuple[Segments, float]:
    at, found = 0.0, []
    for gap, length in pieces:
        found.append(Segment(at + gap / 10, at + gap / 10 + length / 10))
        at += gap / 10 + length / 10
    return tuple(found), at + 0.2


@given(speeches)
def test_every_moment_of_speech_is_heard_once(pieces: list[tuple[int, int]]) -> None:
    speech, duration = made(pieces)
    flat = [segment for window in windows_of(speech, duration=duration) for segment in window]
    assert flat == sorted(flat)
    assert all(before.end <= after.start + 1e-9 for before, after in zip(flat, flat[1:], strict=False))
    assert all(overlap_s(one, flat) == pytest.approx(one.duration) for one in speech)
    assert flat[-1].end <= duration + 1e-9


@given(speeches)
def test_no_window_is_longer_than_the_model_reads_and_none_is_empty(pieces: list[tuple[int, int]]) -> None:
    speech, duration = made(pieces)
    lengths = [total(window) for window in windows_of(speech, duration=duration)]
    assert all(0 < length <= LONGEST_S + 1e-6 for length in lengths)


@given(speeches)
def test_two_neighbours_would_not_fit_in_one_window(pieces: list[tuple[int, int]]) -> None:
    speech, duration = made(pieces)
    lengths = [total(window) for window in windows_of(speech, duration=duration)]
    assert all(first + second > LONGEST_S for first, second in zip(lengths, lengths[1:], strict=False))
