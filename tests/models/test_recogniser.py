"""faster-whisper's model as it is loaded and run here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models import recogniser
from models.recogniser import whisper, windows_kept

faster_whisper = pytest.importorskip("faster_whisper")
ctranslate2 = pytest.importorskip("ctranslate2")


class Fake:
    """faster-whisper's part, which keeps how it was made."""

    made: list[tuple[str, dict[str, object]]] = []

    def __init__(self, folder: str, **options: object) -> None:
        self.made.append((folder, options))
        self.frames_per_second = 100
        self.encoded: list[tuple[int, ...]] = []

    def encode(self, features: Any) -> Any:
        self.encoded.append(features.shape)
        return ctranslate2.StorageView.from_array(np.full((1, 3, 2), features.flat[0], np.float32))

    def add_word_timestamps(self, segments: Any, *_: Any) -> float:
        return 1.5


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> type[Fake]:
    monkeypatch.setattr(faster_whisper, "WhisperModel", Fake)
    Fake.made.clear()
    whisper.cache_clear()
    recogniser._model_class.cache_clear()
    yield Fake
    whisper.cache_clear()
    recogniser._model_class.cache_clear()


OPTIONS = {"device": "cpu", "compute_type": "int8", "cpu_threads": 3, "local_files_only": True}


def test_the_model_is_loaded_once_and_from_the_folder_alone(fake: type[Fake]) -> None:
    first = whisper(Path("/somewhere"), threads=3)
    assert whisper(Path("/somewhere"), threads=3) is first
    assert fake.made == [("/somewhere", OPTIONS)]


def test_windows_are_encoded_one_by_one_and_handed_on_together(fake: type[Fake]) -> None:
    model = whisper(Path("/somewhere"))
    features = np.arange(3, dtype=np.float32)[:, None, None] * np.ones((3, 80, 4), np.float32)
    encoded = np.array(model.encode(features))
    assert encoded.shape == (3, 3, 2)
    assert encoded[:, 0, 0].tolist() == [0, 1, 2]
    assert model.encoded == [(80, 4)] * 3


def test_each_windows_sound_and_words_are_kept(fake: type[Fake]) -> None:
    model = whisper(Path("/somewhere"))
    groups = [
        [{"seek": 0, "words": [{"word": " Ei", "start": 0.5, "end": 0.7}]}],
        [{"seek": 3000, "words": [{"word": " käy", "start": 30.5, "end": 30.9}]}],
    ]
    sound = ctranslate2.StorageView.from_array(np.arange(12, dtype=np.float32).reshape(2, 3, 2))
    assert model.add_word_timestamps(groups, "tokenizer", sound) == 1.5
    with windows_kept() as kept:
        assert model.add_word_timestamps(groups, "tokenizer", sound) == 1.5
    assert [(one.start_s, one.words) for one in kept] == [(0.0, ((" Ei", 0.5, 0.7),)), (30.0, ((" käy", 30.5, 30.9),))]
    assert kept[1].encoded.tolist() == [[[6, 7], [8, 9], [10, 11]]]
