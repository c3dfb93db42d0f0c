"""Pitch variation."""

from __future__ import annotations

import numpy as np

from analysis.absence import too_little_voice
from analysis.pitch import modal_semitones
from analysis.types import Confidence, Evidence, Measure, Message, PitchContour, Segment


def f0_sd(
    f0: PitchContour,
    *,
    needed_s: float = 5.0,
    good_from_s: float = 10.0,
    stretch_s: float = 8.0,
    voiced_share: float = 0.25,
) -> Measure:
    """How lively the agent's pitch moves: its standard deviation in semitones, outermost 5 % on each side left out.

    Parameters
    ----------
    f0 : PitchContour
    needed_s, good_from_s : float
        Voiced time below which there is no figure, and from which it is trusted.
    stretch_s, voiced_share : float
        Length of the stretches compared for the evidence, and how much of one must be voiced.

    Returns
    -------
    Measure
        In st. Evidence: the flattest stretch. Tracker errors widen the spread and would hide a monotone, so the
        tails are cut; the trimmed deviation is scaled so that a normal distribution keeps its own.

    References
    ----------
    R. Hincks, System 33, 2005; A.-M. Laukkanen and T. Waaramaa, journal.fi/pk, article 119691.
    """
    semitones = modal_semitones(f0)
    missing = too_little_voice("f0_sd", semitones, f0, needed_s=needed_s)
    if missing:
        return missing
    confidence: Confidence = "good" if len(semitones) * f0.step_s >= good_from_s else "fair"
    flattest = _flattest(f0, stretch_s=stretch_s, voiced_share=voiced_share)
    return Measure("f0_sd", _trimmed_deviation(semitones), "st", flattest, confidence=confidence)


def _trimmed_deviation(values: np.typing.NDArray[np.float32], *, cut: float = 5.0) -> float:
    """Standard deviation between the `cut` and ``100 - cut`` percentiles, scaled to be that of a normal distribution."""
    low, high = np.percentile(values, (cut, 100 - cut))
    # 0.7893 is the deviation of a standard normal cut at its 5th and 95th percentile.
    return float(np.std(values[(values >= low) & (values <= high)], dtype=np.float64)) / 0.7893


def _flattest(f0: PitchContour, *, stretch_s: float, voiced_share: float) -> tuple[Evidence, ...]:
    size = round(stretch_s / f0.step_s)
    best: tuple[float, int] | None = None
    for first in range(0, len(f0.hz) - size + 1, size // 2):
        part = f0.hz[first : first + size]
        voiced = part[~np.isnan(part) & ~f0.creak[first : first + size]]
        if len(voiced) < voiced_share * size:
            continue
        deviation = _trimmed_deviation(np.asarray(12 * np.log2(voiced), np.float32))
        if best is None or deviation < best[0]:
            best = (deviation, first)
    if best is None:
        return ()
    start = best[1] * f0.step_s
    note = Message("note-flat-stretch", {"sd": round(best[0], 1)})
    return (Evidence(Segment(start, start + stretch_s), note=note),)
