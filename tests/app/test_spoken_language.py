"""A call in another language than Finnish is told by its letters, before Finnish rules are held against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.types import Word
from app.wording import looks_foreign

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
ENGLISH = (
    "What is your debit card number? I would like to buy one of these and I was wondering whether you could help me "
    "with that. Certainly, which colour would you like? We have black, blue and white in stock."
)
SWEDISH = (
    "Hej och välkommen till kundtjänst, vad kan jag hjälpa dig med? Jag vill gärna fråga om min faktura som jag fick "
    "förra veckan, beloppet är fel och jag vill få det rättat innan förfallodagen."
)


def words_of(text: str) -> tuple[Word, ...]:
    return tuple(Word(word) for word in text.split())


# --- known answer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [ENGLISH, SWEDISH])
def test_another_language_looks_foreign(text: str) -> None:
    assert looks_foreign(words_of(text))


@pytest.mark.parametrize("stem", ["hyva_puhelu", "kiireinen_puhelu", "taytepuhelu", "pitka_puhelu"])
def test_finnish_does_not(stem: str) -> None:
    assert not looks_foreign(words_of((SAMPLES / f"{stem}.txt").read_text(encoding="utf-8")))


def test_a_few_letters_tell_nothing() -> None:
    assert not looks_foreign(words_of("Facebook, WhatsApp, Zoom"))
