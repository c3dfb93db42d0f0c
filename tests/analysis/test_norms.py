"""The default norms, and what a value is found to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.catalogue import BY_NAME
from analysis.errors import AnalysisError, UnitMismatch
from analysis.norms import DEFAULT_NORMS, HOUSE_RULE, finding_of
from analysis.types import Measure, Message, Norm

NORMS = {norm.measure: norm for norm in DEFAULT_NORMS}
RATE = Norm("speech_rate", 3.0, 5.5, "syll/s", HOUSE_RULE)


def _rate(value: float) -> Measure:
    return Measure("speech_rate", value, "syll/s")


# --- known answer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (2.94, "below"),
        (2.96, "within"),
        (3.0, "within"),
        (4.0, "within"),
        (5.5, "within"),
        (5.54, "within"),
        (5.56, "above"),
    ],
)
def test_both_bounds_are_within_as_they_are_shown(value: float, verdict: str) -> None:
    assert finding_of(_rate(value), {"speech_rate": RATE}, baseline=None).verdict == verdict


@pytest.mark.parametrize(
    ("low", "high", "verdict"), [(None, 0.0, "above"), (2.0, None, "below"), (None, 1.0, "within")]
)
def test_an_open_side_has_no_bound(low: float | None, high: float | None, verdict: str) -> None:
    norm = Norm("ei_openings", low, high, "count", HOUSE_RULE)
    assert finding_of(Measure("ei_openings", 1.0, "count"), {"ei_openings": norm}, baseline=None).verdict == verdict


def test_without_a_norm_a_value_is_for_information_and_keeps_its_baseline() -> None:
    found = finding_of(_rate(9.0), {}, baseline=4.5)
    assert (found.verdict, found.norm, found.baseline) == ("info", None, 4.5)


def test_what_has_no_value_is_not_measured_with_or_without_a_norm() -> None:
    absent = Measure("speech_rate", None, "syll/s", reason=Message("reason-no-speech"))
    assert finding_of(absent, {"speech_rate": RATE}, baseline=4.0).verdict == "not measured"
    assert finding_of(absent, {}, baseline=None).verdict == "not measured"


def test_a_norm_in_another_unit_is_refused() -> None:
    norm = Norm("speech_rate", 100.0, 130.0, "1/min", HOUSE_RULE)
    with pytest.raises(UnitMismatch, match="speech_rate is in syll/s, its norm in 1/min"):
        finding_of(_rate(4.0), {"speech_rate": norm}, baseline=None)


def test_a_norm_kept_under_another_measures_name_is_refused() -> None:
    with pytest.raises(AnalysisError, match="the norm kept for speech_rate is that of ei_openings"):
        finding_of(_rate(4.0), {"speech_rate": NORMS["ei_openings"]}, baseline=None)


def test_the_low_bound_of_pitch_variation_is_one_sd_below_the_published_mean() -> None:
    assert NORMS["f0_sd"].low == 2.0  # 2.7 - 0.68 = 2.02
    assert NORMS["f0_range"].low == 6.6  # 3.29 * 2.0 = 6.58
    assert NORMS["f0_sd"].source.startswith("derived from Laukkanen & Waaramaa")
    assert "men reading" in NORMS["f0_sd"].applies_to


# --- law --------------------------------------------------------------------------------------------------------------


def test_every_default_norm_is_of_a_known_measure_in_its_unit_and_each_once() -> None:
    assert len(DEFAULT_NORMS) == len(NORMS) == 14
    for norm in DEFAULT_NORMS:
        assert norm.unit == BY_NAME[norm.measure].unit
        assert norm.source.startswith((HOUSE_RULE, "derived from"))


def test_levels_words_per_minute_and_the_voice_itself_are_held_against_nothing() -> None:
    assert BY_NAME.keys() - NORMS.keys() == {
        "words_per_minute",
        "tempo_variation",
        "phonation_time",
        "f0_median",
        "speech_level",
        "level_range",
        "negative_openings",
    }


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_the_verdict_says_where_the_value_lies(value: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    norm = Norm("speech_rate", low, high, "syll/s", HOUSE_RULE)
    verdict = finding_of(_rate(value), {"speech_rate": norm}, baseline=None).verdict
    if low <= value <= high:
        assert verdict == "within"
    elif value < low - 0.051:
        assert verdict == "below"
    elif value > high + 0.051:
        assert verdict == "above"


# --- unchanged --------------------------------------------------------------------------------------------------------


def test_the_default_bands() -> None:
    assert {norm.measure: (norm.low, norm.high) for norm in DEFAULT_NORMS} == {
        "articulation_rate": (4.0, 6.2),
        "speech_rate": (3.0, 5.5),
        "pause_rate": (6.0, 30.0),
        "mean_pause_duration": (0.3, 1.2),
        "pause_ratio": (0.10, 0.40),
        "longest_pause": (None, 5.0),
        "f0_range": (6.6, None),
        "f0_sd": (2.0, None),
        "f0_shift": (-1.5, 1.5),
        "creak_share": (None, 20.0),
        "phrase_end_drop": (None, 8.0),
        "filled_pause_rate": (None, 4.0),
        "filler_word_rate": (None, 3.0),
        "ei_openings": (None, 0.0),
    }
