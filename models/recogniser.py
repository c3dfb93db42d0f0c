"""faster-whisper's model as Puhepeili runs it: several windows at once, with their encoded sound kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.memory import keep_freed_memory


@dataclass(frozen=True, slots=True)
class Window:
    """Half a minute that the recogniser has read.

    Parameters
    ----------
    encoded : ndarray of float32, shape (1, frames, width)
        The encoder's output, 50 frames a second.
    start_s : float
        Where it begins in the sound that was handed over.
    words : tuple of (str, float, float)
        Text with its leading space, start and end in the sound.
    tokenizer : object
        The recogniser's own.
    """

    encoded: npt.NDArray[np.float32]
    start_s: float
    words: tuple[tuple[str, float, float], ...]
    tokenizer: Any


@dataclass(frozen=True, slots=True)
class _Kept:
    windows: list[Window]
    lengths_s: tuple[float, ...] | None


_KEPT: ContextVar[_Kept | None] = ContextVar("kept", default=None)


@contextmanager
def windows_kept(lengths_s: Sequence[float] | None = None) -> Iterator[list[Window]]:
    """A list that fills with what a model made by `whisper` reads inside the ``with``.

    Parameters
    ----------
    lengths_s : sequence of float, optional
        How much of each window of a batch is sound; in the silence after it no word is looked for.
    """
    kept = _Kept([], tuple(lengths_s) if lengths_s is not None else None)
    token = _KEPT.set(kept)
    try:
        yield kept.windows
    finally:
        _KEPT.reset(token)


@cache
def whisper(folder: Path, *, compute_type: str = "int8", threads: int = 1) -> Any:
    """The model in `folder`, loaded once; no network is touched."""
    keep_freed_memory()
    return _model_class()(
        str(folder), device="cpu", compute_type=compute_type, cpu_threads=threads, local_files_only=True
    )


@cache
def _model_class() -> Any:
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    class Model(WhisperModel):  # type: ignore[misc]
        @property
        def batched(self) -> Any:
            """What transcribes several clips at once."""
            return BatchedInferencePipeline(self)

        def encode(self, features: npt.NDArray[np.float32]) -> Any:
            """Windows are encoded one by one: together they would only take more memory."""
            if features.ndim == 2 or len(features) == 1:
                return super().encode(features)
            from ctranslate2 import StorageView

            encoded = [np.array(super(Model, self).encode(one), dtype=np.float32) for one in features]
            return StorageView.from_array(np.concatenate(encoded))

        def find_alignment(
            self, tokenizer: Any, text_tokens: Any, encoder_output: Any, num_frames: Any, *others: Any, **named: Any
        ) -> Any:
            kept = _KEPT.get()
            if kept is not None and kept.lengths_s is not None:
                num_frames = [min(3000, round(length * self.frames_per_second)) for length in kept.lengths_s]
            return super().find_alignment(tokenizer, text_tokens, encoder_output, num_frames, *others, **named)

        def add_word_timestamps(
            self, segments: Any, tokenizer: Any, encoder_output: Any, *others: Any, **named: Any
        ) -> Any:
            result = super().add_word_timestamps(segments, tokenizer, encoder_output, *others, **named)
            kept = _KEPT.get()
            if kept is not None:
                encoded = np.array(encoder_output, dtype=np.float32)
                for row, group in enumerate(segments):
                    kept.windows.append(_window(encoded[row : row + 1], group, tokenizer, self.frames_per_second))
            return result

    return Model


def _window(encoded: npt.NDArray[np.float32], segments: Sequence[Any], tokenizer: Any, rate: float) -> Window:
    words = tuple(
        (str(word["word"]), float(word["start"]), float(word["end"]))
        for segment in segments
        for word in segment.get("words", ())
    )
    return Window(encoded, segments[0]["seek"] / rate if segments else 0.0, words, tokenizer)
