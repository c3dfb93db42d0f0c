"""Finds where the agent's sentences begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from analysis.finnish.abbreviations import CAN_END, NEVER_ENDS
from analysis.finnish.negation import FORMS
from analysis.finnish.tokens import Token, tokens_of
from analysis.types import Sentence, Turn, Word

Boundary = Literal["turn", "punctuation", "gap"]

_MONTH = re.compile(r"(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu")
_ORDINAL = re.compile(r"[0-9]{1,3}|(?:0?[1-9]|[12][0-9]|3[01])\.(?:0?[1-9]|1[0-2])")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_DASHES = "-\u2010\u2011\u2012–—―"
_KEPT = re.compile(rf"[.?!‽,;:€%{_DASHES}]")
_TOLERANCE_S = 1e-9


def sentences_of(turns: Sequence[Turn], *, recognised: bool, gap_s: float = 0.10) -> tuple[Sentence, ...]:
    """Sentences that the agent says, each with what makes its first word an opening.

    Parameters
    ----------
    turns : sequence of Turn
        Of both roles; only the agent's are read. Punctuation may be part of a word or a word of its own.
    recognised : bool
        True where a recogniser wrote the words: then a gap opens a sentence too, since it writes few full stops.
    gap_s : float
        Shortest gap between two timed words that opens a sentence.

    Returns
    -------
    tuple of Sentence
        Turn by turn, in the order of the words. Tokens of punctuation stay with the sentence that they close.

    Notes
    -----
    A sentence begins at the start of a turn and after ``.``, ``?``, ``!`` or ``…``, but not after an abbreviation or
    an ordinal, nor where an ellipsis goes on with a small letter. A dash ends a sentence only before a capital
    letter. An ordinal before a capital letter ends one ("kerroksessa 5. Ei se"), save before a month; so does an
    abbreviation that can stand last ("kuitin jne. Ei").

    References
    ----------
    The gap of 0.10 s was the best single boundary for recognised Finnish in this project's own listening tests.
    """
    return tuple(
        sentence
        for turn in turns
        if turn.role == "agent"
        for sentence in _sentences_of_turn(tokens_of(turn.words), gap_s if recognised else None)
    )


def _sentences_of_turn(tokens: Sequence[Token], gap_s: float | None) -> list[Sentence]:
    sentences: list[Sentence] = []
    words: list[Word] = []
    boundary: Boundary = "turn"
    last: Token | None = None
    marks = ""
    for token in tokens:
        if token.core:
            found = None if last is None else _boundary(last, marks + " " + token.before, token, gap_s)
            if found:
                sentences.append(Sentence(tuple(words), boundary))
                words, boundary = [], found
            last, marks = token, token.after
        else:
            marks += " " + token.before
        words.append(token.word)
    if last is not None:
        sentences.append(Sentence(tuple(words), boundary))
    return sentences


def _boundary(last: Token, marks: str, following: Token, gap_s: float | None) -> Boundary | None:
    if ends_sentence(last.core, marks, following.core):
        return "punctuation"
    before, after = last.word.segment, following.word.segment
    if gap_s is None or before is None or after is None:
        return None
    return "gap" if after.start - before.end >= gap_s - _TOLERANCE_S else None


def ends_sentence(before: str, marks: str, after: str) -> bool:
    """Whether the punctuation between two words ends a sentence.

    Parameters
    ----------
    before, after : str
        The words without their punctuation, in their own case.
    marks : str
        All punctuation between them; quotes and brackets do not matter.
    """
    kept = "".join(_KEPT.findall(marks))
    capital = after[:1].isupper()
    stops = [index for index, mark in enumerate(kept) if mark in ".?!‽"]
    if not stops:
        return capital and any(mark in _DASHES for mark in kept)
    if any(mark in ",;:" for mark in kept[stops[-1] :]):
        return False  # '"Ei käy!", hän sanoi', '15., ei 16.'
    if any(kept[index] != "." for index in stops):
        return True
    if len(stops) > 1:
        return capital
    if any(mark in "€%" for mark in kept):
        return True
    return _full_stop_ends(before, after, capital=capital)


def _full_stop_ends(before: str, after: str, *, capital: bool) -> bool:
    """Whether one full stop between two words is the end, and not part of an ordinal or an abbreviation."""
    low = before.lower()
    if before[:1].isdigit():
        if not _ORDINAL.fullmatch(re.split(r"\.?[–-]", before)[-1]):
            return not (before.isdigit() and after[:1].isdigit())
        return capital and _MONTH.match(after.lower()) is None
    if low in CAN_END or (low == "m" and capital):
        return capital
    if low in NEVER_ENDS or _DOTTED.fullmatch(low):
        return False
    if len(before) == 1 and before.isalpha() and low not in "öäe":
        return capital and after.lower() in FORMS  # "J. Virtanen", but "kohta B. Ei se"
    return True
