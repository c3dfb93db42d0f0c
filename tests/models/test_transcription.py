"""What the recogniser is given and asked, and where its words end up; the real model hears a sample call."""

from __future__ import annotations

import json

import numpy as np
import pytest

from analysis.types import Segment, Segments
from models import transcription
from models.errors import ModelsError
from models.recogniser import whisper
from models.transcription import BATCH, RATE_HZ, spoken_language, transcribed
from models.windows import LONGEST_S, PADDING_S
from tests.fakes import SAMPLES, FakeSegment, FakeWhisper, FakeWord, channels_of, in_slot, said
from tests.signals import ArrayChannel, RepeatedChannel

PINNED = {
    "language": "fi",
    "beam_size": 5,
    "temperature": 0.0,
    "word_timestamps": True,
    "without_timestamps": False,
    "vad_filter": False,
    "hotwords": None,
}


def spans(*pairs: tuple[float, float]) -> Segments:
    return tuple(Segment(start, end) for start, end in pairs)


def channel(seconds: float, *, rate: int = 16_000) -> ArrayChannel:
    """Samples that tell their own time: value = seconds / 1000."""
    return ArrayChannel((np.arange(round(seconds * rate)) / rate / 1000).astype(np.float32), rate)


def times(words: tuple[transcription.Word, ...]) -> list[tuple[str, float, float]]:
    return [(w.text, round(w.segment.start, 3), round(w.segment.end, 3)) for w in words if w.segment]


# --- known answer -----------------------------------------------------------------------------------------------------


def test_the_options_that_change_the_text_are_pinned() -> None:
    model = FakeWhisper()
    transcribed(model, channel(10), spans((1, 3)), language="fi")
    transcribed(model, channel(10), spans((1, 3)), language="en", hotwords="Lehto")
    assert model.asked == [PINNED, PINNED | {"language": "en", "hotwords": "Lehto"}]


def test_only_speech_with_a_margin_is_heard() -> None:
    model = FakeWhisper()
    transcribed(model, channel(60), spans((10, 12), (30, 31), (59.9, 60)), language="fi")
    [heard] = model.heard
    times_s = heard * 1000
    assert len(heard) == round(RATE_HZ * (2.8 + 1.8 + 0.5))
    assert np.unique(np.floor(times_s[::800] + 1e-6)).tolist() == [9, 10, 11, 12, 29, 30, 31, 59]
    assert times_s[0] == pytest.approx(10 - PADDING_S, abs=0.001)
    assert times_s[-1] == pytest.approx(60, abs=0.001)


def test_short_silences_are_kept_for_the_recogniser() -> None:
    model = FakeWhisper()
    transcribed(model, channel(20), spans((1, 3), (4.9, 6), (8.1, 9)), language="fi")
    [heard] = model.heard
    # 3 to 4.9 is kept; of 6 to 8.1 only the margins.
    assert len(heard) / RATE_HZ == pytest.approx((6.4 - 0.6) + (9.4 - 7.7), abs=0.01)


def test_the_sound_is_handed_over_at_16_khz() -> None:
    model = FakeWhisper()
    transcribed(model, channel(10, rate=8000), spans((2, 4)), language="fi")
    [heard] = model.heard
    assert len(heard) == pytest.approx(2.8 * RATE_HZ, abs=2)
    assert heard.dtype == np.float32
    # Not the first nor the last: band limiting rings at a cut.
    assert heard[len(heard) // 2] * 1000 == pytest.approx(3.0, abs=0.01)


def test_words_come_back_at_their_own_time() -> None:
    """The piece is 1.6 to 3.4 s and then 9.6 to 11.4 s: 1.8 s into it is 9.6 s of the call."""
    model = FakeWhisper(
        [[said(("Hyvää", 0.4, 0.9), ("huomenta.", 0.9, 1.4)), said(("Ei", 2.2, 2.4), ("käy.", 2.4, 3.6))]]
    )
    found = transcribed(model, channel(20), spans((2, 3), (10, 11)), language="fi")
    assert times(found.words) == [
        ("Hyvää", 2.0, 2.5),
        ("huomenta.", 2.5, 3.0),
        ("Ei", 10.0, 10.2),
        ("käy.", 10.2, 11.4),
    ]
    assert found.mean_probability == pytest.approx(0.9)
    assert found.dropped_segments == 0


def test_a_word_over_a_seam_belongs_where_its_middle_is() -> None:
    model = FakeWhisper([[said(("yli", 1.5, 2.0), ("reunan", 1.7, 2.6))]])
    found = transcribed(model, channel(20), spans((2, 3), (10, 11)), language="fi")
    assert times(found.words) == [("yli", 3.1, 3.4), ("reunan", 9.6, 10.4)]


def test_probabilities_stay_between_0_and_1_and_their_mean_is_told() -> None:
    segment = FakeSegment(
        [FakeWord(" a", 0, 0.1, 1.00001), FakeWord(" b", 0.1, 0.2, 0.5), FakeWord(" c", 0.2, 0.3, -1e-9)]
    )
    found = transcribed(FakeWhisper([[segment]]), channel(5), spans((1, 2)), language="fi")
    assert [word.probability for word in found.words] == [1.0, 0.5, 0.0]
    assert found.mean_probability == pytest.approx(0.5)


def test_empty_words_and_segments_without_words_are_passed_over() -> None:
    segments = [FakeSegment(None), FakeSegment([]), FakeSegment([FakeWord("  ", 0, 0.1), FakeWord(" hei ", 0.1, 0.2)])]
    found = transcribed(FakeWhisper([segments]), channel(5), spans((1, 2)), language="fi")
    assert [word.text for word in found.words] == ["hei"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("8. Ei käy. 8. En osaa. Joo. 8. Odotan.", "Ei käy. En osaa. Joo. Odotan."),
        ("Hei. 8. Ei käy. Tulen 8. Ei sovi. 8. Joo.", "Hei. Ei käy. Tulen 8. Ei sovi. Joo."),
        ("8. kerros. 8. ovi. 8. Ei käy.", "8. kerros. 8. ovi. 8. Ei käy."),
        ("1. Ensin tämä. 2. Sitten tuo.", "1. Ensin tämä. 2. Sitten tuo."),
        ("Numero on 4. 4. 4.", "Numero on 4. 4. 4."),
        ("8.", "8."),
    ],
)
def test_a_number_set_before_one_sentence_after_another_was_not_said(text: str, kept: str) -> None:
    words = [(word, k / 10, k / 10 + 0.1) for k, word in enumerate(text.split())]
    found = transcribed(FakeWhisper([[said(*words)]]), channel(5), spans((1, 3)), language="fi")
    assert [word.text for word in found.words] == kept.split()


def test_nothing_heard_is_no_probability() -> None:
    found = transcribed(FakeWhisper(), channel(5), spans((1, 2)), language="fi")
    assert (found.words, found.mean_probability, found.dropped_segments) == ((), None, 0)


def test_without_speech_the_model_is_not_asked() -> None:
    model = FakeWhisper()
    assert transcribed(model, channel(5), (), language="fi").words == ()
    assert model.heard == []


@pytest.mark.parametrize(
    ("text", "ratio", "kept"),
    [
        ("kiitos kiitos kiitos kiitos", 1.0, "loppu"),
        ("Kiitos kiitos KIITOS kiitos kiitos", 1.0, "loppu"),
        ("kiitos kiitos kiitos", 1.0, "kiitos kiitos kiitos loppu"),
        ("ei käy ei käy ei käy ei käy", 1.0, "loppu"),
        ("no niin joo no niin joo no niin joo no niin joo", 1.0, "loppu"),
        ("no joo joo joo joo hei", 1.0, "no hei loppu"),
        ("a b c d a b c d a b c d a b c d", 1.0, "a b c d a b c d a b c d a b c d loppu"),
        ("hyvää huomenta", 2.41, ""),
        ("hyvää huomenta", 2.39, "hyvää huomenta loppu"),
    ],
)
def test_loops_are_dropped_and_counted(text: str, ratio: float, kept: str) -> None:
    words = [(word, k / 10, k / 10 + 0.1) for k, word in enumerate(text.split())]
    model = FakeWhisper([[said(*words, ratio=ratio), said(("loppu", 1.7, 1.8))]])
    found = transcribed(model, channel(5), spans((1, 3)), language="fi")
    assert [word.text for word in found.words] == kept.split()
    assert (found.dropped_segments > 0) == (kept != f"{text} loppu")


def test_a_stretch_that_loops_is_heard_once_more_alone_and_the_rest_stays() -> None:
    first = said(("alku", 0.5, 0.9), *(("ei", 1 + k / 4, 1.2 + k / 4) for k in range(5)), ("loppu", 2.5, 2.8))
    model = FakeWhisper([[first], [said(("tämä", 0.1, 0.4), ("sanottiin", 0.5, 1.1))]])
    found = transcribed(model, channel(20), spans((10, 12.8)), language="fi")
    # "ei" is said from 1.0 to 2.2 s of the window, which begins at 9.6 s.
    assert times(found.words) == [
        ("alku", 10.1, 10.5),
        ("tämä", 10.7, 11.0),
        ("sanottiin", 11.1, 11.7),
        ("loppu", 12.1, 12.4),
    ]
    assert model.asked == [PINNED, PINNED | {"no_repeat_ngram_size": 3}]
    assert (model.heard[1][0] * 1000, len(model.heard[1]) / RATE_HZ) == (
        pytest.approx(10.6, abs=0.001),
        pytest.approx(1.2, abs=0.001),
    )
    assert found.dropped_segments == 0


@pytest.mark.parametrize(("count", "again"), [(222, False), (223, True)])
def test_a_window_cut_off_at_its_last_token_goes_on_from_the_word_before(count: int, again: bool) -> None:
    words = [FakeWord(" hyvä", 0.4, 1.0), FakeWord(" asiak", 1.0, 1.4)]
    first = FakeSegment(words, tokens=tuple(range(count)))
    model = FakeWhisper([[first], [said(("asiakaspalvelu", 0.0, 0.7))]])
    found = transcribed(model, channel(20), spans((10, 11.4)), language="fi")
    expected = (
        [("hyvä", 10.0, 10.6), ("asiakaspalvelu", 10.6, 11.3)]
        if again
        else [("hyvä", 10.0, 10.6), ("asiak", 10.6, 11.0)]
    )
    assert times(found.words) == expected


def test_a_window_that_loops_is_heard_once_more_in_halves_without_repeats() -> None:
    loop = said(*((f"ei {k}", 1 + k / 10, 1.1 + k / 10) for k in range(8)), ratio=3.0)
    halves = [said(("tämä", 0.4, 0.6)), in_slot(1, said(("sanottiin.", 0.4, 0.7)))]
    model = FakeWhisper([[loop], halves])
    found = transcribed(model, channel(20), spans((10, 12), (12.4, 14.4)), language="fi")
    # Heard from 9.6 to 14.8 s; the halves part in the middle of the pause, at 12.2 s.
    assert times(found.words) == [("tämä", 10.0, 10.2), ("sanottiin.", 12.6, 12.9)]
    assert found.dropped_segments == 0
    assert model.asked == [PINNED, PINNED | {"no_repeat_ngram_size": 3}]
    assert [(one[0] * 1000, len(one) / RATE_HZ) for one in model.heard[1:]] == [
        (pytest.approx(9.6, abs=0.001), pytest.approx(2.6, abs=0.001)),
        (pytest.approx(12.2, abs=0.001), pytest.approx(2.6, abs=0.001)),
    ]


def test_a_half_that_loops_again_is_dropped_and_counted() -> None:
    loop = said(*((f"ei {k}", k / 10, k / 10 + 0.1) for k in range(8)), ratio=3.0)
    model = FakeWhisper([[loop], [loop, in_slot(1, said(("loppu", 0.4, 0.7)))]])
    found = transcribed(model, channel(20), spans((10, 12), (12.4, 14.4)), language="fi")
    assert [word.text for word in found.words] == ["loppu"]
    assert found.dropped_segments > 0


@pytest.mark.parametrize(("speech_end", "again"), [(12.3, False), (12.5, True)])
def test_where_the_model_stopped_early_the_rest_is_heard_once_more(speech_end: float, again: bool) -> None:
    """The last word ends at 11.6 s; 0.8 s of speech after it may be its own end, more may not."""
    first, rest = said(("alku", 0.4, 2.0)), said(("jatko", 0.1, 0.8))
    model = FakeWhisper([[first], [rest], [rest]])
    found = transcribed(model, channel(20), spans((10, speech_end)), language="fi")
    expected = [("alku", 10.0, 11.6), ("jatko", 11.7, 12.4)]
    assert times(found.words) == (expected if again else expected[:1])
    assert model.asked == [PINNED] * (1 + again)


def test_no_more_windows_go_at_once_than_a_batch() -> None:
    """Both windows loop and come apart: their parts go two at a time too."""
    speech = spans(*((k * 10.0, k * 10.0 + 9.5) for k in range(6)))
    loop = said(("ei", 1.0, 1.2), ratio=3.0)
    model = FakeWhisper([[loop, in_slot(1, loop)]])
    transcribed(model, channel(60), speech, language="fi")
    assert len(model.asked) >= 3
    assert [len(one) / RATE_HZ <= LONGEST_S for one in model.heard] == [True] * len(model.heard)


def test_a_window_without_a_word_is_not_heard_again() -> None:
    model = FakeWhisper()
    transcribed(model, channel(20), spans((5, 15)), language="fi")
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    ("no_speech", "log_probability", "kept"), [(0.7, -1.2, False), (0.7, -0.9, True), (0.5, -1.2, True)]
)
def test_words_are_left_out_where_no_speech_is_likely_and_they_are_not(
    no_speech: float, log_probability: float, kept: bool
) -> None:
    segment = FakeSegment([FakeWord(" hei", 0.4, 0.9)], 1.2, no_speech, log_probability)
    found = transcribed(FakeWhisper([[segment]]), channel(5), spans((1, 2)), language="fi")
    assert [word.text for word in found.words] == ["hei"] * kept


def test_windows_go_in_batches_and_their_words_come_back_in_order() -> None:
    long = RepeatedChannel(np.full(8000, 0.1, np.float32), 8000, 8000 * 4000)
    speech = spans(*((20.0 * k, 20.0 * k + 15) for k in range(10)))
    answers = [[in_slot(slot, said((f"{k}-{slot}", 14.0, 14.9))) for slot in range(BATCH)] for k in range(5)]
    model = FakeWhisper(answers)
    shares: list[float] = []
    found = transcribed(model, long, speech, language="fi", progress=shares.append)
    assert max(len(heard) for heard in model.heard) <= LONGEST_S * RATE_HZ + 1
    assert sum(len(heard) for heard in model.heard) / RATE_HZ == pytest.approx(10 * 15.8 - 0.4, abs=1)
    assert [word.text for word in found.words] == [f"{k // BATCH}-{k % BATCH}" for k in range(10)]
    # Each stretch is a window of its own: two are longer than the model's half minute.
    assert [round(word.segment.start, 1) for word in found.words if word.segment] == [
        pytest.approx(20 * k + 14 - (0.4 if k else 0), abs=0.05) for k in range(10)
    ]
    assert shares == [pytest.approx(min(1.0, BATCH * (k + 1) / 10)) for k in range(10 // BATCH)]


def test_the_language_is_told_from_half_a_minute_of_speech() -> None:
    model = FakeWhisper(language=("sv", 0.83))
    assert spoken_language(model, channel(100), spans((5, 6), (20, 90)), told="fi") == ("sv", 0.83, 0.3)
    assert spoken_language(model, channel(100), spans((5, 6), (20, 90)), told="sv") == ("sv", 0.83, 0.83)
    heard = model.detected[0]
    assert len(heard) <= 30 * RATE_HZ
    assert heard[0] * 1000 == pytest.approx(5 - PADDING_S, abs=0.001)


# --- against others: the real model on made speech --------------------------------------------------------------------


@pytest.mark.asr
def test_the_embedded_model_hears_the_greeting() -> None:
    from app.settings import settings
    from models.weights import locate

    try:
        folder = locate("base", model_dir=None, cache_dir=settings().cache_dir, hub=False)
    except ModelsError as problem:
        pytest.skip(str(problem))
    truth = json.loads((SAMPLES / "hyva_puhelu.json").read_text(encoding="utf-8"))
    (agent, _), rate = channels_of("hyva_puhelu")
    agent = agent[: round(7.6 * rate)]
    found = transcribed(whisper(folder), ArrayChannel(agent, rate), spans((0.8, 7.45)), language="fi")
    starts = [word.segment.start for word in found.words if word.segment]
    assert starts == sorted(starts)
    assert starts[0] >= 0.4
    assert all(word.segment.end <= 7.6 for word in found.words if word.segment)
    said_words = [word["text"] for word in truth["words"] if word["role"] == "agent" and word["end"] < 7.6]
    assert len(found.words) == pytest.approx(len(said_words), abs=3)
    heard = " ".join(word.text for word in found.words).lower()
    assert sum(stem in heard for stem in ("huom", "asiak", "mari", "puhel", "auttaa")) >= 3
    assert found.mean_probability is not None
    assert 0.3 < found.mean_probability <= 1.0
