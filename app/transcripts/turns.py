"""From pieces of a file to turns: times are checked, words are told apart by role, goes are put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.types import Role, Segment, Turn, Word
from app.transcripts.pieces import SENTENCE_END, Piece, Speaker, SpokenWord

Roles = Mapping[Speaker | None, Role]
NEW_TURN_GAP_S = 1.0
_TOUCH_S = 0.05
"""Words of two channels that meet within this are taken as not overlapping: recognisers place edges no better."""
BACKCHANNELS = frozenset(
    [
        "joo",
        "juu",
        "joojoo",
        "jep",
        "mm",
        "mmm",
        "mhm",
        "mhmm",
        "hmm",
        "niin",
        "nii",
        "aivan",
        "aha",
        "ahaa",
        "jaa",
        "okei",
        "ok",
        "okay",
        "kyllä",
        "yes",
        "yeah",
        "right",
        "uhhuh",
        "uh-huh",
    ]
)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A timed word and its role."""

    word: SpokenWord
    role: Role
    start: float
    end: float


def turns_of(pieces: Sequence[Piece], roles: Roles) -> tuple[Turn, ...]:
    """Turns of a transcript, in order of time where it has times and as written where it has none.

    Parameters
    ----------
    pieces : sequence of Piece
        With times that were checked.
    roles : mapping of Speaker to Role
    """
    words = [word for piece in pieces for word in piece.words]
    if words and all(word.start is not None for word in words):
        return _timed_turns(words, roles)
    return _written_turns(pieces, roles)


def _timed_turns(words: Iterable[SpokenWord], roles: Roles) -> tuple[Turn, ...]:
    """Turns from words that all have times: a role's go ends where the other role takes the turn."""
    spoken = [_Spoken(word, roles[word.speaker], word.start or 0.0, word.end or 0.0) for word in words]
    spoken.sort(key=lambda one: one.start)
    turns: list[list[_Spoken]] = []
    current: dict[Role, list[_Spoken]] = {}
    between: dict[Role, list[_Spoken]] = defaultdict(list)
    for one in spoken:
        turn = current.get(one.role)
        if turn is None or taken(turn[-1], between[one.role], one):
            turn = current[one.role] = []
            turns.append(turn)
        turn.append(one)
        between[one.role] = []
        between["customer" if one.role == "agent" else "agent"].append(one)
    return tuple(
        Turn(turn[0].role, tuple(map(_word, turn)), Segment(turn[0].start, max(one.end for one in turn)))
        for turn in turns
    )


def taken(last: _Spoken, others: Sequence[_Spoken], one: _Spoken) -> bool:
    """Whether the other role took the turn between two words of a role.

    A short sign of listening ("joo") inside a pause, or speech over the speaker's own words, leaves the turn where
    it is: a sentence that goes on after it has not begun anew.
    """
    if not others:
        return False
    if one.start - last.end >= NEW_TURN_GAP_S:
        return True
    if all(other.word.text.strip(".,!?…").casefold() in BACKCHANNELS for other in others):
        return False
    return others[0].start >= last.end - _TOUCH_S and max(other.end for other in others) <= one.start + _TOUCH_S


def _written_turns(pieces: Sequence[Piece], roles: Roles) -> tuple[Turn, ...]:
    """Turns from lines or cues; a cue that goes on with a small letter belongs to the one before it."""
    runs = [run for piece in pieces for run in _runs(piece, roles)]
    if all(run.start is not None for run in runs):
        runs.sort(key=lambda run: run.start or 0.0)
    goes: list[list[Piece]] = []
    for run in runs:
        if goes and _goes_on(goes[-1][-1], run, roles):
            goes[-1].append(run)
        else:
            goes.append([run])
    return tuple(
        Turn(roles[go[0].words[0].speaker], tuple(_bare(word) for run in go for word in run.words), _segment(go))
        for go in goes
    )


def _runs(piece: Piece, roles: Roles) -> list[Piece]:
    """`piece` cut where the role changes; the cut parts have no times of their own."""
    runs: list[list[SpokenWord]] = []
    for word in piece.words:
        if runs and roles[runs[-1][-1].speaker] == roles[word.speaker]:
            runs[-1].append(word)
        else:
            runs.append([word])
    if len(runs) == 1:
        return [piece]
    return [Piece(tuple(run)) for run in runs]


def _goes_on(last: Piece, following: Piece, roles: Roles) -> bool:
    if following.opens or roles[last.words[-1].speaker] != roles[following.words[0].speaker]:
        return False
    if (last.start is None) != (following.start is None):
        return False
    apart = 0.0 if last.end is None or following.start is None else following.start - last.end
    ended = last.words[-1].text.rstrip("\"'”’»)")
    trails_off = ended.endswith(("...", "…"))
    ends = ended[-1:] in SENTENCE_END and not trails_off
    return following.words[0].text[:1].islower() and not ends and apart < NEW_TURN_GAP_S


def _segment(go: Sequence[Piece]) -> Segment | None:
    start, ends = go[0].start, [run.end for run in go if run.end is not None]
    return None if start is None or len(ends) < len(go) else Segment(start, max(start, *ends))


def _bare(word: SpokenWord) -> Word:
    return Word(word.text, None, word.probability)


def _word(one: _Spoken) -> Word:
    return Word(one.word.text, Segment(one.start, max(one.start, one.end)), one.word.probability)
