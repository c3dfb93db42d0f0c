"""The truth bench in its quick form: loose bars that only a broken product misses; the full run has the real ones."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from analysis.types import Segment
from samples.speech import missing as missing_voice
from samples.spoken import Mark, Spoken
from tests.accuracy import acoustic, calls, faint_endings, made_fillers, pitch, resynthesis, stability
from tests.accuracy.codecs import in_step
from tests.accuracy.conditions import CONDITIONS, QUICK, babble, plc5, telephone
from tests.accuracy.corpus import active_db, clip_of, spoken_paragraph, synthetic_clips
from tests.accuracy.rows import CASES, Order, Row, read_rows, table, written
from tests.accuracy.scores import pause_hits, pitch_hits
from tests.accuracy.texts import PARAGRAPHS, VOICES

ORDER = Order("dev", True, QUICK)
NO_VOICES = missing_voice("suo") or missing_voice("espeak-fi")
speech = pytest.mark.speech
needs_voices = pytest.mark.skipif(NO_VOICES is not None, reason=NO_VOICES or "")


# Known answer: the scores themselves.


def segments(*pairs: tuple[float, float]) -> tuple[Segment, ...]:
    return tuple(Segment(a, b) for a, b in pairs)


def test_pauses_match_within_a_tenth_of_a_second_at_both_edges() -> None:
    true = segments((1.0, 1.5), (2.0, 2.4), (3.0, 3.3))
    found = segments((1.09, 1.55), (2.0, 2.51), (3.05, 3.25))
    hits = pause_hits(found, true)
    assert (hits.matched_true, hits.true) == (2, 3)
    assert (hits.matched_found, hits.found) == (1, 2)
    assert hits.f1 == pytest.approx(2 * 0.5 * (2 / 3) / (0.5 + 2 / 3))


def test_a_pause_at_the_limit_may_be_found_80_ms_shorter_but_not_90() -> None:
    true = segments((1.0, 1.25))
    assert pause_hits(segments((1.04, 1.22)), true).recall == 1.0
    assert pause_hits(segments((1.05, 1.21)), true).recall == 0.0


def test_gross_octave_and_voicing_frames_are_counted_apart() -> None:
    true = np.array([0] * 5 + [100] * 10 + [0] * 5, np.float32)
    found = true.copy()
    found[8], found[9], found[10], found[17] = 50, 125, 0, 90
    hits = pitch_hits(found, true)
    assert (hits.both, hits.gross, hits.octave_down, hits.octave_up) == (5, 2, 1, 0)
    assert (hits.voicing_wrong, hits.missed) == (2, 1)


def test_a_delayed_codec_is_brought_back_into_step() -> None:
    sent = np.random.default_rng(0).standard_normal(8000).astype(np.float32)
    heard = np.concatenate((np.zeros(213, np.float32), sent))
    assert np.array_equal(in_step(heard, sent), sent)
    early = in_step(sent[40:], sent)
    assert np.array_equal(early[40:], sent[40:])


def test_rows_survive_their_file_and_show_in_the_table(tmp_path: Path) -> None:
    rows = [Row("pause_f1", "a-law", "dev", "synthetic", 0.98765, "0-1", 12), Row("x", "gsm", "dev", "y", None, "s", 0)]
    path = tmp_path / "rows.json"
    path.write_text(written(rows), encoding="utf-8")
    assert [row.value for row in read_rows(path)] == [0.9877, None]
    assert json.loads(path.read_text(encoding="utf-8"))[0]["group"] == "synthetic"
    assert "0.99" in table(rows)


# Law: splits share nothing, and the same order makes the same sound.


def test_what_is_tuned_on_is_not_what_is_published() -> None:
    assert not set(VOICES["dev"]) & set(VOICES["test"])
    assert not set(PARAGRAPHS["dev"]) & set(PARAGRAPHS["test"])
    assert not set(faint_endings.VOICES["dev"]) & set(faint_endings.VOICES["test"])
    texts = [text for half in (PARAGRAPHS, faint_endings.PARAGRAPHS) for split in half.values() for text in split]
    assert len(set(texts)) == len(texts) == 24
    assert {voice for _, voice, _ in resynthesis.GROUPS["dev"]} <= set(VOICES["dev"])
    assert {voice for _, voice, _ in resynthesis.GROUPS["test"]} <= set(VOICES["test"])


@speech
@needs_voices
def test_seeds_give_the_same_sound_twice() -> None:
    order = (PARAGRAPHS["dev"][0], "espeak-fi+m3", 1.0)
    first, again = (spoken_paragraph(*order, seed, fresh=True) for seed in (4, 4))
    other = spoken_paragraph(*order, 5, fresh=True)
    assert np.array_equal(first.samples, again.samples)
    assert first.phones == again.phones
    assert len(first.samples) != len(other.samples)
    clip = synthetic_clips(ORDER)[0]
    assert np.array_equal(plc5(clip, []).samples, plc5(clip, []).samples)
    assert np.array_equal(babble(clip, [clip]), babble(clip, [clip]))


@speech
@needs_voices
def test_noise_stands_at_its_ratio_in_the_telephone_band() -> None:
    clip = synthetic_clips(ORDER)[0]
    heard = CONDITIONS["white10"](clip, [clip])
    rest = heard.samples - heard.reference
    noise_db = 10 * np.log10(np.mean(rest.astype(np.float64) ** 2))
    assert active_db(telephone(clip.samples), clip.speech, 8000) - noise_db == pytest.approx(10.0, abs=0.1)


def test_a_silent_closure_at_the_start_of_a_phrase_is_not_audible() -> None:
    """A quarter second of closure opens the phrase, a tone of a second follows, and 0.05 s of silence ends it."""
    tone = np.sin(2 * np.pi * 200 * np.arange(16000) / 16000)
    samples = np.concatenate((np.zeros(12000), tone, np.zeros(12800))).astype(np.float32)
    phones = [Mark("k", 0.5, 0.75), Mark("a", 0.75, 1.8)]
    spoken = Spoken(samples, 16000, phones=phones, words=[], syllables=[], f0=[])
    clip = clip_of(spoken, name="k", group="synthetic", voice="k", stretch=1.0, seed=1)
    assert clip.speech == (Segment(0.5, 1.8),)
    assert clip.audible == (Segment(0.75, 1.75),)


# Against the truth: loose bars.


@cache
def quick_rows(name: str) -> dict[tuple[str, str, str], Row]:
    return {(row.quantity, row.group, row.condition): row for row in CASES[name](ORDER)}


@speech
@needs_voices
@pytest.mark.parametrize("condition", QUICK)
def test_pauses_and_speech_time_of_made_speech(condition: str) -> None:
    rows = quick_rows("pauses")
    assert rows["pause_f1", "synthetic", condition].n >= 15
    assert rows["pause_f1", "synthetic", condition].value > (0.85 if condition == "babble20" else 0.95)
    assert rows["speech_time_error", "synthetic", condition].value < 7


@speech
@needs_voices
@pytest.mark.parametrize("condition", QUICK)
def test_hesitations_put_into_made_speech_and_what_sounds_like_them(condition: str) -> None:
    rows = quick_rows("made_fillers")
    assert rows["hesitations_made_f1", "inserted", condition].n == 6
    assert rows["hesitations_made_f1", "inserted", condition].value >= 0.6
    assert rows["hesitations_made_false", "look-alikes", condition].value == 0


@speech
@needs_voices
@pytest.mark.parametrize(("condition", "least"), [("wb16", 0.98), ("a-law", 0.98), ("babble20", 0.85)])
def test_pauses_after_faint_last_sounds(condition: str, least: float) -> None:
    row = quick_rows("pauses")["pause_f1", faint_endings.GROUP, condition]
    assert row.n >= 30
    assert row.value >= least


@speech
@needs_voices
@pytest.mark.parametrize("condition", QUICK)
def test_level_and_tempo_of_made_speech(condition: str) -> None:
    assert quick_rows("level")["speech_level_error", "synthetic", condition].value < 0.5
    tempo = quick_rows("tempo")
    assert tempo["articulation_rate_nuclei_error", "synthetic", condition].value < 15
    assert tempo["articulation_rate_text_error", "synthetic", condition].value < 8


@speech
@needs_voices
@pytest.mark.parametrize("condition", QUICK)
@pytest.mark.parametrize("group", ["male", "female", "creak"])
def test_pitch_of_made_speech(group: str, condition: str) -> None:
    if sentence := resynthesis.missing():
        pytest.skip(sentence)
    rows = quick_rows("pitch")
    assert rows["f0_gross_error", group, condition].n >= 500
    assert rows["f0_gross_error", group, condition].value < 1.5
    assert rows["f0_median_error", group, condition].value < 0.3
    assert rows["f0_range_error", group, condition].value < 0.5


@speech
@needs_voices
def test_swapped_channels_change_nothing() -> None:
    call = calls.call_of("dev")
    plain, swapped = calls.scored(call.agent, call.customer), calls.scored(call.customer, call.agent, agent="right")
    measured = [name for name in stability.FIGURES if calls.value_of(plain, name) is not None]
    assert len(measured) >= 10
    for name in measured:
        assert calls.value_of(swapped, name) == calls.value_of(plain, name), name


def test_every_case_is_registered() -> None:
    assert {
        "pauses",
        "pauses_in_noise",
        "tempo",
        "level",
        "derived",
        "pitch",
        "calls",
        "made_fillers",
        "stability",
    } <= set(CASES)
    assert acoustic.DERIVED
    assert pitch.pitch is CASES["pitch"]
    assert made_fillers.made_fillers is CASES["made_fillers"]
