"""JSON of words or segments: our own, a whole scorecard, and Whisper's with its many relatives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.transcripts.pieces import (
    Piece,
    Reading,
    Speaker,
    SpokenWord,
    attached,
    fields,
    probability,
    records,
    seconds,
    speaker_of,
    texts,
    whole,
    with_punctuation,
    words_of,
)

Document = Mapping[str, Any]


def is_word(item: object) -> bool:
    """Whether a list's item looks like one word of ours or of a recogniser."""
    return isinstance(item, dict) and isinstance(item.get("text", item.get("word")), str)


def read_words(words: object, *, kind: str) -> Reading:
    """Pieces of a list ``[{"text", "start", "end", "probability"?, "role"?}]``.

    Raises
    ------
    InputError
        If a word's times cannot be used.
    """
    items = records(words, where="words")
    phrases = sum(len(_text(item).split()) > 1 for item in items)
    if 2 * phrases > len(items):
        return Reading(kind, tuple(piece for item in items for piece in segment_pieces(item)))
    return Reading(kind, (Piece(attached(_word(item) for item in items)),))


def read_whisper(document: Document) -> Reading:
    """Pieces of Whisper's, faster-whisper's or WhisperX's JSON: one for each segment.

    Raises
    ------
    InputError
        If a time cannot be used.
    """
    segments = records(document.get("segments"), where="segments")
    loose = [_word(item) for item in records(document.get("words"), where="words")]
    if loose and not any(segment.get("words") for segment in segments):
        return Reading("whisper", _shared_out(segments, loose))
    return Reading("whisper", tuple(piece for segment in segments for piece in segment_pieces(segment)))


def segment_pieces(segment: Document) -> list[Piece]:
    """One timed stretch of text as a piece, with its words' times where it has them; nothing where it says nothing."""
    speaker = speaker_in(segment)
    start, end = seconds(segment.get("start")), seconds(segment.get("end"))
    words = attached(_word(item, speaker) for item in records(segment.get("words"), where="words"))
    words = words or words_of(_text(segment), speaker=speaker)
    return [Piece(words, start, end)] if words else []


def speaker_in(item: Document) -> Speaker | None:
    """Who speaks, by whichever of the usual fields an item has."""
    return speaker_of(_first(item, "role", "speaker", "speaker_id", "speaker_label"), whole(item.get("channel")))


def _first(item: Document, *keys: str) -> object:
    """The first of some fields that an item has, under the names that different recognisers give it."""
    return next((item[key] for key in keys if item.get(key) is not None), None)


def _text(item: Document) -> str:
    return texts(item.get("text")) or texts(item.get("word"))


def _word(item: Document, speaker: Speaker | None = None) -> SpokenWord:
    return SpokenWord(
        _text(item),
        seconds(item.get("start")),
        seconds(item.get("end")),
        probability(_first(item, "probability", "confidence", "score")),
        speaker_in(item) or speaker,
    )


def _shared_out(segments: Sequence[Document], words: Sequence[SpokenWord]) -> tuple[Piece, ...]:
    """Words listed beside the segments, given to them in order by time; the segments' text has the punctuation."""
    pieces: list[Piece] = []
    taken = 0
    for index, segment in enumerate(segments):
        end = seconds(segment.get("end"))
        until = taken
        last = index == len(segments) - 1
        while until < len(words) and (last or end is None or (words[until].start or 0.0) < end):
            until += 1
        inside = attached(words[taken:until])
        if inside:
            pieces.append(Piece(with_punctuation(inside, _text(segment)), seconds(segment.get("start")), end))
        taken = until
    rest = attached(words[taken:])
    return (*pieces, Piece(rest)) if rest else tuple(pieces)


def words_in_scorecard(document: Document) -> object:
    """The words of a scorecard's transcript."""
    return fields(document.get("transcript")).get("words")
