"""Openings on correct transcripts: every labelled one is found, and nothing else."""

from __future__ import annotations

import importlib.util
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.finnish.negation import COUNTED, FORMS, Opening, opening_of
from analysis.finnish.openings import openings_in, tier_of_opening
from analysis.finnish.sentences import sentences_of
from analysis.types import Segment, Sentence, Turn, Word


def _labelled() -> tuple[str, ...]:
    spec = importlib.util.spec_from_file_location("labelled_turns", Path(__file__).with_name("labelled_turns.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.TURNS


TURNS = _labelled()


def _unmarked(turn: str) -> str:
    return turn.replace("¤", "").replace("¬", "")


def _openings(text: str) -> list[Opening]:
    turn = Turn("agent", tuple(Word(word) for word in text.split(" ") if word))
    return [one.opening for one in openings_in(sentences_of([turn], recognised=False), recognised=False)]


def _counts(turn: str) -> tuple[int, int]:
    found = _openings(_unmarked(turn))
    return sum(one.is_ei for one in found), sum(not one.is_ei for one in found)


# known answer


def test_the_labelled_list_is_long_enough_and_has_both_kinds() -> None:
    assert len(TURNS) >= 120
    assert sum(turn.count("¤") for turn in TURNS) >= 50
    assert sum("¤" not in turn and "¬" not in turn for turn in TURNS) >= 50


@pytest.mark.parametrize("turn", TURNS)
def test_every_labelled_opening_is_found_and_nothing_else(turn: str) -> None:
    assert _counts(turn) == (turn.count("¤"), turn.count("¬"))


@pytest.mark.parametrize("turn", [turn for turn in TURNS if ("¤" in turn) != ("¬" in turn)])
def test_the_opening_is_the_marked_word(turn: str) -> None:
    marked = [word.split("¤")[-1].split("¬")[-1] for word in turn.split() if "¤" in word or "¬" in word]
    found = [unicodedata.normalize("NFC", one.word.text) for one in _openings(_unmarked(turn))]
    assert len(found) == len(marked)
    for word, expected in zip(found, marked, strict=True):
        assert unicodedata.normalize("NFC", expected)[:2] in word


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("ei", "plain"), ("eivät", "plain"), ("emmekä", "conjoined"), ("eikun", "repair"), ("eipä", "emphatic"),
        ("ethän", "reminding"), ("emmä", "fused"), ("eikö", "question"), ("etkös", "question"), ("eiks", "question"),
        ("älkää", "imperative"), ("eivätköhän", "question"),
    ],
)  # fmt: skip
def test_the_class_of_a_form(form: str, kind: str) -> None:
    assert FORMS[form] == kind


def test_questions_and_imperatives_are_known_but_not_counted() -> None:
    assert {"question", "imperative"} & COUNTED == set()
    assert _openings("Eikö niin?") == []
    assert _openings("Älä huoli.") == []


def test_a_customers_words_are_not_read() -> None:
    assert sentences_of([Turn("customer", (Word("Ei"),))], recognised=False) == ()


# recognised speech


def _timed(*words: tuple[str, float, float], probability: float = 0.9) -> Turn:
    return Turn("agent", tuple(Word(text, Segment(start, end), probability) for text, start, end in words))


def _tier(turn: Turn) -> str | None:
    found = openings_in(sentences_of([turn], recognised=True), recognised=True)
    return found[0].evidence.tier if found else None


def test_a_gap_opens_a_sentence_only_in_recognised_speech() -> None:
    turn = _timed(("selvä", 0.0, 0.4), ("ei", 0.5, 0.6), ("haittaa", 0.62, 1.0))
    assert [s.boundary for s in sentences_of([turn], recognised=True)] == ["turn", "gap"]
    assert [s.boundary for s in sentences_of([turn], recognised=False)] == ["turn"]
    assert [s.boundary for s in sentences_of([turn], recognised=True, gap_s=0.11)] == ["turn"]


def test_a_gap_is_taken_as_one_whatever_the_rounding_of_its_ends() -> None:
    turn = _timed(("selvä", 0.0, 1.1), ("ei", 1.2, 1.3))  # 1.2 - 1.1 is a little under 0.1
    assert len(sentences_of([turn], recognised=True)) == 2


@pytest.mark.parametrize(
    ("start", "probability", "tier"),
    [(0.50, 0.9, "check"), (0.65, 0.9, "certain"), (0.70, 0.9, "certain"), (0.70, 0.4, "check"), (0.45, 0.9, None)],
)
def test_the_tier_follows_the_gap_and_the_recognisers_estimate(start: float, probability: float, tier: str) -> None:
    turn = _timed(
        ("selvä", 0.0, 0.4), ("ei", start, start + 0.1), ("haittaa", start + 0.1, 1.2), probability=probability
    )
    assert _tier(turn) == tier


def test_a_turn_or_punctuation_makes_a_recognised_opening_certain() -> None:
    assert _tier(_timed(("Ei", 0.0, 0.1), ("käy.", 0.1, 0.4))) == "certain"
    assert _tier(_timed(("Selvä.", 0.0, 0.3), ("Ei", 0.3, 0.4), ("käy.", 0.4, 0.6))) == "certain"


def test_a_word_without_an_estimate_is_to_be_checked_and_a_supplied_transcript_is_certain() -> None:
    sentence = Sentence((Word("Ei"),), "turn")
    opening = opening_of(sentence)
    assert opening is not None
    assert tier_of_opening(sentence, opening, recognised=True, gap_s=None) == "check"
    assert tier_of_opening(sentence, opening, recognised=False, gap_s=None) == "certain"


def test_words_without_times_have_no_gaps() -> None:
    turn = Turn("agent", (Word("selvä"), Word("ei"), Word("haittaa")))
    assert len(sentences_of([turn], recognised=True)) == 1


def test_evidence_runs_from_the_negation_to_the_end_of_its_sentence() -> None:
    turn = _timed(("Öö,", 0.0, 0.4), ("ei", 0.45, 0.6), ("käy", 0.6, 0.9), (".", 0.9, 0.9), ("Hyvä.", 2.0, 2.4))
    (found,) = openings_in(sentences_of([turn], recognised=True), recognised=True)
    assert found.evidence.segment == Segment(0.45, 0.9)
    assert found.evidence.text == "Öö, ei käy."


def test_an_entry_of_many_words_is_read_word_by_word() -> None:
    turn = Turn("agent", (Word("Hyvää päivää. Ei onnistu.", Segment(0.0, 5.0)),))
    (found,) = openings_in(sentences_of([turn], recognised=False), recognised=False)
    assert found.evidence.text == "Ei onnistu."
    assert found.evidence.segment is not None
    assert found.evidence.segment.start == pytest.approx(5.0 * 12 / 22)
    assert found.evidence.segment.end == pytest.approx(5.0)


# law


@given(st.sampled_from(TURNS), st.sampled_from(["NFC", "NFD"]))
def test_the_spelling_of_letters_does_not_matter(turn: str, form: str) -> None:
    assert _counts(unicodedata.normalize(form, turn)) == _counts(turn)


@given(st.sampled_from(TURNS), st.sampled_from(TURNS))
def test_turns_are_counted_one_by_one(first: str, second: str) -> None:
    turns = [Turn("agent", tuple(map(Word, _unmarked(turn).split(" ")))) for turn in (first, second)]
    found = openings_in(sentences_of(turns, recognised=False), recognised=False)
    assert len(found) == sum(_counts(first)) + sum(_counts(second))


@given(st.lists(st.sampled_from(TURNS), min_size=1, max_size=3))
def test_punctuation_as_tokens_of_its_own_changes_nothing(turns: list[str]) -> None:
    for turn in turns:
        apart = _unmarked(turn)
        for mark in (". ", "! ", "? "):
            if "..." not in apart and not any(c.isdigit() for c in apart):
                apart = apart.replace(mark, f" {mark}")
        found = _openings(apart)
        assert (sum(one.is_ei for one in found), sum(not one.is_ei for one in found)) == _counts(turn)


@given(st.lists(st.text(max_size=8), max_size=12), st.booleans())
def test_any_text_is_read_and_no_word_is_lost(texts: list[str], recognised: bool) -> None:
    turn = Turn("agent", tuple(map(Word, texts)))
    sentences = sentences_of([turn], recognised=recognised)
    assert all(sentence.words for sentence in sentences)
    openings_in(sentences, recognised=recognised)


@given(st.floats(0, 1000))
def test_a_shift_in_time_changes_no_tier(shift: float) -> None:
    for start in (0.5, 0.8):
        turn = _timed(("selvä", shift, shift + 0.4), ("ei käy", shift + start, shift + start + 0.1))
        assert _tier(turn) == ("check" if start == 0.5 else "certain")
