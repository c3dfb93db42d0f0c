"""The product's own path over one channel, step by step as the scorecard takes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.frames import STEP_S, FrameLevels, frame_levels
from analysis.intervals import mask_of
from analysis.measuring import Material, measures_of
from analysis.noise import ActiveLevel, active_level
from analysis.nuclei import nuclei_times
from analysis.pitch import RawPitch, gated_pitch
from analysis.tempo import syllables_from_nuclei, syllables_from_words
from analysis.turns import own_pauses, runs_of, turns_of
from analysis.types import PitchContour, Samples, Segments, Word
from app.audio.facts import SignalGatherer
from models.detection import detected
from models.pitch import raw_pitch


@dataclass(frozen=True, slots=True)
class HeldChannel:
    """A channel held in memory."""

    samples: Samples
    sample_rate: int

    @property
    def sample_count(self) -> int:
        """Samples in all."""
        return len(self.samples)

    def read(self, first: int, last: int) -> Samples:
        """Samples from `first` to `last`, clipped to the channel."""
        return self.samples[max(0, first) : max(0, last)]


@dataclass(frozen=True, slots=True)
class Result:
    """What the product found on one channel.

    Parameters
    ----------
    material : Material
        What the measures see, with syllables from acoustic nuclei.
    raw : RawPitch or None
        The tracker's answer before the gates; None where pitch was not asked for.
    arbitrated_s : float
    """

    material: Material
    raw: RawPitch | None
    arbitrated_s: float

    def values(self) -> dict[str, float]:
        """Measures that have a value."""
        found = measures_of(self.material, both_voices=False)
        return {measure.name: measure.value for measure in found if measure.value is not None}


def measured(samples: Samples, *, sample_rate: int, pitch: bool = True) -> Result:
    """Detection, pauses, pitch and nuclei of one channel by the product's own functions.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,)
    sample_rate : int
    pitch : bool
        Whether the pitch tracker, the dear part, runs; without it there are no nuclei either.
    """
    channel = HeldChannel(samples, sample_rate)
    found = detected(channel)
    pauses = own_pauses(found.speech, None)
    raw = None
    if pitch:
        count = len(found.levels.power)
        raw = raw_pitch(
            channel.read, found.speech, sample_rate=sample_rate, count=count, speech_db=found.active.speech_db
        )
    material = material_of(found.levels, found.active, found.speech, pauses, raw, clipped_ratio=clipped_ratio(samples))
    return Result(material, raw, found.arbitrated_s)


def material_of(
    levels: FrameLevels,
    active: ActiveLevel,
    speech: Segments,
    pauses: Segments,
    raw: RawPitch | None,
    *,
    clipped_ratio: float,
    f0: PitchContour | None = None,
) -> Material:
    """What the measures see; `f0` takes the place of the gated contour of `raw`."""
    runs = runs_of(speech, pauses)
    syllables = None
    if raw is not None:
        inside = mask_of(speech, count=len(levels.power), step_s=STEP_S)
        syllables = syllables_from_nuclei(nuclei_times(levels, raw.confidence, inside), runs)
        f0 = gated_pitch(raw, levels, speech, snr_db=active.snr_db) if f0 is None else f0
    return Material(
        speech=speech,
        pauses=pauses,
        turns=turns_of(speech, pauses),
        syllables=syllables,
        words=None,
        sentences=None,
        recognised=False,
        fillers=None,
        f0=_unvoiced(levels) if f0 is None else f0,
        levels=levels,
        active=active,
        clipped_ratio=clipped_ratio,
        baseline=None,
        language="fi",
    )


def with_words(result: Result, words: tuple[Word, ...]) -> Result:
    """The same with syllables of the known text by rule: what recognition at its best could give."""
    material = result.material
    runs = runs_of(material.speech, material.pauses)
    return replace(result, material=replace(material, syllables=syllables_from_words(words, runs)))


def on_truth(
    samples: Samples,
    speech: Segments,
    *,
    sample_rate: int,
    f0: PitchContour | None,
    customer: Segments | None = None,
) -> dict[str, float]:
    """What the same measures say of clean speech whose segments and F0 are known."""
    levels = frame_levels([samples], sample_rate=sample_rate)
    pauses = own_pauses(speech, customer)
    material = material_of(levels, active_level(levels, speech), speech, pauses, None, clipped_ratio=0.0, f0=f0)
    return Result(material, None, 0.0).values()


def clipped_ratio(samples: Samples) -> float:
    """Share of samples on flat tops, as the product's intake counts them."""
    gatherer = SignalGatherer(1)
    gatherer.add(samples[:, None])
    return gatherer.facts().channels[0].clipped_ratio


def _unvoiced(levels: FrameLevels) -> PitchContour:
    count = len(levels.power)
    return PitchContour(STEP_S, np.full(count, np.nan, np.float32), np.zeros(count, np.bool_))
