"""The whole path against calls whose truth is exact, and what must not change a figure."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.types import Samples
from app.document import ScorecardDoc
from app.errors import InputError
from app.scoring import SHARES, ScoreOptions, score_file, score_with_audio
from models.resampling import resampled
from samples.alaw import read_alaw, write_alaw
from tests.app.audio.recordings import encoded
from tests.fakes import SAMPLES, STEMS, channels_of, common_s, matched, seconds_of

EDGE_S = 0.1
Truths = dict[str, dict[str, Any]]
Cards = dict[str, ScorecardDoc]


def own_pauses(truth: dict[str, Any]) -> list[tuple[float, float]]:
    return [(pause["start"], pause["end"]) for pause in truth["pauses"]]


def turns(truth: dict[str, Any], role: str) -> list[tuple[float, float]]:
    return [(turn["start"], turn["end"]) for turn in truth["turns"] if turn["role"] == role]


def value(card: ScorecardDoc, name: str) -> float:
    found = card.measures[name].value
    assert found is not None, name
    return found


def semitones(first_hz: float, second_hz: float) -> float:
    return 12 * math.log2(first_hz / second_hz)


# --- known answer: the sample calls -----------------------------------------------------------------------------------


@pytest.mark.parametrize("stem", STEMS)
def test_every_pause_is_found_at_both_edges(truths: Truths, cards: Cards, stem: str) -> None:
    true = own_pauses(truths[stem])
    assert true
    assert matched(cards[stem].timeline.pauses, true, within_s=EDGE_S) / len(true) >= 0.95


def test_what_is_found_is_a_pause(truths: Truths, cards: Cards) -> None:
    """Over all calls: the filled one has a gap that only the closure of a stop makes long enough."""
    found = sum(len(card.timeline.pauses) for card in cards.values())
    right = sum(matched(cards[stem].timeline.pauses, own_pauses(truths[stem]), within_s=EDGE_S) for stem in STEMS)
    assert found > 100
    assert right / found >= 0.95


@pytest.mark.parametrize("stem", STEMS)
def test_pause_measures_are_those_of_the_true_pauses(truths: Truths, cards: Cards, stem: str) -> None:
    lengths = [end - start for start, end in own_pauses(truths[stem])]
    mean = sum(lengths) / len(lengths)
    assert value(cards[stem], "mean_pause_duration") == pytest.approx(mean, abs=0.05)
    assert value(cards[stem], "longest_pause") == pytest.approx(max(lengths), abs=EDGE_S)
    [longest] = cards[stem].measures["longest_pause"].evidence
    # Which of two is the longer can't be told when they differ by less than an edge may be off.
    rivals = [start for start, end in own_pauses(truths[stem]) if end - start >= max(lengths) - EDGE_S]
    assert min(abs(longest.start - start) for start in rivals) <= EDGE_S


@pytest.mark.parametrize("stem", STEMS)
def test_speech_time_is_that_of_the_phones(truths: Truths, cards: Cards, stem: str) -> None:
    # Closures and gaps under 0.25 s are no pauses; the detector sees those from 0.18 s on, so it lies between the two.
    found, truth = seconds_of(cards[stem].timeline.speech), truths[stem]
    assert 0.97 * truth["speech_s"] <= found <= 1.03 * truth["phonation_s"]
    assert value(cards[stem], "phonation_time") == pytest.approx(seconds_of(cards[stem].timeline.speech), abs=0.01)


@pytest.mark.parametrize("stem", STEMS)
def test_tempo_is_syllables_over_speech(truths: Truths, cards: Cards, stem: str) -> None:
    true = truths[stem]["syllables"] / truths[stem]["speech_s"]
    assert value(cards[stem], "articulation_rate") == pytest.approx(true, rel=0.12)
    assert value(cards[stem], "articulation_rate") == pytest.approx(truths[stem]["articulation_rate"], rel=0.12)
    assert value(cards[stem], "speech_rate") < value(cards[stem], "articulation_rate")


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("name", ["ei_openings", "negative_openings"])
def test_openings_are_those_that_were_marked_by_hand(truths: Truths, cards: Cards, stem: str, name: str) -> None:
    true = truths[stem][name]
    evidence = cards[stem].measures[name].evidence
    assert value(cards[stem], name) == len(true) == len(evidence)
    for found, marked in zip(evidence, true, strict=True):
        assert found.start is not None
        # Word times of a caption are shared out inside its turn: good to about a word.
        assert abs(found.start - marked["start"]) < 1.2
        first = marked["sentence"].split()[0].strip(",.")
        assert first in (found.text or "")


@pytest.mark.parametrize("stem", STEMS)
def test_fillers_are_those_that_were_marked_by_hand(truths: Truths, cards: Cards, stem: str) -> None:
    def spelt(text: str | None) -> str:
        return (text or "").strip(",.").lower()

    marked = truths[stem]["fillers"]
    hesitations = [spelt(filler["text"]) for filler in marked if filler["kind"] == "hesitation"]
    particles = [spelt(filler["text"]) for filler in marked if filler["kind"] == "particle"]
    found = cards[stem].measures
    assert [spelt(piece.text) for piece in found["filled_pause_rate"].evidence] == hesitations
    # "siis" can be a plain word too: it is listed for a person to hear, and never as certain.
    listed = [piece for piece in found["filler_word_rate"].evidence if spelt(piece.text) != "siis"]
    assert [spelt(piece.text) for piece in listed] == particles
    unsure = {spelt(p.text): p.tier for p in found["filler_word_rate"].evidence if spelt(p.text) == "siis"}
    assert set(unsure.values()) <= {"check"}


@pytest.mark.parametrize("stem", STEMS)
def test_pitch_is_the_synthesisers(truths: Truths, cards: Cards, stem: str) -> None:
    assert abs(semitones(value(cards[stem], "f0_median"), truths[stem]["f0_median_hz"])) < 0.5
    assert value(cards[stem], "f0_range") == pytest.approx(truths[stem]["f0_range_st"], abs=1.0)


@pytest.mark.parametrize("stem", STEMS)
def test_what_the_customer_says_is_not_the_agents(truths: Truths, cards: Cards, stem: str) -> None:
    truth, speech = truths[stem], cards[stem].timeline.speech
    customer, agent = turns(truth, "customer"), turns(truth, "agent")
    alone = seconds_of(customer) - common_s(customer, agent)
    both = [(max(a, c), min(b, d)) for a, b in customer for c, d in agent if min(b, d) > max(a, c)]
    taken = common_s(speech, customer) - common_s(speech, both)
    assert alone > 10
    assert taken < 0.01 * alone
    assert common_s(cards[stem].timeline.customer_speech, customer) > 0.6 * seconds_of(customer)
    roles = [word.role for word in cards[stem].transcript.words]
    assert roles.count("agent") == sum(word["role"] == "agent" for word in truth["words"])
    assert roles.count("customer") == sum(word["role"] == "customer" for word in truth["words"])


def test_the_verdicts_tell_the_calls_apart(cards: Cards) -> None:
    def verdicts(stem: str) -> dict[str, str]:
        return {name: measure.verdict for name, measure in cards[stem].measures.items()}

    good, rushed, filled = (verdicts(stem) for stem in ("hyva_puhelu", "kiireinen_puhelu", "taytepuhelu"))
    assert "above" not in good.values()
    assert "below" not in good.values()
    assert (rushed["articulation_rate"], rushed["f0_range"], rushed["pause_rate"]) == ("above", "below", "below")
    assert (filled["filled_pause_rate"], filled["filler_word_rate"], filled["ei_openings"]) == ("above",) * 3


def test_the_recording_is_described_as_it_is(cards: Cards) -> None:
    facts = cards["kiireinen_puhelu"].recording
    assert (facts.duration_s, facts.sample_rate_hz, facts.channels) == (52.899, 8000, 2)
    assert (facts.codec, facts.agent_channel, facts.agent_channel_source) == ("pcm_alaw", "left", "told")
    assert (facts.clipped_ratio, facts.warnings, facts.name) == (0.0, [], "kiireinen_puhelu.wav")
    assert facts.bandwidth_hz == pytest.approx(3500, abs=200)
    assert facts.snr_db == pytest.approx(40, abs=5)


def test_a_plain_transcript_gives_counts_and_says_what_lacks_times(short_call: Path) -> None:
    options = ScoreOptions(agent="left", locale="en", transcript=short_call.with_suffix(".txt"))
    plain = score_file(short_call, options)
    timed = score_file(short_call, replace(options, transcript=short_call.with_suffix(".vtt")))
    for name in ("ei_openings", "negative_openings", "articulation_rate", "speech_rate", "pause_rate"):
        assert plain.measures[name].value == pytest.approx(value(timed, name), rel=0.02), name
    assert plain.transcript.source == timed.transcript.source == "supplied"
    assert all(word.start is None for word in plain.transcript.words)
    assert all(word.start is not None for word in timed.transcript.words if word.role == "agent")
    missing = plain.measures["tempo_variation"]
    assert (missing.value, missing.verdict) == (None, "not measured")
    assert missing.reason_message is not None
    assert missing.reason_message.id == "reason-no-word-times"


@pytest.mark.parametrize("times", [0.4, 2.0])
def test_a_text_that_cannot_be_what_was_said_gives_no_tempo(short_call: Path, tmp_path: Path, times: float) -> None:
    """Of a part of what is said, and of it twice, the syllables are not those of the sound."""
    lines = short_call.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    text = tmp_path / "text.txt"
    part = lines[: round(times * len(lines))] if times < 1 else lines * 2
    text.write_text("\n".join(part), encoding="utf-8")
    card = score_file(short_call, ScoreOptions(agent="left", transcript=text))
    assert {"warning-transcript-does-not-fit", "warning-nuclei-used"} <= {
        message.id for message in card.recording.warning_messages
    }
    assert value(card, "articulation_rate") == pytest.approx(5.2, rel=0.2)
    assert card.transcript.reliability == "poor"
    for name in ("articulation_rate", "words_per_minute", "ei_openings"):
        assert card.measures[name].confidence == "poor", name
    assert "ei_openings" not in {strength.measure for strength in card.strengths}


def test_a_text_of_the_agent_alone_is_not_held_against_both_voices_in_one_channel(
    short_call: Path, tmp_path: Path
) -> None:
    samples, rate = read_alaw(short_call)
    path, text = tmp_path / "mono.wav", tmp_path / "text.txt"
    write_alaw(path, [samples.mean(axis=1).astype(np.float32)], sample_rate=rate)
    lines = short_call.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    agent = [line for line in lines if line.startswith("Agent")]
    text.write_text("\n".join([agent[0], *(line for line in lines if not line.startswith("Agent"))]), encoding="utf-8")
    warned = {message.id for message in score_file(path, ScoreOptions(transcript=text)).recording.warning_messages}
    assert "warning-both-voices" in warned
    assert "warning-transcript-does-not-fit" not in warned


def test_without_a_transcript_only_what_needs_none_is_measured(short_call: Path) -> None:
    card = score_file(short_call, ScoreOptions(agent="left", asr=False))
    assert (card.transcript.source, card.transcript.words, card.engine.asr_model) == ("none", [], None)
    for name in ("filled_pause_rate", "filler_word_rate", "ei_openings", "negative_openings", "words_per_minute"):
        reason = card.measures[name].reason_message
        assert reason is not None
        assert reason.id == "reason-no-transcript", name
    assert value(card, "pause_rate") > 0
    # Heard nuclei in place of written syllables: rougher, and said to be.
    assert value(card, "articulation_rate") == pytest.approx(5.2, rel=0.2)
    assert card.measures["articulation_rate"].confidence != "good"


def test_texts_are_in_the_language_that_was_asked_for(short_call: Path) -> None:
    options = ScoreOptions(agent="left", asr=False, locale="en")
    english = score_file(short_call, options)
    finnish = score_file(short_call, replace(options, locale="fi"))
    assert (english.engine.locale, finnish.engine.locale) == ("en", "fi")
    assert english.measures["ei_openings"].reason == "The call has no text, and this measure is counted from words."
    assert finnish.measures["ei_openings"].reason == "Puhelusta ei ole tekstiä, ja tämä mittari lasketaan sanoista."
    assert {n: m.value for n, m in english.measures.items()} == {n: m.value for n, m in finnish.measures.items()}


def test_progress_goes_one_way_through_the_stages(short_call: Path) -> None:
    told: list[tuple[str, float]] = []
    score_file(short_call, ScoreOptions(asr=False), progress=lambda stage, share: told.append((stage, share)))
    stages = list(dict.fromkeys(stage for stage, _ in told))
    assert stages == [stage for stage in SHARES if stage in stages]
    assert stages[0] == "decode"
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_the_pages_sound_comes_with_the_card_and_only_when_asked_for(short_call: Path) -> None:
    options = ScoreOptions(agent="left", asr=False)
    with_sound = score_with_audio(short_call, options)
    assert with_sound.audio is not None
    assert len(with_sound.audio[1]) > 10_000
    assert score_with_audio(short_call, options, audio=False).audio is None


def test_no_sample_is_left_on_disk(short_call: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    score_file(short_call, ScoreOptions(asr=False))
    with pytest.raises(InputError):
        score_file(short_call.with_suffix(".txt"), ScoreOptions(asr=False))
    assert list(tmp_path.iterdir()) == []


# --- law: what must not change a figure -------------------------------------------------------------------------------

LAW_STEM = "taytepuhelu"
SAME = {
    "articulation_rate": 0.05,
    "speech_rate": 0.05,
    "phonation_time": 0.3,
    "pause_rate": 0.1,
    "mean_pause_duration": 0.02,
    "pause_ratio": 0.01,
    "longest_pause": 0.05,
    "f0_range": 0.25,
    "f0_sd": 0.1,
    "level_range": 0.6,
    "filled_pause_rate": 0.1,
    "filler_word_rate": 0.0,
    "ei_openings": 0.0,
    "negative_openings": 0.0,
}
"""How far each figure may move, in its own unit: a frame at each edge, and half a window of loudness."""


@pytest.fixture(scope="module")
def plain_card() -> ScorecardDoc:
    return scored(SAMPLES / f"{LAW_STEM}.wav")


def scored(path: Path, agent: str = "left") -> ScorecardDoc:
    transcript = SAMPLES / f"{LAW_STEM}.txt"
    return score_file(path, ScoreOptions(agent=agent, transcript=transcript, locale="en"))  # type: ignore[arg-type]


def line_noise(count: int, *, seed: int) -> Samples:
    return (10 ** (-62 / 20) * np.random.default_rng(seed).standard_normal(count)).astype(np.float32)


def assert_same_figures(card: ScorecardDoc, other: ScorecardDoc) -> None:
    for name, tolerance in SAME.items():
        assert value(card, name) == pytest.approx(value(other, name), abs=tolerance), name
    assert abs(semitones(value(card, "f0_median"), value(other, "f0_median"))) < 0.1
    assert [m.verdict for m in card.measures.values()] == [m.verdict for m in other.measures.values()]


def test_half_a_second_of_line_noise_before_the_call_moves_times_alone(
    tmp_path: Path, plain_card: ScorecardDoc
) -> None:
    channels, rate = channels_of(LAW_STEM)
    write_alaw(
        tmp_path / "a.wav",
        [np.concatenate((line_noise(rate // 2, seed=k), channel)) for k, channel in enumerate(channels)],
        sample_rate=rate,
    )
    card = scored(tmp_path / "a.wav")
    assert_same_figures(card, plain_card)
    assert value(card, "speech_level") == pytest.approx(value(plain_card, "speech_level"), abs=0.1)
    back = [(start - 0.5, end - 0.5) for start, end in card.timeline.pauses]
    assert matched(back, plain_card.timeline.pauses, within_s=0.03) == len(back) == len(plain_card.timeline.pauses)


def test_a_call_10_db_weaker_is_10_db_weaker_and_nothing_else(tmp_path: Path, plain_card: ScorecardDoc) -> None:
    channels, rate = channels_of(LAW_STEM)
    write_alaw(tmp_path / "a.wav", [channel * np.float32(10**-0.5) for channel in channels], sample_rate=rate)
    card = scored(tmp_path / "a.wav")
    assert_same_figures(card, plain_card)
    assert value(card, "speech_level") == pytest.approx(value(plain_card, "speech_level") - 10, abs=0.1)


def test_swapped_channels_change_the_channels_name_alone(tmp_path: Path, plain_card: ScorecardDoc) -> None:
    channels, rate = channels_of(LAW_STEM)
    write_alaw(tmp_path / "taytepuhelu.wav", channels[::-1], sample_rate=rate)
    card = scored(tmp_path / "taytepuhelu.wav", agent="right")
    assert card.recording.agent_channel == "right"
    assert card.measures == plain_card.measures
    assert card.timeline == plain_card.timeline


def test_flac_keeps_every_figure(tmp_path: Path, plain_card: ScorecardDoc) -> None:
    channels, rate = channels_of(LAW_STEM)
    card = scored(encoded(tmp_path / "a.flac", channels, rate_hz=rate, codec="flac", container="flac"))
    assert (card.recording.codec, plain_card.recording.codec) == ("flac", "pcm_alaw")
    assert card.measures == plain_card.measures
    assert card.timeline == plain_card.timeline


def test_opus_moves_no_figure_far(tmp_path: Path, cards: Cards) -> None:
    channels, rate = channels_of("kiireinen_puhelu")
    wide = [resampled(channel, from_hz=rate, to_hz=48_000) for channel in channels]
    path = encoded(tmp_path / "a", wide, rate_hz=48_000, codec="libopus", container="ogg", bit_rate=48_000)
    card = score_file(path, ScoreOptions(agent="left", transcript=SAMPLES / "kiireinen_puhelu.vtt"))
    assert (card.recording.codec, card.recording.sample_rate_hz) == ("opus", 48_000)
    assert_same_figures(card, cards["kiireinen_puhelu"])


def test_a_call_scored_twice_is_the_same(plain_card: ScorecardDoc) -> None:
    assert scored(SAMPLES / f"{LAW_STEM}.wav").to_json() == plain_card.to_json()
