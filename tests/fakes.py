"""Stand-ins and helpers for the tests of the whole path: a speech model that records, calls cut short, matching edges."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.types import Samples
from samples.alaw import read_alaw

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
DATA = Path(__file__).resolve().parents[1] / "../shared/data"
STEMS = ("hyva_puhelu", "kiireinen_puhelu", "pitka_puhelu", "taytepuhelu")
Pair = tuple[float, float]


@dataclass(frozen=True)
class FakeWord:
    """One word as faster-whisper gives it: text with its leading space, times in the piece that was handed over."""

    word: str
    start: float
    end: float
    probability: float = 0.9


@dataclass(frozen=True)
class FakeSegment:
    """One segment as faster-whisper gives it."""

    words: list[FakeWord] | None
    compression_ratio: float = 1.2
    no_speech_prob: float = 0.0
    avg_logprob: float = -0.3
    tokens: tuple[int, ...] = ()

    @property
    def start(self) -> float:
        return self.words[0].start if self.words else 0.0

    @property
    def end(self) -> float:
        return self.words[-1].end if self.words else 0.0

    @property
    def seek(self) -> int:
        return int(self.start // 30) * 3000


@dataclass
class FakeWhisper:
    """Gives set segments for each call, and keeps what it was asked and each window of sound without its silence."""

    answers: list[list[FakeSegment]] = field(default_factory=list)
    language: tuple[str, float] = ("fi", 0.99)
    finnish: float = 0.3
    asked: list[dict[str, Any]] = field(default_factory=list)
    heard: list[npt.NDArray[np.float32]] = field(default_factory=list)
    detected: list[npt.NDArray[np.float32]] = field(default_factory=list)

    @property
    def batched(self) -> FakeWhisper:
        return self

    def transcribe(
        self,
        audio: npt.NDArray[np.float32],
        *,
        clip_timestamps: list[dict[str, float]],
        batch_size: int,
        **options: Any,
    ) -> tuple[Iterable[FakeSegment], None]:
        assert batch_size == len(clip_timestamps) <= 2
        assert [(clip["start"], clip["end"]) for clip in clip_timestamps] == [
            (30 * k, 30 * k + 30) for k in range(batch_size)
        ]
        assert audio.dtype == np.float32
        self.asked.append(options)
        self.heard += [np.trim_zeros(slot, "b") for slot in audio.reshape(batch_size, 480_000)]
        number = len(self.asked) - 1
        return iter(self.answers[number] if number < len(self.answers) else []), None

    def detect_language(self, audio: npt.NDArray[np.float32]) -> tuple[str, float, list[Pair]]:
        self.detected.append(audio)
        return (*self.language, [("fi", self.finnish), self.language])


def said(*words: tuple[str, float, float], ratio: float = 1.2, probability: float = 0.9) -> FakeSegment:
    """A segment of words with their times."""
    return FakeSegment([FakeWord(f" {text}", start, end, probability) for text, start, end in words], ratio)


def in_slot(slot: int, segment: FakeSegment) -> FakeSegment:
    """The segment as it comes back from the window of that number in a batch."""
    words = [replace(word, start=word.start + 30 * slot, end=word.end + 30 * slot) for word in segment.words or []]
    return replace(segment, words=words)


def channels_of(stem: str) -> tuple[list[Samples], int]:
    """Agent and customer of a sample call, and the rate."""
    samples, rate = read_alaw(SAMPLES / f"{stem}.wav")
    return [np.ascontiguousarray(samples[:, index], dtype=np.float32) for index in (0, 1)], rate


def write_wav(
    path: Path,
    channels: Sequence[npt.NDArray[np.floating]],
    *,
    rate_hz: int,
    tag: int = 1,
    bits: int = 16,
) -> Path:
    """`channels` as PCM (tag 1, 16 bits) or as float samples (tag 3, 32 bits)."""
    frames = np.stack(channels, axis=1)
    body = (
        frames.astype("<f4").tobytes() if tag == 3 else np.rint(np.clip(frames, -1, 1) * 32767).astype("<i2").tobytes()
    )
    return write_riff(path, body, rate_hz=rate_hz, channels=len(channels), tag=tag, bits=bits)


def write_riff(
    path: Path, body: bytes, *, rate_hz: int, channels: int, tag: int, bits: int, declared: int | None = None
) -> Path:
    """A WAV put together by hand; `declared` is the length in bytes that its header gives."""
    size = len(body) if declared is None else declared
    block = channels * bits // 8
    form = b"fmt " + struct.pack("<IHHIIHH", 16, tag, channels, rate_hz, rate_hz * block, block, bits)
    riff = min(size + 36, 0xFFFFFFFF)
    path.write_bytes(b"RIFF" + struct.pack("<I", riff) + b"WAVE" + form + b"data" + struct.pack("<I", size) + body)
    return path


def matched(found: Sequence[Pair], true: Sequence[Pair], *, within_s: float) -> int:
    """How many true pairs have a found one of their own whose two edges are within `within_s`."""
    left = list(found)
    hits = 0
    for start, end in true:
        near = next((p for p in left if abs(p[0] - start) <= within_s and abs(p[1] - end) <= within_s), None)
        if near is not None:
            left.remove(near)
            hits += 1
    return hits


def seconds_of(pairs: Iterable[Pair]) -> float:
    """Summed length of the pairs."""
    return sum(end - start for start, end in pairs)


def common_s(first: Sequence[Pair], second: Sequence[Pair]) -> float:
    """Seconds that both cover; each sorted and disjoint."""
    return sum(max(0.0, min(b, d) - max(a, c)) for a, b in first for c, d in second)
