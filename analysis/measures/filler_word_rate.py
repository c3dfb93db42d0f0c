"""Planning particles in a hundred words: niinku, tota, siis."""

from __future__ import annotations

from analysis.absence import absent
from analysis.finnish.tokens import tokens_of
from analysis.types import Confidence, Evidence, Filler, Measure, Message, Word


def filler_word_rate(
    fillers: tuple[Filler, ...] | None, words: tuple[Word, ...] | None, *, needed_words: int = 20
) -> Measure:
    """How many planning particles (niinku, tota, siis) the agent uses in a hundred words.

    Parameters
    ----------
    fillers : tuple of Filler or None
        Of both kinds; only particles are counted, a particle of several words once. None without a transcript.
    words : tuple of Word or None
        All of the agent's; punctuation alone is no word. Times are not needed.
    needed_words : int
        Words below which there is no figure.

    Returns
    -------
    Measure
        In 1/100 words. One piece of evidence for each particle; those with the tier ``check`` can be ordinary words.

    References
    ----------
    Kirjavainen, doi 10.1075/pc.21019.kir: *tota* is a planning particle, *öö* a hesitation.
    """
    if fillers is None or words is None:
        return absent("filler_word_rate", "reason-no-transcript")
    count = sum(bool(token.core) for token in tokens_of(words))
    if count < needed_words:
        return absent("filler_word_rate", "reason-too-few-words", words=count, needed=needed_words)
    found = tuple(filler for filler in fillers if filler.kind == "particle")
    confidence: Confidence = "fair" if any(filler.tier == "check" for filler in found) else "good"
    evidence = tuple(
        Evidence(filler.segment, filler.text, Message(f"note-filler-{filler.tier}"), filler.tier) for filler in found
    )
    return Measure("filler_word_rate", 100 * len(found) / count, "1/100 words", evidence, confidence=confidence)
