"""Level over time: the curve of the timeline, and readings inside speech."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.frames import STEP_S, FrameLevels
from analysis.intervals import mask_of
from analysis.types import LevelContour, Segments


def level_contour(levels: FrameLevels, *, step_s: float = 0.1) -> LevelContour:
    """Mean level of each `step_s` seconds, in dBFS."""
    size = round(step_s / STEP_S)
    usable = len(levels.power) // size * size
    power = levels.power[:usable].reshape(-1, size).mean(axis=1)
    if usable < len(levels.power):
        power = np.append(power, levels.power[usable:].mean())
    return LevelContour(step_s, (10 * np.log10(power + 1e-10)).astype(np.float32))


def speech_windows_db(
    levels: FrameLevels, speech: Segments, *, window_s: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float32]]:
    """Start times and levels (dBFS) of all windows that lie wholly inside speech, one for each frame, both of shape (n,)."""
    size = round(window_s / STEP_S)
    inside = mask_of(speech, count=len(levels.power), step_s=STEP_S)
    summed = np.cumsum(np.concatenate(([0.0], levels.power.astype(np.float64))))
    covered = np.cumsum(np.concatenate(([0], inside.astype(np.int64))))
    whole = (covered[size:] - covered[:-size]) == size
    power = ((summed[size:] - summed[:-size]) / size)[whole]
    starts: npt.NDArray[np.float64] = np.flatnonzero(whole) * np.float64(STEP_S)
    db: npt.NDArray[np.float32] = (10 * np.log10(np.maximum(power, 0) + 1e-12)).astype(np.float32)
    return starts, db
