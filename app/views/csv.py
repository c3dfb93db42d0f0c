"""The scorecard as a table, one measure a row."""

from __future__ import annotations

import csv
import io

from app.document import MeasureDoc, ScorecardDoc

COLUMNS = (
    "name",
    "value",
    "unit",
    "verdict",
    "reason",
    "norm_low",
    "norm_high",
    "norm_source",
    "baseline",
    "typical_error",
    "confidence",
    "evidence_count",
)


def render_csv(doc: ScorecardDoc) -> str:
    """Measures as CSV (RFC 4180) under a heading; numbers have a decimal point, an absent value is an empty cell.

    Text that a spreadsheet would run as a formula gets an apostrophe before it. Reasons are in the document's language.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for name, measure in doc.measures.items():
        writer.writerow([_cell(value) for value in _row(name, measure)])
    return out.getvalue()


def _row(name: str, measure: MeasureDoc) -> tuple[str | float | int | None, ...]:
    norm = measure.norm
    return (
        name,
        measure.value,
        measure.unit,
        measure.verdict,
        measure.reason,
        None if norm is None else norm.low,
        None if norm is None else norm.high,
        None if norm is None else norm.source,
        measure.baseline,
        measure.typical_error,
        measure.confidence,
        len(measure.evidence),
    )


def _cell(value: str | float | int | None) -> str:
    """A cell's text; see OWASP, CSV injection, for the letters that start a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        shown = value.replace("\0", "")
        return "'" + shown if shown.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else shown
    return repr(value)
