"""Sentences that open with any form of the negation verb."""

from __future__ import annotations

from analysis.absence import absent
from analysis.finnish.openings import confidence_of, openings_in, too_few_words
from analysis.types import Measure, Sentence


def negative_openings(sentences: tuple[Sentence, ...] | None, recognised: bool, *, needed_words: int = 10) -> Measure:
    """How many of the agent's sentences begin with a negation: *ei, en, et, emme, ette, eivät* and their clitics.

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
        In count. One piece of evidence for each sentence; its note tells the class of the form.

    Notes
    -----
    Question forms (*eikö, etkö, eiks*) are invitations and are left out, as are the imperatives *älä* and *älkää*.

    References
    ----------
    The rule is a house rule of Finnish telephone training: tell first what can be done.
    """
    if sentences is None:
        return absent("negative_openings", "reason-no-transcript")
    found = openings_in(sentences, recognised=recognised)
    if not found and (
        absence := too_few_words("negative_openings", sentences, recognised=recognised, needed_words=needed_words)
    ):
        return absence
    evidence = tuple(one.evidence for one in found)
    confidence = confidence_of(found, recognised=recognised)
    return Measure("negative_openings", float(len(found)), "count", evidence, confidence=confidence)
