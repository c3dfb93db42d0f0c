"""Speech rate: syllables over the whole of the agent's turns."""

from __future__ import annotations

from analysis.absence import no_syllables, too_little
from analysis.intervals import total
from analysis.types import Confidence, Measure, Segments, SyllableCount


def speech_rate(
    syllables: tuple[SyllableCount, ...] | None,
    speech: Segments,
    turns: Segments,
    *,
    needed_s: float = 5.0,
    good_from_s: float = 15.0,
) -> Measure:
    """How many syllables the agent says in a second of their own turns, pauses counted in.

    Parameters
    ----------
    syllables : tuple of SyllableCount or None
    speech, turns : tuple of Segment
    needed_s, good_from_s : float
        Speech below which there is no figure, and from which it is trusted.

    Returns
    -------
    Measure
        In syll/s.

    References
    ----------
    N. H. de Jong and T. Wempe, Behavior Research Methods 41(2), 2009.
    """
    missing = too_little("speech_rate", speech, needed_s=needed_s)
    if missing:
        return missing
    if not syllables:
        return no_syllables("speech_rate", syllables)
    value = sum(run.count for run in syllables) / total(turns)
    rough = any(run.source == "nuclei" for run in syllables)
    confidence: Confidence = "poor" if rough else "good" if total(speech) >= good_from_s else "fair"
    return Measure("speech_rate", value, "syll/s", confidence=confidence)
