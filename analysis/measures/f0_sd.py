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
    """How lively the agent's pitch moves: its standard deviation in semitones.

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
        In st; creak is left out. Evidence: the flattest stretch.

    Notes
    -----
    The plain standard deviation of the frames, as in the studies that the norm comes from. Octave errors of the tracker
    would hide a monotone, so frames more than 12 st from the median are left out; no narrower cut, nor one that
    supposes a normal shape, comes as near to the deviation of a known contour.

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
    return Measure("f0_sd", _deviation(semitones), "st", flattest, confidence=confidence)


def _deviation(semitones: np.typing.NDArray[np.float32], *, octave_st: float = 12.0) -> float:
    """Standard deviation of what lies within an octave of the median."""
    middle = np.percentile(semitones, 50, method="lower")  # one of them, so that something is near it
    near = np.abs(semitones - middle) <= octave_st
    return float(np.std(semitones[near], dtype=np.float64))


def _flattest(f0: PitchContour, *, stretch_s: float, voiced_share: float) -> tuple[Evidence, ...]:
    size = round(stretch_s / f0.step_s)
    best: tuple[float, int] | None = None
    for first in range(0, len(f0.hz) - size + 1, size // 2):
        part = f0.hz[first : first + size]
        voiced = part[~np.isnan(part) & ~f0.creak[first : first + size]]
        if len(voiced) < voiced_share * size:
            continue
        deviation = _deviation(np.asarray(12 * np.log2(voiced), np.float32))
        if best is None or deviation < best[0]:
            best = (deviation, first)
    if best is None:
        return ()
    start = best[1] * f0.step_s
    note = Message("note-flat-stretch", {"sd": round(best[0], 1)})
    return (Evidence(Segment(start, start + stretch_s), note=note),)
