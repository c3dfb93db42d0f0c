"""Hesitation sounds heard in the audio alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.filler_merging import merged_fillers
from analysis.frames import BANDS
from analysis.hesitation_sounds import (
    Candidate,
    candidates_of,
    hesitations_heard,
    is_hesitation,
    spectral_flux,
)
from analysis.pitch import RawPitch
from analysis.types import Filler, Segment, Word
from tests.analysis.made_levels import amplified, levels_of_db

HELD = Candidate(Segment(1.0, 1.4), flux_db=1.0, voiced=0.9, depth_db=3.0, tilt_db=12.0, f0_slope_st=-3.0)
SPEECH = (Segment(0.0, 1.4), Segment(1.5, 4.0))
RAW = RawPitch(np.full(400, 120, np.float32), np.full(400, 0.9, np.float32))


def written(text: str, start: float, end: float, kind: str = "hesitation") -> Filler:
    return Filler(Segment(start, end), text, kind, "check", "transcript")  # type: ignore[arg-type]


def heard(start: float, end: float) -> Filler:
    return Filler(Segment(start, end), "öö", "hesitation", "check", "audio")


def found_around(*words: tuple[float, float]) -> list[float]:
    told = tuple(Word("joo", Segment(start, end)) for start, end in words)
    found = candidates_of(levels_of_db([-20.0] * 400), RAW, SPEECH, told)
    return [edge for candidate in found for edge in (candidate.segment.start, candidate.segment.end)]


# --- known answer ---


def test_speech_without_a_word_is_a_candidate() -> None:
    # 20 ms of each word's edge are given away
    assert found_around((0.0, 1.4), (2.0, 4.0)) == pytest.approx([1.5, 2.02])


def test_a_gap_under_120_ms_is_none() -> None:
    assert found_around((0.0, 1.4), (1.59, 4.0)) == []
    assert found_around((0.0, 1.4), (1.61, 4.0)) == pytest.approx([1.5, 1.63])


def test_the_drawn_out_end_of_a_word_is_none() -> None:
    assert found_around((0.0, 1.4), (1.5, 2.0), (2.6, 4.0)) == []


def test_silence_without_a_word_is_none() -> None:
    words = (Word("joo", Segment(0.0, 1.0)), Word("joo", Segment(3.0, 4.0)))
    speech = (Segment(0.0, 1.0), Segment(3.0, 4.0))
    assert candidates_of(levels_of_db([-20.0] * 400), RAW, speech, words) == ()


def test_a_candidate_is_described() -> None:
    bands = np.full((400, BANDS), -20.0)
    bands[150:200] = [-20, -20, -20, -20, -30, -40, -40, -40]
    db = [-20.0] * 150 + [-26.0] * 50 + [-20.0] * 200
    raw = RawPitch(np.full(400, 120, np.float32), np.full(400, 0.9, np.float32))
    raw.hz[150:200] = 120 * 2 ** (np.arange(50) * 0.01 * 6 / 12)
    raw.confidence[150:160] = 0.1
    words = (Word("joo", Segment(0.0, 1.4)), Word("joo", Segment(1.98, 4.0)))
    (found,) = candidates_of(levels_of_db(db, bands=bands), raw, SPEECH, words)
    assert found.segment.start == pytest.approx(1.5)
    assert found.segment.end == pytest.approx(2.0)
    assert found.voiced == pytest.approx(0.8)
    assert found.depth_db == pytest.approx(6.0, abs=0.05)
    assert found.tilt_db == pytest.approx(20.0, abs=0.05)
    assert found.f0_slope_st == pytest.approx(6.0, abs=0.05)
    assert found.flux_db == pytest.approx(0.0, abs=0.1)


def test_a_held_vowel_does_not_change_and_babble_does() -> None:
    assert spectral_flux(levels_of_db([-20.0] * 50)) == pytest.approx(0, abs=1e-5)
    turned = np.where(np.arange(60)[:, None] // 6 % 2 == np.arange(BANDS) % 2, -20.0, -30.0)
    flux = spectral_flux(levels_of_db(turned.mean(axis=1), bands=turned))
    # 60 ms on, each band is 10 dB up or down
    assert flux[10:50].mean() == pytest.approx(10, abs=0.5)
    assert len(spectral_flux(levels_of_db([]))) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"flux_db": 5.0},
        {"depth_db": 19.0},
        {"tilt_db": -2.0, "flux_db": 3.0},
        {"f0_slope_st": -40.0},
        {"segment": Segment(1.0, 4.5)},
        {"dips": 3},
    ],
)
def test_a_changing_faint_hissing_gliding_endless_or_bursting_sound_is_no_hesitation(change: dict[str, object]) -> None:
    assert is_hesitation(HELD)
    assert not is_hesitation(replace(HELD, **change))  # type: ignore[arg-type]


def test_a_faint_hum_is_a_hesitation_and_a_short_one_is_not() -> None:
    hum = replace(HELD, depth_db=17.0, tilt_db=0.0)
    assert is_hesitation(hum)
    assert not is_hesitation(replace(hum, depth_db=18.5))
    assert not is_hesitation(replace(hum, segment=Segment(1.0, 1.2)))
    assert not is_hesitation(replace(hum, f0_slope_st=None))


def test_what_is_only_heard_is_for_a_person_to_check() -> None:
    assert hesitations_heard((HELD, replace(HELD, flux_db=9.0))) == (heard(1.0, 1.4),)


def test_a_written_hesitation_that_is_heard_is_certain_and_lies_where_it_is_heard() -> None:
    merged = merged_fillers((written("öö", 1.1, 1.5),), (heard(1.0, 1.4), heard(3.0, 3.3)))
    assert merged == (Filler(Segment(1.0, 1.4), "öö", "hesitation", "certain", "both"), heard(3.0, 3.3))


def test_a_written_particle_is_not_confirmed_by_a_sound() -> None:
    particle = written("niinku", 1.1, 1.5, "particle")
    assert merged_fillers((particle,), (heard(1.0, 1.4),)) == (heard(1.0, 1.4), particle)


def test_without_times_both_stand() -> None:
    untimed = Filler(None, "öö", "hesitation", "certain", "transcript")
    assert merged_fillers((untimed,), (heard(1.0, 1.4),)) == (untimed, heard(1.0, 1.4))


def test_a_recognisers_stutter_is_one_sound() -> None:
    """A recogniser writes "öö öö" for one long sound, and finds no time for the second."""
    for stutter in (written("öö", 1.4, 1.4), written("öö", 1.0, 1.0), written("öö", 1.4, 1.44)):
        merged = merged_fillers((stutter, written("öö", 1.0, 1.4)), (heard(1.0, 1.5),))
        assert [(filler.source, filler.segment) for filler in merged] == [("both", Segment(1.0, 1.5))]
    for other in (written("öö", 2.0, 2.0), written("mm", 1.47, 1.51)):
        assert len(merged_fillers((written("öö", 1.0, 1.4), other), (heard(1.0, 1.4),))) == 2
    assert len(merged_fillers((written("öö", 1.4, 1.4),), ())) == 1


# --- law ---


@given(st.floats(-20, 15))
def test_a_gain_describes_a_candidate_the_same(gain_db: float) -> None:
    levels = levels_of_db(np.random.default_rng(6).uniform(-35, -15, 400))
    words = (Word("joo", Segment(0.0, 1.4)), Word("joo", Segment(2.0, 4.0)))
    (before,) = candidates_of(levels, RAW, SPEECH, words)
    (after,) = candidates_of(amplified(levels, gain_db), RAW, SPEECH, words)
    assert after.segment == before.segment
    assert [after.flux_db, after.depth_db, after.tilt_db] == pytest.approx(
        [before.flux_db, before.depth_db, before.tilt_db], abs=1e-2
    )


TIMES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 8)), max_size=5)


@given(TIMES, TIMES)
def test_no_written_filler_is_lost_and_the_order_is_that_of_time(
    told: list[tuple[int, int]], listened: list[tuple[int, int]]
) -> None:
    first = tuple(written("öö", a / 4, (a + b) / 4) for a, b in told)
    second = tuple(heard(a / 4, (a + b) / 4) for a, b in listened)
    merged = merged_fillers(first, second)
    starts = [filler.segment.start for filler in merged if filler.segment]
    assert starts == sorted(starts)
    assert sum(filler.source != "audio" for filler in merged) == len(first)
    known = {filler.segment for filler in (*first, *second)}
    assert all(filler.segment in known for filler in merged)
    assert all((filler.tier == "certain") == (filler.source == "both") for filler in merged)
