"""Median pitch."""

from __future__ import annotations

import numpy as np

from analysis.absence import too_little_voice
from analysis.pitch import modal_semitones
from analysis.types import Measure, PitchContour


def f0_median(f0: PitchContour, *, needed_s: float = 2.0) -> Measure:
    """The middle of the agent's pitch: half of the voiced time is above it, half below.

    Parameters
    ----------
    f0 : PitchContour
    needed_s : float
        Voiced time below which there is no figure.

    Returns
    -------
    Measure
        In Hz; creak is left out. No norm: everybody has a natural pitch of their own.
    """
    semitones = modal_semitones(f0)
    missing = too_little_voice("f0_median", semitones, f0, needed_s=needed_s)
    return missing or Measure("f0_median", float(2 ** (float(np.median(semitones)) / 12)), "Hz")
