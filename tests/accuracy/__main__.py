"""Command line of the truth bench: ``python -m tests.accuracy [--quick] [--split dev|test] [--only NAME] [--out FILE]``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.accuracy import acoustic, asr_cases, calls, made_fillers, pitch, stability  # noqa: F401 - each registers its cases
from tests.accuracy.conditions import CONDITIONS, QUICK, unavailable
from tests.accuracy.rows import CASES, Order, Row, Split, table, written

OWN = "own"
"""The lines on which only one part is tried: the recogniser, or pauses."""


def main() -> None:
    """Run the cases, print the table, write the rows."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a handful of clips on three lines")
    parser.add_argument("--split", choices=("dev", "test", "both"), default="dev", help="tune on dev, publish test")
    parser.add_argument("--only", action="append", choices=sorted(CASES), help="run this case alone; may be repeated")
    parser.add_argument("--condition", action="append", choices=[*CONDITIONS, OWN], help="on this line alone")
    parser.add_argument("--out", type=Path, help="file for the rows, as JSON")
    asked = parser.parse_args()
    splits: tuple[Split, ...] = ("dev", "test") if asked.split == "both" else (asked.split,)
    conditions = tuple(line for line in asked.condition or (QUICK if asked.quick else CONDITIONS) if line != OWN)
    own = not asked.condition or OWN in asked.condition
    for condition in conditions:
        if sentence := unavailable(condition):
            print(f"{condition} is left out: {sentence}", file=sys.stderr)
    rows: list[Row] = []
    for split in splits:
        order = Order(split, asked.quick, conditions, own)
        for name in asked.only or CASES:
            begun = time.process_time()
            rows += CASES[name](order)
            print(f"{split} {name}: {time.process_time() - begun:.0f} s of CPU", file=sys.stderr)
    print(table(rows))
    if asked.out:
        asked.out.write_text(written(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
