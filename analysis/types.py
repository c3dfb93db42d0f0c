"""The nouns of Puhepeili: what is measured, what it is held against, and what a person reads."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from analysis.errors import AnalysisError, InvalidSignal, UnitMismatch
from analysis.message import Message as Message
from analysis.message import MessageArgument as MessageArgument

Role = Literal["agent", "customer"]
Verdict = Literal["below", "within", "above", "not measured", "info"]
Confidence = Literal["good", "fair", "poor"]
Tier = Literal["certain", "check"]
Samples = npt.NDArray[np.float32]
FloatArray = npt.NDArray[np.float64] | npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """A half-open stretch of time ``[start, end)``, in seconds from the recording's start."""

    start: float
    end: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.start) and math.isfinite(self.end)):
            raise AnalysisError(f"segment times must be finite, not {self.start} and {self.end}")
        if self.start < 0 or self.end < self.start:
            raise AnalysisError(
                f"segment [{self.start}, {self.end}) must start at 0 or later and not end before it starts"
            )

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.end - self.start


Segments = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """One channel of a recording, or a block of it: one speaker.

    Parameters
    ----------
    role : {"agent", "customer"}
    samples : ndarray of float32, shape (n,), in [-1, 1]
    sample_rate : int
        In Hz.
    """

    role: Role
    samples: Samples
    sample_rate: int

    def __post_init__(self) -> None:
        if self.samples.ndim != 1 or self.samples.dtype != np.float32:
            raise InvalidSignal(f"samples must be float32 of shape (n,), not {self.samples.dtype} {self.samples.shape}")
        if self.sample_rate <= 0:
            raise InvalidSignal(f"sample rate {self.sample_rate} Hz is not above zero")

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate


@dataclass(frozen=True, slots=True)
class Recording:
    """One call: its tracks, all of one length and rate."""

    id: str
    tracks: tuple[Track, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word.

    Parameters
    ----------
    text : str
        As written, with the punctuation that belongs to it (``"ei,"``).
    segment : Segment or None
        When it is said; None where the transcript has no word times.
    probability : float or None
        The recogniser's own estimate, 0 to 1.
    ei_chance : float or None
        How likely the recogniser finds *ei* in this word's place, 0 to 1; None where it was not asked.
    """

    text: str
    segment: Segment | None = None
    probability: float | None = None
    ei_chance: float | None = None

    def __post_init__(self) -> None:
        if self.probability is not None and not 0.0 <= self.probability <= 1.0:
            raise AnalysisError(f"probability {self.probability} of {self.text!r} is outside 0 to 1")


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's go, as the transcript has it; ``segment`` is None where it has no times."""

    role: Role
    words: tuple[Word, ...]
    segment: Segment | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One stretch of audio (or of text) that proves a number.

    Parameters
    ----------
    segment : Segment or None
        Where to listen; None where the transcript has no times.
    text : str or None
        What is said there.
    note : Message or None
        Why it is listed.
    tier : {"certain", "check"} or None
        Whether it is safe, or a person should listen before believing it.
    suggestion : Message or None
        Another way to say it.
    """

    segment: Segment | None = None
    text: str | None = None
    note: Message | None = None
    tier: Tier | None = None
    suggestion: Message | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One number with its proof; without a value it has a reason instead.

    Parameters
    ----------
    name : str
        As in the catalogue, e.g. ``articulation_rate``.
    value : float or None
    unit : str
        As in the catalogue, e.g. ``syll/s``.
    evidence : tuple of Evidence
    reason : Message or None
        Why there is no value; None when there is one.
    confidence : {"good", "fair", "poor"}
        How far the value can be trusted on this recording.
    typical_error : float or None
        Expected absolute error in `unit`, where it is known.
    """

    name: str
    value: float | None
    unit: str
    evidence: tuple[Evidence, ...] = ()
    reason: Message | None = None
    confidence: Confidence = "good"
    typical_error: float | None = None

    def __post_init__(self) -> None:
        if (self.value is None) != (self.reason is not None):
            raise AnalysisError(f"{self.name} needs either a value or a reason, and not both")
        if self.value is not None and not math.isfinite(self.value):
            raise AnalysisError(f"{self.name} must be finite, not {self.value}; absence is None with a reason")


@dataclass(frozen=True, slots=True)
class Norm:
    """What a value is held against, and who says so.

    Parameters
    ----------
    measure : str
    low, high : float or None
        Bounds of the recommended band, both inside it; None leaves that side open.
    unit : str
    source : str
        A reference, or ``house rule``.
    applies_to : str
        Whom or what the source studied, e.g. ``Finnish men reading aloud``.
    """

    measure: str
    low: float | None
    high: float | None
    unit: str
    source: str
    applies_to: str = ""

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise AnalysisError(f"the norm of {self.measure} needs a low or a high bound")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise AnalysisError(f"the norm of {self.measure} has low {self.low} above high {self.high}")
        if not self.source:
            raise AnalysisError(f"the norm of {self.measure} has no source; write 'house rule' if it is one")


@dataclass(frozen=True, slots=True)
class Finding:
    """A measure held against its norm.

    Raises
    ------
    UnitMismatch
        If the norm is in another unit.
    """

    measure: Measure
    norm: Norm | None
    verdict: Verdict
    baseline: float | None = None

    def __post_init__(self) -> None:
        if self.norm is not None and self.norm.unit != self.measure.unit:
            raise UnitMismatch(f"{self.measure.name} is in {self.measure.unit}, its norm in {self.norm.unit}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of words that opens as a sentence does.

    Parameters
    ----------
    words : tuple of Word
    boundary : {"turn", "punctuation", "gap"}
        What makes its first word an opening.
    """

    words: tuple[Word, ...]
    boundary: Literal["turn", "punctuation", "gap"]

    @property
    def text(self) -> str:
        """The words, joined by spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def segment(self) -> Segment | None:
        """From the first to the last timed word; None where no word has a time."""
        timed = [word.segment for word in self.words if word.segment is not None]
        return Segment(timed[0].start, max(timed[0].start, timed[-1].end)) if timed else None


@dataclass(frozen=True, slots=True)
class PitchContour:
    """F0 on an even grid.

    Parameters
    ----------
    step_s : float
        Distance of two values; the first is at 0 s.
    hz : ndarray of float32, shape (n,)
        NaN where unvoiced, unsure or outside the agent's speech.
    creak : ndarray of bool, shape (n,)
        Frames of creaky voice; they are NaN-free in `hz` only where a pitch was found, and are left out of range and median.
    """

    step_s: float
    hz: npt.NDArray[np.float32]
    creak: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LevelContour:
    """Mean level in dBFS of consecutive stretches of `step_s` seconds, the first from 0 s on."""

    step_s: float
    db: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SyllableCount:
    """How many syllables the agent says in one stretch.

    Parameters
    ----------
    segment : Segment
    count : float
    source : {"words", "nuclei"}
        Counted from the transcript's words by rule, or from acoustic nuclei (rougher).
    """

    segment: Segment
    count: float
    source: Literal["words", "nuclei"]


@dataclass(frozen=True, slots=True)
class Filler:
    """One hesitation sound or planning particle.

    Parameters
    ----------
    segment : Segment or None
    text : str
        As heard or written; for a sound found in the audio alone a spelling such as ``öö``.
    kind : {"hesitation", "particle"}
    tier : {"certain", "check"}
    source : {"transcript", "audio", "both"}
    """

    segment: Segment | None
    text: str
    kind: Literal["hesitation", "particle"]
    tier: Tier
    source: Literal["transcript", "audio", "both"]
