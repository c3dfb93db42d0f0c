"""Syllables by rule."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.finnish.syllables import syllable_count, syllables_of

# known answer


@pytest.mark.parametrize(
    "split",
    [
        "hy-vää", "päi-vää", "a-si-a-kas-pal-ve-lu", "las-ku", "pu-he-lin", "soi-tan", "tak-si", "Hel-sin-ki", "maa-il-ma",
        "ruo-an", "tau-on", "ai-oin", "tie-to", "yö", "työ-ai-ka", "lä-he-tän", "ei", "ei-vät", "huo-men-na", "kort-ti-en",
        "teks-ti-vies-ti", "asi", "kiin-teis-tö", "sähkö-posti", "mak-su-muo-to", "li-sä-tie-to-ja", "vies-ti", "stra-te-gi-a",
        "a-si-a-kas", "nel-jä", "seit-se-män", "ym-mär-rän", "kyl-lä", "o-soi-te", "pal-ve-lu-työ", "rau-hoi-tan", "leu-ka",
        "pöy-tä", "näyt-tö", "e-ri-ty-i-nen", "äi-ti", "öl-jy", "ui-da", "hi-ih-to",
    ],
)  # fmt: skip
def test_words_split_as_a_finn_splits_them(split: str) -> None:
    expected = {
        "asi": ("a", "si"), "sähkö-posti": ("säh", "kö", "pos", "ti"), "e-ri-ty-i-nen": ("e", "ri", "tyi", "nen"),
        "hi-ih-to": ("hiih", "to"),
    }.get(split, tuple(split.lower().split("-")))  # fmt: skip
    assert syllables_of(split if split == "sähkö-posti" else split.replace("-", "")) == expected


@pytest.mark.parametrize(
    ("word", "count"),
    [("mm", 1), ("Mm,", 1), ("hmm…", 1), ("öö", 1), ("äh", 1), ("s", 0), ("www", 0), ("", 0), ("–", 0), ("15", 0),
     ("linja-auto", 4), ("raa'an", 2), ("Müller", 2), ("Åbo", 2), ("idée", 2), ("Wi-Fi", 2), ("mm-mm", 2), ("пока", 0)],
)  # fmt: skip
def test_how_many(word: str, count: int) -> None:
    assert syllable_count(word) == count


# law

_WORDS = st.text(alphabet="aeiouyåäöhjklmnprstvAEIOUYÄÖ-' .", max_size=20)


@given(_WORDS)
def test_syllables_together_are_the_word_and_each_holds_a_vowel(word: str) -> None:
    found = syllables_of(word)
    if any(set(syllable) & set("aeiouyåäö") for syllable in found):
        letters = "".join(letter for letter in word.lower() if letter.isalpha())
        kept = "".join(found)
        assert all(set(syllable) & set("aeiouyåäö") for syllable in found)
        assert [c for c in kept if c in "aeiouyåäö"] == [c for c in letters if c in "aeiouyåäö"]


@given(_WORDS, st.sampled_from(["NFC", "NFD"]))
def test_case_and_spelling_of_letters_do_not_matter(word: str, form: str) -> None:
    assert syllables_of(unicodedata.normalize(form, word.upper())) == syllables_of(word)


@given(st.text())
def test_any_text_is_counted(text: str) -> None:
    assert syllable_count(text) == len(syllables_of(text)) >= 0
