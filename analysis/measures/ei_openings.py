"""Sentences that open with the word *ei*."""

from __future__ import annotations

from analysis.absence import absent
from analysis.finnish.openings import confidence_of, openings_in, too_few_words
from analysis.types import Measure, Sentence


def ei_openings(sentences: tuple[Sentence, ...] | None, recognised: bool, *, needed_words: int = 10) -> Measure:
    """How many of the agent's sentences begin with the word *ei*.

    Parameters
    ----------
    sentences : tuple of Sentence or None
        All of the agent's, in order; None without a transcript.
    recognised : bool
        True where a recogniser wrote the words: then each occurrence tells whether it is certain or to be checked.
    needed_words : int
        Recognised words below which none found says nothing.

    Returns
    -------
    Measure
        In count. One piece of evidence for each sentence, from its *ei* to its end, with another way to say it.

    Notes
    -----
    The first word must be exactly *ei*. Hesitation sounds before it are passed over, words are not.

    References
    ----------
    The rule is a house rule of Finnish telephone training: do not open a sentence with *ei*.
    """
    if sentences is None:
        return absent("ei_openings", "reason-no-transcript")
    found = tuple(one for one in openings_in(sentences, recognised=recognised) if one.opening.is_ei)
    if not found and (
        absence := too_few_words("ei_openings", sentences, recognised=recognised, needed_words=needed_words)
    ):
        return absence
    evidence = tuple(one.evidence for one in found)
    confidence = confidence_of(found, recognised=recognised)
    return Measure("ei_openings", float(len(found)), "count", evidence, confidence=confidence)
