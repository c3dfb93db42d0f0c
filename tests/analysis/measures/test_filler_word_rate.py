"""Planning particles in a hundred words."""

from __future__ import annotations

import pytest

from analysis.finnish.fillers import fillers_in
from analysis.measures.filler_word_rate import filler_word_rate
from analysis.types import Message, Word

TEXT = "Mä niinku katson tuota noin sen laskun . Öö se on elikkä maksettu ja te saatte siitä vielä tänään kuitin sähköpostiin heti ."

# known answer


def test_three_particles_in_twenty_one_words() -> None:
    words = tuple(map(Word, TEXT.split()))
    measure = filler_word_rate(fillers_in(words), words)
    assert (measure.name, measure.unit, measure.confidence) == ("filler_word_rate", "1/100 words", "good")
    assert measure.value == pytest.approx(100 * 3 / 21)
    assert [piece.text for piece in measure.evidence] == ["niinku", "tuota noin", "elikkä"]
    assert all(piece.segment is None for piece in measure.evidence)


def test_punctuation_alone_is_no_word_and_nineteen_words_are_too_few() -> None:
    words = tuple(map(Word, ["sana"] * 19 + [".", "–"]))
    assert filler_word_rate((), words).reason == Message("reason-too-few-words", {"words": 19, "needed": 20})
    assert filler_word_rate((), (*words, Word("sana"))).value == 0.0


def test_without_a_transcript_there_is_a_reason() -> None:
    assert filler_word_rate(None, None).reason == Message("reason-no-transcript")


def test_an_ambiguous_particle_lowers_the_confidence() -> None:
    words = tuple(map(Word, ("se siis on " + "sana " * 20).split()))
    measure = filler_word_rate(fillers_in(words), words)
    assert (measure.confidence, measure.evidence[0].tier) == ("fair", "check")
    assert measure.evidence[0].note == Message("note-filler-check")
