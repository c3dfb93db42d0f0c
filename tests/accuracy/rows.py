"""What the bench says: rows of one figure each, the cases that make them, and the table and file they end in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

Split = Literal["dev", "test"]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with what it was measured on.

    Parameters
    ----------
    quantity : str
        What is measured, e.g. ``pause_f1`` or ``f0_gross_error``.
    condition : str
        Which telephone line, e.g. ``a-law``.
    split : {"dev", "test"}
    group : str
        Whose speech, e.g. ``synthetic``, ``people`` or ``male``.
    value : float or None
        None where there was nothing to measure.
    unit : str
    n : int
        Cases behind the value: pauses, frames, clips, as the note says.
    note : str
    """

    quantity: str
    condition: str
    split: Split
    group: str
    value: float | None
    unit: str
    n: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What a run of the bench was asked for.

    Parameters
    ----------
    split : {"dev", "test"}
    quick : bool
        A handful of clips and three conditions.
    conditions : tuple of str
        Lines that everything goes over.
    own : bool
        Whether what has lines of its own goes over them as well: what needs the recogniser, and pauses in noise.
    """

    split: Split
    quick: bool
    conditions: tuple[str, ...]
    own: bool = True


Case = Callable[[Order], Iterable[Row]]
CASES: dict[str, Case] = {}


def case(name: str) -> Callable[[Case], Case]:
    """Register a function that measures something and gives rows; `name` is what ``--only`` takes."""

    def register(function: Case) -> Case:
        if name in CASES:
            raise ValueError(f"there is a case {name!r} already")
        CASES[name] = function
        return function

    return register


def written(rows: Sequence[Row]) -> str:
    """The rows as JSON, one a line."""
    lines = ",\n ".join(json.dumps(_rounded(row), ensure_ascii=False) for row in rows)
    return f"[\n {lines}\n]\n"


def read_rows(path: Path) -> list[Row]:
    """Rows of a file that `written` made."""
    return [Row(**fields) for fields in json.loads(path.read_text(encoding="utf-8"))]


def _rounded(row: Row) -> dict[str, Any]:
    fields = asdict(row)
    if row.value is not None:
        fields["value"] = float(f"{row.value:.4g}")
    return fields


def table(rows: Sequence[Row]) -> str:
    """Plain text: a line for each quantity and group, a column for each condition; calls and laws in their own blocks."""
    parts = []
    blocks: dict[str, list[Row]] = {}
    for row in rows:
        kind = "laws" if row.quantity.startswith("moved_") else "calls" if row.group == "call" else "lines"
        blocks.setdefault(f"{row.split}: {kind}", []).append(row)
    for title, chosen in blocks.items():
        conditions = list(dict.fromkeys(row.condition for row in chosen))
        cells = {(row.quantity, row.group, row.condition): row for row in chosen}
        names = list(dict.fromkeys((row.quantity, row.group, row.unit) for row in chosen))
        head = f"{title:<44}" + "".join(f"{condition:>11}" for condition in conditions)
        parts.append(head)
        for quantity, group, unit in names:
            figures = [_cell(cells.get((quantity, group, condition))) for condition in conditions]
            most = max(cells[quantity, group, c].n for c in conditions if (quantity, group, c) in cells)
            parts.append(f"{f'{quantity} [{unit}] {group}':<44.44}" + "".join(figures) + f"   n={most}")
        parts.append("")
    return "\n".join(parts)


def _cell(row: Row | None) -> str:
    if row is None or row.value is None:
        return f"{'-':>11}"
    return f"{row.value:>11.2f}" if abs(row.value) < 100 else f"{row.value:>11.0f}"
