"""The agent's own usual values, from scorecards of earlier calls."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from analysis.catalogue import BY_NAME
from app.errors import InputError
from app.transcripts.encoding import bytes_of

MAX_BYTES = 64 * 1024 * 1024
RELATIVE_MEASURES = frozenset({"f0_shift"})
"""Measures that are themselves a distance from the baseline, and so have none."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """An agent's own usual values.

    Parameters
    ----------
    values : mapping of str to float
        By the name of the measure, in the catalogue's unit: the median over the calls.
    calls : int
        How many scorecards they come from.
    skipped : int
        How many JSON files of the folder were no scorecards.
    """

    values: Mapping[str, float]
    calls: int
    skipped: int = 0


def read_baseline(path: Path) -> Baseline:
    """The baseline in a scorecard, or in a folder of them with its subfolders.

    Parameters
    ----------
    path : Path
        A scorecard's JSON, or a folder; of a folder, the ``.json`` files are read one at a time.

    Raises
    ------
    InputError
        If the file is no scorecard, or the folder has none.
    """
    if not path.is_dir():
        values = _values(_card(path), path.name)
        return Baseline(values, 1)
    found: dict[str, list[float]] = {}
    calls = skipped = 0
    for file in sorted(one for one in path.rglob("*.json") if one.is_file()):
        try:
            values = _values(_card(file), file.name)
        except InputError:
            skipped += 1
            continue
        calls += 1
        for measure, value in values.items():
            found.setdefault(measure, []).append(value)
    if not calls:
        raise InputError("error-baseline-none", name=path.name or str(path), skipped=skipped)
    return Baseline({measure: median(values) for measure, values in found.items()}, calls, skipped)


def _card(path: Path) -> Mapping[str, Any]:
    """A scorecard's JSON object."""
    content = bytes_of(path, max_bytes=MAX_BYTES)
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError("error-baseline-not-scorecard", name=path.name) from error
    if not isinstance(document, dict) or "scorecard_version" not in document:
        raise InputError("error-baseline-not-scorecard", name=path.name)
    return document


def _values(card: Mapping[str, Any], name: str) -> dict[str, float]:
    """The values that a scorecard measured, of measures that the catalogue knows."""
    measures = card.get("measures")
    if not isinstance(measures, dict):
        raise InputError("error-baseline-not-scorecard", name=name)
    values: dict[str, float] = {}
    for measure, found in measures.items():
        info = BY_NAME.get(measure)
        value = found.get("value") if isinstance(found, dict) else None
        if info is None or measure in RELATIVE_MEASURES or value is None:
            continue
        if found.get("unit") != info.unit:
            raise InputError(
                "error-baseline-unit", name=name, measure=measure, unit=str(found.get("unit"))[:60], expected=info.unit
            )
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise InputError("error-baseline-not-scorecard", name=name)
        values[measure] = float(value)
    return values
