"""Takes decoded frames in, puts silence where some are missing, and brings them to disk at the rate of analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from app.audio.facts import SignalFacts, SignalGatherer
from app.audio.lengths import length_text
from app.audio.resample import Frames, Resampler, analysis_rate_of
from app.audio.source import Source
from app.audio.spool import SpoolWriter
from app.errors import InputError

if TYPE_CHECKING:
    from av import AudioFrame

BATCH_SAMPLES = 65_536
"""Frames are often only 20 ms long; so many samples at a time are worth a pass of NumPy."""

SMALLEST_GAP_S = 0.1
"""Below this, time stamps of sound recordings wander too."""

LARGEST_GAP_S = 600.0
"""Above this, the time stamp is taken as wrong, and not the sound as missing."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What could not be decoded: places that failed, and seconds of silence put in for what is missing."""

    errors: int
    gap_s: float


@dataclass(frozen=True, slots=True)
class Stored:
    """What an intake has put on disk, and what it learnt on the way."""

    paths: tuple[Path, ...]
    source_rate_hz: int
    analysis_rate: int
    n_samples: int
    facts: SignalFacts
    window_peaks: tuple[npt.NDArray[np.float32], ...]


class Intake:
    """Gathers frames into batches, measures them, resamples them and writes them.

    Parameters
    ----------
    folder : Path
    max_duration_s : float
        Longer recordings are refused as soon as they pass it.
    """

    def __init__(self, folder: Path, max_duration_s: float) -> None:
        self._folder = folder
        self._max_duration_s = max_duration_s
        self._waiting: list[Frames] = []
        self._waiting_samples = 0
        self._begun = False
        self.received = 0
        self.rate_hz = 0
        self.channels = 0

    @property
    def duration_s(self) -> float:
        """Seconds taken in so far."""
        return self.received / self.rate_hz if self.rate_hz else 0.0

    def begin(self, *, rate_hz: int, channels: int) -> None:
        """Make ready for frames of this rate and number of channels."""
        self.rate_hz, self.channels = rate_hz, channels
        analysis_rate = analysis_rate_of(rate_hz)
        self._gatherer = SignalGatherer(channels)
        self._resampler = Resampler(source_rate_hz=rate_hz, target_rate_hz=analysis_rate, channels=channels)
        self._writer = SpoolWriter(self._folder, channels=channels, analysis_rate=analysis_rate)
        self._begun = True

    def add(self, frames: Frames) -> None:
        """Take in `frames`, shape (n, channels)."""
        self.received += len(frames)
        if self.duration_s > self._max_duration_s:
            raise InputError("error-audio-too-long", limit=length_text(self._max_duration_s))
        self._waiting.append(frames)
        self._waiting_samples += len(frames)
        if self._waiting_samples >= BATCH_SAMPLES:
            self._pass_on()

    def add_silence(self, samples: int) -> None:
        """Take in as many zeros."""
        for start in range(0, samples, BATCH_SAMPLES):
            self.add(np.zeros((min(BATCH_SAMPLES, samples - start), self.channels), dtype=np.float32))

    def finish(self) -> Stored:
        """Write what is left and tell what there is."""
        self._pass_on(last=True)
        window_peaks = self._writer.close()
        return Stored(
            paths=self._writer.paths,
            source_rate_hz=self.rate_hz,
            analysis_rate=analysis_rate_of(self.rate_hz),
            n_samples=self._writer.n_samples,
            facts=self._gatherer.facts(),
            window_peaks=window_peaks,
        )

    def discard(self) -> None:
        """Remove what was written."""
        if self._begun:
            self._writer.discard()

    def _pass_on(self, *, last: bool = False) -> None:
        empty = np.zeros((0, self.channels), dtype=np.float32)
        batch = np.concatenate(self._waiting) if self._waiting else empty
        self._waiting, self._waiting_samples = [], 0
        # A packet may hold minutes of samples; the passes over them are still made in pieces.
        pieces = [batch[start : start + BATCH_SAMPLES] for start in range(0, len(batch), BATCH_SAMPLES)]
        for piece in pieces:
            self._writer.write(self._resampler.feed(self._gatherer.add(piece)))
        if last:
            self._writer.write(self._resampler.feed(empty, last=True))


class Clock:
    """Tells from the time stamps how many samples are missing before a frame."""

    def __init__(self) -> None:
        self._zero_s: float | None = None

    def missing_samples(self, stamp_s: float | None, intake: Intake) -> int:
        """Samples lost between what `intake` has and a frame stamped `stamp_s` (None: it has no stamp)."""
        if stamp_s is None:
            return 0
        if self._zero_s is None:
            self._zero_s = stamp_s - intake.duration_s
        ahead_s = stamp_s - self._zero_s - intake.duration_s
        if SMALLEST_GAP_S < ahead_s <= LARGEST_GAP_S:
            return round(ahead_s * intake.rate_hz)
        if abs(ahead_s) > SMALLEST_GAP_S:
            self._zero_s += ahead_s
        return 0


def pour(source: Source, intake: Intake, show: Callable[[], None]) -> Damage:
    """Decode all of `source` into `intake`; `show` is called now and then.

    Raises
    ------
    InputError
        If it is longer than allowed.
    """
    clock, errors, missing = Clock(), 0, 0
    for frame in _frames_of(source):
        show()
        if frame is None:
            errors += 1
            continue
        if not intake.rate_hz:
            intake.begin(rate_hz=frame.sample_rate, channels=frame.layout.nb_channels)
        if (frame.sample_rate, frame.layout.nb_channels) != (intake.rate_hz, intake.channels):
            errors += 1
            continue
        stamp_s = None if frame.pts is None or frame.time_base is None else float(frame.pts * frame.time_base)
        gap = clock.missing_samples(stamp_s, intake)
        intake.add_silence(gap)
        missing += gap
        intake.add(samples_of(frame))
    return Damage(errors, missing / intake.rate_hz if intake.rate_hz else 0.0)


def samples_of(frame: AudioFrame) -> Frames:
    """Samples of `frame` as float32 of shape (n, channels), full scale being 1."""
    channels = frame.layout.nb_channels
    stored: npt.NDArray[Any] = frame.to_ndarray()
    stored = stored.T if frame.format.is_planar else stored.reshape(-1, channels)
    if stored.dtype.kind == "f":
        with np.errstate(over="ignore", invalid="ignore"):
            return stored.astype(np.float32)
    if stored.dtype.kind == "u":
        return (stored.astype(np.float32) - np.float32(128)) / np.float32(128)
    return stored.astype(np.float32) / np.float32(2 ** (8 * stored.dtype.itemsize - 1))


def _frames_of(source: Source) -> Iterator[AudioFrame | None]:
    """Decoded frames; None for each place that could not be decoded."""
    import av

    packets = source.container.demux(source.stream)
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except av.FFmpegError:
            yield None
            break
        try:
            yield from packet.decode()
        except av.FFmpegError:
            yield None
    try:
        yield from source.stream.codec_context.decode(None)
    except av.FFmpegError:
        yield None
