"""Reads numbers aloud as Finns write them: amounts, dates, times, ranges, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

from analysis.finnish.abbreviations import PER, UNITS
from analysis.finnish.numerals import LARGEST, Case, cardinal, digits, harmonised, ordinal

_Words = tuple[str, ...]
Reading = Callable[[re.Match[str]], _Words | None]
"""Words for a match, or None where it turns out to be something else."""

_MONTH_LIKE = re.compile(r"\s+[^\W\d_]")
_CASES: dict[str, Case] = {
    "nnessa": "inessive", "nnesta": "elative", "nnelle": "allative", "nnella": "adessive", "nnelta": "ablative",
    "nneksi": "translative", "nnen": "genitive", "nteen": "illative", "ntena": "essive", "ssa": "inessive",
    "sta": "elative", "lla": "adessive", "lta": "ablative", "lle": "allative", "ksi": "translative", "na": "essive",
    "een": "illative", "teen": "illative", "aan": "illative", "iin": "illative", "hin": "illative", "n": "genitive",
    "tta": "partitive", "ta": "partitive", "a": "partitive",
}  # fmt: skip


def _date(found: re.Match[str]) -> _Words | None:
    day, month = int(found["day"]), int(found["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    year = found["year"] if "year" in found.re.groupindex else None
    return (*ordinal(day), *_month(month), *(whole_number(year) if year else ()))


def _month(month: int) -> _Words:
    return {1: ("ensimmäistä",), 2: ("toista",)}.get(month) or ordinal(month, "partitive")


def _time(found: re.Match[str]) -> _Words | None:
    hour, minute = int(found["hour"]), int(found["minute"])
    if hour > 24 or minute > 59:
        return None
    said = () if minute == 0 else digits(found["minute"]) if minute < 10 else cardinal(minute)
    return (*cardinal(hour), *said)


def _money(found: re.Match[str]) -> _Words:
    euros, cents = whole_number(found["euros"]), int(found["cents"])
    coins = (*cardinal(cents), "sentti" if cents == 1 else "senttiä") if cents else ()
    per = (PER[found["per"].lower()],) if found["per"] else ()
    return (*euros, "euro" if euros == ("yksi",) else "euroa", *coins, *per)


def _digit_string(found: re.Match[str]) -> _Words | None:
    kept = re.sub(r"[^0-9]", "", found.group())
    if len(kept) < 5:
        return None
    return (("plus",) if found.group().startswith("+") else ()) + digits(kept)


def _range(found: re.Match[str]) -> _Words:
    low, high = found["low"], found["high"]
    return (*_inflected(low, "elative"), *_inflected(high, "illative"), *_unit_of(found, several=True))


def _inflected(written: str, case: Case) -> _Words:
    hour, _, minute = written.partition(".")
    whole = whole_number(hour, case)
    return (*whole, *whole_number(minute)) if int(minute[:2] or "0") else whole


def _number(found: re.Match[str]) -> _Words:
    whole, decimals, ending = found["whole"], found["decimals"], found["ending"]
    sign = ("miinus",) if found["sign"] == "−" else ("plus",) if found["sign"] else ()
    if decimals:
        said = digits(decimals) if decimals[0] == "0" or len(decimals) > 2 else whole_number(decimals)
        return (*sign, *whole_number(whole), "pilkku", *said, *_unit_of(found, several=True))
    if ending:
        return (*sign, *_with_ending(whole, ending))
    if found["stop"] and not found["unit"] and _is_ordinal(found):
        return (*sign, *_whole_ordinal(whole))
    case = _CASES.get(_flat(found["unit_ending"] or ""))
    words = whole_number(whole, case or "nominative")
    return (*sign, *words, *_unit_of(found, several=words != ("yksi",)))


def _is_ordinal(found: re.Match[str]) -> bool:
    after = found.string[found.end() :]
    if not after.strip(" \"'”’»)"):
        return found.start() == 0
    return _MONTH_LIKE.match(after) is not None and after.lstrip()[0].islower()


def whole_number(written: str, case: Case = "nominative") -> _Words:
    """Digits as one number; one by one where they are a code: a leading zero, or six and more that are not round."""
    grouped = not written.isdigit()
    kept = re.sub(r"[^0-9]", "", written)
    code = (len(kept) > 1 and kept[0] == "0") or (len(kept) >= 6 and not grouped and not kept.endswith("000"))
    if code or len(kept) > len(str(LARGEST)):
        return digits(kept)
    return cardinal(int(kept or "0"), case)


def _whole_ordinal(written: str) -> _Words:
    kept = re.sub(r"[^0-9]", "", written)
    return ordinal(int(kept)) if len(kept) <= len(str(LARGEST)) else digits(kept)


def _with_ending(written: str, ending: str) -> _Words:
    kept = re.sub(r"[^0-9]", "", written)
    if len(kept) > len(str(LARGEST)):
        return digits(kept)
    flat, number = _flat(ending), int(kept)
    if flat == "s":
        return ordinal(number)
    case = _CASES.get(flat)
    if case:
        return ordinal(number, case) if flat.startswith(("nne", "nte")) else cardinal(number, case)
    whole = cardinal(number)
    return (*whole[:-1], whole[-1] + ending.lower())


def _flat(ending: str) -> str:
    """The ending as it is after a back vowel."""
    return ending.lower().translate(str.maketrans("äöy", "aou"))


def _unit_of(found: re.Match[str], *, several: bool) -> _Words:
    unit = found["unit"]
    if not unit:
        return ()
    one, many, stem = UNITS[unit.lower()]
    if found["unit_ending"]:
        return (stem + harmonised(found["unit_ending"].lower(), stem),)
    per = (PER[found["per"].lower()],) if found["per"] else ()
    return (*(many if several else one).split(), *per)


_PER = r"(?:/(?P<per>" + "|".join(sorted(PER, key=len, reverse=True)) + r")(?![^\W_]))?"
_UNIT = (
    r"(?:(?!(?-i:[A-Z])(?![^\W_])) ?(?P<unit>"  # "4G" is no gramme
    + "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
    + rf")(?![^\W_]){_PER}(?::(?P<unit_ending>[^\W\d_]+))?)?"
)
_WHOLE = r"[0-9]{1,3}(?:[ .][0-9]{3})+(?![0-9])|[0-9]+"
_ONE = r"[0-9]{1,2}(?:\.[0-9]{2})?|[0-9]{3,6}"
NUMBER_READINGS: tuple[tuple[str, Reading], ...] = (
    (r"(?<!\w)(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?!\w)", _date),
    (r"(?<!\w)(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\. ?(?P<year>[0-9]{4})(?![0-9])", _date),
    (r"(?<!\w)(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?![0-9])", _date),
    (r"(?<!\w)(?:\+[1-9]|0)[0-9]*(?:[ -][0-9]+)*", _digit_string),
    (rf"(?<![\w.,])(?P<low>{_ONE}) ?[–-] ?(?P<high>{_ONE})(?![0-9]|[.,][0-9]|-){_UNIT}", _range),
    (r"(?<![\w.,])(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})(?![0-9]|[.,:][0-9])", _time),
    (rf"(?<!\w)(?P<euros>{_WHOLE}),(?P<cents>[0-9]{{2}}) ?(?:€|e|eur|euroa?)(?![^\W_]){_PER}", _money),
    (
        rf"(?P<sign>[−+](?=[0-9]))?(?P<whole>{_WHOLE})(?:,(?P<decimals>[0-9]+))?{_UNIT}"
        r"(?::(?P<ending>[^\W\d_]+))?(?P<stop>\.)?",
        _number,
    ),
)
"""Patterns, in the order that they are tried in, and what each is read as."""
