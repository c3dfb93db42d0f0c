"""A second look at the heads of sentences: how likely *ei* is where the recogniser wrote a word that sounds like it.

A search for the best text keeps one reading, and in a small model a short *ei* often loses to *eli*, *hei* or *ja*.
The same model is therefore asked again, for those words alone: given the words before and the sound that it has already
encoded, how likely is *ei* in this place? That takes one pass of its decoder over two or three seconds of sound.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from analysis.finnish.misheard import is_doubtful
from analysis.types import Segments, Word
from analysis.words import snapped
from models.recogniser import Window

FRAMES_PER_S = 50
GAP_S = 0.10
"""Shortest gap after which a word may open a sentence, as in `analysis.finnish.sentences`."""
_ENDS = ".?!…"


def with_ei_chances(
    model: Any, windows: Sequence[Window], heard: Sequence[tuple[Any, Word]], speech: Segments
) -> tuple[Word, ...]:
    """The words of a piece; those that open a sentence and may be a misheard *ei* carry the chance of that.

    Parameters
    ----------
    model : WhisperModel
        The one that read the windows.
    windows : sequence of Window
    heard : sequence of (faster-whisper word, Word)
        In order: each word as the recogniser gave it, with its times in the piece, and as it stands in the recording.
    speech : tuple of Segment
        Of the recording, to find the gaps.
    """
    words = [word for _, word in heard]
    places = {spoken: (window, index) for window in windows for index, spoken in enumerate(window.words)}
    for index in _doubtful_heads(words, speech):
        raw = heard[index][0]
        place = places.get((raw.word, float(raw.start), float(raw.end)))
        if place is not None:
            words[index] = replace(words[index], ei_chance=ei_chance(model, *place))
    return tuple(words)


def _doubtful_heads(words: Sequence[Word], speech: Segments) -> Iterator[int]:
    before: Word | None = None
    for index, word in enumerate(snapped(tuple(words), speech)):
        if is_doubtful(word.text) and _opens(before, word):
            yield index
        before = word


def _opens(before: Word | None, word: Word) -> bool:
    if before is None or before.segment is None or word.segment is None:
        return True
    return before.text.rstrip("\"'”’»)")[-1:] in _ENDS or word.segment.start - before.segment.end >= GAP_S - 1e-9


def ei_chance(
    model: Any, window: Window, index: int, *, words_before: int = 2, lead_s: float = 0.1, after_s: float = 0.8
) -> float:
    """How likely the model finds *ei* in the place of one word of a window, 0 to 1.

    Parameters
    ----------
    model : WhisperModel
    window : Window
    index : int
        Of the word.
    words_before : int
        Words left standing before it, so that the model knows where in the sound it is.
    lead_s, after_s : float
        Sound kept before the first of those and after the word's end.

    Notes
    -----
    The encoder's output is cut, not the sound: no second encoding, which would cost more, and each frame still knows
    its surroundings. Cut like this it tells *ei* as well as the whole window does, at a twentieth of the time.
    """
    from ctranslate2 import StorageView

    text, start, end = window.words[index]
    first = max(0, index - words_before)
    before = [token for spoken, _, _ in window.words[first:index] for token in window.tokenizer.encode(spoken)]
    ei: list[int] = window.tokenizer.encode(" Ei" if text.strip()[:1].isupper() else " ei")
    begin = max(0, int((window.words[first][1] - lead_s - window.start_s) * FRAMES_PER_S))
    stop = int((max(end, start + 0.3) + after_s - window.start_s) * FRAMES_PER_S)
    encoded = np.ascontiguousarray(window.encoded[:, begin : max(stop, begin + FRAMES_PER_S)])
    [result] = model.model.align(
        StorageView.from_array(encoded), window.tokenizer.sot_sequence, [[*before, *ei]], [2 * encoded.shape[1]]
    )
    chances = result.text_token_probs[len(before) : len(before) + len(ei)]
    return float(min(1.0, max(0.0, math.prod(chances))))
