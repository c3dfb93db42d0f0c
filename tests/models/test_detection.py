"""When one channel speaks: made calls whose pauses are known, sounds that are no speech, and labelled recordings."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from analysis.frames import frame_levels
from analysis.intervals import gaps, intersection, total
from analysis.turns import own_pauses
from analysis.types import Samples, Segment, Segments
from models.detection import blocks_of, detected, tones_in
from samples.signals import hold_music, rustling, typing
from tests.signals import (
    ArrayChannel,
    RepeatedChannel,
    cadence,
    made_speech,
    music,
    noise,
    recorded,
    silence,
    tone,
)

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
Made = Callable[[int], Samples]

RUNS = ((0.5, 2.3), (2.6, 4.4), (4.9, 7.0), (8.0, 9.5), (11.5, 13.4))
"""With pauses of 0.3, 0.5, 1 and 2 s between."""
PAUSES_S = [0.3, 0.5, 1.0, 2.0]

KEYS = [(697, 1209), (770, 1336), (852, 1477), (941, 1633)]


def keys(sample_rate: int) -> Samples:
    each = [tone(key, 0.1, sample_rate=sample_rate, level_db=-15) for key in KEYS]
    gap = silence(0.1, sample_rate=sample_rate)
    return np.tile(np.concatenate([part for key in each for part in (key, gap)]), 5)


def telephone(hz: float, on_s: float, off_s: float, times: int) -> Made:
    return lambda rate: cadence(
        tone((hz,), on_s, sample_rate=rate, level_db=-15), off_s=off_s, times=times, sample_rate=rate
    )


NO_SPEECH: dict[str, Made] = {
    "strong noise": lambda rate: noise(12, sample_rate=rate, level_db=-20),
    "faint noise": lambda rate: noise(12, sample_rate=rate, level_db=-55),
    "digital silence": lambda rate: silence(12, sample_rate=rate),
    "ringing tone": telephone(425, 1.0, 4.0, 3),
    "busy tone": telephone(425, 0.3, 0.3, 20),
    "dialling tone": telephone(425, 10.0, 0.1, 1),
    "keys": keys,
    "music": lambda rate: music(20, sample_rate=rate),
    "rustling": lambda rate: rustling(20, sample_rate=rate, seed=1),
    "typing": lambda rate: typing(20, sample_rate=rate, seed=1),
    "mains hum": lambda rate: tone((50, 150, 250), 12, sample_rate=rate, level_db=-30),
}


def of_samples(samples: Samples, sample_rate: int) -> Segments:
    return detected(ArrayChannel(samples, sample_rate)).speech


def edges(segments: Segments) -> list[float]:
    return [edge for segment in segments for edge in (segment.start, segment.end)]


# --- known answer ---


@pytest.mark.parametrize("sample_rate", [8000, 16000])
@pytest.mark.parametrize("what", NO_SPEECH)
def test_what_is_no_speech_is_under_a_twentieth_of_the_time(what: str, sample_rate: int) -> None:
    samples = NO_SPEECH[what](sample_rate)
    assert total(of_samples(samples, sample_rate)) < 0.05 * len(samples) / sample_rate


@pytest.mark.parametrize("sample_rate", [8000, 16000])
@pytest.mark.parametrize("noise_db", [None, -65.0, -45.0])
def test_known_pauses_are_found_within_60_ms(sample_rate: int, noise_db: float | None) -> None:
    made = made_speech(RUNS, duration_s=14, sample_rate=sample_rate, noise_db=noise_db)
    found = of_samples(made.samples, sample_rate)
    assert [gap.duration for gap in gaps(found)] == pytest.approx(PAUSES_S, abs=0.06)
    assert edges(found) == pytest.approx(edges(made.runs), abs=0.06)
    assert len(own_pauses(found, None)) == 4


@pytest.mark.parametrize("level_db", [-65.0, -50.0, -35.0, -10.0])
def test_quiet_and_loud_speech_have_the_same_pauses(level_db: float) -> None:
    made = made_speech(RUNS, duration_s=14, sample_rate=8000, level_db=level_db, noise_db=level_db - 35)
    found = of_samples(made.samples, 8000)
    assert [gap.duration for gap in gaps(found)] == pytest.approx(PAUSES_S, abs=0.06)


def test_a_high_voice_has_the_same_pauses() -> None:
    made = made_speech(RUNS, duration_s=14, sample_rate=8000, f0_hz=220.0)
    assert [gap.duration for gap in gaps(of_samples(made.samples, 8000))] == pytest.approx(PAUSES_S, abs=0.06)


def test_speech_level_and_noise_are_those_of_the_made_call() -> None:
    active = detected(ArrayChannel(made_speech(RUNS, duration_s=14, sample_rate=8000).samples, 8000)).active
    assert active.speech_db == pytest.approx(-22, abs=0.5)
    assert active.noise_db == pytest.approx(-65, abs=1.0)
    assert active.snr_db == pytest.approx(43, abs=1.5)


def test_ringing_before_the_speech_is_a_tone_and_the_speech_is_kept() -> None:
    ringing = NO_SPEECH["ringing tone"](8000)
    made = made_speech(RUNS, duration_s=14, sample_rate=8000)
    found = detected(ArrayChannel(np.concatenate((ringing, made.samples)), 8000))
    assert edges(found.tones) == pytest.approx([0, 1, 5, 6, 10, 11], abs=0.06)
    assert edges(found.speech) == pytest.approx([edge + 15 for edge in edges(made.runs)], abs=0.06)


def test_music_after_the_speech_is_left_out_and_told() -> None:
    made = made_speech(RUNS, duration_s=14, sample_rate=8000)
    samples = np.concatenate((made.samples, music(30, sample_rate=8000)))
    found = detected(ArrayChannel(samples, 8000))
    assert total(intersection(found.speech, made.runs)) > 0.95 * total(made.runs)
    assert total(intersection(found.speech, (Segment(14.5, 44.0),))) < 1.5
    assert found.arbitrated_s > 20


def test_a_constant_in_the_signal_does_not_matter() -> None:
    made = made_speech(RUNS, duration_s=14, sample_rate=8000)
    found = of_samples((made.samples + np.float32(0.2)).astype(np.float32), 8000)
    assert edges(found) == pytest.approx(edges(made.runs), abs=0.06)


@pytest.mark.parametrize("count", [0, 1, 79, 80, 239, 400, 1600])
def test_a_recording_too_short_for_speech_has_none(count: int) -> None:
    found = detected(ArrayChannel(noise(1, sample_rate=8000, level_db=-30)[:count], 8000))
    assert found.speech == found.tones == ()
    assert found.active.speech_db is None


def test_a_hum_of_a_tenth_of_a_second_is_no_tone() -> None:
    def tones(length_s: float) -> Segments:
        made = cadence(tone((425,), length_s, sample_rate=8000, level_db=-20), off_s=1, times=2, sample_rate=8000)
        return tones_in(frame_levels([made], sample_rate=8000))

    assert tones(0.15) == ()
    assert len(tones(0.5)) == 2


# --- law ---


@pytest.mark.parametrize("delay_s", [0.37, 12.0])
def test_a_delay_moves_the_speech(delay_s: float) -> None:
    made = made_speech(RUNS, duration_s=14, sample_rate=8000)
    late = np.concatenate((noise(delay_s, sample_rate=8000, level_db=-65, seed=9), made.samples))
    found = [edge - delay_s for edge in edges(of_samples(late, 8000))]
    assert found == pytest.approx(edges(of_samples(made.samples, 8000)), abs=0.03)


def test_the_blocks_are_the_whole_channel() -> None:
    samples = noise(7.3, sample_rate=8000, level_db=-30)
    for block_s in (0.5, 2.0, 60.0):
        blocks = list(blocks_of(ArrayChannel(samples, 8000), block_s=block_s))
        assert all(len(block) <= 8000 * block_s for block in blocks)
        assert np.array_equal(np.concatenate(blocks), samples)


def test_segments_are_sorted_disjoint_and_inside() -> None:
    samples = np.concatenate(
        [made_speech(RUNS, duration_s=14, sample_rate=8000, noise_db=-40.0).samples, music(15, sample_rate=8000)]
    )
    found = of_samples(samples, 8000)
    assert all(before.end < after.start for before, after in zip(found, found[1:], strict=False))
    assert all(0 <= segment.start < segment.end <= len(samples) / 8000 + 0.01 for segment in found)


def test_the_same_channel_gives_the_same_answer() -> None:
    channel = ArrayChannel(
        np.concatenate((music(10, sample_rate=8000), noise(5, sample_rate=8000, level_db=-30))), 8000
    )
    assert detected(channel).speech == detected(channel).speech


def test_a_longer_call_takes_no_more_memory_for_its_samples() -> None:
    """Nine minutes hold 11.5 MB of samples more than three (as float32); the levels of six minutes are 2 MB."""
    piece = made_speech(((1, 14), (15, 22)), duration_s=24, sample_rate=8000, noise_db=-55.0).samples
    detected(RepeatedChannel(piece, 8000, 8000 * 30))

    def peak_mb(minutes: int) -> float:
        tracemalloc.start()
        try:
            found = detected(RepeatedChannel(piece, 8000, 8000 * 60 * minutes))
            peak = tracemalloc.get_traced_memory()[1] / 1e6
        finally:
            tracemalloc.stop()
        assert total(found.speech) == pytest.approx(60 * minutes * 20 / 24, rel=0.02)
        return peak

    short, long = peak_mb(3), peak_mb(9)
    assert long < 80
    assert long - short < 6


# --- against others ---


@pytest.mark.parametrize(("name", "start", "end"), [("fi_sentence_01l", 1.12, 5.735), ("fi_sentence_14m", 0.19, 2.955)])
def test_a_finnish_sentence_lasts_as_long_as_its_label_says(name: str, start: float, end: float) -> None:
    """By hand-corrected phone labels; the first sounds are p and t, whose closures are silent."""
    samples, sample_rate = recorded(f"finnish/{name}.wav")
    found = of_samples(samples, sample_rate)
    assert found[0].start == pytest.approx(start, abs=0.08)
    assert found[-1].end == pytest.approx(end, abs=0.06)
    assert total(found) > 0.93 * (end - start)
    assert own_pauses(found, None) == ()


@pytest.mark.parametrize(
    "name", ["hold_music", "ringback_fi", "busy_fi", "dtmf", "room_noise", "faint_noise", "digital_silence_mono"]
)
def test_recordings_without_speech_have_none(name: str) -> None:
    samples, sample_rate = recorded(f"hard/{name}.wav")
    assert total(of_samples(samples, sample_rate)) < 0.05 * len(samples) / sample_rate


def test_an_offset_of_the_samples_does_not_hide_speech() -> None:
    samples, sample_rate = recorded("hard/dc_offset.wav")
    centred = (samples - samples.mean()).astype(np.float32)
    assert edges(of_samples(samples, sample_rate)) == pytest.approx(edges(of_samples(centred, sample_rate)), abs=0.02)


def test_very_quiet_speech_is_found_where_it_is_when_loud() -> None:
    samples, sample_rate = recorded("hard/very_quiet.wav")
    louder = (samples * 10 ** (30 / 20)).astype(np.float32)
    quiet, loud = of_samples(samples, sample_rate), of_samples(louder, sample_rate)
    assert total(quiet) > 3
    assert total(intersection(quiet, loud)) > 0.85 * max(total(quiet), total(loud))


@pytest.mark.parametrize("sound", [rustling, typing])
def test_rustling_and_typing_between_sentences_are_no_speech(sound: Callable[..., Samples]) -> None:
    made = made_speech(RUNS, duration_s=14, sample_rate=8000, level_db=-22, noise_db=-65).samples
    between = sound(20, sample_rate=8000, seed=2, level_dbfs=-32)
    quiet = noise(20, sample_rate=8000, level_db=-65)
    speech = of_samples(np.concatenate((made, between + quiet, made)), 8000)
    assert total(intersection(speech, (Segment(15, 33),))) < 0.5
    assert total(speech) == pytest.approx(2 * total(of_samples(made, 8000)), rel=0.05)


# --- known answer: sounds that are neither speech nor noise of the line ---


@pytest.mark.parametrize("sample_rate", [8000, 16000])
@pytest.mark.parametrize("sound", ["ringing before", "music after", "keys before", "hum throughout", "one click"])
def test_other_sounds_change_neither_level_nor_noise(sound: str, sample_rate: int) -> None:
    made = made_speech(RUNS, duration_s=14, sample_rate=sample_rate, level_db=-22, noise_db=-65).samples
    other = {
        "ringing before": lambda: np.concatenate((telephone(425, 1.0, 4.0, 3)(sample_rate), made)),
        "music after": lambda: np.concatenate((made, music(30, sample_rate=sample_rate))),
        "keys before": lambda: np.concatenate((keys(sample_rate), made)),
        "hum throughout": lambda: made + tone((50,), 14, sample_rate=sample_rate, level_db=-35)[: len(made)],
        "one click": lambda: _clicked(made, sample_rate),
    }[sound]()
    plain = detected(ArrayChannel(made, sample_rate)).active
    found = detected(ArrayChannel(other.astype(np.float32), sample_rate)).active
    assert plain.speech_db is not None
    assert found.speech_db == pytest.approx(plain.speech_db, abs=0.5)
    assert found.snr_db is not None
    assert found.snr_db > 35


def _clicked(made: Samples, sample_rate: int) -> Samples:
    result = made.copy()
    first = round(10.4 * sample_rate)
    result[first : first + sample_rate // 200] = 0.3
    return result


@pytest.mark.parametrize("music_s", [20.0, 40.0])
def test_hold_music_takes_nothing_from_the_greeting_after_it(music_s: float) -> None:
    # Silero remembers the music, and the music is no noise to measure the voice against.
    from samples.alaw import read_alaw

    call = read_alaw(SAMPLES / "kiireinen_puhelu.wav")
    agent = np.asarray(call[0] if isinstance(call, tuple) else call)
    agent = (agent[:, 0] if agent.shape[0] > agent.shape[1] else agent[0]).astype(np.float32)
    alone = detected(ArrayChannel(agent, 8000)).speech
    after = detected(ArrayChannel(np.concatenate((hold_music(music_s, sample_rate=8000, seed=2), agent)), 8000))
    assert after.speech[0].start == pytest.approx(music_s + alone[0].start, abs=0.05)
    assert total(after.speech) == pytest.approx(total(alone), rel=0.02)
    assert after.music_s == pytest.approx(music_s, rel=0.02)
