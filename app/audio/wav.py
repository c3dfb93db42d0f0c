"""Reads a WAV header by itself: what it claims, what the file really has, and where the samples are.

FFmpeg is then given the format and the samples alone. It never sees the other chunks, whose lengths can be made to ask
for gigabytes, and a length that lies has been put right.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from app.audio.soundness import lengths_differ
from app.errors import InputError

MOST_CHUNKS = 1000
"""A sound WAV has a handful; past this the walk ends."""

STREAMED_LENGTH = 0x7FFF_F000
"""From here on a length is what a stream leaves behind (0x7FFFFFFF, 0xFFFFFFFF and near them), not a claim."""

FORMAT_BYTES = (16, 4096)
OPEN_LENGTH = 0xFFFF_FFFF

# PCM, float, A-law, mu-law, and the extensible form of these: as many bytes a second as blocks of samples make.
_FIXED_TAGS = (0x0001, 0x0003, 0x0006, 0x0007, 0xFFFE)


@dataclass(frozen=True, slots=True)
class WavSound:
    """The samples of a WAV file.

    Parameters
    ----------
    header : bytes
        A new header for them, with nothing but their format and length.
    start_byte, stop_byte : int
        Where they are in the file, as far as it truly reaches.
    declared_s : float or None
        Length by the file's own header; None where a stream left it open.
    """

    header: bytes
    start_byte: int
    stop_byte: int
    declared_s: float | None


def wav_sound(file: BinaryIO, *, size_bytes: int) -> WavSound:
    """Where the samples of an open WAV, RIFX or RF64 file are.

    Where the data goes on after the length that the header gives, and what follows is no chunk, a recorder never came
    to correct the header: the samples reach to the end of the file.

    Raises
    ------
    InputError
        If the header has no format or no data.
    """
    file.seek(0)
    big_endian = file.read(12)[:4] == b"RIFX"
    order = ">" if big_endian else "<"
    chunks = _chunks(file, order)
    if b"fmt " not in chunks or b"data" not in chunks:
        raise InputError("error-audio-header")
    start, length = chunks[b"data"]
    if length == OPEN_LENGTH and b"ds64" in chunks:
        file.seek(chunks[b"ds64"][0] + 8)
        length = int.from_bytes(file.read(8), "little")
    fields = _read(file, chunks[b"fmt "])
    bytes_per_second = _bytes_per_second(fields, order)
    available = max(0, size_bytes - start)
    declared = None if length == 0 or (length >= STREAMED_LENGTH and length > available) else length
    declared_s = None if declared is None or not bytes_per_second else declared / bytes_per_second
    used = available if declared is None else min(available, declared)
    if (
        declared_s is not None
        and lengths_differ(declared_s, available / bytes_per_second)
        and not _is_chunk_at(file, start + length + length % 2, size_bytes)
    ):
        used = available
    header = struct.pack(f"{order}I", min(used, OPEN_LENGTH))
    header = b"WAVEfmt " + struct.pack(f"{order}I", len(fields)) + fields + b"data" + header
    riff = (b"RIFX" if big_endian else b"RIFF") + struct.pack(f"{order}I", min(len(header) + used, OPEN_LENGTH))
    return WavSound(riff + header, start, start + used, declared_s)


def _chunks(file: BinaryIO, order: str) -> dict[bytes, tuple[int, int]]:
    """Where each chunk's content begins and how long it says it is, up to the last of the format and the data."""
    found: dict[bytes, tuple[int, int]] = {}
    position = 12
    for _ in range(MOST_CHUNKS):
        file.seek(position)
        head = file.read(8)
        if len(head) < 8 or {b"fmt ", b"data"} <= found.keys():
            break
        length = struct.unpack(f"{order}I", head[4:])[0]
        found.setdefault(head[:4], (position + 8, length))
        position += 8 + length + length % 2
    return found


def _read(file: BinaryIO, chunk: tuple[int, int]) -> bytes:
    start, length = chunk
    least, most = FORMAT_BYTES
    file.seek(start)
    fields = file.read(min(length, most))
    if len(fields) < least:
        raise InputError("error-audio-header")
    return fields + b"\0" * (len(fields) % 2)


def _bytes_per_second(fields: bytes, order: str) -> int:
    """As the format gives it; 0 where it does not."""
    tag, _, rate_hz, average, block_bytes = struct.unpack(f"{order}HHIIH", fields[:14])
    return int(rate_hz * block_bytes if tag in _FIXED_TAGS else average)


def _is_chunk_at(file: BinaryIO, position: int, size_bytes: int) -> bool:
    """Whether a chunk begins at `position`, or the file ends: a printable name, and a length that fits the file."""
    if position + 8 > size_bytes:
        return True
    file.seek(position)
    head = file.read(8)
    lengths = (int.from_bytes(head[4:], "little"), int.from_bytes(head[4:], "big"))
    fits = min(lengths) <= size_bytes - position - 8
    return fits and all(0x20 <= letter < 0x7F for letter in head[:4])
