"""Sentences are looked up, filled in and never shown half-filled."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from fluent.runtime import FluentResource
from fluent.syntax import ast
from hypothesis import given
from hypothesis import strategies as st

import app.messages
from analysis.message import Message
from app.errors import InputError, ModelMissing, PuhepeiliError, UsageError
from app.messages import LOCALES, Locale, has_text, sentence, text

FOLDER = Path(app.messages.__file__).parent / "locales"


def entries_of(locale: Locale) -> dict[str, ast.Message | ast.Term]:
    """Every entry of a catalogue, as Fluent's own parser reads the whole files."""
    found = {}
    for path in sorted((FOLDER / locale).glob("*.ftl")):
        for entry in FluentResource(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), (path.name, entry.content)
            if isinstance(entry, ast.Message | ast.Term):
                found[("-" if isinstance(entry, ast.Term) else "") + entry.id.name] = entry
    return found


# --- known answer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en", "The recording lasts 0.25 s; at least 0.5 s is needed."),
        ("fi", "Tallenteen pituus on 0,25 s; vähintään 0,5 s tarvitaan."),
    ],
)
def test_values_are_filled_in_as_the_language_writes_them(locale: Locale, shown: str) -> None:
    found = sentence(Message("error-audio-too-short", {"seconds": 0.25, "limit_s": 0.5}), locale)
    if locale == "en":
        assert found == shown
    else:
        assert "0,25 s" in found
        assert "0,5 s" in found
        assert "0.25" not in found


def test_what_a_value_holds_is_shown_and_never_read() -> None:
    """A name with braces is a name, not a pattern; nor do marks of direction creep in."""
    shown = text("error-supplied-missing", "en", name="{ $limit } -term {error-audio-empty}")
    assert shown == "There is no file { $limit } -term {error-audio-empty}."
    assert "⁨" not in shown


@pytest.mark.parametrize("locale", LOCALES)
def test_an_unknown_text_or_a_missing_value_is_an_error(locale: Locale) -> None:
    with pytest.raises(KeyError, match="no text named 'no-such'"):
        text("no-such", locale)
    with pytest.raises(KeyError, match=r"no text named 'error-audio-empty\.no-such'"):
        text("error-audio-empty.no-such", locale)
    with pytest.raises(KeyError, match="error-supplied-missing"):
        text("error-supplied-missing", locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_has_text_knows_messages_and_attributes(locale: Locale) -> None:
    assert has_text("error-audio-empty", locale)
    assert not has_text("error-audio-empty.no-such", locale)
    assert not has_text("error-audio", locale)
    assert not has_text("", locale)


def test_an_error_is_its_english_sentence_and_keeps_its_values() -> None:
    problem = InputError("error-one-channel-only", asked="right")
    assert str(problem) == "The recording has one channel, so the agent cannot be on the right."
    assert (problem.message.id, problem.message.args) == ("error-one-channel-only", {"asked": "right"})
    codes = [error.exit_code for error in (PuhepeiliError, UsageError, InputError, ModelMissing)]
    assert codes == [1, 2, 3, 4]


# --- against others: Fluent's own reading of whole files --------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
def test_every_entry_of_the_files_is_found(locale: Locale) -> None:
    names = [name for name in entries_of(locale) if not name.startswith("-")]
    assert len(names) > 300
    assert [name for name in names if not has_text(name, locale)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_attributes_are_found_as_well(locale: Locale) -> None:
    pairs = [f"{n}.{a.id.name}" for n, entry in entries_of(locale).items() for a in entry.attributes]
    assert pairs
    assert [pair for pair in pairs if not pair.startswith("-") and not has_text(pair, locale)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_parsed_on_demand_says_what_the_whole_file_says(locale: Locale) -> None:
    """Every text without values, and every text that refers to another."""
    from fluent.runtime import FluentBundle

    bundle = FluentBundle([locale], use_isolating=False)
    for path in sorted((FOLDER / locale).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    compared = 0
    for name in entries_of(locale):
        if name.startswith("-") or bundle.get_message(name).value is None:
            continue
        shown, problems = bundle.format_pattern(bundle.get_message(name).value, {})
        if not problems:
            assert text(name, locale) == shown, name
            compared += 1
    assert compared > 150


def test_a_text_that_refers_to_others_brings_them_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    source = {
        "greeting": "greeting = { -brand }: { other } { deep.title }\n",
        "-brand": "-brand = Puhepeili\n",
        "other": "other = hei { deep }\n",
        "deep": "deep = taas\n    .title = Otsikko\n",
    }
    monkeypatch.setattr("app.messages._entries", lambda _locale: source)
    catalogue = app.messages._Catalogue("fi")
    assert catalogue.shown(catalogue.message("greeting").value, {}) == ("Puhepeili: hei taas Otsikko", [])


@pytest.mark.parametrize("number", [1e15, 1e27, 1e308, 10**40])
def test_a_number_of_any_size_can_be_shown(number: float) -> None:
    shown = text("error-transcript-too-long", "en", end=number, duration=3.0)
    assert f"it ends at {int(Decimal(str(number))):,} s, and the recording lasts 3 s" in shown


# --- law --------------------------------------------------------------------------------------------------------------


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.sampled_from(LOCALES))
def test_any_name_is_shown_as_it_is(name: str, locale: Locale) -> None:
    assert name in text("error-supplied-missing", locale, name=name)
