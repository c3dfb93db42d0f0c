"""Pitch shift against the agent's own baseline."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.absence import absent, too_little_voice
from analysis.pitch import modal_semitones
from analysis.types import Measure, PitchContour


def f0_shift(f0: PitchContour, baseline: Mapping[str, float] | None, *, needed_s: float = 5.0) -> Measure:
    """How far the agent's pitch lies from their own usual one, in semitones; above zero is higher.

    Parameters
    ----------
    f0 : PitchContour
    baseline : mapping of str to float, or None
        The agent's earlier values; ``f0_median`` in Hz is used.
    needed_s : float
        Voiced time below which there is no figure.

    Returns
    -------
    Measure
        In st.
    """
    if baseline is None:
        return absent("f0_shift", "reason-no-baseline")
    own = baseline.get("f0_median")
    if own is None or own <= 0:
        return absent("f0_shift", "reason-baseline-lacks-it")
    semitones = modal_semitones(f0)
    missing = too_little_voice("f0_shift", semitones, f0, needed_s=needed_s)
    return missing or Measure("f0_shift", float(np.median(semitones)) - 12 * float(np.log2(own)), "st")
