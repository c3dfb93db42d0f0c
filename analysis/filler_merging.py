"""Brings together the hesitations that were written and those that were heard."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.types import Filler, Segment


def merged_fillers(
    written: tuple[Filler, ...], heard: tuple[Filler, ...], *, part_s: float = 0.1
) -> tuple[Filler, ...]:
    """Written and heard fillers in time order; a heard one that a written hesitation overlaps makes that one certain.

    Each written one takes the heard one that fits it best, with its times, which are better than the recogniser's; and
    those that lie within it and follow one another so closely (`part_s`) that they are parts of one sound.
    """
    written = tuple(filler for filler in written if not _says_again(filler, written))
    free = {filler.segment for filler in heard if filler.segment is not None}
    taken = _pairs(written, free)
    free -= set(taken.values())
    result: list[Filler] = []
    for number, filler in enumerate(written):
        own, sound = filler.segment, taken.get(number)
        if own is None or sound is None:
            result.append(filler)
            continue
        free -= {s for s in free if _shared_s(s, own) >= 0.8 * s.duration and -_shared_s(s, sound) < part_s}
        others = (one.segment for i, one in enumerate(written) if one.kind == "hesitation" and i not in taken)
        alone = not any(other is not None and _shared_s(sound, other) > 0 for other in others)
        result.append(Filler(sound if alone else own, filler.text, filler.kind, "certain", "both"))
    result.extend(filler for filler in heard if filler.segment in free)
    return tuple(sorted(result, key=lambda filler: filler.segment.start if filler.segment else 0.0))


def _pairs(written: Sequence[Filler], heard: set[Segment]) -> dict[int, Segment]:
    """The heard sound of each written hesitation that has one, by its number.

    Of all that touch, those that share most of their common stretch first.
    """
    timed = [(i, one.segment) for i, one in enumerate(written) if one.segment and one.kind == "hesitation"]
    fits = [
        (-_shared_s(sound, own) / (max(sound.end, own.end) - min(sound.start, own.start)), sound, number)
        for number, own in timed
        for sound in heard
        if _touch(sound, own)
    ]
    taken: dict[int, Segment] = {}
    for _, sound, number in sorted(fits):
        if number not in taken and sound not in taken.values():
            taken[number] = sound
    return taken


def _says_again(filler: Filler, written: Sequence[Filler], *, shortest_s: float = 0.05) -> bool:
    """Whether a hesitation is written without a time to be said in, right at another one: the recogniser stuttered."""
    own = filler.segment
    if own is None or filler.kind != "hesitation" or own.duration >= shortest_s:
        return False
    others = (one.segment for one in written if one.segment and one.kind == filler.kind)
    return any(_touch(own, other, slack_s=shortest_s) for other in others if other.duration >= shortest_s)


def _shared_s(first: Segment, second: Segment) -> float:
    return min(first.end, second.end) - max(first.start, second.start)


def _touch(first: Segment, second: Segment, *, slack_s: float = 0.15) -> bool:
    return first.start < second.end + slack_s and second.start < first.end + slack_s
