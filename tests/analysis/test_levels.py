"""Level over time, and readings inside speech."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.levels import level_contour, speech_windows_db
from analysis.types import Segment
from tests.analysis.made_levels import amplified, levels_of_db

# --- known answer ---


def test_the_curve_is_the_mean_power_of_each_step() -> None:
    levels = levels_of_db([-20] * 10 + [-30] * 5 + [-40] * 5 + [-50] * 3)
    curve = level_contour(levels, step_s=0.1)
    assert curve.step_s == 0.1
    # half at -30 and half at -40 dB are 5.5e-4 in power, -32.6 dB
    assert curve.db == pytest.approx([-20, -32.596, -50], abs=0.01)


def test_no_frames_give_an_empty_curve() -> None:
    assert len(level_contour(levels_of_db([])).db) == 0


def test_only_windows_wholly_inside_speech_are_read() -> None:
    levels = levels_of_db([-20] * 20 + [-30] * 20 + [-40] * 20 + [-50] * 20)
    starts, db = speech_windows_db(levels, (Segment(0.2, 0.55), Segment(0.6, 0.8)), window_s=0.2)
    assert starts == pytest.approx([*np.arange(20, 36) / 100, 0.6])
    assert db[0] == pytest.approx(-30, abs=1e-3)
    assert db[-1] == pytest.approx(-50, abs=1e-3)
    # Half a window of each level: the mean of their powers.
    assert db[10] == pytest.approx(10 * np.log10((1e-3 + 1e-4) / 2), abs=1e-3)


def test_no_speech_gives_no_windows() -> None:
    starts, db = speech_windows_db(levels_of_db([-20] * 50), (), window_s=0.2)
    assert len(starts) == len(db) == 0


# --- law ---


@given(st.floats(-15, 10), st.lists(st.floats(-50, -10), min_size=1, max_size=50))
def test_a_gain_moves_curve_and_windows_by_itself(gain_db: float, db: list[float]) -> None:
    levels = levels_of_db(db)
    speech = (Segment(0.0, len(db) / 100),)
    louder = amplified(levels, gain_db)
    assert level_contour(louder).db - level_contour(levels).db == pytest.approx(gain_db, abs=1e-2)
    before, after = (speech_windows_db(x, speech, window_s=0.05)[1] for x in (levels, louder))
    assert after - before == pytest.approx(gain_db, abs=1e-2)


# --- against others ---


@given(st.lists(st.floats(-60, -10), min_size=30, max_size=60))
def test_the_curve_keeps_the_mean_power(db: list[float]) -> None:
    usable = db[: len(db) // 10 * 10]
    curve = level_contour(levels_of_db(usable))
    assert np.mean(10 ** (curve.db / 10.0)) == pytest.approx(np.mean(10 ** (np.array(usable) / 10)), rel=1e-3)
