"""Word times put right: a recogniser lets the first word after a pause slide into the silence before it."""

from __future__ import annotations

import bisect
from dataclasses import replace

from analysis.types import Segment, Segments, Word


def snapped(
    words: tuple[Word, ...], speech: Segments, *, lead_s: float = 0.03, early_s: float = 0.02
) -> tuple[Word, ...]:
    """Words whose edges that lie in a gap of the speech are moved to the speech.

    Parameters
    ----------
    words : tuple of Word
        With times, in order.
    speech : tuple of Segment
        Sorted and disjoint.
    lead_s : float
        Distance kept to the speech edge.
    early_s : float
        How far before the end of a segment a word may start and still belong to the next one.

    Returns
    -------
    tuple of Word
        Same words, same order.

    References
    ----------
    Measured on synthetic Finnish: 90th percentile of the first word's start error 0.3-0.8 s before, 0.05-0.4 s after.
    """
    if not speech:
        return words
    ends = [0.0, *(segment.end for segment in speech)]
    starts = [segment.start for segment in speech]
    return tuple(_snapped(word, starts, ends, lead_s, early_s) for word in words)


def _snapped(word: Word, starts: list[float], ends: list[float], lead_s: float, early_s: float) -> Word:
    if word.segment is None:
        return word
    start, end = word.segment.start, word.segment.end
    # Gap k lies between ends[k] and starts[k].
    k = bisect.bisect_left(starts, start)
    if k < len(starts) and start >= ends[k] - early_s and start < starts[k] < end:
        start = max(start, starts[k] - lead_s)
    k = bisect.bisect_left(starts, end)
    if start < ends[k] < end and k > 0:
        end = min(end, ends[k] + lead_s)
    return replace(word, segment=Segment(start, max(start, end)))
