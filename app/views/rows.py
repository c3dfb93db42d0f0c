"""The measures of the page: each one as the texts, the bar and the list of places that its row shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.catalogue import CATALOGUE, MeasureInfo
from app.document import EvidenceDoc, MeasureDoc, ScorecardDoc
from app.messages import Locale, text
from app.views import charts
from app.views.wording import clock, error_text, measure_text, norm_line, source_text, value_text, verdict_text

if TYPE_CHECKING:
    from markupsafe import Markup

MOST_EVIDENCE = 300
"""Pieces of evidence that one measure lists on the page; the JSON has them all."""


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One stretch to listen to, as the page lists it."""

    time: str
    start: float | None
    end: float | None
    said: str
    note: str
    check: bool
    suggestion: str


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One measure, every part of it as text or drawing."""

    name: str
    label: str
    meaning: str
    how: str
    value: str
    unit: str
    error: str
    verdict: str
    verdict_kind: str
    reason: str
    bar: Markup | None
    facts: list[str]
    evidence: list[EvidenceView]
    evidence_count: int


def groups_of(doc: ScorecardDoc, locale: Locale) -> list[tuple[str, list[MeasureView]]]:
    """Measures on the card, by group, in the order of the catalogue."""
    groups: dict[str, list[MeasureView]] = {}
    for info in CATALOGUE:
        if info.name in doc.measures:
            groups.setdefault(info.group, []).append(_measure_view(info, doc.measures[info.name], locale))
    return [(text(f"group-{group}", locale), views) for group, views in groups.items()]


def _measure_view(info: MeasureInfo, measure: MeasureDoc, locale: Locale) -> MeasureView:
    name = info.name
    value = "" if measure.value is None else value_text(name, measure.value, locale, unit=measure.unit)
    return MeasureView(
        name=name,
        label=measure_text(name, "", locale),
        meaning=measure_text(name, "meaning", locale),
        how=measure_text(name, "how", locale),
        value=value,
        unit=measure_text(name, "unit", locale),
        error=""
        if measure.typical_error is None
        else error_text(name, measure.typical_error, locale, unit=measure.unit),
        verdict=verdict_text(measure.verdict, locale),
        verdict_kind=measure.verdict.replace(" ", "-"),
        reason=measure.reason or "",
        bar=_bar(name, measure, value, locale),
        facts=_measure_facts(name, measure, locale),
        evidence=[_evidence_view(item, locale) for item in sorted(measure.evidence, key=_by_time)[:MOST_EVIDENCE]],
        evidence_count=len(measure.evidence),
    )


def _bar(name: str, measure: MeasureDoc, value: str, locale: Locale) -> Markup | None:
    """The small bar; None where there is no value or no norm to draw it beside."""
    norm = measure.norm
    if measure.value is None or norm is None or (norm.low is None and norm.high is None):
        return None
    unit = measure_text(name, "unit", locale)
    label = text("page-bar-label", locale, value=value, unit=unit, verdict=verdict_text(measure.verdict, locale))
    return charts.norm_bar(
        measure.value,
        norm.low,
        norm.high,
        unit=measure.unit,
        baseline=measure.baseline,
        error=measure.typical_error,
        verdict=measure.verdict,
        low_text="" if norm.low is None else value_text(name, norm.low, locale, unit=measure.unit),
        high_text="" if norm.high is None else value_text(name, norm.high, locale, unit=measure.unit),
        label=f"{label}. {norm_line(name, measure, locale)}",
    )


def _measure_facts(name: str, measure: MeasureDoc, locale: Locale) -> list[str]:
    """What stands in small print: norm, its source, own baseline, confidence."""
    unit = measure_text(name, "unit", locale)
    facts = []
    if measure.norm is not None:
        facts.append(norm_line(name, measure, locale))
        source = text("page-norm-source", locale, source=source_text(measure.norm.source, locale, short=True))
        whom = source_text(measure.norm.applies_to, locale)
        facts.append(f"{source} {text('page-norm-applies', locale, whom=whom)}" if whom else source)
    if measure.baseline is not None:
        own = value_text(name, measure.baseline, locale, unit=measure.unit)
        facts.append(text("page-baseline", locale, value=own, unit=unit))
    if measure.value is not None:
        facts.append(text(f"confidence-{measure.confidence}", locale))
    return [fact for fact in facts if fact]


def _by_time(item: EvidenceDoc) -> float:
    return math.inf if item.start is None else item.start


def _evidence_view(item: EvidenceDoc, locale: Locale) -> EvidenceView:
    return EvidenceView(
        time=text("page-no-time", locale) if item.start is None else clock(item.start),
        start=item.start,
        end=item.start if item.end is None else item.end,
        said=item.text or "",
        note=item.note or "",
        check=item.tier == "check",
        suggestion=item.suggestion or "",
    )
