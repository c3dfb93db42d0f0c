"""The agent's own usual values from earlier scorecards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.baselines import Baseline, read_baseline
from app.errors import InputError


def _card(**values: float | None) -> dict[str, Any]:
    units = {"speech_rate": "syll/s", "f0_median": "Hz", "f0_shift": "st"}
    measures = {name: {"value": value, "unit": units[name], "verdict": "info"} for name, value in values.items()}
    return {"scorecard_version": "1", "recording": {}, "measures": measures}


def _write(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


# --- known answer -----------------------------------------------------------------------------------------------------


def test_one_scorecard_gives_its_measured_values(tmp_path: Path) -> None:
    path = _write(tmp_path / "card", _card(speech_rate=4.5, f0_median=None))
    assert read_baseline(path) == Baseline({"speech_rate": 4.5}, 1)


def test_a_folder_gives_the_median_of_each_measure_over_the_cards_that_have_it(tmp_path: Path) -> None:
    _write(tmp_path / "a.json", _card(speech_rate=4.0, f0_median=110))
    _write(tmp_path / "b.json", _card(speech_rate=9.0, f0_median=None))
    _write(tmp_path / "later" / "c.json", _card(speech_rate=5.0, f0_median=120.0))
    _write(tmp_path / "notes.txt", "not looked at")
    _write(tmp_path / "other.json", {"measures": {}})
    _write(tmp_path / "broken.json", "{")
    assert read_baseline(tmp_path) == Baseline({"speech_rate": 5.0, "f0_median": 115.0}, calls=3, skipped=2)


def test_a_distance_from_the_baseline_has_no_baseline_of_its_own(tmp_path: Path) -> None:
    assert read_baseline(_write(tmp_path / "card.json", _card(f0_shift=0.4, f0_median=100.0))).values == {
        "f0_median": 100.0
    }


def test_a_measure_that_is_not_known_is_passed_over(tmp_path: Path) -> None:
    card = _card(speech_rate=4.0)
    card["measures"]["charm"] = {"value": 3, "unit": "count"}
    assert read_baseline(_write(tmp_path / "card.json", card)).values == {"speech_rate": 4.0}


# --- what cannot be used ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '"card"',
        '{"measures": {}}',
        '{"scorecard_version": "1"}',
        '{"scorecard_version": "1", "measures": []}',
        '{"scorecard_version": "1", "measures": {"speech_rate": {"value": "4", "unit": "syll/s"}}}',
        '{"scorecard_version": "1", "measures": {"speech_rate": {"value": NaN, "unit": "syll/s"}}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_scorecard_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match=r"card\.json is not a scorecard of Puhepeili"):
        read_baseline(_write(tmp_path / "card.json", content))


def test_another_unit_is_refused(tmp_path: Path) -> None:
    card = _card(speech_rate=130.0)
    card["measures"]["speech_rate"]["unit"] = "1/min"
    with pytest.raises(InputError, match=r"card\.json gives speech_rate in 1/min; syll/s is needed\."):
        read_baseline(_write(tmp_path / "card.json", card))


def test_a_folder_without_scorecards_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(InputError, match=r"The folder empty has no scorecards \(\.json files\)\."):
        read_baseline(empty)
    _write(empty / "a.json", "{}")
    with pytest.raises(InputError, match=r"The folder empty has no scorecards; it has 1 other \.json file\."):
        read_baseline(empty)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file none\.json\."):
        read_baseline(tmp_path / "none.json")


# --- law (Hypothesis) -------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.floats(0, 20), min_size=1, max_size=7))
def test_the_baseline_lies_among_the_values_and_forgets_their_order(
    tmp_path_factory: pytest.TempPathFactory, values: list[float]
) -> None:
    found = []
    for order in (values, values[::-1]):
        folder = tmp_path_factory.mktemp("cards")
        for i, value in enumerate(order):
            _write(folder / f"{i}.json", _card(speech_rate=value))
        found.append(read_baseline(folder))
    assert found[0] == found[1]
    assert min(values) <= found[0].values["speech_rate"] <= max(values)
    assert found[0].calls == len(values)
