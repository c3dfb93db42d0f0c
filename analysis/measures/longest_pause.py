"""The longest pause inside the agent's own turns."""

from __future__ import annotations

from analysis.absence import absent, too_little
from analysis.types import Evidence, Measure, Message, Segments


def longest_pause(speech: Segments, pauses: Segments, *, needed_s: float = 2.0) -> Measure:
    """How long the agent's longest pause is, in seconds.

    Parameters
    ----------
    speech, pauses : tuple of Segment
    needed_s : float
        Speech below which there is no figure.

    Returns
    -------
    Measure
        In s. Evidence: that pause.
    """
    missing = too_little("longest_pause", speech, needed_s=needed_s)
    if missing:
        return missing
    if not pauses:
        return absent("longest_pause", "reason-no-pauses")
    longest = max(pauses, key=lambda pause: pause.duration)
    note = Message("note-longest-pause", {"seconds": round(longest.duration, 2)})
    return Measure("longest_pause", longest.duration, "s", (Evidence(longest, note=note),))
