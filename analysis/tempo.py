"""Syllables in time: from words by rule, or from acoustic nuclei; and the tempo curve."""

from __future__ import annotations

import bisect

import numpy as np
import numpy.typing as npt

from analysis.finnish.spoken import spoken_words
from analysis.finnish.syllables import syllable_count
from analysis.intervals import overlap_s, total
from analysis.types import Segment, Segments, SyllableCount, Word


def spoken_syllables(word: Word) -> int:
    """Syllables of a word as it is said: digits and abbreviations spelled out first."""
    return sum(syllable_count(part) for part in spoken_words(word.text))


def syllables_from_words(words: tuple[Word, ...], runs: Segments) -> tuple[SyllableCount, ...]:
    """Syllables of each run, each word counted in the run that its middle lies in or is nearest to.

    Parameters
    ----------
    words : tuple of Word
        Without times they are all counted in one run that covers everything.
    runs : tuple of Segment
        Sorted and disjoint.
    """
    if not runs:
        return ()
    if any(word.segment is None for word in words):
        whole = Segment(runs[0].start, runs[-1].end)
        return (SyllableCount(whole, float(sum(map(spoken_syllables, words))), "words"),)
    counts = [0.0] * len(runs)
    starts = [run.start for run in runs]
    for word in words:
        assert word.segment is not None
        counts[_nearest(runs, starts, (word.segment.start + word.segment.end) / 2)] += spoken_syllables(word)
    return tuple(SyllableCount(run, count, "words") for run, count in zip(runs, counts, strict=True))


def syllables_from_nuclei(
    times: npt.NDArray[np.float64],
    runs: Segments,
    *,
    slope: float = 1.37,
    fewer_per_s: float = 2.0,
    least_share: float = 0.5,
) -> tuple[SyllableCount, ...]:
    """Syllables of each run by the acoustic nuclei in it, put right for fast speech that merges them.

    Parameters
    ----------
    times : ndarray of float64, shape (m,)
        Nuclei in seconds, sorted.
    runs : tuple of Segment
    slope, fewer_per_s : float
        True rate against found rate: so many times it, less so many a second.
    least_share : float
        A run keeps at least this share of its nuclei.

    Notes
    -----
    Peaks of the level miss syllables in fast speech and find too many in slow speech. The straight line from found to
    true rate was fitted on three synthetic voices at five tempos and on two people, each half of the weight.
    """
    found = [float(np.searchsorted(times, run.end) - np.searchsorted(times, run.start)) for run in runs]
    return tuple(
        SyllableCount(run, max(least_share * count, slope * count - fewer_per_s * run.duration), "nuclei")
        for run, count in zip(runs, found, strict=True)
    )


def text_fits(
    by_text: tuple[SyllableCount, ...],
    by_ear: tuple[SyllableCount, ...],
    *,
    least: float = 0.6,
    most: float = 1.6,
    needed: float = 30.0,
) -> bool:
    """Whether a text can be what was said: what is heard without words is seldom a quarter off, never two fifths.

    Parameters
    ----------
    by_text, by_ear : tuple of SyllableCount
        Of the same runs.
    least, most : float
        Syllables of the text for one that is heard.
    needed : float
        Where fewer are heard, every text fits.
    """
    heard = sum(run.count for run in by_ear)
    return heard < needed or least <= sum(run.count for run in by_text) / heard <= most


def tempo_curve(
    syllables: tuple[SyllableCount, ...],
    speech: Segments,
    *,
    duration_s: float,
    step_s: float = 5.0,
    window_s: float = 10.0,
    least_speech_s: float = 2.5,
) -> tuple[float | None, ...]:
    """Articulation rate around each multiple of `step_s`, in syll/s; None where too little is said."""
    rates: list[float | None] = []
    for index in range(int(duration_s / step_s) + 1):
        middle = index * step_s
        window = Segment(max(0.0, middle - window_s / 2), middle + window_s / 2)
        spoken = overlap_s(window, speech)
        if spoken < least_speech_s or not syllables:
            rates.append(None)
            continue
        first = max(0, bisect.bisect_left(syllables, window.start, key=lambda run: run.segment.end))
        count = 0.0
        for run in syllables[first:]:
            if run.segment.start >= window.end:
                break
            if run.segment.duration > 0:
                shared = min(run.segment.end, window.end) - max(run.segment.start, window.start)
                count += run.count * max(0.0, shared) / run.segment.duration
        rates.append(count / spoken)
    return tuple(rates)


def _nearest(runs: Segments, starts: list[float], time: float) -> int:
    after = bisect.bisect_right(starts, time)
    before = max(0, after - 1)
    if after < len(runs) and time > runs[before].end and runs[after].start - time < time - runs[before].end:
        return after
    return before


def mean_rate(syllables: tuple[SyllableCount, ...], speech: Segments) -> float | None:
    """Syllables a second over all of the speech; None without speech."""
    spoken = total(speech)
    return sum(run.count for run in syllables) / spoken if spoken > 0 else None
