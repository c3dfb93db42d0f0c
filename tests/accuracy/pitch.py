"""Cases of pitch: frames and speakers against an exactly known F0."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import add

import numpy as np

from tests.accuracy.acoustic import Outcome, groups_of, on_each_line, true_values
from tests.accuracy.resynthesis import missing
from tests.accuracy.rows import Order, Row, case
from tests.accuracy.scores import PitchHits, mean_abs, pitch_hits


@case("pitch")
def pitch(order: Order) -> Iterator[Row]:
    """Gross and voicing error of the frames; median and range error of each speaker."""
    if missing():
        return
    for condition, found in on_each_line(order, "pitched"):
        for group, part in groups_of(found).items():
            yield from _frame_rows(order, condition, group, part)
            yield from _speaker_rows(order, condition, group, part)


def _frame_rows(order: Order, condition: str, group: str, part: list[Outcome]) -> Iterator[Row]:
    gated = reduce(add, (pitch_hits(o.result.material.f0.hz, _truth(o)) for o in part))
    raw = reduce(add, (_raw_hits(o) for o in part))
    at = (condition, order.split, group)
    yield Row("f0_gross_error", *at, _percent(gated.gross, gated.both), "%", gated.both, "n: frames voiced in both")
    yield Row("f0_octave_error", *at, _percent(gated.octave_down + gated.octave_up, gated.both), "%", gated.both)
    yield Row("f0_gross_error_ungated", *at, _percent(raw.gross, raw.both), "%", raw.both)
    yield Row("f0_voicing_error", *at, _percent(raw.voicing_wrong, raw.judged), "%", raw.judged, "tracker at 0.5")
    yield Row("f0_voiced_kept", *at, 100 - _percent(gated.missed, gated.voiced), "%", gated.voiced, "after the gates")


def _truth(outcome: Outcome) -> np.typing.NDArray[np.float32]:
    assert outcome.clip.f0_hz is not None
    return outcome.clip.f0_hz


def _raw_hits(outcome: Outcome) -> PitchHits:
    raw = outcome.result.raw
    assert raw is not None
    return pitch_hits(np.where(raw.confidence >= 0.5, raw.hz, np.float32(0)), _truth(outcome))


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _speaker_rows(order: Order, condition: str, group: str, part: list[Outcome]) -> Iterator[Row]:
    medians, ranges = [], []
    for outcome in part:
        found, true = outcome.result.values(), true_values(outcome)
        if "f0_median" in found and "f0_range" in found:
            medians.append(12 * float(np.log2(found["f0_median"] / true["f0_median"])))
            ranges.append(found["f0_range"] - true["f0_range"])
    at = (condition, order.split, group)
    yield Row("f0_median_error", *at, mean_abs(medians), "st", len(medians), "mean absolute, n: clips")
    yield Row("f0_range_error", *at, mean_abs(ranges), "st", len(ranges), "mean absolute, n: clips")
    worst = max((abs(error) for error in ranges), default=None)
    yield Row("f0_range_worst", *at, worst, "st", len(ranges))
    yield Row("f0_range_bias", *at, float(np.mean(ranges)) if ranges else None, "st", len(ranges))
