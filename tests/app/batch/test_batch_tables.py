"""The tables and the overview of a batch, read back."""

import csv
import re
import shutil
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import batch_fakes
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.batch.chart import shown
from app.batch.journal import Entry, Journal, Version
from app.batch.overview import overview_html
from app.batch.rows import Band, Failure, row_from_json, row_of, row_to_json
from app.batch.sources import Call
from app.batch.summary import histogram_of, summaries_of
from app.batch.tables import SCORE_COLUMNS, csv_text, write_tables
from app.batch.worker import Failed, Scored
from app.errors import UsageError
from app.scoring import ScoreOptions

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def row(name="a.wav", *, rate=None, key="a-0123456789", **given_fields):
    document = batch_fakes.document(name, ScoreOptions(), rate=rate)
    fields = {"call": name, "key": key, "agent_id": None, "client_reference": None, "note": None, **given_fields}
    return row_of(document, **fields)


def sheet_cells(path, number):
    """Cells of one sheet: (reference, type, text, formula)."""
    with zipfile.ZipFile(path) as book:
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    for cell in root.iter(f"{SHEET}c"):
        text = "".join(part.text or "" for part in cell.iter() if part.tag in (f"{SHEET}v", f"{SHEET}t"))
        yield cell.get("r"), cell.get("t"), text, cell.find(f"{SHEET}f")


# --- known answer: tables


def test_what_was_not_measured_is_empty_and_never_nought(tmp_path):
    write_tables(tmp_path, [row(rate=5.1)], [], [])
    frame = polars.read_parquet(tmp_path / "scores.parquet")
    assert frame["articulation_rate"].to_list() == [5.1]
    assert frame["articulation_rate_verdict"].to_list() == ["within"]
    assert frame["articulation_rate_confidence"].to_list() == ["good"]
    assert frame["f0_shift"].to_list() == [None]
    assert frame["f0_shift_verdict"].to_list() == ["not measured"]
    assert frame["f0_shift_confidence"].to_list() == [None]
    with (tmp_path / "scores.csv").open(newline="", encoding="utf-8") as file:
        (line,) = csv.DictReader(file)
    assert (line["f0_shift"], line["articulation_rate"]) == ("", "5.1")
    column = [name for name, _ in SCORE_COLUMNS].index("f0_shift")
    filled = {reference for reference, *_ in sheet_cells(tmp_path / "scores.xlsx", 1)}
    assert f"{_letters(column)}1" in filled
    assert f"{_letters(column)}2" not in filled
    assert not list(tmp_path.glob("*.part"))


def _letters(column):
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


def test_parquet_has_floats_and_texts_even_where_a_column_is_empty(tmp_path):
    write_tables(tmp_path, [], [Failure("a.wav", "error-x", "Broken.")], [])
    schema = polars.read_parquet_schema(tmp_path / "scores.parquet")
    kinds = {str: polars.String, float: polars.Float64}
    assert dict(schema) == {name: kinds[kind] for name, kind in SCORE_COLUMNS}
    assert polars.read_csv(tmp_path / "errors.csv").rows() == [("a.wav", "error-x", "Broken.")]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\r"])
def test_a_name_never_becomes_a_formula(tmp_path, start):
    name = f"{start}cmd|'/c calc'!A1.wav"
    write_tables(tmp_path, [row(name, agent_id=name)], [Failure(name, "error-x", name)], [])
    for table in ("scores.csv", "errors.csv"):
        with (tmp_path / table).open(newline="", encoding="utf-8") as file:
            shown = next(csv.DictReader(file))["call"]
        assert (shown[0], shown.replace("'", "")) == ("'", name.replace("'", ""))
    for sheet in (1, 2):
        cells = list(sheet_cells(tmp_path / "scores.xlsx", sheet))
        assert all(formula is None for *_, formula in cells)
        assert next(kind for reference, kind, *_ in cells if reference == "A2") in ("s", "inlineStr")
    assert polars.read_parquet(tmp_path / "scores.parquet")["call"].to_list() == [name]


def test_every_text_is_in_quotation_marks_and_no_number_is(tmp_path):
    name = "a;=1+1;b.wav"
    write_tables(tmp_path, [row(name, rate=5.1)], [Failure(name, "error-x", "Rikki; =2+2")], [])
    heading, line = (tmp_path / "scores.csv").read_text(encoding="utf-8").splitlines()
    assert all(part.startswith('"') and part.endswith('"') for part in heading.split(","))
    assert line.startswith('"a;\'=1+1;b.wav",')
    assert ',5.1,"within",' in line
    assert (tmp_path / "errors.csv").read_text(encoding="utf-8") == (
        '"call","error","sentence"\n"a;\'=1+1;b.wav","error-x","Rikki; \'=2+2"\n'
    )
    assert polars.read_parquet(tmp_path / "scores.parquet")["call"].to_list() == [name]


def test_a_negative_number_stays_a_number(tmp_path):
    write_tables(tmp_path, [row()], [], [])
    assert polars.read_csv(tmp_path / "scores.csv")["speech_level"][0] < 0


def test_xlsx_has_scores_errors_and_measures(tmp_path):
    rows = [row(f"{n}.wav", rate=rate) for n, rate in enumerate([3.0, 5.0, 7.0, 5.5])]
    write_tables(tmp_path, rows, [Failure("x.wav", "error-x", "Broken.")], summaries_of(rows))
    with zipfile.ZipFile(tmp_path / "scores.xlsx") as book:
        names = re.findall(r'<sheet name="(\w+)"', book.read("xl/workbook.xml").decode())
    assert names == ["scores", "errors", "measures"]
    cells = {reference: text for reference, _, text, _ in sheet_cells(tmp_path / "scores.xlsx", 3)}
    # Of 3, 5, 5.5 and 7 syll/s with the norm 4 to 6.2: one below, two within, one above.
    assert [cells[f"{column}2"] for column in "ABCDEFGHIJKLM"] == (
        ["articulation_rate", "syll/s", "4", "6.2", "house rule", "4", "1", "2", "1", "0.5", "3", "5.25", "7"]
    )


def test_rows_go_through_the_journal_unchanged():
    before = row("päivä 🎧.wav", agent_id="7")
    assert row_from_json(row_to_json(before)) == before


# --- known answer: journal


def test_a_journal_line_cut_short_is_dropped_and_the_next_one_stands_alone(tmp_path):
    call = Call(tmp_path / "a.wav", "a.wav", "a-1", ScoreOptions())
    entry = Entry(Version(1, 2, "f"), Scored(row()))
    journal = Journal(tmp_path)
    journal.add(call, entry)
    journal.close()
    with (tmp_path / "journal.jsonl").open("a") as file:
        file.write('not json\n{"key": "odd"}\n{"call": "b.wav", "ke')
    journal = Journal(tmp_path)
    assert journal.entries() == {"a-1": entry}
    failed = Entry(Version(None, None, "f"), Failed(batch_fakes.InputError("error-x", file="ä").message, "input"))
    journal.add(replace(call, key="b-1"), failed)
    assert journal.entries() == {"a-1": entry, "b-1": failed}
    journal.close()


def test_a_folder_belongs_to_one_run_at_a_time(tmp_path):
    journal = Journal(tmp_path)
    with pytest.raises(UsageError, match="Another run is writing"):
        Journal(tmp_path)
    journal.close()
    Journal(tmp_path).close()


# --- known answer: numbers and histograms


@pytest.mark.parametrize(
    ("measure", "value", "locale", "text"),
    [
        ("articulation_rate", 5.26, "fi", "5,3"),
        ("articulation_rate", 5.26, "en", "5.3"),
        ("pause_ratio", 0.216, "fi", "22"),
        ("speech_level", -23.64, "fi", "−23,6"),
        ("speech_level", -0.01, "fi", "0,0"),
        ("ei_openings", 3.0, "fi", "3"),
    ],
)
def test_numbers_are_written_as_people_do(measure, value, locale, text):
    assert shown(measure, value, locale) == text


def test_one_odd_call_does_not_flatten_the_others():
    values = sorted([5 + n / 100 for n in range(99)] + [500.0])
    histogram = histogram_of(values, band=None, whole_numbers=False)
    assert histogram.high < 7
    assert (histogram.cut_low, histogram.cut_high) == (False, True)
    assert sum(histogram.counts) == 100


def test_counts_have_a_column_each():
    histogram = histogram_of([0, 0, 1, 3], band=Band(None, 1, "x"), whole_numbers=True)
    assert (histogram.low, histogram.high, histogram.counts) == (-0.5, 3.5, (2, 1, 0, 1))


def test_equal_values_and_the_norm_are_in_view():
    histogram = histogram_of([5.0, 5.0], band=Band(4.0, 6.0, "x"), whole_numbers=False)
    assert histogram.low < 4.0
    assert histogram.high > 6.0
    with pytest.raises(ValueError, match="at least one value"):
        histogram_of([], band=None, whole_numbers=False)


# --- law


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=80), st.booleans())
def test_every_value_is_in_the_histogram(values, whole):
    values = sorted(float(round(value)) for value in values) if whole else sorted(values)
    histogram = histogram_of(values, band=None, whole_numbers=whole)
    assert sum(histogram.counts) == len(values)
    assert histogram.low < histogram.high


@given(st.text(max_size=20))
def test_a_csv_text_never_opens_a_formula_and_keeps_its_text(value):
    guarded = csv_text(value)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert guarded.replace("'", "") == value.replace("'", "")
    if not re.search(r"[;\t\r\n]", value):
        assert guarded in (value, f"'{value}")


@given(st.text("a;=+-@ \t\n\"'", max_size=12))
def test_a_spreadsheet_that_parts_at_semicolons_finds_no_formula_either(value):
    for part in re.split(r"[;\t\r\n]", csv_text(value)):
        assert not part.strip(' "').startswith(("=", "+", "-", "@"))


# --- overview


class Page(HTMLParser):
    """Links, addresses and table cells of a page."""

    def __init__(self, html):
        super().__init__()
        self.links, self.loads, self.tags = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        if tag == "a":
            self.links.append(found["href"])
        self.loads += [value for name, value in attrs if name in ("src", "srcset", "data", "action", "poster")]
        if tag == "link":
            self.loads.append(found.get("href"))


def page_of(rows, failures=(), locale="fi"):
    return overview_html(rows, failures, summaries_of(rows), locale=locale)


def test_overview_tells_counts_share_and_purpose():
    rows = [row(f"{n}.wav", rate=rate) for n, rate in enumerate([3.0, 5.0, 5.5, 7.0])]
    html = page_of(rows, [Failure("rikki.wav", "error-x", "Ei ole äänite.")])
    assert "Niiden perusteella ei tehdä henkilöstöpäätöksiä." in html
    assert "<b>4</b>puhelua pisteytetty" in html
    assert "50 % puheluista viitealueella" in html
    assert "alle 1 · viitealueella 2 · yli 1" in html
    assert "Ei ole äänite." in html
    assert "viitealue 4,0–6,2" in html
    english = page_of(rows, locale="en")
    assert "They are not a basis for personnel decisions." in english
    assert '<html lang="en">' in english


def test_overview_loads_nothing_and_a_name_cannot_write_into_it():
    name = '"><script>alert(1)</script>\n../x & y.wav'
    html = page_of([row(name, key="x-1", agent_id=name, note=name)], [Failure(name, "error-x", name)])
    page = Page(html)
    assert page.loads == []
    assert page.tags.count("script") == 1
    assert page.links == ["#errors", "scorecards/x-1.html"]
    assert "http" not in html.replace("http-equiv", "")


def test_of_thousands_of_calls_the_first_two_hundred_are_laid_out():
    html = page_of([replace(row(), call=f"{n}.wav") for n in range(203)])
    assert (html.count("<tr><th scope"), html.count("<tr hidden><th scope")) == (200, 3)
    assert "Näytä kaikki 203 puhelua" in html
    assert "Etsi puhelua" not in page_of([row()])


def test_overview_of_nothing_but_failures():
    html = page_of([], [Failure("a.wav", "error-x", "Rikki.")])
    assert "Yhtään puhelua ei saatu pisteytettyä." in html
    assert "Mittarit" not in html


def test_overview_of_one_call_with_nothing_measured():
    only = row()
    cells = {name: replace(cell, value=None, verdict="not measured") for name, cell in only.cells.items()}
    html = page_of([replace(only, cells=cells)])
    assert "Ei voitu mitata yhdestäkään puhelusta" in html
    assert "<svg class" not in html


@pytest.mark.browser
def test_calls_are_sorted_by_a_click_and_the_unmeasured_stay_last(tmp_path):
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium here")
    from playwright.sync_api import sync_playwright

    rows = [row(f"{n}.wav", rate=rate, key=f"k-{n}") for n, rate in enumerate([5.0, 12.0, 3.0, 4.0])]
    cells = dict(rows[3].cells)
    cells["articulation_rate"] = replace(cells["articulation_rate"], value=None, verdict="not measured")
    rows[3] = replace(rows[3], cells=cells)
    (tmp_path / "overview.html").write_text(page_of(rows), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-quic"])
        page = browser.new_page()
        problems = []
        page.on("console", lambda message: problems.append(message.text))
        page.goto((tmp_path / "overview.html").as_uri())
        heading = page.locator("table.sortable th", has_text="Puheen tempo").first
        orders = []
        for _ in range(2):
            heading.locator("button").click()
            orders.append(page.locator("table.sortable tbody th").all_inner_texts())
        sort = heading.get_attribute("aria-sort")
        browser.close()
    assert orders == [["2.wav", "0.wav", "1.wav", "3.wav"], ["1.wav", "0.wav", "2.wav", "3.wav"]]
    assert sort == "descending"
    assert problems == []
