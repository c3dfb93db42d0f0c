"""Share of the agent's own turns that is pause."""

from __future__ import annotations

from analysis.absence import too_little
from analysis.intervals import total
from analysis.types import Measure, Segments


def pause_ratio(speech: Segments, pauses: Segments, *, needed_s: float = 5.0) -> Measure:
    """How much of the agent's own turns is pause, from 0 to 1.

    Parameters
    ----------
    speech, pauses : tuple of Segment
    needed_s : float
        Speech below which there is no figure.

    Returns
    -------
    Measure
        A ratio; the customer's time is in neither part.
    """
    missing = too_little("pause_ratio", speech, needed_s=needed_s)
    if missing:
        return missing
    return Measure("pause_ratio", total(pauses) / (total(speech) + total(pauses)), "ratio")
