"""The texts: both languages say the same things, and nothing is said about more than the voice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, VariableReference
from fluent.syntax.visitor import Visitor

import app.messages
from analysis.catalogue import CATALOGUE
from analysis.feedback import FOCUS_WEIGHTS, STRENGTH_ORDER
from app.messages import LOCALES, has_text, text

APP = Path(app.messages.__file__).parent
FORBIDDEN = re.compile(
    # "ei tunneta" and "ei tunne" are forms of knowing, and say nothing of anyone's feelings.
    r"(?<!ei )\btunne\b|tunnetila|tunneäly|tunnesävy|\btunte(et|ita|iden|ista|en)\b|mieliala|persoona|emotion|mood"
    r"|personality|sentiment"
)
OWN_FILES = ("measures", "scorecard", "feedback", "reasons", "notes")


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802 — the parser's name
        self.names.add(node.id.name)


def entries(path: Path) -> list[tuple[str, frozenset[str]]]:
    """Ids of the texts in a file (attributes as ``id.name``) with the values that each shows."""
    found = []
    for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
        assert not isinstance(entry, Junk), f"{path.name}: {entry.content}"
        if isinstance(entry, Message):
            parts = [
                (entry.id.name, entry.value),
                *((f"{entry.id.name}.{a.id.name}", a.value) for a in entry.attributes),
            ]
            for name, pattern in parts:
                variables = _Variables()
                variables.visit(pattern)
                found.append((name, frozenset(variables.names)))
    return found


# --- known answer ---


@pytest.mark.parametrize("name", OWN_FILES)
def test_both_languages_have_the_same_texts_with_the_same_values(name: str) -> None:
    finnish, english = (dict(entries(APP / "locales" / locale / f"{name}.ftl")) for locale in LOCALES)
    assert finnish == english
    assert finnish


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_is_defined_twice(locale: str) -> None:
    counts = Counter(name for path in (APP / "locales" / locale).glob("*.ftl") for name, _ in entries(path))
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("info", CATALOGUE, ids=lambda info: info.name)
def test_every_measure_has_its_texts(info, locale) -> None:
    for part in ("", ".meaning", ".unit", ".how"):
        assert text(f"measure-{info.name}{part}", locale)
    assert has_text(f"group-{info.group}", locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_piece_of_advice_has_its_texts(locale) -> None:
    for name in STRENGTH_ORDER:
        assert text(f"strength-{name}", locale, value=0.0)
        assert text(f"strength-{name}", locale, value=3.4)
    for name, side in FOCUS_WEIGHTS:
        assert text(f"focus-{name}-{side}", locale, value=3.4, bound=2.0)
        assert text(f"try-{name}-{side}", locale)


def test_numbers_are_written_as_finnish_writes_them() -> None:
    assert text("reason-too-little-speech", "fi", seconds=2.25, needed=5) == (
        "Puhetta on vain 2,2 s; luotettavaan tulokseen tarvitaan vähintään 5 s."
    )
    assert "18 %" in text("strength-pause_ratio", "fi", value=0.18).replace("\xa0", " ")


def test_nothing_is_told_of_more_than_the_voice() -> None:
    files = [*APP.glob("locales/*/*.ftl"), *APP.glob("templates/*"), *APP.glob("views/*.py")]
    assert len(files) > 15
    hits = [(path.name, FORBIDDEN.findall(path.read_text(encoding="utf-8").casefold())) for path in files]
    assert [hit for hit in hits if hit[1]] == []
    assert FORBIDDEN.search("tunne näkyy äänestä")


def test_templates_name_no_text_that_is_missing() -> None:
    used = set(re.findall(r't\("([a-z-]+)"', (APP / "templates" / "scorecard.html.j2").read_text(encoding="utf-8")))
    used |= set(re.findall(r"t\('([a-z-]+)'", (APP / "templates" / "scorecard.html.j2").read_text(encoding="utf-8")))
    whole = {name for name in used if not name.endswith("-")}
    assert len(whole) > 30
    assert [name for name in sorted(whole) if not has_text(name, "fi")] == []
