"""The nouns refuse what breaks their contract."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import AnalysisError, InvalidSignal, UnitMismatch
from analysis.types import Finding, Measure, Message, Norm, Segment, Sentence, Track, Word

# --- known answer ---


def test_a_segment_knows_its_length() -> None:
    assert Segment(1.25, 2.0).duration == 0.75
    assert Segment(3.0, 3.0).duration == 0.0


@pytest.mark.parametrize(("start", "end"), [(-0.1, 1.0), (2.0, 1.0)])
def test_a_segment_that_runs_backwards_or_starts_early_is_refused(start: float, end: float) -> None:
    with pytest.raises(AnalysisError, match="must start at 0 or later"):
        Segment(start, end)


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_segment_has_finite_times(bad: float) -> None:
    with pytest.raises(AnalysisError, match="must be finite"):
        Segment(0.0, bad)


def test_a_track_takes_float32_alone() -> None:
    assert Track("agent", np.zeros(4000, np.float32), 8000).duration == 0.5
    with pytest.raises(InvalidSignal, match="float64"):
        Track("agent", np.zeros(4), 8000)  # type: ignore[arg-type]
    with pytest.raises(InvalidSignal, match=r"\(2, 4\)"):
        Track("agent", np.zeros((2, 4), np.float32), 8000)
    with pytest.raises(InvalidSignal, match="0 Hz"):
        Track("agent", np.zeros(4, np.float32), 0)


@pytest.mark.parametrize("probability", [-0.01, 1.01])
def test_a_probability_lies_between_0_and_1(probability: float) -> None:
    with pytest.raises(AnalysisError, match="outside 0 to 1"):
        Word("ei", None, probability)


def test_a_measure_has_a_value_or_a_reason() -> None:
    with pytest.raises(AnalysisError, match="either a value or a reason"):
        Measure("pause_rate", None, "1/min")
    with pytest.raises(AnalysisError, match="either a value or a reason"):
        Measure("pause_rate", 1.0, "1/min", reason=Message("reason-no-speech"))
    with pytest.raises(AnalysisError, match="must be finite"):
        Measure("pause_rate", float("nan"), "1/min")


def test_a_norm_needs_a_bound_in_order_and_a_source() -> None:
    with pytest.raises(AnalysisError, match="needs a low or a high"):
        Norm("pause_rate", None, None, "1/min", "house rule")
    with pytest.raises(AnalysisError, match=r"low 3\.0 above high 2\.0"):
        Norm("pause_rate", 3.0, 2.0, "1/min", "house rule")
    with pytest.raises(AnalysisError, match="no source"):
        Norm("pause_rate", 1.0, None, "1/min", "")


def test_a_norm_of_another_unit_is_refused() -> None:
    measure = Measure("pause_rate", 12.0, "1/min")
    norm = Norm("pause_rate", 0.1, 0.3, "1/s", "house rule")
    with pytest.raises(UnitMismatch, match="is in 1/min, its norm in 1/s"):
        Finding(measure, norm, "above")


def test_a_sentence_spans_its_timed_words() -> None:
    words = (Word("No"), Word("ei", Segment(1.0, 1.2)), Word("käy.", Segment(1.2, 1.75)))
    assert Sentence(words, "turn").text == "No ei käy."
    assert Sentence(words, "turn").segment == Segment(1.0, 1.75)
    assert Sentence(words[:1], "turn").segment is None


# --- law ---


@given(st.floats(0, 1e5), st.floats(0, 1e4))
def test_length_is_end_less_start(start: float, length: float) -> None:
    segment = Segment(start, start + length)
    assert segment.duration == segment.end - segment.start >= 0
