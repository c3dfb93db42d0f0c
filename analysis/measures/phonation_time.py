"""Phonation time: how long the agent speaks."""

from __future__ import annotations

from analysis.absence import absent
from analysis.intervals import total
from analysis.types import Measure, Segments


def phonation_time(speech: Segments) -> Measure:
    """How many seconds of the recording the agent speaks, pauses of 0.12 s and more left out.

    Parameters
    ----------
    speech : tuple of Segment

    Returns
    -------
    Measure
        In s.
    """
    if not speech:
        return absent("phonation_time", "reason-no-speech")
    return Measure("phonation_time", total(speech), "s")
