"""The nouns of made speech: what to say, how to say it, and what came out with its exact times."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]


class SpeechError(RuntimeError):
    """A synthesiser is missing, or did not say what it was asked to."""


class Mark(NamedTuple):
    """A labelled stretch of time, in seconds from the first sample."""

    label: str
    start: float
    end: float

    def shifted(self, seconds: float) -> Mark:
        """The same stretch, `seconds` later."""
        return Mark(self.label, self.start + seconds, self.end + seconds)


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance to be spoken.

    Parameters
    ----------
    text : str
        Finnish text with punctuation; pauses come where its commas and full stops are.
    voice : str
        ``suo`` (Festival, female), ``mv`` or ``hy`` (Festival, male), ``espeak-fi`` or a variant of it
        such as ``espeak-fi+m3`` or ``espeak-fi+f2``.
    stretch : float
        Duration factor of every phone: 0.7 is rushed, 1.0 the voice's own tempo.
    pitch_factor : float
        What F0 is multiplied by.
    pitch_range : float
        Exponent of the F0 movements around the voice's own centre: 1.0 as the voice has it, 0.0 a monotone.
    """

    text: str
    voice: str
    stretch: float = 1.0
    pitch_factor: float = 1.0
    pitch_range: float = 1.0


@dataclass(frozen=True, slots=True)
class Hesitation:
    """One filled pause to be made: ``öö``, ``ää``, ``ee``, ``mm``, ``öm`` or ``äm``.

    Parameters
    ----------
    text : str
    voice : str
        As in `Line`.
    seconds : float
        Its exact length.
    pitch_factor : float
        What the voice's centre F0 is multiplied by; the sound falls by 6 % from there.
    """

    text: str
    voice: str
    seconds: float
    pitch_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """Made speech with its truth.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,), in [-1, 1]
    sample_rate : int
        In Hz.
    phones : list of Mark
        Sounding phones only, in order; what is between them is silence.
    words : list of Mark
        One for each whitespace-separated piece of the text, labelled as written.
    syllables : list of Mark
        One for each syllable.
    f0 : list of (float, float)
        The synthesiser's own F0 targets as (seconds, Hz); empty where it does not tell.
    """

    samples: Samples
    sample_rate: int
    phones: list[Mark]
    words: list[Mark]
    syllables: list[Mark]
    f0: list[tuple[float, float]] = field(default_factory=list)

    @property
    def syllable_count(self) -> int:
        """Number of syllables."""
        return len(self.syllables)

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate


def silences_of(phones: list[Mark], *, shortest_s: float) -> list[tuple[float, float]]:
    """Gaps of at least `shortest_s` seconds between one phone and the next."""
    return [
        (before.end, after.start)
        for before, after in zip(phones[:-1], phones[1:], strict=True)
        if after.start - before.end >= shortest_s
    ]
