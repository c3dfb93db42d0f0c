"""Written laughter."""

from __future__ import annotations

import pytest

from analysis.finnish.laughter import laughter_in
from analysis.types import Segment, Word

LAUGHTER = "haha Hahahah, hahaa hehe hihi hähä hoho hyhy ho-ho hah-hah ahaha ehehe mhehe hheh hah Heh. hih ha_ha Ha,_haa! ho_ho"
NONE = "he hä häh höh hoh hei huhu hehku aha ahaa hai hihan öö ohho öhöm hohoi ha ha-_ha- heh- Ha..._haluan 5_ha he_he"
"""With a line where words are parted."""


def laughed(text: str) -> list[str]:
    words = [Word(word, Segment(i, i + 0.5)) for i, word in enumerate(text.split())]
    found = laughter_in(words)
    return [word.text for word in words if word.segment in found]


# known answer


@pytest.mark.parametrize("text", LAUGHTER.split())
def test_laughter(text: str) -> None:
    assert laughed(text.replace("_", " ")) == text.split("_")


@pytest.mark.parametrize("text", NONE.split())
def test_words_are_no_laughter(text: str) -> None:
    assert laughed(text.replace("_", " ")) == []


def test_words_without_times_have_no_laughter() -> None:
    assert laughter_in([Word("haha")]) == laughter_in([]) == ()
