"""The agent's own turns, and the pauses inside them, apart from the customer's time."""

from __future__ import annotations

from analysis.intervals import dropped, gaps, joined, overlap_s, subtracted
from analysis.types import Segments

SHORTEST_PAUSE_S = 0.25


def own_pauses(
    speech: Segments,
    customer: Segments | None,
    *,
    shortest_s: float = SHORTEST_PAUSE_S,
    customer_speaks_s: float = 0.25,
    longest_known_s: float = 30.0,
    longest_alone_s: float = 3.0,
) -> Segments:
    """Gaps in the agent's speech that are the agent's own pauses.

    Parameters
    ----------
    speech : tuple of Segment
        The agent's.
    customer : tuple of Segment or None
        The customer's speech; None where the recording does not hold it on a channel of its own.
    shortest_s : float
        Shorter gaps are closures and the like, not pauses.
    customer_speaks_s : float
        A gap in which the customer speaks this long is the customer's time.
    longest_known_s, longest_alone_s : float
        A longer gap ends the turn: with the customer's channel at hand it is hold or search time, without it the
        customer is likely to be speaking.

    Returns
    -------
    tuple of Segment

    References
    ----------
    R. Hincks, System 33, 2005 (250 ms). The two longest gaps are house rules.
    """
    longest = longest_alone_s if customer is None else longest_known_s
    return tuple(
        gap
        for gap in gaps(speech)
        if shortest_s - 1e-9 <= gap.duration <= longest
        and (customer is None or overlap_s(gap, customer) < customer_speaks_s)
    )


def turns_of(speech: Segments, pauses: Segments) -> Segments:
    """The agent's turns: speech, the short gaps in it, and the agent's own pauses."""
    covered = joined((*speech, *pauses), gap_s=SHORTEST_PAUSE_S - 1e-6)
    return dropped(covered, shorter_than_s=0.0)


def runs_of(speech: Segments, pauses: Segments) -> Segments:
    """Interpausal units: stretches of speech between pauses, with the shorter gaps in them."""
    return joined(subtracted(speech, pauses), gap_s=SHORTEST_PAUSE_S - 1e-6)
