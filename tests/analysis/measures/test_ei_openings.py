"""Sentences that open with *ei*, as a measure."""

from __future__ import annotations

from analysis.finnish.sentences import sentences_of
from analysis.measures.ei_openings import ei_openings
from analysis.types import Message, Segment, Sentence, Turn, Word


def _sentences(text: str) -> tuple[Sentence, ...]:
    return sentences_of([Turn("agent", tuple(map(Word, text.split())))], recognised=False)


# known answer


def test_two_openings_among_four_sentences_with_all_their_evidence() -> None:
    measure = ei_openings(_sentences("Ei onnistu. Joo, ei. En tiedä. Öö, ei hätää!"), recognised=False)
    assert (measure.name, measure.value, measure.unit, measure.confidence) == ("ei_openings", 2.0, "count", "good")
    assert [piece.text for piece in measure.evidence] == ["Ei onnistu.", "Öö, ei hätää!"]
    assert [piece.tier for piece in measure.evidence] == ["certain", "certain"]
    assert [piece.suggestion for piece in measure.evidence] == [
        Message("suggestion-cannot"),
        Message("suggestion-no-worry"),
    ]
    assert measure.evidence[0].note == Message("note-opening-plain", {"form": "ei"})
    assert measure.evidence[0].segment is None


def test_none_found_is_a_zero_and_no_transcript_a_reason() -> None:
    assert ei_openings(_sentences("Hyvää päivää."), recognised=False).value == 0.0
    missing = ei_openings(None, recognised=False)
    assert missing.value is None
    assert missing.reason == Message("reason-no-transcript")


def test_where_next_to_nothing_is_said_none_found_is_no_praise() -> None:
    said = _sentences("Kiitos odotuksesta. Asia on nyt kunnossa. Hyvää päivän jatkoa teille.")
    assert ei_openings(said, recognised=True).value == 0.0
    few = ei_openings(said[:2], recognised=True)
    assert (few.value, few.reason) == (None, Message("reason-too-few-words", {"words": 6, "needed": 10}))
    assert ei_openings(said[:2], recognised=True, needed_words=6).value == 0.0
    for recognised in (True, False):
        assert ei_openings((), recognised=recognised).reason == Message("reason-no-words")
    assert ei_openings(_sentences("Ei onnistu."), recognised=True).value == 1.0


def test_recognised_speech_is_trusted_less() -> None:
    words = [("Ei", 0.0, 0.2), ("käy", 0.2, 0.5), ("ei", 0.65, 0.8), ("niin", 0.8, 1.0)]
    turn = Turn("agent", tuple(Word(text, Segment(start, end), 0.8) for text, start, end in words))
    measure = ei_openings(sentences_of([turn], recognised=True), recognised=True)
    assert [(piece.segment, piece.tier) for piece in measure.evidence] == [
        (Segment(0.0, 0.5), "certain"),
        (Segment(0.65, 1.0), "check"),
    ]
    assert measure.confidence == "poor"
    only_first = Turn("agent", turn.words[:2])
    assert ei_openings(sentences_of([only_first], recognised=True), recognised=True).confidence == "fair"
