"""Word times put right at the edges of speech."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.types import Segment, Segments, Word
from analysis.words import snapped

SPEECH = (Segment(1.0, 2.0), Segment(3.0, 4.0))


def times(start: float, end: float) -> tuple[float, float]:
    (word,) = snapped((Word("joo", Segment(start, end)),), SPEECH)
    assert word.segment is not None
    return word.segment.start, word.segment.end


# --- known answer ---


def test_a_word_that_starts_in_the_silence_before_is_moved_to_the_speech() -> None:
    assert times(0.2, 1.4) == pytest.approx((0.97, 1.4))
    assert times(2.3, 3.3) == pytest.approx((2.97, 3.3))


def test_a_word_that_starts_in_the_last_20_ms_before_a_pause_belongs_after_it() -> None:
    assert times(1.99, 3.3) == pytest.approx((2.97, 3.3))


def test_a_word_that_ends_in_the_silence_after_is_cut_there() -> None:
    assert times(1.5, 2.6) == pytest.approx((1.5, 2.03))
    assert times(3.5, 9.0) == pytest.approx((3.5, 4.03))


def test_a_word_may_be_cut_at_both_ends() -> None:
    assert times(0.0, 2.9) == pytest.approx((0.97, 2.03))


def test_a_word_inside_speech_stays() -> None:
    assert times(1.1, 1.9) == (1.1, 1.9)
    assert times(0.98, 1.5) == (0.98, 1.5)


def test_a_word_wholly_in_silence_stays() -> None:
    assert times(2.3, 2.6) == (2.3, 2.6)
    assert times(5.0, 6.0) == (5.0, 6.0)


def test_words_without_times_and_recordings_without_speech_stay() -> None:
    words = (Word("joo"), Word("ei", Segment(0.1, 0.4), 0.5))
    assert snapped(words, ()) == words
    assert snapped(words[:1], SPEECH) == words[:1]


def test_text_and_probability_are_kept() -> None:
    (word,) = snapped((Word("ei,", Segment(0.2, 1.4), 0.25),), SPEECH)
    assert (word.text, word.probability) == ("ei,", 0.25)


# --- law ---


@st.composite
def speech_and_words(draw: st.DrawFn) -> tuple[Segments, tuple[Word, ...]]:
    edges = sorted(draw(st.sets(st.integers(0, 200), min_size=2, max_size=12)))
    speech = tuple(Segment(a / 10, b / 10) for a, b in zip(edges[::2], edges[1::2], strict=False))
    pairs = draw(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 60)), max_size=8))
    return speech, tuple(Word(str(k), Segment(a / 20, (a + b) / 20)) for k, (a, b) in enumerate(sorted(pairs)))


@given(speech_and_words())
def test_same_words_never_longer_and_never_outside_where_they_were(drawn: tuple[Segments, tuple[Word, ...]]) -> None:
    speech, words = drawn
    result = snapped(words, speech)
    assert [word.text for word in result] == [word.text for word in words]
    for before, after in zip(words, result, strict=True):
        assert before.segment is not None
        assert after.segment is not None
        assert before.segment.start <= after.segment.start <= after.segment.end <= before.segment.end


@given(speech_and_words())
def test_a_second_time_changes_nothing(drawn: tuple[Segments, tuple[Word, ...]]) -> None:
    speech, words = drawn
    once = snapped(words, speech)
    assert snapped(once, speech) == once
