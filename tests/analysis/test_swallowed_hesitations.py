"""Hesitation sounds that a word has swallowed, that follow one another, or that are breaths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.filler_merging import merged_fillers
from analysis.hesitation_sounds import Candidate, candidates_of, is_hesitation
from analysis.pitch import RawPitch
from analysis.types import Filler, Segment, Word
from tests.analysis.made_levels import levels_of_db

RAW = RawPitch(np.full(400, 120, np.float32), np.full(400, 0.9, np.float32))
HELD = Candidate(Segment(1.0, 1.4), flux_db=1.0, voiced=0.9, depth_db=3.0, tilt_db=12.0, f0_slope_st=-3.0)
VOWEL_DB = [-20.0, -20, -20, -20, -26, -35, -35, -35]


def found(words: list[tuple[str, float, float]], speech: list[tuple[float, float]], db: list[float]) -> list[float]:
    bands = np.asarray(db)[:, None] + np.asarray(VOWEL_DB) + 20
    told = tuple(Word(text, Segment(start, end)) for text, start, end in words)
    candidates = candidates_of(levels_of_db(db, bands=bands), RAW, tuple(Segment(*s) for s in speech), told)
    return [edge for one in candidates for edge in (one.segment.start, one.segment.end)]


# known answer


def test_a_word_far_too_long_with_silence_inside_is_only_its_last_piece() -> None:
    speech = [(0.0, 0.8), (1.0, 1.5), (1.7, 2.5)]
    words = [("joo", 0.0, 0.8), ("siis", 0.95, 2.0), ("se", 2.0, 2.5)]
    assert found(words, speech, [-20.0] * 400) == pytest.approx([1.0, 1.5])


def test_a_long_word_keeps_its_time() -> None:
    speech = [(0.0, 0.8), (1.0, 1.5), (1.7, 2.5)]
    words = [("joo", 0.0, 0.8), ("asiakaspalvelussamme", 0.95, 2.5)]
    assert found(words, speech, [-20.0] * 400) == []


def test_a_run_of_held_sounds_comes_apart_at_its_dips() -> None:
    db = [-20.0] * 150 + [-45.0] * 10 + [-20.0] * 60 + [-45.0] * 3 + [-20.0] * 177
    words = [("joo", 0.0, 0.8), ("niin", 2.6, 4.0)]
    assert found(words, [(0.0, 0.8), (1.0, 4.0)], db) == pytest.approx([1.0, 1.5, 1.6, 2.62], abs=0.03)


def test_a_run_of_many_sounds_is_no_train_of_bursts() -> None:
    db = np.full(400, -20.0)
    for at in (130, 160, 190):
        db[at : at + 10] = -45.0
    words = [("joo", 0.0, 0.8), ("niin", 2.3, 4.0)]
    assert found(words, [(0.0, 0.8), (1.0, 4.0)], list(db)) == pytest.approx(
        [1.0, 1.3, 1.4, 1.6, 1.7, 1.9, 2.0, 2.32], abs=0.03
    )


def test_each_sound_of_a_run_is_held_for_itself() -> None:
    db = [-20.0] * 150 + [-45.0] * 10 + [-20.0] * 240
    bands = np.asarray(db)[:, None] + np.asarray(VOWEL_DB) + 20
    # The second one is no held vowel: its spectrum turns over every 60 ms.
    turning = np.arange(160, 200)
    bands[turning] += np.where(turning[:, None] // 6 % 2 == np.arange(8) % 2, 9.0, -9.0)
    speech = (Segment(0.0, 0.8), Segment(1.0, 2.0))
    pieces = candidates_of(levels_of_db(db, bands=bands), RAW, speech, (Word("joo", Segment(0.0, 0.8)),))
    assert [(one.segment.start, is_hesitation(one)) for one in pieces] == [
        (pytest.approx(1.0, abs=0.02), True),
        (pytest.approx(1.6, abs=0.02), False),
    ]


def test_silence_too_short_for_a_pause_is_no_part_of_a_sound() -> None:
    """A last syllable falls by 8 st, 0.14 s of silence, and the voice sets in again as high as before."""
    db = np.full(400, -20.0)
    db[120:134] = -60.0
    hz, sure = np.full(400, 180, np.float32), np.full(400, 0.9, np.float32)
    hz[100:120] = 180 * 2 ** (np.linspace(0, -8, 20) / 12)
    sure[120:134] = 0
    bands = db[:, None] + np.asarray(VOWEL_DB) + 20
    words = (Word("joo", Segment(0.0, 0.8)), Word("niin", Segment(1.4, 4.0)))
    pieces = candidates_of(
        levels_of_db(db, bands=bands), RawPitch(hz, sure), (Segment(0.0, 0.8), Segment(1.0, 4.0)), words
    )
    (one,) = pieces
    assert (one.segment.start, one.segment.end) == (pytest.approx(1.0, abs=0.02), pytest.approx(1.2, abs=0.02))
    assert one.f0_slope_st == pytest.approx(-40, abs=3)
    assert not is_hesitation(one)


def test_one_silent_frame_takes_nothing_from_a_sound() -> None:
    db = np.full(400, -20.0)
    db[106] = -60.0
    bands = db[:, None] + np.asarray(VOWEL_DB) + 20
    words = (Word("joo", Segment(0.0, 0.8)), Word("niin", Segment(1.14, 4.0)))
    (one,) = candidates_of(
        levels_of_db(db, bands=bands), RAW, (Segment(0.0, 0.8), Segment(1.0, 4.0)), words, shaved_s=0.0
    )
    assert one.segment.duration == pytest.approx(0.14, abs=0.006)


def test_a_train_of_bursts_is_laughter_and_a_sound_may_waver() -> None:
    words = (Word("joo", Segment(0.0, 0.8)),)
    speech = (Segment(0.0, 0.8), Segment(1.0, 2.0))
    for bursts, dips in ((5, 4), (3, 2)):
        # 0.14 s of voice and 0.06 s of breath 8 dB below: five bursts a second
        db = np.full(400, -20.0)
        for k in range(1, bursts):
            db[100 + 20 * k - 6 : 100 + 20 * k] = -28.0
        bands = db[:, None] + np.asarray(VOWEL_DB) + 20
        (one,) = candidates_of(levels_of_db(db, bands=bands), RAW, speech, words)
        assert one.dips == dips
        assert is_hesitation(one) == (bursts == 3)


def test_laughter_with_deep_breaths_does_not_come_apart() -> None:
    """0.13 s of voice and 0.09 s of breath 20 dB below: five bursts in 1.0 s."""
    db = np.full(400, -20.0)
    for k in range(1, 5):
        db[100 + 22 * k - 9 : 100 + 22 * k] = -40.0
    bands = db[:, None] + np.asarray(VOWEL_DB) + 20
    words = (Word("joo", Segment(0.0, 0.8)),)
    found = candidates_of(levels_of_db(db, bands=bands), RAW, (Segment(0.0, 0.8), Segment(1.0, 2.05)), words)
    assert not any(is_hesitation(one) for one in found)


def test_two_written_sounds_on_one_that_is_heard_keep_their_own_times() -> None:
    two = tuple(Filler(Segment(*at), "öö", "hesitation", "check", "transcript") for at in ((1.0, 1.2), (1.2, 1.5)))
    merged = merged_fillers(two, (heard(1.0, 1.5),))
    assert [filler.segment for filler in merged] == [Segment(1.0, 1.2), Segment(1.2, 1.5)]


def test_a_breath_is_fainter_than_a_creaky_vowel() -> None:
    unvoiced = replace(HELD, voiced=0.0, f0_slope_st=None)
    assert is_hesitation(unvoiced)
    assert not is_hesitation(replace(unvoiced, depth_db=7.0))
    assert is_hesitation(replace(HELD, depth_db=7.0))


def heard(start: float, end: float) -> Filler:
    return Filler(Segment(start, end), "öö", "hesitation", "check", "audio")


def test_a_written_sound_takes_one_that_is_heard_and_leaves_the_next() -> None:
    written = Filler(Segment(1.0, 1.7), "öm", "hesitation", "certain", "transcript")
    merged = merged_fillers((written,), (heard(1.0, 1.4), heard(1.5, 2.2), heard(1.41, 1.49)))
    assert merged == (Filler(Segment(1.0, 1.4), "öm", "hesitation", "certain", "both"), heard(1.5, 2.2))


def test_one_written_sound_is_not_two_that_are_heard_apart() -> None:
    written = Filler(Segment(1.0, 1.7), "öm", "hesitation", "certain", "transcript")
    both = Filler(Segment(1.0, 1.3), "öm", "hesitation", "certain", "both")
    assert merged_fillers((written,), (heard(1.0, 1.3), heard(1.45, 1.65))) == (both, heard(1.45, 1.65))
    assert merged_fillers((written,), (heard(1.0, 1.3), heard(1.35, 1.65))) == (both,)


def test_a_written_sound_without_a_time_of_its_own_takes_that_of_the_heard_one() -> None:
    written = Filler(Segment(1.45, 1.45), "öm", "hesitation", "certain", "transcript")
    assert merged_fillers((written,), (heard(1.0, 1.4),)) == (
        Filler(Segment(1.0, 1.4), "öm", "hesitation", "certain", "both"),
    )


def test_two_written_sounds_each_take_the_one_they_fit() -> None:
    first = Filler(Segment(1.0, 1.4), "öö", "hesitation", "certain", "transcript")
    late = Filler(Segment(1.8, 1.8), "öm", "hesitation", "certain", "transcript")
    merged = merged_fillers((first, late), (heard(1.05, 1.18), heard(1.24, 2.0)))
    assert [(filler.text, filler.segment) for filler in merged] == [
        ("öö", Segment(1.05, 1.18)),
        ("öm", Segment(1.24, 2.0)),
    ]


@pytest.mark.parametrize(
    ("text", "between", "gap_s", "kept"),
    [
        ("Hah,", None, 0.2, [2.6, 3.2]),
        ("häh", None, 0.2, [1.7, 1.9, 2.1, 2.3, 2.6, 3.2]),
        ("hah", None, 0.3, [1.8, 2.0, 2.2, 2.4, 2.6, 3.2]),
        ("hah", "no", 0.2, [1.7, 1.9, 2.1, 2.3, 2.6, 3.2]),
    ],
)
def test_short_bursts_that_follow_written_laughter_are_laughter(
    text: str, between: str | None, gap_s: float, kept: list[float]
) -> None:
    """Two bursts, each `gap_s` after what comes before it, and a longer sound after them."""
    first = 1.5 + gap_s
    speech = [(0.0, 0.8), (1.2, 1.5), (first, first + 0.2), (first + 0.4, first + 0.6), (2.6, 3.2)]
    words = [("joo", 0.0, 0.8), (text, 1.2, 1.5), *([(between, 1.55, 1.65)] if between else [])]
    assert found(words, speech, [-20.0] * 400) == pytest.approx(kept)


def test_a_written_sound_without_a_time_leaves_the_heard_one_to_the_other() -> None:
    long = Filler(Segment(0.9, 1.5), "öö", "hesitation", "certain", "transcript")
    late = Filler(Segment(1.56, 1.56), "öm", "hesitation", "certain", "transcript")
    merged = merged_fillers((long, late), (heard(1.0, 1.6),))
    assert merged[0].source == "both"
