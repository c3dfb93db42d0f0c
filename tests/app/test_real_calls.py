"""Recordings of real people and broken files, where they are at hand: each is scored or refused as its facts say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.document import ScorecardDoc
from app.errors import InputError
from app.scoring import ScoreOptions, score_file
from tests.app.test_document import assert_contract, parsed
from tests.fakes import DATA, seconds_of

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the labelled recordings are not here")

REFUSED = {
    "no_header.wav": "not a recording of any kind that is read, or it lacks its header",
    "empty.raw": "is empty",
    "not_audio.wav": "is text, not a recording",
    "cut_header.wav": "header of the recording is broken or cut off",
    "header_only.wav": "a header but no sound",
    "zero_samples.wav": "a header but no sound",
    "one_sample.wav": "lasts 0.0001 s",
    "ten_ms.wav": "lasts 0.01 s",
    "rate_4000hz.wav": "4000 Hz is too low",
    "three_channels.wav": "has 3 channels",
}
SPEECHLESS = {
    "room_noise.wav",
    "digital_silence_mono.wav",
    "digital_silence_stereo.wav",
    "faint_noise.wav",
    "dtmf.wav",
    "ringback_fi.wav",
    "busy_fi.wav",
    "hold_music.wav",
}
WARNED = {
    "hold_music.wav": "warning-music",
    "ringback_fi.wav": "warning-tones",
    "busy_fi.wav": "warning-tones",
    "same_channels_stereo.wav": "warning-fake-stereo",
    "opposite_phase_stereo.wav": "warning-fake-stereo",
    "one_channel_silent_stereo.wav": "warning-dead-channel",
    "crosstalk_stereo.wav": "warning-crosstalk",
    "dc_offset.wav": "warning-dc-offset",
    "float_nan.wav": "warning-not-finite",
    "float_over_full_scale.wav": "warning-over-full-scale",
    "header_says_longer.wav": "warning-header-length",
    "header_says_shorter.wav": "warning-header-length",
    "cut_short.flac": "warning-cut-short",
    "cut_short.mp3": "warning-cut-short",
    "damaged.flac": "warning-damaged",
}
HEADER_IS_WRONG = {"header_wrong_rate.wav"}
LONG = {"aws_pca_auto0_mono.wav", "call40_agent.wav", "call40_caller.wav"}
"""Minutes of them; `call40_stereo.flac` has both sides of the same call."""

FACTS = (
    {fact["file"]: fact for fact in json.loads((DATA / "hard" / "facts.json").read_text(encoding="utf-8"))["files"]}
    if (DATA / "hard" / "facts.json").is_file()
    else {}
)
CALLS = sorted(
    path.name for path in (DATA / "calls").glob("*") if path.suffix in (".wav", ".flac") and path.name not in LONG
)


def scored(path: Path) -> ScorecardDoc:
    return score_file(path, ScoreOptions(asr=False, locale="en"))


def ids(card: ScorecardDoc) -> set[str]:
    return {message.id for message in card.recording.warning_messages}


def test_there_is_something_to_score() -> None:
    assert len(FACTS) >= 40
    assert set(FACTS) >= {*REFUSED, *SPEECHLESS, *WARNED}
    assert len(CALLS) >= 6


# --- against others: the facts beside each file -----------------------------------------------------------------------


@pytest.mark.parametrize("name", FACTS)
def test_broken_and_odd_files(name: str) -> None:
    fact = FACTS[name]
    path = DATA / "hard" / name
    if name in REFUSED:
        with pytest.raises(InputError, match=REFUSED[name]):
            scored(path)
        return
    card = scored(path)
    assert_contract(parsed(card))
    facts = card.recording
    assert facts.channels == fact["channels"]
    if name not in HEADER_IS_WRONG:
        assert facts.sample_rate_hz == fact["rate"]
    if fact["frames"] is not None and name not in HEADER_IS_WRONG:
        # An MP3 has the encoder's delay before and after.
        assert facts.duration_s == pytest.approx(fact["frames"] / fact["rate"], abs=0.06 if "mp3" in name else 0.001)
    assert (card.timeline.speech == []) == (name in SPEECHLESS)
    assert ("warning-no-speech" in ids(card)) == (name in SPEECHLESS)
    if name in SPEECHLESS:
        assert [n for n, measure in card.measures.items() if measure.value is not None] == []
    if name in WARNED:
        assert WARNED[name] in ids(card)
    else:
        assert not ids(card) & {"warning-cut-short", "warning-damaged", "warning-header-length", "warning-not-finite"}


def test_the_same_voice_in_many_wrappings_gives_the_same_figures() -> None:
    """All are one stretch of one caller; the plain one is the 24-bit copy."""
    plain = scored(DATA / "hard" / "pcm24.wav")
    for name in (
        "alaw.wav",
        "float_nan.wav",
        "one_channel_silent_stereo.wav",
        "same_channels_stereo.wav",
        "dc_offset.wav",
    ):
        card = scored(DATA / "hard" / name)
        assert seconds_of(card.timeline.speech) == pytest.approx(seconds_of(plain.timeline.speech), rel=0.06), name
        assert card.measures["f0_median"].value == pytest.approx(plain.measures["f0_median"].value, rel=0.02), name


def test_clipping_is_seen() -> None:
    card = scored(DATA / "hard" / "clipped.wav")
    assert card.recording.clipped_ratio > 0.1
    reason = card.measures["speech_level"].reason_message
    assert reason is not None
    assert reason.id == "reason-clipped"


@pytest.mark.parametrize("name", CALLS)
def test_real_calls(name: str) -> None:
    card = scored(DATA / "calls" / name)
    assert_contract(parsed(card))
    assert card.recording.duration_s > 6
    assert 0.2 < seconds_of(card.timeline.speech) / card.recording.duration_s < 0.95
    median = card.measures["f0_median"].value
    if card.recording.duration_s > 10:
        assert median is not None
        assert 80 < median < 280
    assert ("warning-both-voices" in ids(card)) == (card.recording.channels == 1)
    assert ("warning-agent-guessed" in ids(card)) == (card.recording.channels == 2)


def test_the_agent_of_the_two_channel_call_is_guessed_right() -> None:
    """The labels say that channel 0 is the agent."""
    card = scored(DATA / "calls" / "call40_stereo.flac")
    assert (card.recording.agent_channel, card.recording.agent_channel_source) == ("left", "guessed")


def test_narrow_and_wide_band_of_one_talk_agree() -> None:
    narrow, wide = (scored(DATA / "calls" / f"ibm_nl_duo_{band}.wav") for band in ("nb", "wb"))
    assert seconds_of(narrow.timeline.speech) == pytest.approx(seconds_of(wide.timeline.speech), rel=0.03)
    for name, tolerance in (("pause_rate", 0.1), ("f0_median", 0.03), ("speech_rate", 0.1)):
        assert narrow.measures[name].value == pytest.approx(wide.measures[name].value, rel=tolerance), name
