"""Words that a recogniser put where they are not: negations stretched over a pause, loops squeezed into an instant."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.frames import STEP_S, FrameLevels
from analysis.types import Segment, Word

MOVED = frozenset(("ei", "en", "emme", "eivät"))
"""Forms with no stop consonant inside, so that a silence in them is none of their own."""


def without_squeezed(words: tuple[Word, ...], *, shortest_s: float = 0.02, fewest: int = 3) -> tuple[Word, ...]:
    """Words less the runs of `fewest` or more that have no time of their own.

    A recogniser that falls into a loop squeezes its inventions into one instant between words that were said.

    Parameters
    ----------
    words : tuple of Word
        In order.
    shortest_s : float
        A word of at most this length has no time.
    fewest : int
        One or two such words are a rounding of the recogniser's; more are a loop.
    """
    kept: list[Word] = []
    run: list[Word] = []
    for word in words:
        if word.segment is not None and word.segment.duration <= shortest_s:
            run.append(word)
            continue
        kept += (*(run if len(run) < fewest else ()), word)
        run = []
    return (*kept, *(run if len(run) < fewest else ()))


def parted(
    words: tuple[Word, ...],
    levels: FrameLevels,
    *,
    speech_db: float,
    depth_db: float = 16.0,
    shortest_s: float = 0.10,
    least_sound_s: float = 0.04,
    lead_s: float = 0.02,
) -> tuple[Word, ...]:
    """Words whose negations begin after the short pause that they were stretched over.

    Parameters
    ----------
    words : tuple of Word
        With times, in order.
    levels : FrameLevels
        Of their channel.
    speech_db : float
        Active level of the speech, in dBFS.
    depth_db : float
        A pause lies this far below the speech.
    shortest_s : float
        Shorter silences are no pauses.
    least_sound_s : float
        What must be heard of the word after the pause.
    lead_s : float
        Distance kept to the pause's end.

    Returns
    -------
    tuple of Word
        Same words, same order; the word before such a negation ends where the pause begins.

    Notes
    -----
    A speech detector bridges gaps of 0.1 to 0.2 s, so `snapped` cannot see them.
    """
    result = list(words)
    for index in range(1, len(words)):
        before, word = result[index - 1].segment, words[index].segment
        if before is None or word is None or words[index].text.strip(".,!?…").lower() not in MOVED:
            continue
        middle = (before.start + before.end) / 2
        pause = _pause_in(levels, middle, word.end - least_sound_s, below_db=speech_db - depth_db)
        if pause is None or pause.duration < shortest_s or pause.end <= word.start:
            continue
        start = max(word.start, pause.end - lead_s)
        result[index] = replace(words[index], segment=Segment(start, max(start, word.end)))
        end = max(before.start, min(before.end, pause.start))
        result[index - 1] = replace(result[index - 1], segment=Segment(before.start, end))
    return tuple(result)


def _pause_in(levels: FrameLevels, start: float, end: float, *, below_db: float) -> Segment | None:
    """The last silence between two times that sound follows before the end."""
    first, last = max(0, round(start / STEP_S)), min(len(levels.power), round(end / STEP_S))
    quiet = 10 * np.log10(levels.power[first:last] + 1e-10) < below_db
    sounding = np.flatnonzero(~quiet)
    if len(sounding) == 0:
        return None
    after = int(sounding[-1])
    silent = np.flatnonzero(quiet[:after])
    if len(silent) == 0:
        return None
    stop = int(silent[-1]) + 1
    loud_before = np.flatnonzero(~quiet[:stop])
    begin = int(loud_before[-1]) + 1 if len(loud_before) else 0
    return Segment((first + begin) * STEP_S, (first + stop) * STEP_S)
