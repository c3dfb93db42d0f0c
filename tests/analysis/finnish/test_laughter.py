"""Written laughter."""

from __future__ import annotations

import pytest

from analysis.finnish.hesitations import is_laughter

# known answer


@pytest.mark.parametrize(
    "said", ["ha", "haa", "hah", "haha", "hahahah", "heh", "hehe", "hihi", "hähä", "ho-ho", "hah-hah"]
)
def test_laughter(said: str) -> None:
    assert is_laughter(said)


@pytest.mark.parametrize("said", ["", "he", "hä", "hei", "huhu", "hehku", "aha", "ahaa", "hai", "hihan", "öö", "ohho"])
def test_words_are_no_laughter(said: str) -> None:
    assert not is_laughter(said)
