"""Pause rate: how often the agent pauses inside their own turns."""

from __future__ import annotations

from analysis.absence import too_little
from analysis.intervals import total
from analysis.types import Evidence, Measure, Message, Segments


def pause_rate(speech: Segments, pauses: Segments, *, needed_s: float = 5.0) -> Measure:
    """How often the agent pauses for a quarter of a second or more, in a minute of their own turns.

    Parameters
    ----------
    speech, pauses : tuple of Segment
    needed_s : float
        Speech below which there is no figure.

    Returns
    -------
    Measure
        In 1/min. Evidence: every pause.

    References
    ----------
    R. Hincks, "Measures and perceptions of liveliness in student oral presentation speech", System 33, 2005
    (pauses longer than 250 ms).
    """
    missing = too_little("pause_rate", speech, needed_s=needed_s)
    if missing:
        return missing
    minutes = (total(speech) + total(pauses)) / 60
    evidence = tuple(
        Evidence(pause, note=Message("note-pause", {"seconds": round(pause.duration, 2)})) for pause in pauses
    )
    return Measure("pause_rate", len(pauses) / minutes, "1/min", evidence)
