"""The page: self-contained, safe against what a call may hold, and whole."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app.document import FocusDoc, ScorecardDoc, WordDoc
from app.views.html import render_html
from tests.app.views.fake_card import fake_card, fake_wav

HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202egnp.exe"


class Page(HTMLParser):
    """Tags with their attributes, and the text of the elements whose text is not markup."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.inside = ""
        self.ids: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag
        if dict(attrs).get("id"):
            self.ids.append(str(dict(attrs)["id"]))

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside in self.raw:
            self.raw[self.inside].append(data)


@pytest.fixture(scope="module")
def finnish() -> str:
    return render_html(fake_card(), locale="fi", audio=("audio/wav", fake_wav(1.0)))


def hostile_card() -> ScorecardDoc:
    card = fake_card(name=HOSTILE)
    card.transcript.words.append(WordDoc(text=HOSTILE, start=90.0, end=91.0, role="agent"))
    card.measures["ei_openings"].evidence[0].text = HOSTILE
    card.measures["ei_openings"].evidence[0].suggestion = HOSTILE
    card.measures["articulation_rate"].norm.source = HOSTILE  # type: ignore[union-attr]
    card.recording.codec = HOSTILE
    card.engine.standard = HOSTILE
    card.engine.language = HOSTILE
    return card


# --- known answer ---


def test_the_order_of_the_page(finnish: str) -> None:
    headings = ["Laskun reklamaatio", "Tämä sujuu", "Seuraavaksi yksi asia", "Mittaukset</h2>", "Tempo ja rytmi"]
    headings += ["Puhelun aikajana</h2>", "Puhelun teksti</h2>", "Näin luet tätä</h2>", "henkilöstöpäätöksiin"]
    places = [finnish.index(heading) for heading in headings]
    assert places == sorted(places)


def test_a_measure_shows_value_unit_error_norm_source_verdict_and_confidence(finnish: str) -> None:
    row = finnish[finnish.index('id="measure-articulation_rate"') : finnish.index('id="measure-speech_rate"')]
    for part in ("<b>5,1</b>", "tavua/s", "± 0,2", "suosituksessa", "Suositus 4,0–6,2 tavua/s", "Lehtonen 1970"):
        assert part in row
    assert "oma perustaso 5,4 tavua/s" in row
    assert "mittaus on luotettava" in row
    assert "3 kohtaa" in row
    assert row.count('class="at"') == 3
    assert 'aria-label="Toista kohdasta 0:' in row


def test_a_ratio_reads_as_a_percentage_and_a_negative_band_with_spaces(finnish: str) -> None:
    assert "Suositus 10–30 %" in finnish
    assert "Suositus −32,0 – −16,0 dBFS" in finnish


def test_what_was_not_measured_says_why(finnish: str) -> None:
    row = finnish[finnish.index('id="measure-f0_shift"') : finnish.index('id="measure-creak_share"')]
    assert "ei mitattu" in row
    assert "Omaa perustasoa ei ole vielä." in row
    assert "<svg" not in row


def test_english_page() -> None:
    page = render_html(fake_card(), locale="en")
    assert '<html lang="en">' in page
    assert "What goes well" in page
    assert "<b>5.1</b>" in page
    assert 'id="player"' not in page
    assert "Show 0:43 on the timeline" in page


def test_without_anything_outside_its_norm_the_page_says_keep_it_up() -> None:
    page = render_html(fake_card(focus=None, strengths=[]), locale="fi")
    assert "Jatka samaan malliin." in page
    assert "vahvista sitä" in page


def test_an_empty_card_is_a_whole_page() -> None:
    card = fake_card(measures={}, strengths=[], focus=None)
    card = card.model_copy(
        update={
            "timeline": card.timeline.model_copy(
                update={
                    "speech": [], "pauses": [], "customer_speech": [], "creak": [], "tempo": None, "waveform": None,
                    "f0": card.timeline.f0.model_copy(update={"hz": []}),
                    "level_db": card.timeline.level_db.model_copy(update={"db": []}),
                }
            ),
            "transcript": card.transcript.model_copy(update={"words": [], "source": "none"}),
            "recording": card.recording.model_copy(update={"duration_s": 0.0, "name": ""}),
        }
    )  # fmt: skip
    page = render_html(card, locale="fi")
    assert "Aikajanaa ei ole" in page
    assert "Puhelusta ei ole tekstiä." in page
    assert "<bdi>Puhelu</bdi>" in page


def test_a_card_without_any_figure_is_no_praise() -> None:
    card = fake_card(strengths=[], focus=None)
    for measure in card.measures.values():
        measure.value = None
    page = render_html(card, locale="en")
    assert "Nothing could be measured on this recording." in page
    assert "Keep it up" not in page


# --- safety ---


def test_the_page_loads_nothing(finnish: str) -> None:
    page = Page(finnish)
    loads = [
        (tag, attrs[name])
        for tag, attrs in page.tags
        for name in ("src", "srcset", "href", "data", "action")
        if name in attrs
    ]
    assert {target for _, target in loads} == {"#measures", "#timeline", "#transcript", "#about"}
    style = "".join(page.raw["style"])
    assert "url(" not in style
    assert "@import" not in style
    script = page.raw["script"][-1]
    assert not re.search(r"https?://|fetch\(|XMLHttpRequest|WebSocket|import\(", script)


def test_the_policy_allows_this_style_and_script_alone(finnish: str) -> None:
    page = Page(finnish)
    policy = next(attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    for kind, content in (("style", page.raw["style"][0]), ("script", page.raw["script"][-1])):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not any("style" in attrs or any(name.startswith("on") for name in attrs) for _, attrs in page.tags)


def test_ids_are_unique(finnish: str) -> None:
    ids = Page(finnish).ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("locale", ["fi", "en"])
def test_hostile_names_and_words_stay_text(locale) -> None:
    page = Page(render_html(hostile_card(), locale=locale))
    plain = Page(render_html(fake_card(), locale=locale))
    assert sum(tag == "script" for tag, _ in page.tags) == sum(tag == "script" for tag, _ in plain.tags) == 2
    assert not any(tag == "img" for tag, _ in page.tags)
    assert not any("onerror" in attrs for _, attrs in page.tags)


def test_the_values_of_the_script_cannot_end_it() -> None:
    page = Page(render_html(fake_card(), locale="fi", audio=("audio/wav</script><script>alert(1)", b"RIFF")))
    encoded = next(text for text in page.raw["script"] if text.startswith("{"))
    assert not re.search("[<>&]", encoded)
    values = json.loads(encoded)
    assert values["media"] == "audio/wav</script><script>alert(1)"
    assert values["duration"] == 96.0


def test_the_sound_is_in_the_page_byte_for_byte(finnish: str) -> None:
    encoded = next(text for text in Page(finnish).raw["script"] if text.startswith("UklGR"))
    assert base64.b64decode(encoded) == fake_wav(1.0)


def test_a_measure_with_very_many_places_lists_the_first_and_says_so() -> None:
    card = fake_card()
    one = card.measures["pause_rate"].evidence[0]
    card.measures["pause_rate"].evidence = [
        one.model_copy(update={"start": i * 0.1, "end": i * 0.1 + 0.05}) for i in range(900)
    ]
    page = render_html(card, locale="fi")
    assert "900 kohtaa" in page
    assert "Sivulla on näistä 300 ensimmäistä" in page


def test_focus_survives_the_document_alias() -> None:
    focus = fake_card().focus
    assert focus is not None
    assert FocusDoc.model_validate_json(focus.model_dump_json(by_alias=True)) == focus


# --- in a browser ---


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    playwright = pytest.importorskip("playwright.sync_api")
    if chromium is None:
        pytest.skip("no Chromium here")
    with playwright.sync_playwright() as driver:
        flags = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--autoplay-policy=no-user-gesture-required",
        ]
        opened = driver.chromium.launch(executable_path=chromium, args=flags)
        yield opened
        opened.close()


def opened_page(browser, folder: Path, source: str, *, width: int = 1200):
    (folder / "card.html").write_text(source, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.problems = []
    page.on("pageerror", lambda problem: page.problems.append(str(problem)))
    page.on("console", lambda line: page.problems.append(line.text) if line.type == "error" else None)
    page.on("request", lambda request: page.problems.append(request.url) if request.url.startswith("http") else None)
    page.goto((folder / "card.html").as_uri())
    return page


@pytest.mark.browser
@pytest.mark.enable_socket
def test_a_finding_plays_and_keys_move(browser, tmp_path: Path) -> None:
    page = opened_page(browser, tmp_path, render_html(fake_card(), locale="fi", audio=("audio/wav", fake_wav(96.0))))
    page.locator(".focus .at").first.click()
    page.wait_for_function("Number(document.getElementById('seek').value) > 42")
    assert "playing" in (page.locator(".focus .at").first.get_attribute("class") or "")
    stretch = page.locator("#stretch").evaluate("e => parseFloat(e.style.left)")
    first = fake_card().measures["ei_openings"].evidence[0]
    assert stretch == pytest.approx((first.start or 0) / 96.0 * 100, abs=0.01)
    page.locator(".focus .at").first.click()
    page.locator("#scroller").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.locator("#scroller").get_attribute("aria-valuenow") == "5"
    assert page.locator("#now").inner_text() == "0:05"
    page.locator("#zoom-in").click()
    assert page.locator("#inner").evaluate("e => e.style.width") == "200%"
    assert page.problems == []


@pytest.mark.browser
@pytest.mark.enable_socket
def test_no_sideways_scroll_on_a_narrow_screen(browser, tmp_path: Path) -> None:
    page = opened_page(browser, tmp_path, render_html(hostile_card(), locale="fi"), width=360)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator(".focus .at").first.click()
    assert page.locator("#stretch").is_visible()
    assert page.problems == []
