"""Cuts a channel's speech into the half minutes that the recogniser reads, at pauses, so that no word is cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.intervals import gaps, intersection, joined, moved, near
from analysis.types import Segment, Segments

LONGEST_S = 29.5
"""The recogniser reads thirty seconds at once; the rest is silence, which tells it that the talk has ended."""

PADDING_S = 0.4
KEPT_SILENCE_S = 2.0


def windows_of(speech: Segments, *, duration: float, longest_s: float = LONGEST_S) -> tuple[Segments, ...]:
    """Padded speech in as few windows as can be, each a sequence of stretches of at most `longest_s` seconds together.

    Parameters
    ----------
    speech : tuple of Segment
        Sorted and disjoint.
    duration : float
        Of the recording, in seconds.

    Notes
    -----
    Silences up to two seconds are kept: the recogniser writes better with them than without. Each window costs the same
    whatever it holds, so few are wanted; where several cuts make as few, those in the longer pauses are taken.
    """
    kept = joined(speech, gap_s=KEPT_SILENCE_S)
    stretches = joined(moved(kept, start_s=-PADDING_S, end_s=PADDING_S, limit=duration), gap_s=1e-6)
    return tuple(_between(stretches, first, last) for first, last in _windows(_places(stretches, speech), longest_s))


def halves_of(window: Segments, speech: Segments) -> tuple[Segments, ...]:
    """A window in parts of about half its length, cut as `windows_of` does it."""
    length = sum(stretch.duration for stretch in window)
    return tuple(_between(window, *pair) for pair in _windows(_places(window, speech), 0.55 * length + 1e-3))


def rest_of(window: Segments, *, after: float) -> Segments:
    """What of a window comes after a moment of the recording."""
    return tuple(Segment(max(after, stretch.start), stretch.end) for stretch in window if stretch.end > after + 1e-6)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a window may end.

    Parameters
    ----------
    at_s : float
        Seconds of sound before it.
    silence_s : float
        Length of the pause that it lies in.
    """

    at_s: float
    silence_s: float


def _places(stretches: Segments, speech: Segments, *, shortest_s: float = 0.12) -> list[_Place]:
    """Pauses inside the stretches, and the seams between them, in order; the first and the last are their ends."""
    places = [_Place(0.0, KEPT_SILENCE_S)]
    before = 0.0
    for stretch in stretches:
        pauses = [
            pause for pause in gaps(intersection((stretch,), near(stretch, speech))) if pause.duration >= shortest_s
        ]
        places += [_Place(before + (pause.start + pause.end) / 2 - stretch.start, pause.duration) for pause in pauses]
        before += stretch.duration
        places.append(_Place(before, KEPT_SILENCE_S))
    return places


def _windows(
    places: Sequence[_Place], longest_s: float, *, wanted_silence_s: float = 0.5, weight: float = 0.3
) -> list[tuple[float, float]]:
    """Start and end of each window, the cheapest way: 1 for a window, and up to 0.15 for a cut in a short pause."""
    places = _with_forced(places, longest_s)
    costs, origins = [0.0], [0]
    first = 0
    for last, place in enumerate(places[1:], start=1):
        while place.at_s - places[first].at_s > longest_s + 1e-9:
            first += 1
        origin = min(range(first, last), key=lambda index: costs[index])
        origins.append(origin)
        costs.append(costs[origin] + 1 + weight * max(0.0, wanted_silence_s - place.silence_s))
    found = []
    last = len(places) - 1
    while last > 0:
        found.append((places[origins[last]].at_s, places[last].at_s))
        last = origins[last]
    return found[::-1]


def _with_forced(places: Sequence[_Place], longest_s: float) -> list[_Place]:
    """With more places where someone speaks for longer than a window without a pause."""
    result = list(places[:1])
    for place in places[1:]:
        while place.at_s - result[-1].at_s > longest_s:
            result.append(_Place(result[-1].at_s + longest_s, 0.0))
        result.append(place)
    return result


def _between(stretches: Segments, first_s: float, last_s: float) -> Segments:
    """What of the stretches lies from `first_s` to `last_s` of their sound."""
    result = []
    before = 0.0
    for stretch in stretches:
        start = stretch.start + max(0.0, first_s - before)
        end = stretch.start + min(stretch.duration, last_s - before)
        if end - start > 1e-6:
            result.append(Segment(start, end))
        before += stretch.duration
    return tuple(result)
