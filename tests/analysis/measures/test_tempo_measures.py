"""Articulation rate, speech rate, words a minute and tempo variation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intervals import gaps
from analysis.tempo import tempo_curve
from analysis.types import Measure, Segment, Segments, SyllableCount, Word
from tests.analysis.measures.material import measured, notes, reason, segments, spans

SPEECH = spans((0, 4), (5, 11))
PAUSES = spans((4, 5))


Counts = tuple[SyllableCount, ...] | None


def articulation_rate(syllables: Counts, speech: Segments) -> Measure:
    return measured("articulation_rate", syllables=syllables, speech=speech)


def speech_rate(syllables: Counts, speech: Segments, pauses: Segments = ()) -> Measure:
    return measured("speech_rate", syllables=syllables, speech=speech, pauses=pauses)


def tempo_variation(syllables: Counts, speech: Segments) -> Measure:
    return measured("tempo_variation", syllables=syllables, speech=speech)


def words_per_minute(words: tuple[Word, ...] | None, speech: Segments, pauses: Segments) -> Measure:
    return measured("words_per_minute", words=words, speech=speech, pauses=pauses)


def counted(segments: Segments, *counts: float, source: str = "words") -> tuple[SyllableCount, ...]:
    return tuple(SyllableCount(s, c, source) for s, c in zip(segments, counts, strict=True))  # type: ignore[arg-type]


def runs(*lengths: float) -> Segments:
    result, now = [], 0.0
    for length in lengths:
        result.append(Segment(now, now + length))
        now += length + 1
    return tuple(result)


# --- known answer ---


def test_fifty_syllables_in_ten_seconds_of_speech_are_five_a_second() -> None:
    measure = articulation_rate(counted(SPEECH, 24, 26), SPEECH)
    assert (measure.value, measure.unit) == (pytest.approx(5.0), "syll/s")


def test_the_fastest_and_the_slowest_run_are_shown() -> None:
    measure = articulation_rate(counted(SPEECH, 24, 26), SPEECH)
    assert segments(measure.evidence) == [Segment(0.0, 4.0), Segment(5.0, 11.0)]
    assert notes(measure) == ["note-fast-stretch", "note-slow-stretch"]
    assert [evidence.note and evidence.note.args["rate"] for evidence in measure.evidence] == [6.0, 4.3]


def test_short_runs_are_not_shown() -> None:
    speech = spans((0, 1.9), (3, 8), (9, 14))
    measure = articulation_rate(counted(speech, 19, 25, 20), speech)
    assert segments(measure.evidence) == [speech[1], speech[2]]
    assert articulation_rate(counted(speech[:2], 19, 25), speech[:2]).evidence == ()


def test_pauses_count_in_the_speech_rate() -> None:
    measure = speech_rate(counted(SPEECH, 24, 31), SPEECH, PAUSES)
    assert (measure.value, measure.unit) == (pytest.approx(5.0), "syll/s")


def test_22_words_in_11_seconds_are_120_a_minute() -> None:
    measure = words_per_minute((Word("joo"),) * 22, SPEECH, PAUSES)
    assert (measure.value, measure.unit) == (pytest.approx(120.0), "1/min")


def test_rates_of_4_and_6_vary_by_a_fifth() -> None:
    speech = runs(4, 4, 4, 4, 4, 4)
    measure = tempo_variation(counted(speech, 16, 24, 16, 24, 16, 24), speech)
    assert (measure.value, measure.unit) == (pytest.approx(20.0), "%")


def test_longer_runs_weigh_more() -> None:
    # 6 s at 4 and 2 s at 8 syll/s, twice over, and 8 s at their mean of 5: variance 0.75*1 + 0.25*9 = 3 over 16 of 24 s
    speech = runs(6, 2, 6, 2, 8)
    measure = tempo_variation(counted(speech, 24, 16, 24, 16, 40), speech)
    assert measure.value == pytest.approx(100 * 2**0.5 / 5)


def test_an_even_tempo_does_not_vary() -> None:
    speech = runs(2, 3, 4, 5, 6)
    assert tempo_variation(counted(speech, 10, 15, 20, 25, 30), speech).value == pytest.approx(0)


def test_too_few_or_too_short_runs_have_no_variation() -> None:
    speech = runs(4, 4, 4, 4)
    assert reason(tempo_variation(counted(speech, 16, 16, 16, 16), speech)) == "reason-too-few-runs"
    speech = runs(4, 4, 4, 4, 1.4)
    assert reason(tempo_variation(counted(speech, 16, 16, 16, 16, 7), speech)) == "reason-too-few-runs"


@pytest.mark.parametrize("measure", [articulation_rate, speech_rate])
def test_more_speech_and_real_words_are_trusted_more(measure: Callable[[Counts, Segments], Measure]) -> None:
    def confidence(length: float, source: str) -> str:
        speech = spans((0, length))
        return measure(counted(speech, 5 * length, source=source), speech).confidence

    assert confidence(15.0, "words") == "good"
    assert confidence(14.9, "words") == "fair"
    assert confidence(60.0, "nuclei") == "poor"


def test_without_a_transcript_there_is_nothing_to_count() -> None:
    speech = spans((0, 20))
    assert reason(articulation_rate(None, speech)) == "reason-no-transcript"
    assert reason(speech_rate(None, speech)) == "reason-no-transcript"
    assert reason(words_per_minute(None, speech, ())) == "reason-no-transcript"
    assert reason(tempo_variation(None, speech)) == "reason-no-transcript"


def test_syllables_that_could_not_be_heard_are_not_counted_as_none() -> None:
    speech = spans((0, 20))
    for found in (articulation_rate((), speech), speech_rate((), speech), tempo_variation((), speech)):
        assert (found.value, reason(found)) == (None, "reason-syllables-unheard")
    assert tempo_curve((), speech, duration_s=10.0) == (None, None, None)


def test_under_five_seconds_of_speech_tell_nothing() -> None:
    speech = spans((0, 4.9))
    one = counted(speech, 25)
    assert reason(articulation_rate(one, speech)) == "reason-too-little-speech"
    assert reason(speech_rate(one, speech)) == "reason-too-little-speech"
    assert reason(words_per_minute((Word("joo"),), speech, ())) == "reason-too-little-speech"
    assert reason(tempo_variation(one, spans((0, 9.9)))) == "reason-too-little-speech"
    assert reason(articulation_rate((), ())) == "reason-no-speech"


# --- law ---

LENGTHS = st.lists(st.floats(2, 8), min_size=5, max_size=8)


@given(LENGTHS, st.floats(1.0, 3.0))
def test_a_call_played_slower_is_slower_by_that_much(lengths: list[float], factor: float) -> None:
    speech = runs(*lengths)
    counts = [5 * length + k % 3 for k, length in enumerate(lengths)]
    slow = tuple(Segment(factor * s.start, factor * s.end) for s in speech)
    for measure in (articulation_rate, speech_rate):
        before, after = measure(counted(speech, *counts), speech), measure(counted(slow, *counts), slow)
        assert after.value is not None
        assert after.value * factor == pytest.approx(before.value)
    before, after = (tempo_variation(counted(s, *counts), s) for s in (speech, slow))
    assert after.value == pytest.approx(before.value, rel=1e-6)


@given(LENGTHS, st.integers(0, 4))
def test_articulation_is_never_slower_than_speech(lengths: list[float], paused: int) -> None:
    speech = runs(*lengths)
    syllables = counted(speech, *(5 * length for length in lengths))
    articulated = articulation_rate(syllables, speech).value
    spoken = speech_rate(syllables, speech, gaps(speech)[:paused]).value
    assert articulated is not None
    assert spoken == pytest.approx(articulated * sum(lengths) / (sum(lengths) + paused))
