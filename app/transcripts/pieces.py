"""What every transcript format is brought to first: pieces of words, with the speaker as the file names them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.types import Message
from app.errors import InputError

SENTENCE_END = ".?!…"
_UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u200b\ufeff]")
_SPACES = re.compile(r"(\s+)")
_CHANNEL = re.compile(r"(?:ch_|channel_?)?(\d{1,3})", re.IGNORECASE)
MAX_LETTERS = 500
"""Of one word; what is longer is no transcript, and is refused."""
MAX_TIME_S = 1e15
"""Far beyond any time, also one in milliseconds or ticks taken for seconds; sums of larger ones come to an end."""
_LONGEST_ATTACHED = 100
_SHOWN_CHARACTERS = 60
_ROUNDING_S = 0.05
"""How far below zero a first time may be: recognisers round, and some count their own padding."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, in the file's own terms: a name (``Agent``, ``A``, ``spk_0``), a channel from 0 up, or both."""

    name: str | None = None
    channel: int | None = None


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One word as the file has it; times in seconds, None where the file has none."""

    text: str
    start: float | None = None
    end: float | None = None
    probability: float | None = None
    speaker: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, cue, segment or whole list of words.

    Parameters
    ----------
    words : tuple of SpokenWord
    start, end : float or None
        In seconds, where the file times the piece.
    opens : bool
        True where the file itself says that a speaker's go begins here.
    """

    words: tuple[SpokenWord, ...]
    start: float | None = None
    end: float | None = None
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one format's reader found."""

    kind: str
    pieces: tuple[Piece, ...]
    warnings: tuple[Message, ...] = ()


def cleaned(text: str) -> str:
    """`text` with composed letters, and without the control characters and half surrogates that no page can show.

    A word of more than `MAX_LETTERS` keeps its letters as they are: putting a long row of accents in order takes a
    time that grows with its square.
    """
    kept = _UNUSABLE.sub("", text)
    if len(kept) <= MAX_LETTERS or kept.isascii():
        return unicodedata.normalize("NFC", kept).strip()
    parts = (part if len(part) > MAX_LETTERS else unicodedata.normalize("NFC", part) for part in _SPACES.split(kept))
    return "".join(parts).strip()


def shown(value: object) -> str:
    """`value` as a short text for an error sentence."""
    text = cleaned(str(value))
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"


def has_letter(text: str) -> bool:
    """Whether `text` has a letter or digit, and so is more than punctuation."""
    return any(character.isalnum() for character in text)


def words_of(text: str, *, speaker: Speaker | None = None) -> tuple[SpokenWord, ...]:
    """The words of a line without word times; a lone punctuation mark is attached to the word before it."""
    return attached(SpokenWord(token, speaker=speaker) for token in cleaned(text).split())


def attached(words: Iterable[SpokenWord]) -> tuple[SpokenWord, ...]:
    """`words` with pure punctuation joined to the word before it; empty words are left out."""
    kept: list[SpokenWord] = []
    for word in words:
        if word.text.isascii() and word.text.isalnum():
            kept.append(word)
            continue
        text = cleaned(word.text)
        if has_letter(text):
            kept.extend(_single(word if text == word.text else replace(word, text=text)))
        elif text and kept and len(kept[-1].text) < _LONGEST_ATTACHED:
            kept[-1] = replace(kept[-1], text=kept[-1].text + "".join(text.split()))
    return tuple(kept)


def _single(word: SpokenWord) -> Iterator[SpokenWord]:
    """`word`, or the words of a phrase that a file gives as one; the time is shared by length."""
    tokens = word.text.split()
    if len(tokens) == 1:
        yield word
        return
    total, done = sum(map(len, tokens)), 0
    for token in tokens:
        timed = word.start is not None and word.end is not None
        span = (word.end or 0.0) - (word.start or 0.0)
        start = (word.start or 0.0) + span * done / total if timed else word.start
        done += len(token)
        end = (word.start or 0.0) + span * done / total if timed else word.end
        yield replace(word, text=token, start=start, end=end)


def with_punctuation(words: Sequence[SpokenWord], text: str) -> tuple[SpokenWord, ...]:
    """`words` spelt as in `text`, the readable form of the same stretch, which has the punctuation that they lack."""
    spelt = words_of(text)
    if not words or not spelt:
        return tuple(words)
    if len(spelt) == len(words):
        return tuple(replace(word, text=readable.text) for word, readable in zip(words, spelt, strict=True))
    final = text.rstrip()[-1:]
    if final and final in SENTENCE_END and words[-1].text[-1:] not in SENTENCE_END:
        return (*words[:-1], replace(words[-1], text=words[-1].text + final))
    return tuple(words)


def seconds(value: object, *, scale: float = 1.0) -> float | None:
    """A time in seconds from a number or a text such as ``"4.87"``; None where there is none.

    Raises
    ------
    InputError
        If it is no number, before the recording's start, or beyond `MAX_TIME_S`.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise InputError("error-transcript-bad-time", value=shown(value))
    try:
        time = float(value) * scale
    except (ValueError, OverflowError) as error:
        raise InputError("error-transcript-bad-time", value=shown(value)) from error
    if not -_ROUNDING_S <= time <= MAX_TIME_S:
        raise InputError("error-transcript-bad-time", value=shown(value))
    return max(0.0, time)


def probability(value: object) -> float | None:
    """A recogniser's estimate between 0 and 1; None where it is missing or on another scale."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if 0.0 <= found <= 1.0 else None


def texts(value: object) -> str:
    """`value` where it is a text, else an empty one."""
    return value if isinstance(value, str) else ""


def whole(value: object) -> int | None:
    """A channel or speaker number, also from ``"1"`` or ``"ch_0"``; None where it is neither."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if 0 <= value < 1000 else None
    match = _CHANNEL.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(match[1]) if match else None


def speaker_of(name: object, channel: int | None = None) -> Speaker | None:
    """The speaker that a file names by text or number; None where it names none."""
    label = cleaned(str(name)) if isinstance(name, str | int) and not isinstance(name, bool) else ""
    return Speaker(label or None, channel) if label or channel is not None else None


def fields(value: object) -> dict[str, Any]:
    """`value` where it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def records(value: object, *, where: str) -> list[dict[str, Any]]:
    """The JSON objects of a list; an absent list is empty.

    Raises
    ------
    InputError
        If it is something else than a list of objects.
    """
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise InputError("error-transcript-bad-shape", where=where)
    return value
