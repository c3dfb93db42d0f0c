"""Speech level, level range and the drop at the ends of phrases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.frames import frame_levels
from analysis.measures.level_range import level_range
from analysis.measures.phrase_end_drop import phrase_end_drop
from analysis.measures.speech_level import speech_level
from analysis.noise import ActiveLevel, active_level
from analysis.types import Segment, Segments
from tests.analysis.made_levels import amplified, delayed, levels_of_db
from tests.analysis.measures.material import notes, reason, segments, spans
from tests.signals import made_speech

TEN = spans((0, 10))

# 51 readings of 0.2 s, one after another at -50 to 0 dB: the 10th percentile is -45, the 90th -5.
STEPS = levels_of_db(np.repeat(np.arange(-50.0, 1.0), 20))
PHRASES: Segments = tuple(Segment(3.0 * k, 3.0 * k + 2.0) for k in range(6))


def phrases(*drops_db: float) -> list[float]:
    """Phrases of 2 s, three seconds apart, whose last 0.4 s are so much softer."""
    return [level for drop in drops_db for level in [-20.0] * 160 + [-20.0 - drop] * 40 + [-60.0] * 100]


# --- known answer ---


def test_the_level_is_that_of_the_active_speech() -> None:
    measure = speech_level(ActiveLevel(-23.5, -60.0, 36.5), TEN, 0.0)
    assert (measure.value, measure.unit, measure.confidence) == (-23.5, "dBFS", "good")


@pytest.mark.parametrize(
    ("snr_db", "expected"), [(None, "good"), (20.0, "good"), (19.9, "fair"), (10.0, "fair"), (9.9, "poor")]
)
def test_noise_costs_trust(snr_db: float | None, expected: str) -> None:
    assert speech_level(ActiveLevel(-23.5, None, snr_db), TEN, 0.0).confidence == expected


def test_a_clipped_recording_has_no_level_and_no_range() -> None:
    active = ActiveLevel(-3.0, -60.0, 57.0)
    assert speech_level(active, TEN, 0.01).value == -3.0
    clipped = speech_level(active, TEN, 0.0123)
    assert reason(clipped) == "reason-clipped"
    assert clipped.reason is not None
    assert clipped.reason.args == {"percent": 1.2}
    assert reason(level_range(STEPS, TEN, 0.0123)) == "reason-clipped"


def test_the_range_leaves_a_tenth_out_on_each_side() -> None:
    measure = level_range(STEPS, spans((0, 10.2)), 0.0)
    assert (measure.value, measure.unit) == (pytest.approx(40.0, abs=1e-3), "dB")


def test_the_loudest_and_the_softest_reading_are_shown() -> None:
    measure = level_range(STEPS, TEN, 0.0)
    found = [s for s in segments(measure.evidence) if s]
    assert [(s.start, s.end) for s in found] == [pytest.approx((9.8, 10.0)), pytest.approx((0.0, 0.2))]
    assert notes(measure) == ["note-loud-stretch", "note-quiet-stretch"]


def test_silence_between_speech_is_not_read() -> None:
    levels = levels_of_db([-20.0] * 400 + [-80.0] * 400 + [-20.0] * 400)
    assert level_range(levels, spans((0, 4), (8, 12)), 0.0).value == pytest.approx(0, abs=1e-3)


def test_the_drop_is_the_median_over_the_phrases() -> None:
    measure = phrase_end_drop(levels_of_db(phrases(1, 2, 3, 4, 5, 20)), PHRASES)
    assert (measure.value, measure.unit) == (pytest.approx(3.5, abs=1e-3), "dB")


def test_the_largest_drops_are_shown_at_the_ends_of_their_phrases() -> None:
    measure = phrase_end_drop(levels_of_db(phrases(1, 6, 3, 4, 5, 2)), PHRASES)
    assert [evidence.note and evidence.note.args["drop"] for evidence in measure.evidence] == [6.0, 5.0, 4.0]
    assert [s.end for s in segments(measure.evidence) if s] == [5.0, 14.0, 11.0]


def test_short_phrases_have_no_end() -> None:
    speech = tuple(Segment(2.0 * k, 2.0 * k + 1.1) for k in range(10))
    assert reason(phrase_end_drop(levels_of_db([-20.0] * 2000), speech)) == "reason-too-few-runs"
    assert (
        reason(phrase_end_drop(levels_of_db([-20.0] * 2000), spans((0, 4), (5, 9), (10, 14)))) == "reason-too-few-runs"
    )


def test_too_little_speech_tells_nothing() -> None:
    assert reason(speech_level(ActiveLevel(-23.5, -60.0, 36.5), spans((0, 1.9)), 0.0)) == "reason-too-little-speech"
    assert reason(level_range(STEPS, spans((0, 4.9)), 0.0)) == "reason-too-little-speech"
    assert reason(phrase_end_drop(STEPS, spans((0, 9.9)))) == "reason-too-little-speech"
    for measure in (speech_level(ActiveLevel(None, None, None), (), 0.0), level_range(STEPS, (), 0.0)):
        assert reason(measure) == "reason-no-speech"


# --- law ---


@given(st.floats(-20, 10))
def test_a_gain_moves_the_level_by_exactly_itself_and_nothing_else(gain_db: float) -> None:
    levels = levels_of_db(phrases(1, 2, 3, 4, 5, 6))
    louder = amplified(levels, gain_db)
    before, after = (speech_level(active_level(x, PHRASES), PHRASES, 0.0).value for x in (levels, louder))
    assert before is not None
    assert after == pytest.approx(before + gain_db, abs=1e-4)
    assert level_range(louder, PHRASES, 0.0).value == pytest.approx(level_range(levels, PHRASES, 0.0).value, abs=1e-4)
    assert phrase_end_drop(louder, PHRASES).value == pytest.approx(phrase_end_drop(levels, PHRASES).value, abs=1e-4)


@given(st.floats(-20, 10))
def test_a_gain_on_the_samples_moves_the_level_by_itself(gain_db: float) -> None:
    made = made_speech(((0.5, 3.5), (4, 7.5)), duration_s=8, sample_rate=8000, level_db=-25.0, noise_db=-55.0)
    louder = (made.samples * 10 ** (gain_db / 20)).astype(np.float32)
    before, after = (frame_levels([x], sample_rate=8000) for x in (made.samples, louder))
    quiet, loud = (speech_level(active_level(x, made.runs), made.runs, 0.0).value for x in (before, after))
    assert quiet is not None
    assert loud == pytest.approx(quiet + gain_db, abs=1e-3)
    assert level_range(after, made.runs, 0.0).value == pytest.approx(
        level_range(before, made.runs, 0.0).value, abs=1e-2
    )


@given(st.integers(0, 300))
def test_a_delay_moves_readings_by_no_more_than_their_grid(frames: int) -> None:
    """Readings lie on a grid of 0.2 s, so that a delay cuts the speech elsewhere; a slow swell moves by little."""
    db = -25 + 8 * np.sin(2 * np.pi * np.arange(3000) / 700)
    late = delayed(levels_of_db(db), frames)
    speech = spans((frames / 100, frames / 100 + 30))
    assert level_range(late, speech, 0.0).value == pytest.approx(
        level_range(levels_of_db(db), spans((0, 30)), 0.0).value, abs=0.3
    )
