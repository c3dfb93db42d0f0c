"""The terminal, the CSV table, the TextGrid and the list of measures."""

from __future__ import annotations

import csv
import io
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.catalogue import CATALOGUE
from analysis.types import Norm
from app.views.csv import COLUMNS, render_csv
from app.views.localise import localised
from app.views.measures import render_measures
from app.views.text import render_text
from app.views.textgrid import render_textgrid, tier_of
from app.views.wording import clock, error_text, norm_text, number, source_text, value_text
from tests.app.views.fake_card import fake_card

# --- known answer ---


def test_numbers_and_times() -> None:
    assert number(-24.82, 1, "fi") == "−24,8"
    assert number(-24.82, 1, "en") == "−24.8"
    assert number(12345.6, 1, "fi") == "12\u202f345,6"
    assert number(-0.01, 1, "fi") == "0,0"
    assert clock(64.9) == "1:04"
    assert clock(3727) == "1:02:07"
    assert value_text("pause_ratio", 0.184, "fi", unit="ratio") == "18"
    assert error_text("f0_median", 0.04, "fi", unit="Hz") == "0,04"
    assert norm_text("ei_openings", None, 0.0, "fi", unit="count") == "Suositus enintään 0 kpl"
    assert source_text("house rule (oma@2)", "fi", short=True) == "organisaation linjaus (oma@2)"
    assert source_text("house rule", "en") == "house rule"


def test_the_terminal_shows_strengths_focus_and_every_measure() -> None:
    shown = render_text(fake_card(), locale="fi")
    lines = shown.splitlines()
    assert lines[0] == "Laskun reklamaatio 14.3. · 1:36"
    assert "TÄMÄ SUJUU" in lines
    assert "→ Aloitit 2 virkettä sanalla ei. Alku jää kuulijan mieleen." in lines
    assert "  Kuuntele: 0:43, 1:14" in lines
    row = next(line for line in lines if line.startswith("Tempon vaihtelu"))
    assert row.split() == ["Tempon", "vaihtelu", "9", "%", "╌●━━━━━╌", "▼", "alle", "suosituksen"]
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("locale", ["fi", "en"])
def test_the_terminal_keeps_to_its_width(width, locale) -> None:
    lines = render_text(fake_card(), locale=locale, width=width).splitlines()
    assert [line for line in lines if len(line) > width] == []


def test_control_letters_do_not_reach_the_terminal() -> None:
    shown = render_text(fake_card(name="\x1b[2Jhei\u202e"), locale="fi")
    assert "?[2Jhei?" in shown
    assert not any(unicodedata.category(letter) in ("Cc", "Cf") for letter in shown.replace("\n", ""))


def test_csv_has_a_row_for_each_measure() -> None:
    card = localised(fake_card(), "fi")
    rows = list(csv.DictReader(io.StringIO(render_csv(card))))
    assert [row["name"] for row in rows] == [info.name for info in CATALOGUE]
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["value"] == "5.12"
    assert (rows[0]["norm_low"], rows[0]["norm_high"], rows[0]["evidence_count"]) == ("4.0", "6.2", "3")
    shift = next(row for row in rows if row["name"] == "f0_shift")
    assert (shift["value"], shift["verdict"]) == ("", "not measured")
    assert shift["reason"] == "Omaa perustasoa ei ole vielä. Se syntyy aiemmista puheluista."
    level = next(row for row in rows if row["name"] == "speech_level")
    assert level["value"] == "-24.8"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "  =", "\n="])
def test_csv_does_not_run_formulas(start) -> None:
    card = fake_card()
    card.measures["speech_rate"].norm.source = start + "HYPERLINK(1)"  # type: ignore[union-attr]
    row = list(csv.DictReader(io.StringIO(render_csv(card), newline="")))[1]
    white, sign = start[:-1], start[-1]
    wanted = {"'" + start, f"'{white}'{sign}", f"{white}'{sign}"}
    assert row["norm_source"].removesuffix("HYPERLINK(1)") in wanted


def test_every_text_of_the_csv_is_in_quotation_marks_and_no_number_is() -> None:
    card = fake_card()
    card.measures["speech_rate"].norm.source = "a;=1+1"  # type: ignore[union-attr]
    heading, first, second, *_ = render_csv(card).splitlines()
    assert heading == ",".join(f'"{name}"' for name in COLUMNS)
    assert first.startswith('"articulation_rate",5.12,"')
    assert ""","a;'=1+1",""" in second


def test_the_list_of_measures_names_every_one() -> None:
    norm = Norm("articulation_rate", 4.0, 6.2, "syll/s", "house rule", "kaikki")
    shown = render_measures("fi", {"articulation_rate": norm}, {"articulation_rate": 0.2, "pause_ratio": 0.02})
    assert all(f"({info.name})" in shown for info in CATALOGUE)
    assert (
        "  Suositus: 4,0–6,2 tavua/s\n  Lähde: Puhepeilin linjaus (kaikki)\n  Tyypillinen virhe: ± 0,2 tavua/s\n"
        in shown
    )
    assert "± 2 %" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_card_without_any_figure_is_no_praise() -> None:
    card = fake_card(strengths=[], focus=None)
    for measure in card.measures.values():
        measure.value = None
    shown = render_text(card, locale="en", width=200)
    assert "Nothing could be measured on this recording." in shown
    assert "Keep it up" not in shown
    assert "Everything measured" not in shown


# --- law ---


@given(
    st.lists(st.tuples(st.floats(0, 10), st.floats(0, 3), st.text(max_size=5)).map(lambda t: (t[0], t[0] + t[1], t[2])))
)
def test_a_tier_holds_one_label_at_a_time(intervals) -> None:
    tier = tier_of(intervals, 8.0)
    assert all(0 <= start < end <= 8.0 for start, end, _ in tier)
    assert all(left[1] <= right[0] for left, right in pairwise(tier))
    assert all(label.isprintable() for _, _, label in tier)


# --- against others: Praat itself reads the TextGrid ---


def test_praat_reads_the_textgrid(tmp_path: Path) -> None:
    parselmouth = pytest.importorskip("parselmouth")
    card = fake_card()
    card.transcript.words[0].text = 'hän "sanoi"\nÖö'
    path = tmp_path / "card.TextGrid"
    path.write_text(render_textgrid(card), encoding="utf-8")
    grid = parselmouth.read(str(path))
    call = parselmouth.praat.call
    names = [call(grid, "Get tier name", number + 1) for number in range(call(grid, "Get number of tiers"))]
    assert names == ["agent", "words", "fillers", "ei openings", "customer"]
    assert call(grid, "Get end time") == 96.0
    assert call(grid, "Get label of interval", 2, 2) == 'hän "sanoi" Öö'
    assert call(grid, "Count intervals where", 4, "is not equal to", "") == 2
    assert call(grid, "Count intervals where", 1, "is equal to", "pause") == len(card.timeline.pauses)
    assert call(grid, "Count intervals where", 3, "is equal to", "tota, ?") == 1


def test_a_call_without_anything_is_still_a_textgrid(tmp_path: Path) -> None:
    parselmouth = pytest.importorskip("parselmouth")
    card = fake_card(measures={})
    empty = card.timeline.model_copy(update={"speech": [], "pauses": [], "customer_speech": []})
    card = card.model_copy(update={"timeline": empty, "transcript": card.transcript.model_copy(update={"words": []})})
    path = tmp_path / "empty.TextGrid"
    path.write_text(render_textgrid(card), encoding="utf-8")
    assert parselmouth.praat.call(parselmouth.read(str(path)), "Get number of tiers") == 5
