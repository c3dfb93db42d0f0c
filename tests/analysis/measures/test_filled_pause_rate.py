"""Hesitations a minute."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.filled_pause_rate import filled_pause_rate
from analysis.noise import ActiveLevel
from analysis.types import Filler, Message, Segment

SPEECH = (Segment(0.0, 12.0), Segment(13.0, 25.0))
PAUSES = (Segment(12.0, 13.0), Segment(25.0, 30.0))
SOUND = Filler(Segment(1.0, 1.4), "öö", "hesitation", "certain", "transcript")
HEARD = Filler(Segment(5.0, 5.4), "öö", "hesitation", "check", "audio")
WRITTEN = Filler(None, "mm", "hesitation", "certain", "transcript")
PARTICLE = Filler(Segment(2.0, 2.4), "niinku", "particle", "certain", "transcript")

QUIET = ActiveLevel(-20.0, -60.0, 40.0)
SOME_NOISE = ActiveLevel(-20.0, -42.0, 22.0)

# known answer


def test_three_sounds_in_half_a_minute_are_six_a_minute() -> None:
    measure = filled_pause_rate((SOUND, PARTICLE, HEARD, WRITTEN), SPEECH, PAUSES, False, QUIET)
    assert (measure.name, measure.value, measure.unit) == ("filled_pause_rate", pytest.approx(6.0), "1/min")
    assert [(piece.segment, piece.text, piece.tier) for piece in measure.evidence] == [
        (Segment(1.0, 1.4), "öö", "certain"),
        (Segment(5.0, 5.4), "öö", "check"),
        (None, "mm", "certain"),
    ]
    notes = [piece.note.id for piece in measure.evidence if piece.note]
    assert notes == ["note-filler-certain", "note-filler-from-audio", "note-filler-certain"]
    assert measure.confidence == "fair"


def test_absence_has_its_reason() -> None:
    assert filled_pause_rate(None, SPEECH, PAUSES, False, QUIET).reason == Message("reason-no-transcript")
    short = filled_pause_rate((SOUND,), (Segment(0.0, 9.5),), (Segment(9.5, 99.0),), False, QUIET)
    assert short.reason == Message("reason-too-little-speech", {"seconds": 9.5, "needed": 10.0})
    assert filled_pause_rate((), (), (), False, QUIET).reason == Message("reason-no-speech")


def test_none_found_is_zero() -> None:
    measure = filled_pause_rate((PARTICLE,), SPEECH, PAUSES, False, QUIET)
    assert (measure.value, measure.evidence, measure.confidence) == (0.0, (), "good")


@pytest.mark.parametrize(
    ("found", "recognised", "active", "confidence"),
    [
        ((SOUND,), False, QUIET, "good"),
        ((SOUND,), False, SOME_NOISE, "good"),
        ((SOUND, HEARD), False, QUIET, "fair"),
        ((SOUND, HEARD), False, SOME_NOISE, "poor"),
        ((SOUND,), True, QUIET, "fair"),
        ((), True, QUIET, "fair"),
        ((), True, SOME_NOISE, "poor"),
        ((SOUND,), True, ActiveLevel(-20.0, None, None), "fair"),
    ],
)
def test_what_is_found_by_ear_is_fair_at_best_and_poor_in_noise(
    found: tuple[Filler, ...], recognised: bool, active: ActiveLevel, confidence: str
) -> None:
    assert filled_pause_rate(found, SPEECH, PAUSES, recognised, active).confidence == confidence


def test_on_a_noisy_line_nothing_is_counted_by_ear() -> None:
    noisy = ActiveLevel(-20.0, -34.0, 14.0)
    heard = filled_pause_rate((SOUND,), SPEECH, PAUSES, True, noisy)
    assert (heard.value, heard.reason) == (None, Message("reason-too-noisy", {"snr_db": 14.0}))
    supplied = filled_pause_rate((SOUND, HEARD), SPEECH, PAUSES, False, noisy)
    assert (supplied.value, supplied.confidence, len(supplied.evidence)) == (2.0, "good", 1)
    tidy = filled_pause_rate((HEARD,), SPEECH, PAUSES, False, noisy)
    assert (tidy.value, tidy.reason) == (None, Message("reason-too-noisy", {"snr_db": 14.0}))


# law


@given(st.integers(0, 20), st.integers(0, 20))
def test_the_rate_grows_with_hesitations_alone(sounds: int, particles: int) -> None:
    measure = filled_pause_rate((SOUND,) * sounds + (PARTICLE,) * particles, SPEECH, PAUSES, False, QUIET)
    assert measure.value == pytest.approx(2.0 * sounds)
    assert len(measure.evidence) == sounds
