"""Pitch range."""

from __future__ import annotations

import numpy as np

from analysis.absence import too_little_voice
from analysis.pitch import modal_semitones
from analysis.types import Confidence, Measure, PitchContour


def f0_range(f0: PitchContour, *, needed_s: float = 5.0, good_from_s: float = 10.0) -> Measure:
    """How wide the agent's pitch moves: from the 5th to the 95th percentile, in semitones.

    Parameters
    ----------
    f0 : PitchContour
    needed_s, good_from_s : float
        Voiced time below which there is no figure, and from which it is trusted.

    Returns
    -------
    Measure
        In st; creak is left out.
    """
    semitones = modal_semitones(f0)
    missing = too_little_voice("f0_range", semitones, f0, needed_s=needed_s)
    if missing:
        return missing
    low, high = np.percentile(semitones, (5, 95))
    confidence: Confidence = "good" if len(semitones) * f0.step_s >= good_from_s else "fair"
    return Measure("f0_range", float(high - low), "st", confidence=confidence)
