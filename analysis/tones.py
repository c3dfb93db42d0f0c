"""Tones of the telephone network: ringing, busy, keys."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.frames import STEP_S, FrameLevels
from analysis.intervals import dropped, joined, mask_of, of_mask
from analysis.types import Segment, Segments

LOWEST_TONE_HZ = 300.0
LOWEST_KEY_HZ = 600.0


def tones_in(levels: FrameLevels, *, share: float = 0.98, steady_db: float = 1.0, shortest_s: float = 0.25) -> Segments:
    """Ringing and busy tones: nearly all power in two steady peaks, at a level that does not move.

    Parameters
    ----------
    share : float
        Least share of the power in the two strongest peaks.
    steady_db : float
        Largest deviation of the level inside a tone.
    shortest_s : float
        Shorter stretches are not called a tone: a hummed "mm" can look like one for a tenth of a second. Key tones
        are shorter and are left to Silero.
    """
    db = levels.db
    found = []
    for run in dropped(of_mask(_steady(levels, share, 2 * steady_db), step_s=STEP_S), shorter_than_s=shortest_s):
        frames = slice(round(run.start / STEP_S) + 1, round(run.end / STEP_S) - 1)
        if float(db[frames].std()) < steady_db / 2:
            found.append(Segment(max(0.0, run.start - 0.03), run.end + 0.03))
    return joined(found, gap_s=0.02)


def _steady(levels: FrameLevels, share: float, moving_db: float) -> npt.NDArray[np.bool_]:
    """Frames with nearly all power in two peaks that stay where they are, at a level that hardly moves."""
    db = levels.db
    if len(db) < 5:
        return np.zeros(len(db), np.bool_)
    padded = np.pad(db, 2, mode="edge")
    top = np.pad(levels.peak_hz, 2, mode="edge")
    steady = (np.abs(padded[4:] - padded[:-4]) < moving_db) & (levels.peak_ratio > share)
    steady &= (np.abs(top[4:] - top[:-4]) < 40) & (levels.peak_hz > LOWEST_TONE_HZ)
    steady &= db > max(-60.0, float(np.percentile(db, 95)) - 30)
    return np.asarray(steady, dtype=np.bool_)


def key_like(
    levels: FrameLevels, *, share: float = 0.97, moving_db: float = 1.5, shortest_s: float = 0.04
) -> npt.NDArray[np.bool_]:
    """Frames that may be a key tone: too short to tell from a hum by themselves, so only a reason to ask Silero."""
    steady = _steady(levels, share, moving_db) & (levels.peak_hz > LOWEST_KEY_HZ)
    runs = dropped(of_mask(steady, step_s=STEP_S), shorter_than_s=shortest_s)
    keys: npt.NDArray[np.bool_] = mask_of(runs, count=len(steady), step_s=STEP_S)
    return keys
