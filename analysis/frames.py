"""One pass over a channel: levels of short frames, from which speech, loudness and noise are all read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.errors import InvalidSignal
from analysis.types import Samples

STEP_S = 0.01
WINDOW_S = 0.02
BANDS = 8
LOWEST_BAND_HZ = 200.0
RUMBLE_HZ = 60.0
_FLOOR = np.float32(1e-10)
TONES_BELOW_PEAK = 1e-4


@dataclass(frozen=True, slots=True)
class FrameLevels:
    """Levels on a 10 ms grid; value i belongs to the 20 ms Hann window centred on ``i * 0.01`` s.

    Parameters
    ----------
    bands_db : ndarray of float32, shape (n, 8)
        Mean power of eight bands, geometric from 200 to 3600 Hz (8 kHz) or 5000 Hz (above), in dB.
    power : ndarray of float32, shape (n,)
        Mean square of the signal above 60 Hz; 1.0 is a full-scale square wave.
    voice_power : ndarray of float32, shape (n,)
        Mean power of the eight bands: hum and rumble below 200 Hz are not in it.
    peak_ratio : ndarray of float32, shape (n,)
        Share of the power above 200 Hz that lies in its two strongest spectral peaks, 0 to 1; 0 in frames far below
        the loudest of their block.
    peak_hz : ndarray of float32, shape (n,)
        Frequency of the strongest one.
    """

    bands_db: npt.NDArray[np.float32]
    power: npt.NDArray[np.float32]
    voice_power: npt.NDArray[np.float32]
    peak_ratio: npt.NDArray[np.float32]
    peak_hz: npt.NDArray[np.float32]

    @property
    def db(self) -> npt.NDArray[np.float32]:
        """Level of each frame in dBFS."""
        decibels: npt.NDArray[np.float32] = (10 * np.log10(self.power + _FLOOR)).astype(np.float32)
        return decibels


def frame_levels(blocks: Iterable[Samples], *, sample_rate: int) -> FrameLevels:
    """Levels of a whole channel, read block by block.

    Parameters
    ----------
    blocks : iterable of ndarray of float32, shape (n,), in [-1, 1]
        Consecutive pieces of one channel, of any length. The mean of each is removed.
    sample_rate : int
        In Hz; 8000 or more.

    Returns
    -------
    FrameLevels
        One frame for each 10 ms that starts inside the signal.

    Raises
    ------
    InvalidSignal
        If the rate is too low for the bands.
    """
    if sample_rate < 8000:
        raise InvalidSignal(f"sample rate {sample_rate} Hz is too low for speech bands; at least 8000 Hz is needed")
    parts = [_levels(framed, sample_rate) for framed in _framed(blocks, sample_rate)]
    if not parts:
        empty = np.zeros(0, np.float32)
        return FrameLevels(np.zeros((0, BANDS), np.float32), empty, empty, empty, empty)
    return FrameLevels(*(np.concatenate([part[i] for part in parts]) for i in range(5)))


def _framed(blocks: Iterable[Samples], sample_rate: int) -> Iterator[Samples]:
    """Overlapping windows of each block, shape (frames, window); the signal is padded by half a window at both ends."""
    window, hop = int(WINDOW_S * sample_rate), int(STEP_S * sample_rate)
    pending: Samples = np.zeros(window // 2, np.float32)
    for block in blocks:
        centred = block - np.float32(block.mean()) if len(block) else block
        pending = np.concatenate((pending, centred))
        count = (len(pending) - window) // hop + 1
        if count > 0:
            yield np.lib.stride_tricks.sliding_window_view(pending, window)[: count * hop : hop]
            pending = pending[count * hop :]
    rest = len(pending) - window // 2
    if rest > 0:
        count = -(-rest // hop)
        pending = np.concatenate((pending, np.zeros(window + hop, np.float32)))
        yield np.lib.stride_tricks.sliding_window_view(pending, window)[: count * hop : hop]


def band_edges_hz(sample_rate: int) -> npt.NDArray[np.float64]:
    """Edges of the eight bands, shape (9,), in Hz."""
    highest = 3600.0 if sample_rate <= 8000 else 5000.0
    return np.geomspace(LOWEST_BAND_HZ, highest, BANDS + 1)


def _levels(framed: Samples, sample_rate: int) -> tuple[npt.NDArray[np.float32], ...]:
    window = framed.shape[1]
    size = 1 << (window - 1).bit_length()
    shape = np.hanning(window + 1)[:-1].astype(np.float32)
    spectrum = np.fft.rfft(framed * shape, size, axis=1)
    power: npt.NDArray[np.float32] = (spectrum.real**2 + spectrum.imag**2).astype(np.float32, copy=False)
    bins = np.arange(power.shape[1]) * (sample_rate / size)
    scale = np.float32(1.0 / float(np.sum(shape.astype(np.float64) ** 2)))
    edges = np.searchsorted(bins, band_edges_hz(sample_rate))
    bands = np.stack([power[:, a:b].mean(axis=1) for a, b in zip(edges[:-1], edges[1:], strict=True)], axis=1)
    first = int(np.searchsorted(bins, RUMBLE_HZ))
    full = power[:, first:].sum(axis=1) * (np.float32(2.0 / size) * scale)
    bands *= scale
    voice = bands.mean(axis=1)
    ratio, peak = np.zeros(len(power), np.float32), np.zeros(len(power), np.float32)
    loud = np.flatnonzero(voice > float(voice.max(initial=0.0)) * TONES_BELOW_PEAK)
    if len(loud):
        ratio[loud], peak[loud] = _peaks(power[loud, edges[0] :], bins[edges[0] :])
    return (10 * np.log10(bands + _FLOOR)).astype(np.float32), full, voice, ratio, peak


def _peaks(power: npt.NDArray[np.float32], bins: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float32], ...]:
    """Share of the two strongest peaks (three bins to each side of their tops), and where the strongest is."""
    total = power.sum(axis=1) + np.float32(1e-12)
    rows = np.arange(len(power))
    summed = np.cumsum(np.pad(power, ((0, 0), (4, 3))), axis=1)
    near = summed[:, 7:] - summed[:, :-7]
    first = near.argmax(axis=1)
    share = near[rows, first].copy()
    columns = np.arange(near.shape[1])
    near[np.abs(columns[None, :] - first[:, None]) < 7] = 0
    share += near.max(axis=1)
    return np.minimum(share / total, 1).astype(np.float32), bins[first].astype(np.float32)
