"""Openings as a small recogniser writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.finnish.misheard import LIKELY, LIKELY_NEGATED, clause_estimate, is_doubtful, is_negated, misheard_ei
from analysis.finnish.negation import opening_of
from analysis.finnish.openings import openings_in
from analysis.types import Message, Segment, Sentence, Word


def sentence(
    text: str, boundary: str = "turn", at: float = 0.0, *, chance: float | None = None, probability: float = 0.9
) -> Sentence:
    words = tuple(
        Word(w, Segment(at + i / 2, at + i / 2 + 0.4), probability, None if i else chance)
        for i, w in enumerate(text.split())
    )
    return Sentence(words, boundary)  # type: ignore[arg-type]


def listed(*told: Sentence) -> list[tuple[str, str, str]]:
    """Form, tier and note of what is found in recognised speech."""
    found = openings_in(told, recognised=True)
    return [(one.opening.form, one.evidence.tier, one.evidence.note.id) for one in found if one.evidence.note]


# known answer


@pytest.mark.parametrize(
    "text",
    ["Ei se onnistu.", "ei ole", "Ei meillä enää ole", "Ei laskutus silti lopu", "ei vielä", "Ei kannata ostaa"],
)
def test_a_sentence_with_a_verb_that_ei_takes_is_negated(text: str) -> None:
    opening = opening_of(sentence(text))
    assert opening is not None
    assert is_negated(opening)


@pytest.mark.parametrize(
    "text",
    [
        "Ei.",
        "Ei ole katsotaan tämä",
        "Ei vät ehdot ole",
        "Ei novirtainen on",
        "Ei täällä puhuu",
        "ei len tuli lasku",
        "Ei hän voi olla",
        "Ei kaon nyt",
    ],
)
def test_what_is_left_of_another_word_is_not(text: str) -> None:
    opening = opening_of(sentence(text))
    assert opening is not None
    assert not is_negated(opening)


@pytest.mark.parametrize(
    "text", ["Eimeillä olen sitä", "eikästä", "ja isitä voi", "Ja ihulutomia sehri", "ja ise on", "ja i palautus"]
)
def test_an_ei_glued_or_cut_in_two_is_recognised(text: str) -> None:
    found = misheard_ei(sentence(text))
    assert found is not None
    assert (found.is_ei, found.kind, found.word.text) == (True, "plain", text.split()[0])


@pytest.mark.parametrize(
    "text",
    [
        "eilen tuli", "Eilisiltana verkko", "Eija hoitaa", "Eikka on", "Eino Virtanen", "Einari on", "eivätkö ne",
        "eikö se", "eipä siitä", "eihän se", "eikä siitä", "eikun se", "Eila soitti", "ei se käy", "ja itse asiassa",
        "ja ivät he", "ja ilisellä käynnillä", "ja ikö te", "eipäkästä",
        "ja ihan hyvä", "ja ilman muuta", "ja isännöitsijä", "ja iltapäivällä", "ja, ise", "ja", "joo ise on", "öö",
    ],
)  # fmt: skip
def test_real_words_are_not(text: str) -> None:
    assert misheard_ei(sentence(text)) is None


def test_a_misheard_opening_is_listed_for_a_check_in_recognised_speech_alone() -> None:
    told = (sentence("ja isitä voi nopeuttaa"),)
    (found,) = openings_in(told, recognised=True)
    assert found.evidence.tier == "check"
    assert found.evidence.note == Message("note-opening-misheard", {"heard": "ja isitä"})
    assert openings_in(told, recognised=False) == ()


def test_after_an_answering_word_and_a_gap_an_opening_is_to_be_checked() -> None:
    told = (sentence("joo,"), sentence("ei se haittaa", "gap", 2.0))
    assert [one.evidence.tier for one in openings_in(told, recognised=True)] == ["check"]
    told = (sentence("joo,"), sentence("joo,", "gap", 0.6), sentence("ei se haittaa", "gap", 1.2))
    assert [one.evidence.tier for one in openings_in(told, recognised=True)] == ["check"]
    told = (sentence("se on niin"), sentence("ei se haittaa", "gap", 2.0))
    assert [one.evidence.tier for one in openings_in(told, recognised=True)] == ["certain"]


def test_an_ei_right_after_an_answering_word_goes_on_that_answer() -> None:
    answer, rest = sentence("joo,"), "ei se haittaa"
    assert listed(answer, sentence(rest, "gap", 0.6)) == []
    assert listed(answer, sentence("esiinä ole haittaa", "gap", 0.6, chance=0.9)) == []
    assert listed(answer, sentence(rest, "gap", 0.89)) == []
    assert listed(answer, sentence(rest, "gap", 0.91)) == [("ei", "check", "note-opening-plain")]
    assert listed(answer, sentence(rest, "punctuation", 0.6)) == [("ei", "certain", "note-opening-plain")]


def test_after_an_answering_word_said_twice_an_ei_opens_a_sentence() -> None:
    opening = ("ei", "check", "note-opening-plain")
    said = sentence("se on niin"), sentence("joo", "gap", 2.0), sentence("ei siinä ole haittaa", "gap", 2.6)
    assert listed(*said) == []
    twice = sentence("niin,"), sentence("niin,", "gap", 0.6), sentence("ei pidä paikkaansa", "gap", 1.2)
    assert listed(*twice) == [opening]


def test_nothing_after_it_makes_it_a_check() -> None:
    assert listed(sentence("Ei.")) == [("ei", "check", "note-opening-plain")]
    assert [one.evidence.tier for one in openings_in((sentence("Ei."),), recognised=False)] == ["certain"]


@pytest.mark.parametrize(
    "rest",
    ["täällä puhuu Maria", "täällä puhumaria", "tässä Matti Virtanen soittaa", "hyvää huomenta", "miten voin auttaa?",
     "kiitos että odotit", "tavoititte huollon", "Matti Virtanen puhelimessa"],
)  # fmt: skip
def test_a_greeting_after_it_says_that_it_is_hei(rest: str) -> None:
    assert listed(sentence(f"Ei {rest}")) == []
    assert listed(sentence(f"Hei, {rest}", chance=0.9)) == []
    assert listed(sentence("Ei,"), sentence(rest, "gap", 0.6)) == []
    assert [one[0] for one in listed(sentence("Emme,"), sentence(rest, "gap", 0.6))] == ["emme"]
    assert [one[1] for one in listed(sentence("Ei,"), sentence(rest, "gap", 1.5))] == ["check"]
    assert [one[1] for one in listed(sentence("Ei,"), sentence(rest, "turn", 0.6))] == ["check"]


@pytest.mark.parametrize(
    "text",
    ["ei täällä puhu kukaan", "ei täällä puhuta siitä", "ei kiitos", "ei tässä voi soittaa", "ei vaan se on auki",
     "ei hän ole nyt puhelimessa", "ei hyvää voi luvata", "ei miten vain", "ei päivää voi vaihtaa",
     "ei pankkitunnuksia koskaan puhelimessa kysytä", "ei niitä puhelimessa kerrota", "ei vika puhelimessa",
     "ei sitä tietoa puhelimessa", "ei tämä puhelimessa hoidu", "ei tässä nyt puhuisi kukaan",
     "ei tässä puhumalla parane", "ei kiitos soitosta", "ei hyvää päivänjatkoa", "ei kökömäinen se ole"],
)  # fmt: skip
def test_a_negation_that_sounds_like_a_greeting_stays(text: str) -> None:
    assert [one[0] for one in listed(sentence(text))] == ["ei"]


@pytest.mark.parametrize("rest", ["kiitos soitosta", "hyvää päivänjatkoa", "täällä puhuu Maria"])
def test_an_ei_with_a_full_stop_is_an_answer_whatever_follows(rest: str) -> None:
    for boundary in ("gap", "punctuation"):
        assert [one[1] for one in listed(sentence("Ei."), sentence(rest, boundary, 0.6))] == ["check"]


def test_a_closing_after_hei_is_said_by_hei() -> None:
    assert listed(sentence("hei kiitos soitosta", chance=0.9)) == []


def test_hei_vaan_is_a_greeting() -> None:
    assert listed(sentence("hei vaan ja kiitos", chance=0.9)) == []
    assert [one[1] for one in listed(sentence("hei meillä ole", chance=0.9))] == ["check"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ei vät he ole", "eivät"),
        ("ei vätehdot ole", "eivät"),
        ("ei ku katson", "eiku"),
        ("ei kä se ole", "eikä"),
        ("ei käsitä peritä", "eikä"),
        ("ei käsita peritä", "eikä"),
        ("ei väse ole", "eivät"),
        ("ei hänsiinä ole", "eihän"),
        ("ei pätässä ole", "eipä"),
    ],
)
def test_a_form_cut_in_two_is_mended_and_to_be_checked(text: str, form: str) -> None:
    assert [one[:2] for one in listed(sentence(text))] == [(form, "check")]
    assert [one.opening.form for one in openings_in((sentence(text),), recognised=False)] == ["ei"]


@pytest.mark.parametrize(
    "text",
    [
        "ei köhän tämä ole",
        "ei kö se toimi",
        "ei ilen tuli lasku",
        "ei linen käynti",
        "ei län tuli",
        "ei kyse lasku toiminut",
        "ei köse toiminut",
    ],
)
def test_what_opened_with_another_word_is_not_listed(text: str) -> None:
    assert listed(sentence(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "ei hän ole täällä",
        "ei köyhyys ole este",
        "ei kyse ole siitä",
        "ei käy",
        "ei käsitellä vielä",
        "ei pää kestä",
        "ei väliä",
    ],
)
def test_ends_that_are_words_of_their_own_stay(text: str) -> None:
    assert [one[0] for one in listed(sentence(text))] == ["ei"]


@pytest.mark.parametrize("text", ["ei ole lehtonen on lomalla", "Ei ole illalla lähti viimeinen"])
def test_a_plain_statement_after_it_speaks_against_a_certain_ei(text: str) -> None:
    assert [one[1] for one in listed(sentence(text))] == ["check"]
    assert [one[1] for one in listed(sentence("ei ole hätää, se on kunnossa"))] == ["certain"]


def test_garbled_words_after_it_make_it_a_check() -> None:
    assert [one[1] for one in listed(sentence("ei ole auki", probability=0.6))] == ["certain"]
    assert [one[1] for one in listed(sentence("ei ole auki", probability=0.59))] == ["check"]
    opening = opening_of(sentence("ei ole auki, hieno homma"))
    assert opening is not None
    assert clause_estimate(opening) == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("text", "chance", "found"),
    [
        ("eli sitä voi muuttaa", LIKELY_NEGATED, True),
        ("eli sitä voi muuttaa", LIKELY_NEGATED / 2, False),
        ("eli sitä muutetaan", LIKELY_NEGATED, False),
        ("eli sitä muutetaan", LIKELY, True),
        ("hei meillä on se", LIKELY, True),
        ("hei hei ja kiitos", 0.9, False),
        ("hei", 0.3, False),
        ("hei", 0.5, True),
        ("eivät sitä voi", LIKELY / 2, False),
        ("eivät sitä voi", LIKELY, True),
        ("enää ei tarvitse", 0.9, False),
        ("eli sitä muutetaan", None, False),
        ("eikö sitä voi", 0.9, False),
        ("Eva on tehnyt merkinnän", 0.9, False),
        ("heikä siitä peritä korkoa", 0.9, False),
        ("ja ipä siitä ole", 0.9, False),
        ("heidän tilauksen saa lähti", LIKELY_NEGATED, False),
    ],
)
def test_a_word_that_sounds_like_ei_is_listed_where_the_recogniser_finds_ei_likely(
    text: str, chance: float | None, found: bool
) -> None:
    told = sentence(text, chance=chance)
    assert (misheard_ei(told) is not None) is found
    if found:
        assert listed(told) == [("ei", "check", "note-opening-misheard")]


@pytest.mark.parametrize(
    "text",
    [
        "verkossa ole mitään vikaa",
        "tarvitse pahoitella",
        "sähköposti näy meillä",
        "siihen tarvitse enää koskea",
        "ole kiirettä",
    ],
)
def test_a_verb_that_only_a_negation_takes_tells_of_a_lost_ei(text: str) -> None:
    assert misheard_ei(sentence(text)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "se ei ole vika",
        "jos tarvitse",
        "emme tarvitse",
        "meillä voi olla",
        "se asia nyt ole",
        "ensin tarvitse asiakasnumeron",
        "tarvitse teidän nimen",
        "siihen tarvitse enteidän nimen",
        "minä tarvitse sen",
        "ole hyvä",
        "olkaa hyvä",
        "valitettavasti ole",
        "niin tarvitse",
    ],
)
def test_a_negation_before_it_or_a_clause_of_another_kind_does_not(text: str) -> None:
    assert misheard_ei(sentence(text)) is None


def test_only_words_that_sound_like_ei_are_doubted() -> None:
    doubted = ["eli", "Eri,", "hei", "ja", "eivät", "e", "ihan", "Et", "he"]
    assert [word for word in doubted if is_doubtful(word)] == doubted
    clear = ["ei", "en", "emme", "eikö", "eilen", "Eino", "että", "ensin", "ehkä", "joo", "hän", "jaa", "12", ","]
    assert not any(map(is_doubtful, clear))


# law


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["eli se ole", "hei meillä", "ja te voi", "eri"]))
def test_a_likelier_ei_is_never_listed_less(low: float, high: float, text: str) -> None:
    low, high = sorted((low, high))
    if misheard_ei(sentence(text, chance=low)) is not None:
        assert misheard_ei(sentence(text, chance=high)) is not None
