"""Plain text: one turn a line, with or without ``Agent:`` before it and a clock time before that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.errors import InputError
from app.transcripts.pieces import Piece, Reading, Speaker, SpokenWord, cleaned, shown, speaker_of, words_of
from app.transcripts.roles import SPEAKER_LABEL, role_named

_TIME = r"(?:\d{1,3}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?"
_CLOCK = re.compile(
    rf"^\s*(?:[-•*]\s+)?(?:[\[(]\s*({_TIME})(?:\s*[-–]\s*{_TIME})?\s*[\])]|({_TIME})(?=\s|$))(?:\s*[-–](?=\s))?\s*"
)
_LABEL = re.compile(
    rf"^\s*(?:[-•*–]\s+)?\[?([^\W\d_][^:()\[\]]{{0,30}}+)\]?\s*+(?:[\[(]\s*({_TIME})\s*[\])]\s*+)?:(?:\s+|$)"
)
_NOTE = re.compile(r"\[[^\[\]]{0,60}\]")
"""A remark on sound, such as ``[naurua]``; a mask such as ``[NIMI]`` stands for a word that was said, and stays."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: its clock time in seconds, label and text, where it has them."""

    at: float | None
    label: str | None
    text: str


def read_plain(text: str, *, duration_s: float | None) -> Reading:
    """Pieces of a plain text.

    Raises
    ------
    InputError
        If its clock times run backwards.
    """
    raws = [raw for raw in text.splitlines() if raw.strip()]
    bare = all(_CLOCK.match(raw) for raw in raws)
    lines = [_line(raw, bare_clock=bare) for raw in raws]
    labels = _labels(lines)
    pieces: list[Piece] = []
    speaker: Speaker | None = None
    for line in lines:
        labelled = line.label in labels
        speaker = speaker_of(line.label) if labelled else speaker
        said = line.text if labelled or line.label is None else f"{line.label}: {line.text}"
        words = words_of(without_notes(said), speaker=speaker)
        if words:
            pieces.append(Piece(words, line.at, None, opens=True))
    return Reading("text", _with_times(pieces, duration_s))


def without_notes(text: str) -> str:
    """`text` without remarks on sound in square brackets."""
    return _NOTE.sub(lambda match: match[0] if match[0].isupper() else " ", text)


def split_label(text: str) -> tuple[Speaker | None, str]:
    """The speaker that a text opens with (``Agent: …``) and the rest; None where it opens with no known role."""
    match = _LABEL.match(text)
    if match and role_named(match[1]):
        return speaker_of(match[1]), text[match.end() :]
    return None, text


def clock_seconds(text: str) -> float:
    """Seconds of ``12:34.5``, ``1:02:03`` or ``00:00:01,200``."""
    seconds = 0.0
    for part in text.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def _line(raw: str, *, bare_clock: bool) -> _Line:
    """`raw` taken apart; a clock time without brackets counts only where all lines have one ("12:30 sopii")."""
    clock = _CLOCK.match(raw)
    time = (clock[1] or (clock[2] if bare_clock else None)) if clock else None
    rest = raw[clock.end() :] if clock and time else raw
    label = _LABEL.match(rest)
    if label is None:
        return _Line(clock_seconds(time) if time else None, None, rest)
    time = time or label[2]
    return _Line(clock_seconds(time) if time else None, cleaned(label[1]), rest[label.end() :])


def _labels(lines: Sequence[_Line]) -> set[str | None]:
    """Which of the words before a colon are speakers: known roles, ``Puhuja 1``, or two names that open all lines."""
    found = [line.label for line in lines if line.label]
    speakers = {label for label in found if role_named(label) or SPEAKER_LABEL.fullmatch(label)}
    if len(found) == len(lines) > 2 and len(set(found)) == 2:
        speakers |= set(found)
    return set(speakers)


def _with_times(pieces: Sequence[Piece], duration_s: float | None) -> tuple[Piece, ...]:
    """Each line lasts until the next one starts; without a time on every line, or an end, there are no times."""
    if not pieces or duration_s is None or any(piece.start is None for piece in pieces):
        return tuple(replace(piece, start=None) for piece in pieces)
    starts = [piece.start or 0.0 for piece in pieces]
    for i in range(1, len(starts)):
        if starts[i] < starts[i - 1]:
            first: SpokenWord = pieces[i].words[0]
            raise InputError(
                "error-transcript-backwards", word=shown(first.text), start=starts[i], before=starts[i - 1]
            )
    ends = [*starts[1:], max(duration_s, starts[-1])]
    return tuple(replace(piece, end=end) for piece, end in zip(pieces, ends, strict=True))
