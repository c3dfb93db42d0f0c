"""Numbers, times and short phrases as a reader of the scorecard sees them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from analysis.catalogue import BY_NAME, CATALOGUE
from app.messages import Locale, has_text, text

if TYPE_CHECKING:
    from app.document import MeasureDoc

HOUSE_RULE = "house rule"
MINUS = "\u2212"
NARROW_NO_BREAK_SPACE = "\u202f"


def number(value: float, decimals: int, locale: Locale) -> str:
    """`value` with `decimals`, written as `locale` writes numbers: ``−24,8`` in Finnish, ``−24.8`` in English."""
    shown = f"{abs(value):,.{decimals}f}"
    if locale == "fi":
        shown = shown.replace(",", NARROW_NO_BREAK_SPACE).replace(".", ",")
    zero = not any(digit in shown for digit in "123456789")
    return shown if value >= 0 or zero else MINUS + shown


def clock(seconds: float) -> str:
    """A place in the call: ``1:04``, or ``1:02:07`` past the first hour."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def measure_text(name: str, part: str, locale: Locale) -> str:
    """The label (`part` empty), ``meaning``, ``unit`` or ``how`` of a measure; the bare name of one unknown here."""
    id = f"measure-{name}" + (f".{part}" if part else "")
    if has_text(id, locale):
        return text(id, locale)
    return "" if part else name


def value_text(name: str, value: float, locale: Locale, *, unit: str) -> str:
    """A measure's value with its catalogue's decimals; ratios are shown as percentages."""
    info = BY_NAME.get(name)
    decimals = info.decimals if info is not None else 2
    if unit == "ratio":
        return number(value * 100, max(decimals - 2, 0), locale)
    return number(value, decimals, locale)


def error_text(name: str, error: float, locale: Locale, *, unit: str) -> str:
    """A typical error, with as many decimals as it takes not to read as zero."""
    info = BY_NAME.get(name)
    decimals = info.decimals if info is not None else 2
    if unit == "ratio":
        error, decimals = error * 100, max(decimals - 2, 0)
    while decimals < 3 and error and round(error, decimals) == 0:
        decimals += 1
    return number(error, decimals, locale)


def norm_text(name: str, low: float | None, high: float | None, locale: Locale, *, unit: str) -> str:
    """The recommended band in words: ``Suositus 4,0–6,2 tavua/s``."""
    shown_unit = measure_text(name, "unit", locale)
    if low is not None and high is not None:
        low_text, high_text = (value_text(name, bound, locale, unit=unit) for bound in (low, high))
        dash = " – " if low < 0 else "–"
        return text("page-norm-between", locale, band=f"{low_text}{dash}{high_text}", unit=shown_unit)
    if low is not None:
        return text("page-norm-least", locale, low=value_text(name, low, locale, unit=unit), unit=shown_unit)
    if high is not None:
        return text("page-norm-most", locale, high=value_text(name, high, locale, unit=unit), unit=shown_unit)
    return ""


def source_text(source: str, locale: Locale, *, short: bool = False) -> str:
    """Who says so, in the reader's language where we wrote it. `short` leaves out what follows a colon."""
    shown = _own_texts(locale).get(source.strip(), source.strip())
    if shown.startswith(f"{HOUSE_RULE} ("):
        shown = text("page-house-rule", locale) + shown.removeprefix(HOUSE_RULE)
    return shown.partition(": ")[0] if short else shown


@cache
def _own_texts(locale: Locale) -> dict[str, str]:
    """Our own norms' sources and the groups they apply to, from the English that the norms hold to `locale`."""
    ids = ["norm-source-house", "norm-applies-men-reading"]
    ids += [id for info in CATALOGUE if has_text(id := f"norm-source-{info.name}", "en")]
    return {text(id, "en"): text(id, locale) for id in ids}


def verdict_text(verdict: str, locale: Locale) -> str:
    """``within`` as ``suosituksessa``."""
    return text("verdict-" + verdict.replace(" ", "-"), locale)


def norm_line(name: str, measure: MeasureDoc, locale: Locale) -> str:
    """The recommended band of a measure on a card; empty where it has none."""
    if measure.norm is None:
        return ""
    return norm_text(name, measure.norm.low, measure.norm.high, locale, unit=measure.unit)
