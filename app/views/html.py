"""The scorecard as one page that opens anywhere, without a network."""

from __future__ import annotations

import base64
import hashlib
import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.catalogue import CATALOGUE, MeasureInfo
from app.document import EvidenceDoc, MeasureDoc, ScorecardDoc
from app.messages import Locale, text
from app.views import charts
from app.views.localise import localised
from app.views.timeline import timeline_of
from app.views.transcript import turns_shown
from app.views.wording import (
    clock,
    error_text,
    measure_text,
    norm_line,
    number,
    source_text,
    value_text,
    verdict_text,
)

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent.parent / "templates"
MOST_EVIDENCE = 300
"""Pieces of evidence that one measure lists on the page; the JSON has them all."""

SPEEDS = (0.75, 1.0, 1.25, 1.5)


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


def render_html(doc: ScorecardDoc, *, locale: Locale, audio: tuple[str, bytes] | None = None) -> str:
    """Scorecard as one HTML file with everything in it: style, script, drawings and, if given, the sound.

    Parameters
    ----------
    doc : ScorecardDoc
    locale : {"fi", "en"}
        Language of the page. Its sentences are made anew in it; what was said in the call stays as it is.
    audio : tuple of str and bytes, optional
        Media type (``audio/wav``) and the file itself. Without it the page shows places instead of playing them.

    Returns
    -------
    str
        The file's text. It loads nothing, and its content security policy forbids it to.
    """
    doc = localised(doc, locale)
    style, script = _inlined("scorecard.css"), _inlined("scorecard.js")
    view = timeline_of(doc, locale)
    return (
        _environment()
        .get_template("scorecard.html.j2")
        .render(
            t=lambda id, **args: text(id, locale, **args),
            clock=clock,
            doc=doc,
            locale=locale,
            title=doc.recording.name or text("page-unnamed", locale),
            facts=_facts(doc, locale),
            strengths=[(measure_text(item.measure, "", locale), item.text) for item in doc.strengths],
            focus_label=measure_text(doc.focus.measure, "", locale) if doc.focus else "",
            groups=_groups(doc, locale),
            most_evidence=MOST_EVIDENCE,
            timeline=view,
            speeds=[(speed, number(speed, 2 if speed % 0.5 else 1 if speed % 1 else 0, locale)) for speed in SPEEDS],
            thinned_s=number(view.thinned_s, 1, locale) if view is not None and view.thinned_s is not None else "",
            turns=turns_shown(doc),
            made_with=_made_with(doc, locale),
            sources=_sources(doc, locale),
            style=style,
            script=script,
            policy=_policy(style, script),
            card=_page_values(doc, locale, audio),
            audio_base64=base64.b64encode(audio[1]).decode("ascii") if audio is not None else "",
            plot_width=charts.PLOT_WIDTH,
        )
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _inlined(name: str) -> Markup:
    from markupsafe import Markup

    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 — our own file, no caller's text


def _policy(style: str, script: str) -> str:
    """Content security policy that allows this very style and script, and no request at all."""

    def digest(content: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"

    return (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; img-src data:; "
        "media-src blob:; base-uri 'none'; form-action 'none'"
    )


def _page_values(doc: ScorecardDoc, locale: Locale, audio: tuple[str, bytes] | None) -> Markup:
    """What the script needs, as JSON that cannot end its own element."""
    from markupsafe import Markup

    values = {
        "duration": doc.recording.duration_s,
        "media": audio[0] if audio is not None else None,
        "play": text("page-play", locale),
        "pause": text("page-pause", locale),
    }
    encoded = (
        json.dumps(values, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    )
    return Markup(encoded)  # noqa: S704 — escaped on the line above


def _facts(doc: ScorecardDoc, locale: Locale) -> list[str]:
    """Short facts of the recording under the title."""
    recording = doc.recording
    facts = [
        clock(recording.duration_s),
        text(f"page-agent-{recording.agent_channel}", locale),
        f"{number(recording.sample_rate_hz / 1000, 0 if recording.sample_rate_hz % 1000 == 0 else 2, locale)} kHz",
        text("page-facts-language", locale, language=doc.engine.language),
    ]
    if recording.snr_db is not None:
        facts.append(text("page-facts-snr", locale, db=number(recording.snr_db, 0, locale)))
    return facts


def _groups(doc: ScorecardDoc, locale: Locale) -> list[tuple[str, list[MeasureView]]]:
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
        whom = measure.norm.applies_to
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


def _made_with(doc: ScorecardDoc, locale: Locale) -> list[tuple[str, str]]:
    """Models, versions and the recording's technical facts."""
    engine, recording = doc.engine, doc.recording
    asr = [part for part in (engine.asr_model, engine.asr_compute, engine.language) if part]
    technical = [recording.codec, f"{number(recording.sample_rate_hz, 0, locale)} Hz"]
    if recording.bandwidth_hz is not None:
        technical.append(text("page-about-bandwidth", locale, hz=number(recording.bandwidth_hz, 0, locale)))
    technical.append(text("page-about-clipped", locale, percent=number(recording.clipped_ratio * 100, 2, locale)))
    return [
        (text("page-about-version", locale), engine.version),
        (text("page-about-standard", locale), engine.standard),
        (
            text("page-about-asr", locale),
            ", ".join(asr) if engine.asr_model else text("page-about-asr-none", locale),
        ),
        (text("page-about-recording", locale), ", ".join(technical)),
    ]


def _sources(doc: ScorecardDoc, locale: Locale) -> list[dict[str, Any]]:
    """Rows of the table of norms, sources and errors."""
    rows = []
    for info in CATALOGUE:
        measure = doc.measures.get(info.name)
        if measure is None:
            continue
        unit = measure_text(info.name, "unit", locale)
        error = measure.typical_error
        rows.append(
            {
                "label": measure_text(info.name, "", locale),
                "norm": norm_line(info.name, measure, locale) or text("verdict-info", locale),
                "source": source_text(measure.norm.source, locale) if measure.norm is not None else "",
                "error": text("page-about-none", locale)
                if error is None
                else f"± {error_text(info.name, error, locale, unit=measure.unit)} {unit}",
            }
        )
    return rows
