"""Personal numbers taken out of what was said."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.finnish.check_digits import identity_check, is_birth_date, is_card, is_iban
from analysis.finnish.numerals import cardinal, digits
from analysis.finnish.redaction import LABELS, asked_before, redacted, redacted_after, redacted_name, redacted_text
from analysis.finnish.spoken_digits import said_numbers
from analysis.types import Segment, Word
from tests.analysis.finnish.labelled_numbers import TUNED, UNSEEN, Labelled

LABEL = re.compile("|".join(re.escape(label) for label in LABELS.values()))
NAMES = {"1": "yks", "2": "kaks", "5": "viis", "6": "kuus", "7": "seittemän", "8": "kaheksan", "9": "yheksän"}


def timed(text: str, *, from_s: float = 10.0) -> tuple[Word, ...]:
    """The words of `text`, one a second, each half a second long."""
    return tuple(
        Word(word, Segment(from_s + place, from_s + place + 0.5), 0.9) for place, word in enumerate(text.split())
    )


def scored(cases: Sequence[Labelled]) -> tuple[float, float]:
    """Precision and recall of the masks, by their kind, over all `cases`."""
    wanted = found = right = 0
    for text, expected in cases:
        want, got = Counter(LABEL.findall(expected)), Counter(LABEL.findall(redacted_text(text)))
        wanted, found, right = wanted + want.total(), found + got.total(), right + (want & got).total()
    return right / found, right / wanted


# --- known answer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "expected"), TUNED)
def test_what_the_rules_were_written_for(text: str, expected: str) -> None:
    assert redacted_text(text) == expected


def test_the_lists_hold_what_their_rates_need() -> None:
    for cases, masks in ((TUNED, 47), (UNSEEN, 33)):
        assert sum(len(LABEL.findall(expected)) for _, expected in cases) == masks
        assert sum(text == expected for text, expected in cases) >= 28


def test_a_number_becomes_one_word_over_its_whole_time() -> None:
    words = timed("soita nolla neljä nolla, yksi kaksi kolme neljä viisi kuusi seitsemän, kiitos")
    found = redacted(words)
    assert [word.text for word in found] == ["soita", "[puhelinnumero],", "kiitos"]
    assert found[1].segment == Segment(11.0, 20.5)
    assert found[1].probability == 0.9
    assert (found[0], found[2]) == (words[0], words[-1])


def test_words_without_times() -> None:
    found = redacted([Word("040"), Word("123"), Word("4567"), Word("joo")])
    assert found == (Word("[puhelinnumero]"), Word("joo"))


def test_several_words_in_one_entry() -> None:
    assert redacted([Word("soita 0401234567 tai 0501234567")]) == (Word("soita [puhelinnumero] tai [puhelinnumero]"),)


def test_what_another_speaker_asked_for_counts() -> None:
    question, reply = timed("saisinko henkilötunnuksen loppuosan"), timed("kolme nolla kahdeksan tee", from_s=14.0)
    asked = asked_before((*question, *reply))[len(question) :]
    assert [word.text for word in redacted_after(reply, asked)] == ["[henkilötunnus]"]
    assert redacted(reply) == reply


@pytest.mark.parametrize("text", ["", "   ", "…", "—", "[henkilötunnus]", "ei", "a b c"])
def test_nothing_to_take_out(text: str) -> None:
    assert redacted_text(text) == " ".join(text.split())


def test_check_digits_of_published_examples() -> None:
    assert identity_check("131052308") == "T"
    assert identity_check("120464126") == "J"
    assert [is_birth_date(date) for date in ("290200", "310452", "001052", "131352")] == [True, False, False, False]
    assert [is_iban(iban) for iban in ("FI2112345600000785", "DE89370400440532013000", "FI2112345600000786")] == [
        True,
        True,
        False,
    ]
    assert [is_card(card) for card in ("4111111111111111", "5500000000000004", "4111111111111112", "041")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("word", "numbers"),
    [
        ("nolla", ["0"]),
        ("kakskytviis", ["25"]),
        ("viistoist", ["15"]),
        ("kolmesataakaksikymmentäyksi", ["321"]),
        ("nollaneljäkytä", ["0", "40"]),
        ("sata", ["100"]),
        ("kymppi", ["10"]),
        ("kuusia", []),
        ("satanen", []),
        ("kaksituhatta", []),
        ("seit", []),
        ("", []),
    ],
)
def test_digits_in_a_word(word: str, numbers: list[str]) -> None:
    assert [number.digits for number in said_numbers(word)] == numbers


# --- law --------------------------------------------------------------------------------------------------------------

some_words = st.lists(
    st.sampled_from(
        [
            "ei",
            "joo",
            "040",
            "1234567",
            "131052-308T",
            "nolla",
            "neljä",
            "viiva",
            "tee",
            "euroa,",
            "12.30",
            "ee",
            "numero",
        ]
    ),
    max_size=20,
)


@given(some_words)
def test_a_second_time_changes_nothing(words: list[str]) -> None:
    once = redacted_text(" ".join(words))
    assert redacted_text(once) == once


@given(some_words, st.floats(0, 1000))
def test_times_move_with_the_recording_and_stay_in_order(words: list[str], shift_s: float) -> None:
    text = " ".join(words)
    here, there = redacted(timed(text, from_s=0.0)), redacted(timed(text, from_s=shift_s))
    assert [word.text for word in here] == [word.text for word in there]
    for one, other in zip(here, there, strict=True):
        assert one.segment is not None
        assert other.segment is not None
        assert other.segment.start - one.segment.start == pytest.approx(shift_s)
    starts = [word.segment.start for word in here if word.segment]
    assert starts == sorted(starts)


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(redacted_text(text), str)


@given(
    st.dates().map(lambda day: f"{day.day:02}{day.month:02}{day.year % 100:02}"),
    st.integers(2, 899),
    st.sampled_from("-A"),
    st.sampled_from(["written", "digits", "colloquial", "numbers"]),
)
def test_every_identity_code_goes(date: str, number: int, sign: str, form: str) -> None:
    three = f"{number:03}"
    check = identity_check(date + three)
    if form == "written":
        text = f"{date}{sign}{three}{check}"
    else:
        said = said_by(form, date, three, check)
        text = f"{said[0]} {'viiva' if sign == '-' else 'aa'} {said[1]}"
    assert redacted_text(f"se on {text} kiitos") == "se on [henkilötunnus] kiitos"


def said_by(form: str, date: str, three: str, check: str) -> tuple[str, str]:
    """The date and the rest of an identity code as they may be said."""
    letter = {"A": "aa", "H": "hoo", "K": "koo", "T": "tee", "R": "är", "S": "äs"}.get(check, check.lower())
    if form == "numbers":
        pairs = [date[place : place + 2] for place in (0, 2, 4)]
        said = " ".join("".join(digits(pair) if pair[0] == "0" else cardinal(int(pair))) for pair in pairs)
        return said, f"{' '.join(digits(three))} {' '.join(digits(check)) or letter}"
    names = [digits(digit)[0] for digit in date], [digits(digit)[0] for digit in three]
    if form == "colloquial":
        names = [NAMES.get(digit, digits(digit)[0]) for digit in date], [NAMES.get(d, digits(d)[0]) for d in three]
    return " ".join(names[0]), f"{' '.join(names[1])} {' '.join(digits(check)) or letter}"


@given(st.sampled_from(["040", "050", "045", "09", "020"]), st.integers(1_000_000, 9_999_999), st.booleans())
def test_every_telephone_number_goes(area: str, number: int, spoken: bool) -> None:
    text = " ".join(digits(f"{area}{number}")) if spoken else f"{area} {number}"
    assert redacted_text(f"{text} joo") == "[puhelinnumero] joo"


@given(st.integers(0, 10**14 - 1))
def test_every_finnish_account_goes(number: int) -> None:
    account = f"{number:014}"
    check = 98 - int(f"{account}151800") % 97
    iban = f"FI{check:02}{account}"
    assert is_iban(iban)
    in_fours = " ".join(iban[place : place + 4] for place in range(0, 18, 4))
    for text in (iban, in_fours, "äf ii " + " ".join(digits(iban))):
        assert redacted_text(text) == "[tilinumero]"


@given(st.integers(0, 23), st.integers(0, 59), st.dates(), st.integers(0, 9_999_999))
def test_times_dates_and_amounts_stay(hour: int, minute: int, day: object, euros: int) -> None:
    grouped = f"{euros:,}".replace(",", " ")
    for text in (
        f"klo {hour}.{minute:02}",
        f"{day:%-d.%-m.}2026 ja {day:%d.%m.}2027",
        f"{grouped} euroa",
        f"{euros} €",
        f"{grouped},50 euroa",
        f"{' '.join(cardinal(euros))} euroa",
    ):
        assert redacted_text(text) == text


# --- against others ---------------------------------------------------------------------------------------------------


def test_rates_on_sentences_that_the_rules_were_not_written_for() -> None:
    precision, recall = scored(UNSEEN)
    assert precision == pytest.approx(33 / 35)
    assert recall == 1.0
    wrong = [text for text, expected in UNSEEN if redacted_text(text) != expected]
    assert wrong == [
        "Hämeenkatu 15 B 22 33200 Tampere",
        "arvosanat kahdeksan, yhdeksän, kahdeksan, seitsemän ja kymmenen",
    ]


def test_time_grows_with_the_digits_and_not_with_their_square() -> None:
    spent = []
    for count in (2_000, 16_000):
        begun = time.process_time()
        redacted_text("123 " * count)
        spent.append(time.process_time() - begun)
    assert spent[1] < 0.1 + 24 * spent[0], spent


def test_an_hour_of_talk_takes_less_than_two_seconds() -> None:
    words = timed(" ".join(text for text, _ in (*TUNED, *UNSEEN)) * 8)
    assert len(words) > 6000
    before = time.process_time()
    redacted(words)
    assert time.process_time() - before < 2.0


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("rec-20261120-115959.wav", "rec-20261120-115959.wav"),
        ("2026-11-20 11.59.59.wav", "2026-11-20 11.59.59.wav"),
        ("20261120115959.mp3", "20261120115959.mp3"),
        ("20261120_120000_0401234567.mp3", "20261120_120000_[puhelinnumero].mp3"),
        ("puhelu 040 1234567 20261120.wav", "puhelu [puhelinnumero] 20261120.wav"),
        ("131052-308T soitto.wav", "[henkilötunnus] soitto.wav"),
        ("20261398_115959.wav", "[numero].wav"),
        ("2026112011595912.wav", "[numero].wav"),
    ],
)
def test_a_files_name_keeps_when_it_was_made_and_no_number_of_a_person(name: str, kept: str) -> None:
    assert redacted_name(name) == kept
    assert redacted_name(kept) == kept
