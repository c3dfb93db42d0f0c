"""Which stretch of speech a recognised word explains: a recogniser's word times are rough, and rough in known ways.

It begins a word where the one before ended, so that a sound between the two is swallowed; and it ends a word once it is
recognised, so that a drawn-out or late ending is left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from analysis.finnish.syllables import syllable_count
from analysis.frames import STEP_S, FrameLevels
from analysis.intervals import intersection, joined, near, subtracted, total
from analysis.tempo import spoken_syllables
from analysis.types import Segment, Segments, Word

_BROKEN_OFF = re.compile(r"\w(?:\.\.|…)\W*\w")


def cover_of(words: Iterable[Word], speech: Segments) -> Segments:
    """Stretches that the words take themselves, in time order; words without times take none."""
    timed = [word for word in words if word.segment is not None]
    pace = pace_of(timed, speech)
    parts = (
        part
        for word in timed
        if word.segment is not None
        for part in own_parts(word, word.segment, speech, shortest_syllable_s=pace)
    )
    return joined(sorted(parts), gap_s=1e-6)


def pace_of(
    words: Sequence[Word],
    speech: Segments,
    *,
    lengthened: float = 1.2,
    shortest_s: float = 0.15,
    longest_s: float = 0.3,
    needed: int = 20,
) -> float:
    """Seconds that a syllable takes before a pause, at the pace of this speech.

    Parameters
    ----------
    words : sequence of Word
    speech : tuple of Segment
    lengthened : float
        So many times a mean one: the last syllables of a phrase are drawn out.
    shortest_s, longest_s : float
        Seven syllables a second are fast speech; and hesitations are part of the speech too.
    needed : int
        Syllables below which the pace cannot be told, and fast speech is supposed.
    """
    count = sum(max(1, spoken_syllables(word)) for word in words)
    return min(longest_s, max(shortest_s, lengthened * total(speech) / count)) if count >= needed else shortest_s


def own_parts(
    word: Word,
    segment: Segment,
    speech: Segments,
    *,
    syllable_s: float = 0.25,
    spare_s: float = 0.35,
    closure_s: float = 0.25,
    shortest_syllable_s: float = 0.15,
) -> Segments:
    """The part of its time that a word itself takes; a swallowed sound comes before it, with silence between.

    Parameters
    ----------
    word : Word
    segment : Segment
        Its times.
    speech : tuple of Segment
    syllable_s, spare_s : float
        A word that lasts longer than `spare_s` and as many `syllable_s` as it has syllables, with silence inside, is
        only its last piece.
    closure_s : float
        So is one with a longer silence inside than this: no stop is closed for so long, a doubled one in slow Finnish
        included. A word that is written as broken off and resumed ("Mon...tree") has its silences itself.
    shortest_syllable_s : float
        A word is taken to last this long for each of its syllables, as far as the speech goes on: one that ends sooner
        was recognised before its last syllable ("okay" at its o), and what follows is its own.
    """
    if segment.duration <= 0:
        return ()
    count = max(1, syllable_count(word.text))
    around = near(segment, speech)
    pieces = intersection((segment,), around)
    silence = max((after.start - before.end for before, after in zip(pieces[:-1], pieces[1:], strict=True)), default=0)
    fits = segment.duration < spare_s + syllable_s * count and silence < closure_s
    last = max((run.end for run in around if run.start < segment.end), default=segment.end)
    whole = Segment(segment.start, max(segment.end, min(last, segment.start + count * shortest_syllable_s)))
    if fits or _BROKEN_OFF.search(word.text):
        return (whole,)
    return subtracted((whole,), pieces[:-1])


def beyond_word(
    segment: Segment,
    covered: Segments,
    levels: FrameLevels,
    *,
    dip_db: float = 6.0,
    reach_s: float = 0.25,
    slack_s: float = 0.05,
) -> Segment:
    """What is left of a stretch without the drawn-out end of the word before it; of no length if that is all.

    Parameters
    ----------
    segment : Segment
        Speech without a word.
    covered : tuple of Segment
        What words take; the one that ends where the segment begins is the word before.
    levels : FrameLevels
    dip_db : float
        A vowel or nasal that is held on goes on from its word with no break. A new sound sets in after a glottal
        closure or a consonant, where the level lies this far below both sides: more than a held sound moves.
    reach_s : float
        How much of the word's end is looked at to know its level.
    slack_s : float
        How much too late the word's end may have been set.
    """
    around = near(Segment(max(0.0, segment.start - 2 * STEP_S), segment.start + STEP_S), covered)
    word = next((one for one in around if abs(one.end - segment.start) <= STEP_S), None)
    if word is None:
        return segment
    first = round(max(word.start, segment.start - reach_s) / STEP_S)
    dips = dips_of(levels.db[first : round(segment.end / STEP_S)], dip_db=dip_db, frames=5)
    dips[: max(0, round((segment.start - slack_s) / STEP_S) - first)] = False
    if not dips.any():
        return Segment(segment.end, segment.end)
    at = int(dips.argmax())
    sounding = np.flatnonzero(~dips[at:])
    start = (first + at + int(sounding[0])) * STEP_S
    return Segment(min(segment.end, max(segment.start, start)), segment.end)


def dips_of(db: npt.NDArray[np.float32], *, dip_db: float, frames: int) -> npt.NDArray[np.bool_]:
    """Where a level lies `dip_db` or more below what comes before and what comes after, shape (n,).

    The level is taken as a mean over `frames` (odd), so that the beats of a creaky voice are no dips.
    """
    if len(db) == 0:
        return np.zeros(0, np.bool_)
    half = frames // 2
    smooth = np.convolve(np.pad(db, half, mode="edge"), np.ones(frames, np.float32) / frames, mode="valid")
    sides = np.minimum(np.maximum.accumulate(smooth), np.maximum.accumulate(smooth[::-1])[::-1])
    low: npt.NDArray[np.bool_] = sides - smooth >= dip_db
    return low
