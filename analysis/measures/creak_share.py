"""Share of creaky voice."""

from __future__ import annotations

import numpy as np

from analysis.absence import too_little_voice
from analysis.intervals import dropped, joined, of_mask
from analysis.types import Evidence, Measure, Message, PitchContour


def creak_share(f0: PitchContour, *, needed_s: float = 5.0, shown_s: float = 0.10) -> Measure:
    """How much of the agent's voiced time is creaky voice (narina), in per cent.

    Parameters
    ----------
    f0 : PitchContour
    needed_s : float
        Voiced time below which there is no figure.
    shown_s : float
        Shortest stretch of creak listed.

    Returns
    -------
    Measure
        In %. A lower bound: the tracker itself misses 5 to 12 % of creaky frames on a telephone line, and creak within
        some 7 st of a low voice cannot be told from its low tones by pitch alone (`analysis.pitch.creak_limit_hz`).
    """
    voiced = ~np.isnan(f0.hz)
    missing = too_little_voice("creak_share", f0.hz[voiced], f0, needed_s=needed_s)
    if missing:
        return missing
    stretches = dropped(joined(of_mask(f0.creak & voiced, step_s=f0.step_s), gap_s=0.05), shorter_than_s=shown_s)
    evidence = tuple(Evidence(stretch, note=Message("note-creak")) for stretch in stretches)
    value = 100 * float(np.mean(f0.creak[voiced]))
    return Measure("creak_share", value, "%", evidence, confidence="fair")
