"""Knows what goes on after *hei* and can never go on after *ei*: a greeting, an introduction, an offer of help."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.finnish.after_ei import AFTER_EI, NEGATED_VERBS

# "Puhumaria" is *puhuu Maria* as a recogniser glues it; "ei täällä puhu kukaan" and "ei täällä puhuta" are negations.
_INTRODUCTION = re.compile(
    r"(?:täällä|tällä|tässä|täältä) (?:\w+ ){0,2}?(?:puhu(?!ta|ttu|isi|mal)\w+|soittaa\b|soittelee\b)"
    r"|tavoit(?:it|at)(?:te)?\b"
)
_WISH = re.compile(
    r"(?:oikein |erittäin )?(?:hyvää|mukavaa|kaunista) (?:\w+ )?(?:päivä[äa]|huomen|ilta|illan|aamu)(?!n\w)"
    r"|(?:päivää|huomenta|iltaa|tervetuloa)\b"
)
_THANKS = re.compile(r"kiitos (?:että|kun odot|odot|yhteydeno)")
_OFFER = re.compile(r"(?:miten|kuinka) (?:mä |minä )?voi[nm]?")
_ON_THE_LINE = re.compile(r"(?:\w+ ){2,4}puhelimessa")
_AFTER_HEI = re.compile(r"(?:vaan|vain|taas|sitten|moi|hei)\b|kiitos (?:kun|soito|soiti|puhelu)")
"""After a written *hei* alone: "Ei, kiitos soitosta" and "Ei, hyvää päivänjatkoa" end a call with an answer."""


def is_greeting(said: Sequence[str], *, after_hei: bool = False) -> bool:
    """Whether the words are what a greeting goes on with after its *hei*.

    Parameters
    ----------
    said : sequence of str
        In small letters, without punctuation.
    after_hei : bool
        True where the word before them is written *hei*: then *hei vaan* is one too, which after *ei* is not.

    Examples
    --------
    >>> [is_greeting(text.split()) for text in ("täällä puhuu maria", "täällä puhu kukaan", "kiitos", "kiitos soitosta")]
    [True, False, False, False]
    """
    text = " ".join(said[:6])
    if _THANKS.match(text) or _OFFER.match(text) or (after_hei and _AFTER_HEI.match(text)):
        return True
    if not NEGATED_VERBS.isdisjoint(said[:5]):
        return False  # "ei päivää voi vaihtaa", "ei hän ole nyt puhelimessa"
    if _INTRODUCTION.match(text) or _WISH.match(text):
        return True
    # A name before it, no pronoun: "ei sitä tietoa puhelimessa" leaves its verb out.
    return _ON_THE_LINE.fullmatch(" ".join(said)) is not None and AFTER_EI.isdisjoint(said)
