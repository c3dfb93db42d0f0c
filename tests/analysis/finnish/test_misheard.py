"""Openings as a small recogniser writes them."""

from __future__ import annotations

import pytest

from analysis.finnish.misheard import is_negated, misheard_ei
from analysis.finnish.negation import opening_of
from analysis.finnish.openings import openings_in
from analysis.types import Message, Segment, Sentence, Word


def sentence(text: str, boundary: str = "turn", at: float = 0.0) -> Sentence:
    words = tuple(Word(w, Segment(at + i / 2, at + i / 2 + 0.4), 0.9) for i, w in enumerate(text.split()))
    return Sentence(words, boundary)  # type: ignore[arg-type]


# known answer


@pytest.mark.parametrize(
    "text",
    ["Ei se onnistu.", "ei ole", "Ei meillä enää ole", "Ei laskutus silti lopu", "ei vielä", "Ei.", "Ei kannata ostaa"],
)
def test_a_sentence_with_a_verb_that_ei_takes_is_negated(text: str) -> None:
    opening = opening_of(sentence(text))
    assert opening is not None
    assert is_negated(opening)


@pytest.mark.parametrize(
    "text",
    ["Ei vät ehdot ole", "Ei novirtainen on", "Ei täällä puhuu", "ei len tuli lasku", "Ei hän voi olla", "Ei kaon nyt"],
)
def test_what_is_left_of_another_word_is_not(text: str) -> None:
    opening = opening_of(sentence(text))
    assert opening is not None
    assert not is_negated(opening)


@pytest.mark.parametrize(
    "text", ["Eimeillä olen sitä", "eikästä", "ja isitä voi", "Ja ihulutomia sehri", "ja ise on", "ja i palautus"]
)
def test_an_ei_glued_or_cut_in_two_is_recognised(text: str) -> None:
    found = misheard_ei(sentence(text))
    assert found is not None
    assert (found.is_ei, found.kind, found.word.text) == (True, "plain", text.split()[0])


@pytest.mark.parametrize(
    "text",
    [
        "eilen tuli", "Eilisiltana verkko", "Eija hoitaa", "Eikka on", "Eino Virtanen", "Einari on", "eivätkö ne",
        "eikö se", "eipä siitä", "eihän se", "eikä siitä", "eikun se", "Eila soitti", "ei se käy", "ja itse asiassa",
        "ja ivät he", "ja ilisellä käynnillä", "ja ikö te", "eipäkästä",
        "ja ihan hyvä", "ja ilman muuta", "ja isännöitsijä", "ja iltapäivällä", "ja, ise", "ja", "joo ise on", "öö",
    ],
)  # fmt: skip
def test_real_words_are_not(text: str) -> None:
    assert misheard_ei(sentence(text)) is None


def test_a_misheard_opening_is_listed_for_a_check_in_recognised_speech_alone() -> None:
    told = (sentence("ja isitä voi nopeuttaa"),)
    (found,) = openings_in(told, recognised=True)
    assert found.evidence.tier == "check"
    assert found.evidence.note == Message("note-opening-misheard", {"heard": "ja isitä"})
    assert openings_in(told, recognised=False) == ()


def test_after_an_answering_word_and_a_gap_an_opening_is_to_be_checked() -> None:
    told = (sentence("joo,"), sentence("ei se haittaa", "gap", 2.0))
    assert [one.evidence.tier for one in openings_in(told, recognised=True)] == ["check"]
    told = (sentence("se on niin"), sentence("ei se haittaa", "gap", 2.0))
    assert [one.evidence.tier for one in openings_in(told, recognised=True)] == ["certain"]
