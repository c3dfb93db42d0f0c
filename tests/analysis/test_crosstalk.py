"""The other voice in a channel: found at every level and delay, kept out, and not found where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.crosstalk import Leak, leak_between, without_leak
from analysis.intervals import intersection, subtracted, total
from analysis.types import Samples, Segment, Segments
from models.detection import Detection, detected
from tests.analysis.made_levels import amplified, delayed, levels_of_db
from tests.fakes import channels_of
from tests.signals import ArrayChannel

CALLS = ("hyva_puhelu", "kiireinen_puhelu", "taytepuhelu")


@dataclass(frozen=True)
class Call:
    agent: Samples
    customer: Samples
    rate: int
    agent_found: Detection
    customer_found: Detection


@cache
def call(stem: str) -> Call:
    (agent, customer), rate = channels_of(stem)
    found = [detected(ArrayChannel(samples, rate)) for samples in (agent, customer)]
    return Call(agent, customer, rate, *found)


def leaking(made: Call, *, gain_db: float, delay_s: float) -> Detection:
    """The agent's channel with the customer in it."""
    lag = round(delay_s * made.rate)
    leak = np.concatenate((np.zeros(lag, np.float32), made.customer))[: len(made.agent)]
    mixed = np.clip(made.agent + np.float32(10 ** (gain_db / 20)) * leak, -1, 1)
    return detected(ArrayChannel(mixed, made.rate))


# --- known answer: sample calls with a leak put in --------------------------------------------------------------------


@pytest.mark.parametrize("stem", CALLS)
@pytest.mark.parametrize(
    ("gain_db", "delay_s"), [(-30, 0.0), (-30, 0.18), (-20, 0.0), (-20, 0.09), (-12, 0.04), (-12, 0.18)]
)
def test_the_agent_stays_and_the_customer_is_kept_out(stem: str, gain_db: float, delay_s: float) -> None:
    made = call(stem)
    found = leaking(made, gain_db=gain_db, delay_s=delay_s)
    leak = leak_between(made.customer_found.levels, found.levels, made.customer_found.speech)
    assert leak is not None
    assert leak.gain_db == pytest.approx(gain_db, abs=1.5)
    assert leak.delay_s == pytest.approx(delay_s, abs=0.021)
    speech = without_leak(found.speech, found.levels, made.customer_found.levels, leak)
    own = made.agent_found.speech
    assert total(intersection(speech, own)) / total(own) > 0.95
    assert total(subtracted(speech, own)) < 0.05 * total(made.customer_found.speech)


@pytest.mark.parametrize("stem", CALLS)
def test_without_the_gate_the_customer_would_be_counted(stem: str) -> None:
    """Proves the test above: at -12 dB the detector alone takes nearly all that leaks for the agent's."""
    made = call(stem)
    found = leaking(made, gain_db=-12, delay_s=0.04)
    assert total(subtracted(found.speech, made.agent_found.speech)) > 0.8 * total(made.customer_found.speech)


@pytest.mark.parametrize("stem", CALLS)
def test_no_leak_is_found_where_there_is_none(stem: str) -> None:
    made = call(stem)
    for source, target in (
        (made.customer_found, made.agent_found),
        (made.agent_found, made.customer_found),
    ):
        assert leak_between(source.levels, target.levels, source.speech) is None


def test_two_calls_that_have_nothing_to_do_with_each_other_do_not_leak() -> None:
    for first, second in (("hyva_puhelu", "taytepuhelu"), ("kiireinen_puhelu", "hyva_puhelu")):
        source, target = call(first).agent_found, call(second).agent_found
        assert leak_between(source.levels, target.levels, source.speech) is None


# --- known answer: levels made by hand --------------------------------------------------------------------------------


def wavering(seconds: float, *, seed: int) -> np.ndarray:
    """Levels that move as speech does: slowly, over 20 dB."""
    steps = np.random.default_rng(seed).normal(0, 6, round(10 * seconds))
    return -25 + np.interp(np.arange(round(100 * seconds)) / 10, np.arange(len(steps)), steps)


def test_a_leak_has_the_gain_and_delay_that_it_was_made_with() -> None:
    source = levels_of_db(wavering(10, seed=1))
    target = delayed(amplified(source, -20), 7)
    leak = leak_between(source, target, (Segment(0, 10),))
    assert leak is not None
    assert leak == Leak(pytest.approx(-20, abs=0.01), pytest.approx(0.07), pytest.approx(1, abs=1e-3))


def test_three_seconds_of_the_other_voice_are_needed() -> None:
    source = levels_of_db(wavering(10, seed=1))
    target = amplified(source, -20)
    assert leak_between(source, target, (Segment(0, 2.9),)) is None
    assert leak_between(source, target, ()) is None
    assert leak_between(source, target, (Segment(0, 10),)) is not None


def test_a_delay_beyond_any_line_is_no_leak() -> None:
    source = levels_of_db(wavering(10, seed=1))
    assert leak_between(source, delayed(amplified(source, -20), 38), (Segment(0, 10),)) is not None
    assert leak_between(source, delayed(amplified(source, -20), 60), (Segment(0, 10),)) is None


def test_noise_that_stays_level_is_no_leak() -> None:
    source = levels_of_db(wavering(10, seed=1))
    noise = levels_of_db(-55 + np.random.default_rng(2).normal(0, 1, 1000))
    assert leak_between(source, noise, (Segment(0, 10),)) is None
    assert leak_between(source, levels_of_db(np.full(1000, -100.0)), (Segment(0, 10),)) is None


def test_a_channel_that_stops_early_is_compared_as_far_as_it_goes() -> None:
    source = levels_of_db(wavering(10, seed=1))
    assert leak_between(source, levels_of_db(source.db[:700] - 20), (Segment(0, 10),)) is not None
    assert leak_between(source, levels_of_db([]), (Segment(0, 10),)) is None


@pytest.mark.parametrize(("own_db", "kept"), [(-30.0, True), (-38.0, True), (-42.0, False), (-60.0, False)])
def test_what_stays_is_6_db_above_what_could_leak(own_db: float, kept: bool) -> None:
    """The source speaks at -25 dB and leaks at -20: what is weaker than -39 may be the leak."""
    source, target = levels_of_db(np.full(500, -25.0)), levels_of_db(np.full(500, own_db))
    speech = without_leak((Segment(1, 3),), target, source, Leak(-20, 0, 1))
    assert total(speech) == pytest.approx(2 if kept else 0, abs=0.02)


# --- law --------------------------------------------------------------------------------------------------------------


@given(st.floats(-30, -10), st.integers(0, 18), st.integers(0, 100))
def test_any_leak_between_the_limits_is_found(gain_db: float, lag: int, seed: int) -> None:
    source = levels_of_db(wavering(8, seed=seed))
    target = delayed(amplified(source, gain_db), lag)
    leak = leak_between(source, target, (Segment(0, 8),))
    assert leak is not None
    assert leak.gain_db == pytest.approx(gain_db, abs=0.1)
    assert leak.delay_s == pytest.approx(lag / 100)


@given(st.lists(st.tuples(st.integers(0, 700), st.integers(1, 90)), max_size=6), st.integers(0, 50))
def test_nothing_is_added_but_gaps_of_a_frame_or_two(pieces: list[tuple[int, int]], seed: int) -> None:
    mask = np.zeros(800, np.bool_)
    for first, count in pieces:
        mask[first : first + count] = True
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(int)))
    speech: Segments = tuple(Segment(a / 100, b / 100) for a, b in zip(edges[::2], edges[1::2], strict=True))
    source, target = levels_of_db(wavering(8, seed=seed)), levels_of_db(wavering(8, seed=seed + 1) - 15)
    kept = without_leak(speech, target, source, Leak(-20, 0.05, 0.9))
    added = subtracted(kept, speech)
    assert all(segment.duration < 0.13 for segment in added)
    assert all(segment.duration > 0.099 for segment in kept)
