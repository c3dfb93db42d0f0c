"""From the file of a recording to samples on disk, block by block: the only place where sound is decoded."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.audio.intake import Damage, Intake, pour
from app.audio.lengths import length_text
from app.audio.reader import BoundedReader, ReadingBudgetSpent
from app.audio.sniff import Sniffed, sniff
from app.audio.soundness import length_warnings, signal_warnings
from app.audio.source import Source, open_source
from app.audio.spool import Spool
from app.audio.wav import WavSound, wav_sound
from app.errors import InputError

LOWEST_BIT_RATE = 200
"""In bits a second: a header that promises so long a call that fewer bits would carry it is not believed."""


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """What a recording may be.

    Parameters
    ----------
    max_bytes : int
        Size of the file.
    min_duration_s, max_duration_s : float
    max_channels : int
        At most 2.
    min_rate_hz, max_rate_hz : int
    """

    max_bytes: int = 2 * 2**30
    min_duration_s: float = 0.5
    max_duration_s: float = 4 * 3600.0
    max_channels: int = 2
    min_rate_hz: int = 8000
    max_rate_hz: int = 192_000


DEFAULT_LIMITS = DecodeLimits()


def decode(
    path: Path,
    folder: Path,
    *,
    limits: DecodeLimits = DEFAULT_LIMITS,
    progress: Callable[[float], None] | None = None,
) -> Spool:
    """Samples of the recording in `path`, put into `folder`.

    What the file is, is told by its content and never by its name; nothing outside the file is ever opened.

    Parameters
    ----------
    path : Path
    folder : Path
        Where the samples are kept, 16 bits each; must exist. The spool deletes them at the end of its ``with`` block.
    limits : DecodeLimits
    progress : callable, optional
        Told the share of the file that has been read, 0 to 1.

    Returns
    -------
    Spool

    Raises
    ------
    InputError
        If the file is missing, is no recording, is broken beyond use or outside `limits`.

    Notes
    -----
    A file that breaks off or is damaged in places is decoded as far as it can be, with a warning. Where a stretch is
    lost, as much silence stands in for it, so that all times stay true.
    """
    with _opened(path, limits) as (file, size_bytes):
        sniffed = sniff(file)
        wav = wav_sound(file, size_bytes=size_bytes) if sniffed.demuxer == "wav" else None
        if wav is None:
            reader = BoundedReader(file, start_byte=sniffed.start_byte, stop_byte=size_bytes)
        else:
            reader = BoundedReader(file, start_byte=wav.start_byte, stop_byte=wav.stop_byte, header=wav.header)
        try:
            with open_source(reader, sniffed) as source:
                _check(source, limits, size_bytes)
                intake = Intake(folder, limits.max_duration_s)
                try:
                    damage = pour(source, intake, _shown(progress, reader))
                    return _finished(source, intake, damage, sniffed, wav, limits)
                except BaseException:
                    intake.discard()
                    raise
        except ReadingBudgetSpent as problem:
            raise InputError("error-audio-header") from problem


@contextmanager
def _opened(path: Path, limits: DecodeLimits) -> Iterator[tuple[BinaryIO, int]]:
    """The open file and its size; only a regular file, since a pipe or a device might never end."""
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for its other end.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except (FileNotFoundError, NotADirectoryError) as problem:
        raise InputError("error-audio-missing") from problem
    except (OSError, ValueError) as problem:
        raise InputError("error-audio-unreadable") from problem
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise InputError("error-audio-unreadable")
    size_bytes = found.st_size
    with os.fdopen(descriptor, "rb") as file:
        if size_bytes == 0:
            raise InputError("error-audio-empty")
        if size_bytes > limits.max_bytes:
            raise InputError("error-audio-too-large", size_mb=size_bytes / 1e6, limit_mb=limits.max_bytes / 1e6)
        yield file, size_bytes


def _check(source: Source, limits: DecodeLimits, size_bytes: int) -> None:
    """Refuse what the header alone shows to be outside `limits`."""
    if source.channels > limits.max_channels:
        raise InputError("error-audio-channels", channels=source.channels, limit=limits.max_channels)
    if source.rate_hz < limits.min_rate_hz:
        raise InputError("error-audio-rate-low", rate_hz=source.rate_hz, limit_hz=limits.min_rate_hz)
    if source.rate_hz > limits.max_rate_hz:
        raise InputError("error-audio-rate-high", rate_hz=source.rate_hz, limit_hz=limits.max_rate_hz)
    declared_s = source.stated_s
    if declared_s and declared_s > limits.max_duration_s and size_bytes * 8 / declared_s >= LOWEST_BIT_RATE:
        raise InputError("error-audio-too-long", limit=length_text(limits.max_duration_s))


def _shown(progress: Callable[[float], None] | None, reader: BoundedReader) -> Callable[[], None]:
    """A callable that tells how far `reader` has come, at most a hundred times."""
    shown = -1.0

    def show() -> None:
        nonlocal shown
        share = min(1.0, reader.tell() / max(1, reader.size_bytes))
        if progress is not None and share >= shown + 0.01:
            shown = share
            progress(share)

    return show


def _finished(
    source: Source,
    intake: Intake,
    damage: Damage,
    sniffed: Sniffed,
    wav: WavSound | None,
    limits: DecodeLimits,
) -> Spool:
    """The spool of all that was decoded, if it is enough."""
    decoded_s = intake.duration_s
    stated_s = wav.declared_s if wav is not None else source.stated_s if sniffed.states_length else None
    warnings = length_warnings(sniffed.demuxer, stated_s=stated_s, decoded_s=decoded_s, damage=damage)
    if decoded_s < limits.min_duration_s:
        if decoded_s == 0.0 and not damage.errors:
            raise InputError("error-audio-no-samples")
        broken = damage.errors > 0 or any(warning.id == "warning-cut-short" for warning in warnings)
        problem = "error-audio-damaged" if broken else "error-audio-too-short"
        raise InputError(problem, seconds=decoded_s, limit_s=limits.min_duration_s)
    stored = intake.finish()
    return Spool(
        paths=stored.paths,
        codec=source.codec,
        container=sniffed.demuxer,
        source_rate_hz=stored.source_rate_hz,
        analysis_rate=stored.analysis_rate,
        n_samples=stored.n_samples,
        warnings=warnings + source.warnings + signal_warnings(stored.facts, codec=source.codec),
        facts=stored.facts.channels,
        relation=stored.facts.relation,
        window_peaks=stored.window_peaks,
    )
