"""The page for operators and the compose file: names that are real, and sums that add up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from app.jobs.port import QUEUES
from app.jobs.reaper import NEIGHBOURS, OWNERS_A_ROUND
from app.privacy.erasing import DELIVERIES_KEPT, KEYS_KEPT
from app.settings import Settings
from app.webhooks.posting import TIMEOUT_S
from app.webhooks.schedule import RETRY_DELAYS_S

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
BENCH = json.loads((ROOT / "docs" / "bench.json").read_text(encoding="utf-8"))["service"]
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
HOURS = 50_000
RECOGNISED, PLAIN = 0.2, 0.03
"""Processor seconds for a second of call that the plan takes for granted; the bench must not have found more."""
CALLS = HOURS * 12


# --- known answer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [PAGE, COMPOSE], ids=["page", "compose"])
def test_every_setting_that_is_named_is_one(text: str) -> None:
    named = set(re.findall(r"PUHEPEILI_([A-Z_]+)", text))
    assert len(named) >= 5 or text is PAGE
    assert named <= {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("text", [PAGE, COMPOSE], ids=["page", "compose"])
def test_every_module_that_is_run_is_there(text: str) -> None:
    modules = re.findall(r"(?:python -m |python, -m, )([a-z_.]+)", text)
    assert modules
    assert all(find_spec(module) for module in modules)


def test_queues_that_are_named_are_ones() -> None:
    (named,) = re.findall(r'--queues, "([a-z,]+)"', COMPOSE)
    assert set(named.split(",")) == set(QUEUES) - {"batch"}


def test_the_waits_of_events_are_those_of_the_code() -> None:
    assert "after 5 s, 5 min, 30 min, 2 h, 5 h, 7 h and 10 h" in PAGE
    assert RETRY_DELAYS_S == (5, 300, 1800, 2 * 3600, 5 * 3600, 7 * 3600, 10 * 3600)
    assert f"8 within a day: {len(RETRY_DELAYS_S) + 1}".startswith("8 within a day: 8")
    assert TIMEOUT_S == 15.0
    assert (KEYS_KEPT.days, DELIVERIES_KEPT.days) == (2, 30)


def test_the_sums_on_paper_add_up() -> None:
    day_s = 86_400
    table = {line.split(" | ")[0].lstrip("| "): line for line in PAGE.splitlines() if line.startswith("| ")}

    def holds(row: str, *shown: str) -> None:
        line = next(
            line for name, line in table.items() if name == row or (row != "calls" and name.startswith(f"{row} "))
        )
        assert all(one in line for one in shown), line

    holds("calls", f"{CALLS:,}", f"{CALLS / day_s:.0f} /s", f"{3 * CALLS / day_s:.0f} /s")
    audio = HOURS * 3600 * 16_000
    holds(
        "audio coming in",
        f"{audio / 1e12:.1f} TB",
        f"{audio / day_s / 1e6:.0f} MB/s",
        f"{3 * audio / day_s / 1e6:.0f} MB/s",
    )
    holds("audio kept", f"{90 * audio / 1e12:.0f} TB")
    holds("scorecards", f"{HOURS * 3600 * 1000 / 1e9:.0f} GB", f"{HOURS * 3600 * 1000 / 6e9:.0f} GB packed")
    holds("rows", f"{33 * CALLS / 1e6:.0f} million", f"{33 * CALLS / day_s:.0f} /s")
    holds(
        "processor with",
        f"{RECOGNISED * HOURS:,.0f} core hours",
        f"{ceil(RECOGNISED * HOURS / 24)} cores",
        f"{ceil(RECOGNISED * HOURS / 8):,} cores",
    )
    holds("GPU", f"{HOURS / 56:.0f} GPU hours", f"{ceil(HOURS / 56 / 24)} GPUs", f"{ceil(HOURS / 56 / 8)} GPUs")
    holds("processor beside", f"{PLAIN * HOURS:,.0f} core hours", f"{ceil(PLAIN * HOURS / 24)} cores")
    assert 1 + 1 + 20 + 2 + 1 + 8 == 33
    workers = ceil(RECOGNISED * HOURS / 24)
    assert f"640 for 40 workers and {16 * workers:,}" in PAGE
    looks, readings = (NEIGHBOURS + 1) * workers, workers // (1 + workers // OWNERS_A_ROUND)
    assert f"{looks} looks and {readings} readings a second" in " ".join(PAGE.split())


def measured(row: str) -> str:
    """The last cell of the row that begins so."""
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| {row}")]
    return line.rstrip(" |").rpartition(" | ")[2]


def of_both(shown: Callable[[dict[str, Any]], str]) -> str:
    """What is shown for each database that the bench was run on."""
    return ", ".join(f"{title} {shown(BENCH[name])}" for name, title in DATABASES.items())


def test_what_was_measured_is_what_the_bench_wrote() -> None:
    p99 = "answers to a submission", "a scorecard read"
    for row, request in zip(p99, ("submit", "scorecard"), strict=True):
        assert measured(row) == of_both(lambda one: f"{one['busy'][request]['p99_ms']:.0f} ms")  # noqa: B023
    length_s = BENCH["call_s"]
    assert (
        measured("a scorecard is ready")
        == of_both(lambda one: f"{one['one_alone_s']:.0f} s") + f" (of {length_s:.0f} s)"
    )
    assert measured("hours of calls in a day, `base`") == of_both(lambda one: f"{hours_a_day(one['recognised'])}")
    assert measured("hours of calls in a day, transcripts") == of_both(lambda one: f"{hours_a_day(one['plain'])}")
    assert measured("memory of a worker") == of_both(
        lambda one: f"{one['peak_mb']['worker']:.0f} and {one['peak_mb']['child']:.0f} MB"
    )


def hours_a_day(done: dict[str, float]) -> int:
    """By processor time, on two cores that nobody else uses."""
    return round(24 * BENCH["workers"] / done["cpu_share"])


@pytest.mark.parametrize("database", DATABASES)
def test_the_plan_takes_no_less_than_was_measured(database: str) -> None:
    found = BENCH[database]
    assert found["busy"]["ran_throughout"]
    assert found["plain"]["cpu_share"] <= PLAIN
    assert found["recognised"]["cpu_share"] <= RECOGNISED
