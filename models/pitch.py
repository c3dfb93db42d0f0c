"""F0 by SwiftF0 on the agent's speech only; its weights ship inside its package."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from analysis.frames import STEP_S
from analysis.intervals import joined
from analysis.pitch import RawPitch
from analysis.types import Samples, Segments
from models.pitch_net import CONTEXT_FRAMES, HALF_WINDOW, HOP, RATE_HZ, RATES_HZ, pitch_net
from models.resampling import resampled

HOP_S = HOP / RATE_HZ
SILENT_PEAK = 1e-4

_SLOW_COUNT = 8
"""Counts of frames that it divides put every band on the same few lines of the processor's cache: a tenth more time."""


def raw_pitch(
    read: Callable[[int, int], Samples],
    speech: Segments,
    *,
    sample_rate: int,
    count: int,
    speech_db: float | None,
    threads: int = 1,
    bridged_s: float = 0.24,
    longest_s: float = 10.0,
) -> RawPitch:
    """Pitch and voicing score on the 10 ms grid, computed inside the speech segments and the short gaps between them.

    Parameters
    ----------
    read : callable
        ``read(first, last)`` gives those samples of the channel as float32.
    speech : tuple of Segment
    sample_rate : int
        Of what `read` gives, in Hz.
    count : int
        Frames of the grid.
    speech_db : float or None
        Level of the speech in dBFS; very quiet or loud speech is brought to what the model knows.
    bridged_s : float
        Stretches closer than this are run as one: the frames around a stretch that its own depend on take as long.
    longest_s : float
        Longest stretch run at once, so that memory stays flat; a longer one is parted evenly.

    Returns
    -------
    RawPitch
        0 Hz with confidence 0 where nothing was computed.
    """
    hz = np.zeros(count, np.float32)
    confidence = np.zeros(count, np.float32)
    gain = _gain(speech_db)
    for stretch in joined(speech, gap_s=bridged_s):
        parts = max(1, int(np.ceil(stretch.duration / longest_s - 1e-9)))
        edges = np.linspace(stretch.start, stretch.end, parts + 1)
        for start, end in zip(edges, edges[1:], strict=False):
            _track(read, float(start), float(end), sample_rate, hz, confidence, gain, threads)
    return RawPitch(hz, confidence)


def _gain(
    speech_db: float | None, *, wanted_db: float = -22.0, lowest_db: float = -34.0, highest_db: float = -10.0
) -> np.float32:
    """Factor that brings speech into the range of levels that the model was trained on; 1 inside it."""
    if speech_db is None or lowest_db <= speech_db <= highest_db:
        return np.float32(1)
    return np.float32(10 ** ((wanted_db - speech_db) / 20))


def _track(
    read: Callable[[int, int], Samples],
    start: float,
    end: float,
    sample_rate: int,
    hz: Any,
    confidence: Any,
    gain: np.float32,
    threads: int,
) -> None:
    """Fill the grid between `start` and `end`."""
    begin, stop = int(np.ceil(start / STEP_S)), min(int(np.ceil(end / STEP_S)), len(hz))
    if stop <= begin:
        return
    first = max(0, int(begin * STEP_S / HOP_S) - CONTEXT_FRAMES)
    last = int(np.ceil((stop - 1) * STEP_S / HOP_S)) + CONTEXT_FRAMES + 1
    last += (last - first) % _SLOW_COUNT == 0
    samples, last = _around(read, first, last, sample_rate, gain)
    if last <= first:
        return
    rate = _rate_of(sample_rate)
    pitch, score = pitch_net(threads).heard(samples, frames=last - first, sample_rate=rate)
    half, hop = HALF_WINDOW * rate // RATE_HZ, HOP * rate // RATE_HZ
    hops = samples[half : half + len(score) * hop].reshape(-1, hop)
    # Digital silence is a texture the model never saw; it answers with random voiced frames there.
    score[(hops.max(axis=1) < SILENT_PEAK) & (hops.min(axis=1) > -SILENT_PEAK)] = 0
    places = np.arange(begin, stop) * (STEP_S / HOP_S)
    nearest = np.minimum(np.rint(places).astype(np.intp) - first, len(score) - 1)
    smooth = np.exp2(np.interp(places, np.arange(first, last), np.log2(np.maximum(pitch, 1.0))))
    steady = np.abs(np.log2(smooth / np.maximum(pitch[nearest], 1.0))) < 1 / 12
    hz[begin:stop] = np.where(steady, smooth, pitch[nearest])
    confidence[begin:stop] = score[nearest]


def _around(
    read: Callable[[int, int], Samples], first: int, last: int, sample_rate: int, gain: np.float32
) -> tuple[Samples, int]:
    """Samples for the network's frames from `first` on, and the last frame that the recording can fill.

    Frames stand on one grid from the recording's start, so that no frame depends on which stretch it is in.
    """
    rate = _rate_of(sample_rate)
    half, hop = HALF_WINDOW * rate // RATE_HZ, HOP * rate // RATE_HZ
    spare = half // hop + 1
    begin = max(0, first - spare)
    found = read(round(begin * HOP_S * sample_rate), round((last + spare) * HOP_S * sample_rate))
    if len(found) == 0:
        return found, first
    centred = found - found.mean()
    samples = resampled(centred if gain == 1 else centred * gain, from_hz=sample_rate, to_hz=rate)
    last = min(last, begin + len(samples) // hop)
    offset = (first - begin) * hop - half
    wanted = max(0, last - first) * hop + 2 * half
    before, after = max(0, -offset), max(0, offset + wanted - len(samples))
    inside = samples[max(0, offset) : max(0, offset + wanted)]
    return np.pad(inside, (before, after)) if before or after else inside, last


def _rate_of(sample_rate: int) -> int:
    """The rate that the network is given: a telephone recording's own, or 16 kHz."""
    return sample_rate if sample_rate in RATES_HZ else RATE_HZ
