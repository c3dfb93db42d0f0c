"""WebVTT and SubRip: cues with times, voices and, in some WebVTT, a time before each word."""

from __future__ import annotations

import html
import io
import re
from itertools import pairwise

from analysis.types import Message
from app.errors import InputError
from app.transcripts.pieces import Piece, Reading, Speaker, SpokenWord, attached, speaker_of, words_of
from app.transcripts.plain import clock_seconds, split_label, without_notes

_STAMP = re.compile(r"<((?:\d{1,4}:)?\d{1,2}:\d{2}\.\d{1,3})>")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]([^<>]+)>")
_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
ARROW = "-->"


def read_captions(text: str, *, kind: str) -> Reading:
    """Pieces of a WebVTT or SubRip text, one or more for each cue.

    Parameters
    ----------
    text : str
    kind : {"webvtt", "subrip"}

    Raises
    ------
    InputError
        If it has no cue that can be read.
    """
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        if kind == "webvtt":
            cues = webvtt.WebVTT.from_string(text).captions
        else:
            cues = webvtt.WebVTT.from_buffer(io.StringIO(text), format="srt").captions
    except (MalformedCaptionError, MalformedFileError) as error:
        raise InputError("error-transcript-bad-cues", kind=kind) from error
    expected = sum(ARROW in line for line in text.splitlines())
    if expected and not cues:
        raise InputError("error-transcript-bad-cues", kind=kind)
    pieces = [
        piece for cue in cues for piece in _pieces(cue.raw_text, clock_seconds(cue.start), clock_seconds(cue.end))
    ]
    skipped = expected - len(cues)
    warnings = (Message("warning-transcript-cues-skipped", {"count": skipped}),) if skipped > 0 else ()
    return Reading(kind, tuple(pieces), warnings)


def _pieces(raw: str, start: float, end: float) -> list[Piece]:
    """One cue cut where the voice changes; a cut cue's time is shared by length of text."""
    parts: list[tuple[Speaker | None, bool, str]] = []
    speaker: Speaker | None = None
    for line in raw.split("\n"):
        for i, stretch in enumerate(_VOICE.split(line)):
            if i % 2:
                speaker = speaker_of(_unescaped(stretch))
                continue
            named, said = _named(without_notes(stretch))
            speaker = named or speaker
            if not _TAG.sub("", said).strip():
                continue
            if parts and parts[-1][0] == speaker and not named:
                parts[-1] = (speaker, parts[-1][1], f"{parts[-1][2]} {said}")
            else:
                parts.append((speaker, named is not None, said))
    total = sum(len(said) for _, _, said in parts)
    pieces, done = [], 0
    for speaker, opens, said in parts:
        first, last = (start + (end - start) * place / total for place in (done, done + len(said)))
        done += len(said)
        words = _words(said, first, last, speaker)
        if words:
            pieces.append(Piece(words, first, last, opens))
    return pieces


def _unescaped(text: str) -> str:
    """`text` with ``&auml;`` as ä; as it is where it names a character by a number with more digits than can be read."""
    try:
        return html.unescape(text)
    except ValueError:
        return text


def _named(said: str) -> tuple[Speaker | None, str]:
    """The speaker that a cue's text opens with, also inside a tag (``<b>Agent:</b>``), and the rest."""
    named, rest = split_label(said)
    if named:
        return named, rest
    named, rest = split_label(_TAG.sub("", said))
    return (named, rest) if named else (None, said)


def _words(said: str, start: float, end: float, speaker: Speaker | None) -> tuple[SpokenWord, ...]:
    """Words of a cue, with times where the cue has a time before each of them."""
    parts = _STAMP.split(said)
    plain = words_of(_unescaped(_TAG.sub("", said)), speaker=speaker)
    if len(parts) == 1:
        return plain
    stamps = [start, *(clock_seconds(stamp) for stamp in parts[1::2]), end]
    timed: list[SpokenWord] = []
    for chunk, (first, last) in zip(parts[::2], pairwise(stamps), strict=True):
        tokens = _unescaped(_TAG.sub("", chunk)).split()
        if len(tokens) > 1:
            return plain
        timed.extend(SpokenWord(token, first, last, None, speaker) for token in tokens)
    return attached(timed)
