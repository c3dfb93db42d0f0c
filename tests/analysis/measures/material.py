"""Material for the measures, made by hand: a call of a minute with plenty of everything, and the same with nothing."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.measuring import Material, measure_function
from analysis.noise import ActiveLevel, active_level
from analysis.turns import turns_of
from analysis.types import (
    Evidence,
    Filler,
    Measure,
    PitchContour,
    Segment,
    Segments,
    Sentence,
    SyllableCount,
    Word,
)
from tests.analysis.made_levels import delayed, levels_of_db

DURATION_S = 60.0
TEXT = ["ei", "käy", "niinku", "tänään", "mutta", "huomenna", "se", "onnistuu", "oikein", "hyvin"]


def spans(*pairs: tuple[float, float]) -> Segments:
    return tuple(Segment(start, end) for start, end in pairs)


def contour(hz: npt.ArrayLike) -> PitchContour:
    """Pitch on the 10 ms grid, NaN where unvoiced, none of it creak."""
    values = np.asarray(hz, np.float32)
    return PitchContour(0.01, values, np.zeros(len(values), np.bool_))


def plenty() -> Material:
    """Ten runs of speech with a pause of 0.5 or 1 s after each; from 16 to 24 s the pitch is flat."""
    speech = spans(*((6.0 * k, 6.0 * k + (5.5 if k % 2 else 5.0)) for k in range(10)))
    pauses = tuple(Segment(a.end, b.start) for a, b in zip(speech, speech[1:], strict=False))
    syllables = tuple(SyllableCount(run, 5 * run.duration + k % 3, "words") for k, run in enumerate(speech))
    words = tuple(
        Word(text, Segment(run.start + 0.5 * k, run.start + 0.5 * k + 0.4), 0.9)
        for run in speech
        for k, text in enumerate(TEXT)
    )
    sentences = tuple(Sentence(words[first : first + len(TEXT)], "turn") for first in range(0, len(words), len(TEXT)))
    random = np.random.default_rng(11)
    frames = np.arange(round(100 * DURATION_S))
    inside = np.zeros(len(frames), np.bool_)
    for run in speech:
        inside[round(100 * run.start) : round(100 * run.end)] = True
    spread_st = np.where((frames >= 1600) & (frames < 2400), 0.3, 2.0)
    hz = np.where(inside & (frames % 10 < 7), 120 * 2 ** (spread_st * random.normal(0, 1, len(frames)) / 12), np.nan)
    hz[40:60] = 60
    levels = levels_of_db(np.where(inside, -22 + 4 * np.sin(frames / 37), -60.0))
    fillers = (
        Filler(Segment(7.0, 7.3), "öö", "hesitation", "certain", "both"),
        Filler(words[2].segment, "niinku", "particle", "check", "transcript"),
    )
    return Material(
        speech=speech,
        pauses=pauses,
        turns=spans((0.0, DURATION_S)),
        syllables=syllables,
        words=words,
        sentences=sentences,
        recognised=True,
        fillers=fillers,
        f0=replace(contour(hz), creak=hz < 75),
        levels=levels,
        active=active_level(levels, speech),
        clipped_ratio=0.0,
        baseline={"f0_median": 115.0},
        language="fi",
    )


def nothing() -> Material:
    """A recording in which nobody speaks, without a transcript or a baseline."""
    return replace(
        plenty(),
        speech=(),
        pauses=(),
        turns=(),
        syllables=None,
        words=None,
        sentences=None,
        fillers=None,
        f0=contour(np.full(6000, np.nan)),
        levels=levels_of_db([-60.0] * 6000),
        active=ActiveLevel(None, -60.0, None),
        baseline=None,
    )


def called(name: str, material: Material) -> Measure:
    """Measure `name`, given what it asks for by name."""
    function = measure_function(name)
    parameters = inspect.signature(function).parameters.values()
    return function(*(getattr(material, p.name) for p in parameters if p.kind is not p.KEYWORD_ONLY))


def measured(name: str, **given: Any) -> Measure:
    """Measure `name` of a recording that holds nothing but what is given; turns are those of its speech and pauses."""
    given.setdefault("turns", turns_of(given.get("speech", ()), given.get("pauses", ())))
    return called(name, replace(nothing(), **given))


def later(material: Material, seconds: float) -> Material:
    """The same call after `seconds` of silence."""
    frames = round(100 * seconds)

    def shifted(segments: Segments) -> Segments:
        return tuple(_shifted(s, seconds) for s in segments)

    words = tuple(replace(w, segment=w.segment and _shifted(w.segment, seconds)) for w in material.words or ())
    size = len(TEXT)
    return replace(
        material,
        speech=shifted(material.speech),
        pauses=shifted(material.pauses),
        turns=shifted(material.turns),
        syllables=tuple(replace(s, segment=_shifted(s.segment, seconds)) for s in material.syllables or ()),
        words=words,
        sentences=tuple(Sentence(words[k : k + size], "turn") for k in range(0, len(words), size)),
        fillers=tuple(replace(f, segment=f.segment and _shifted(f.segment, seconds)) for f in material.fillers or ()),
        f0=PitchContour(
            0.01,
            np.concatenate((np.full(frames, np.nan, np.float32), material.f0.hz)),
            np.concatenate((np.zeros(frames, np.bool_), material.f0.creak)),
        ),
        levels=delayed(material.levels, frames, quiet_db=-60.0),
    )


def starts(measure: Measure) -> list[float]:
    """Where each piece of evidence starts."""
    return [evidence.segment.start for evidence in measure.evidence if evidence.segment is not None]


def notes(measure: Measure) -> list[str]:
    """Why each piece of evidence is listed."""
    return [evidence.note.id for evidence in measure.evidence if evidence.note is not None]


def reason(measure: Measure) -> str:
    """Why there is no value; fails where there is one."""
    assert measure.value is None
    assert measure.reason is not None
    return measure.reason.id


def segments(evidence: tuple[Evidence, ...]) -> list[Segment | None]:
    return [one.segment for one in evidence]


def _shifted(segment: Segment, seconds: float) -> Segment:
    return Segment(segment.start + seconds, segment.end + seconds)
