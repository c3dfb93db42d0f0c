"""The openings part of the truth bench: its sets stay apart, its shares and its made speakers are what they claim."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from samples.spoken import Mark, Spoken
from tests.accuracy.asr_lines import OWN, arrived, lines_of
from tests.accuracy.asr_openings import SET_OF, wilson
from tests.accuracy.asr_sentences import SETS, opens_with_ei
from tests.accuracy.asr_speech import RATE_HZ, SpokenTurns, _scaled
from tests.accuracy.conditions import CONDITIONS, unavailable
from tests.accuracy.rows import Order


def sentences(name: str) -> list[str]:
    return [text for turn in SETS[name] for text in turn]


def test_no_two_sets_share_a_sentence_that_opens_with_ei() -> None:
    for one, other in combinations(SETS, 2):
        assert not {text for text in sentences(one) if opens_with_ei(text)} & set(sentences(other))
    assert not set(SET_OF["dev"]) & set(SET_OF["test"])


def test_the_test_set_has_openings_and_others_enough() -> None:
    said = [opens_with_ei(text) for name in SET_OF["test"] for text in sentences(name)]
    assert (sum(said), len(said) - sum(said)) == (83, 151)


@pytest.mark.parametrize(
    ("text", "opens"),
    [("Ei käy.", True), ("Öö, ei tämä.", True), ("Joo, ei.", False), ("Eikö?", False), ("Mm.", False), ("Ei.", True)],
)
def test_an_opening_is_a_first_word_ei_hesitations_apart(text: str, opens: bool) -> None:
    assert opens_with_ei(text) is opens


def test_the_interval_of_a_share_is_wilsons() -> None:
    assert wilson(8, 10) == "0.49 to 0.94"  # E. B. Wilson, JASA 22, 1927; any table of his interval
    assert wilson(0, 10) == "0.00 to 0.28"
    assert wilson(0, 0) == "-"


def test_a_larger_scale_is_a_shorter_and_higher_voice() -> None:
    time = np.arange(RATE_HZ) / RATE_HZ
    tone = np.sin(2 * np.pi * 200 * time).astype(np.float32)
    mark = Mark("a", 0.5, 1.0)
    scaled = _scaled(Spoken(tone, RATE_HZ, [mark], [mark], [mark], [(0.5, 200.0)]), 1.25)
    assert len(scaled.samples) == pytest.approx(RATE_HZ / 1.25, abs=1)
    assert scaled.phones == [Mark("a", 0.4, 0.8)]
    assert scaled.f0 == [(0.4, 250.0)]
    spectrum = np.abs(np.fft.rfft(scaled.samples[:8000]))
    assert np.argmax(spectrum) * RATE_HZ / 8000 == pytest.approx(250, abs=2)


def test_the_recogniser_hears_every_line_of_the_bench_and_its_own_two() -> None:
    can_be_made = {line for line in CONDITIONS if unavailable(line) is None}
    assert set(lines_of(Order("test", False, tuple(CONDITIONS)))) == {*OWN, *can_be_made}
    assert lines_of(Order("test", False, ("white10", "a-law"), own=False)) == ("white10", "a-law")
    assert lines_of(Order("test", False, ())) == OWN


@pytest.mark.parametrize(("condition", "rate"), [("telephone", 8000), ("white10", 8000), ("wb16", 16000)])
def test_what_arrives_is_as_long_as_what_was_said(condition: str, rate: int) -> None:
    tone = np.sin(2 * np.pi * 500 * np.arange(2 * RATE_HZ) / RATE_HZ).astype(np.float32)
    tone[: RATE_HZ // 2] = 0
    spoken = SpokenTurns(tone, RATE_HZ, ((0.5, "aa"),), (), (Mark("a", 0.5, 2.0),), 1, ())
    samples, found = arrived(spoken, condition, seed=1, split="dev")
    assert (found, len(samples)) == (rate, 2 * rate)
    inside, before = (
        10 * np.log10(np.mean(part.astype(np.float64) ** 2)) for part in (samples[rate:], samples[: rate // 2])
    )
    assert inside - before == pytest.approx(10, abs=1) if condition == "white10" else inside - before > 20
    assert condition in OWN or inside == pytest.approx(-26, abs=0.7)
