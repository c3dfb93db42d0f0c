"""Broken recordings without end: a number makes the same one each time."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.app.audio.recordings import Samples, encoded, pcm16, wav_bytes

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SECONDS = 2.0
HEAD_BYTES = 600
LARGEST_BYTES = 400_000
EXTREMES = (
    b"\x00\x00\x00\x00",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\x80\x00\x00\x00",
    b"\x01\x00\x00\x00",
)
KINDS = (
    ("wav-alaw", "pcm_alaw", "wav", 8000, None),
    ("wav-adpcm", "adpcm_ima_wav", "wav", 8000, None),
    ("w64", "pcm_s16le", "w64", 8000, None),
    ("aiff", "pcm_s16be", "aiff", 8000, None),
    ("au", "pcm_mulaw", "au", 8000, None),
    ("caf", "pcm_s16le", "caf", 8000, None),
    ("flac", "flac", "flac", 8000, None),
    ("mp3", "libmp3lame", "mp3", 16000, 32_000),
    ("opus", "libopus", "ogg", 48000, 24_000),
    ("vorbis", "vorbis", "ogg", 16000, 64_000),
    ("m4a", "aac", "mp4", 16000, 32_000),
    ("mov", "pcm_s16le", "mov", 8000, None),
    ("alac", "alac", "mp4", 8000, None),
    ("aac", "aac", "adts", 16000, 32_000),
    ("webm", "libopus", "webm", 48000, 24_000),
    ("amr", "libopencore_amrnb", "amr", 8000, 12_200),
)
Change = Callable[[bytearray, random.Random], bytearray]


@cache
def sound_recordings() -> dict[str, bytes]:
    """A short stretch of each sample call in turn, as a recording of every kind, none of them broken."""
    sources = [_stretch(path) for path in sorted(SAMPLES.glob("*.wav"))]
    made = {}
    with TemporaryDirectory(prefix="puhepeili-mutations-") as name:
        for number, (kind, codec, container, rate_hz, bit_rate) in enumerate(KINDS):
            channels = [_at_rate(channel, rate_hz) for channel in sources[number % len(sources)]]
            channels = channels[: 1 if kind == "amr" else 2]
            path = Path(name) / kind
            encoded(path, channels, rate_hz=rate_hz, codec=codec, container=container, bit_rate=bit_rate)
            made[kind] = path.read_bytes()
    left, right = sources[0]
    both = np.stack([left, right], axis=1).reshape(-1)
    made["wav"] = wav_bytes(pcm16(both), rate_hz=8000, channels=2)
    chance = random.Random(7)
    made["gsm"] = b"".join(bytes([0xD0 | chance.randrange(16)]) + chance.randbytes(32) for _ in range(100))
    return made


def _stretch(path: Path) -> list[Samples]:
    import av

    with av.open(str(path)) as container:
        frames = [frame.to_ndarray().reshape(-1, 2) for frame in container.decode(audio=0)]
    samples = np.concatenate(frames)[: round(SECONDS * 8000)].astype(np.float32) / np.float32(32768)
    return [np.ascontiguousarray(samples[:, channel]) for channel in range(2)]


def _at_rate(samples: Samples, rate_hz: int) -> Samples:
    return np.repeat(samples, rate_hz // 8000)


def mutated(seed: int, number: int) -> tuple[str, bytes]:
    """The broken recording of that number: of which kind it was, and its bytes."""
    chance = random.Random(f"{seed}/{number}")
    kinds = sound_recordings()
    kind = sorted(kinds)[number % len(kinds)]
    content = bytearray(kinds[kind])
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        content = chance.choice(CHANGES)(content, chance)
        if not content:
            break
    return kind, bytes(content[:LARGEST_BYTES])


def _place(content: bytearray, chance: random.Random) -> int:
    """Somewhere in it, and half of the time in its head, where most is decided."""
    return chance.randrange(min(len(content), HEAD_BYTES) if chance.random() < 0.5 else len(content))


def _bits(content: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.choice((1, 3, 30))):
        content[_place(content, chance)] ^= 1 << chance.randrange(8)
    return content


def _bytes(content: bytearray, chance: random.Random) -> bytearray:
    start, length = _place(content, chance), chance.choice((1, 4, 64, 2000))
    content[start : start + length] = chance.randbytes(length)
    return content


def _extreme(content: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.choice((1, 2, 5))):
        start, size = _place(content, chance), chance.choice((1, 2, 4))
        content[start : start + size] = chance.choice(EXTREMES)[:size]
    return content


def _cut(content: bytearray, chance: random.Random) -> bytearray:
    return content[: _place(content, chance)]


def _without(content: bytearray, chance: random.Random) -> bytearray:
    start = _place(content, chance)
    del content[start : start + chance.choice((1, 7, 512, 20_000))]
    return content


def _twice(content: bytearray, chance: random.Random) -> bytearray:
    start, length = _place(content, chance), chance.choice((1, 16, 512, 20_000))
    content[start:start] = content[start : start + length] * chance.choice((1, 1, 5))
    return content


def _inserted(content: bytearray, chance: random.Random) -> bytearray:
    start = _place(content, chance)
    content[start:start] = chance.randbytes(chance.choice((1, 3, 40, 4000)))
    return content


def _spliced(content: bytearray, chance: random.Random) -> bytearray:
    others = sound_recordings()
    other = others[chance.choice(sorted(others))]
    return content[: _place(content, chance)] + other[chance.randrange(len(other)) :]


def _pointing(content: bytearray, chance: random.Random) -> bytearray:
    """With text that names other files, such as playlists have."""
    lines = (
        b"ffconcat version 1.0\nfile '../../neighbour.wav'\n",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n../../neighbour.wav\n",
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
        b"ID3\x04\x00\x00\x00\x00\x10\x00",
    )
    start = chance.choice((0, 0, _place(content, chance)))
    content[start:start] = chance.choice(lines)
    return content


def _zeroed(content: bytearray, chance: random.Random) -> bytearray:
    start, length = _place(content, chance), chance.choice((8, 200, 5000))
    content[start : start + length] = bytes(len(content[start : start + length]))
    return content


CHANGES: tuple[Change, ...] = (
    _bits,
    _bits,
    _bytes,
    _extreme,
    _extreme,
    _cut,
    _without,
    _twice,
    _inserted,
    _spliced,
    _pointing,
    _zeroed,
)
