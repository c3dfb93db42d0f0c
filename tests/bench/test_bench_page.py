"""The bench's levels and page, from made-up data."""

from __future__ import annotations

import json
import subprocess
import sys
import wave
from pathlib import Path
from typing import Any

import pytest

from tests.bench.levels import levels_of
from tests.bench.material import made
from tests.bench.processes import cpu_s_of, descendants
from tests.bench.table import page

DOCS = Path(__file__).resolve().parents[2] / "docs"


def ran(cpu_s: float, *, peak_mb: float = 150.0, **stages: float) -> dict[str, Any]:
    return {"cpu_s": cpu_s, "peak_mb": peak_mb, "stages_cpu_s": stages, "stages_peak_mb": dict.fromkeys(stages, 100.0)}


@pytest.fixture
def data() -> dict[str, Any]:
    return {
        "minutes": 10.0,
        "long_minutes": 180.0,
        "left_share": 0.48,
        "turns": [0.58, 0.36],
        "agent_s": 350.0,
        "pyin_s": 60.0,
        "python": "3.11",
        "machine": "x86_64",
        "cores": 2,
        "loads": [0.1],
        "best": {
            "measure call": ran(4.0, **{"start": 0.25, "load models": 0.25, "decode": 0.5, "pitch": 3.0}),
            "measure monologue": ran(8.0, start=0.5, pitch=7.0),
            "measure long call": ran(70.0, peak_mb=350.0, start=0.5),
            "score call": ran(
                110.0,
                **{"start": 0.5, "load models": 0.5, "load recogniser": 4.0, "recognise": 100.0, "pitch": 5.0},
            ),
            "score other side": ran(66.0, **{"start": 1.0, "load recogniser": 4.0, "recognise": 56.0, "pitch": 5.0}),
            "faster-whisper": ran(220.0, recognise=219.0),
            "faster-whisper on the agent": ran(127.0, **{"start": 1.0, "load recogniser": 1.0, "recognise": 125.0}),
            "openSMILE call": ran(10.0, start=1.0, features=9.0),
            "openSMILE monologue": ran(10.0, start=1.0, features=9.0),
            "pYIN": ran(20.0, start=14.0, pitch=6.0),
        },
        "help_s": 0.2,
        "batch": {"calls": 24, "minutes": 10.0, "one_s": 20.0, "one_cpu_s": 19.0, "two_s": 10.0, "two_cpu_s": 19.0},
        "skipped": {},
    }


@pytest.fixture
def service() -> dict[str, Any]:
    """Of a service on SQLite alone: 20 and 60 ms idle, twice the median and three times the tail with two jobs."""

    def times(factor: float, tail: float) -> dict[str, Any]:
        return {
            name: {"requests": 100, "p50_ms": 20.0 * factor, "p99_ms": 60.0 * tail} for name in ("scorecard", "submit")
        }

    return {
        "loads": [0.5, 1.0],
        "workers": 2,
        "call_s": 60.0,
        "sample_bytes": 500_000,
        "sqlite": {
            "idle": times(1, 1),
            "busy": times(2, 3) | {"ran_throughout": True},
            "plain": {"calls": 60, "clock_s": 60.0, "cpu_s": 72.0, "hours_per_hour": 60.0, "cpu_share": 0.02},
            "one_alone_s": 81.0,
            "peak_mb": {"web": 140.4, "worker": 90.0, "child": 560.0},
        },
    }


# --- known answer ---


def test_every_level_is_a_ratio_within_the_run(data: dict[str, Any]) -> None:
    found = [(level.value, level.met) for level in levels_of(data)]
    assert found == [
        (2.5, True),  # 10 s of openSMILE against 4
        (1.25, False),  # 10 s against 8
        (0.5, True),  # 110 s against 220
        (pytest.approx(0.3), True),  # 66 s against 220
        (pytest.approx(-0.16), True),  # 110 less 1 and 4 of starting, against 127 less 2
        (pytest.approx(0.04), True),  # 110 less 1 and 4 of starting, less 100, over 125
        (pytest.approx(0.05), True),  # the same over 100
        (200.0, False),  # 350 MB less 150
        (0.2, True),
        (2.0, True),  # 20 s against 10
    ]


def test_the_page_tells_what_was_and_was_not_reached(data: dict[str, Any]) -> None:
    text = page(data)
    assert (
        "| speed of openSMILE's eGeMAPSv02: a monologue, the same | 1.25 times | at least 1.34 times | **no** |" in text
    )
    assert "| librosa's pYIN, first channel (one minute, scaled) | 60.00 | 10.0 | 10.0 | 150 |" in text
    assert "| Puhepeili without recognition, the long call | 70.00 | 154.3 | 155.4 | 350 |" in text
    assert "agent speaks 48% of the time" in text
    assert "| Puhepeili without recognition, the call | 4.00 | 150.0 | 171.4 | 150 |" in text  # 600 s by 3.5
    assert "| the same, the agent's speech alone, cut out of its channel | 127.00 | 2.8 | 2.8 | 150 |" in text


def test_what_is_missing_is_said(data: dict[str, Any]) -> None:
    data["best"].pop("openSMILE call")
    data["best"].pop("openSMILE monologue")
    data["skipped"] = {"openSMILE": "not installed"}
    assert [level.met for level in levels_of(data)[:2]] == [None, None]
    assert "not measured | at least 2.24 times | not installed |" in page(data)


def test_a_busy_machine_cannot_tell_of_a_batch(data: dict[str, Any]) -> None:
    data["batch"] |= {"one_cpu_s": 10.0}
    batch = levels_of(data)[-1]
    assert batch.met is None
    assert "50%" in batch.note


def test_the_service_is_held_to_its_own_levels(data: dict[str, Any], service: dict[str, Any]) -> None:
    service["sqlite"]["busy"]["scorecard"]["p99_ms"] = 501.0
    data["service"] = service
    found = [(level.value, level.limit, level.met) for level in levels_of(data)[10:]]
    assert found == [(501.0, 500.0, False), (180.0, 1000.0, True), (81.0, 80, False)]  # a third of 60 s and a minute


def test_the_page_shows_the_service_against_itself_idle(data: dict[str, Any], service: dict[str, Any]) -> None:
    data["service"] = service
    text = page(data)
    assert "| `POST /v1/calls` | SQLite | 20, 60 (100) | 40, 180 (100) | 2.0 times | 3.0 times |" in text
    assert "| with a transcript that was sent along (60) | SQLite | 60 | 0.020 | 100 |" in text
    assert "| child of a call under way | 560 |" in text
    assert "PostgreSQL" not in text


def test_a_process_is_counted_with_all_that_it_started() -> None:
    busy = "import time; end = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    both = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}]); print(1, flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", both]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert descendants(process.pid) == [process.pid]
        taken_s = cpu_s_of(process.pid)
        process.kill()
    assert 0.3 <= taken_s < 2.0


def test_the_page_that_is_shown_is_made_from_the_data_beside_it() -> None:
    data = DOCS / "bench.json"
    assert data.with_suffix(".md").read_text(encoding="utf-8") == page(json.loads(data.read_text(encoding="utf-8")))


def test_what_is_shown_was_measured_with_start_and_work_apart() -> None:
    best = json.loads((DOCS / "bench.json").read_text(encoding="utf-8"))["best"]
    ours = [run for case, run in best.items() if case.startswith(("score", "measure"))]
    assert len(ours) == 5
    assert all({"start", "load models", "rest"} <= set(run["stages_cpu_s"]) for run in ours)


def test_the_made_call_has_an_agent_who_speaks_under_half(tmp_path: Path) -> None:
    material = made(tmp_path, minutes=0.5, long_minutes=10.0)
    assert 0.40 < material.left_share < 0.5
    lengths = []
    for path in (material.call, material.monologue, material.long_call):
        with wave.open(str(path)) as file:
            lengths.append((file.getnchannels(), file.getframerate(), file.getnframes() / file.getframerate()))
    assert lengths == [(2, 8000, 30.0), (1, 8000, 30.0), (2, 8000, 600.0)]
