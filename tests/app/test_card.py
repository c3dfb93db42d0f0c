"""From measures to the document: warnings, fillers heard beside those written, and texts for what could not be said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.types import Samples
from app.document import ScorecardDoc
from app.scoring import ScoreOptions, score_file
from samples import signals
from tests.fakes import SAMPLES, channels_of, write_wav

RATE = 8000


@pytest.fixture(scope="module")
def talk() -> Samples:
    """20 s of an agent's channel."""
    return channels_of("hyva_puhelu")[0][0][: 20 * RATE]


def scored(tmp_path: Path, *channels: Samples, **options: Any) -> ScorecardDoc:
    path = write_wav(tmp_path / "a.wav", channels, rate_hz=RATE)
    return score_file(path, ScoreOptions(**{"asr": False, "agent": "mono", "locale": "en", **options}))


def warnings_of(card: ScorecardDoc) -> dict[str, dict[str, str | int | float]]:
    assert len(card.recording.warnings) == len(card.recording.warning_messages)
    assert all(card.recording.warnings)
    return {message.id: message.args for message in card.recording.warning_messages}


# --- known answer -----------------------------------------------------------------------------------------------------


def test_a_quiet_line_has_no_warning(tmp_path: Path, talk: Samples) -> None:
    card = scored(tmp_path, talk)
    assert warnings_of(card) == {}
    assert card.recording.snr_db == pytest.approx(38, abs=3)


@pytest.mark.parametrize(("snr_db", "noisy"), [(25, False), (10, True)])
def test_noise_is_told_of_with_its_level(tmp_path: Path, talk: Samples, snr_db: float, noisy: bool) -> None:
    noise = signals.white_noise(20, sample_rate=RATE, seed=3, level_dbfs=-24 - snr_db)
    card = scored(tmp_path, talk + noise)
    assert ("warning-noisy" in warnings_of(card)) == noisy
    assert card.recording.snr_db == pytest.approx(snr_db, abs=3)
    if noisy:
        assert warnings_of(card)["warning-noisy"]["snr_db"] == card.recording.snr_db
        assert {card.measures[n].confidence for n in ("f0_median", "speech_level")} <= {"fair", "poor"}
        assert card.measures["pause_rate"].reason_message is not None


@pytest.mark.parametrize(
    ("seconds", "sound", "warning"), [(10, "ring", "warning-tones"), (20, "music", "warning-music")]
)
def test_tones_and_music_before_the_talk_are_told_of_and_kept_out(
    tmp_path: Path, truths: dict[str, dict[str, Any]], seconds: int, sound: str, warning: str
) -> None:
    agent, customer = channels_of("kiireinen_puhelu")[0]
    waiting = (
        signals.ringback(seconds, sample_rate=RATE)
        if sound == "ring"
        else signals.hold_music(seconds, sample_rate=RATE, seed=2)
    )
    silence = np.zeros_like(waiting)
    channels = (np.concatenate((waiting, agent)), np.concatenate((silence, customer)))
    card = scored(tmp_path, *channels, agent="left")
    assert warning in warnings_of(card)
    assert card.measures["phonation_time"].value == pytest.approx(truths["kiireinen_puhelu"]["speech_s"], rel=0.05)
    assert card.timeline.speech[0][0] > seconds
    [pause] = card.timeline.pauses
    [true] = truths["kiireinen_puhelu"]["pauses"]
    assert pause == pytest.approx((true["start"] + seconds, true["end"] + seconds), abs=0.1)


def test_clipping_is_a_share_of_the_samples_and_withholds_the_level(tmp_path: Path, talk: Samples) -> None:
    loud = np.clip(talk * 12, -0.99, 0.99).astype(np.float32)
    card = scored(tmp_path, loud)
    assert card.recording.clipped_ratio == pytest.approx(float(np.mean(np.abs(talk * 12) >= 0.99)), rel=0.3)
    for name in ("speech_level", "level_range"):
        reason = card.measures[name].reason_message
        assert reason is not None
        assert reason.id == "reason-clipped"


def test_hesitations_in_the_sound_are_added_to_those_written(tmp_path: Path, truths: dict[str, dict[str, Any]]) -> None:
    """A transcript with word times that leaves every öö and mm out, as recognisers do."""
    truth = truths["taytepuhelu"]
    sounds = {word["start"] for word in truth["fillers"] if word["kind"] == "hesitation"}
    full, tidy = tmp_path / "full.json", tmp_path / "tidy.json"
    full.write_text(json.dumps({"words": truth["words"]}), encoding="utf-8")
    kept = [word for word in truth["words"] if word["role"] != "agent" or word["start"] not in sounds]
    tidy.write_text(json.dumps({"words": kept}), encoding="utf-8")
    call = SAMPLES / "taytepuhelu.wav"
    written = score_file(call, ScoreOptions(agent="left", transcript=full, locale="en")).measures["filled_pause_rate"]
    heard = score_file(call, ScoreOptions(agent="left", transcript=tidy, locale="en")).measures["filled_pause_rate"]
    assert len(written.evidence) == len(sounds) == 15
    assert 0 < len(heard.evidence) <= len(sounds)
    for piece in heard.evidence:
        assert piece.start is not None
        assert min(abs(piece.start - start) for start in sounds) < 0.25
    assert {piece.note_message.id for piece in heard.evidence if piece.note_message} <= {
        "note-filler-from-audio",
        "note-filler-check",
    }


def test_another_language_has_no_finnish_counts(tmp_path: Path, talk: Samples) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Agent: " + "No, we can not do that for you today. " * 6, encoding="utf-8")
    card = scored(tmp_path, talk, transcript=text, language="en")
    for name in ("filled_pause_rate", "filler_word_rate", "ei_openings", "negative_openings"):
        reason = card.measures[name].reason_message
        assert reason is not None
        assert (reason.id, reason.args) == ("reason-language", {"language": "en"}), name
    assert card.measures["pause_rate"].value is not None
    assert card.engine.language == "en"


def test_both_voices_in_one_channel_make_no_figure_good(tmp_path: Path, talk: Samples) -> None:
    card = scored(tmp_path, talk, agent=None)
    assert "warning-both-voices" in warnings_of(card)
    assert {measure.confidence for measure in card.measures.values() if measure.value is not None} <= {"fair", "poor"}


def test_the_timeline_is_whole(cards: dict[str, ScorecardDoc]) -> None:
    timeline = cards["hyva_puhelu"].timeline
    assert timeline.f0.step_s == 0.01
    assert timeline.level_db.step_s == 0.1
    voiced = [hz for hz in timeline.f0.hz if hz is not None]
    assert all(60 < hz < 450 for hz in voiced)
    inside = sum(end - start for start, end in timeline.speech)
    assert 0.4 * inside < 0.01 * len(voiced) < inside
    assert timeline.waveform is not None
    assert len(timeline.waveform.peak) <= 4000
    assert 0 < max(timeline.waveform.peak) <= 1
    assert timeline.tempo is not None
    rates = [rate for rate in timeline.tempo.syll_per_s if rate is not None]
    assert all(2 < rate < 9 for rate in rates)
    assert len(timeline.tempo.syll_per_s) == pytest.approx(80.4 / 5, abs=1)


# --- law --------------------------------------------------------------------------------------------------------------


def test_texts_are_the_messages_in_words(cards: dict[str, ScorecardDoc]) -> None:
    from analysis.message import Message
    from app.messages import sentence

    for card in cards.values():
        pairs = list(zip(card.recording.warnings, card.recording.warning_messages, strict=True))
        pairs += [(strength.text, strength.message) for strength in card.strengths]
        if card.focus is not None:
            pairs += [(card.focus.text, card.focus.message), (card.focus.try_, card.focus.try_message)]
        for measure in card.measures.values():
            if measure.reason_message is not None:
                pairs.append((measure.reason, measure.reason_message))
            pairs += [(piece.note, piece.note_message) for piece in measure.evidence if piece.note_message]
            pairs += [(p.suggestion, p.suggestion_message) for p in measure.evidence if p.suggestion_message]
        assert len(pairs) > 3
        for shown, message in pairs:
            assert shown == sentence(Message(message.id, message.args), "en")
