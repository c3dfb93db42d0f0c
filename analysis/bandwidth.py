"""How much of the spectrum a channel carries."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.types import Samples


def bandwidth_hz(
    stretches: list[Samples], *, sample_rate: int, drop_db: float = 40.0, window_s: float = 0.032
) -> float | None:
    """Highest frequency at which the speech still stands within `drop_db` of its strongest band.

    Parameters
    ----------
    stretches : list of ndarray of float32
        Pieces of speech.
    sample_rate : int
        In Hz; nothing above half of it can be seen.
    drop_db : float
        Telephone filters fall faster than speech does.
    window_s : float

    Returns
    -------
    float or None
        In Hz, to the nearest 100; None with less than a second of speech.
    """
    size = 1 << (round(window_s * sample_rate) - 1).bit_length()
    if sum(map(len, stretches)) < sample_rate:
        return None
    shape = np.hanning(size).astype(np.float32)
    total: npt.NDArray[np.float64] = np.zeros(size // 2 + 1)
    for samples in stretches:
        if len(samples) >= size:
            windows = np.lib.stride_tricks.sliding_window_view(samples, size)[:: size // 2]
            total += (np.abs(np.fft.rfft(windows * shape, axis=1)) ** 2).sum(axis=0, dtype=np.float64)
    if not total.any():
        return None
    width = max(1, round(150 / (sample_rate / size)))
    smooth = 10 * np.log10(np.convolve(total, np.ones(width) / width, mode="same") + 1e-20)
    bins = np.arange(len(smooth)) * sample_rate / size
    strong = np.flatnonzero((smooth > smooth[bins > 100].max() - drop_db) & (bins > 100))
    return float(round(bins[strong[-1]] / 100) * 100) if len(strong) else None
