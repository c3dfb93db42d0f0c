"""What the recogniser is given and asked, and where its words end up; the real model hears a sample call."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intervals import total
from analysis.types import Segment, Segments
from models import transcription
from models.errors import ModelsError
from models.transcription import PADDING_S, PIECE_S, RATE_HZ, spoken_language, transcribed, whisper
from tests.fakes import SAMPLES, FakeSegment, FakeWhisper, FakeWord, channels_of, said
from tests.signals import ArrayChannel, RepeatedChannel

PINNED = {
    "language": "fi",
    "beam_size": 5,
    "temperature": 0.0,
    "word_timestamps": True,
    "condition_on_previous_text": False,
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


def test_nothing_heard_is_no_probability() -> None:
    found = transcribed(FakeWhisper(), channel(5), spans((1, 2)), language="fi")
    assert (found.words, found.mean_probability, found.dropped_segments) == ((), None, 0)


def test_without_speech_the_model_is_not_asked() -> None:
    model = FakeWhisper()
    assert transcribed(model, channel(5), (), language="fi").words == ()
    assert model.heard == []


@pytest.mark.parametrize(
    ("text", "ratio", "dropped"),
    [
        ("kiitos kiitos kiitos kiitos", 1.0, True),
        ("Kiitos kiitos KIITOS kiitos", 1.0, True),
        ("kiitos kiitos kiitos", 1.0, False),
        ("ei käy ei käy ei käy ei käy", 1.0, True),
        ("no niin joo no niin joo no niin joo no niin joo", 1.0, True),
        ("no joo joo joo joo hei", 1.0, True),
        ("a b c d a b c d a b c d a b c d", 1.0, False),
        ("hyvää huomenta", 2.41, True),
        ("hyvää huomenta", 2.39, False),
    ],
)
def test_loops_are_dropped_and_counted(text: str, ratio: float, dropped: bool) -> None:
    words = [(word, k / 10, k / 10 + 0.1) for k, word in enumerate(text.split())]
    model = FakeWhisper([[said(*words, ratio=ratio), said(("loppu", 1.7, 1.8))]])
    found = transcribed(model, channel(5), spans((1, 3)), language="fi")
    assert found.dropped_segments == int(dropped)
    assert [word.text for word in found.words] == ([] if dropped else text.split()) + ["loppu"]


def test_what_was_lost_to_a_loop_is_heard_once_more_without_repeats() -> None:
    loop = said(*((f"ei {k}", 1 + k / 10, 1.1 + k / 10) for k in range(8)), ratio=3.0)
    again = said(("tämä", 0.1, 0.3), ("sanottiin.", 0.3, 0.7))
    model = FakeWhisper([[said(("alku", 0.2, 0.5)), loop, said(("loppu", 2.0, 2.2))], [again]])
    found = transcribed(model, channel(20), spans((10, 13)), language="fi")
    assert times(found.words) == [
        ("alku", 9.8, 10.1),
        ("tämä", 10.7, 10.9),
        ("sanottiin.", 10.9, 11.3),
        ("loppu", 11.6, 11.8),
    ]
    assert found.dropped_segments == 0
    assert model.asked == [PINNED, PINNED | {"no_repeat_ngram_size": 3}]
    assert model.heard[1][0] * 1000 == pytest.approx(10.6, abs=0.001)
    assert len(model.heard[1]) == pytest.approx(0.8 * RATE_HZ, abs=1)


def test_long_calls_go_in_pieces_and_words_stay_in_order() -> None:
    long = RepeatedChannel(np.zeros(8000, np.float32), 8000, 8000 * 4000)
    speech = spans(*((20.0 * k, 20.0 * k + 15) for k in range(100)))
    model = FakeWhisper([[said(("yksi", 1.0, 1.2)), said(("kaksi", 200.0, 200.2))] for _ in range(9)])
    shares: list[float] = []
    found = transcribed(model, long, speech, language="fi", progress=shares.append)
    assert len(model.heard) > 4
    assert max(len(heard) for heard in model.heard) <= PIECE_S * RATE_HZ + 1
    assert sum(len(heard) for heard in model.heard) / RATE_HZ == pytest.approx(100 * 15.8 - 0.4, abs=1)
    starts = [word.segment.start for word in found.words if word.segment]
    assert starts == sorted(starts)
    assert len(starts) == 2 * len(model.heard)
    assert shares == sorted(shares)
    assert 0.5 < shares[-1] <= 1.0


def test_one_stretch_longer_than_a_piece_is_cut() -> None:
    long = RepeatedChannel(np.zeros(8000, np.float32), 8000, 8000 * 700)
    model = FakeWhisper()
    transcribed(model, long, spans((0, 700)), language="fi")
    assert [round(len(heard) / RATE_HZ) for heard in model.heard] == [300, 300, 100]


def test_the_language_is_told_from_half_a_minute_of_speech() -> None:
    model = FakeWhisper(language=("sv", 0.83))
    assert spoken_language(model, channel(100), spans((5, 6), (20, 90))) == ("sv", 0.83)
    [heard] = model.detected
    assert len(heard) <= 30 * RATE_HZ
    assert heard[0] * 1000 == pytest.approx(5 - PADDING_S, abs=0.001)


# --- law --------------------------------------------------------------------------------------------------------------

speeches = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 200)), min_size=1, max_size=12)


@given(speeches)
def test_every_moment_of_speech_is_heard_once(pieces: list[tuple[int, int]]) -> None:
    at, made = 0.0, []
    for gap, length in pieces:
        made.append(Segment(at + gap / 10, at + gap / 10 + length / 10))
        at += gap / 10 + length / 10
    duration = at + 0.2
    found = list(transcription._pieces(tuple(made), duration=duration, piece_s=20.0))
    flat = [segment for piece in found for segment in piece]
    assert flat == sorted(flat)
    assert all(before.end <= after.start + 1e-9 for before, after in zip(flat, flat[1:], strict=False))
    for speech in made:
        covered = sum(max(0.0, min(speech.end, s.end) - max(speech.start, s.start)) for s in flat)
        assert covered == pytest.approx(speech.duration)
    assert all(total(piece) <= 20.0 + 1e-6 for piece in found)
    assert flat[-1].end <= duration + 1e-9


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


def test_the_model_is_loaded_once_and_from_the_folder_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, dict[str, object]]] = []

    class Model:
        def __init__(self, folder: str, **options: object) -> None:
            made.append((folder, options))

    import faster_whisper

    monkeypatch.setattr(faster_whisper, "WhisperModel", Model)
    whisper.cache_clear()
    first = whisper(Path("/somewhere"), threads=3)
    assert whisper(Path("/somewhere"), threads=3) is first
    whisper.cache_clear()
    assert made == [
        ("/somewhere", {"device": "cpu", "compute_type": "int8", "cpu_threads": 3, "local_files_only": True})
    ]
