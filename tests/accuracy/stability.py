"""Laws: what must not change the figures, and by how much it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from analysis.types import Samples
from app.document import ScorecardDoc
from tests.accuracy.calls import Call, call_of, scored, value_of
from tests.accuracy.codecs import TELEPHONE_RATE_HZ, missing, through_av, through_gsm
from tests.accuracy.corpus import active_db
from tests.accuracy.rows import Order, Row, case

FIGURES = {
    "articulation_rate": "syll/s",
    "phonation_time": "s",
    "pause_rate": "1/min",
    "mean_pause_duration": "s",
    "pause_ratio": "ratio",
    "longest_pause": "s",
    "f0_median": "Hz",
    "f0_range": "st",
    "f0_sd": "st",
    "creak_share": "%",
    "speech_level": "dBFS",
    "level_range": "dB",
    "phrase_end_drop": "dB",
}
SHIFT_S = 0.137
GAIN_DB = -12.0


def _shifted(call: Call) -> ScorecardDoc:
    """0.137 s of line noise first."""
    rng = np.random.default_rng(9)
    count = round(SHIFT_S * TELEPHONE_RATE_HZ)

    def later(samples: Samples) -> Samples:
        noise = rng.standard_normal(count) * 10 ** (-61 / 20)
        return np.concatenate((noise.astype(np.float32), samples))

    return scored(later(call.agent), later(call.customer))


def _softer(call: Call) -> ScorecardDoc:
    gain = np.float32(10 ** (GAIN_DB / 20))
    return scored(call.agent * gain, call.customer * gain)


def _twice_coded(call: Call) -> ScorecardDoc:
    return scored(through_av(call.agent, "pcm_mulaw"), through_av(call.customer, "pcm_mulaw"))


def _gsm(call: Call) -> ScorecardDoc:
    return scored(through_gsm(call.agent), through_gsm(call.customer))


def _swapped(call: Call) -> ScorecardDoc:
    return scored(call.customer, call.agent, agent="right")


LAWS: dict[str, Callable[[Call], ScorecardDoc]] = {
    "shift": _shifted,
    "gain-12": _softer,
    "mu-law": _twice_coded,
    "gsm": _gsm,
    "swapped": _swapped,
}


@case("stability")
def stability(order: Order) -> Iterator[Row]:
    """How far each figure moves when the call is shifted, made softer, coded again, swapped or halved."""
    call = call_of(order.split)
    whole = scored(call.agent, call.customer)
    for law, change in LAWS.items():
        if law == "gsm" and missing("gsm"):
            continue
        changed = change(call)
        expected = {"speech_level": _true_change_db(law, call)}
        for name, unit in FIGURES.items():
            yield _row(order, law, name, unit, value_of(whole, name), value_of(changed, name), expected.get(name, 0.0))
    yield from _halves(order, call, whole)


def _true_change_db(law: str, call: Call) -> float:
    """What the change does to the level of the agent's speech itself; a codec takes some of it away."""
    if law == "gain-12":
        return GAIN_DB
    coded = {"gsm": through_gsm, "mu-law": lambda samples: through_av(samples, "pcm_mulaw")}.get(law)
    if coded is None:
        return 0.0
    levels = [active_db(s, call.speech["agent"], TELEPHONE_RATE_HZ) for s in (coded(call.agent), call.agent)]
    return levels[0] - levels[1]


def _row(
    order: Order, law: str, name: str, unit: str, before: float | None, after: float | None, expected: float = 0.0
) -> Row:
    if before is None or after is None:
        gone = "in neither" if before is after else "after" if after is None else "before"
        return Row(f"moved_{name}", law, order.split, "call", None, unit, 0, f"not measured {gone}")
    note = f"{before:.4g} before"
    return Row(f"moved_{name}", law, order.split, "call", abs(after - before - expected), unit, 1, note)


def _halves(order: Order, call: Call, whole: ScorecardDoc) -> Iterator[Row]:
    """The call said twice over, cut where it begins again: each figure of the halves together against the whole's."""
    left, right = np.tile(call.agent, 2), np.tile(call.customer, 2)
    middle = len(call.agent)
    both = scored(left, right)
    halves = [scored(left[part], right[part]) for part in (slice(None, middle), slice(middle, None))]
    for name, unit in FIGURES.items():
        values = [value_of(half, name) for half in halves]
        together: float | None = None
        if all(value is not None for value in values):
            numbers = [value for value in values if value is not None]
            together = sum(numbers) if name == "phonation_time" else float(np.mean(numbers))
        yield _row(order, "halves", name, unit, value_of(both, name), together)
