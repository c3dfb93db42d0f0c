"""When numbers were said that are not kept, in an order in which many questions are answered quickly."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from analysis.types import Segment


@dataclass(frozen=True, slots=True)
class MaskedStretches:
    """Stretches of numbers that were taken out.

    Parameters
    ----------
    any, untimed : bool
        Whether there is one, and whether there is one of which nobody knows when it was said.
    starts : tuple of float
        Starts of the timed ones, in order, in seconds.
    ends : tuple of float
        For each of them the latest end of it and of all before it, in seconds.
    """

    any: bool
    untimed: bool
    starts: tuple[float, ...]
    ends: tuple[float, ...]

    @classmethod
    def of(cls, masked: Sequence[Segment | None]) -> MaskedStretches:
        """The stretches in `masked`; None stands for one without times."""
        timed = sorted((one.start, one.end) for one in masked if one is not None)
        ends = tuple(accumulate((end for _, end in timed), max))
        return cls(bool(masked), len(timed) < len(masked), tuple(start for start, _ in timed), ends)

    def within(self, start: float | None, end: float | None) -> bool:
        """Whether a stretch may hold a part of one of the numbers; one without times may hold any of them."""
        if start is None or end is None:
            return self.any
        if self.untimed:
            return True
        begun = bisect_left(self.starts, end)
        return begun > 0 and start < self.ends[begun - 1]
