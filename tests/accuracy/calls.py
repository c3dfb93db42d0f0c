"""Two-channel calls with known turns, pauses and overlaps, scored through the product's own front door."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.intervals import intersection, joined, total
from analysis.turns import own_pauses
from analysis.types import Samples, Segment, Segments
from app.document import ScorecardDoc
from app.scoring import AgentChoice, ScoreOptions, score_file
from samples.alaw import write_alaw
from samples.call import Manner, SpokenTurn, Spot, channels_of, spoken_turns
from tests.accuracy.codecs import TELEPHONE_RATE_HZ, missing, through_gsm
from tests.accuracy.corpus import INVISIBLE_GAP_S, active_db, cached
from tests.accuracy.product import on_truth
from tests.accuracy.rows import Order, Row, Split, case
from tests.accuracy.scores import gaps_between, pause_hits
from tests.accuracy.texts import DIALOGUES

MANNERS: dict[Split, dict[str, Manner]] = {
    "dev": {
        "agent": Manner("suo", stretch=1.0, spread=0.5),
        "customer": Manner("espeak-fi+m3", stretch=0.95, level_dbfs=-24.0),
    },
    "test": {
        "agent": Manner("mv", stretch=0.95, pitch_factor=1.3, spread=0.5),
        "customer": Manner("espeak-fi+f4", stretch=0.95, level_dbfs=-24.0),
    },
}
PAUSE_MEASURES = {"pause_ratio": "ratio", "mean_pause_duration": "s", "pause_rate": "1/min", "longest_pause": "s"}


@dataclass(frozen=True, slots=True)
class Call:
    """A made call with its truth.

    Parameters
    ----------
    agent, customer : ndarray of float32, shape (n,)
        At 8 kHz.
    speech : dict of str to tuple of Segment
        True speech of each role.
    syllables : int
        The agent's.
    """

    agent: Samples
    customer: Samples
    speech: dict[str, Segments]
    syllables: int

    @property
    def pauses(self) -> Segments:
        """The agent's own, by the product's definition on the true speech."""
        return own_pauses(self.speech["agent"], self.speech["customer"])


@cache
def call_of(split: Split) -> Call:
    """The split's call."""
    spots = [Spot(role, text, after) for role, text, after in DIALOGUES[split]]
    seed = 71 if split == "dev" else 72

    def make() -> tuple[list[SpokenTurn], dict[str, Samples]]:
        turns = spoken_turns(spots, MANNERS[split], seed=seed, sample_rate=TELEPHONE_RATE_HZ)
        return turns, channels_of(turns, seed=seed, sample_rate=TELEPHONE_RATE_HZ)

    turns, channels = cached(f"call|{spots}|{MANNERS[split]}|{seed}", make)
    speech = {
        role: joined(
            (Segment(p.start, p.end) for turn in turns if turn.role == role for p in turn.phones),
            gap_s=INVISIBLE_GAP_S,
        )
        for role in ("agent", "customer")
    }
    syllables = sum(turn.spoken.syllable_count for turn in turns if turn.role == "agent")
    return Call(channels["agent"], channels["customer"], speech, syllables)


def scored(left: Samples, right: Samples, *, agent: AgentChoice = "left") -> ScorecardDoc:
    """The scorecard, without recognition, of an A-law file with these channels."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "call.wav"
        write_alaw(path, [left, right], sample_rate=TELEPHONE_RATE_HZ)
        return score_file(path, ScoreOptions(agent=agent, asr=False))


def value_of(document: ScorecardDoc, name: str) -> float | None:
    """A measure's value; None where it was not measured."""
    measure = document.measures.get(name)
    return None if measure is None else measure.value


@case("calls")
def calls(order: Order) -> Iterator[Row]:
    """Pauses, speech, overlap and level of the agent in a two-channel call, through `score_file`."""
    call = call_of(order.split)
    lines = {"a-law": (call.agent, call.customer, call.agent)}
    if not order.quick and missing("gsm") is None:
        coded = through_gsm(call.agent)
        lines["gsm"] = (coded, through_gsm(call.customer), coded)
    if not order.quick:
        leak = 10 ** (-25 / 20)
        lines["crosstalk25"] = (call.agent + leak * call.customer, call.customer + leak * call.agent, call.agent)
    for condition, (left, right, arrived) in lines.items():
        yield from _call_rows(order, condition, call, scored(left, right), arrived)


def _call_rows(order: Order, condition: str, call: Call, document: ScorecardDoc, arrived: Samples) -> Iterator[Row]:
    def row(quantity: str, value: float | None, unit: str, n: int = 1, note: str = "") -> Row:
        return Row(quantity, condition, order.split, "call", value, unit, n, note)

    agent = tuple(Segment(a, b) for a, b in document.timeline.speech)
    customer = tuple(Segment(a, b) for a, b in document.timeline.customer_speech)
    found = tuple(Segment(a, b) for a, b in document.timeline.pauses)
    hits = pause_hits(found, gaps_between(call.speech["agent"]))
    own = pause_hits(gaps_between(agent), call.pauses)
    precision, recall = hits.precision, own.recall
    yield row("pause_f1", 2 * precision * recall / (precision + recall), "0-1", own.true, "the agent's own pauses")
    yield row("speech_time_error", 100 * abs(total(agent) / total(call.speech["agent"]) - 1), "%")
    yield row("customer_time_error", 100 * abs(total(customer) / total(call.speech["customer"]) - 1), "%")
    overlap = total(intersection(agent, customer))
    true_overlap = total(intersection(call.speech["agent"], call.speech["customer"]))
    yield row("overlap_error", abs(overlap - true_overlap), "s", 1, f"of {true_overlap:.1f} s of true overlap")
    level = value_of(document, "speech_level")
    true_level = active_db(arrived, call.speech["agent"], TELEPHONE_RATE_HZ)
    yield row("speech_level_error", None if level is None else abs(level - true_level), "dB")
    rate = value_of(document, "articulation_rate")
    true_rate = call.syllables / total(call.speech["agent"])
    yield row("articulation_rate_nuclei_error", None if rate is None else 100 * abs(rate / true_rate - 1), "%")
    true = on_truth(
        call.agent, call.speech["agent"], sample_rate=TELEPHONE_RATE_HZ, f0=None, customer=call.speech["customer"]
    )
    for name, unit in PAUSE_MEASURES.items():
        value = value_of(document, name)
        yield row(f"{name}_error", None if value is None else abs(value - true[name]), unit, len(call.pauses))
