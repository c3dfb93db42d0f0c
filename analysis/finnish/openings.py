"""Lists the sentences that open with a negation, each with how sure that is and another way to say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.finnish.negation import Opening, opening_of
from analysis.finnish.suggestions import suggestion_for
from analysis.finnish.tokens import tidy
from analysis.types import Confidence, Evidence, Message, Segment, Sentence, Tier


@dataclass(frozen=True, slots=True)
class FoundOpening:
    """A sentence that opens with a negation, and the proof of it."""

    opening: Opening
    evidence: Evidence


def openings_in(sentences: tuple[Sentence, ...], *, recognised: bool) -> tuple[FoundOpening, ...]:
    """Every negative opening in the sentences, in their order.

    Parameters
    ----------
    sentences : tuple of Sentence
        All of the agent's, in order, so that the gap before each can be told.
    recognised : bool
        True where a recogniser wrote the words.
    """
    return tuple(_found(sentences, recognised=recognised))


def _found(sentences: tuple[Sentence, ...], *, recognised: bool) -> Iterator[FoundOpening]:
    before: Sentence | None = None
    for sentence in sentences:
        opening = opening_of(sentence)
        if opening is not None:
            tier = tier_of_opening(sentence, opening, recognised=recognised, gap_s=_gap_s(before, sentence))
            yield FoundOpening(opening, _evidence(sentence, opening, tier))
        before = sentence


def tier_of_opening(
    sentence: Sentence,
    opening: Opening,
    *,
    recognised: bool,
    gap_s: float | None,
    certain_gap_s: float = 0.25,
    certain_probability: float = 0.5,
) -> Tier:
    """How sure an opening is.

    Parameters
    ----------
    sentence : Sentence
    opening : Opening
    recognised : bool
        False where a person supplied the transcript: then every opening is certain.
    gap_s : float or None
        Silence before the sentence; None where it has no times.
    certain_gap_s : float
        A gap makes a certain boundary from this length on; a shorter one can lie inside a sentence.
    certain_probability : float
        A word that the recogniser gives less than this is to be checked, as is one without an estimate.
    """
    if not recognised:
        return "certain"
    bounded = sentence.boundary != "gap" or (gap_s is not None and gap_s >= certain_gap_s)
    probability = opening.word.probability
    heard = probability is not None and probability >= certain_probability
    return "certain" if bounded and heard else "check"


def confidence_of(found: tuple[FoundOpening, ...], *, recognised: bool) -> Confidence:
    """How far a count can be trusted: a supplied transcript fully, a recognised one less, since openings are missed."""
    if not recognised:
        return "good"
    return "poor" if any(one.evidence.tier == "check" for one in found) else "fair"


def _evidence(sentence: Sentence, opening: Opening, tier: Tier) -> Evidence:
    note = Message(f"note-opening-{opening.kind}", {"form": opening.form})
    suggestion = suggestion_for((opening.word, *opening.following))
    return Evidence(_heard(sentence, opening), tidy(sentence.text), note, tier, suggestion)


def _heard(sentence: Sentence, opening: Opening) -> Segment | None:
    """From the negation to the end of the sentence."""
    whole, first = sentence.segment, opening.word.segment
    if whole is None:
        return None
    start = whole.start if first is None else first.start
    return Segment(start, max(start, whole.end))


def _gap_s(before: Sentence | None, sentence: Sentence) -> float | None:
    if before is None or before.segment is None or sentence.segment is None:
        return None
    return sentence.segment.start - before.segment.end
