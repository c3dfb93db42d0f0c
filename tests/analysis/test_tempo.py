"""Syllables in time, and the tempo curve."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.tempo import (
    mean_rate,
    spoken_syllables,
    syllables_from_nuclei,
    syllables_from_words,
    tempo_curve,
    text_fits,
)
from analysis.types import Segment, SyllableCount, Word

RUNS = (Segment(0.0, 2.0), Segment(3.0, 4.0), Segment(8.0, 10.0))


def said(text: str, start: float, end: float) -> Word:
    return Word(text, Segment(start, end))


def counts(words: tuple[Word, ...]) -> list[float]:
    return [run.count for run in syllables_from_words(words, RUNS)]


# --- known answer ---


@pytest.mark.parametrize(
    ("text", "expected"), [("ei", 1), ("hyvää", 2), ("päivää,", 2), ("tieteenaloja", 5), ("15", 4), ("Öö", 1)]
)
def test_syllables_as_they_are_said(text: str, expected: int) -> None:
    """15 is viisitoista: vii-si-tois-ta."""
    assert spoken_syllables(Word(text)) == expected


def test_a_word_counts_in_the_run_that_its_middle_lies_in() -> None:
    assert counts((said("hyvää", 0.2, 0.6), said("huomenta", 1.8, 2.1), said("ei", 3.2, 3.4))) == [5, 1, 0]


def test_a_word_between_runs_counts_in_the_nearest() -> None:
    assert counts((said("ei", 2.2, 2.4),)) == [1, 0, 0]
    assert counts((said("ei", 2.7, 2.9),)) == [0, 1, 0]
    assert counts((said("ei", 5.0, 5.2),)) == [0, 1, 0]
    assert counts((said("ei", 7.0, 7.2),)) == [0, 0, 1]
    assert counts((said("ei", 30.0, 31.0),)) == [0, 0, 1]


def test_words_without_times_are_counted_in_one_run() -> None:
    (run,) = syllables_from_words((Word("hyvää"), said("päivää", 0.0, 0.4)), RUNS)
    assert run == SyllableCount(Segment(0.0, 10.0), 4.0, "words")


def test_without_runs_there_is_nothing_to_count() -> None:
    assert syllables_from_words((said("ei", 0.0, 1.0),), ()) == ()
    assert syllables_from_nuclei(np.array([0.5]), ()) == ()


@pytest.mark.parametrize(
    ("said", "heard", "fits"),
    [
        (59, 100, False),
        (60, 100, True),
        (160, 100, True),
        (161, 100, False),
        (1, 29, True),
        (0, 0, True),
        (1, 30, False),
    ],
)
def test_a_text_of_far_fewer_or_more_syllables_than_are_heard_is_not_what_was_said(
    said: float, heard: float, fits: bool
) -> None:
    run = Segment(0, 10)
    assert text_fits((SyllableCount(run, said, "words"),), (SyllableCount(run, heard, "nuclei"),)) is fits


def test_nuclei_are_counted_in_half_open_runs() -> None:
    found = syllables_from_nuclei(np.array([0.0, 1.9, 2.0, 3.5, 8.0, 9.0, 9.9]), RUNS, slope=1, fewer_per_s=0)
    assert [run.count for run in found] == [2, 1, 3]
    assert {run.source for run in found} == {"nuclei"}


def test_the_curve_is_syllables_over_speech_in_ten_seconds() -> None:
    runs = (Segment(0.0, 10.0), Segment(12.0, 20.0))
    syllables = (SyllableCount(runs[0], 50.0, "words"), SyllableCount(runs[1], 24.0, "words"))
    # around 10 s: 5 s of the first run with 25 syllables, 3 s of the second with 9, 8 s spoken
    assert tempo_curve(syllables, runs, duration_s=20.0) == pytest.approx((5.0, 5.0, 34 / 8, 3.0, 3.0))


def test_the_curve_has_a_hole_where_hardly_anything_is_said() -> None:
    runs = (Segment(0.0, 4.0), Segment(30.0, 32.0))
    syllables = tuple(SyllableCount(run, 5.0 * run.duration, "words") for run in runs)
    curve = tempo_curve(syllables, runs, duration_s=36.0)
    assert curve[:2] == pytest.approx((5.0, 5.0))
    assert curve[2:] == (None,) * 6


def test_mean_rate() -> None:
    assert mean_rate((SyllableCount(RUNS[0], 11.0, "words"),), RUNS[:1]) == 5.5
    assert mean_rate((), ()) is None


# --- law ---

TEXTS = ["ei", "hyvää", "päivää", "kiitos", "puhelinnumero"]


@given(st.lists(st.tuples(st.sampled_from(TEXTS), st.floats(0, 40), st.floats(0, 2)), max_size=12))
def test_no_syllable_is_lost_or_counted_twice(drawn: list[tuple[str, float, float]]) -> None:
    words = tuple(said(text, start, start + length) for text, start, length in drawn)
    assert sum(counts(words)) == sum(spoken_syllables(word) for word in words)


@given(st.lists(st.floats(0, 12), max_size=40))
def test_every_nucleus_in_a_run_is_counted_once(times: list[float]) -> None:
    inside = sum(any(run.start <= time < run.end for run in RUNS) for time in times)
    assert (
        sum(run.count for run in syllables_from_nuclei(np.array(sorted(times)), RUNS, slope=1, fewer_per_s=0)) == inside
    )


@given(st.floats(0.5, 3.0))
def test_twice_the_syllables_are_twice_the_tempo(factor: float) -> None:
    runs = (Segment(0.0, 10.0), Segment(12.0, 20.0))
    syllables = tuple(SyllableCount(run, 5.0 * run.duration, "words") for run in runs)
    faster = tuple(SyllableCount(run.segment, factor * run.count, "words") for run in syllables)
    before, after = tempo_curve(syllables, runs, duration_s=20), tempo_curve(faster, runs, duration_s=20)
    assert after == pytest.approx([factor * (rate or 0) for rate in before])
