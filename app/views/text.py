"""The scorecard for a terminal."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator

from analysis.catalogue import CATALOGUE
from app.document import MeasureDoc, ScorecardDoc
from app.messages import Locale, text
from app.views.localise import localised
from app.views.scale import NormScale, norm_scale
from app.views.wording import clock, measure_text, number, value_text, verdict_text

MARKS = {"below": "▼", "within": "✓", "above": "▲"}


def render_text(doc: ScorecardDoc, *, locale: Locale, width: int = 80) -> str:
    """Scorecard for a terminal of `width` columns: strengths, the one focus, then every measure beside its norm.

    Control characters in names and transcripts are shown as ``?``, so that a hostile file cannot steer the terminal.
    """
    doc = localised(doc, locale)
    width = max(width, 40)
    lines = [*_heading(doc, locale, width), *_advice(doc, locale, width), *_table(doc, locale, width)]
    lines += ["", *_pauses(doc, locale, width), "", *_wrapped(text("page-about-learning", locale), width)]
    return "\n".join(_plain(line) for line in lines) + "\n"


def _heading(doc: ScorecardDoc, locale: Locale, width: int) -> Iterator[str]:
    recording = doc.recording
    title = f"{recording.name or text('page-unnamed', locale)} · {clock(recording.duration_s)}"
    yield title[:width]
    yield "═" * min(len(title), width)
    if recording.warnings:
        yield ""
        yield text("page-warnings", locale)
        for warning in recording.warnings:
            yield from _wrapped(warning, width, first="! ", rest="  ")
    if doc.transcript.reliability_note:
        yield ""
        yield from _wrapped(doc.transcript.reliability_note, width)


def _advice(doc: ScorecardDoc, locale: Locale, width: int) -> Iterator[str]:
    yield ""
    if not doc.is_measured:
        yield from _wrapped(text("page-nothing-measured", locale), width)
        return
    yield text("page-strengths", locale).upper()
    for strength in doc.strengths:
        yield from _wrapped(strength.text, width, first="+ ", rest="  ")
    if not doc.strengths:
        yield from _wrapped(text("page-strengths-none", locale), width)
    yield ""
    yield text("page-focus", locale).upper()
    if doc.focus is None:
        yield from _wrapped(text("page-focus-none", locale), width)
        yield from _wrapped(text("page-focus-none-try", locale), width)
        return
    yield from _wrapped(doc.focus.text, width, first="→ ", rest="  ")
    yield from _wrapped(f"{text('page-try', locale)}: {doc.focus.try_}", width, first="  ", rest="  ")
    if doc.focus.listen:
        times = ", ".join(clock(place.start) for place in doc.focus.listen)
        yield "  " + text("text-listen", locale, times=times)


def _table(doc: ScorecardDoc, locale: Locale, width: int) -> Iterator[str]:
    group = ""
    for info in CATALOGUE:
        measure = doc.measures.get(info.name)
        if measure is None:
            continue
        if info.group != group:
            group = info.group
            yield ""
            yield text(f"group-{group}", locale).upper()
        yield from _row(info.name, measure, locale, width)
    yield ""
    yield text("text-bar-legend", locale)


def _row(name: str, measure: MeasureDoc, locale: Locale, width: int) -> Iterator[str]:
    label = measure_text(name, "", locale)
    if measure.value is None:
        yield from _wrapped(f"{label}: {verdict_text(measure.verdict, locale)}", width, rest="  ")
        yield from _wrapped(measure.reason or "", width, first="  ", rest="  ")
        return
    shown = f"{value_text(name, measure.value, locale, unit=measure.unit)} {measure_text(name, 'unit', locale)}"
    verdict = f"{MARKS.get(measure.verdict, ' ')} {verdict_text(measure.verdict, locale)}"
    if width < 76:
        yield from _wrapped(f"{label}: {shown}", width, rest="  ")
        yield f"  {_bar(measure, 15)} {verdict}"
        return
    bar = _bar(measure, max(8, min(width - 72, 30)))
    yield f"{label[:27]:<27} {shown:<22} {bar} {verdict}"


def _bar(measure: MeasureDoc, cells: int) -> str:
    """A bar of `cells` characters with the norm's band, the own baseline and the value."""
    norm = measure.norm
    if norm is None:
        return " " * cells
    low, high = norm.low, norm.high
    scale = norm_scale(measure.value, low, high, unit=measure.unit, baseline=measure.baseline)
    return _drawn(scale, cells)


def _drawn(scale: NormScale, cells: int) -> str:
    def cell(place: float | None, otherwise: int) -> int:
        return otherwise if place is None else min(int(place * cells), cells - 1)

    start, end = cell(scale.low, 0), cell(scale.high, cells - 1)
    if scale.value is not None and scale.high is not None and scale.value > scale.high:
        end = min(end, cell(scale.value, 0) - 1)
    if scale.value is not None and scale.low is not None and scale.value < scale.low:
        start = max(start, cell(scale.value, 0) + 1)
    drawn = ["━" if start <= index <= end else "╌" for index in range(cells)]
    if scale.baseline is not None:
        drawn[cell(scale.baseline, 0)] = "◇"
    if scale.value is not None:
        drawn[cell(scale.value, 0)] = "●"
    return "".join(drawn)


def _pauses(doc: ScorecardDoc, locale: Locale, width: int) -> list[str]:
    pauses = doc.timeline.pauses
    if not pauses:
        return _wrapped(text("text-pauses-none", locale), width)
    start, end = max(pauses, key=lambda pause: pause[1] - pause[0])
    total = sum(stop - begin for begin, stop in pauses)
    sentence = text(
        "text-pauses",
        locale,
        count=len(pauses),
        total=number(total, 1, locale),
        longest=number(end - start, 1, locale),
        at=clock(start),
    )
    return _wrapped(sentence, width)


def _wrapped(sentence: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(sentence, width, initial_indent=first, subsequent_indent=rest)


def _plain(line: str) -> str:
    return "".join("?" if unicodedata.category(letter) in ("Cc", "Cf", "Cs") else letter for letter in line)
