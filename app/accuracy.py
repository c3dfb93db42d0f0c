"""How wrong each figure is, from the truth bench: one data file, read here for cards and listings alike.

``app/data/accuracy.json`` holds the bench's rows on speech that nothing was tuned on. ``tests.accuracy.publish`` writes
it, and ``docs/accuracy.md`` from it; a test fails when the two drift apart.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Line = Literal["wide band", "telephone", "some noise", "noisy"]
LINES: Mapping[Line, tuple[str, ...]] = {
    "wide band": ("wb16", "clean"),
    "telephone": ("a-law", "mu-law", "gsm", "amr", "opus8", "telephone"),
    "some noise": ("white20", "babble20", "four20", "four20wb"),
    "noisy": ("white10", "babble10", "white13", "babble13"),
}
"""Kinds of line that a card tells apart, and the conditions of the bench that stand for each.

At 10 dB no pauses are shown; at 13 dB, and with four talkers behind the speaker, nothing but pauses and speech time is
measured.
"""

WIDE_BAND_FROM_HZ = 5000.0
NOISY_BELOW_DB = 15.0
SOME_NOISE_BELOW_DB = 25.0
GROUPS = ("synthetic", "both voices", "people clean", "male", "female", "creak", "pitched")
"""Whose speech an error is read from; the worst of them counts."""

QUANTITIES: Mapping[str, str] = {
    "articulation_rate": "articulation_rate_error",
    "speech_rate": "articulation_rate_error",
    "phonation_time": "speech_time_error",
    "pause_rate": "pause_rate_error",
    "mean_pause_duration": "mean_pause_duration_error",
    "pause_ratio": "pause_ratio_error",
    "longest_pause": "longest_pause_error",
    "f0_median": "f0_median_error",
    "f0_range": "f0_range_error",
    "f0_sd": "f0_sd_error",
    "f0_shift": "f0_median_error",
    "speech_level": "speech_level_error",
    "level_range": "level_range_error",
    "phrase_end_drop": "phrase_end_drop_error",
}
NUCLEI = {"articulation_rate": "articulation_rate_nuclei_error", "speech_rate": "articulation_rate_nuclei_error"}
"""What stands in their place where syllables were counted by ear alone."""


SAME_MOVE = {"speech_rate": "articulation_rate"}
"""Measures without a move of their own, and whose it is: both count the same syllables."""

USUAL_VALUES: Mapping[str, float] = {
    "articulation_rate": 5.0,
    "speech_rate": 4.0,
    "phonation_time": 60.0,
    "f0_median": 150.0,
}
"""Values at which a listing without a call shows errors that grow with the value."""

GROWING = frozenset(USUAL_VALUES)
"""Measures whose error grows with their value."""


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """One row of the bench: the error of a quantity on a condition, for a group, and how many cases it rests on."""

    quantity: str
    condition: str
    split: str
    group: str
    value: float | None
    unit: str
    n: int
    note: str = ""


def published_rows() -> tuple[ErrorRow, ...]:
    """The rows of the data file."""
    return tuple(ErrorRow(**row) for row in _told())


@cache
def _told() -> tuple[dict[str, Any], ...]:
    text = resources.files("app").joinpath("data/accuracy.json").read_text(encoding="utf-8")
    return tuple(json.loads(text))


@cache
def _told_by_quantity() -> Mapping[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _told():
        found.setdefault(row["quantity"], []).append(row)
    return found


@cache
def _rows_of(quantity: str) -> tuple[ErrorRow, ...]:
    """Rows of one quantity: a card asks for some twenty of all, and making thousands of rows takes its time."""
    return tuple(ErrorRow(**row) for row in _told_by_quantity().get(quantity, ()))


def forget_rows() -> None:
    """Read the data file anew the next time: it was written."""
    for kept in (_told, _told_by_quantity, _rows_of):
        kept.cache_clear()


def line_of(bandwidth_hz: float | None, snr_db: float | None) -> Line:
    """The kind of line that a recording came over."""
    if snr_db is not None and snr_db < NOISY_BELOW_DB:
        return "noisy"
    if snr_db is not None and snr_db < SOME_NOISE_BELOW_DB:
        return "some noise"
    return "wide band" if bandwidth_hz is not None and bandwidth_hz >= WIDE_BAND_FROM_HZ else "telephone"


def mean_error(quantity: str, line: Line) -> tuple[float, str, int] | None:
    """Error of a quantity on a kind of line: the worst group's mean, its unit, and the cases it rests on."""
    found: list[tuple[float, str, int]] = []
    for group in GROUPS:
        rows = [
            row
            for row in _rows_of(quantity)
            if row.group == group and row.condition in LINES[line] and row.value is not None
        ]
        cases = sum(row.n for row in rows)
        if cases:
            mean = sum(row.value * row.n for row in rows if row.value is not None) / cases
            found.append((mean, rows[0].unit, cases))
    return max(found, default=None)


def typical_error(measure: str, value: float, line: Line, *, by_ear: bool = False) -> float | None:
    """Expected absolute error of a measure's value in the measure's own unit; None where the bench has none.

    It is never less than what the figure moves by when the same call is shifted, made softer, coded again or halved;
    a rate with words is exempt, since the call of those laws has none.
    """
    quantity = NUCLEI.get(measure) if by_ear and measure in NUCLEI else QUANTITIES.get(measure)
    found = mean_error(quantity, line) if quantity else None
    if found is None:
        return None
    error, unit, _ = found
    if unit == "%":
        error = abs(value) * error / 100
    elif measure == "f0_median":
        error = abs(value) * (2 ** (error / 12) - 1)
    moved = 0.0 if measure in NUCLEI and not by_ear else farthest_move(measure, value)
    return max(error, moved)


def farthest_move(measure: str, value: float) -> float:
    """The most that a figure moves by when nothing but the recording changes, in its own unit; 0 without a row.

    Where an error grows with the value, so does this.
    """
    if measure == "f0_shift":  # in st, and moves as far as the median
        return 12 * math.log2(1 + farthest_move("f0_median", 1.0))
    quantity, grows = f"moved_{SAME_MOVE.get(measure, measure)}", measure in GROWING
    moves = (
        abs(value) * row.value / value_before(row) if grows else row.value
        for row in _rows_of(quantity)
        if row.value is not None
    )
    return max(moves, default=0.0)


def value_before(row: ErrorRow) -> float:
    """The value that a figure moved from, which is the first word of its row's note."""
    return float(row.note.split()[0])


def usual_errors() -> dict[str, float]:
    """Typical error of each measure that has one, on a telephone line and at a usual value."""
    errors = {name: typical_error(name, USUAL_VALUES.get(name, 1.0), "telephone") for name in QUANTITIES}
    return {name: error for name, error in errors.items() if error is not None}
