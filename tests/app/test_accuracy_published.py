"""The published errors: the page in the docs, the cards and the listing all read one file."""

from __future__ import annotations

import math

import pytest

from analysis.catalogue import BY_NAME
from app.accuracy import (
    GROUPS,
    GROWING,
    LINES,
    QUANTITIES,
    farthest_move,
    line_of,
    mean_error,
    published_rows,
    typical_error,
    value_before,
)
from tests.accuracy.conditions import CONDITIONS
from tests.accuracy.publish import DOCS, page

# --- known answer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bandwidth_hz", "snr_db", "line"),
    [
        (3400.0, None, "telephone"),
        (3400.0, 40.0, "telephone"),
        (7000.0, 40.0, "wide band"),
        (7000.0, 24.9, "some noise"),
        (3400.0, 14.9, "noisy"),
        (None, None, "telephone"),
    ],
)
def test_the_line_follows_from_band_and_noise(bandwidth_hz: float | None, snr_db: float | None, line: str) -> None:
    assert line_of(bandwidth_hz, snr_db) == line


def test_an_error_in_semitones_becomes_hertz_at_the_pitch() -> None:
    found = mean_error("f0_median_error", "noisy")
    assert found is not None
    assert typical_error("f0_median", 200.0, "noisy") == pytest.approx(200 * (2 ** (found[0] / 12) - 1))


def test_an_error_in_per_cent_grows_with_the_value() -> None:
    one, two = (typical_error("phonation_time", seconds, "telephone") for seconds in (50.0, 100.0))
    assert one is not None
    assert two == pytest.approx(2 * one)


def test_a_measure_without_a_row_has_no_error() -> None:
    assert typical_error("creak_share", 5.0, "telephone") is None


# --- law --------------------------------------------------------------------------------------------------------------


def test_only_speech_that_nothing_was_tuned_on_is_published() -> None:
    assert {row.split for row in published_rows()} == {"test"}
    assert all(row.n > 0 for row in published_rows() if row.value is not None)


def test_every_measure_with_an_error_has_one_on_every_kind_of_line() -> None:
    for measure, quantity in QUANTITIES.items():
        assert measure in BY_NAME
        for line in LINES:
            assert mean_error(quantity, line) is not None, (quantity, line)


@pytest.mark.parametrize("measure", ["pause_rate", "mean_pause_duration", "pause_ratio", "longest_pause"])
def test_errors_of_pauses_grow_with_the_noise(measure: str) -> None:
    errors = [typical_error(measure, 1.0, line) for line in ("telephone", "some noise", "noisy")]
    assert errors == sorted(errors, key=lambda error: error or 0.0), errors


@pytest.mark.parametrize(
    ("quantity", "group"),
    [
        ("pause_f1", "synthetic"),
        ("f0_gross_error", "male"),
        ("speech_level_error", "synthetic"),
        ("articulation_rate_error", "both voices"),
        ("articulation_rate_nuclei_error", "people"),
        ("ei_all_recall", "all voices"),
        ("hesitations_f1", "all labelled files"),
        ("hesitations_made_false", "look-alikes"),
    ],
)
def test_what_is_measured_goes_over_every_line(quantity: str, group: str) -> None:
    lines = {row.condition for row in published_rows() if (row.quantity, row.group) == (quantity, group)}
    assert lines >= set(CONDITIONS)


def test_the_conditions_and_groups_that_cards_read_are_in_the_file() -> None:
    conditions = {row.condition for row in published_rows()}
    assert {condition for line in LINES.values() for condition in line} <= conditions
    assert {row.group for row in published_rows()} & set(GROUPS)


def test_no_figure_moves_by_more_than_its_stated_error_when_only_the_recording_changes() -> None:
    moved = [row for row in published_rows() if row.quantity.startswith("moved_") and row.value is not None]
    assert {row.condition for row in moved} >= {"shift", "gain-12", "mu-law", "swapped", "halves"}
    held = 0
    for row in moved:
        before = value_before(row)
        assert before > 0 or row.quantity.removeprefix("moved_") not in GROWING
        stated = typical_error(row.quantity.removeprefix("moved_"), before, "telephone", by_ear=True)
        if stated is not None:
            assert row.value is not None
            assert row.value <= stated + 1e-9, row
            held += 1
    assert held > 40


def test_measures_that_move_with_another_are_held_to_its_move() -> None:
    shift = typical_error("f0_shift", 1.0, "telephone")
    assert shift is not None
    assert shift >= 12 * math.log2(1 + farthest_move("f0_median", 100.0) / 100) - 1e-9
    assert farthest_move("speech_rate", 4.0) == farthest_move("articulation_rate", 4.0) > 0


def test_the_farthest_move_grows_with_the_value_where_the_error_does() -> None:
    assert farthest_move("f0_median", 200.0) == pytest.approx(2 * farthest_move("f0_median", 100.0))
    assert farthest_move("level_range", 20.0) == farthest_move("level_range", 5.0) > 0
    assert farthest_move("words_per_minute", 100.0) == 0


# --- unchanged --------------------------------------------------------------------------------------------------------


def test_the_page_in_the_docs_is_made_from_the_file() -> None:
    assert DOCS.read_text(encoding="utf-8") == page(), "run python -m tests.accuracy.publish"
