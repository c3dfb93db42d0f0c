"""The one place where a sample rate is changed: band-limited, in a stream, without a shift in time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

NARROW_BAND_RATE_HZ = 8000
WIDE_BAND_RATE_HZ = 16000

Frames = npt.NDArray[np.float32]
"""Samples of all channels, shape (n, channels)."""


def analysis_rate_of(source_rate_hz: int) -> int:
    """Rate in Hz that a recording of `source_rate_hz` is measured at.

    A telephone recording of 8000 Hz stays as it is, since more samples would add nothing; every other comes to
    16000 Hz.
    """
    return NARROW_BAND_RATE_HZ if source_rate_hz == NARROW_BAND_RATE_HZ else WIDE_BAND_RATE_HZ


class Resampler:
    """Changes the rate of a stream of blocks.

    Parameters
    ----------
    source_rate_hz, target_rate_hz : int
    channels : int

    Notes
    -----
    SoX's resampler at its high quality: linear phase, its delay taken out, over 100 dB of rejection above Nyquist.

    References
    ----------
    The SoX Resampler library, https://sourceforge.net/p/soxr/.
    """

    def __init__(self, *, source_rate_hz: int, target_rate_hz: int, channels: int) -> None:
        self._stream = None
        if source_rate_hz != target_rate_hz:
            import soxr

            self._stream = soxr.ResampleStream(source_rate_hz, target_rate_hz, channels, dtype="float32", quality="HQ")

    def feed(self, frames: Frames, *, last: bool = False) -> Frames:
        """What is ready after `frames`, shape (m, channels); all that remains where `last` is set."""
        if self._stream is None:
            return frames
        channels = frames.shape[1]
        given = frames if channels > 1 else frames[:, 0]
        made = self._stream.resample_chunk(np.ascontiguousarray(given), last=last)
        return np.asarray(made, dtype=np.float32).reshape(-1, channels)
