"""Frame levels written by hand, for tests of what is read from them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from analysis.frames import BANDS, FrameLevels


def levels_of_db(db: npt.ArrayLike, *, bands: npt.ArrayLike | None = None) -> FrameLevels:
    """Levels whose frames have these dBFS, the same in all bands unless `bands` (shape (n, 8)) says else."""
    values = np.asarray(db, np.float32)
    each = np.repeat(values[:, None], BANDS, axis=1) if bands is None else np.asarray(bands, np.float32)
    zeros = np.zeros(len(values), np.float32)
    return FrameLevels(each, np.power(10, values.astype(np.float64) / 10).astype(np.float32), zeros, zeros)


def amplified(levels: FrameLevels, gain_db: float) -> FrameLevels:
    """The levels that the same signal has `gain_db` stronger."""
    power = levels.power.astype(np.float64) * 10 ** (gain_db / 10)
    return replace(levels, bands_db=levels.bands_db + np.float32(gain_db), power=power.astype(np.float32))


def delayed(levels: FrameLevels, frames: int, *, quiet_db: float = -90.0) -> FrameLevels:
    """The levels `frames` of 10 ms later, with near silence before."""
    before = levels_of_db(np.full(frames, quiet_db))
    return FrameLevels(
        np.concatenate((before.bands_db, levels.bands_db)),
        np.concatenate((before.power, levels.power)),
        np.concatenate((before.peak_ratio, levels.peak_ratio)),
        np.concatenate((before.peak_hz, levels.peak_hz)),
    )
