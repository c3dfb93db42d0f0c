"""A stored scorecard can be shown in either language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document import RecordingDoc, ScorecardDoc, Text
from app.views.localise import localised
from tests.app.views.fake_card import fake_card

CARD = fake_card()

# --- known answer ---


def test_every_sentence_is_filled_in_finnish() -> None:
    card = localised(fake_card(), "fi")
    assert card.strengths[0].text == "Puheesi tempo on hyvä: 5,1 tavua sekunnissa. Tahti jättää kuulijalle aikaa."
    assert card.focus is not None
    assert card.focus.text == "Aloitit 2 virkettä sanalla ei. Alku jää kuulijan mieleen."
    assert card.focus.try_.startswith("Kuuntele kohdat ja kirjoita jokaiselle uusi alku")
    assert card.measures["f0_shift"].reason == "Omaa perustasoa ei ole vielä. Se syntyy aiemmista puheluista."
    assert card.measures["phrase_end_drop"].evidence[0].note == "Ääni hiljenee loppua kohti 7 dB."
    assert card.recording.warnings[0].startswith("Asiakaspalvelijan kanavaa ei kerrottu. Se pääteltiin: vasen.")
    assert (card.transcript.reliability_note or "").startswith("Teksti on pienen puheentunnistusmallin tekemä")
    assert card.engine.locale == "fi"


def test_the_document_given_is_left_as_it_is() -> None:
    card = fake_card()
    before = card.to_json()
    localised(card, "en")
    assert card.to_json() == before


def test_a_sentence_without_a_catalogue_entry_keeps_its_stored_wording() -> None:
    card = fake_card()
    recording = card.recording.model_copy(
        update={"warnings": ["Vanha varoitus."], "warning_messages": [Text(id="warning-of-an-older-version")]}
    )
    assert localised(card.model_copy(update={"recording": recording}), "en").recording.warnings == ["Vanha varoitus."]


def test_a_sentence_that_nobody_knows_fails() -> None:
    recording = fake_card().recording.model_copy(update={"warning_messages": [Text(id="warning-unheard-of")]})
    with pytest.raises(KeyError, match="warning-unheard-of"):
        localised(fake_card().model_copy(update={"recording": recording}), "fi")


def test_warnings_stored_as_wording_alone_stay() -> None:
    recording = RecordingDoc.model_validate(
        {**fake_card().recording.model_dump(), "warnings": ["Vain sanoina."], "warning_messages": []}
    )
    assert localised(fake_card().model_copy(update={"recording": recording}), "en").recording.warnings == [
        "Vain sanoina."
    ]


# --- law ---


@given(st.lists(st.sampled_from(["fi", "en"]), min_size=1, max_size=4))
def test_the_last_language_wins(path) -> None:
    card = CARD
    for locale in path:
        card = localised(card, locale)
    assert card == localised(CARD, path[-1])


@pytest.mark.parametrize("locale", ["fi", "en"])
def test_json_round_trip(locale) -> None:
    card = localised(fake_card(), locale)
    again = ScorecardDoc.model_validate_json(card.to_json())
    assert again == card
    assert '"try":' in card.to_json()
