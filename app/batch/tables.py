"""The tables of a batch: one row a call as CSV, Parquet and XLSX, and the calls that failed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.catalogue import CATALOGUE
from app.batch.rows import Failure, Row
from app.batch.summary import MeasureSummary
from app.batch.worker import SCORECARDS
from app.views.csv import csv_text

if TYPE_CHECKING:
    import polars

Value = str | float | int | None

CALL_COLUMNS: tuple[tuple[str, type], ...] = (
    ("call", str),
    ("agent_id", str),
    ("client_reference", str),
    ("duration_s", float),
    ("agent_channel", str),
    ("snr_db", float),
    ("bandwidth_hz", float),
    ("transcript_source", str),
    ("transcript_reliability", str),
    ("focus", str),
    ("note", str),
    ("scorecard", str),
)
MEASURE_COLUMNS: tuple[tuple[str, type], ...] = tuple(
    column
    for info in CATALOGUE
    for column in ((info.name, float), (f"{info.name}_verdict", str), (f"{info.name}_confidence", str))
)
SCORE_COLUMNS = CALL_COLUMNS + MEASURE_COLUMNS
ERROR_COLUMNS: tuple[tuple[str, type], ...] = (("call", str), ("error", str), ("sentence", str))
SUMMARY_COLUMNS: tuple[tuple[str, type], ...] = (
    ("measure", str),
    ("unit", str),
    ("norm_low", float),
    ("norm_high", float),
    ("norm_source", str),
    ("calls_measured", int),
    ("below", int),
    ("within", int),
    ("above", int),
    ("share_within", float),
    ("minimum", float),
    ("median", float),
    ("maximum", float),
)

_XLSX_LONGEST_TEXT = 32_767
_XLSX_TEXT_WIDTH, _XLSX_CALL_WIDTH = 16, 48


def score_values(row: Row) -> list[Value]:
    """The row's values in the order of `SCORE_COLUMNS`; what was not measured is None."""
    values: list[Value] = [
        f"{SCORECARDS}/{row.key}.html" if name == "scorecard" else getattr(row, name) for name, _ in CALL_COLUMNS
    ]
    for info in CATALOGUE:
        cell = row.cells.get(info.name)
        values += (cell.value, cell.verdict, cell.confidence) if cell else (None, None, None)
    return values


def write_tables(
    out: Path, rows: Sequence[Row], failures: Sequence[Failure], summaries: Sequence[MeasureSummary]
) -> None:
    """Write ``scores.csv``, ``scores.parquet``, ``scores.xlsx`` and ``errors.csv`` to `out`, each in one piece."""
    scores = _frame(SCORE_COLUMNS, (score_values(row) for row in rows))
    errors = _frame(ERROR_COLUMNS, _failure_values(failures))
    # Texts in quotation marks: a spreadsheet that parts at semicolons must not part a name in two.
    _replace(out / "scores.csv", lambda part: _without_formulas(scores).write_csv(part, quote_style="non_numeric"))
    _replace(out / "errors.csv", lambda part: _without_formulas(errors).write_csv(part, quote_style="non_numeric"))
    _replace(out / "scores.parquet", lambda part: scores.write_parquet(part))
    _replace(out / "scores.xlsx", lambda part: _write_xlsx(part, rows, failures, summaries))


def _frame(columns: Sequence[tuple[str, type]], rows: Iterable[Sequence[Value]]) -> polars.DataFrame:
    import polars

    schema = {name: {str: polars.String, float: polars.Float64, int: polars.Int64}[kind] for name, kind in columns}
    return polars.DataFrame(list(rows), schema=schema, orient="row")


def _without_formulas(frame: polars.DataFrame) -> polars.DataFrame:
    import polars

    texts = [name for name, kind in frame.schema.items() if kind == polars.String]
    return frame.with_columns(
        polars.Series(name, [None if text is None else csv_text(text) for text in frame[name]], dtype=polars.String)
        for name in texts
    )


def _failure_values(failures: Iterable[Failure]) -> Iterator[list[Value]]:
    for failure in failures:
        yield [failure.call, failure.error, failure.sentence]


def _summary_values(summaries: Iterable[MeasureSummary]) -> Iterator[list[Value]]:
    for summary in summaries:
        band = summary.band
        yield [
            summary.name,
            summary.unit,
            band.low if band else None,
            band.high if band else None,
            band.source if band else None,
            len(summary.values),
            summary.below,
            summary.within,
            summary.above,
            summary.share_within,
            min(summary.values, default=None),
            summary.median,
            max(summary.values, default=None),
        ]


def _write_xlsx(
    path: Path, rows: Sequence[Row], failures: Sequence[Failure], summaries: Sequence[MeasureSummary]
) -> None:
    import xlsxwriter

    # Row by row to the disk, so that thousands of calls need no memory of their own.
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        _write_sheet(book, "scores", SCORE_COLUMNS, (score_values(row) for row in rows))
        _write_sheet(book, "errors", ERROR_COLUMNS, _failure_values(failures))
        _write_sheet(book, "measures", SUMMARY_COLUMNS, _summary_values(summaries))


def _write_sheet(book: Any, name: str, columns: Sequence[tuple[str, type]], rows: Iterable[Sequence[Value]]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    decimals = {info.name: book.add_format({"num_format": _number_format(info.decimals)}) for info in CATALOGUE}
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, _XLSX_CALL_WIDTH)
    sheet.set_column(1, len(columns) - 1, _XLSX_TEXT_WIDTH)
    for column, (heading, _) in enumerate(columns):
        sheet.write_string(0, column, heading, bold)
    last = 0
    for last, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(last, column, value[:_XLSX_LONGEST_TEXT])
            elif value is not None:
                sheet.write_number(last, column, value, decimals.get(columns[column][0]))
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _number_format(decimals: int) -> str:
    return "0." + "0" * decimals if decimals else "0"


def _replace(path: Path, write: Any) -> None:
    part = path.with_name(path.name + ".part")
    write(part)
    os.replace(part, path)
