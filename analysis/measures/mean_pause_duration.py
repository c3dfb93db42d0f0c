"""Mean length of the agent's own pauses."""

from __future__ import annotations

from analysis.absence import absent, too_little
from analysis.intervals import total
from analysis.types import Confidence, Measure, Segments


def mean_pause_duration(speech: Segments, pauses: Segments, *, needed_s: float = 5.0, good_from: int = 5) -> Measure:
    """How long the agent's pauses are on average, in seconds.

    Parameters
    ----------
    speech, pauses : tuple of Segment
    needed_s : float
        Speech below which there is no figure.
    good_from : int
        Pauses from which the mean is trusted.

    Returns
    -------
    Measure
        In s.
    """
    missing = too_little("mean_pause_duration", speech, needed_s=needed_s)
    if missing:
        return missing
    if not pauses:
        return absent("mean_pause_duration", "reason-no-pauses")
    confidence: Confidence = "good" if len(pauses) >= good_from else "fair"
    return Measure("mean_pause_duration", total(pauses) / len(pauses), "s", confidence=confidence)
