"""The scorecard's JSON is the one that the contract promises, whatever was scored."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from analysis.catalogue import CATALOGUE
from app.document import ScorecardDoc
from tests.fakes import STEMS

TOP = [
    "scorecard_version",
    "recording",
    "engine",
    "transcript",
    "measures",
    "strengths",
    "focus",
    "timeline",
]
PROMISED = {
    "recording": "duration_s sample_rate_hz channels agent_channel codec bandwidth_hz snr_db clipped_ratio warnings",
    "engine": "version asr_model asr_compute language standard",
    "transcript": "source reliability words",
    "timeline": "speech pauses f0 level_db",
}
WORD = "text start end probability role"
MEASURE = "value unit verdict reason norm baseline typical_error confidence evidence"
EVIDENCE = "start end text note"
CORE_UNITS = {
    "articulation_rate": "syll/s",
    "speech_rate": "syll/s",
    "tempo_variation": "%",
    "phonation_time": "s",
    "pause_rate": "1/min",
    "mean_pause_duration": "s",
    "pause_ratio": "ratio",
    "longest_pause": "s",
    "f0_median": "Hz",
    "f0_range": "st",
    "f0_sd": "st",
    "f0_shift": "st",
    "speech_level": "dBFS",
    "level_range": "dB",
    "filled_pause_rate": "1/min",
    "filler_word_rate": "1/100 words",
    "ei_openings": "count",
    "negative_openings": "count",
}
VERDICTS = {"below", "within", "above", "not measured", "info"}


def parsed(card: ScorecardDoc) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(card.to_json(), parse_constant=lambda name: pytest.fail(f"{name} in JSON"))
    return document


def assert_contract(document: dict[str, Any]) -> None:
    """All that callers may rely on."""
    assert list(document) == TOP
    assert document["scorecard_version"] == "1"
    for part, names in PROMISED.items():
        assert set(names.split()) <= set(document[part]), part
    assert all(set(WORD.split()) <= set(word) for word in document["transcript"]["words"])
    measures = document["measures"]
    assert {name: measures[name]["unit"] for name in CORE_UNITS} == CORE_UNITS
    for name, measure in measures.items():
        assert set(MEASURE.split()) <= set(measure), name
        assert measure["verdict"] in VERDICTS, name
        assert (measure["value"] is None) == (measure["reason"] is not None), name
        assert (measure["value"] is None) == (measure["verdict"] == "not measured"), name
        assert measure["norm"] is not None or measure["verdict"] in ("info", "not measured"), name
        assert measure["confidence"] in ("good", "fair", "poor"), name
        assert all(set(EVIDENCE.split()) <= set(piece) for piece in measure["evidence"]), name
    for strength in document["strengths"]:
        assert {"measure", "text"} <= set(strength)
        assert strength["measure"] in measures
        assert strength["text"]
    focus = document["focus"]
    if focus is not None:
        assert {"measure", "text", "try", "listen"} <= set(focus)
        assert "try_" not in focus
        assert focus["measure"] in measures
        assert focus["text"]
        assert focus["try"]


# --- known answer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stem", STEMS)
def test_every_card_keeps_the_contract(cards: dict[str, ScorecardDoc], stem: str) -> None:
    assert_contract(parsed(cards[stem]))


def test_a_card_has_every_measure_of_the_catalogue_in_its_order(cards: dict[str, ScorecardDoc]) -> None:
    for card in cards.values():
        assert list(card.measures) == [info.name for info in CATALOGUE]


def test_values_of_a_card_with_a_norm_stand_where_their_verdict_says(cards: dict[str, ScorecardDoc]) -> None:
    seen = set()
    for card in cards.values():
        for name, measure in card.measures.items():
            if measure.value is None or measure.norm is None:
                continue
            decimals = next(info.decimals for info in CATALOGUE if info.name == name)
            shown = round(measure.value, decimals)
            low, high = measure.norm.low, measure.norm.high
            expected = (
                "below"
                if low is not None and shown < low
                else "above"
                if high is not None and shown > high
                else "within"
            )
            assert measure.verdict == expected, (card.recording.name, name)
            seen.add(measure.verdict)
    assert seen >= {"within", "above", "below"}


def test_values_keep_two_decimals_more_than_are_shown(cards: dict[str, ScorecardDoc]) -> None:
    for info in CATALOGUE:
        values = [card.measures[info.name].value for card in cards.values()]
        assert values == [None if value is None else round(value, info.decimals + 2) for value in values]
    fine = [card.measures["articulation_rate"].value for card in cards.values()]
    assert [value for value in fine if value is not None and value != round(value, 2)]


def test_focus_is_the_one_thing_and_its_try_is_told(cards: dict[str, ScorecardDoc]) -> None:
    focus = parsed(cards["taytepuhelu"])["focus"]
    assert focus["measure"] in ("ei_openings", "filled_pause_rate", "filler_word_rate")
    assert focus["listen"]
    assert all(place["end"] > place["start"] >= 0 for place in focus["listen"])
    assert parsed(cards["hyva_puhelu"])["focus"] is None


# --- law --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stem", STEMS)
def test_what_is_written_is_what_is_read(cards: dict[str, ScorecardDoc], stem: str) -> None:
    text = cards[stem].to_json()
    again = ScorecardDoc.model_validate_json(text)
    assert again == cards[stem]
    assert again.to_json() == text


@pytest.mark.parametrize("stem", STEMS)
def test_counted_measures_list_each_thing_that_they_count(cards: dict[str, ScorecardDoc], stem: str) -> None:
    card, measures = cards[stem], cards[stem].measures
    pauses = card.timeline.pauses
    turn_minutes = (sum(b - a for a, b in card.timeline.speech) + sum(b - a for a, b in pauses)) / 60
    places = [(piece.start, piece.end) for piece in measures["pause_rate"].evidence]
    assert places == pauses
    assert measures["pause_rate"].value == pytest.approx(len(pauses) / turn_minutes, abs=0.001)
    fillers = measures["filled_pause_rate"]
    assert fillers.value == pytest.approx(len(fillers.evidence) / turn_minutes, abs=0.001)
    words = sum(word.role == "agent" for word in card.transcript.words)
    particles = measures["filler_word_rate"]
    assert particles.value == pytest.approx(100 * len(particles.evidence) / words, abs=0.001)
    for name in ("ei_openings", "negative_openings"):
        assert measures[name].value == len(measures[name].evidence)
    for name in ("pause_rate", "filled_pause_rate", "filler_word_rate", "ei_openings", "negative_openings"):
        starts = [piece.start for piece in measures[name].evidence]
        assert starts == sorted(set(starts)), name


@pytest.mark.parametrize("stem", STEMS)
def test_all_times_lie_inside_the_recording(cards: dict[str, ScorecardDoc], stem: str) -> None:
    card = cards[stem]
    end = card.recording.duration_s
    pairs = [*card.timeline.speech, *card.timeline.pauses, *card.timeline.customer_speech, *card.timeline.creak]
    pairs += [(w.start, w.end) for w in card.transcript.words if w.start is not None and w.end is not None]
    pairs += [
        (piece.start, piece.end)
        for measure in card.measures.values()
        for piece in measure.evidence
        if piece.start is not None and piece.end is not None
    ]
    assert len(pairs) > 100
    assert all(0 <= first <= last <= end + 0.02 for first, last in pairs)
    assert len(card.timeline.f0.hz) * card.timeline.f0.step_s == pytest.approx(end, abs=0.05)
    assert len(card.timeline.level_db.db) * card.timeline.level_db.step_s == pytest.approx(end, abs=0.2)
    assert card.timeline.waveform is not None
    assert len(card.timeline.waveform.peak) * card.timeline.waveform.step_s == pytest.approx(end, abs=0.01)


@pytest.mark.parametrize("part", ["", "recording", "transcript", "timeline"])
def test_a_misspelt_field_is_refused(cards: dict[str, ScorecardDoc], part: str) -> None:
    document = parsed(cards["kiireinen_puhelu"])
    (document[part] if part else document)["verdikt"] = 1
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        ScorecardDoc.model_validate(document)
