"""The openings part of the truth bench: its sets stay apart, its shares and its made speakers are what they claim."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from samples.spoken import Mark, Spoken
from tests.accuracy.asr_openings import SET_OF, wilson
from tests.accuracy.asr_sentences import SETS, opens_with_ei
from tests.accuracy.asr_speech import RATE_HZ, _scaled


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
