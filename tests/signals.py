"""Small signals whose truth is known: tones, noise, a voice with a set pitch, speech with set gaps, music."""

from __future__ import annotations

import wave
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from analysis.types import Samples, Segment

Array = npt.NDArray[np.float64]
DATA = Path(__file__).resolve().parents[1] / "../shared/data"

VOWELS: dict[str, tuple[float, float, float]] = {
    "a": (700.0, 1150.0, 2500.0),
    "e": (480.0, 1900.0, 2550.0),
    "i": (300.0, 2200.0, 2900.0),
    "o": (480.0, 850.0, 2450.0),
    "u": (320.0, 700.0, 2300.0),
}
"""First three formants of a man's Finnish vowels, in Hz, rounded."""


@dataclass(frozen=True)
class ArrayChannel:
    """A channel held in memory."""

    samples: Samples
    sample_rate: int

    @property
    def sample_count(self) -> int:
        return len(self.samples)

    def read(self, first: int, last: int) -> Samples:
        return self.samples[max(0, first) : max(0, last)]


@dataclass(frozen=True)
class RepeatedChannel:
    """A long channel that repeats a short piece and is made only where it is read."""

    piece: Samples
    sample_rate: int
    sample_count: int

    def read(self, first: int, last: int) -> Samples:
        first, last = max(0, first), min(last, self.sample_count)
        samples: Samples = self.piece[np.arange(first, max(first, last)) % len(self.piece)]
        return samples


@dataclass(frozen=True)
class MadeSpeech:
    """Speech-like syllables, with the truth about them.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,)
    runs : tuple of Segment
        Where it speaks; silence elsewhere.
    vowels : tuple of Segment
        One for each syllable.
    """

    samples: Samples
    runs: tuple[Segment, ...]
    vowels: tuple[Segment, ...]


def decibels(samples: npt.NDArray[np.floating]) -> float:
    """Root mean square in dBFS."""
    return 10 * float(np.log10(np.mean(np.asarray(samples, np.float64) ** 2)))


def at_level(samples: npt.NDArray[np.floating], level_db: float) -> Samples:
    """The same signal, zero-mean and with a root mean square of `level_db` dBFS."""
    centred = np.asarray(samples, np.float64) - np.mean(samples, dtype=np.float64)
    return (centred * 10 ** ((level_db - decibels(centred)) / 20)).astype(np.float32)


def silence(seconds: float, *, sample_rate: int) -> Samples:
    """Digital zeros."""
    return np.zeros(round(seconds * sample_rate), np.float32)


def noise(seconds: float, *, sample_rate: int, level_db: float, seed: int = 0) -> Samples:
    """White noise of `level_db` dBFS."""
    values = np.random.default_rng(seed).standard_normal(round(seconds * sample_rate))
    return at_level(values, level_db)


def tone(frequencies_hz: tuple[float, ...], seconds: float, *, sample_rate: int, level_db: float) -> Samples:
    """Sines of equal strength, together of `level_db` dBFS."""
    time = np.arange(round(seconds * sample_rate)) / sample_rate
    each = 10 ** (level_db / 20) * np.sqrt(2 / len(frequencies_hz))
    return (each * sum(np.sin(2 * np.pi * f * time) for f in frequencies_hz)).astype(np.float32)


def cadence(sound: Samples, *, off_s: float, times: int, sample_rate: int) -> Samples:
    """A sound and `off_s` seconds of silence after it, `times` times over."""
    return np.tile(np.concatenate((sound, silence(off_s, sample_rate=sample_rate))), times)


def voice(f0_hz: Array, *, vowel: str, sample_rate: int) -> Array:
    """A voice whose pitch is exactly `f0_hz` (one value a sample): harmonics shaped by a vowel's formants."""
    phase = 2 * np.pi * np.cumsum(f0_hz) / sample_rate
    top = 0.46 * sample_rate
    turned = np.exp(1j * phase)
    harmonic = np.ones_like(turned)
    result = np.zeros(len(f0_hz))
    at = np.arange(0, len(f0_hz) + 31, 32)
    coarse = f0_hz[np.minimum(at, len(f0_hz) - 1)]
    for k in range(1, int(top / float(f0_hz.min())) + 1):
        harmonic *= turned
        gain = np.where(k * coarse < top, _formant_gain(k * coarse, VOWELS[vowel]), 0.0)
        result += np.interp(np.arange(len(f0_hz)), at, gain) * harmonic.imag
    return result


def _formant_gain(hz: Array, formants: tuple[float, ...]) -> Array:
    gain = 12 / (1 + (hz / 500) ** 2) ** 0.25
    for formant, width in zip(formants, (80.0, 100.0, 150.0), strict=True):
        gain = gain * formant**2 / np.sqrt((formant**2 - hz**2) ** 2 + (width * hz) ** 2)
    return gain


def syllable(f0_hz: float, *, vowel: str, sample_rate: int, vowel_s: float = 0.13, onset_s: float = 0.05) -> Array:
    """A burst of hiss and a vowel whose pitch falls by a tone; of about even strength."""
    count = round(vowel_s * sample_rate)
    pitch = f0_hz * 2 ** (np.linspace(1, -1, count) / 12)
    sound = voice(pitch, vowel=vowel, sample_rate=sample_rate)
    sound *= np.interp(np.arange(count) / sample_rate, [0, 0.015, vowel_s - 0.03, vowel_s], [0.2, 1, 0.9, 0.25])
    sound /= np.sqrt(np.mean(sound**2))
    hiss = 0.25 * np.random.default_rng(round(f0_hz)).standard_normal(round(onset_s * sample_rate))
    return np.concatenate((hiss, sound))


@cache
def made_speech(
    runs: tuple[tuple[float, float], ...],
    *,
    duration_s: float,
    sample_rate: int,
    f0_hz: float = 120.0,
    level_db: float = -22.0,
    noise_db: float | None = -65.0,
) -> MadeSpeech:
    """Syllables of 0.18 s that fill each ``(start, end)`` of `runs` whole; `level_db` is that of the speech alone."""
    count = round(duration_s * sample_rate)
    samples = np.zeros(count)
    vowels: list[Segment] = []
    inside = np.zeros(count, np.bool_)
    names = "aieouaoei"
    for start, end in runs:
        number = max(1, round((end - start) / 0.18))
        length = (end - start) / number
        for k in range(number):
            pitch = f0_hz * 2 ** ((3 * np.sin(1.7 * (len(vowels) + k)) + 2 * (0.5 - k / number)) / 12)
            made = syllable(pitch, vowel=names[(k + len(vowels)) % 9], sample_rate=sample_rate, vowel_s=length - 0.05)
            first = round((start + k * length) * sample_rate)
            made = made[: count - first]
            samples[first : first + len(made)] = made
        vowels.extend(Segment(start + k * length + 0.05, start + (k + 1) * length) for k in range(number))
        inside[round(start * sample_rate) : round(end * sample_rate)] = True
    samples *= 10 ** ((level_db - decibels(samples[inside])) / 20)
    if noise_db is not None:
        samples = samples + noise(duration_s, sample_rate=sample_rate, level_db=noise_db, seed=7)
    return MadeSpeech(samples.astype(np.float32), tuple(Segment(a, b) for a, b in runs), tuple(vowels))


def music(seconds: float, *, sample_rate: int, level_db: float = -22.0, seed: int = 3) -> Samples:
    """Plucked notes over long chords, three a second, as held callers hear them."""
    random = np.random.default_rng(seed)
    count = round(seconds * sample_rate)
    result = np.zeros(count)
    scale = 220 * 2 ** (np.array([0, 2, 4, 7, 9, 12, 14, 16]) / 12)
    for k in range(int(3 * seconds)):
        _add_note(result, round(k / 3 * sample_rate), float(random.choice(scale)), 1.0, sample_rate)
        if k % 6 == 0:
            for step in (0, 4, 7):
                root = float(random.choice(scale[:4])) / 2
                _add_note(result, round(k / 3 * sample_rate), root * 2 ** (step / 12), 2.5, sample_rate)
    return at_level(result, level_db)


def _add_note(result: Array, first: int, hz: float, decay_s: float, sample_rate: int) -> None:
    time = np.arange(min(len(result) - first, round(2.5 * sample_rate))) / sample_rate
    for k in range(1, 7):
        if k * hz < 0.45 * sample_rate:
            result[first : first + len(time)] += (
                np.sin(2 * np.pi * k * hz * time) * np.exp(-k * time / decay_s) / k**1.2
            )


def in_blocks(samples: Samples, sizes: list[int]) -> list[Samples]:
    """The signal cut into pieces of the given sizes, used over and over until it ends."""
    pieces, first, k = [], 0, 0
    while first < len(samples):
        pieces.append(samples[first : first + sizes[k % len(sizes)]])
        first += sizes[k % len(sizes)]
        k += 1
    return pieces


def contour(function: Callable[[Array], Array], seconds: float, *, sample_rate: int) -> Array:
    """`function` of time in seconds, one value a sample."""
    return np.asarray(function(np.arange(round(seconds * sample_rate)) / sample_rate), np.float64)


def recorded(name: str) -> tuple[Samples, int]:
    """Samples and rate of a 16-bit WAV in the folder of labelled recordings; skips the test where it is not there."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    with wave.open(str(path)) as file:
        integers = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, file.getnchannels())
        return (integers[:, 0] / 32768).astype(np.float32), file.getframerate()
