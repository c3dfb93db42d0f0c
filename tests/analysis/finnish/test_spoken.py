"""Text as it is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.finnish.numerals import LARGEST, cardinal, digits, ordinal
from analysis.finnish.spoken import spoken_words
from analysis.finnish.syllables import syllable_count

# known answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("15.", "viidestoista"),
        ("15. maaliskuuta", "viidestoista maaliskuuta"),
        ("Asun kerroksessa 5. Ei se", "asun kerroksessa viisi ei se"),
        ("5. ja 6. päivä", "viides ja kuudes päivä"),
        ("3,5", "kolme pilkku viisi"),
        ("0,05", "nolla pilkku nolla viisi"),
        ("klo 12.30", "kello kaksitoista kolmekymmentä"),
        ("klo 16.00.", "kello kuusitoista"),
        ("9:05", "yhdeksän nolla viisi"),
        ("15.3.2026", "viidestoista kolmatta kaksituhatta kaksikymmentä kuusi"),
        ("1.1.", "ensimmäinen ensimmäistä"),
        ("2026-02-12", "kahdestoista toista kaksituhatta kaksikymmentä kuusi"),
        ("5 %", "viisi prosenttia"),
        ("1 %", "yksi prosentti"),
        ("5 %:n", "viiden prosentin"),
        ("12,50 €", "kaksitoista euroa viisikymmentä senttiä"),
        ("29,90 €/kk", "kaksikymmentä yhdeksän euroa yhdeksänkymmentä senttiä kuukaudessa"),
        ("45e", "neljäkymmentä viisi euroa"),
        ("1 000 €", "tuhat euroa"),
        ("1\u00a0000\u202f000", "miljoona"),
        ("040 123 4567", "nolla neljä nolla yksi kaksi kolme neljä viisi kuusi seitsemän"),
        ("+358 9 1234", "plus kolme viisi kahdeksan yhdeksän yksi kaksi kolme neljä"),
        ("131052-308T", "yksi kolme yksi nolla viisi kaksi kolme nolla kahdeksan tee"),
        ("1234567", "yksi kaksi kolme neljä viisi kuusi seitsemän"),
        ("200000", "kaksisataatuhatta"),
        ("8–16", "kahdeksasta kuuteentoista"),
        ("ma–pe 8-16", "maanantaista perjantaihin kahdeksasta kuuteentoista"),
        ("10-12 kpl", "kymmenestä kahteentoista kappaletta"),
        ("esim. tämä", "esimerkiksi tämä"),
        ("ym. ja jne.", "ynnä muuta ja ja niin edelleen"),
        ("mm. lasku", "muun muassa lasku"),
        ("mm", "mm"),
        ("Mm.", "mm"),
        ("Joo, mm.", "joo mm"),
        ("5 mm", "viisi millimetriä"),
        ("n. 5 kpl", "noin viisi kappaletta"),
        ("puh.", "puhelin"),
        ("os. Katu 5", "osoite katu viisi"),
        ("ts. eli", "toisin sanoen eli"),
        ("ALV", "aa äl vee"),
        ("alv", "aa äl vee"),
        ("KELA", "kela"),
        ("PIN", "pin"),
        ("SMS", "äs äm äs"),
        ("USB-tikku", "uu äs bee tikku"),
        ("S-ryhmä", "äs ryhmä"),
        ("s- sitten", "sitten"),
        ("EI ONNISTU", "ei onnistu"),
        ("EU:n", "ee uun"),
        ("SMS:n", "äs äm ässän"),
        ("5:ssä", "viidessä"),
        ("15:nä", "viitenätoista"),
        ("3:nnessa", "kolmannessa"),
        ("6:s", "kuudes"),
        ("4G-liittymä", "neljä gee liittymä"),
        ("www.oma.fi", "vee vee vee piste oma piste fi"),
        ("etu@oma.fi", "etu ät oma piste fi"),
        ("−5 °C", "miinus viisi celsiusastetta"),
        ("öö... Hmm!", "öö hmm"),
        ("tı-pe", "tiistaista perjantaihin"),
        ("", ""),
        ("…–?!", ""),
    ],
)
def test_text_is_said_so(text: str, said: str) -> None:
    assert spoken_words(text) == tuple(said.split())


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "nolla"),
        (11, "yksitoista"),
        (20, "kaksikymmentä"),
        (101, "sata yksi"),
        (999, "yhdeksänsataa yhdeksänkymmentä yhdeksän"),
        (1000, "tuhat"),
        (1921, "tuhat yhdeksänsataa kaksikymmentä yksi"),
        (12_345, "kaksitoistatuhatta kolmesataa neljäkymmentä viisi"),
        (2_000_001, "kaksi miljoonaa yksi"),
        (1_000_000_000, "miljardi"),
    ],
)
def test_cardinals(number: int, said: str) -> None:
    assert " ".join(cardinal(number)) == said


def test_inflected_numbers() -> None:
    assert cardinal(25, "inessive") == ("kahdessakymmenessä", "viidessä")
    assert cardinal(16, "illative") == ("kuuteentoista",)
    assert cardinal(1200, "genitive") == ("tuhannen", "kahdensadan")
    assert ordinal(1) == ("ensimmäinen",)
    assert ordinal(22, "partitive") == ("kahdettakymmenettä", "toista")
    assert ordinal(111) == ("sadas", "yhdestoista")
    assert ordinal(3, "adessive") == ("kolmannella",)


# law


@given(st.text())
def test_any_text_can_be_said(text: str) -> None:
    assert all(word == word.strip() and word for word in spoken_words(text))


@given(st.text(alphabet="0123456789.,:;-–+ €%/ekmnsKLV§ıİſ", max_size=40))
def test_any_mix_of_digits_and_signs_can_be_said(text: str) -> None:
    words = spoken_words(text)
    assert not any(character in "0123456789" for word in words for character in word)
    assert words or not any(character in "0123456789" for character in text)


def test_an_endless_number_is_said_digit_by_digit() -> None:
    assert len(spoken_words("9" * 5000)) == 5000
    assert len(spoken_words("0" * 5000 + ",5")) == 5001


@given(st.integers(0, LARGEST))
def test_every_number_has_its_own_words_and_each_can_be_spoken(number: int) -> None:
    said = cardinal(number)
    assert all(syllable_count(word) >= 1 for word in said)
    if number < LARGEST:
        assert cardinal(number + 1) != said


@given(st.text(alphabet="0123456789", max_size=30))
def test_digits_one_by_one(text: str) -> None:
    assert len(digits(text)) == len(text)
