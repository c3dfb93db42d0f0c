"""G.711 A-law WAV files, as telephone recorders write them; the standard library's `wave` knows PCM only."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

from samples.spoken import Samples

_FORMAT_ALAW = 6


def _levels() -> npt.NDArray[np.int32]:
    """Value of each of the 256 codes, on the 16-bit scale (ITU-T G.711, table 1a)."""
    code = np.arange(256) ^ 0x55
    exponent, mantissa = (code >> 4) & 7, code & 15
    size = np.where(exponent == 0, (mantissa << 4) + 8, ((mantissa << 4) + 0x108) << np.maximum(exponent - 1, 0))
    return np.where(code & 0x80, size, -size).astype(np.int32)


def alaw_encoded(samples: Samples) -> npt.NDArray[np.uint8]:
    """Codes of `samples` (float32 in [-1, 1]): the nearest of the 256 levels; what is louder is held at the loudest."""
    levels = _levels()
    order = np.argsort(levels)
    thresholds = (levels[order][:-1] + levels[order][1:]) / 2
    return order[np.searchsorted(thresholds, samples.astype(np.float64) * 32768)].astype(np.uint8)


def alaw_decoded(codes: npt.NDArray[np.uint8]) -> Samples:
    """Samples in [-1, 1] that `codes` stand for."""
    return (_levels()[codes] / 32768).astype(np.float32)


def write_alaw(path: Path, channels: list[Samples], *, sample_rate: int) -> None:
    """Write equally long `channels` as one A-law WAV file.

    Raises
    ------
    ValueError
        If the channels differ in length.
    """
    if len({len(channel) for channel in channels}) != 1:
        raise ValueError(f"channels must be equally long, not {[len(channel) for channel in channels]} samples")
    body = alaw_encoded(np.stack(channels, axis=1).reshape(-1)).tobytes()
    count = len(channels)
    form = struct.pack("<HHIIHHH", _FORMAT_ALAW, count, sample_rate, sample_rate * count, count, 8, 0)
    fact = struct.pack("<I", len(channels[0]))
    padding = b"\0" * (len(body) % 2)
    chunks = b"".join(
        name + struct.pack("<I", len(content)) + content for name, content in ((b"fmt ", form), (b"fact", fact))
    )
    chunks += b"data" + struct.pack("<I", len(body)) + body + padding
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)


def read_alaw(path: Path) -> tuple[Samples, int]:
    """Samples of shape (n, channels) and the sample rate of a file by `write_alaw`.

    Raises
    ------
    ValueError
        If it is not an A-law WAV file.
    """
    content = path.read_bytes()
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise ValueError(f"{path.name} is not a WAV file")
    at, chunks = 12, {}
    while at + 8 <= len(content):
        size = struct.unpack_from("<I", content, at + 4)[0]
        chunks[content[at : at + 4]] = content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    tag, count, rate = struct.unpack_from("<HHI", chunks[b"fmt "])
    if tag != _FORMAT_ALAW:
        raise ValueError(f"{path.name} has format tag {tag}, not {_FORMAT_ALAW} (A-law)")
    return alaw_decoded(np.frombuffer(chunks[b"data"], dtype=np.uint8)).reshape(-1, count), rate
