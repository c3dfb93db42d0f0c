"""Knows the negation verb in all its forms, and whether a sentence opens with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.finnish.hesitations import is_hesitation
from analysis.finnish.tokens import Token, tokens_of
from analysis.types import Sentence, Word

Kind = Literal["plain", "conjoined", "repair", "emphatic", "reminding", "additive", "fused", "question", "imperative"]

_STEMS = ("en", "et", "ei", "emme", "ette", "eivät")
_QUESTION_CLITICS = ("kö", "kös", "köhän", "köhäs", "köpä", "ks")
_CLITICS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("conjoined", ("kä", "kähän", "käpä")),
    ("emphatic", ("pä", "päs", "pähän", "päkä")),
    ("reminding", ("hän", "häs")),
    ("additive", ("kin", "kään")),
)


def _closed_list() -> dict[str, Kind]:
    forms: dict[str, Kind] = dict.fromkeys(_STEMS, "plain")
    for kind, clitics in _CLITICS:
        forms |= {stem + clitic: kind for stem in _STEMS for clitic in clitics}
    forms |= {stem + clitic: "question" for stem in _STEMS for clitic in _QUESTION_CLITICS}
    forms |= dict.fromkeys(("eiksj", "eikse", "eiksni"), "question")
    forms |= dict.fromkeys(("eiku", "eikun", "eikuin"), "repair")
    forms |= dict.fromkeys(("emmä", "emmää"), "fused")
    forms |= dict.fromkeys(("älä", "älkää", "äläkä", "älkääkä", "älköön", "älkööt", "älkäämme"), "imperative")
    return forms


FORMS = _closed_list()
"""Every form of the negation verb and its class."""

COUNTED: frozenset[Kind] = frozenset(("plain", "conjoined", "repair", "emphatic", "reminding", "additive", "fused"))
"""Classes that count as a negative opening. Questions invite ("Eikö niin?"); imperatives are not on the list."""

# "Et" is also short for "että": "Et mä katson", "Et jos", which no second person "et" can stand before.
_AFTER_THAT = frozenset(str.split("mä mää mie minä me te he ne hän jos kun ku ettei että vaikka cetera"))
_STUTTER = re.compile(r"(?:ei?[-\u2010])+ei")
_CUT_OFF = re.compile(r"[-\u2010]+")
# What transcribers write for sounds that are no words: "(naurahtaa) Ei se haittaa".
_NOISES = re.compile(
    r"tau(?:ko|on)|naur|hymäh|huoka|hengi|hengä|henkäi|ysk|ryk|köh|epäselv|hilja|musiik|melu|taust|puhu|puhe|selaa|"
    r"näppäi|nauh|sig|tuh|niisk|aivast|naks|maisk|odot|linja|haukot|kuisk|puhalt|häl|ääni|äänt|kohin"
)
_OPENERS = {"[": "]", "<": ">", "{": "}", "(": ")", "*": "*"}


@dataclass(frozen=True, slots=True)
class Opening:
    """The negation that a sentence opens with.

    Parameters
    ----------
    word : Word
    form : str
        In small letters, without punctuation.
    kind : str
        Class of the form, one of `COUNTED`.
    is_ei : bool
        Whether it is exactly ``ei``.
    following : tuple of Word
        What the sentence goes on with.
    """

    word: Word
    form: str
    kind: Kind
    is_ei: bool
    following: tuple[Word, ...] = ()


def opening_of(sentence: Sentence) -> Opening | None:
    """The negation form that opens the sentence, or None.

    Parameters
    ----------
    sentence : Sentence

    Returns
    -------
    Opening or None
        None also for question forms and imperatives, which are not counted.

    Notes
    -----
    Passed over before the first word: hesitation sounds ("öö, ei"), transcribers' notes in brackets, and a cut-off
    start of one or two letters with a hyphen ("e- ei"). A stuttered "e-ei" is ``ei``; a compound with a hyphen
    ("ei-toivottu") is another word. "Ei ei" is one opening. "Et" that stands for "että" ("et jos") is none.
    """
    tokens = tuple(token for token in tokens_of(sentence.words) if token.core)
    start = _first_word(tokens)
    if start is None:
        return None
    token, after = tokens[start], tokens[start + 1 :]
    form = "ei" if _STUTTER.fullmatch(token.said) else token.said
    kind = FORMS.get(form)
    if kind is None or kind not in COUNTED or (form == "et" and _means_that(after)):
        return None
    return Opening(token.word, form, kind, form == "ei", tuple(one.word for one in after))


def _first_word(tokens: Sequence[Token]) -> int | None:
    """Index of the first token that is a word."""
    at = 0
    while at < len(tokens):
        noted = _note_end(tokens, at)
        if noted:
            at = noted
        elif is_hesitation(tokens[at].said) or _is_cut_off(tokens, at):
            at += 1
        else:
            return at
    return None


def _note_end(tokens: Sequence[Token], at: int) -> int | None:
    """Index behind a transcriber's note that starts at `at`; None where there is none."""
    opener = tokens[at].before[-1:]
    closer = _OPENERS.get(opener)
    said = tokens[at].said
    if closer is None or said in FORMS or (opener == "(" and not _NOISES.match(said)):
        return None
    for index in range(at, len(tokens)):
        if closer in tokens[index].after:
            return index + 1
    return None


def _is_cut_off(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token is a start of one or two letters, broken off: "e-", "n-".

    A whole form ("ei-") is one only before a word that begins with it: "ei- eilen", not "ei- onnistu".
    """
    token = tokens[at]
    if len(token.core) > 2 or not token.core.isalpha() or not _CUT_OFF.match(token.after):
        return False
    following = tokens[at + 1].said if at + 1 < len(tokens) else ""
    return token.said not in FORMS or following.startswith(token.said)


def _means_that(after: Sequence[Token]) -> bool:
    return bool(after) and after[0].said in _AFTER_THAT
