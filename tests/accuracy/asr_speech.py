"""Finnish speech for the recognition bench: turns with set gaps, spoken by three voices, over a clean or a phone line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import soxr

from analysis.types import Samples, Segment, Segments
from samples.alaw import alaw_decoded, alaw_encoded
from samples.call import telephone_band
from samples.speech import GUARD_S, joined, respaced, runs_of, speak_many
from samples.spoken import Line, Mark, Spoken
from tests.accuracy.asr_sentences import SETS

RATE_HZ = 16000
PHONE_RATE_HZ = 8000
VOICES = ("suo", "mv")
EXTRA_VOICES = ("espeak-fi+m3",)
FRESH_VOICES = ("suo@0.88", "mv@1.18", "espeak-fi+m7")
"""Voices that no rule was tuned on; after the @ stands how much smaller or larger the speaker is."""


@dataclass(frozen=True, slots=True)
class SpokenTurns:
    """One speaker's turns in a row, with silence where the other side would speak.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,)
    sample_rate : int
    sentences : tuple of (float, str)
        Onset in seconds and text of every sentence.
    words, phones : tuple of Mark
    syllable_count : int
    customer : tuple of Segment
        Where the other side is taken to speak.
    """

    samples: Samples
    sample_rate: int
    sentences: tuple[tuple[float, str], ...]
    words: tuple[Mark, ...]
    phones: tuple[Mark, ...]
    syllable_count: int
    customer: Segments

    @property
    def text(self) -> str:
        """All that is said."""
        return " ".join(text for _, text in self.sentences)


def spoken_turns(
    turns: Sequence[Sequence[str]],
    voice: str,
    *,
    seed: int,
    stretch: tuple[float, float] = (0.9, 1.1),
    pause_s: tuple[float, float] = (1.6, 3.5),
) -> SpokenTurns:
    """The turns one after another, `pause_s` apart; 40 % of the gaps inside a turn are 0.1-0.3 s, the others 0.3-1 s."""
    rng = np.random.default_rng(seed)
    name, _, size = voice.partition("@")
    scale = float(size or 1.0)
    lines = [
        Line(text, name, stretch=factor * scale, pitch_factor=pitch)
        for turn in turns
        for factor, pitch in [(round(float(rng.uniform(*stretch)), 3), round(float(rng.uniform(0.92, 1.1)), 3))]
        for text in turn
    ]
    said = iter(zip(lines, speak_many(lines, sample_rate=RATE_HZ), strict=True))
    pieces: list[Spoken] = [_silence(0.8)]
    sentences, customer = [], []
    at = 0.8
    for turn in turns:
        for index in range(len(turn)):
            line, spoken = next(said)
            piece = _trimmed(_scaled(spoken, scale))
            sentences.append((at + piece.phones[0].start, line.text))
            short = rng.random() < 0.4
            gap = float(rng.uniform(0.1, 0.3) if short else rng.uniform(0.3, 1.0))
            if index == len(turn) - 1:
                gap = float(rng.uniform(*pause_s))
            quiet = _silence(gap - 2 * GUARD_S)
            pieces += [piece, quiet]
            at += (len(piece.samples) + len(quiet.samples)) / RATE_HZ
        customer.append(Segment(at - gap + 0.25, at - 0.25))
    whole = joined(pieces)
    return SpokenTurns(
        whole.samples,
        RATE_HZ,
        tuple(sentences),
        tuple(whole.words),
        tuple(whole.phones),
        len(whole.syllables),
        tuple(customer),
    )


def _scaled(spoken: Spoken, scale: float) -> Spoken:
    """Played `scale` times as fast: formants and pitch move as they do from one speaker to another."""
    if scale == 1.0:
        return spoken
    samples = soxr.resample(spoken.samples, RATE_HZ * scale, RATE_HZ, quality="VHQ").astype(np.float32)
    marks = ([Mark(m.label, m.start / scale, m.end / scale) for m in kind] for kind in _marks_of(spoken))
    phones, words, syllables = marks
    return Spoken(samples, RATE_HZ, phones, words, syllables, [(at / scale, hz * scale) for at, hz in spoken.f0])


def _marks_of(spoken: Spoken) -> tuple[list[Mark], list[Mark], list[Mark]]:
    return spoken.phones, spoken.words, spoken.syllables


def _trimmed(spoken: Spoken) -> Spoken:
    """One sentence without the silence around it, at -22 dBFS."""
    runs = runs_of(spoken)
    inner = [after[0] - before[1] for before, after in zip(runs[:-1], runs[1:], strict=True)]
    piece = respaced(spoken, [GUARD_S, *(max(gap, 2 * GUARD_S) for gap in inner), GUARD_S])
    rms = float(np.sqrt(np.mean(piece.samples.astype(np.float64) ** 2)))
    return replace(piece, samples=(piece.samples * (10 ** (-22 / 20) / rms)).astype(np.float32))


def _silence(seconds: float) -> Spoken:
    return Spoken(np.zeros(max(0, round(seconds * RATE_HZ)), np.float32), RATE_HZ, [], [], [])


def clean(samples: Samples, *, seed: int) -> tuple[Samples, int]:
    """16 kHz with room noise 60 dB under full scale."""
    noise = np.random.default_rng(seed).standard_normal(len(samples)) * 10 ** (-60 / 20)
    return (samples + noise).astype(np.float32), RATE_HZ


def telephone(samples: Samples, *, seed: int, snr_db: float = 28.0) -> tuple[Samples, int]:
    """300-3400 Hz at 8 kHz with noise `snr_db` under the speech, through A-law."""
    line = _narrow(samples, seed=seed, snr_db=snr_db)
    return alaw_decoded(alaw_encoded(line)), PHONE_RATE_HZ


CONDITIONS = {"clean": clean, "telephone": telephone}


def _narrow(samples: Samples, *, seed: int, snr_db: float) -> Samples:
    low = soxr.resample(samples, RATE_HZ, PHONE_RATE_HZ, quality="VHQ").astype(np.float32)
    loud = np.abs(low) > 1e-3
    level = 10 * np.log10(float(np.mean(low[loud].astype(np.float64) ** 2)))
    noise = np.random.default_rng(seed).standard_normal(len(low)) * 10 ** ((level - snr_db) / 20)
    return telephone_band((low + noise).astype(np.float32), sample_rate=PHONE_RATE_HZ)


@cache
def turns_spoken(name: str, voice: str) -> SpokenTurns:
    """The turns of one set by one voice: all, a third by the extra voices; of E every other turn by the main voices."""
    turns = SETS[name]
    if name == "E" and voice in VOICES:
        turns = turns[VOICES.index(voice) :: 2]
    elif voice in FRESH_VOICES:
        turns = turns[FRESH_VOICES.index(voice) :: 3]
    elif voice.startswith("espeak"):
        turns = turns[: len(turns) // 3]
    return spoken_turns(turns, voice, seed=11 + "ABCDE".index(name))
