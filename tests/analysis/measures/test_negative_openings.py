"""Sentences that open with any negation, as a measure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.finnish.sentences import sentences_of
from analysis.measures.ei_openings import ei_openings
from analysis.measures.negative_openings import negative_openings
from analysis.types import Message, Sentence, Turn, Word


def _sentences(text: str) -> tuple[Sentence, ...]:
    return sentences_of([Turn("agent", tuple(map(Word, text.split())))], recognised=False)


# known answer


def test_every_form_counts_and_questions_do_not() -> None:
    found = negative_openings(
        _sentences("Ei käy. Emmekä voi. Eikö niin? Eipä kestä. Joo, en. Et saa."), recognised=False
    )
    assert (found.name, found.value, found.unit) == ("negative_openings", 4.0, "count")
    assert [piece.note for piece in found.evidence] == [
        Message("note-opening-plain", {"form": "ei"}),
        Message("note-opening-conjoined", {"form": "emmekä"}),
        Message("note-opening-emphatic", {"form": "eipä"}),
        Message("note-opening-plain", {"form": "et"}),
    ]


def test_without_a_transcript_there_is_a_reason() -> None:
    assert negative_openings(None, recognised=True).reason == Message("reason-no-transcript")


def test_where_next_to_nothing_is_said_there_is_a_reason() -> None:
    few = _sentences("Katsotaan. Katsotaan.")
    assert negative_openings((), recognised=True).reason == Message("reason-no-words")
    reason = Message("reason-too-few-words", {"words": 2, "needed": 10})
    assert negative_openings(few, recognised=True).reason == reason
    assert negative_openings(few, recognised=False).value == 0.0
    assert negative_openings(_sentences("En voi."), recognised=True).value == 1.0


# law


@given(
    st.lists(st.sampled_from(["Ei käy.", "En voi.", "Eikö?", "Hyvä.", "Öö, eivät.", "No ei."]), min_size=1, max_size=12)
)
def test_ei_openings_are_among_them(sentences: list[str]) -> None:
    read = _sentences(" ".join(sentences))
    negative, ei = negative_openings(read, recognised=False), ei_openings(read, recognised=False)
    assert ei.value == sentences.count("Ei käy.")
    assert negative.value == sum(sentences.count(text) for text in ("Ei käy.", "En voi.", "Öö, eivät."))
    assert all(piece in negative.evidence for piece in ei.evidence)
