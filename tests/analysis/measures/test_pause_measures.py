"""Phonation time and the agent's own pauses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.types import Measure, Segment, Segments
from tests.analysis.measures.material import measured, notes, reason, segments, spans

SPEECH = spans((0, 3), (3.5, 7), (8.5, 10))
PAUSES = spans((3, 3.5), (7, 8.5))
"""Ten seconds in all: eight of speech, two pauses of 0.5 and 1.5 s."""


def pause_rate(speech: Segments, pauses: Segments) -> Measure:
    return measured("pause_rate", speech=speech, pauses=pauses)


def pause_ratio(speech: Segments, pauses: Segments) -> Measure:
    return measured("pause_ratio", speech=speech, pauses=pauses)


def mean_pause_duration(speech: Segments, pauses: Segments) -> Measure:
    return measured("mean_pause_duration", speech=speech, pauses=pauses)


def longest_pause(speech: Segments, pauses: Segments) -> Measure:
    return measured("longest_pause", speech=speech, pauses=pauses)


def phonation_time(speech: Segments) -> Measure:
    return measured("phonation_time", speech=speech)


Paused = Callable[[Segments, Segments], Measure]

# --- known answer ---


def test_two_pauses_in_ten_seconds_are_12_a_minute() -> None:
    measure = pause_rate(SPEECH, PAUSES)
    assert (measure.value, measure.unit) == (pytest.approx(12.0), "1/min")


def test_every_pause_is_shown_with_its_length() -> None:
    measure = pause_rate(SPEECH, PAUSES)
    assert segments(measure.evidence) == list(PAUSES)
    assert [evidence.note and evidence.note.args["seconds"] for evidence in measure.evidence] == [0.5, 1.5]


def test_a_speaker_without_pauses_has_a_rate_of_nought() -> None:
    assert pause_rate(spans((0, 10)), ()).value == 0


def test_pauses_of_half_and_one_and_a_half_seconds_last_one_on_average() -> None:
    measure = mean_pause_duration(SPEECH, PAUSES)
    assert (measure.value, measure.unit, measure.confidence) == (pytest.approx(1.0), "s", "fair")


def test_a_mean_of_five_pauses_is_trusted() -> None:
    pauses = tuple(Segment(k + 0.5, k + 1.0) for k in range(5))
    assert mean_pause_duration(SPEECH, pauses).confidence == "good"
    assert mean_pause_duration(SPEECH, pauses[:4]).confidence == "fair"


def test_two_seconds_of_ten_are_a_fifth() -> None:
    measure = pause_ratio(SPEECH, PAUSES)
    assert (measure.value, measure.unit) == (pytest.approx(0.2), "ratio")


def test_the_longest_pause_is_shown() -> None:
    measure = longest_pause(SPEECH, PAUSES)
    assert (measure.value, measure.unit) == (pytest.approx(1.5), "s")
    assert segments(measure.evidence) == [Segment(7.0, 8.5)]
    assert notes(measure) == ["note-longest-pause"]


def test_phonation_time_is_the_speech_alone() -> None:
    measure = phonation_time(SPEECH)
    assert (measure.value, measure.unit) == (pytest.approx(8.0), "s")


def test_no_pause_has_no_length() -> None:
    assert reason(mean_pause_duration(spans((0, 10)), ())) == "reason-no-pauses"
    assert reason(longest_pause(spans((0, 10)), ())) == "reason-no-pauses"


@pytest.mark.parametrize("measure", [pause_rate, pause_ratio, mean_pause_duration])
def test_under_five_seconds_of_speech_tell_nothing(measure: Paused) -> None:
    short, enough = spans((0, 2), (2.5, 5.4)), spans((0, 2), (2.5, 5.5))
    assert reason(measure(short, spans((2, 2.5)))) == "reason-too-little-speech"
    assert measure(enough, spans((2, 2.5))).value is not None


@pytest.mark.parametrize("measure", [pause_rate, pause_ratio, mean_pause_duration, longest_pause])
def test_no_speech_is_said_so(measure: Paused) -> None:
    assert reason(measure((), ())) == "reason-no-speech"


def test_no_speech_has_no_phonation_time() -> None:
    assert reason(phonation_time(())) == "reason-no-speech"


# --- law ---


@st.composite
def calls(draw: st.DrawFn) -> tuple[Segments, Segments]:
    lengths = draw(st.lists(st.tuples(st.integers(4, 40), st.integers(1, 20)), min_size=2, max_size=12))
    speech, pauses, now = [Segment(0.0, 5.0)], [], 5.0
    for spoken, quiet in lengths:
        pauses.append(Segment(now, now + quiet / 4))
        speech.append(Segment(now + quiet / 4, now + quiet / 4 + spoken / 4))
        now = speech[-1].end
    return tuple(speech), tuple(pauses)


@given(calls())
def test_rate_times_mean_length_is_the_ratio(call: tuple[Segments, Segments]) -> None:
    rate, mean, ratio = (measure(*call).value for measure in (pause_rate, mean_pause_duration, pause_ratio))
    assert rate is not None
    assert mean is not None
    assert rate / 60 * mean == pytest.approx(ratio)


@given(calls(), st.floats(1.0, 3.0))
def test_a_slower_call_has_longer_and_rarer_pauses(call: tuple[Segments, Segments], factor: float) -> None:
    slow = [tuple(Segment(factor * s.start, factor * s.end) for s in part) for part in call]

    def both(measure: Paused) -> tuple[float, float]:
        return measure(*call).value or 0.0, measure(slow[0], slow[1]).value or 0.0

    before, after = both(pause_rate)
    assert after * factor == pytest.approx(before)
    before, after = both(mean_pause_duration)
    assert after == pytest.approx(factor * before)
    before, after = both(longest_pause)
    assert after == pytest.approx(factor * before)
    before, after = both(pause_ratio)
    assert after == pytest.approx(before)


@given(calls())
def test_the_longest_pause_is_no_shorter_than_the_mean(call: tuple[Segments, Segments]) -> None:
    longest, mean = longest_pause(*call).value, mean_pause_duration(*call).value
    assert longest is not None
    assert mean is not None
    assert longest >= mean - 1e-9
