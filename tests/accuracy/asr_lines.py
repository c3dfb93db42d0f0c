"""The speech of the recognition bench over a line: one of its own two, or one of those that all else goes over."""

from __future__ import annotations

import numpy as np

from analysis.intervals import joined
from analysis.types import Samples, Segment
from tests.accuracy import asr_speech, conditions
from tests.accuracy.asr_speech import SpokenTurns
from tests.accuracy.corpus import FLOOR_DBFS, INVISIBLE_GAP_S
from tests.accuracy.rows import Order, Split

OWN = ("clean", "telephone")
"""A quiet room at 16 kHz, and A-law with noise 28 dB under the speech."""


def lines_of(order: Order) -> tuple[str, ...]:
    """The lines that were asked for and can be made here."""
    return (*(OWN if order.own else ()), *(line for line in order.conditions if conditions.unavailable(line) is None))


def arrived(spoken: SpokenTurns, condition: str, *, seed: int, split: Split) -> tuple[Samples, int]:
    """What comes out of the line, and its sample rate."""
    if condition in OWN:
        return asr_speech.CONDITIONS[condition](spoken.samples, seed=seed)
    speech = joined((Segment(phone.start, phone.end) for phone in spoken.phones), gap_s=INVISIBLE_GAP_S)
    floor = np.random.default_rng(seed).standard_normal(len(spoken.samples)) * 10 ** (FLOOR_DBFS / 20)
    quiet = (spoken.samples + floor).astype(np.float32)
    name = f"{spoken.text[:40]} {len(spoken.samples)}"
    heard = conditions.sent(quiet, speech, condition, name=name, split=split)
    return heard.samples, heard.sample_rate
