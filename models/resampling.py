"""The one filtered resampler, for a whole array; streams use the same library block by block in the decoder."""

from __future__ import annotations

import numpy as np

from analysis.types import Samples


def resampled(samples: Samples, *, from_hz: int, to_hz: int) -> Samples:
    """Samples at another rate, band-limited so that nothing aliases.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,)
    from_hz, to_hz : int
    """
    if from_hz == to_hz or len(samples) == 0:
        return samples
    import soxr

    return np.asarray(soxr.resample(samples, from_hz, to_hz, quality="HQ"), dtype=np.float32)
