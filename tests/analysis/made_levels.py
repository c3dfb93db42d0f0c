"""Frame levels written by hand, for tests of what is read from them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.frames import BANDS, FrameLevels


def levels_of_db(db: npt.ArrayLike, *, bands: npt.ArrayLike | None = None) -> FrameLevels:
    """Levels whose frames have these dBFS, the same in all bands unless `bands` (shape (n, 8)) says else."""
    values = np.asarray(db, np.float32)
    each = np.repeat(values[:, None], BANDS, axis=1) if bands is None else np.asarray(bands, np.float32)
    return FrameLevels(
        bands_db=each,
        power=np.power(10, values.astype(np.float64) / 10).astype(np.float32),
        voice_power=np.power(10, each.astype(np.float64) / 10).mean(axis=1).astype(np.float32),
        peak_ratio=np.zeros(len(values), np.float32),
        peak_hz=np.zeros(len(values), np.float32),
    )


def amplified(levels: FrameLevels, gain_db: float) -> FrameLevels:
    """The levels that the same signal has `gain_db` stronger."""
    factor = 10 ** (gain_db / 10)
    return FrameLevels(
        bands_db=levels.bands_db + np.float32(gain_db),
        power=(levels.power.astype(np.float64) * factor).astype(np.float32),
        voice_power=(levels.voice_power.astype(np.float64) * factor).astype(np.float32),
        peak_ratio=levels.peak_ratio,
        peak_hz=levels.peak_hz,
    )


def delayed(levels: FrameLevels, frames: int, *, quiet_db: float = -90.0) -> FrameLevels:
    """The levels `frames` of 10 ms later, with near silence before."""
    before = levels_of_db(np.full(frames, quiet_db))
    return FrameLevels(
        bands_db=np.concatenate((before.bands_db, levels.bands_db)),
        power=np.concatenate((before.power, levels.power)),
        voice_power=np.concatenate((before.voice_power, levels.voice_power)),
        peak_ratio=np.concatenate((before.peak_ratio, levels.peak_ratio)),
        peak_hz=np.concatenate((before.peak_hz, levels.peak_hz)),
    )
