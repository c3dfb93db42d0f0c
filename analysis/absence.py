"""Measures without a value, each with the reason that a person reads."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.catalogue import BY_NAME
from analysis.intervals import total
from analysis.types import FloatArray, Measure, Message, MessageArgument, PitchContour, Segment, SyllableCount


def absent(name: str, reason: str, **args: MessageArgument) -> Measure:
    """Measure `name` without a value, because of the text `reason`."""
    return Measure(name, None, BY_NAME[name].unit, reason=Message(reason, args))


def too_little(name: str, speech: Sequence[Segment], *, needed_s: float) -> Measure | None:
    """Absence for want of speech, or None when there is enough."""
    found = total(speech)
    if found <= 0:
        return absent(name, "reason-no-speech")
    if found < needed_s:
        return absent(name, "reason-too-little-speech", seconds=_rounded_down(found), needed=needed_s)
    return None


def too_little_voice(name: str, voiced: FloatArray, f0: PitchContour, *, needed_s: float) -> Measure | None:
    """Absence where less than `needed_s` seconds are voiced, else None."""
    found = len(voiced) * f0.step_s
    if found >= needed_s:
        return None
    return absent(name, "reason-too-little-voice", seconds=_rounded_down(found), needed=needed_s)


def no_syllables(name: str, syllables: Sequence[SyllableCount] | None) -> Measure:
    """Absence where syllables were not counted (None) or could not be heard (none of them)."""
    return absent(name, "reason-no-transcript" if syllables is None else "reason-syllables-unheard")


def _rounded_down(seconds: float) -> float:
    """To a tenth, so that a length just short of the need does not read as the need."""
    return math.floor(10 * seconds + 1e-6) / 10
