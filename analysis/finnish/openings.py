"""Lists the sentences that open with a negation, each with how sure that is and another way to say it.

In recognised speech an *ei* is certain only where the boundary, the recogniser's estimate and the rest of the sentence
all speak for it; what may be a misheard *ei* is listed for a person to check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.absence import absent
from analysis.finnish.greetings import is_greeting
from analysis.finnish.mending import put_together
from analysis.finnish.misheard import clause_estimate, is_negated, misheard_ei
from analysis.finnish.negation import Opening, opening_of
from analysis.finnish.suggestions import suggestion_for
from analysis.finnish.tokens import tidy, tokens_of
from analysis.types import Confidence, Evidence, Measure, Message, Segment, Sentence, Tier

_PARTICLES = frozenset(str.split("joo jo juu joojoo no niin jaa jaaha ai aijaa okei hei ja mutta aivan"))


@dataclass(frozen=True, slots=True)
class FoundOpening:
    """A sentence that opens with a negation, and the proof of it."""

    opening: Opening
    evidence: Evidence


def too_few_words(name: str, sentences: tuple[Sentence, ...], *, recognised: bool, needed_words: int) -> Measure | None:
    """Absence where the agent says too little for "none" to mean anything, else None.

    A recogniser writes a word or two for a breath or a tune; a transcript that a person supplied is believed.
    """
    count = sum(bool(token.core) for sentence in sentences for token in tokens_of(sentence.words))
    if count == 0:
        return absent(name, "reason-no-words")
    if recognised and count < needed_words:
        return absent(name, "reason-too-few-words", words=count, needed=needed_words)
    return None


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
    around = zip((None, None, *sentences), (None, *sentences), sentences, (*sentences[1:], None), strict=False)
    for earlier, before, sentence, later in around:
        if recognised and (_is_cut_greeting(sentence, later) or _goes_on(earlier, before, sentence)):
            continue
        opening = opening_of(sentence)
        misheard = misheard_ei(sentence) if recognised and not (opening and opening.is_ei) else None
        if misheard is not None:
            note = Message("note-opening-misheard", {"heard": tidy(_head(sentence))})
            yield FoundOpening(misheard, _evidence(sentence, misheard, "check", note))
        elif opening is not None:
            yield from _heard_opening(before, sentence, opening, recognised=recognised)


def _heard_opening(
    before: Sentence | None, sentence: Sentence, opening: Opening, *, recognised: bool
) -> Iterator[FoundOpening]:
    """The opening with its tier; nothing where it is another word that the recogniser cut in two."""
    tier = tier_of_opening(sentence, opening, recognised=recognised, gap_s=_gap_s(before, sentence))
    mended = put_together(opening) if recognised else opening
    if sentence.boundary == "gap" and _is_particle(before):
        tier = "check"
    if mended is not None:
        yield FoundOpening(mended, _evidence(sentence, mended, tier if mended is opening else "check"))


def tier_of_opening(
    sentence: Sentence,
    opening: Opening,
    *,
    recognised: bool,
    gap_s: float | None,
    certain_gap_s: float = 0.15,
    certain_probability: float = 0.45,
    certain_clause: float = 0.6,
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
    certain_clause : float
        Mean estimate of the words after it, as far as a comma: where they are garbled, the *ei* is to be checked.

    Notes
    -----
    A recognised *ei* must go on as a negated sentence does: a cut "eivät" or "eilen" is written "ei vät", "ei len".

    References
    ----------
    Set on this project's own made Finnish (dev half), two voices over a clean and a telephone line.
    """
    if not recognised:
        return "certain"
    bounded = sentence.boundary != "gap" or (gap_s is not None and gap_s >= certain_gap_s)
    probability = opening.word.probability
    heard = probability is not None and probability >= certain_probability
    goes_on = not opening.is_ei or (is_negated(opening) and clause_estimate(opening) >= certain_clause)
    return "certain" if bounded and heard and goes_on else "check"


def confidence_of(found: tuple[FoundOpening, ...], *, recognised: bool) -> Confidence:
    """How far a count can be trusted: a supplied transcript fully, a recognised one less, since openings are missed."""
    if not recognised:
        return "good"
    return "poor" if any(one.evidence.tier == "check" for one in found) else "fair"


def _evidence(sentence: Sentence, opening: Opening, tier: Tier, note: Message | None = None) -> Evidence:
    note = note or Message(f"note-opening-{opening.kind}", {"form": opening.form})
    suggestion = suggestion_for((opening.word, *opening.following))
    return Evidence(_heard(sentence, opening), tidy(sentence.text), note, tier, suggestion)


def _heard(sentence: Sentence, opening: Opening) -> Segment | None:
    """From the negation to the end of the sentence."""
    whole, first = sentence.segment, opening.word.segment
    if whole is None:
        return None
    start = whole.start if first is None else first.start
    return Segment(start, max(start, whole.end))


def _is_particle(before: Sentence | None) -> bool:
    """Whether nothing but an answering word stands before the gap: "joo, (gap) ei siinä" does not open with *ei*."""
    said = [] if before is None else [token.said for token in tokens_of(before.words) if token.core]
    return len(said) == 1 and said[0] in _PARTICLES


def _goes_on(
    earlier: Sentence | None, before: Sentence | None, sentence: Sentence, *, answer_gap_s: float = 0.5
) -> bool:
    """Whether the sentence only goes on an answering word: "joo, (short gap) ei siinä".

    A word said twice ("niin, niin") is an answer of its own, and what follows it a sentence of its own.
    """
    gap_s = _gap_s(before, sentence)
    if sentence.boundary != "gap" or gap_s is None or gap_s >= answer_gap_s or not _is_particle(before):
        return False
    return before is not None and (before.boundary != "gap" or not _is_particle(earlier))


def _is_cut_greeting(sentence: Sentence, later: Sentence | None, *, greeting_gap_s: float = 1.0) -> bool:
    """Whether the sentence is *ei* alone, and what comes right after it greets: "Ei, (gap) täällä puhuu" is *hei*."""
    gap_s = None if later is None else _gap_s(sentence, later)
    if later is None or gap_s is None or gap_s >= greeting_gap_s or later.boundary == "turn":
        return False
    tokens = [token for token in tokens_of(sentence.words) if token.core]
    if tokens and "." in tokens[-1].after:
        return False  # an answer: "Ei. Täällä puhuu ..."
    alone = [token.said for token in tokens]
    said = [token.said for token in tokens_of(later.words) if token.core]
    return alone in (["ei"], ["hei"], ["he"]) and is_greeting(said, after_hei=alone == ["hei"])


def _head(sentence: Sentence) -> str:
    return " ".join(word.text for word in sentence.words[:2])


def _gap_s(before: Sentence | None, sentence: Sentence) -> float | None:
    if before is None or before.segment is None or sentence.segment is None:
        return None
    return sentence.segment.start - before.segment.end
