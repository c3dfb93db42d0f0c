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
_ROWS = 128
"""Frames transformed at once; more fall out of the processor's cache, and take twice as long each."""


@dataclass(frozen=True, slots=True)
class FrameLevels:
    """Levels on a 10 ms grid; value i belongs to the 20 ms Hann window centred on ``i * 0.01`` s.

    Parameters
    ----------
    bands_db : ndarray of float32, shape (n, 8)
        Mean power of eight bands, geometric from 200 to 3600 Hz (8 kHz) or 5000 Hz (above), in dB.
    power : ndarray of float32, shape (n,)
        Mean square of the signal without its lowest bins; 1.0 is a full-scale square wave. The short window lets
        part of a strong hum through.
    voice_power : ndarray of float32, shape (n,)
        Mean square that white noise with the density of the eight bands would have: hum and rumble are not in it.
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
    if sample_rate % round(1 / STEP_S) or sample_rate % round(2 / WINDOW_S):
        raise InvalidSignal(f"sample rate {sample_rate} Hz does not fit frames of 10 ms; 8000 and 16000 Hz do")
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
    power = _power(framed, shape, size)
    bins = np.arange(power.shape[1]) * (sample_rate / size)
    scale = np.float32(1.0 / float(np.sum(shape.astype(np.float64) ** 2)))
    edges = np.searchsorted(bins, band_edges_hz(sample_rate))
    # The last sum, from the highest edge on, belongs to no band.
    bands = np.add.reduceat(power, edges, axis=1)[:, :-1] * (scale / np.diff(edges).astype(np.float32))
    first = int(np.searchsorted(bins, RUMBLE_HZ))
    full = power[:, first:].sum(axis=1) * (np.float32(2.0 / size) * scale)
    voice = bands @ (np.diff(edges) / float(edges[-1] - edges[0])).astype(np.float32)
    ratio, peak = np.zeros(len(power), np.float32), np.zeros(len(power), np.float32)
    loud = np.flatnonzero(voice > float(voice.max(initial=0.0)) * TONES_BELOW_PEAK)
    for start in range(0, len(loud), _ROWS):
        rows = loud[start : start + _ROWS]
        ratio[rows], peak[rows] = _peaks(power[rows, edges[0] :], bins[edges[0] :])
    return (10 * np.log10(bands + _FLOOR)).astype(np.float32, copy=False), full, voice, ratio, peak


def _power(framed: Samples, shape: Samples, size: int) -> npt.NDArray[np.float32]:
    """Power spectra of windowed frames, shape (n, size / 2 + 1)."""
    power = np.empty((len(framed), size // 2 + 1), np.float32)
    for start in range(0, len(framed), _ROWS):
        spectrum = np.fft.rfft(framed[start : start + _ROWS] * shape, size, axis=1)
        np.add(spectrum.real**2, spectrum.imag**2, out=power[start : start + _ROWS])
    return power


def _peaks(power: npt.NDArray[np.float32], bins: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float32], ...]:
    """Share of the two strongest peaks (three bins to each side of their tops), and where the strongest is."""
    total = power.sum(axis=1) + np.float32(1e-12)
    padded = np.zeros((len(power), power.shape[1] + 6), np.float32)
    padded[:, 3:-3] = power
    pairs = padded[:, :-1] + padded[:, 1:]
    near = pairs[:, :-5] + pairs[:, 2:-3] + pairs[:, 4:-1] + padded[:, 6:]
    first = near.argmax(axis=1)
    share = near[np.arange(len(near)), first]
    distance = np.arange(power.shape[1], dtype=np.int16) - first.astype(np.int16)[:, None]
    near *= np.abs(distance) >= 7
    share += near.max(axis=1)
    return np.minimum(share / total, 1), bins[first].astype(np.float32)
