"""What the samples themselves tell of each channel and of the two together, gathered in the one pass over the file."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from app.audio.clipping import Ceiling
from app.audio.resample import Frames

ChannelRelation = Literal["single", "separate", "same", "opposite"]

SAME_RESIDUAL = 1e-5
"""Share of energy (-50 dB) that one channel may hold beside a scaled copy of the other and still be called its copy."""

DEAD_RMS = 10 ** (-70 / 20)
DEAD_PEAK = 10 ** (-50 / 20)


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What one channel's samples tell, at the file's own rate.

    Parameters
    ----------
    peak : float
        Highest absolute sample, 1 being full scale; above 1 only in a file of floats or a lossy one.
    rms : float
        About the mean, so that a constant offset does not count as sound.
    dc_offset : float
        Mean of all samples.
    zero_ratio : float
        Share of samples that are exactly zero.
    clipped_ratio : float
        Share of samples on flat tops (three or more in a row at the ceiling) or beyond full scale.
    dead : bool
        Nothing but a constant, or no more than noise under -70 dBFS.
    """

    peak: float
    rms: float
    dc_offset: float
    zero_ratio: float
    clipped_ratio: float
    dead: bool


@dataclass(frozen=True, slots=True)
class SignalFacts:
    """Facts of all channels, and of what was mended on the way.

    Parameters
    ----------
    channels : tuple of ChannelFacts
    relation : {"single", "separate", "same", "opposite"}
        One channel; two that differ; one a copy of the other; a copy with its sign turned.
    not_finite : int
        NaN and infinite samples, taken as zero.
    over_full_scale : int
        Samples beyond full scale, limited to it.
    """

    channels: tuple[ChannelFacts, ...]
    relation: ChannelRelation
    not_finite: int
    over_full_scale: int


class SignalGatherer:
    """Mends blocks of samples and adds up what they tell.

    Parameters
    ----------
    channels : int
    """

    def __init__(self, channels: int) -> None:
        self._count = 0
        self._not_finite = 0
        self._over = np.zeros(channels, dtype=np.int64)
        self._zeros = np.zeros(channels, dtype=np.int64)
        self._peak = np.zeros(channels)
        self._low, self._high = np.full(channels, np.inf), np.full(channels, -np.inf)
        self._sum = np.zeros(channels)
        self._products = np.zeros((channels, channels))
        self._ceilings = [(Ceiling(), Ceiling()) for _ in range(channels)]

    def add(self, frames: Frames) -> Frames:
        """Take in `frames`, shape (n, channels), and return them finite and within full scale."""
        # One row for each channel: NumPy is many times faster along the last axis.
        rows = np.ascontiguousarray(frames.T)
        finite = np.isfinite(rows)
        if not finite.all():
            self._not_finite += int(rows.size - finite.sum())
            rows = np.where(finite, rows, np.float32(0))
        highest, lowest = rows.max(axis=1, initial=-np.inf), rows.min(axis=1, initial=np.inf)
        self._peak = np.maximum(self._peak, np.maximum(np.abs(highest), np.abs(lowest)))
        if max(highest.max(), -lowest.min()) > 1.0:
            self._over += (np.abs(rows) > 1.0).sum(axis=1)
            rows, highest, lowest = np.clip(rows, -1.0, 1.0), np.clip(highest, -1.0, 1.0), np.clip(lowest, -1.0, 1.0)
        self._low, self._high = np.minimum(self._low, lowest), np.maximum(self._high, highest)
        self._count += rows.shape[1]
        self._zeros += rows.shape[1] - np.count_nonzero(rows, axis=1)
        precise = rows.astype(np.float64)
        self._sum += precise.sum(axis=1)
        # Not a product of matrices: the threads of BLAS cost more here than they bring, above all on a busy machine.
        self._products += np.einsum("in,jn->ij", precise, precise)
        for samples, (upper, lower) in zip(rows, self._ceilings, strict=True):
            upper.add(samples)
            lower.add(-samples)
        return rows.T

    def facts(self) -> SignalFacts:
        """What all blocks so far tell together."""
        return SignalFacts(
            channels=tuple(self._channel_facts(channel) for channel in range(len(self._peak))),
            relation=self._relation(),
            not_finite=self._not_finite,
            over_full_scale=int(self._over.sum()),
        )

    def _covariance(self) -> npt.NDArray[np.float64]:
        count = max(1, self._count)
        mean = self._sum / count
        return np.asarray(self._products / count - np.outer(mean, mean))

    def _channel_facts(self, channel: int) -> ChannelFacts:
        count = max(1, self._count)
        mean = float(self._sum[channel] / count)
        constant = bool(self._low[channel] >= self._high[channel])
        rms = 0.0 if constant else math.sqrt(max(0.0, float(self._covariance()[channel, channel])))
        swing = 0.0 if constant else max(float(self._high[channel]) - mean, mean - float(self._low[channel]))
        on_ceiling = sum(ceiling.clipped_samples() for ceiling in self._ceilings[channel])
        return ChannelFacts(
            peak=float(self._peak[channel]),
            rms=rms,
            dc_offset=mean,
            zero_ratio=float(self._zeros[channel]) / count,
            clipped_ratio=0.0 if constant else max(on_ceiling, int(self._over[channel])) / count,
            dead=rms < DEAD_RMS and swing < DEAD_PEAK,
        )

    def _relation(self) -> ChannelRelation:
        if len(self._peak) == 1:
            return "single"
        covariance = self._covariance()
        left, right, common = (float(value) for value in (covariance[0, 0], covariance[1, 1], covariance[0, 1]))
        if not (self._high > self._low).any():
            return "same" if self._low[0] == self._low[1] else "separate"
        if left <= 0.0 or right <= 0.0 or 1.0 - common**2 / (left * right) > SAME_RESIDUAL:
            return "separate"
        return "same" if common > 0 else "opposite"
