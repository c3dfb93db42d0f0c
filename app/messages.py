"""Sentences for people: looks a message up in the Fluent catalogues and fills in its values."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from analysis.message import Message

Locale = Literal["fi", "en"]
LOCALES: tuple[Locale, ...] = ("fi", "en")


@cache
def _bundle(locale: Locale):  # type: ignore[no-untyped-def]  # fluent.runtime is untyped
    from fluent.runtime import FluentBundle, FluentResource

    bundle = FluentBundle([locale], use_isolating=False)
    for path in sorted((Path(__file__).parent / "locales" / locale).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


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
    bundle = _bundle(locale)
    name, _, attribute = id.partition(".")
    if not bundle.has_message(name):
        raise KeyError(f"no text named {id!r} in {locale}")
    found = bundle.get_message(name)
    pattern = found.attributes.get(attribute) if attribute else found.value
    if pattern is None:
        raise KeyError(f"no text named {id!r} in {locale}")
    shown, problems = bundle.format_pattern(pattern, args)
    if problems:
        raise KeyError(f"text {id!r} in {locale}: {problems[0]}")
    return str(shown)


def has_text(id: str, locale: Locale) -> bool:
    """Whether the catalogue of `locale` has a text named `id`."""
    bundle = _bundle(locale)
    name, _, attribute = id.partition(".")
    if not bundle.has_message(name):
        return False
    return not attribute or attribute in bundle.get_message(name).attributes
