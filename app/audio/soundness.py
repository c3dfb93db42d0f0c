"""Warnings on how sound a file is: lengths that do not agree, lost stretches, impossible samples."""

from __future__ import annotations

from analysis.types import Message
from app.audio.facts import SignalFacts
from app.audio.intake import Damage
from app.audio.sniff import Demuxer

LENGTH_TOLERANCE_RATIO = 0.02
LENGTH_TOLERANCE_S = 0.5
DC_OFFSET_LIMIT = 0.05
UNCOMPRESSED: tuple[Demuxer, ...] = ("wav", "w64", "au", "caf", "aiff")


def lengths_differ(stated_s: float, found_s: float) -> bool:
    """Whether two lengths of one recording differ by more than 2 % and more than half a second."""
    difference = abs(stated_s - found_s)
    return difference > LENGTH_TOLERANCE_S and difference > LENGTH_TOLERANCE_RATIO * max(stated_s, found_s)


def length_warnings(
    demuxer: Demuxer, *, stated_s: float | None, decoded_s: float, damage: Damage
) -> tuple[Message, ...]:
    """What to say where the header's length and the decoded one differ, or where parts could not be decoded.

    Parameters
    ----------
    demuxer : str
    stated_s : float or None
        Length by the header; None where it gives none.
    decoded_s : float
    damage : Damage
    """
    found: list[Message] = []
    errors = damage.errors
    if stated_s is not None and lengths_differ(stated_s, decoded_s):
        if demuxer in UNCOMPRESSED or stated_s < decoded_s:
            found.append(Message("warning-header-length", {"stated_s": stated_s, "seconds": decoded_s}))
        else:
            found.append(Message("warning-cut-short", {"stated_s": stated_s, "seconds": decoded_s}))
            errors -= 1  # the packet that the cut went through
    if errors > 0 or (damage.gap_s and demuxer == "flac"):
        found.append(Message("warning-damaged", {"seconds": decoded_s - damage.gap_s}))
    elif damage.gap_s:
        found.append(Message("warning-gaps", {"seconds": damage.gap_s}))
    return tuple(found)


def signal_warnings(facts: SignalFacts, *, codec: str) -> tuple[Message, ...]:
    """What to say of samples that no recorder should write."""
    found: list[Message] = []
    if facts.not_finite:
        found.append(Message("warning-not-finite", {"count": facts.not_finite}))
    if facts.over_full_scale and codec.startswith("pcm_f"):
        found.append(Message("warning-over-full-scale", {"count": facts.over_full_scale}))
    for number, channel in enumerate(facts.channels, start=1):
        if abs(channel.dc_offset) > DC_OFFSET_LIMIT:
            found.append(Message("warning-dc-offset", {"channel": number, "offset": channel.dc_offset}))
    return tuple(found)
