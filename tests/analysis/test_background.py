"""What sounds behind the speaker is told by its level."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.background import foreground

Mask = npt.NDArray[np.bool_]
Power = npt.NDArray[np.float32]


def sounding(*parts: tuple[int, float], noise_db: float = -60.0) -> tuple[Mask, Power]:
    """Frames of one part after another, each of so many frames at a level in dB, with 30 frames of noise between them.

    The speech is what is above the noise by 10 dB; the noise itself moves by a decibel or so.
    """
    pieces = [np.full(30, noise_db)]
    for count, level_db in parts:
        pieces += [np.full(count, level_db), np.full(30, noise_db)]
    level = np.concatenate(pieces)
    moving = level + np.random.default_rng(1).normal(0, 1, len(level))
    return level > noise_db + 10, (10 ** (moving / 10)).astype(np.float32)


TALK = [(100, -20.0)] * 10
BEHIND = [(40, -38.0), (25, -36.0), (30, -40.0)] * 3
ROOM_DB = -52.0
"""With what is behind the speaker it comes to 20 dB or so below the speech."""


def runs(mask: Mask) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


# --- known answer -----------------------------------------------------------------------------------------------------


def test_voices_behind_the_speaker_are_left_out() -> None:
    # A room that already has some of them where nobody was taken to speak, as a detector leaves it.
    speech, power = sounding(*TALK, *BEHIND, *TALK, noise_db=ROOM_DB)
    murmur = ~speech & (np.arange(len(speech)) % 30 < 9)
    power[murmur] = 10 ** (-39 / 10)
    kept = foreground(speech, power)
    loud = power > 10 ** (-25 / 10)
    assert runs(kept) == runs(speech & loud)
    assert len(runs(kept)) == 20


@pytest.mark.parametrize(("frames", "stays"), [(20, False), (10, False), (9, True), (4, True)])
def test_what_goes_on_behind_the_end_of_a_word_is_cut_off_and_a_last_sound_is_not(frames: int, stays: bool) -> None:
    speech, power = sounding(*TALK, noise_db=ROOM_DB)
    murmur = ~speech & (np.arange(len(speech)) % 30 < 9)
    power[murmur] = 10 ** (-39 / 10)
    power[30 + 100 : 30 + 100 + frames + 2] = 10 ** (-39 / 10)  # two of them are still loud once evened over 50 ms
    speech[30 + 100 : 30 + 100 + frames + 2] = True
    assert runs(foreground(speech, power))[0] == (30, 130 + 2 + (frames if stays else 0))


def test_a_faint_word_on_a_quiet_line_stays() -> None:
    speech, power = sounding(*TALK, (30, -44.0), *TALK, noise_db=-62.0)
    assert np.array_equal(foreground(speech, power), speech)


def test_a_faint_word_in_even_noise_stays() -> None:
    speech, power = sounding(*TALK, (30, -33.0), *TALK, noise_db=-42.0)
    speech[30 + 10 * 130 : 30 + 10 * 130 + 30] = True
    assert np.array_equal(foreground(speech, power), speech)


def test_a_word_less_far_below_the_speech_than_people_go_stays() -> None:
    speech, power = sounding(*TALK, *BEHIND, (30, -33.0), *TALK, noise_db=ROOM_DB)
    power[~speech & (np.arange(len(speech)) % 30 < 9)] = 10 ** (-30 / 10)
    word = 30 + 10 * 130 + sum(count + 30 for count, _ in BEHIND)
    assert foreground(speech, power)[word : word + 30].all()


def test_a_word_louder_than_all_that_is_behind_it_stays_though_that_comes_now_and_then() -> None:
    # Bursts in a quarter of the rest: their spread from the floor says little of how far they reach.
    speech, power = sounding(*TALK * 3, noise_db=-60.0)
    power[~speech & (np.arange(len(speech)) % 30 < 7)] = 10 ** (-42 / 10)
    word = slice(30 + 15 * 130 - 20, 30 + 15 * 130)  # after a phrase, apart from it by what follows
    speech, power = (
        np.insert(speech, word.stop, [False] * 30 + [True] * 30 + [False] * 30),
        np.insert(power, word.stop, [10 ** (-60 / 10)] * 30 + [10 ** (-36 / 10)] * 30 + [10 ** (-60 / 10)] * 30),
    )
    assert foreground(speech, power.astype(np.float32))[word.stop + 30 : word.stop + 60].all()


def test_speech_that_noise_drowns_is_left_as_it_is() -> None:
    speech, power = sounding(*TALK, (30, -30.0), noise_db=-34.0)
    speech[-60:-30] = True
    assert np.array_equal(foreground(speech, power), speech)


def test_each_minute_has_its_own_background() -> None:
    quiet, noisy = (
        sounding(*TALK * 5, (30, -40.0), *TALK * 5, noise_db=-62.0),
        sounding(*TALK * 10, *BEHIND * 3, noise_db=ROOM_DB),
    )
    noisy[1][~noisy[0] & (np.arange(len(noisy[0])) % 30 < 9)] = 10 ** (-39 / 10)
    speech, power = (np.concatenate(pair) for pair in zip(quiet, noisy, strict=True))
    kept = foreground(speech, power)
    assert kept[30 + 50 * 130 : 30 + 50 * 130 + 30].all()
    last = len(speech) - 200
    assert not kept[last:].any()
    assert speech[last:].any()


@pytest.mark.parametrize("count", [0, 1, 40])
def test_too_little_to_tell_is_left_as_it_is(count: int) -> None:
    speech = np.arange(count) % 3 == 0
    assert np.array_equal(foreground(speech, np.full(count, 1e-3, np.float32)), speech)


def test_gated_silence_is_not_a_background() -> None:
    speech, power = sounding(*TALK, (30, -38.0), *TALK)
    power[~speech] = 0
    assert np.array_equal(foreground(speech, power), speech)


# --- law --------------------------------------------------------------------------------------------------------------


@given(gain_db=st.floats(-30, 15), seed=st.integers(0, 10**6))
def test_only_takes_away_and_a_level_changes_nothing(gain_db: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    parts = [(int(rng.integers(3, 90)), float(rng.uniform(-42, -15))) for _ in range(40)]
    speech, power = sounding(*parts, noise_db=float(rng.uniform(-60, -40)))
    kept = foreground(speech, power)
    assert not (kept & ~speech).any()
    louder = (power * np.float32(10 ** (gain_db / 10))).astype(np.float32)
    assert np.mean(foreground(speech, louder) != kept) < 0.01
