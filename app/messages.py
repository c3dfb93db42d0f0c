"""Sentences for people: looks a message up in the Fluent catalogues and fills in its values."""

from __future__ import annotations

import decimal
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

from analysis.message import Message

Locale = Literal["fi", "en"]
LOCALES: tuple[Locale, ...] = ("fi", "en")


_DIGITS = 400
"""More than the largest float has; with the usual 28, a number that is larger than that cannot be written out."""
_ENTRY = re.compile(r"^(?=-?[a-zA-Z][\w-]* *=)", re.MULTILINE)
_REFERENCE = re.compile(r"\{\s*(-?[a-zA-Z][\w-]*)(?:\.[\w-]+)?\s*\}")


@cache
def _entries(locale: Locale) -> dict[str, str]:
    """Source of every message and term by its name; none of it parsed yet."""
    found: dict[str, str] = {}
    for path in sorted((Path(__file__).parent / "locales" / locale).glob("*.ftl")):
        for entry in _ENTRY.split(path.read_text(encoding="utf-8")):
            name = entry.partition("=")[0].strip()
            if name and not name.startswith("#"):
                found[name] = entry
    return found


class _Catalogue:
    """Messages of one language, each parsed when it is first shown: parsing all of them takes half a second."""

    def __init__(self, locale: Locale) -> None:
        from fluent.runtime import FluentBundle

        self._bundle = FluentBundle([locale], use_isolating=False)
        self._source = _entries(locale)
        self._parsed: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._source

    def message(self, name: str) -> Any:
        """The message, parsed with all that it refers to."""
        self._parse(name)
        return self._bundle.get_message(name)

    def shown(self, pattern: Any, args: dict[str, str | int | float]) -> tuple[str, list[Exception]]:
        """The pattern with its values, and what went wrong."""
        with decimal.localcontext() as context:
            context.prec = _DIGITS
            text, problems = self._bundle.format_pattern(pattern, args)
        return str(text), problems

    def _parse(self, name: str) -> None:
        from fluent.runtime import FluentResource

        if name in self._parsed or name not in self._source:
            return
        self._parsed.add(name)
        for reference in _REFERENCE.findall(self._source[name]):
            self._parse(reference)
        self._bundle.add_resource(FluentResource(self._source[name]))


@cache
def _catalogue(locale: Locale) -> _Catalogue:
    return _Catalogue(locale)


def sentence(message: Message, locale: Locale) -> str:
    """Text of `message` in `locale`.

    Raises
    ------
    KeyError
        If no catalogue has the message, or a value that it shows is missing.
    """
    return text(message.id, locale, **dict(message.args))


def text(id: str, locale: Locale, **args: str | int | float) -> str:
    """Text named `id` in `locale`; ``name.attribute`` names an attribute of a message.

    Raises
    ------
    KeyError
        If no catalogue has it, or a value that it shows is missing.
    """
    catalogue = _catalogue(locale)
    name, _, attribute = id.partition(".")
    if name not in catalogue:
        raise KeyError(f"no text named {id!r} in {locale}")
    found = catalogue.message(name)
    pattern = found.attributes.get(attribute) if attribute else found.value
    if pattern is None:
        raise KeyError(f"no text named {id!r} in {locale}")
    shown, problems = catalogue.shown(pattern, args)
    if problems:
        raise KeyError(f"text {id!r} in {locale}: {problems[0]}")
    return shown


def has_text(id: str, locale: Locale) -> bool:
    """Whether the catalogue of `locale` has a text named `id`."""
    catalogue = _catalogue(locale)
    name, _, attribute = id.partition(".")
    if name not in catalogue:
        return False
    return not attribute or attribute in catalogue.message(name).attributes
