"""Calls every measure with what it asks for by name, and withholds what this recording cannot carry."""

from __future__ import annotations

import importlib
import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from analysis.absence import absent
from analysis.catalogue import CATALOGUE, Group
from analysis.frames import FrameLevels
from analysis.noise import ActiveLevel
from analysis.types import Confidence, Filler, Measure, PitchContour, Segments, Sentence, SyllableCount, Word


@dataclass(frozen=True, slots=True)
class Material:
    """All that the measures may ask for; each field is a parameter name of the vocabulary in `analysis.measures`."""

    speech: Segments
    pauses: Segments
    turns: Segments
    syllables: tuple[SyllableCount, ...] | None
    words: tuple[Word, ...] | None
    sentences: tuple[Sentence, ...] | None
    recognised: bool
    fillers: tuple[Filler, ...] | None
    f0: PitchContour
    levels: FrameLevels
    active: ActiveLevel
    clipped_ratio: float
    baseline: Mapping[str, float] | None
    language: str
    pitch_disagreement: float | None = None


NOISE_LIMITS_DB: Mapping[Group, tuple[float, float]] = {
    "pauses": (12.0, 18.0),
    "tempo": (5.0, 15.0),
    "pitch": (5.0, 12.0),
    "loudness": (5.0, 15.0),
    "fillers": (8.0, 15.0),
    "openings": (0.0, 10.0),
}
"""Signal-to-noise ratio below which a group is not measured, and below which its figures are no longer good."""

POOR_BELOW_DB: dict[Group, float] = {"pauses": 15.0}
"""Ratio below which a group's figures are poor: at 13 dB of babble two pauses of three are found, and a third of those
found are none, in people's speech (docs/accuracy.md, ``pause_f1``)."""

RECOGNISED_POOR_BELOW_DB: dict[Group, float] = {"openings": 15.0}
"""Ratio below which a group's figures are poor where its words were recognised: of the sentences that open with *ei* a
third is missed at 10 dB, a tenth to a sixth at 20 dB (docs/accuracy.md, ``ei_all_recall``)."""

MOST_PITCH_DISAGREEMENT = 0.2
"""Share of frames on which a second tracker contradicts the first, above which pitch figures are poor."""

FINNISH_ONLY: frozenset[Group] = frozenset({"fillers", "openings"})
"""Groups whose word lists and rules are Finnish."""

_ORDER: tuple[Confidence, ...] = ("good", "fair", "poor")


@cache
def measure_function(name: str) -> Callable[..., Measure]:
    """The function of measure `name`, from the file of the same name."""
    function: Callable[..., Measure] = getattr(importlib.import_module(f"analysis.measures.{name}"), name)
    return function


@cache
def _asked_for(name: str) -> tuple[str, ...]:
    parameters = inspect.signature(measure_function(name)).parameters.values()
    return tuple(p.name for p in parameters if p.kind is not inspect.Parameter.KEYWORD_ONLY)


def measures_of(material: Material, *, both_voices: bool) -> tuple[Measure, ...]:
    """Every measure of the catalogue, in its order.

    Parameters
    ----------
    material : Material
    both_voices : bool
        Whether the customer may be in the measured channel; then no figure is better than fair.
    """
    return tuple(_measured(info.name, info.group, material, both_voices) for info in CATALOGUE)


def _measured(name: str, group: Group, material: Material, both_voices: bool) -> Measure:
    if group in FINNISH_ONLY and material.language != "fi":
        return absent(name, "reason-language", language=material.language)
    measure = measure_function(name)(*(getattr(material, asked) for asked in _asked_for(name)))
    if measure.value is None:
        return measure
    snr = material.active.snr_db
    refused, trusted = NOISE_LIMITS_DB[group]
    if snr is not None and snr < refused:
        return absent(name, "reason-too-noisy", snr_db=round(snr, 1))
    poor = POOR_BELOW_DB | (RECOGNISED_POOR_BELOW_DB if material.recognised else {})
    if snr is not None and snr < poor.get(group, -math.inf):
        return replace(measure, confidence="poor")
    if group == "pitch" and (material.pitch_disagreement or 0.0) > MOST_PITCH_DISAGREEMENT:
        return replace(measure, confidence="poor")
    if (snr is not None and snr < trusted) or both_voices:
        return replace(measure, confidence=worse(measure.confidence, "fair"))
    return measure


def worse(first: Confidence, second: Confidence) -> Confidence:
    """The lower of two confidences."""
    return max(first, second, key=_ORDER.index)
