"""What the agent says: from the recogniser or from the caller, in turns, with how far it can be trusted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.audio.decode import decode
from app.audio.spool import Spool
from app.channels import Sides, sides_of
from app.errors import InputError, ModelMissing
from app.scoring import ScoreOptions, score_file
from app.settings import settings
from app.standards import read_standard
from app.wording import (
    UNSURE_BELOW,
    Wording,
    lexicon_for,
    no_wording,
    recognised_wording,
    supplied_wording,
)
from models.errors import ModelsError
from samples.alaw import write_alaw
from tests.fakes import SAMPLES, FakeWhisper, channels_of, said

Hear = Callable[..., Wording]
HEARD = (
    ("Hyvää", 0.4, 0.7),
    ("huomenta,", 0.7, 1.3),
    ("öö", 1.4, 1.6),
    ("Maria", 4.1, 4.4),
    ("puhelimessa.", 4.4, 5.2),
)


@pytest.fixture(scope="module")
def spool(short_call: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spool]:
    with decode(short_call, tmp_path_factory.mktemp("spool")) as spool:
        yield spool


@pytest.fixture(scope="module")
def sides(spool: Spool) -> Sides:
    return sides_of(spool, "left")


@pytest.fixture
def hear(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> Hear:
    """What a model that says what it is told makes of the short call."""

    def heard(model: FakeWhisper, options: ScoreOptions | None = None, shares: list[float] | None = None) -> Wording:
        monkeypatch.setattr("app.wording._model", lambda _options: model)
        told = (lambda _share: None) if shares is None else shares.append
        return recognised_wording(sides, options or ScoreOptions(), read_standard(None), told)

    return heard


def model_of(probability: float, language: tuple[str, float] = ("fi", 0.99)) -> FakeWhisper:
    return FakeWhisper([[said(*HEARD, probability=probability)]], language=language)


# --- known answer: recognised -----------------------------------------------------------------------------------------


def test_the_pinned_options_reach_the_model(hear: Hear) -> None:
    model = FakeWhisper()
    hear(model, ScoreOptions(language="fi"))
    assert model.asked == [
        {
            "language": "fi",
            "beam_size": 5,
            "temperature": 0.0,
            "word_timestamps": True,
            "without_timestamps": False,
            "vad_filter": False,
            "hotwords": None,
        }
    ]


def test_the_model_hears_the_agent_alone(hear: Hear, sides: Sides) -> None:
    model = FakeWhisper()
    hear(model)
    seconds = sum(len(heard) for heard in model.heard) / 16_000
    agent = sum(segment.duration for segment in sides.detection.speech)
    assert agent < seconds < agent + 6
    assert sides.customer is not None
    assert seconds < agent + sum(segment.duration for segment in sides.customer)


def test_words_come_in_turns_with_sentences_and_fillers(hear: Hear, sides: Sides) -> None:
    shares: list[float] = []
    found = hear(model_of(0.9), shares=shares)
    assert found.words is not None
    assert [word.text for word in found.words] == [text for text, _, _ in HEARD]
    # The piece begins 0.4 s before the first speech.
    first = sides.detection.speech[0].start
    assert found.words[0].segment is not None
    assert found.words[0].segment.start == pytest.approx(first, abs=0.05)
    [turn] = found.turns
    assert turn.role == "agent"
    assert turn.words == found.words
    assert found.fillers is not None
    assert [(filler.text, filler.kind) for filler in found.fillers] == [("öö", "hesitation")]
    assert found.sentences is not None
    assert found.sentences[0].boundary == "turn"
    assert (found.source, found.model, found.compute, found.exact_times) == ("asr", "base", "int8", True)
    assert shares


def test_the_customers_go_parts_the_turns(hear: Hear) -> None:
    words = (*HEARD, ("Kiitos,", 7.6, 8.1), ("Katsotaan.", 9.0, 9.9))
    found = hear(FakeWhisper([[said(*words)]]))
    assert [turn.words[0].text for turn in found.turns] == ["Hyvää", "Kiitos,"]
    assert found.sentences is not None
    openings = [sentence.words[0].text for sentence in found.sentences]
    assert {"Hyvää", "Kiitos,"} <= set(openings)


@pytest.mark.parametrize(
    ("model", "probability", "reliability", "note"),
    [
        ("base", 0.9, "fair", "reliability-fair-asr-base"),
        ("base", 0.7, "fair", "reliability-fair-asr-base"),
        ("base", 0.69, "poor", "reliability-poor-asr-base"),
        ("small", 0.95, "fair", "reliability-fair-asr-base"),
        ("large-v3", 0.9, "good", "reliability-asr-large"),
        ("large-v3", 0.7, "fair", "reliability-asr-large"),
        ("finnish-large-v3", 0.9, "good", "reliability-asr-large"),
    ],
)
def test_how_far_a_text_can_be_trusted(hear: Hear, model: str, probability: float, reliability: str, note: str) -> None:
    found = hear(model_of(probability), ScoreOptions(model=model))
    assert found.reliability == reliability
    assert found.reliability_note is not None
    assert found.reliability_note.id == note
    assert found.reliability_note.args == {"probability": pytest.approx(probability, abs=0.005)}


@pytest.mark.parametrize(
    ("probability", "language", "warned"),
    [
        (0.4, ("sv", 0.9), True),
        (0.4, ("sv", 0.5), False),
        (0.4, ("fi", 0.9), False),
        (UNSURE_BELOW + 0.01, ("sv", 0.9), False),
    ],
)
def test_another_language_is_suspected_only_where_the_words_are_unsure(
    hear: Hear, probability: float, language: tuple[str, float], warned: bool
) -> None:
    found = hear(model_of(probability, language))
    assert [(w.id, dict(w.args)) for w in found.warnings] == (
        [("warning-not-finnish", {"language": "sv"})] if warned else []
    )
    assert found.reliability == ("poor" if probability < 0.7 else "fair")


@pytest.mark.parametrize(
    ("language", "finnish", "snr_db", "foreign", "named"),
    [
        (("la", 0.4), 0.01, 30.0, False, "und"),
        (("la", 0.4), 0.01, None, False, "und"),
        (("la", 0.4), 0.01, 10.0, False, None),  # in noise Finnish sounds like no language either
        (("la", 0.4), 0.01, 10.0, True, "und"),
        (("la", 0.4), 0.06, 30.0, True, None),
        (("sv", 0.7), 0.01, 30.0, True, "sv"),
        (("fi", 0.04), 0.04, 30.0, True, None),
    ],
)
def test_what_sounds_like_no_finnish_is_another_language_though_nobody_can_say_which(
    sides: Sides,
    monkeypatch: pytest.MonkeyPatch,
    language: tuple[str, float],
    finnish: float,
    snr_db: float | None,
    foreign: bool,
    named: str | None,
) -> None:
    monkeypatch.setattr("app.wording.looks_foreign", lambda _words: foreign)
    detection = replace(sides.detection, active=replace(sides.detection.active, snr_db=snr_db))
    monkeypatch.setattr("app.wording._model", lambda _options: replace(model_of(0.4, language), finnish=finnish))
    noisy = replace(sides, detection=detection)
    found = recognised_wording(noisy, ScoreOptions(), read_standard(None), lambda _share: None)
    assert [w.args["language"] for w in found.warnings] == ([named] if named else [])
    assert found.language == named


def test_another_told_language_is_not_suspected_of_being_no_finnish(hear: Hear) -> None:
    model = replace(model_of(0.4, ("no", 0.4)), finnish=0.0)
    assert hear(model, ScoreOptions(language="sv")).warnings == ()


def test_a_large_models_text_in_another_language_is_poor_too(hear: Hear) -> None:
    large = ScoreOptions(model="large-v3")
    assert hear(model_of(0.4, ("fi", 0.9)), large).reliability == "fair"
    assert hear(model_of(0.4, ("sv", 0.9)), large).reliability == "poor"


def test_a_model_that_hears_nothing_leaves_an_empty_text(hear: Hear) -> None:
    found = hear(FakeWhisper())
    assert (found.words, found.turns, found.sentences, found.fillers) == ((), (), (), ())
    assert found.reliability == "poor"


def test_without_speech_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    model = model_of(0.9)
    monkeypatch.setattr("app.wording._model", lambda _options: model)
    write_alaw(tmp_path / "a.wav", [np.zeros(40_000, np.float32)], sample_rate=8000)
    card = score_file(tmp_path / "a.wav", ScoreOptions(locale="en"))
    assert (model.asked, model.detected) == ([], [])
    assert (card.transcript.source, card.transcript.words, card.engine.asr_model) == ("asr", [], "base")


def test_a_recognised_card_says_where_its_text_is_from(short_call: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.wording._model", lambda _options: model_of(0.8))
    few = score_file(short_call, ScoreOptions(agent="left", locale="en"))
    assert (few.transcript.source, few.transcript.reliability) == ("asr", "poor"), "five words for all that is heard"
    monkeypatch.setattr("app.card.text_fits", lambda _by_text, _by_ear: True)
    card = score_file(short_call, ScoreOptions(agent="left", locale="en"))
    assert (card.transcript.source, card.transcript.reliability) == ("asr", "fair")
    assert card.transcript.reliability_note is not None
    assert card.transcript.reliability_note.startswith("The text was made by a small speech model")
    assert (card.engine.asr_model, card.engine.asr_compute) == ("base", "int8")
    assert [word.text for word in card.transcript.words] == [text for text, _, _ in HEARD]
    assert {word.probability for word in card.transcript.words} == {0.8}


def test_a_model_that_is_not_here_is_told_by_name(tmp_path: Path, short_call: Path, environment: Any) -> None:
    environment(cache_dir=tmp_path, hub=0)
    with pytest.raises(ModelMissing, match="The model small is not on this machine"):
        score_file(short_call, ScoreOptions(model="small"))


# --- known answer: supplied -------------------------------------------------------------------------------------------


def test_a_supplied_text_is_taken_as_it_is(spool: Spool, sides: Sides, short_call: Path) -> None:
    found = supplied_wording(short_call.with_suffix(".vtt"), spool, sides, read_standard(None))
    assert (found.source, found.model, found.reliability, found.warnings) == ("supplied", None, "good", ())
    assert [turn.role for turn in found.turns] == ["agent", "customer", "agent"]
    assert found.words is not None
    text = " ".join(word.text for word in found.words)
    assert text.startswith(
        "Hyvää huomenta, Lehto Energian asiakaspalvelu, Maria puhelimessa. Miten voin auttaa? Kiitos,"
    )
    assert "laskun" not in text
    assert not found.exact_times
    assert all(word.segment is not None for word in found.words)


def test_plain_text_has_no_times(spool: Spool, sides: Sides, short_call: Path) -> None:
    found = supplied_wording(short_call.with_suffix(".txt"), spool, sides, read_standard(None))
    assert found.words is not None
    assert [word.segment for word in found.words] == [None] * len(found.words)


def test_words_with_times_keep_them(
    spool: Spool, sides: Sides, tmp_path: Path, truths: dict[str, dict[str, Any]]
) -> None:
    words = [word for word in truths["hyva_puhelu"]["words"] if word["end"] < 22]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"words": words}), encoding="utf-8")
    found = supplied_wording(path, spool, sides, read_standard(None))
    assert found.exact_times
    assert found.words is not None
    own = [word for word in words if word["role"] == "agent"]
    assert [(w.text, w.segment.start) for w in found.words if w.segment] == [(w["text"], w["start"]) for w in own]


def test_a_text_that_is_longer_than_the_call_is_refused(spool: Spool, sides: Sides) -> None:
    with pytest.raises(InputError, match="does not fit the recording"):
        supplied_wording(SAMPLES / "pitka_puhelu.vtt", spool, sides, read_standard(None))


def test_no_transcript_is_none_and_not_empty() -> None:
    found = no_wording()
    assert (found.source, found.words, found.sentences, found.fillers, found.reliability) == (
        "none",
        None,
        None,
        None,
        None,
    )


def test_a_standards_own_fillers_are_looked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('name = "oma"\nversion = 1\n[fillers]\nparticles = ["kato", "tuota noin"]\n', encoding="utf-8")
    own = lexicon_for(read_standard(path))
    assert ("tuota", "noin") in {tuple(words) for words in own.particles}
    assert ("kato",) in {tuple(words) for words in own.particles}
    assert lexicon_for(read_standard(None)) != own


# --- against others: the embedded model -------------------------------------------------------------------------------


@pytest.mark.asr
def test_the_embedded_model_on_the_first_half_minute(tmp_path: Path, truths: dict[str, dict[str, Any]]) -> None:
    from models.weights import locate

    chosen = settings()
    try:
        locate("base", model_dir=chosen.model_dir, cache_dir=chosen.cache_dir, hub=False)
    except ModelsError as problem:
        pytest.skip(str(problem))
    channels, rate = channels_of("hyva_puhelu")
    write_alaw(tmp_path / "a.wav", [channel[: 22 * rate] for channel in channels], sample_rate=rate)
    card = score_file(tmp_path / "a.wav", ScoreOptions(agent="left", locale="en"))

    assert (card.transcript.source, card.engine.asr_model) == ("asr", "base")
    assert card.transcript.reliability in ("poor", "fair")
    words = card.transcript.words
    assert {word.role for word in words} == {"agent"}
    times = [(word.start, word.end) for word in words]
    assert all(start is not None and end is not None and 0 <= start <= end <= 22 for start, end in times)
    assert times == sorted(times)  # type: ignore[type-var]
    truth = truths["hyva_puhelu"]
    spoken = [word for word in truth["words"] if word["role"] == "agent" and word["end"] < 22]
    assert len(words) == pytest.approx(len(spoken), abs=4)

    syllables = [t for t in truth["syllable_times"] if t[1] < 22]
    seconds = sum(end - start for label, start, end in truth["phones"] if end < 22)
    assert card.measures["articulation_rate"].value == pytest.approx(len(syllables) / seconds, rel=0.10)
    assert card.measures["ei_openings"].value == 0
    lag = [min(abs((start or 0) - word["start"]) for word in spoken) for start, _ in times]
    assert sorted(lag)[len(lag) // 2] < 0.15
