"""The scorecard as a table, one measure a row."""

from __future__ import annotations

import csv
import io
import re

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

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_BEFORE_FORMULAS = ' \t\r\n"'
_FORMULA_INSIDE = re.compile(r"([;\t\r\n][\s\"]*)(?=[=+\-@])")
"""What a spreadsheet would run that parts cells at semicolons, as those set to Finnish do, or at line ends."""


def csv_text(value: str) -> str:
    """`value` as a spreadsheet shows it and never runs it: an apostrophe goes before what would open a formula.

    References
    ----------
    OWASP, CSV Injection.
    """
    shown = _FORMULA_INSIDE.sub(r"\1'", value)
    opens = (shown, shown.lstrip(_BEFORE_FORMULAS))
    return f"'{shown}" if any(text.startswith(_FORMULA_STARTS) for text in opens) else shown


def render_csv(doc: ScorecardDoc) -> str:
    """Measures as CSV (RFC 4180) under a heading; numbers have a decimal point, an absent value is an empty cell.

    Every text is in quotation marks. Text that a spreadsheet would run as a formula gets an apostrophe before it. Reasons
    are in the document's language.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
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


def _cell(value: str | float | int | None) -> str | float | int:
    """A cell's text without what no file of text may hold, or its number."""
    if value is None:
        return ""
    return csv_text(value.replace("\0", "")) if isinstance(value, str) else value
