"""The bench's levels and page, from made-up data."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import pytest

from tests.bench.levels import levels_of
from tests.bench.material import made
from tests.bench.table import page


def ran(cpu_s: float, *, peak_mb: float = 150.0, **stages: float) -> dict[str, Any]:
    return {"cpu_s": cpu_s, "peak_mb": peak_mb, "stages_cpu_s": stages, "stages_peak_mb": dict.fromkeys(stages, 100.0)}


@pytest.fixture
def data() -> dict[str, Any]:
    return {
        "minutes": 10.0,
        "long_minutes": 180.0,
        "left_share": 0.48,
        "pyin_s": 60.0,
        "python": "3.11",
        "machine": "x86_64",
        "cores": 2,
        "loads": [0.1],
        "best": {
            "measure call": ran(4.0, start=0.5, decode=0.5, pitch=3.0),
            "measure monologue": ran(8.0, start=0.5, pitch=7.0),
            "measure long call": ran(70.0, peak_mb=350.0, start=0.5),
            "score call": ran(110.0, **{"start": 1.0, "load recogniser": 4.0, "recognise": 100.0, "pitch": 5.0}),
            "faster-whisper": ran(220.0, recognise=219.0),
            "openSMILE call": ran(10.0, start=1.0, features=9.0),
            "openSMILE monologue": ran(10.0, start=1.0, features=9.0),
            "pYIN": ran(20.0, start=14.0, pitch=6.0),
        },
        "help_s": 0.2,
        "batch": {"one_s": 20.0, "one_cpu_s": 19.0, "two_s": 10.0, "two_cpu_s": 19.0},
        "skipped": {},
    }


# --- known answer ---


def test_every_level_is_a_ratio_within_the_run(data: dict[str, Any]) -> None:
    found = [(level.value, level.met) for level in levels_of(data)]
    assert found == [
        (2.5, True),  # 10 s of openSMILE against 4
        (1.25, False),  # 10 s against 8
        (0.5, True),  # 110 s against 220
        (pytest.approx(0.05), True),  # 110 less 1 and 4 of starting, less 100, over 100
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


def test_the_made_call_has_an_agent_who_speaks_under_half(tmp_path: Path) -> None:
    material = made(tmp_path, minutes=0.5, long_minutes=10.0)
    assert 0.40 < material.left_share < 0.5
    lengths = []
    for path in (material.call, material.monologue, material.long_call):
        with wave.open(str(path)) as file:
            lengths.append((file.getnchannels(), file.getframerate(), file.getnframes() / file.getframerate()))
    assert lengths == [(2, 8000, 30.0), (1, 8000, 30.0), (2, 8000, 600.0)]
