"""Finds samples that were cut off at a ceiling: flat tops at the highest level that a channel ever reaches."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FLAT_TOP_SAMPLES = 3
"""Fewer in a row happen in sound speech."""

LEVEL_TOLERANCE = 1.5 / 32768
FULL_SCALE = 0.97
"""A-law ends at 0.984 and mu-law at 0.980 of full scale."""

LOWEST_CEILING = 0.05
LEAST_FLAT_TOPS = 10
SHOULDER = 0.9
_LEVELS = 1000


class Ceiling:
    """Watches one side (positive or negative) of one channel, block by block.

    The ceiling is the highest level so far; when a higher one comes, what was counted below it was no ceiling and is
    forgotten. A ceiling under full scale (a recording made quieter after it was clipped) needs more proof: ten flat
    tops, and more samples on them than in the tenth of the range just under them, where sound speech has more.
    """

    def __init__(self) -> None:
        self.level = 0.0
        self._on_flat_tops = 0
        self._flat_tops = 0
        self._open_run = 0
        self._histogram = np.zeros(_LEVELS + 1, dtype=np.int64)

    def add(self, samples: npt.NDArray[np.float32]) -> None:
        """Take in the next samples of one channel, shape (n,), with the watched side positive and nothing above 1."""
        if not len(samples):
            return
        highest = float(samples.max())
        if highest > self.level + LEVEL_TOLERANCE:
            self.level, self._on_flat_tops, self._flat_tops, self._open_run = highest, 0, 0, 0
        self._count_levels(samples, highest)
        if self.level <= 0.0 or highest < self.level - LEVEL_TOLERANCE:
            self._close()
            return
        self._count_runs(samples >= self.level - LEVEL_TOLERANCE)

    def clipped_samples(self) -> int:
        """Samples on flat tops, if the level is a ceiling at all."""
        self._close()
        if self.level >= FULL_SCALE:
            return self._on_flat_tops
        if self.level < LOWEST_CEILING or self._flat_tops < LEAST_FLAT_TOPS:
            return 0
        bottom, top = int(SHOULDER * self.level * _LEVELS), int((self.level - 2 * LEVEL_TOLERANCE) * _LEVELS)
        on_shoulder = int(self._histogram[bottom:top].sum())
        return self._on_flat_tops if self._on_flat_tops > on_shoulder else 0

    def _count_levels(self, samples: npt.NDArray[np.float32], highest: float) -> None:
        """Keep the histogram near the ceiling alone: it only ever rises, and most samples lie far below."""
        lowest = int(SHOULDER * self.level * _LEVELS) - 1
        if highest * _LEVELS > lowest:
            near = np.maximum(samples[samples > lowest / _LEVELS], 0.0) * _LEVELS
            self._histogram += np.bincount(near.astype(np.int64), minlength=_LEVELS + 1)

    def _count_runs(self, at_ceiling: npt.NDArray[np.bool_]) -> None:
        steps = np.diff(np.concatenate(([False], at_ceiling, [False])).astype(np.int8))
        starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
        lengths = ends - starts
        if at_ceiling[0]:
            lengths[0] += self._open_run
            self._open_run = 0
        else:
            self._close()
        if at_ceiling[-1]:
            self._open_run = int(lengths[-1])
            lengths = lengths[:-1]
        flat = lengths[lengths >= FLAT_TOP_SAMPLES]
        self._on_flat_tops += int(flat.sum())
        self._flat_tops += len(flat)

    def _close(self) -> None:
        if self._open_run >= FLAT_TOP_SAMPLES:
            self._on_flat_tops += self._open_run
            self._flat_tops += 1
        self._open_run = 0
