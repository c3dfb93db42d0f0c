"""The timeline of the page: one lane for each thing that can be seen over the time of a call."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from analysis.catalogue import CATALOGUE, Group
from app.document import EvidenceDoc, ScorecardDoc
from app.messages import Locale, text
from app.views import charts
from app.views.wording import clock, measure_text, number

MOST_MARKS = 400
TICK_GAP = 24
"""Least distance of two numbers beside a curve, in pixels."""
MARK_HEIGHT = 14
MARK_GROUPS: tuple[Group, ...] = ("openings", "fillers", "tempo", "pitch", "loudness")


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across a lane with its number."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding on the timeline, in drawing units."""

    x: float
    width: float
    title: str
    check: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the timeline: a path, or marks."""

    kind: str
    label: str
    height: int
    path: str = ""
    filled: bool = False
    ticks: list[Tick] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    shade: str = ""


@dataclass(frozen=True, slots=True)
class TimelineView:
    """All lanes, and how many seconds one point of the most thinned curve stands for (None if nothing was thinned)."""

    lanes: list[Lane]
    thinned_s: float | None


def timeline_of(doc: ScorecardDoc, locale: Locale) -> TimelineView | None:
    """Lanes of a call; None for a recording without length."""
    duration = doc.recording.duration_s
    if duration <= 0:
        return None
    lanes = [_bars("agent", doc.timeline.speech, duration, locale)]
    if doc.timeline.customer_speech:
        lanes.append(_bars("customer", doc.timeline.customer_speech, duration, locale))
    curves = [_waveform(doc, locale), _pitch(doc, locale), _level(doc, locale), _tempo(doc, locale)]
    drawn = [found for found in curves if found is not None]
    lanes += [lane for lane, _ in drawn]
    lanes.append(_bars("pauses", doc.timeline.pauses, duration, locale))
    lanes += [lane for group in MARK_GROUPS if (lane := _marks(doc, group, locale)) is not None]
    coarsest = max((step for _, step in drawn if step is not None), default=None)
    return TimelineView([lane for lane in lanes if lane.path or lane.marks], coarsest)


def _bars(kind: str, stretches: charts.Stretches, duration: float, locale: Locale) -> Lane:
    path = charts.bars_path(stretches, duration=duration, height=14)
    return Lane(kind, text(f"page-lane-{kind}", locale), 14, path, filled=True)


def _waveform(doc: ScorecardDoc, locale: Locale) -> tuple[Lane, float | None] | None:
    waveform = doc.timeline.waveform
    if waveform is None or not waveform.peak:
        return None
    peaks, every = charts.thinned(waveform.peak, by="highest")
    path = charts.waveform_path(peaks, step_s=waveform.step_s * every, duration=doc.recording.duration_s, height=64)
    lane = Lane("waveform", text("page-lane-waveform", locale), 64, path, filled=True)
    return lane, waveform.step_s * every if every > 1 else None


def _pitch(doc: ScorecardDoc, locale: Locale) -> tuple[Lane, float | None] | None:
    f0 = doc.timeline.f0
    low, high = charts.pitch_bounds(f0.hz)
    values, every = charts.thinned(f0.hz, by="median")
    candidates = [50, 75, 100, 150, 200, 300, 400, 500]
    lane = _curve(
        "pitch", values, f0.step_s * every, doc, locale, (low, high), candidates, height=110, logarithmic=True,
        shade=charts.bars_path(doc.timeline.creak, duration=doc.recording.duration_s, height=110),
    )  # fmt: skip
    # A 10 ms grid is finer than the eye on any call; only a grid coarser than a syllable is worth a word.
    return None if lane is None else (lane, f0.step_s * every if f0.step_s * every > 0.2 else None)


def _level(doc: ScorecardDoc, locale: Locale) -> tuple[Lane, float | None] | None:
    level = doc.timeline.level_db
    known = [value for value in level.db if value is not None]
    if not known:
        return None
    high = math.ceil(max(known) / 10) * 10
    bounds = (float(max(min(known) - 3, high - 60)), float(high))
    values, every = charts.thinned(level.db, by="mean")
    lane = _curve("level", values, level.step_s * every, doc, locale, bounds, list(range(-100, 1, 20)), height=70)
    return None if lane is None else (lane, level.step_s * every if every > 1 else None)


def _tempo(doc: ScorecardDoc, locale: Locale) -> tuple[Lane, float | None] | None:
    tempo = doc.timeline.tempo
    known = [] if tempo is None else [value for value in tempo.syll_per_s if value is not None]
    if tempo is None or not known:
        return None
    bounds = (max(min(known) - 0.5, 0.0), max(known) + 0.5)
    values, every = charts.thinned(tempo.syll_per_s, by="mean")
    lane = _curve("tempo", values, tempo.step_s * every, doc, locale, bounds, list(range(1, 13)), height=70)
    return None if lane is None else (lane, tempo.step_s * every if every > 1 else None)


def _curve(
    kind: str,
    values: charts.Curve,
    step_s: float,
    doc: ScorecardDoc,
    locale: Locale,
    bounds: tuple[float, float],
    candidates: list[int],
    *,
    height: int,
    logarithmic: bool = False,
    shade: str = "",
) -> Lane | None:
    low, high = bounds
    path = charts.curve_path(
        values, step_s=step_s, duration=doc.recording.duration_s, low=low, high=high, height=height,
        logarithmic=logarithmic,
    )  # fmt: skip
    if not path:
        return None

    def y(value: float) -> float:
        if logarithmic:
            return round(height - math.log(value / low) / math.log(high / low) * height, 1)
        return round(height - (value - low) / (high - low) * height, 1)

    ticks: list[Tick] = []
    for tick in candidates:
        if low < tick < high and y(tick) > 12 and (not ticks or ticks[-1].y - y(tick) >= TICK_GAP):
            ticks.append(Tick(y(tick), number(tick, 0, locale)))
    return Lane(kind, text(f"page-lane-{kind}", locale), height, path, ticks=ticks, shade=shade)


def _marks(doc: ScorecardDoc, group: Group, locale: Locale) -> Lane | None:
    """A lane with every finding of a group; past `MOST_MARKS` one path without titles, to keep the page light."""
    found: list[tuple[str, EvidenceDoc]] = [
        (info.name, item)
        for info in CATALOGUE
        if info.group == group and info.name in doc.measures
        for item in doc.measures[info.name].evidence
        if item.start is not None and item.end is not None
    ]
    if not found:
        return None
    duration, label = doc.recording.duration_s, text(f"page-lane-{group}-marks", locale)
    if len(found) > MOST_MARKS:
        places = [(item.start or 0.0, item.end or 0.0) for _, item in found]
        return Lane(
            "marks", label, MARK_HEIGHT, charts.bars_path(places, duration=duration, height=MARK_HEIGHT), filled=True
        )
    marks = [_mark(name, item, duration, locale) for name, item in found]
    return Lane("marks", label, MARK_HEIGHT, marks=marks)


def _mark(name: str, item: EvidenceDoc, duration: float, locale: Locale) -> Mark:
    start, end = item.start or 0.0, item.end or 0.0
    said = f" ”{item.text}”" if item.text else ""
    title = f"{clock(start)} {measure_text(name, '', locale)}{said}"
    scale = charts.PLOT_WIDTH / duration
    return Mark(round(start * scale, 1), round((end - start) * scale, 1), title, item.tier == "check")
