"""Spells Finnish numbers out, in every common case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Case = Literal[
    "nominative", "genitive", "partitive", "inessive", "elative", "illative",
    "adessive", "ablative", "allative", "essive", "translative",
]  # fmt: skip
LARGEST = 999_999_999_999

_ENDINGS: dict[Case, str] = {
    "genitive": "n",
    "inessive": "ssa",
    "elative": "sta",
    "adessive": "lla",
    "ablative": "lta",
    "allative": "lle",
    "translative": "ksi",
}
# nominative, weak stem, partitive, illative, essive
_CARDINALS: dict[int, tuple[str, str, str, str, str]] = {
    0: ("nolla", "nolla", "nollaa", "nollaan", "nollana"),
    1: ("yksi", "yhde", "yhtä", "yhteen", "yhtenä"),
    2: ("kaksi", "kahde", "kahta", "kahteen", "kahtena"),
    3: ("kolme", "kolme", "kolmea", "kolmeen", "kolmena"),
    4: ("neljä", "neljä", "neljää", "neljään", "neljänä"),
    5: ("viisi", "viide", "viittä", "viiteen", "viitenä"),
    6: ("kuusi", "kuude", "kuutta", "kuuteen", "kuutena"),
    7: ("seitsemän", "seitsemä", "seitsemää", "seitsemään", "seitsemänä"),
    8: ("kahdeksan", "kahdeksa", "kahdeksaa", "kahdeksaan", "kahdeksana"),
    9: ("yhdeksän", "yhdeksä", "yhdeksää", "yhdeksään", "yhdeksänä"),
    10: ("kymmenen", "kymmene", "kymmentä", "kymmeneen", "kymmenenä"),
    100: ("sata", "sada", "sataa", "sataan", "satana"),
    1000: ("tuhat", "tuhanne", "tuhatta", "tuhanteen", "tuhantena"),
    10**6: ("miljoona", "miljoona", "miljoonaa", "miljoonaan", "miljoonana"),
    10**9: ("miljardi", "miljardi", "miljardia", "miljardiin", "miljardina"),
}
_ORDINALS = {
    0: "nolla", 1: "yhde", 2: "kahde", 3: "kolma", 4: "neljä", 5: "viide", 6: "kuude", 7: "seitsemä", 8: "kahdeksa",
    9: "yhdeksä", 10: "kymmene", 100: "sada", 1000: "tuhanne", 10**6: "miljoona", 10**9: "miljardi",
}  # fmt: skip
_FIRST = {1: "ensimmäi", 2: "toi"}

Form = Callable[[int], str]


def cardinal(number: int, case: Case = "nominative") -> tuple[str, ...]:
    """The number as it is said, in parts: tens, hundreds and thousands each a word of their own.

    Parameters
    ----------
    number : int
        From 0 to `LARGEST`; a larger one is said digit by digit.
    case : str

    Examples
    --------
    >>> cardinal(25, "inessive")
    ('kahdessakymmenessä', 'viidessä')
    """
    if not 0 <= number <= LARGEST:
        return digits(str(number))

    def form(value: int) -> str:
        return _cardinal_form(value, case)

    def many(value: int) -> str:
        return _cardinal_form(value, "partitive" if case == "nominative" else case)

    return _composed(number, form, many)


def ordinal(number: int, case: Case = "nominative") -> tuple[str, ...]:
    """The ordinal as it is said, in parts, every part inflected.

    Parameters
    ----------
    number : int
        From 0 to `LARGEST`; a larger one is said digit by digit.
    case : str

    Examples
    --------
    >>> ordinal(15, "essive")
    ('viidentenätoista',)
    """
    if not 0 <= number <= LARGEST:
        return digits(str(number))

    def form(value: int) -> str:
        return _ordinal_form(value, case)

    parts = _composed(number, form, form)
    last = number % 10
    if last in _FIRST and number % 100 not in (11, 12):
        return (*parts[:-1], _first_form(last, case))
    return parts


def digits(text: str) -> tuple[str, ...]:
    """Every digit of `text` by its name; what is no digit from 0 to 9 is passed over."""
    return tuple(_CARDINALS[int(digit)][0] for digit in text if digit in "0123456789")


def harmonised(ending: str, word: str) -> str:
    """The ending with ä, ö and y where the word has no a, o or u."""
    if any(letter in "aouå" for letter in word):
        return ending
    return ending.translate(str.maketrans("aou", "äöy"))


def _cardinal_form(value: int, case: Case) -> str:
    nominative, weak, partitive, illative, essive = _CARDINALS[value]
    whole = {"nominative": nominative, "partitive": partitive, "illative": illative, "essive": essive}
    return whole[case] if case in whole else weak + harmonised(_ENDINGS[case], weak)


def _ordinal_form(value: int, case: Case) -> str:
    stem = _ORDINALS[value]
    if case == "nominative":
        return stem + "s"
    strong = {"partitive": "tta", "illative": "nteen", "essive": "ntena"}
    ending = strong[case] if case in strong else "nne" + _ENDINGS[case]
    return stem + harmonised(ending, stem)


def _first_form(value: int, case: Case) -> str:
    stem = _FIRST[value]
    whole = {"nominative": "nen", "partitive": "sta", "illative": "seen", "essive": "sena"}
    return stem + harmonised(whole[case] if case in whole else "se" + _ENDINGS[case], stem)


def _composed(number: int, form: Form, many: Form) -> tuple[str, ...]:
    if number == 0:
        return (form(0),)
    parts: list[str] = []
    for unit in (10**9, 10**6, 1000):
        count, number = divmod(number, unit)
        if count == 1:
            parts.append(form(unit))
        elif count:
            group = _below_thousand(count, form, many)
            # "kaksituhatta" is one word, "kaksi miljoonaa" two.
            parts += [*group[:-1], group[-1] + many(unit)] if unit == 1000 else [*group, many(unit)]
    return (*parts, *_below_thousand(number, form, many))


def _below_thousand(number: int, form: Form, many: Form) -> list[str]:
    parts = []
    hundreds, rest = divmod(number, 100)
    if hundreds:
        parts.append(form(100) if hundreds == 1 else form(hundreds) + many(100))
    tens, ones = divmod(rest, 10)
    if tens == 1 and ones:
        return [*parts, form(ones) + "toista"]
    if tens:
        parts.append(form(10) if tens == 1 else form(tens) + many(10))
    if ones:
        parts.append(form(ones))
    return parts
