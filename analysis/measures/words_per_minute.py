"""Words a minute, the figure that English-speaking readers know."""

from __future__ import annotations

from analysis.absence import absent, too_little
from analysis.finnish.tokens import tokens_of
from analysis.intervals import total
from analysis.types import Measure, Segments, Word


def words_per_minute(
    words: tuple[Word, ...] | None, speech: Segments, turns: Segments, *, needed_s: float = 5.0
) -> Measure:
    """How many words the agent says in a minute of their own turns.

    Parameters
    ----------
    words : tuple of Word or None
    speech, turns : tuple of Segment
    needed_s : float
        Speech below which there is no figure.

    Returns
    -------
    Measure
        In 1/min. Finnish words are long, so that English norms do not apply; syllables a second are the main figure.
    """
    missing = too_little("words_per_minute", speech, needed_s=needed_s)
    if missing:
        return missing
    if words is None:
        return absent("words_per_minute", "reason-no-transcript")
    if not words:
        return absent("words_per_minute", "reason-unreliable-transcript")
    spoken = sum(1 for token in tokens_of(list(words)) if token.core)
    return Measure("words_per_minute", 60 * spoken / total(turns), "1/min", confidence="fair")
