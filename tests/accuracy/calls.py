"""A two-channel call with known turns, pauses and overlaps over each line, scored through the product's front door."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import soundfile

from analysis.intervals import intersection, joined, total
from analysis.turns import own_pauses
from analysis.types import Samples, Segment, Segments
from app.document import ScorecardDoc
from app.scoring import AgentChoice, ScoreOptions, score_file
from samples.alaw import write_alaw
from samples.call import Manner, SpokenTurn, Spot, channels_of, spoken_turns
from tests.accuracy.codecs import TELEPHONE_RATE_HZ
from tests.accuracy.conditions import CONDITIONS, Heard, unavailable
from tests.accuracy.corpus import (
    FLOOR_DBFS,
    INVISIBLE_GAP_S,
    LEVEL_DBFS,
    RATE_HZ,
    Clip,
    active_db,
    at_active_level,
    cached,
    synthetic_clips,
)
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
ROLES = ("agent", "customer")
TAIL_S = 0.8
PAUSE_MEASURES = {"pause_ratio": "ratio", "mean_pause_duration": "s", "pause_rate": "1/min", "longest_pause": "s"}


@dataclass(frozen=True, slots=True)
class Call:
    """A made call with its truth.

    Parameters
    ----------
    agent, customer : ndarray of float32, shape (n,)
        At 8 kHz, in the telephone band.
    wide : dict of str to Clip
        Both roles at 16 kHz, to be sent over a line.
    speech : dict of str to tuple of Segment
        True speech of each role.
    syllables : int
        The agent's.
    """

    agent: Samples
    customer: Samples
    wide: dict[str, Clip]
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

    def made(sample_rate: int) -> list[SpokenTurn]:
        return cached(
            f"turns|{spots}|{MANNERS[split]}|{seed}|{sample_rate}",
            lambda: spoken_turns(spots, MANNERS[split], seed=seed, sample_rate=sample_rate),
        )

    turns = made(TELEPHONE_RATE_HZ)
    channels = channels_of(turns, seed=seed, sample_rate=TELEPHONE_RATE_HZ)
    wide = {role: _wide(made(RATE_HZ), role, seed) for role in ROLES}
    syllables = sum(turn.spoken.syllable_count for turn in turns if turn.role == "agent")
    speech = {role: _speech(turns, role) for role in ROLES}
    return Call(channels["agent"], channels["customer"], wide, speech, syllables)


def _speech(turns: list[SpokenTurn], role: str) -> Segments:
    phones = (phone for turn in turns if turn.role == role for phone in turn.phones)
    return joined((Segment(phone.start, phone.end) for phone in phones), gap_s=INVISIBLE_GAP_S)


def _wide(turns: list[SpokenTurn], role: str, seed: int) -> Clip:
    """One role's turns as they were said, at the bench's level and over its floor, as long as the call."""
    samples = np.zeros(round((max(turn.phones[-1].end for turn in turns) + TAIL_S) * RATE_HZ), np.float32)
    for turn in (turn for turn in turns if turn.role == role):
        first = round(turn.start * RATE_HZ)
        samples[first : first + len(turn.spoken.samples)] += turn.spoken.samples
    speech = _speech(turns, role)
    floor = np.random.default_rng(seed + ROLES.index(role)).standard_normal(len(samples)) * 10 ** (FLOOR_DBFS / 20)
    levelled = at_active_level(samples, speech, RATE_HZ, LEVEL_DBFS)
    return Clip(f"call {role}", "call", role, (levelled + floor).astype(np.float32), speech)


def scored(left: Samples, right: Samples, *, agent: AgentChoice = "left") -> ScorecardDoc:
    """The scorecard, without recognition, of an A-law file with these channels."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "call.wav"
        write_alaw(path, [left, right], sample_rate=TELEPHONE_RATE_HZ)
        return score_file(path, ScoreOptions(agent=agent, asr=False))


def _scored_as_it_is(left: Samples, right: Samples, sample_rate: int) -> ScorecardDoc:
    """The same of a file that adds nothing: what the line did is all that is done to it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "call.wav"
        soundfile.write(path, np.column_stack((left, right)), sample_rate, subtype="FLOAT")
        return score_file(path, ScoreOptions(agent="left", asr=False))


def value_of(document: ScorecardDoc, name: str) -> float | None:
    """A measure's value; None where it was not measured."""
    measure = document.measures.get(name)
    return None if measure is None else measure.value


@case("calls")
def calls(order: Order) -> Iterator[Row]:
    """Pauses, speech, overlap and level of the agent in a two-channel call, through `score_file`."""
    call = call_of(order.split)
    others = synthetic_clips(order)
    for condition in order.conditions:
        if unavailable(condition) is None:
            left, right = (CONDITIONS[condition](call.wide[role], others) for role in ROLES)
            document = _scored_as_it_is(left.samples, right.samples, left.sample_rate)
            yield from _call_rows(order, condition, call, document, left)
    if not order.quick:
        leak = 10 ** (-25 / 20)
        document = scored(call.agent + leak * call.customer, call.customer + leak * call.agent)
        alone = Heard(call.agent, TELEPHONE_RATE_HZ, call.agent, call.agent)
        yield from _call_rows(order, "crosstalk25", call, document, alone)


def _call_rows(order: Order, condition: str, call: Call, document: ScorecardDoc, agent_heard: Heard) -> Iterator[Row]:
    def row(quantity: str, value: float | None, unit: str, n: int = 1, note: str = "") -> Row:
        return Row(quantity, condition, order.split, "call", value, unit, n, note)

    agent = tuple(Segment(a, b) for a, b in document.timeline.speech)
    customer = tuple(Segment(a, b) for a, b in document.timeline.customer_speech)
    found = tuple(Segment(a, b) for a, b in document.timeline.pauses)
    hits = pause_hits(found, gaps_between(call.speech["agent"]))
    own = pause_hits(gaps_between(agent), call.pauses)
    precision, recall = hits.precision, own.recall
    both = precision + recall
    yield row("pause_f1", 2 * precision * recall / both if both else 0.0, "0-1", own.true, "the agent's own pauses")
    yield row("speech_time_error", 100 * abs(total(agent) / total(call.speech["agent"]) - 1), "%")
    yield row("customer_time_error", 100 * abs(total(customer) / total(call.speech["customer"]) - 1), "%")
    overlap = total(intersection(agent, customer))
    true_overlap = total(intersection(call.speech["agent"], call.speech["customer"]))
    yield row("overlap_error", abs(overlap - true_overlap), "s", 1, f"of {true_overlap:.1f} s of true overlap")
    level = value_of(document, "speech_level")
    true_level = active_db(agent_heard.arrived, call.speech["agent"], agent_heard.sample_rate)
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
