"""Which channel is the agent's, and what must be said about the channels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from analysis.crosstalk import Leak, leak_between, without_leak
from analysis.noise import active_level
from analysis.types import Message, Samples, Segments
from app.audio.spool import Spool
from app.errors import InputError
from models.detection import Detection, detected

AgentChannel = Literal["left", "right", "mono"]
NAMES: tuple[AgentChannel, AgentChannel] = ("left", "right")
FIRST_WORDS_S = 0.5


@dataclass(frozen=True, slots=True)
class SpoolChannel:
    """One channel of a spooled recording, read piece by piece."""

    spool: Spool
    index: int

    @property
    def sample_rate(self) -> int:
        """In Hz."""
        return self.spool.analysis_rate

    @property
    def sample_count(self) -> int:
        """Samples in all."""
        return self.spool.n_samples

    def read(self, first: int, last: int) -> Samples:
        """Samples from `first` to `last`, clipped to the channel."""
        return self.spool.read(self.index, first, last)


@dataclass(frozen=True, slots=True)
class Sides:
    """The measured channel, and the other one where it holds the customer.

    Parameters
    ----------
    agent : SpoolChannel
    name : {"left", "right", "mono"}
    source : {"told", "guessed", "only"}
    detection : Detection
        Of the agent's channel.
    customer : tuple of Segment or None
        The customer's speech; None where the recording does not hold it on a channel of its own.
    both_voices : bool
        Whether the customer is likely to be in the measured channel.
    warnings : tuple of Message
    """

    agent: SpoolChannel
    name: AgentChannel
    source: Literal["told", "guessed", "only"]
    detection: Detection
    customer: Segments | None
    both_voices: bool
    warnings: tuple[Message, ...]


def sides_of(spool: Spool, told: AgentChannel | None) -> Sides:
    """Who is on which channel.

    Parameters
    ----------
    spool : Spool
    told : {"left", "right", "mono"} or None
        What the caller says: ``mono`` means that one voice, the agent's, is in all of it.

    Raises
    ------
    InputError
        If the told channel is not there or has no sound in it.
    """
    if spool.channels == 1:
        if told == "right":
            raise InputError("error-one-channel-only", asked="right")
        return _one_voice(spool, 0, told, ())
    silent = all(facts.dead for facts in spool.facts)
    if spool.equal_channels and not silent:
        return _one_voice(spool, 0, told, (Message("warning-fake-stereo"),))
    dead = [index for index in (0, 1) if spool.facts[index].dead]
    if told == "mono":
        live = next((index for index in (0, 1) if index not in dead), 0)
        return _one_voice(spool, live, told, ())
    if silent:
        return _one_voice(spool, 0, told, ())
    if len(dead) == 1:
        if told is not None and NAMES.index(told) in dead:
            raise InputError("error-agent-channel-silent", channel=told)
        live = 1 - dead[0]
        warning = Message("warning-dead-channel", {"channel": NAMES[dead[0]]})
        return _one_voice(spool, live, told, (warning,), name=NAMES[live])
    return _two_sides(spool, told)


def _one_voice(
    spool: Spool, index: int, told: AgentChannel | None, warnings: tuple[Message, ...], *, name: AgentChannel = "mono"
) -> Sides:
    channel = SpoolChannel(spool, index)
    found = detected(channel)
    both = told is None
    said = (*warnings, Message("warning-both-voices")) if both and found.speech else warnings
    return Sides(channel, name, "told" if told else "only", found, None, both, said)


def _two_sides(spool: Spool, told: AgentChannel | None) -> Sides:
    channels = [SpoolChannel(spool, index) for index in (0, 1)]
    raw = [detected(channel) for channel in channels]
    leaks = [leak_between(raw[1 - i].levels, raw[i].levels, raw[1 - i].speech) for i in (0, 1)]
    found = [_cleaned(raw[i], raw[1 - i], leaks[i]) for i in (0, 1)]
    index = _first_to_speak(found) if told is None else NAMES.index(told)
    warnings = () if told else (Message("warning-agent-guessed", {"channel": NAMES[index]}),)
    leak = leaks[index]
    if leak is not None:
        warnings = (*warnings, Message("warning-crosstalk", {"level_db": round(leak.gain_db)}))
    return Sides(
        channels[index],
        NAMES[index],
        "told" if told else "guessed",
        found[index],
        found[1 - index].speech,
        False,
        warnings,
    )


def _cleaned(target: Detection, source: Detection, leak: Leak | None) -> Detection:
    if leak is None:
        return target
    speech = without_leak(target.speech, target.levels, source.levels, leak)
    return replace(target, speech=speech, active=active_level(target.levels, speech))


def _first_to_speak(found: list[Detection]) -> int:
    """The side that first says something longer than a syllable or two: agents answer with a greeting."""
    starts = [
        next((segment.start for segment in detection.speech if segment.duration >= FIRST_WORDS_S), float("inf"))
        for detection in found
    ]
    return 1 if starts[1] < starts[0] else 0
