"""Puts together what a recogniser cut in two at the head of a sentence: "ei vät" is *eivät*, "ei käsitä" *eikä sitä*."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.finnish.after_ei import AFTER_EI
from analysis.finnish.greetings import is_greeting
from analysis.finnish.negation import FORMS, Opening
from analysis.finnish.tokens import tokens_of

_EILEN = re.compile(r"i?l[eä]n|i?lin(?:en|ne)")
_CUT_FORMS = {"kä": "eikä", "kö": "eikö", "pä": "eipä", "hän": "eihän", "vä": "eivät"}
_ALSO_ALONE = frozenset(("hän", "kin"))
"""Ends of the negation that are words of their own: "ei hän" may be *ei hän*."""
_QUESTION_END = re.compile(r"kö(?:hän|kö|s|se|si)?|ks")


def put_together(opening: Opening) -> Opening | None:
    """The opening with a word mended that the recogniser cut in two.

    "Ei vät" is *eivät*, "ei ku" is *eiku* and "ei käsitä" is *eikä sitä*; "ei köhän" is a question, "ei ilen" is *eilen*
    and "ei täällä puhuu" is *hei*, so they are none.
    """
    after = [token.said for token in tokens_of(list(opening.following)) if token.core]
    if not opening.is_ei or not after or after[0] in _ALSO_ALONE:
        return opening
    if _QUESTION_END.fullmatch(after[0]) or _is_what_is_it(after) or _EILEN.fullmatch(after[0]) or is_greeting(after):
        return None
    form = "eivät" if after[0].startswith("vät") else _cut_form(after[0]) or "ei" + after[0]
    kind = FORMS.get(form)
    return opening if kind is None else replace(opening, form=form, kind=kind, is_ei=False)


def _cut_form(said: str) -> str | None:
    """The form whose end is glued to a common word: "käsitä" for *eikä sitä*, "väse" for *eivät se*."""
    for cut, form in _CUT_FORMS.items():
        rest = said.removeprefix(cut)
        if rest != said and (rest in AFTER_EI or rest.replace("a", "ä") in AFTER_EI):
            return form
    return None


def _is_what_is_it(after: list[str]) -> bool:
    """Whether "ei kyse" is *eikö se*: the noun *kyse* goes with the verb *olla* alone."""
    return after[0] in ("kyse", "kese") and not {"ole", "oo", "ollut", "ollu", "olisi", "olla"} & set(after[1:4])
