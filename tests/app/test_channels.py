"""Who is on which channel: told, guessed, one voice twice, a dead channel, and one voice heard on the other's line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from analysis.types import Samples
from app.audio.decode import decode
from app.channels import AgentChannel, Sides, sides_of
from app.errors import InputError
from tests.fakes import Pair, channels_of, common_s, seconds_of, write_wav

RATE = 8000
SECONDS = 40
Asked = Callable[..., Sides]


@pytest.fixture(scope="module")
def voices() -> tuple[Samples, Samples]:
    """Agent and customer of a call; the agent is the first to speak."""
    (agent, customer), rate = channels_of("kiireinen_puhelu")
    assert rate == RATE
    return agent[: SECONDS * RATE], customer[: SECONDS * RATE]


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    """Sides of a recording made of the channels that are given."""
    with ExitStack() as stack:

        def sides(*channels: Samples, told: AgentChannel | None = None) -> Sides:
            folder = tmp_path / str(len(list(tmp_path.iterdir())))
            folder.mkdir()
            path = write_wav(folder / "a.wav", channels, rate_hz=RATE)
            return sides_of(stack.enter_context(decode(path, folder)), told)

        yield sides


def speech_of(sides: Sides) -> list[Pair]:
    return [(segment.start, segment.end) for segment in sides.detection.speech]


def ids(sides: Sides) -> list[str]:
    return [warning.id for warning in sides.warnings]


def share_kept(sides: Sides, clean: Sides) -> float:
    return common_s(speech_of(sides), speech_of(clean)) / seconds_of(speech_of(clean))


# --- known answer: two voices -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("told", "index"), [("left", 0), ("right", 1)])
def test_the_told_channel_is_measured(
    asked: Asked, voices: tuple[Samples, Samples], told: AgentChannel, index: int
) -> None:
    sides = asked(*voices, told=told)
    assert (sides.agent.index, sides.name, sides.source, sides.both_voices) == (index, told, "told", False)
    assert ids(sides) == []
    other = asked(*voices, told="right" if told == "left" else "left")
    assert sides.customer == other.detection.speech
    assert other.customer == sides.detection.speech


def test_who_speaks_first_is_taken_for_the_agent(asked: Asked, voices: tuple[Samples, Samples]) -> None:
    agent, customer = voices
    for channels, name in (((agent, customer), "left"), ((customer, agent), "right")):
        sides = asked(*channels)
        assert (sides.name, sides.source, sides.both_voices) == (name, "guessed", False)
        [warning] = sides.warnings
        assert (warning.id, warning.args) == ("warning-agent-guessed", {"channel": name})


def test_a_short_sound_is_no_greeting(asked: Asked, voices: tuple[Samples, Samples]) -> None:
    """A third of a second of the customer's voice before the agent answers: a "joo", not a greeting."""
    agent, customer = (channel.copy() for channel in voices)
    word = customer[round(4.0 * RATE) : round(4.3 * RATE)]
    customer[round(0.1 * RATE) : round(0.1 * RATE) + len(word)] += word
    assert asked(agent, customer).name == "left"


def test_mono_of_two_channels_is_the_first_that_has_sound(asked: Asked, voices: tuple[Samples, Samples]) -> None:
    agent, _ = voices
    silence = np.zeros_like(agent)
    for channels, index in (((agent, silence), 0), ((silence, agent), 1)):
        sides = asked(*channels, told="mono")
        assert (sides.agent.index, sides.name, sides.source, sides.both_voices) == (index, "mono", "told", False)
        assert sides.customer is None


# --- known answer: one voice ------------------------------------------------------------------------------------------


def test_one_channel_holds_both_unless_it_is_told(asked: Asked, voices: tuple[Samples, Samples]) -> None:
    both = asked(voices[0])
    assert (both.name, both.source, both.both_voices, both.customer) == ("mono", "only", True, None)
    assert ids(both) == ["warning-both-voices"]
    for told in ("mono", "left"):
        alone = asked(voices[0], told=told)
        assert (alone.source, alone.both_voices, ids(alone)) == ("told", False, [])
        assert speech_of(alone) == speech_of(both)


def test_the_right_of_one_channel_is_refused(asked: Asked, voices: tuple[Samples, Samples]) -> None:
    with pytest.raises(InputError, match=r"has one channel, so the agent cannot be on the right\."):
        asked(voices[0], told="right")


@pytest.mark.parametrize("sign", [1.0, -1.0], ids=["same", "opposite phase"])
@pytest.mark.parametrize("gain", [1.0, 0.5])
def test_the_same_sound_twice_is_one_channel(
    asked: Asked, voices: tuple[Samples, Samples], sign: float, gain: float
) -> None:
    sides = asked(voices[0], voices[0] * np.float32(sign * gain))
    if gain == 1.0:
        assert ids(sides) == ["warning-fake-stereo", "warning-both-voices"]
        assert (sides.name, sides.both_voices, sides.customer) == ("mono", True, None)
    assert share_kept(sides, asked(voices[0])) > 0.95


@pytest.mark.parametrize("dead", [0, 1])
def test_a_dead_channel_is_told_of_and_the_other_measured(
    asked: Asked, voices: tuple[Samples, Samples], dead: int
) -> None:
    channels = [voices[0], voices[0]]
    channels[dead] = np.zeros_like(voices[0])
    live, name = 1 - dead, ("left", "right")[1 - dead]
    sides = asked(*channels)
    assert (sides.agent.index, sides.name, sides.both_voices, sides.customer) == (live, name, True, None)
    assert ids(sides) == ["warning-dead-channel", "warning-both-voices"]
    assert sides.warnings[0].args == {"channel": ("left", "right")[dead]}
    told = asked(*channels, told=name)
    assert (told.source, told.both_voices, ids(told)) == ("told", False, ["warning-dead-channel"])
    with pytest.raises(InputError, match=f"Nothing is heard on the {('left', 'right')[dead]} channel"):
        asked(*channels, told=("left", "right")[dead])


@pytest.mark.parametrize("told", [None, "left", "right", "mono"])
def test_two_dead_channels_are_no_speech_and_no_error(asked: Asked, told: AgentChannel | None) -> None:
    silence = np.zeros(5 * RATE, np.float32)
    sides = asked(silence, silence, told=told)
    assert sides.detection.speech == ()
    assert ids(sides) == []


# --- known answer: crosstalk ------------------------------------------------------------------------------------------


def mixed(first: Samples, second: Samples, *, gain_db: float, delay_s: float) -> Samples:
    """`first` with `second` in it, weaker and later."""
    lag = round(delay_s * RATE)
    late = np.concatenate((np.zeros(lag, np.float32), second))[: len(first)]
    return np.asarray(first + np.float32(10 ** (gain_db / 20)) * late, np.float32)


@pytest.mark.parametrize(("gain_db", "delay_s"), [(-30, 0.0), (-20, 0.06), (-12, 0.18)])
@pytest.mark.parametrize("both_ways", [False, True])
def test_a_leak_is_kept_out_and_told_of(
    asked: Asked, voices: tuple[Samples, Samples], gain_db: float, delay_s: float, both_ways: bool
) -> None:
    agent, customer = voices
    clean = asked(agent, customer, told="left")
    other = mixed(customer, agent, gain_db=gain_db, delay_s=delay_s) if both_ways else customer
    sides = asked(mixed(agent, customer, gain_db=gain_db, delay_s=delay_s), other, told="left")
    [warning] = sides.warnings
    assert warning.id == "warning-crosstalk"
    assert warning.args["level_db"] == pytest.approx(gain_db, abs=2)
    assert share_kept(sides, clean) > 0.9
    foreign = seconds_of(speech_of(sides)) - common_s(speech_of(sides), speech_of(clean))
    assert clean.customer is not None
    assert foreign < 0.05 * sum(segment.duration for segment in clean.customer)


def test_a_clean_call_has_no_crosstalk(asked: Asked, voices: tuple[Samples, Samples]) -> None:
    for told in ("left", "right"):
        assert ids(asked(*voices, told=told)) == []


def test_with_a_leak_the_agent_is_still_the_first_to_speak(asked: Asked, voices: tuple[Samples, Samples]) -> None:
    agent, customer = voices
    heard = mixed(customer, agent, gain_db=-15, delay_s=0.0)
    assert asked(agent, heard).name == "left"
    assert asked(heard, agent).name == "right"


# --- law --------------------------------------------------------------------------------------------------------------


def test_swapped_channels_swap_names_and_nothing_else(asked: Asked, voices: tuple[Samples, Samples]) -> None:
    one, other = asked(*voices, told="left"), asked(*voices[::-1], told="right")
    assert (one.name, other.name) == ("left", "right")
    assert speech_of(one) == speech_of(other)
    assert one.customer == other.customer
    assert one.detection.active == other.detection.active
