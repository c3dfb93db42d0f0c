"""Measures without a value."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.absence import absent, too_little, too_little_voice
from analysis.types import Message, PitchContour, Segment

F0 = PitchContour(0.01, np.full(1, np.nan, np.float32), np.zeros(1, np.bool_))

# --- known answer ---


def test_an_absent_measure_has_its_unit_and_its_reason() -> None:
    measure = absent("pause_rate", "reason-too-noisy", snr_db=4.5)
    assert (measure.name, measure.value, measure.unit) == ("pause_rate", None, "1/min")
    assert measure.reason == Message("reason-too-noisy", {"snr_db": 4.5})


def test_a_measure_that_no_catalogue_knows_is_refused() -> None:
    with pytest.raises(KeyError, match="no_such_measure"):
        absent("no_such_measure", "reason-no-speech")


def test_too_little_speech_tells_how_much_there_was() -> None:
    missing = too_little("pause_rate", (Segment(0.0, 1.5), Segment(2.0, 2.75)), needed_s=5.0)
    assert missing is not None
    assert missing.reason == Message("reason-too-little-speech", {"seconds": 2.2, "needed": 5.0})


def test_no_speech_is_its_own_reason() -> None:
    for speech in ((), (Segment(1.0, 1.0),)):
        missing = too_little("pause_rate", speech, needed_s=5.0)
        assert missing is not None
        assert missing.reason == Message("reason-no-speech")


def test_enough_speech_is_no_absence() -> None:
    assert too_little("pause_rate", (Segment(0.0, 5.0),), needed_s=5.0) is None


def test_too_little_voice_counts_frames() -> None:
    missing = too_little_voice("f0_sd", np.zeros(123, np.float32), F0, needed_s=5.0)
    assert missing is not None
    assert missing.reason == Message("reason-too-little-voice", {"seconds": 1.2, "needed": 5.0})
    assert too_little_voice("f0_sd", np.zeros(500, np.float32), F0, needed_s=5.0) is None
