"""Recognises the frames of recordings that have no file header: MPEG audio, ADTS and GSM 06.10."""

from __future__ import annotations

from collections.abc import Callable

FRAMES_IN_A_ROW = 3
"""A chance sync word is common, in quiet samples above all; three that lead to each other are not."""

FRAMES_AFTER_JUNK = 5
"""Where the file does not begin with one, there are many chances more."""

HEADER_BYTES = 7

GSM_FRAME_BYTES = 33
GSM_MIN_FRAMES = 25
"""Half a second."""

_BITRATES_KBPS = {
    (True, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES_HZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def mpeg_audio_at(head: bytes, offset: int) -> bool:
    """Whether MPEG audio frames (MP3 above all) of one kind follow each other from `offset` in `head`.

    References
    ----------
    ISO/IEC 11172-3 and 13818-3, frame header.
    """
    return _frames_follow(head, offset, _mpeg_frame_bytes, _mpeg_kind)


def _frames_follow(
    head: bytes, offset: int, length_of: Callable[[bytes], int | None], kind_of: Callable[[bytes], bytes]
) -> bool:
    """Whether enough frames stand in a row, each where the one before it ends, or reach just to the end of `head`."""
    needed = FRAMES_IN_A_ROW if offset == 0 else FRAMES_AFTER_JUNK
    kind = kind_of(head[offset : offset + HEADER_BYTES])
    for count in range(needed):
        if offset == len(head):
            return count > 0
        header = head[offset : offset + HEADER_BYTES]
        length = length_of(header)
        if length is None or kind_of(header) != kind:
            return False
        offset += length
    return True


def _mpeg_kind(header: bytes) -> bytes:
    """Version, layer and sample rate, which stay the same through a file; the bit rate need not."""
    return bytes((header[1] & 0xFE, header[2] & 0x0C)) if len(header) > 2 else b""


def _mpeg_frame_bytes(header: bytes) -> int | None:
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return None
    version, layer = header[1] >> 3 & 3, 4 - (header[1] >> 1 & 3)
    bitrate, rate = header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or layer == 4 or bitrate in (0, 15) or rate == 3:
        return None
    kbps = _BITRATES_KBPS[version == 3, layer][bitrate - 1]
    rate_hz, padding = _RATES_HZ[version][rate], header[2] >> 1 & 1
    if layer == 1:
        return (12000 * kbps // rate_hz + padding) * 4
    return (72000 if layer == 3 and version != 3 else 144000) * kbps // rate_hz + padding


def adts_at(head: bytes, offset: int) -> bool:
    """Whether ADTS frames (bare AAC) of one kind follow each other from `offset` in `head`.

    References
    ----------
    ISO/IEC 13818-7, ADTS header.
    """
    return _frames_follow(head, offset, _adts_frame_bytes, _adts_kind)


def _adts_kind(header: bytes) -> bytes:
    """The fixed part of the header: profile, sample rate and channels."""
    return bytes((*header[1:3], header[3] & 0xF0)) if len(header) > 3 else b""


def _adts_frame_bytes(header: bytes) -> int | None:
    if len(header) < HEADER_BYTES or header[0] != 0xFF or header[1] & 0xF6 != 0xF0 or header[2] >> 2 & 15 > 12:
        return None
    length = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
    return length if length >= HEADER_BYTES else None


def gsm_frames(head: bytes) -> bool:
    """Whether `head` is nothing but GSM 06.10 frames of 33 bytes, each begun by the mark 0xD.

    References
    ----------
    RFC 3551, section 4.5.8.1.
    """
    frames = len(head) // GSM_FRAME_BYTES
    marks = head[: frames * GSM_FRAME_BYTES : GSM_FRAME_BYTES]
    return frames >= GSM_MIN_FRAMES and all(mark >> 4 == 0xD for mark in marks) and len(set(head[:3300])) > 4
