"""Approximate word times for a transcript that only knows when each turn was."""

from __future__ import annotations

from analysis.intervals import intersection
from analysis.tempo import spoken_syllables
from analysis.types import Segment, Segments, Turn, Word


def placed(turns: tuple[Turn, ...], speech: Segments, *, slack_s: float = 0.3) -> tuple[Turn, ...]:
    """Turns whose words without times are spread over the speech inside their turn, by their syllables.

    Parameters
    ----------
    turns : tuple of Turn
    speech : tuple of Segment
        The agent's; a customer's words are spread over the whole turn.
    slack_s : float
        How far a turn's own times may be off.

    Returns
    -------
    tuple of Turn
        Turns without times, or without speech inside them, stay as they are.

    Notes
    -----
    Good to about a word inside a short turn: enough to find the place by ear, not to measure gaps between words.
    """
    return tuple(_placed(turn, speech, slack_s) for turn in turns)


def _placed(turn: Turn, speech: Segments, slack_s: float) -> Turn:
    if turn.segment is None or all(word.segment for word in turn.words):
        return turn
    around = Segment(max(0.0, turn.segment.start - slack_s), turn.segment.end + slack_s)
    said = intersection((around,), speech) if turn.role == "agent" else ()
    said = said or (turn.segment,)
    weights = [max(1, spoken_syllables(word)) for word in turn.words]
    length = sum(segment.duration for segment in said)
    if length <= 0 or not weights:
        return turn
    share = length / sum(weights)
    words, done = [], 0.0
    for word, weight in zip(turn.words, weights, strict=True):
        start, end = _at(said, done), _at(said, done + weight * share, end=True)
        done += weight * share
        words.append(word if word.segment else Word(word.text, Segment(start, max(start, end)), word.probability))
    return Turn(turn.role, tuple(words), turn.segment)


def _at(said: Segments, position: float, *, end: bool = False) -> float:
    """Time that lies `position` seconds into the speech; on a seam the end of one stretch or the start of the next."""
    for segment in said:
        if position < segment.duration - 1e-9 or (end and position <= segment.duration + 1e-9):
            return segment.start + position
        position -= segment.duration
    return said[-1].end
