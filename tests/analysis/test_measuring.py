"""Every measure called by name, and withheld where the recording cannot carry it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.catalogue import BY_NAME, CATALOGUE
from analysis.measuring import NOISE_LIMITS_DB, RECOGNISED_POOR_BELOW_DB, measures_of, worse
from analysis.noise import ActiveLevel
from analysis.types import Confidence, Measure, Message, Sentence, Word
from tests.analysis.measures.material import called, nothing, plenty

ORDER: list[Confidence] = ["good", "fair", "poor"]


def at_snr(snr_db: float | None, *, both_voices: bool = False) -> dict[str, Measure]:
    material = replace(plenty(), active=ActiveLevel(-22.0, -22.0 - (snr_db or 0), snr_db))
    return {measure.name: measure for measure in measures_of(material, both_voices=both_voices)}


def at_their_best(snr_db: float | None) -> dict[str, Measure]:
    material = replace(plenty(), active=ActiveLevel(-22.0, -22.0 - (snr_db or 0), snr_db))
    return {info.name: called(info.name, material) for info in CATALOGUE}


# --- known answer ---


def test_all_measures_come_in_the_catalogues_order() -> None:
    for material in (plenty(), nothing()):
        found = measures_of(material, both_voices=False)
        assert [measure.name for measure in found] == [info.name for info in CATALOGUE]


def test_a_clean_line_withholds_nothing() -> None:
    assert at_snr(40.0) == at_their_best(40.0)
    assert at_snr(None) == at_their_best(None)


@pytest.mark.parametrize("group", NOISE_LIMITS_DB)
def test_below_the_first_limit_a_group_is_refused_and_says_how_noisy_it_is(group: str) -> None:
    refused, _ = NOISE_LIMITS_DB[group]  # type: ignore[index]
    inside, outside = at_snr(refused), at_snr(refused - 0.1)
    for name in (info.name for info in CATALOGUE if info.group == group):
        # Sounds found by ear have a stricter limit of their own.
        assert inside[name].value is not None or name == "filled_pause_rate"
        assert outside[name].value is None
        assert outside[name].evidence == ()
        assert outside[name].reason == Message("reason-too-noisy", {"snr_db": round(refused - 0.1, 1)})


@pytest.mark.parametrize("group", NOISE_LIMITS_DB)
def test_below_the_second_limit_no_figure_is_good(group: str) -> None:
    _, trusted = NOISE_LIMITS_DB[group]  # type: ignore[index]
    own, inside, outside = at_their_best(trusted), at_snr(trusted), at_snr(trusted - 0.1)
    for name in (info.name for info in CATALOGUE if info.group == group):
        doubted = trusted < RECOGNISED_POOR_BELOW_DB.get(group, trusted)  # type: ignore[call-overload]
        assert inside[name].confidence == ("poor" if doubted else own[name].confidence)
        assert outside[name].confidence != "good" or (outside[name].value is None and name == "filled_pause_rate")


def test_with_both_voices_in_the_channel_no_figure_is_good() -> None:
    mixed = at_snr(40.0, both_voices=True)
    assert {measure.confidence for measure in mixed.values() if measure.value is not None} <= {"fair", "poor"}
    assert mixed["pause_rate"].value == at_snr(40.0)["pause_rate"].value


def test_a_reason_of_its_own_comes_before_noise() -> None:
    material = replace(plenty(), baseline=None, active=ActiveLevel(-22.0, -22.0, 0.0))
    (shift,) = (m for m in measures_of(material, both_voices=False) if m.name == "f0_shift")
    assert shift.reason is not None
    assert shift.reason.id == "reason-no-baseline"


def test_worse() -> None:
    assert [worse(a, b) for a in ORDER for b in ORDER] == [
        *("good", "fair", "poor"),
        *("fair", "fair", "poor"),
        *("poor", "poor", "poor"),
    ]


def test_another_language_has_no_finnish_figures() -> None:
    found = {m.name: m for m in measures_of(replace(plenty(), language="sv"), both_voices=False)}
    for name, measure in found.items():
        if BY_NAME[name].group in ("fillers", "openings"):
            assert measure.reason is not None
            assert measure.reason.id == "reason-language"
            assert measure.reason.args == {"language": "sv"}
    assert found["pause_rate"].value == called("pause_rate", plenty()).value


@pytest.mark.parametrize(
    ("recognised", "snr_db", "poor"), [(True, 14.9, True), (True, 15.0, False), (False, 14.9, False)]
)
def test_openings_recognised_in_noise_are_poor(recognised: bool, snr_db: float, poor: bool) -> None:
    said = str.split("Kiitos odotuksesta, asia on nyt kunnossa ja saatte siitä viestin.")
    told = (Sentence(tuple(map(Word, said)), "turn"),)
    material = replace(plenty(), recognised=recognised, sentences=told, active=ActiveLevel(-22.0, -22.0, snr_db))
    found = {measure.name: measure for measure in measures_of(material, both_voices=False)}
    for name in ("ei_openings", "negative_openings"):
        assert found[name].value == 0
        assert (found[name].confidence == "poor") is poor


def test_pauses_in_much_noise_are_poor() -> None:
    for name in ("pause_rate", "mean_pause_duration", "pause_ratio", "longest_pause"):
        assert [at_snr(snr_db)[name].confidence for snr_db in (14.9, 15.0, 18.0)] == ["poor", "fair", "good"]


@pytest.mark.parametrize(("disagreement", "poor"), [(None, False), (0.2, False), (0.21, True)])
def test_a_pitch_that_a_second_tracker_contradicts_is_poor(disagreement: float | None, poor: bool) -> None:
    own = {info.name: called(info.name, plenty()).confidence for info in CATALOGUE}
    material = replace(plenty(), pitch_disagreement=disagreement)
    for measure in measures_of(material, both_voices=False):
        doubted = poor and BY_NAME[measure.name].group == "pitch"
        assert measure.confidence == ("poor" if doubted else own[measure.name])


# --- law ---


@given(st.floats(-5, 40), st.floats(-5, 40))
def test_more_noise_never_gives_more_figures_or_more_trust(first: float, second: float) -> None:
    noisy, clean = at_snr(min(first, second)), at_snr(max(first, second))
    for name in BY_NAME:
        if noisy[name].value is not None:
            assert clean[name].value is not None
            assert ORDER.index(noisy[name].confidence) >= ORDER.index(clean[name].confidence)
