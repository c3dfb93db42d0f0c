"""A scorecard without the personal numbers that were said in its call."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.types import Segment
from app.document import EvidenceDoc, ScorecardDoc, Text, WordDoc
from app.privacy import kept_scorecard, redacted_document
from app.privacy.masked import MaskedStretches
from app.store.engine import Store
from app.store.organisations import change_organisation
from app.views.localise import localised
from tests.app.store.people import people
from tests.app.views.fake_card import fake_card

Said = tuple[str, str]


def card_of(
    *turns: Said, evidence: tuple[EvidenceDoc, ...] = (), timed: bool = True, **changes: object
) -> ScorecardDoc:
    """A card whose transcript is `turns`, each word a second long."""
    words, now = [], 0.0
    for role, text in turns:
        for word in text.split():
            times = {"start": now, "end": now + 0.8} if timed else {}
            words.append(WordDoc(text=word, role=role, **times))  # type: ignore[arg-type]
            now += 1.0
    card = fake_card()
    measures = dict(card.measures)
    measures["ei_openings"] = measures["ei_openings"].model_copy(update={"evidence": list(evidence)})
    transcript = card.transcript.model_copy(update={"words": words})
    return card.model_copy(update={"transcript": transcript, "measures": measures, **changes})


def said(card: ScorecardDoc) -> list[Said]:
    """Who says what, word by word."""
    return [(word.role, word.text) for word in card.transcript.words]


# --- known answer -----------------------------------------------------------------------------------------------------


def test_a_number_becomes_one_word_with_its_time() -> None:
    found = redacted_document(card_of(("customer", "se on nolla neljä nolla yksi kaksi kolme neljä viisi joo")))
    assert [word.text for word in found.transcript.words] == ["se", "on", "[puhelinnumero]", "joo"]
    assert (found.transcript.words[2].start, found.transcript.words[2].end) == (2.0, 9.8)


def test_a_number_in_groups_with_a_word_of_the_agent_between() -> None:
    found = redacted_document(
        card_of(
            ("customer", "nolla neljä nolla"),
            ("agent", "joo"),
            ("customer", "yksi kaksi kolme"),
            ("agent", "yksi kaksi kolme joo"),
            ("customer", "neljä viisi kuusi seitsemän kiitos"),
        )
    )
    assert said(found) == [
        ("customer", "[puhelinnumero]"),
        ("agent", "joo"),
        ("customer", "[puhelinnumero]"),
        *(("agent", word) for word in ["yksi", "kaksi", "kolme", "joo"]),
        ("customer", "[puhelinnumero]"),
        ("customer", "kiitos"),
    ]


def test_answers_to_one_question_after_another_are_no_number() -> None:
    turns = [
        turn
        for answer in ("kahdeksan", "yhdeksän", "viisi", "kuusi", "seitsemän", "kahdeksan")
        for turn in (("agent", "entä kuinka todennäköisesti suosittelisit meitä"), ("customer", answer))
    ]
    card = card_of(*turns)
    assert said(redacted_document(card)) == said(card)


def test_what_the_agent_asks_for_counts_in_the_answer() -> None:
    found = redacted_document(
        card_of(("agent", "saisinko vielä henkilötunnuksen loppuosan"), ("customer", "kolme nolla kahdeksan tee"))
    )
    assert said(found)[-1] == ("customer", "[henkilötunnus]")


def test_evidence_quotes_no_part_of_a_number() -> None:
    found = redacted_document(
        card_of(
            ("agent", "ei se ole nolla neljä nolla yksi kaksi kolme neljä viisi vaan muu ei kolme kappaletta"),
            evidence=(
                EvidenceDoc(start=0.0, end=6.0, text="ei se ole nolla neljä nolla"),
                EvidenceDoc(start=3.0, end=5.0, text="nolla neljä", note="vanha huomio 040 1234567"),
                EvidenceDoc(start=13.0, end=16.0, text="ei kolme kappaletta"),
                EvidenceDoc(
                    start=0.0,
                    end=6.0,
                    text="ei 131052-308T",
                    suggestion_message=Text(id="suggestion-none-here", args={"sentence": "ei 131052-308T", "n": 2}),
                    suggestion="ei 131052-308T",
                ),
            ),
        )
    )
    evidence = found.measures["ei_openings"].evidence
    assert [piece.text for piece in evidence] == [
        "ei se ole [numero]",
        "[numero]",
        "ei kolme kappaletta",
        "ei [henkilötunnus]",
    ]
    assert evidence[1].note == "vanha huomio [puhelinnumero]"
    assert evidence[3].suggestion_message is not None
    assert evidence[3].suggestion_message.args == {"sentence": "ei [henkilötunnus]", "n": 2}
    assert [(piece.start, piece.end) for piece in evidence] == [(0.0, 6.0), (3.0, 5.0), (13.0, 16.0), (0.0, 6.0)]


def test_without_times_evidence_quotes_no_digits_once_a_number_was_said() -> None:
    piece = EvidenceDoc(text="ei se ole nolla neljä")
    with_number = card_of(("agent", "ei se ole 040 1234567"), evidence=(piece,), timed=False)
    without = card_of(("agent", "ei se ole nolla neljä"), evidence=(piece,), timed=False)
    assert redacted_document(with_number).measures["ei_openings"].evidence[0].text == "ei se ole [numero]"
    assert redacted_document(without).measures["ei_openings"].evidence[0].text == piece.text


def test_the_file_s_name_is_seen_to() -> None:
    assert redacted_document(fake_card(name="0401234567_puhelu.wav")).recording.name == "[puhelinnumero]_puhelu.wav"


def test_an_organisation_may_keep_all(store: Store) -> None:
    card = card_of(("agent", "soita 040 1234567"))
    with store.write() as session:
        them = people(session)
        call = them.call(session)
    assert '"[puhelinnumero]"' in kept_scorecard(store, call, card.to_json())
    with store.write() as session:
        change_organisation(session, them.organisation_id, redact=False)
    assert kept_scorecard(store, call, card.to_json()) == card.to_json()


# --- law --------------------------------------------------------------------------------------------------------------


def test_a_call_without_personal_numbers_is_left_as_it_is(cards: dict[str, ScorecardDoc]) -> None:
    for card in (*cards.values(), localised(fake_card(), "fi")):
        assert redacted_document(card).model_dump(exclude={"transcript"}) == card.model_dump(exclude={"transcript"})
        kept = [word for word in redacted_document(card).transcript.words if not word.text.startswith("[")]
        assert set(map(str, kept)) <= set(map(str, card.transcript.words))


def test_a_second_time_changes_nothing() -> None:
    once = redacted_document(card_of(("customer", "131052-308T ja 040 1234567"), ("agent", "ei, 0401234567")))
    assert redacted_document(once) == once


@pytest.mark.parametrize("role", ["agent", "customer"])
def test_nothing_of_a_number_is_left_in_the_json(role: str) -> None:
    found = redacted_document(card_of((role, "soita 050 7654321 tai FI21 1234 5600 0007 85 tai 131052-308T")))
    assert re.search(r"7654321|5600|131052|308T", found.to_json()) is None


def test_times_of_day_and_dates_of_the_sample_calls_stay() -> None:
    text = "tulemme 15.3.2026 klo 12.30 ja se maksaa 1 250,00 euroa"
    assert [word for _, word in said(redacted_document(card_of(("agent", text))))] == text.split()


# --- law --------------------------------------------------------------------------------------------------------------

moments = st.one_of(st.none(), st.sampled_from([0.0, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 9.0]))
stretches = st.builds(
    lambda start, length: Segment(start, start + length), st.integers(0, 8), st.sampled_from([0, 1, 3])
)


@given(moments, moments, st.lists(st.one_of(stretches, stretches, st.none()), max_size=8))
@example(None, None, [])
@example(2.0, 2.0, [Segment(1, 2), Segment(2, 3)])
def test_a_stretch_is_found_as_by_looking_at_every_mask(
    start: float | None, end: float | None, masked: list[Segment | None]
) -> None:
    by_hand = any(
        start is None or end is None or one is None or (start < one.end and one.start < end) for one in masked
    )
    assert MaskedStretches.of(masked).within(start, end) is by_hand


def test_long_calls_full_of_numbers_are_redacted_in_time() -> None:
    turns = [("agent", "soita 0401234567 joo")] * 6000
    evidence = tuple(EvidenceDoc(start=float(at), end=at + 0.5) for at in range(18_000))
    card = card_of(*turns, evidence=evidence)
    began = time.process_time()
    found = redacted_document(card)
    assert time.process_time() - began < 6.0, "looking at every number for every piece of evidence takes 14 s"
    assert sum(word.text == "[puhelinnumero]" for word in found.transcript.words) == 6000
