"""Another way to say an opening."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.finnish.negation import COUNTED
from analysis.finnish.suggestions import _RULES, suggestion_for
from analysis.types import Message, Word
from app.messages import sentence

# known answer


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("Ei se nyt valitettavasti onnistu.", "cannot"),
        ("Emme pysty siihen.", "cannot"),
        ("Ei voi palauttaa.", "cannot"),
        ("Ei ole mahdollista.", "cannot"),
        ("Ei meillä ole sitä.", "not-available"),
        ("En tiedä.", "not-known"),
        ("En ole varma.", "not-known"),
        ("Ei hätää, katsotaan.", "no-worry"),
        ("Ei se mitään.", "no-worry"),
        ("Ei se haittaa.", "no-worry"),
        ("Ei tarvitse tehdä mitään.", "no-need"),
        ("Ei kuulu meille.", "not-ours"),
        ("Ei ole tänään vapaita aikoja.", "time"),
        ("Ei ennen perjantaita.", "time"),
        ("Ei ole vielä käsitelty.", "not-yet"),
        ("Emme ole saaneet maksua.", "not-yet"),
        ("En näe sitä täältä.", "not-seen"),
        ("En kuullut nimeä.", "not-heard"),
        ("Ei se pidä paikkaansa.", "not-true"),
        ("Ei kestä.", "thanks"),
        ("Ei, lasku on auki.", "answer"),
        ("Ei.", "answer"),
        ("Ei ei, ei käy.", "cannot"),
        ("Eiku se on huomenna.", "repair"),
        ("Ei kyseinen tuote.", "default"),
    ],
)
def test_the_rule_that_fits(opening: str, name: str) -> None:
    assert suggestion_for([Word(word) for word in opening.split()]).id == f"suggestion-{name}"


@pytest.mark.parametrize("name", [*(name for name, _ in _RULES), "answer", "default"])
def test_every_suggestion_is_in_both_languages_and_the_finnish_one_opens_well(name: str) -> None:
    finnish = sentence(Message(f"suggestion-{name}"), "fi")
    assert not finnish.lower().startswith(("ei", "en ", "emme", "ette", "et "))
    assert f"“{finnish}”" in sentence(Message(f"suggestion-{name}"), "en")


@pytest.mark.parametrize("kind", sorted(COUNTED))
def test_every_class_has_its_note(kind: str) -> None:
    message = Message(f"note-opening-{kind}", {"form": "eipä"})
    assert "eipä" in sentence(message, "fi")
    assert "eipä" in sentence(message, "en")


# law


@given(st.lists(st.text(max_size=8), max_size=8))
def test_any_words_get_a_suggestion(texts: list[str]) -> None:
    assert suggestion_for([Word(text) for text in texts]).id.startswith("suggestion-")
