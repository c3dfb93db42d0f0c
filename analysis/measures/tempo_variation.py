"""How much the tempo changes over the call."""

from __future__ import annotations

import numpy as np

from analysis.absence import absent, no_syllables, too_little
from analysis.types import Confidence, Measure, Segments, SyllableCount, Word


def tempo_variation(
    syllables: tuple[SyllableCount, ...] | None,
    speech: Segments,
    words: tuple[Word, ...] | None,
    *,
    needed_s: float = 10.0,
    shortest_run_s: float = 1.5,
    needed_runs: int = 5,
) -> Measure:
    """How much the agent's articulation rate changes from one run of speech to another.

    Parameters
    ----------
    syllables : tuple of SyllableCount or None
    speech : tuple of Segment
    words : tuple of Word or None
        Words without times cannot tell where the tempo changes.
    needed_s : float
        Speech below which there is no figure.
    shortest_run_s : float
        Shorter runs are left out; one long syllable would rule them.
    needed_runs : int

    Returns
    -------
    Measure
        Standard deviation over mean of the runs' rates, weighted by their length, in %.
    """
    missing = too_little("tempo_variation", speech, needed_s=needed_s)
    if missing:
        return missing
    if not syllables:
        return no_syllables("tempo_variation", syllables)
    if any(word.segment is None for word in words or ()):
        return absent("tempo_variation", "reason-no-word-times")
    runs = [run for run in syllables if run.segment.duration >= shortest_run_s and run.count > 0]
    if len(runs) < needed_runs:
        return absent("tempo_variation", "reason-too-few-runs", runs=len(runs), needed=needed_runs)
    rates = np.array([run.count / run.segment.duration for run in runs])
    weights = np.array([run.segment.duration for run in runs])
    mean = float(np.average(rates, weights=weights))
    deviation = float(np.sqrt(np.average((rates - mean) ** 2, weights=weights)))
    confidence: Confidence = "poor" if any(run.source == "nuclei" for run in runs) else "fair"
    return Measure("tempo_variation", 100 * deviation / mean, "%", confidence=confidence)
