"""Where a value stands beside its norm, as places from 0 to 1 that any view can draw."""

from __future__ import annotations

from dataclasses import dataclass

MAY_BE_NEGATIVE = frozenset({"dBFS", "st", "dB"})
"""Units whose scale need not begin at zero."""


@dataclass(frozen=True, slots=True)
class NormScale:
    """Places from 0 (left edge) to 1 (right edge).

    Parameters
    ----------
    value : float or None
    low, high : float or None
        Edges of the recommended band; None where that side is open.
    baseline : float or None
    error : tuple of two floats or None
        From and to where the value may well be.
    """

    value: float | None
    low: float | None
    high: float | None
    baseline: float | None
    error: tuple[float, float] | None


def norm_scale(
    value: float | None,
    low: float | None,
    high: float | None,
    *,
    unit: str,
    baseline: float | None = None,
    error: float | None = None,
) -> NormScale:
    """Lay a value, its norm and its baseline on one scale, with room on both sides.

    The band takes about the middle of the scale where it has both bounds, so that bars of different measures read
    alike; the scale grows to hold a value or a baseline far outside.
    """
    around_value = () if value is None else (value - (error or 0.0), value + (error or 0.0))
    marks = [mark for mark in (*around_value, low, high, baseline) if mark is not None]
    if not marks:
        return NormScale(None, None, None, None, None)
    spread = max(marks) - min(marks)
    if low is not None and high is not None and high > low:
        spread = max(spread, high - low)
    else:
        # A band open on one side has no width: a value just beside its edge must not be drawn far from it.
        spread = max(spread, 0.5 * max((abs(edge) for edge in (low, high) if edge is not None), default=0.0))
    room = 0.35 * (spread or abs(marks[0]) or 1.0)
    left, right = min(marks) - room, max(marks) + room
    if low is None and high is not None and high >= 0:
        left = min(min(marks), 0.0)
    if unit not in MAY_BE_NEGATIVE:
        left = max(left, 0.0)

    def place(mark: float | None) -> float | None:
        return None if mark is None else round(min(max((mark - left) / (right - left), 0.0), 1.0), 4)

    if right <= left:
        right = left + 1.0
    around = None
    if value is not None and error:
        start, end = place(value - error), place(value + error)
        around = (start, end) if start is not None and end is not None else None
    return NormScale(place(value), place(low), place(high), place(baseline), around)
