"""Made Finnish speech with exact phone, syllable and pause times, kept in a cache keyed by all that made it."""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from analysis.intervals import joined, mask_of
from analysis.types import Samples, Segment, Segments, Word
from samples.speech import Line, Spoken, respaced, runs_of, speak_many
from tests.accuracy.rows import Order, Split
from tests.accuracy.texts import PARAGRAPHS, VOICES

RATE_HZ = 16000
LEVEL_DBFS = -26.0
FLOOR_DBFS = -72.0
STRETCHES = (0.7, 0.85, 1.0, 1.2, 1.5)
INVISIBLE_GAP_S = 0.12
"""Shorter gaps between phones are no pauses to anybody: closures and the like."""

_ROOT = Path(__file__).resolve().parents[2]
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Clip:
    """Speech of one speaker with the truth about it.

    Parameters
    ----------
    name : str
    group : str
        ``synthetic``, ``people``, or a group of speakers.
    voice : str
    samples : ndarray of float32, shape (n,)
        At 16 kHz, active level -26 dBFS.
    speech : tuple of Segment
        True speech: phones, with gaps below 120 ms closed.
    words : tuple of Word or None
        With their true times.
    syllables : int or None
    stretch : float
        Duration factor of the synthesiser.
    f0_hz : ndarray of float32, shape (m,), or None
        True F0 on the 10 ms grid, 0 where unvoiced; None where it is not known.
    """

    name: str
    group: str
    voice: str
    samples: Samples
    speech: Segments
    words: tuple[Word, ...] | None = None
    syllables: int | None = None
    stretch: float = 1.0
    f0_hz: Samples | None = None
    creak: npt.NDArray[np.bool_] | None = None
    """Where the true F0 is creak, shape (m,)."""
    audible: Segments | None = None
    """The true speech of made clips without what lies below the clip's own floor at the ends of each stretch."""

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / RATE_HZ


def cached(key: str, make: Callable[[], Made]) -> Made:
    """What `make` gives, from the cache if the same key was made before by the same sources."""
    folder = Path(tempfile.gettempdir()) / "puhepeili-accuracy"
    folder.mkdir(exist_ok=True)
    path = folder / f"{hashlib.sha256((_sources() + key).encode()).hexdigest()[:32]}.pickle"
    if path.exists():
        kept: Made = pickle.loads(path.read_bytes())
        return kept
    made = make()
    part = path.with_suffix(f".{id(made)}.part")
    part.write_bytes(pickle.dumps(made))
    part.replace(path)
    return made


@cache
def _sources() -> str:
    """Digest of the code that makes speech: when it changes, nothing old is taken from the cache."""
    files = [*(_ROOT / "samples").glob("*.py"), Path(__file__), Path(__file__).with_name("resynthesis.py")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()


def spoken_paragraph(text: str, voice: str, stretch: float, seed: int, *, fresh: bool = False) -> Spoken:
    """A paragraph with pauses drawn from a log-normal distribution around 0.45 s, 0.1 to 2.2 s.

    With `fresh` the cache is passed by.
    """

    def make() -> Spoken:
        spoken = speak_many([Line(text, voice, stretch)], sample_rate=RATE_HZ)[0]
        rng = np.random.default_rng(seed)
        inner = np.clip(0.45 * np.exp(0.6 * rng.standard_normal(len(runs_of(spoken)) - 1)), 0.1, 2.2)
        return respaced(spoken, [0.6, *inner.tolist(), 0.6])

    return make() if fresh else cached(f"{text}|{voice}|{stretch}|{seed}", make)


def clip_of(spoken: Spoken, *, name: str, group: str, voice: str, stretch: float, seed: int) -> Clip:
    """A clip at the bench's level, with a quiet floor instead of digital silence."""
    speech = joined((Segment(p.start, p.end) for p in spoken.phones), gap_s=INVISIBLE_GAP_S)
    samples = at_active_level(spoken.samples, speech, RATE_HZ, LEVEL_DBFS)
    floor = np.random.default_rng(seed + 1).standard_normal(len(samples)) * 10 ** (FLOOR_DBFS / 20)
    words = tuple(Word(mark.label, Segment(mark.start, mark.end)) for mark in spoken.words)
    return Clip(
        name=name,
        group=group,
        voice=voice,
        samples=(samples + floor).astype(np.float32),
        speech=speech,
        words=words,
        syllables=spoken.syllable_count,
        stretch=stretch,
        audible=_audible(samples, speech),
    )


def _audible(samples: Samples, speech: Segments) -> Segments:
    """Speech whose ends are not silent: a stop that opens a phrase begins with its closure, which nobody can hear."""
    step = RATE_HZ // 100
    power = (samples[: len(samples) // step * step].astype(np.float64) ** 2).reshape(-1, step).mean(axis=1)
    heard = power > 10 ** (FLOOR_DBFS / 10)
    trimmed = []
    for one in speech:
        first, last = round(one.start * 100), round(one.end * 100)
        inside = np.flatnonzero(heard[first:last])
        if len(inside):
            trimmed.append(
                Segment(
                    one.start if inside[0] == 0 else (first + int(inside[0])) / 100,
                    one.end if first + inside[-1] + 1 == last else (first + int(inside[-1]) + 1) / 100,
                )
            )
    return tuple(trimmed)


def synthetic_clips(order: Order) -> list[Clip]:
    """Every voice of the split at every tempo; in the quick form one clip a voice."""
    return list(_synthetic(order.split, order.quick))


@cache
def _synthetic(split: Split, quick: bool) -> tuple[Clip, ...]:
    clips = []
    first_seed = 1000 if split == "dev" else 5000
    for i, voice in enumerate(VOICES[split]):
        for j, stretch in enumerate(STRETCHES):
            if quick and j != 2 * (i % 2) + 1:
                continue
            seed = first_seed + 10 * i + j
            # Slow speech fills a clip with one paragraph, fast speech needs two.
            own = [
                PARAGRAPHS[split][(2 * i + j + k) % len(PARAGRAPHS[split])] for k in range(1 if stretch > 1.1 else 2)
            ]
            text = " ".join(own)
            spoken = spoken_paragraph(text, voice, stretch, seed)
            name = f"{voice} x{stretch}"
            clips.append(clip_of(spoken, name=name, group="synthetic", voice=voice, stretch=stretch, seed=seed))
    return tuple(clips)


def active_db(samples: Samples, speech: Segments, sample_rate: int) -> float:
    """Level over the true speech, in dBFS."""
    inside = mask_of(speech, count=len(samples), step_s=1 / sample_rate)
    return 10 * float(np.log10(np.mean(samples[inside].astype(np.float64) ** 2)))


def at_active_level(samples: Samples, speech: Segments, sample_rate: int, level_dbfs: float) -> Samples:
    """The same samples with their active level at `level_dbfs`."""
    gain = 10 ** ((level_dbfs - active_db(samples, speech, sample_rate)) / 20)
    return (samples * gain).astype(np.float32)


def renamed(clip: Clip, group: str) -> Clip:
    """The same clip in another group."""
    return replace(clip, group=group)
