"""A stored scorecard held against another standard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.catalogue import BY_NAME
from analysis.norms import DEFAULT_NORMS
from analysis.types import Norm
from app.document import ScorecardDoc
from app.rescoring import OWN_FILLERS, rescore_call, rescored
from app.standards import FillerWords, Standard, read_standard
from app.store import progress
from app.store.engine import Store, open_store
from app.store.migrate import migrate
from app.store.scorecards import NewScorecard, scorecard_for_work, trend
from app.views.localise import localised
from tests.app.store.people import NOON, later, people
from tests.app.views.fake_card import fake_card


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'calls.db'}"
    migrate(url)
    opened = open_store(url)
    yield opened
    opened.close()


def standard_with(name: str = "talo", **norms: tuple[float | None, float | None]) -> Standard:
    """A standard with these norms over the default ones."""
    default = {norm.measure: norm for norm in DEFAULT_NORMS}
    own = {name: Norm(name, low, high, BY_NAME[name].unit, "oma") for name, (low, high) in norms.items()}
    return Standard(name, 2, default | own)


# --- known answer -----------------------------------------------------------------------------------------------------


def test_a_new_norm_gives_a_new_verdict_and_focus() -> None:
    card = localised(fake_card(), "fi")
    rate = card.measures["articulation_rate"].value
    assert rate is not None
    found = rescored(card, standard_with(articulation_rate=(None, rate - 2.0), ei_openings=(None, 50.0)))
    measure = found.measures["articulation_rate"]
    assert (card.measures["articulation_rate"].verdict, measure.verdict) == ("within", "above")
    assert measure.norm is not None
    assert (measure.norm.high, measure.norm.source) == (rate - 2.0, "oma")
    assert found.engine.standard == "talo@2"
    assert found.focus is not None
    assert (found.focus.measure, found.focus.message.id) == ("articulation_rate", "focus-articulation_rate-above")
    assert found.focus.text != ""
    assert "articulation_rate" not in {strength.measure for strength in found.strengths}


def test_a_norm_that_is_switched_off() -> None:
    default = {norm.measure: norm for norm in DEFAULT_NORMS if norm.measure != "articulation_rate"}
    measure = rescored(fake_card(), Standard("ilman", 1, default)).measures["articulation_rate"]
    assert (measure.verdict, measure.norm) == ("info", None)


def test_filler_words_of_the_new_standard_are_warned_of_once() -> None:
    own = replace(standard_with("sanat"), fillers=FillerWords(particles=("niinku",)))
    once = rescored(fake_card(), own)
    assert [warning.id for warning in once.recording.warning_messages].count(OWN_FILLERS) == 1
    assert any("sanat@2" in text for text in once.recording.warnings)
    other = replace(own, name="muut")
    twice = rescored(rescored(fake_card(), own), other)
    assert [warning.args for warning in twice.recording.warning_messages if warning.id == OWN_FILLERS] == [
        {"standard": "muut@2"}
    ]
    assert OWN_FILLERS not in {warning.id for warning in rescored(once, standard_with()).recording.warning_messages}


def test_a_stored_card_is_replaced(store: Store) -> None:
    card = localised(fake_card(), "fi")
    with store.write() as session:
        them = people(session)
        call = them.call(session)
        attempt = progress.start(session, call.id, NOON)
        kept = NewScorecard(card.to_json(), "0.0.9", "small", "default@1", {"pause_rate": 1.0})
        progress.succeed(session, call.id, kept, NOON, attempt=attempt)
    assert rescore_call(store, call.id, standard_with(pause_rate=(100.0, None)), now=later(60))
    with store.read() as session:
        found = scorecard_for_work(session, call.id)
        points = trend(session, them.aino, "aino", "pause_rate")
    assert found is not None
    assert (found.standard, found.engine_version, found.asr_model) == ("talo@2", "0.0.9", "small")
    document = ScorecardDoc.model_validate_json(found.document)
    assert document.measures["pause_rate"].verdict == "below"
    assert [point.value for point in points] == [document.measures["pause_rate"].value]


def test_a_call_without_a_card(store: Store) -> None:
    with store.write() as session:
        call = people(session).call(session)
    assert rescore_call(store, call.id, standard_with()) is False
    assert rescore_call(store, "none", standard_with()) is False


# --- law --------------------------------------------------------------------------------------------------------------


def test_the_same_standard_gives_the_same_card(cards: dict[str, ScorecardDoc]) -> None:
    for card in cards.values():
        assert rescored(card, read_standard(None)) == card


def test_there_and_back_is_where_it_began(cards: dict[str, ScorecardDoc]) -> None:
    strict = standard_with(articulation_rate=(9.0, 9.5), pause_rate=(None, 0.1), longest_pause=(None, 0.1))
    for card in cards.values():
        away = rescored(card, strict)
        assert away.measures["articulation_rate"].verdict == "below"
        assert rescored(away, read_standard(None)) == card


def test_values_evidence_words_and_timeline_stay(cards: dict[str, ScorecardDoc]) -> None:
    for card in cards.values():
        found = rescored(card, standard_with(f0_range=(50.0, None)))
        assert (found.transcript, found.timeline) == (card.transcript, card.timeline)
        for name, measure in card.measures.items():
            assert (found.measures[name].value, found.measures[name].evidence) == (measure.value, measure.evidence)
