"""What a batch says of one measure: its values over all calls, and how they stand to the norm."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.catalogue import CATALOGUE
from app.batch.rows import Band, Row

_CLIPPED_FROM = 40
_CLIPPED_SHARE = 0.01
_MOST_BINS = 24


@dataclass(frozen=True, slots=True)
class MeasureSummary:
    """One measure over all calls.

    Parameters
    ----------
    values : tuple of float
        Sorted; one for each call in which it was measured.
    band : Band or None
        The norm that most calls were held against.
    bands : int
        How many different norms were in use.
    below, within, above : int
        Calls by verdict.
    """

    name: str
    unit: str
    group: str
    decimals: int
    values: tuple[float, ...]
    band: Band | None
    bands: int
    below: int
    within: int
    above: int

    @property
    def median(self) -> float | None:
        """Middle value; None where nothing was measured."""
        return statistics.median(self.values) if self.values else None

    @property
    def judged(self) -> int:
        """Calls that were held against a norm."""
        return self.below + self.within + self.above

    @property
    def share_within(self) -> float | None:
        """Share (0 to 1) of the judged calls that are within the norm; None where none was judged."""
        return self.within / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many values fall into each of the equal steps from `low` to `high`.

    The first and the last step hold what lies beyond them too, if `cut_low` or `cut_high` says so.
    """

    low: float
    high: float
    counts: tuple[int, ...]
    cut_low: bool
    cut_high: bool


def summaries_of(rows: Sequence[Row]) -> list[MeasureSummary]:
    """A summary of every measure of the catalogue, in its order."""
    summaries = []
    for info in CATALOGUE:
        cells = [row.cells[info.name] for row in rows if info.name in row.cells]
        verdicts = Counter(cell.verdict for cell in cells)
        bands = Counter(cell.band for cell in cells if cell.band is not None)
        summaries.append(
            MeasureSummary(
                name=info.name,
                unit=info.unit,
                group=info.group,
                decimals=info.decimals,
                values=tuple(sorted(cell.value for cell in cells if cell.value is not None)),
                band=bands.most_common(1)[0][0] if bands else None,
                bands=len(bands),
                below=verdicts["below"],
                within=verdicts["within"],
                above=verdicts["above"],
            )
        )
    return summaries


def histogram_of(values: Sequence[float], *, band: Band | None, whole_numbers: bool) -> Histogram:
    """The histogram of sorted `values`, wide enough to show the norm's bounds.

    Of 40 values and more, the outermost hundredth on each side does not stretch the scale: one odd call in thousands
    would leave all the others in a single column.

    Raises
    ------
    ValueError
        If there are no values.
    """
    if not values:
        raise ValueError("a histogram needs at least one value")
    left_out = math.floor(len(values) * _CLIPPED_SHARE) if len(values) >= _CLIPPED_FROM else 0
    bounds = [bound for bound in (band.low, band.high) if bound is not None] if band else []
    low = min(values[left_out], *bounds) if bounds else values[left_out]
    high = max(values[-1 - left_out], *bounds) if bounds else values[-1 - left_out]
    if whole_numbers:
        width = max(1, math.ceil((high - low + 1) / _MOST_BINS))
        low, steps = math.floor(low) - 0.5, math.ceil((math.floor(high) - math.floor(low) + 1) / width)
        high = low + steps * width
    else:
        spread = (high - low) or max(abs(high) * 0.1, 0.1)
        low, high = low - spread * 0.04, high + spread * 0.04
        steps = min(_MOST_BINS, max(8, 2 * math.ceil(math.sqrt(len(values)))))
    counts = [0] * steps
    for value in values:
        counts[min(steps - 1, max(0, math.floor((value - low) / (high - low) * steps)))] += 1
    return Histogram(low, high, tuple(counts), cut_low=values[0] < low, cut_high=values[-1] > high)
