"""Writes what the bench found where everybody reads it: the data file of the app, and the table in the docs.

``python -m tests.accuracy.publish ROWS.json`` takes rows of the test split; without a file it only makes the docs anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from app.accuracy import LINES, QUANTITIES, ErrorRow, mean_error, published_rows

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "app/data/accuracy.json"
DOCS = ROOT / "docs/accuracy.md"

INTRODUCTION = """# How wrong each figure is

Every figure on a scorecard carries its typical error. This page says where those come from. It is made by
`make accuracy` from `app/data/accuracy.json`, the file that the scorecard reads too; a test fails when they drift apart.

The bench makes Finnish speech with festival and espeak-ng, whose phone, syllable and pause times are exact, at five
tempos and with drawn pauses; F0 is known exactly through WORLD resynthesis. Each clip goes through the lines named
below. Labelled recordings of real people are rows of their own where they were at hand. Settings were chosen on one
set of texts and voices (`dev`); all figures here are from another (`test`), on which nothing was tuned, except where a
note says that the same few recordings of people served both.

What it does not show: spontaneous Finnish of real customer calls. No such labelled recordings were at hand. Synthetic
speech is cleaner and more regular than people are, so expect larger errors on people.

## Typical errors on the scorecard

The mean absolute error of the worst group of speakers, for four kinds of line: wide band; telephone (A-law, µ-law,
GSM, AMR and Opus narrow band); some noise (white noise and babble at 20 dB); noisy (the same at 10 dB).

"""


def published(rows: list[ErrorRow]) -> None:
    """Write the rows of the test split to the data file."""
    kept = [row for row in rows if row.split == "test"]
    if not kept:
        raise SystemExit("no row of the test split: run python -m tests.accuracy --split test --out ROWS.json first")
    lines = ",\n ".join(
        json.dumps({name: getattr(row, name) for name in row.__slots__}, ensure_ascii=False) for row in kept
    )
    DATA.write_text(f"[{lines}]\n", encoding="utf-8")
    published_rows.cache_clear()


def page() -> str:
    """The docs page, from the data file alone."""
    parts = [INTRODUCTION, _summary(), "\n## All rows\n\n", _all_rows()]
    return "".join(parts)


def _summary() -> str:
    head = "| measure | " + " | ".join(LINES) + " |\n|---|" + "---|" * len(LINES) + "\n"
    rows = []
    for measure, quantity in QUANTITIES.items():
        cells = []
        for line in LINES:
            found = mean_error(quantity, line)
            cells.append("–" if found is None else f"{found[0]:.2g} {found[1]} (n = {found[2]})")
        rows.append(f"| `{measure}` | " + " | ".join(cells) + " |\n")
    return head + "".join(rows)


def _all_rows() -> str:
    head = "| quantity | group | condition | value | unit | n | note |\n|---|---|---|---|---|---|---|\n"
    return head + "".join(
        f"| {row.quantity} | {row.group} | {row.condition} | {'–' if row.value is None else format(row.value, '.3g')} "
        f"| {row.unit} | {row.n} | {row.note} |\n"
        for row in published_rows()
    )


def main(arguments: list[str]) -> None:
    """Publish the rows of a file, if one is named, and make the page anew."""
    if arguments:
        published([ErrorRow(**row) for row in json.loads(Path(arguments[0]).read_text(encoding="utf-8"))])
    DOCS.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
