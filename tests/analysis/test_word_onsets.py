"""Negations that a recogniser stretches over the pause before them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.types import Segment, Word
from analysis.word_onsets import parted, without_squeezed
from tests.analysis.made_levels import levels_of_db

PAUSED = levels_of_db([-20.0] * 100 + [-50.0] * 15 + [-20.0] * 85)
"""Speech with a pause from 1.00 to 1.15 s."""


def words_of(*told: tuple[str, float, float]) -> tuple[Word, ...]:
    return tuple(Word(text, Segment(start, end), 0.9) for text, start, end in told)


def times(words: tuple[Word, ...]) -> list[float]:
    return [edge for word in words if word.segment for edge in (word.segment.start, word.segment.end)]


# known answer


@pytest.mark.parametrize("text", ["ei", "Ei,", "en", "emme", "eivät"])
def test_a_negation_begins_after_the_pause_and_the_word_before_ends_at_it(text: str) -> None:
    words = words_of(("euroa", 0.5, 0.95), (text, 0.95, 1.3), ("ole", 1.3, 1.6))
    assert times(parted(words, PAUSED, speech_db=-20.0)) == pytest.approx([0.5, 0.95, 1.13, 1.3, 1.3, 1.6], abs=0.011)
    late = words_of(("euroa", 0.5, 1.1), (text, 1.1, 1.3))
    assert times(parted(late, PAUSED, speech_db=-20.0)) == pytest.approx([0.5, 1.0, 1.13, 1.3], abs=0.011)


def test_other_words_short_dips_and_faint_speech_change_nothing() -> None:
    words = words_of(("euroa", 0.5, 0.95), ("ota", 0.95, 1.3))
    assert parted(words, PAUSED, speech_db=-20.0) == words
    words = words_of(("euroa", 0.5, 0.95), ("ei", 0.95, 1.3))
    dipped = levels_of_db([-20.0] * 100 + [-50.0] * 7 + [-20.0] * 93)
    assert parted(words, dipped, speech_db=-20.0) == words
    assert parted(words, PAUSED, speech_db=-40.0) == words


def test_a_closure_that_nothing_follows_is_the_next_words() -> None:
    # "ei kuulu": the word's end lies in the closure of k
    words = words_of(("liittymä", 0.4, 0.9), ("ei", 0.9, 1.1), ("kuulu", 1.1, 1.5))
    assert parted(words, PAUSED, speech_db=-20.0) == words


def test_a_word_without_times_stays_as_it_is() -> None:
    words = (Word("euroa"), Word("ei"))
    assert parted(words, PAUSED, speech_db=-20.0) == words


def test_a_loop_squeezed_into_an_instant_is_left_out_and_one_short_word_is_not() -> None:
    said = words_of(("no", 0.0, 0.3), ("se", 0.3, 0.3), ("on", 0.3, 0.5))
    assert without_squeezed(said) == said
    loop = words_of(*(("ei", 0.5, 0.51) for _ in range(3)))
    assert without_squeezed((*said, *loop)) == said
    assert without_squeezed((*said[:2], *loop, said[2])) == (said[0], said[2])


# law


@given(st.lists(st.sampled_from([("ei", 0.1), ("ei", 0.4), ("joo", 0.3)]), max_size=6))
def test_no_word_is_lost_or_turned_around(told: list[tuple[str, float]]) -> None:
    words, at = [], 0.0
    for text, length in told:
        words.append((text, at, at + length))
        at += length
    before = words_of(*words)
    after = parted(before, PAUSED, speech_db=-20.0)
    assert [word.text for word in after] == [word.text for word in before]
    edges = times(after)
    assert edges == sorted(edges)
