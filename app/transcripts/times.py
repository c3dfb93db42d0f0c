"""Do the times of a transcript make sense, and do they fit the recording?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analysis.types import Message
from app.errors import InputError
from app.transcripts.pieces import Piece, Speaker, SpokenWord, shown

OVERHANG_S = 2.0
BACKWARDS_S = 1.0


@dataclass(slots=True)
class _Clock:
    """What has been seen so far, kept apart for each speaker: two channels run side by side."""

    last_start: dict[Speaker | None, float] = field(default_factory=dict)
    fixed: int = 0

    def checked(self, start: float, end: float | None, speaker: Speaker | None, text: str) -> tuple[float, float]:
        """`start` and `end` in order; small slips are put right and counted.

        Raises
        ------
        InputError
            If the start is well before that of the speaker's previous word.
        """
        before = self.last_start.get(speaker, 0.0)
        if start < before - BACKWARDS_S:
            raise InputError("error-transcript-backwards", word=shown(text), start=start, before=before)
        orderly = max(start, before)
        until = orderly if end is None else max(orderly, end)
        if orderly != start or end is None or end < start:
            self.fixed += 1
        self.last_start[speaker] = orderly
        return orderly, until


def checked(pieces: Sequence[Piece], *, duration_s: float | None) -> tuple[tuple[Piece, ...], tuple[Message, ...]]:
    """`pieces` with times that run forwards inside the recording, and warnings on what was put right.

    Parameters
    ----------
    pieces : sequence of Piece
    duration_s : float or None
        Length of the recording in seconds, where it is known.

    Raises
    ------
    InputError
        If the times run backwards or well past the end of the recording.
    """
    pieces, warnings = _filled(pieces)
    words_clock, pieces_clock = _Clock(), _Clock()
    ordered = tuple(_in_order(piece, words_clock, pieces_clock) for piece in pieces)
    if words_clock.fixed + pieces_clock.fixed:
        warnings.append(Message("warning-transcript-times-fixed", {"count": words_clock.fixed + pieces_clock.fixed}))
    ends = [word.end for piece in ordered for word in piece.words if word.end is not None]
    ends += [piece.end for piece in ordered if piece.end is not None]
    if duration_s is None or not ends:
        return ordered, tuple(warnings)
    if max(ends) > duration_s + OVERHANG_S:
        raise InputError("error-transcript-too-long", end=max(ends), duration=duration_s)
    return tuple(_clipped(piece, duration_s) for piece in ordered), tuple(warnings)


def _in_order(piece: Piece, words_clock: _Clock, pieces_clock: _Clock) -> Piece:
    words: list[SpokenWord] = []
    for word in piece.words:
        if word.start is None:
            words.append(word)
            continue
        start, end = words_clock.checked(word.start, word.end, word.speaker, word.text)
        words.append(replace(word, start=start, end=end))
    if piece.start is None:
        return replace(piece, words=tuple(words), end=None)
    speaker = piece.words[0].speaker if piece.words else None
    start, end = pieces_clock.checked(piece.start, piece.end, speaker, " ".join(word.text for word in piece.words[:5]))
    return replace(piece, words=tuple(words), start=start, end=end)


def _clipped(piece: Piece, duration_s: float) -> Piece:
    def inside(time: float | None) -> float | None:
        return None if time is None else min(time, duration_s)

    words = tuple(replace(word, start=inside(word.start), end=inside(word.end)) for word in piece.words)
    return replace(piece, words=words, start=inside(piece.start), end=inside(piece.end))


def _filled(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], list[Message]]:
    """Words without times placed between their timed neighbours (aligners leave out numbers), and a warning on it.

    Where half of the words or more lack times, or a whole piece does, no word time is kept: places made up for so
    many words would look like measurements.
    """
    total = sum(len(piece.words) for piece in pieces)
    missing = sum(word.start is None for piece in pieces for word in piece.words)
    if not missing or missing == total:
        return tuple(pieces), []
    if 2 * missing >= total or any(all(word.start is None for word in piece.words) for piece in pieces if piece.words):
        return tuple(_untimed(piece) for piece in pieces), [
            Message("warning-transcript-word-times-partial", {"missing": missing, "count": total})
        ]
    placed = tuple(replace(piece, words=_placed(piece.words)) for piece in pieces)
    return placed, [Message("warning-transcript-times-filled", {"count": missing})]


def _untimed(piece: Piece) -> Piece:
    timed = [word for word in piece.words if word.start is not None]
    start, end = piece.start, piece.end
    if start is None and timed and len(timed) == len(piece.words):
        start, end = timed[0].start, timed[-1].end
    return Piece(tuple(replace(word, start=None, end=None) for word in piece.words), start, end, piece.opens)


def _placed(words: Sequence[SpokenWord]) -> tuple[SpokenWord, ...]:
    placed = list(words)
    index = 0
    while index < len(placed):
        if placed[index].start is not None:
            index += 1
            continue
        until = next((i for i in range(index, len(placed)) if placed[i].start is not None), len(placed))
        before = (placed[index - 1].end or placed[index - 1].start) if index else None
        after = placed[until].start if until < len(placed) else None
        left = before if before is not None else after
        right = after if after is not None else before
        first, last = left or 0.0, max(left or 0.0, right or 0.0)
        step = (last - first) / (until - index)
        for i in range(index, until):
            placed[i] = replace(placed[i], start=first + step * (i - index), end=first + step * (i - index + 1))
        index = until
    return tuple(placed)
