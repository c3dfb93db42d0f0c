"""Tells from the first bytes what kind of file this is, whatever its name says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Literal

from app.audio.frame_headers import adts_at, gsm_frames, mpeg_audio_at
from app.errors import InputError

HEAD_BYTES = 64 * 1024
"""How far into a file the first frame of a format without a header is looked for."""

Demuxer = Literal["wav", "w64", "flac", "ogg", "matroska", "mov", "mp3", "aac", "amr", "au", "caf", "aiff", "gsm"]


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is.

    Parameters
    ----------
    demuxer : str
        The only FFmpeg format that it may be opened as.
    start_byte : int
        Where the recording begins, after tags.
    states_length : bool
        Whether its header says how long it lasts; otherwise FFmpeg's length is an estimate.
    """

    demuxer: Demuxer
    start_byte: int
    states_length: bool


def sniff(file: BinaryIO) -> Sniffed:
    """Kind of the open recording `file`.

    Raises
    ------
    InputError
        If it is not a recording of a kind that is read here. Playlists, scripts and pages, which could send the decoder
        elsewhere, are among what is refused.
    """
    start = _after_tag(file)
    file.seek(start)
    head = file.read(HEAD_BYTES)
    demuxer = _by_magic(head)
    if demuxer is not None:
        return Sniffed(demuxer, start, states_length=demuxer not in ("ogg", "amr"))
    if gsm_frames(head):
        return Sniffed("gsm", start, states_length=False)
    if start == 0 and (kind := _known_stranger(head)) != "unknown":
        raise InputError("error-audio-not-audio", kind=kind)
    return _by_frames(head, start)


def _by_magic(head: bytes) -> Demuxer | None:
    if head[:4] in (b"RIFF", b"RF64", b"BW64", b"RIFX") and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if head[4:8] in (b"ftyp", b"moov") or (head[4:8] in (b"wide", b"mdat") and head[:4] < b"\x10"):
        return "mov"
    prefixes: tuple[tuple[bytes, Demuxer], ...] = (
        (b"riff\x2e\x91\xcf\x11", "w64"),
        (b"fLaC", "flac"),
        (b"OggS", "ogg"),
        (b"\x1aE\xdf\xa3", "matroska"),
        (b"#!AMR\n", "amr"),
        (b"#!AMR-WB\n", "amr"),
        (b".snd", "au"),
        (b"caff", "caf"),
    )
    return next((demuxer for magic, demuxer in prefixes if head.startswith(magic)), None)


def _by_frames(head: bytes, start: int) -> Sniffed:
    """MPEG audio and ADTS have no header: a run of frames, each where the one before it says, gives them away."""
    offset = -1
    while (offset := head.find(b"\xff", offset + 1)) >= 0:
        if adts_at(head, offset):
            return Sniffed("aac", start + offset, states_length=False)
        if mpeg_audio_at(head, offset):
            tagged = any(mark in head[offset : offset + 200] for mark in (b"Xing", b"Info", b"VBRI"))
            return Sniffed("mp3", start + offset, states_length=tagged)
    raise InputError("error-audio-not-audio", kind="unknown")


def _after_tag(file: BinaryIO) -> int:
    """Where the recording begins, after any ID3 tags: titles and pictures are none of our business."""
    position = 0
    for _ in range(4):
        file.seek(position)
        head = file.read(10)
        if len(head) < 10 or head[:3] != b"ID3" or any(byte & 0x80 for byte in head[6:10]):
            break
        length = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        position += 10 + length + (10 if head[5] & 0x10 else 0)
    return position


def _known_stranger(head: bytes) -> str:
    """What a file that is no recording is, as far as one can tell, so that the sentence can say it."""
    start = head[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"#extm3u", b"ffconcat", b"[playlist]", b"<asx", b"v=0\r\n", b"v=0\no=", b"file '")):
        return "playlist"
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<svg")):
        return "page"
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")) or head[8:12] == b"WEBP":
        return "picture"
    if head.startswith((b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")):
        return "archive"
    if head.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return "document"
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "video"
    return "text" if _is_text(head[:4096]) else "unknown"


def _is_text(head: bytes) -> bool:
    try:
        letters = head.decode("utf-8")
    except UnicodeDecodeError as problem:
        if problem.start < len(head) - 4:
            return False
        letters = head[: problem.start].decode("utf-8")
    return bool(letters) and all(letter.isprintable() or letter in "\r\n\t\f" for letter in letters)
