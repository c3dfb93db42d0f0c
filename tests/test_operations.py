"""The page for operators and the compose file: names that are real, and sums that add up."""

from __future__ import annotations

import re
from importlib.util import find_spec
from math import ceil
from pathlib import Path

import pytest

from app.jobs.port import QUEUES
from app.privacy.erasing import DELIVERIES_KEPT, KEYS_KEPT
from app.settings import Settings
from app.webhooks.posting import TIMEOUT_S
from app.webhooks.schedule import RETRY_DELAYS_S

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
HOURS = 50_000
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
        f"{0.15 * HOURS:,.0f} core hours",
        f"{ceil(0.15 * HOURS / 24)} cores",
        f"{ceil(0.15 * HOURS / 8)} cores",
    )
    holds("GPU", f"{HOURS / 56:.0f} GPU hours", f"{ceil(HOURS / 56 / 24)} GPUs", f"{ceil(HOURS / 56 / 8)} GPUs")
    holds("processor beside", f"{0.03 * HOURS:,.0f} core hours", f"{ceil(0.03 * HOURS / 24)} cores")
    assert 1 + 1 + 20 + 2 + 1 + 8 == 33
    assert f"{round(313**2, -3):,}, which it does not" in PAGE
