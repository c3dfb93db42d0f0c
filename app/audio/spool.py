"""A decoded recording on disk: samples that can be read in any order, and everything known of the file."""

from __future__ import annotations

import contextlib
import os
import tempfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt

from analysis.types import Message, Samples
from app.audio.facts import ChannelFacts, ChannelRelation
from app.audio.resample import Frames

FULL_SCALE = 32767
SAMPLE_BYTES = 2
PEAK_WINDOW_S = 0.05


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of one channel with a margin on either side.

    Parameters
    ----------
    start_sample : int
        Where `samples` begins in the recording, margin included.
    samples : ndarray of float32, shape (n,), in [-1, 1]
    core : slice
        The part of `samples` that belongs to this block alone; the cores of all blocks make up the recording.
    """

    start_sample: int
    samples: Samples
    core: slice


@dataclass(frozen=True, slots=True)
class Spool:
    """One decoded recording. Use it in a ``with`` block: at its end the samples are deleted from disk.

    Parameters
    ----------
    paths : tuple of Path
        One file of 16-bit little-endian samples for each channel.
    codec, container : str
        FFmpeg's names, e.g. ``pcm_alaw`` in ``wav``.
    source_rate_hz : int
        The file's own sample rate.
    analysis_rate : int
        Rate of the samples here, in Hz: 8000 for a telephone recording, else 16000.
    n_samples : int
        Of each channel, at `analysis_rate`.
    warnings : tuple of Message
    facts : tuple of ChannelFacts
        One for each channel.
    relation : {"single", "separate", "same", "opposite"}
        Whether the second channel is a copy of the first.
    window_peaks : tuple of ndarray of float32
        Highest absolute sample in each `PEAK_WINDOW_S`, for each channel.
    """

    paths: tuple[Path, ...]
    codec: str
    container: str
    source_rate_hz: int
    analysis_rate: int
    n_samples: int
    warnings: tuple[Message, ...]
    facts: tuple[ChannelFacts, ...]
    relation: ChannelRelation
    window_peaks: tuple[npt.NDArray[np.float32], ...]

    @property
    def channels(self) -> int:
        """Number of channels, 1 or 2."""
        return len(self.paths)

    @property
    def duration_s(self) -> float:
        """Length in seconds of what was decoded."""
        return self.n_samples / self.analysis_rate

    @property
    def equal_channels(self) -> bool:
        """Whether two channels hold one and the same sound, as they are or with the sign turned."""
        return self.relation in ("same", "opposite")

    def read(self, channel: int, start: int, stop: int) -> Samples:
        """Samples `start` to `stop` of `channel`, cut to the recording; float32 of shape (n,) in [-1, 1].

        Reads them into memory of their own rather than mapping the file, so that memory does not grow with the call.
        """
        start, stop = max(0, start), min(self.n_samples, stop)
        count = max(0, stop - start)
        stored = np.fromfile(self.paths[channel], dtype="<i2", count=count, offset=start * SAMPLE_BYTES if count else 0)
        return stored.astype(np.float32) / np.float32(FULL_SCALE)

    def blocks(self, channel: int, *, block_s: float, margin_s: float) -> Iterator[Block]:
        """The whole of `channel` in stretches of `block_s` seconds, each with `margin_s` more on both sides."""
        length, margin = max(1, round(block_s * self.analysis_rate)), round(margin_s * self.analysis_rate)
        for start in range(0, self.n_samples, length):
            stop = min(self.n_samples, start + length)
            first = max(0, start - margin)
            samples = self.read(channel, first, stop + margin)
            yield Block(first, samples, slice(start - first, stop - first))

    def peaks(self, channel: int, n: int) -> list[float]:
        """Highest absolute sample, 0 to 1, in each of `n` equal stretches; fewer where the recording is very short."""
        kept = self.window_peaks[channel]
        n = min(n, len(kept))
        if n <= 0:
            return []
        starts = np.arange(n) * len(kept) // n
        return [float(peak) for peak in np.maximum.reduceat(kept, starts)]

    def delete(self) -> None:
        """Remove the samples from disk."""
        for path in self.paths:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.delete()


class SpoolWriter:
    """Puts blocks of samples on disk, one private file for each channel, and keeps the peaks to draw.

    Parameters
    ----------
    folder : Path
        Must exist.
    channels : int
    analysis_rate : int
        In Hz.
    """

    def __init__(self, folder: Path, *, channels: int, analysis_rate: int) -> None:
        self.n_samples = 0
        opened = [tempfile.mkstemp(prefix="samples-", suffix=".s16", dir=folder) for _ in range(channels)]
        self.paths = tuple(Path(name) for _, name in opened)
        self._files = [os.fdopen(descriptor, "wb") for descriptor, _ in opened]
        self._window = round(PEAK_WINDOW_S * analysis_rate)
        self._peaks = [array("f") for _ in range(channels)]
        self._rest = np.zeros((channels, 0), dtype=np.float32)

    def write(self, frames: Frames) -> None:
        """Append `frames`, shape (n, channels); what is beyond full scale is limited to it."""
        rows = np.clip(np.ascontiguousarray(frames.T), -1.0, 1.0)
        stored = np.rint(rows * FULL_SCALE).astype("<i2")
        for row, file in zip(stored, self._files, strict=True):
            file.write(row.tobytes())
        self.n_samples += rows.shape[1]
        self._rest = np.concatenate((self._rest, np.abs(rows)), axis=1)
        whole = self._rest.shape[1] // self._window
        self._keep_peaks(self._rest[:, : whole * self._window], whole)
        self._rest = self._rest[:, whole * self._window :]

    def close(self) -> tuple[npt.NDArray[np.float32], ...]:
        """Finish the files and return the peaks of each channel."""
        if self._rest.size:
            self._keep_peaks(self._rest, 1)
        for file in self._files:
            file.close()
        return tuple(np.array(peaks, dtype=np.float32) for peaks in self._peaks)

    def discard(self) -> None:
        """Close and remove the files."""
        for file, path in zip(self._files, self.paths, strict=True):
            file.close()
            with contextlib.suppress(FileNotFoundError):
                path.unlink()

    def _keep_peaks(self, magnitudes: Frames, windows: int) -> None:
        """Keep the highest of each window of `magnitudes`, shape (channels, n)."""
        if windows:
            highest = magnitudes.reshape(magnitudes.shape[0], windows, -1).max(axis=2)
            for row, peaks in zip(highest, self._peaks, strict=True):
                peaks.extend(row.tolist())
