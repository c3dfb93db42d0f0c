"""Which words the recogniser is asked again about, with what sound and text, and what comes of its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.types import Segment, Word
from models.errors import ModelsError
from models.onsets import ei_chance, with_ei_chances
from models.recogniser import Window, windows_kept
from tests.fakes import FakeWord, channels_of

ctranslate2 = pytest.importorskip("ctranslate2")


@dataclass
class FakeTokenizer:
    """One token for each letter, so that text and tokens can be told from one another by eye."""

    sot_sequence: tuple[int, ...] = (1, 2, 3)

    def encode(self, text: str) -> list[int]:
        return [ord(letter) for letter in text.strip()]


@dataclass
class FakeModel:
    """Answers with set chances, and keeps what it was asked."""

    chances: list[float]
    asked: list[tuple[tuple[int, ...], str, int]] = field(default_factory=list)

    @property
    def model(self) -> FakeModel:
        return self

    def align(self, features: Any, start: Any, tokens: list[list[int]], frames: list[int]) -> list[Any]:
        assert start == (1, 2, 3)
        shape = tuple(np.array(features).shape)
        self.asked.append((shape, "".join(map(chr, tokens[0])), frames[0]))
        return [SimpleNamespace(text_token_probs=[1.0] * (len(tokens[0]) - 2) + self.chances)]


def window(*words: tuple[str, float, float], start_s: float = 0.0) -> Window:
    """Frames that tell their own number."""
    encoded = np.arange(1500, dtype=np.float32)[None, :, None].repeat(4, axis=2)
    return Window(encoded, start_s, words, FakeTokenizer())


def heard(*words: tuple[str, float, float]) -> list[tuple[FakeWord, Word]]:
    return [(FakeWord(text, start, end), Word(text.strip(), Segment(start, end), 0.9)) for text, start, end in words]


ALL = (Segment(0, 30),)
CALL = ((" Selvä", 1.0, 1.4), (" homma.", 1.4, 1.9), (" Eli", 2.3, 2.5), (" sitä", 2.5, 2.8), (" eli", 2.8, 3.0))


# --- known answer -----------------------------------------------------------------------------------------------------


def test_only_a_doubtful_word_that_opens_a_sentence_is_asked_about() -> None:
    model = FakeModel([0.5, 0.5])
    words = with_ei_chances(model, [window(*CALL)], heard(*CALL), ALL)
    assert [word.ei_chance for word in words] == [None, None, 0.25, None, None]
    assert [word.text for word in words] == ["Selvä", "homma.", "Eli", "sitä", "eli"]
    assert [tokens for _, tokens, _ in model.asked] == ["Selvähomma.Ei"]


@pytest.mark.parametrize(("gap_s", "asked"), [(0.09, 0), (0.10, 1), (0.5, 1)])
def test_a_gap_opens_a_sentence(gap_s: float, asked: int) -> None:
    words = ((" homma", 1.4, 1.9), (" eli", 1.9 + gap_s, 2.6))
    model = FakeModel([1.0, 1.0])
    with_ei_chances(model, [window(*words)], heard(*words), ALL)
    assert len(model.asked) == asked


def test_a_gap_hidden_by_a_word_that_slid_into_it_counts_as_one() -> None:
    words = ((" homma", 1.4, 1.9), (" eli", 1.9, 2.6))
    model = FakeModel([1.0, 1.0])
    with_ei_chances(model, [window(*words)], heard(*words), (Segment(1.4, 1.9), Segment(2.3, 4)))
    assert len(model.asked) == 1


def test_the_sound_from_two_words_before_to_a_little_after_is_kept_at_fifty_frames_a_second() -> None:
    model = FakeModel([0.5, 0.5])
    assert ei_chance(model, window(*CALL), 2) == 0.25
    [(shape, _, frames)] = model.asked
    assert shape[1] == pytest.approx(50 * (3.4 - 0.9), abs=1)  # 1.0 - 0.1 s to 2.3 + 0.3 + 0.8 s
    assert frames == 2 * shape[1]


def test_times_are_counted_from_the_windows_start() -> None:
    model = FakeModel([0.5, 0.5])
    ei_chance(model, window((" Eli", 21.0, 21.2), start_s=20.0), 0)
    [(shape, tokens, _)] = model.asked
    assert shape[1] == pytest.approx(50 * (2.1 - 0.9), abs=1)
    assert tokens == "Ei"


def test_the_case_of_the_word_is_kept() -> None:
    model = FakeModel([0.5, 0.5])
    ei_chance(model, window((" eli", 1.0, 1.2)), 0)
    assert model.asked[0][1] == "ei"


def test_a_word_that_no_window_knows_is_left_alone() -> None:
    model = FakeModel([0.5, 0.5])
    [word] = with_ei_chances(model, [window((" Eli", 5.0, 5.2))], heard((" Eli", 1.0, 1.2)), ALL)
    assert word.ei_chance is None
    assert model.asked == []


def test_windows_are_kept_inside_the_with_alone() -> None:
    with windows_kept() as outer:
        with windows_kept() as inner:
            inner.append(window())
        assert (len(outer), len(inner)) == (0, 1)


# --- law --------------------------------------------------------------------------------------------------------------


@given(st.lists(st.floats(0, 1), min_size=2, max_size=2), st.integers(0, 4))
def test_a_chance_lies_between_nought_and_one(chances: list[float], index: int) -> None:
    assert 0.0 <= ei_chance(FakeModel(chances), window(*CALL), index) <= 1.0


# --- against others: the real model on made speech --------------------------------------------------------------------


@pytest.mark.asr
def test_the_embedded_model_finds_ei_where_it_is_said_and_not_elsewhere() -> None:
    from app.settings import settings
    from models.recogniser import whisper
    from models.transcription import RATE_HZ, resampled
    from models.weights import locate

    try:
        model = whisper(locate("base", model_dir=None, cache_dir=settings().cache_dir, hub=False))
    except ModelsError as problem:
        pytest.skip(str(problem))
    (agent, _), rate = channels_of("kiireinen_puhelu")
    sound = resampled(agent[round(27.4 * rate) : round(34 * rate)], from_hz=rate, to_hz=RATE_HZ)
    with windows_kept() as windows:
        segments, _ = model.transcribe(sound, language="fi", word_timestamps=True, vad_filter=False)
        texts = [word.word.strip(" .,?!").lower() for segment in segments for word in segment.words or []]
    assert [text.strip(" .,?!").lower() for one in windows for text, _, _ in one.words][: len(texts)] == texts
    chances = [ei_chance(model, one, index) for one in windows for index in range(len(one.words))]
    assert chances[0] > 0.2  # "Ei voi jättää, siihen tarvitaan sun kuittaus"
    assert sum(chance > 0.03 for chance in chances[1:]) <= 1
