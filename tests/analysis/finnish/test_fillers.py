"""Hesitations and planning particles in a transcript."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.finnish.fillers import DEFAULT_LEXICON, fillers_in, lexicon_of
from analysis.types import Segment, Word


def _words(text: str) -> list[Word]:
    return [Word(word) for word in text.split()]


def _found(text: str) -> list[tuple[str, str, str]]:
    return [(filler.text, filler.kind[0], filler.tier) for filler in fillers_in(_words(text))]


# known answer


@pytest.mark.parametrize(
    "sound", ["öö", "Öö,", "öööh", "ö", "ää", "ääh…", "mm", "Mmm,", "hmm", "ee", "eeh", "öm", "öhm", "eh", "äh"]
)
def test_hesitations_in_their_spellings(sound: str) -> None:
    assert [filler.kind for filler in fillers_in(_words(f"se on {sound} tässä"))] == ["hesitation"]


@pytest.mark.parametrize(
    "text",
    [
        "ei", "yö on pitkä", "hei vaan", "mhm", "mm-hm", "5 mm leveä", "mm. laskun voi maksaa", "ja niin edelleen", "hän on täällä",
        "katson tuota laskua", "näen tuota viime kuun laskua", "teen niin kuin sovittiin", "Teen, niin kuin lupasin",
        "eli lasku lähtee", "Ö niin kuin öljy",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_fillers(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Öö, no tuota noin niin katson.", [("Öö", "h", "certain"), ("tuota noin niin", "p", "certain")]),
        ("mä niinku katson", [("niinku", "p", "certain")]),
        ("se on niin kuin aika iso", [("niin kuin", "p", "check")]),
        ("tota, katson", [("tota", "p", "certain")]),
        ("tota mä katson", [("tota", "p", "check")]),
        ("no, siis, katson", [("siis", "p", "certain")]),
        ("se siis on niin", [("siis", "p", "check")]),
        ("elikkä näin", [("elikkä", "p", "certain")]),
        ("Katson. Mm. Kyllä.", [("Mm", "h", "check")]),
        ("öö öö", [("öö", "h", "certain"), ("öö", "h", "certain")]),
        ("öö-öö", [("öö-öö", "h", "certain")]),
        ("katson tota. Noin se on", [("tota", "p", "certain")]),
        ("tuota , noin", [("tuota noin", "p", "certain")]),
    ],
)
def test_each_filler_and_its_tier(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert _found(text) == expected


def test_times_run_from_the_first_to_the_last_word() -> None:
    words = [Word("tuota", Segment(1.0, 1.3)), Word("noin", Segment(1.3, 1.6)), Word("niin", Segment(1.7, 1.9))]
    (filler,) = fillers_in(words)
    assert filler.segment == Segment(1.0, 1.9)
    assert filler.source == "transcript"


def test_a_deployers_own_lists() -> None:
    lexicon = lexicon_of(["aa", ""], ["Tuota noin", "niinku,", " ", "periaatteessa"])
    assert lexicon.particles == (("tuota", "noin"), ("niinku",), ("periaatteessa",))
    texts = [filler.text for filler in fillers_in(_words("aaa niinku tuota noin öö periaatteessa tota a"), lexicon)]
    assert texts == ["aaa", "niinku", "tuota noin", "periaatteessa"]


def test_empty_lists_find_nothing() -> None:
    assert fillers_in(_words("öö niinku tota"), lexicon_of([], [])) == ()


# law


@given(
    st.lists(
        st.sampled_from(
            ["öö", "niinku", "tuota", "noin", "niin", "kuin", "laskua,", "siis.", "mm", "Kyllä", "ei", "5"]
        ),
        max_size=15,
    )
)
def test_fillers_never_share_words_and_keep_their_order(texts: list[str]) -> None:
    words = [Word(text, Segment(float(i), i + 0.5)) for i, text in enumerate(texts)]
    found = fillers_in(words)
    segments = [filler.segment for filler in found if filler.segment is not None]
    assert len(segments) == len(found)
    assert all(a.end <= b.start for a, b in zip(segments, segments[1:], strict=False))


@given(st.lists(st.text(max_size=6), max_size=10))
def test_any_text_is_read(texts: list[str]) -> None:
    found = fillers_in([Word(text) for text in texts], DEFAULT_LEXICON)
    assert all(filler.text for filler in found)
