"""The page over a whole batch: each measure's spread against its norm, and the way to each call's scorecard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from analysis.catalogue import BY_NAME
from app.batch.chart import chart_of, median_shown, shown
from app.batch.rows import Cell, Failure, Row
from app.batch.summary import MeasureSummary
from app.batch.worker import SCORECARDS, write_whole
from app.messages import Locale, has_text, text

_FOCUSES_SHOWN = 5
_ROWS_SHOWN = 200
_MARKS = {"below": "▼", "above": "▲"}


@dataclass(frozen=True, slots=True)
class _TableCell:
    """One cell of the table of calls: what it shows, and what it is sorted by."""

    shown: str
    sort: str
    verdict: str


def write_overview(
    out: Path, rows: Sequence[Row], failures: Sequence[Failure], summaries: Sequence[MeasureSummary], *, locale: Locale
) -> None:
    """Write ``overview.html`` to `out`: one file that needs no network."""
    write_whole(out / "overview.html", overview_html(rows, failures, summaries, locale=locale).encode())


def overview_html(
    rows: Sequence[Row], failures: Sequence[Failure], summaries: Sequence[MeasureSummary], *, locale: Locale
) -> str:
    """The overview as one HTML page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Path(__file__).parents[1] / "templates"
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    measured = [summary for summary in summaries if summary.values]
    return environment.get_template("overview.html.j2").render(
        locale=locale,
        t=lambda id, **args: text(id, locale, **args),
        calls=len(rows),
        failures=failures,
        hours=round(sum(row.duration_s for row in rows) / 3600, 1),
        focuses=_focuses(rows, locale),
        groups=[
            (group, [_card(summary, locale) for summary in of_group])
            for group, of_group in groupby(measured, key=lambda summary: summary.group)
        ],
        unmeasured=[label_of(summary.name, locale) for summary in summaries if rows and not summary.values],
        columns=[(label_of(summary.name, locale), unit_of(summary.name, locale)) for summary in measured],
        lines=[_line(row, measured, locale) for row in rows],
        rows_shown=_ROWS_SHOWN,
        agents=any(row.agent_id for row in rows),
    )


def label_of(measure: str, locale: Locale) -> str:
    """The measure's name for people."""
    id = f"measure-{measure}"
    return text(id, locale) if has_text(id, locale) else measure.replace("_", " ")


def unit_of(measure: str, locale: Locale) -> str:
    """The measure's unit for people; a ratio is shown in per cent."""
    id = f"measure-{measure}.unit"
    if has_text(id, locale):
        return text(id, locale)
    unit = BY_NAME[measure].unit
    return "%" if unit == "ratio" else unit


def _focuses(rows: Sequence[Row], locale: Locale) -> list[tuple[str, int, float]]:
    """The most common focuses: name, calls, and share of the calls (0 to 1)."""
    counted = Counter(row.focus for row in rows if row.focus)
    return [(label_of(name, locale), n, n / len(rows)) for name, n in counted.most_common(_FOCUSES_SHOWN)]


def _card(summary: MeasureSummary, locale: Locale) -> dict[str, Any]:
    share = summary.share_within
    return {
        "label": label_of(summary.name, locale),
        "unit": unit_of(summary.name, locale),
        "median": median_shown(summary, locale),
        "n": len(summary.values),
        "share": None if share is None else round(100 * share),
        "below": summary.below,
        "within": summary.within,
        "above": summary.above,
        "judged": summary.judged,
        "band": _band(summary, locale),
        "source": summary.band.source if summary.band else "",
        "bands": summary.bands,
        "chart": chart_of(summary, locale=locale),
    }


def _band(summary: MeasureSummary, locale: Locale) -> str | None:
    if summary.band is None:
        return None
    low, high = summary.band.low, summary.band.high
    if low is None and high is not None:
        return text("batch-band-at-most", locale, high=shown(summary.name, high, locale))
    if high is None and low is not None:
        return text("batch-band-at-least", locale, low=shown(summary.name, low, locale))
    first, last = shown(summary.name, low or 0.0, locale), shown(summary.name, high or 0.0, locale)
    # A dash right before a minus cannot be read.
    return f"{first} … {last}" if "−" in first + last else f"{first}–{last}"


def _line(row: Row, measured: Sequence[MeasureSummary], locale: Locale) -> dict[str, Any]:
    judged = [cell.verdict for cell in row.cells.values() if cell.verdict in ("below", "within", "above")]
    minutes, seconds = divmod(round(row.duration_s), 60)
    return {
        "call": row.call,
        "href": quote(f"{SCORECARDS}/{row.key}.html"),
        "agent": row.agent_id or "",
        "note": row.note or "",
        "duration": f"{minutes}:{seconds:02d}",
        "duration_s": f"{row.duration_s:.2f}",
        "within": f"{judged.count('within')}/{len(judged)}" if judged else "–",
        "share": f"{judged.count('within') / len(judged):.4f}" if judged else "",
        "focus": label_of(row.focus, locale) if row.focus else "–",
        "cells": [_table_cell(summary.name, row.cells.get(summary.name), locale) for summary in measured],
    }


def _table_cell(measure: str, cell: Cell | None, locale: Locale) -> _TableCell:
    if cell is None or cell.value is None:
        return _TableCell("–", "", "")
    mark = _MARKS.get(cell.verdict, "")
    return _TableCell(f"{mark} {shown(measure, cell.value, locale)}".strip(), f"{cell.value:g}", cell.verdict)
