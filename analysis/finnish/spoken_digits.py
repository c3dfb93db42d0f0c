"""Reads digits and letters from words, as people dictate a number: ``nolla neljäkyt viis``, ``tee``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis.finnish.abbreviations import LETTERS
from analysis.finnish.numerals import ordinal

_ONES = {
    "nolla": 0, "yksi": 1, "yks": 1, "ykkönen": 1, "kaksi": 2, "kaks": 2, "kakkonen": 2, "kolme": 3, "kol": 3,
    "kolmonen": 3, "neljä": 4, "nelj": 4, "nel": 4, "nelonen": 4, "viisi": 5, "viis": 5, "vitonen": 5, "viitonen": 5,
    "kuusi": 6, "kuus": 6, "kutonen": 6, "kuutonen": 6, "seitsemän": 7, "seittemän": 7, "seitsemä": 7, "seiska": 7,
    "seittemä": 7, "seit": 7, "kahdeksan": 8, "kaheksan": 8, "kahdeksa": 8, "kaheksa": 8, "kasi": 8, "yhdeksän": 9,
    "yheksän": 9, "yhdeksä": 9, "yheksä": 9, "ysi": 9,
}  # fmt: skip
_STUMPS = frozenset({"seit", "seitsemä", "seittemä", "kahdeksa", "kaheksa", "yhdeksä", "yheksä"})
"""Heard within *kolkyt* and the like, and never alone."""
_ONE = "|".join(sorted(_ONES, key=len, reverse=True))
_TEN = r"(?:kymmentä|kymment|kytä|kyt)"
_BELOW_HUNDRED = (
    rf"(?:(?P<teen>{_ONE})toista?|(?P<ten>kymmenen|kymppi)|(?P<tens>{_ONE}){_TEN}(?P<rest>{_ONE})?|(?P<one>{_ONE}))"
)
_NUMBER = re.compile(rf"(?:(?P<hundreds>{_ONE})?(?P<hundred>sataa|sata)(?:{_BELOW_HUNDRED})?)")
_SMALL = re.compile(_BELOW_HUNDRED)
_BIG = re.compile(r"tuhat|tuhan|miljoon|miljard")
_PHONETIC = {
    "aarne": "A", "bertta": "B", "celsius": "C", "daavid": "D", "david": "D", "eemeli": "E", "faarao": "F",
    "heikki": "H", "iivari": "I", "jussi": "J", "kalle": "K", "lauri": "L", "matti": "M", "niilo": "N", "paavo": "P",
    "risto": "R", "sakari": "S", "tyyne": "T", "urho": "U", "vihtori": "V", "wiski": "W", "äksä": "X", "yrjö": "Y",
    "äffä": "F", "ällä": "L", "ämmä": "M", "ännä": "N", "ärrä": "R", "ässä": "S", "ef": "F", "el": "L", "em": "M",
"er": "R", "es": "S", "ex": "X",
}  # fmt: skip
_BY_NAME = {name: letter.upper() for letter, name in LETTERS.items() if letter not in "qwzåäöo"} | _PHONETIC
_MONTHS = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """Digits that one word says; `single` where it names one digit, as in dictation."""

    digits: str
    single: bool


def said_numbers(word: str) -> tuple[SaidNumber, ...]:
    """Numbers in one word in small letters, in their order; empty where it is no number, or one of a thousand or more.

    Examples
    --------
    >>> [number.digits for number in said_numbers("nollaneljäkyt")]
    ['0', '40']
    """
    found: list[SaidNumber] = []
    at = 0
    while at < len(word):
        match = _NUMBER.match(word, at) or _SMALL.match(word, at)
        if match is None or match["one"] in _STUMPS or match["rest"] in _STUMPS:
            return ()
        found.append(_number_of(match))
        at = match.end()
    return tuple(found)


def _number_of(match: re.Match[str]) -> SaidNumber:
    parts = match.groupdict()
    value = 100 * _ONES[parts["hundreds"] or "yksi"] if parts.get("hundred") else 0
    value += 10 if parts["ten"] or parts["teen"] else 10 * _ONES[parts["tens"]] if parts["tens"] else 0
    value += sum(_ONES[parts[name]] for name in ("teen", "rest", "one") if parts[name])
    return SaidNumber(str(value), single=value < 10 and not parts.get("hundred"))


def is_big_number(word: str) -> bool:
    """Whether a word names thousands or more, as amounts and years do."""
    return _BIG.search(word) is not None


def letter_of(word: str) -> str | None:
    """The letter that a word in small letters is, or names; None where it is none."""
    if len(word) == 1 and "a" <= word <= "z":
        return word.upper()
    return _BY_NAME.get(word)


def is_date_word(word: str) -> bool:
    """Whether a word in small letters is an ordinal up to 31 or a month, as a date of birth is said with."""
    return word in _date_words()


@cache
def _date_words() -> frozenset[str]:
    words = {f"{month}kuuta" for month in _MONTHS} | {f"{month}kuun" for month in _MONTHS}
    for day in range(1, 32):
        for case in ("nominative", "partitive"):
            parts = ordinal(day, case)
            words |= {"".join(parts), *parts}
    return frozenset(words)
