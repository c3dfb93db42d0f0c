"""Signing in, scorecards, and who can use the pages how, in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.messages import text
from app.store.audit import record
from app.store.base import now_utc
from app.store.keys import start_session
from tests.app.pages.browsing import Site, called, choose

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


# --- known answer: signing in -----------------------------------------------------------------------------------------


def test_a_link_signs_in_once_and_only_when_the_button_is_pressed(served: Site, visiting) -> None:
    aino = served.somebody()
    link = served.link(aino)
    scanner = visiting(None, path=link.removeprefix(served.url))
    scanner.page.get_by_role("button", name="Kirjaudu sisään").wait_for()
    visit = visiting(None, path=link.removeprefix(served.url))
    visit.page.get_by_role("button", name="Kirjaudu sisään").click()
    visit.page.get_by_role("heading", name="Omat puhelut").wait_for()
    assert visit.page.url == f"{served.url}/"
    assert visit.page.locator(".person").inner_text() == aino.agent_id
    visit.page.get_by_text(text("pages-list-empty", "fi")).wait_for()
    scanner.page.get_by_role("button", name="Kirjaudu sisään").click()
    assert scanner.notice() == text("problem-link", "fi")
    visit.page.get_by_role("button", name="Kirjaudu ulos").click()
    visit.page.get_by_role("heading", name=text("pages-welcome", "fi")).wait_for()
    assert visit.page.goto(f"{served.url}/v1/session").status == 401


def test_a_link_that_was_cut_off_says_so(served: Site, visiting) -> None:
    visit = visiting(None, path="/sign-in#pl_kesk")
    visit.page.get_by_text(text("pages-sign-in-broken", "fi")).wait_for()
    assert visit.page.locator("#sign-in").is_hidden()
    visit.page.evaluate("link => { location.hash = link; }", "pl_" + "x" * 43)
    visit.page.locator("#sign-in").wait_for()


def test_the_language_is_kept_and_the_link_with_it(served: Site, visiting) -> None:
    visit = visiting(None, path=served.link(served.somebody()).removeprefix(served.url))
    visit.page.get_by_role("link", name="In English").click()
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.get_by_role("heading", name="My calls").wait_for()
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    choose(visit, served.recording("call.wav", decode={"error": "error-audio-empty"}))
    failed = visit.wait("call.wav", "failed")
    assert failed.locator(".reason").inner_text() == text("error-audio-empty", "en")


# --- known answer: the scorecard --------------------------------------------------------------------------------------


def test_a_figure_plays_from_its_place_in_the_frame(served: Site, visiting) -> None:
    aino = served.somebody()
    call_id = served.scored(aino, "soiva.wav")
    visit = visiting(aino, path=f"/calls/{call_id}")
    card = visit.page.frame_locator("#scorecard")
    place = card.locator(".focus .at").first
    start = float(place.get_attribute("data-start"))
    place.click()
    inside = visit.page.frames[1]
    inside.wait_for_function("start => Number(document.getElementById('seek').value) > start", arg=start)
    assert "playing" in place.get_attribute("class")
    place.click()
    inside.evaluate("document.activeElement.blur()")
    visit.page.keyboard.press("Home")
    visit.page.locator("iframe").focus()
    visit.page.keyboard.press("ArrowRight")
    assert inside.evaluate("document.hasFocus()")
    visit.page.locator("#download summary").click()
    with visit.page.expect_download() as taken:
        visit.page.get_by_role("link", name="CSV").click()
    assert taken.value.suggested_filename == f"{call_id}.csv"
    assert visit.page.locator("#download").get_attribute("open") is None


def test_printing_prints_the_scorecard_and_not_its_frame(served: Site, visiting) -> None:
    aino = served.somebody()
    visit = visiting(aino, path=f"/calls/{served.scored(aino, 'paperille.wav')}")
    visit.page.frame_locator("#scorecard").locator("#measures").wait_for()
    inside = visit.page.frames[1]
    inside.evaluate("() => { window.prints = 0; window.print = () => { window.prints += 1; }; }")
    visit.page.get_by_role("button", name="Tulosta").click()
    visit.page.keyboard.press("Control+p")
    inside.wait_for_function("() => window.prints === 2")


def test_a_scorecard_that_can_no_longer_be_read_leaves_a_sentence(served: Site, visiting) -> None:
    aino = served.somebody()
    visit = visiting(None, path="/")
    visit.page.route("**/scorecard?*", lambda route: route.fulfill(status=401, body="{}"))
    with served.service.store.write() as session:
        token, _ = start_session(session, aino, now=now_utc(), lifetime=timedelta(hours=1))
    visit.page.context.add_cookies([{"name": "puhepeili", "value": token, "url": served.url}])
    visit.page.goto(f"{served.url}/calls/{served.scored(aino, 'myöhään.wav')}")
    assert visit.notice() == text("pages-js-error-frame", "fi")
    assert visit.page.locator("#scorecard").is_hidden()


def test_a_call_that_waits_opens_its_scorecard_by_itself(served: Site, visiting) -> None:
    visit = visiting(served.somebody())
    choose(visit, served.recording("odota.wav", transcribe={"sleep_s": 1.5}))
    visit.wait("odota.wav", "processing")
    visit.page.goto(f"{served.url}/calls/{called(served, visit, 'odota.wav')['id']}")
    visit.page.frame_locator("#scorecard").get_by_role("heading", name=text("page-strengths", "fi")).wait_for()


# --- known answer: for others than agents -----------------------------------------------------------------------------


def test_a_trainer_says_whose_call_it_is_and_the_agent_reads_who_looked(served: Site, visiting) -> None:
    aino = served.somebody()
    trainer = visiting(served.us.trainer)
    choose(trainer, served.recording("tiimin.wav"))
    assert trainer.notice() == text("pages-js-error-agent", "fi")
    assert served.names(aino) == []
    trainer.page.get_by_label("Kenen puhelu?").select_option(aino.agent_id)
    choose(trainer, served.recording("tiimin.wav"))
    row = trainer.wait("tiimin.wav", "succeeded")
    assert f"· {aino.agent_id}" in row.locator(".facts").inner_text()
    row.get_by_role("link").click()
    trainer.page.frame_locator("#scorecard").get_by_role("heading", name=text("page-strengths", "fi")).wait_for()
    with served.service.store.write() as session:
        record(session, aino, "session.begun", now_utc(), agent_id=aino.agent_id)
    agent = visiting(aino)
    agent.page.locator("#looks summary").click()
    agent.page.get_by_text("Valmentaja luki tuloskortin").wait_for()
    listed = agent.page.locator("#looks-list li").all_inner_texts()
    assert all("Valmentaja" in line for line in listed)
    assert agent.page.locator("#looks-list a").first.inner_text() == "tiimin.wav"


# --- law: everybody can use them --------------------------------------------------------------------------------------


def test_the_keyboard_alone_is_enough(served: Site, visiting) -> None:
    aino = served.somebody()
    visit = visiting(aino)
    # Choosers are caught from here on: one that opens before that is the browser's own, and nobody answers it.
    visit.page.on("filechooser", lambda _: None)
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip"
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.id") == "files"
    with visit.page.expect_file_chooser() as chooser:
        visit.page.keyboard.press("Enter")
    assert chooser.value.is_multiple()
    chooser.value.set_files([served.recording("näppäin.wav")])
    visit.wait("näppäin.wav", "succeeded")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("ArrowRight")
    assert visit.page.locator("input[value=left]").is_checked()
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.getAttribute('aria-label')") == "Poista: näppäin.wav"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "erase-no"
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    visit.row("näppäin.wav").wait_for(state="detached")
    assert served.names(aino) == []


def test_no_page_scrolls_sideways_and_every_text_can_be_read(served: Site, visiting) -> None:
    aino = served.somebody()
    call_id = served.scored(aino, "Erittäinpitkätiedostonimijossaeiolevälilyöntejäollenkaan" * 2)
    served.call(aino, "jonossa.wav")
    visit = visiting(aino)
    for path in ("/", "/sign-in", f"/calls/{call_id}", "/calls/none"):
        visit.page.goto(served.url + path)
        for scheme in ("light", "dark"):
            visit.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert visit.page.evaluate("document.getAnimations().length") == 0, (path, scheme)
            for width in (320, 380, 768, 1400):
                visit.page.set_viewport_size({"width": width, "height": 700})
                assert visit.page.evaluate("document.documentElement.scrollWidth") == width, (path, scheme)
            assert visit.page.evaluate(CONTRASTS) == [], (path, scheme)


CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (color) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => part / 255);
    const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (color !== "rgba(0, 0, 0, 0)") return color;
    }
    return "white";
  };
  const poor = [];
  for (const one of document.body.querySelectorAll("*")) {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !one.checkVisibility() || one.matches("script, style")) continue;
    const [a, b] = [light(getComputedStyle(one).color), light(ground(one))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) poor.push(`${one.textContent.trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return poor;
}"""
"""Texts whose contrast is under 4.5 (WCAG 2.2, 1.4.3)."""


def test_every_control_has_a_name_and_rows_say_what_they_are(served: Site, visiting) -> None:
    aino = served.somebody()
    served.scored(aino, "valmis.wav")
    visit = visiting(aino)
    nameless = visit.page.evaluate(
        """() => [...document.querySelectorAll("a, button, input, select, progress, iframe, summary")]
          .filter((one) => one.checkVisibility())
          .filter((one) => !(one.getAttribute("aria-label") || one.title || one.textContent.trim() || one.labels?.[0]?.textContent.trim()))
          .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert nameless == []
    visit.page.get_by_role("link", name="valmis.wav").wait_for()
    visit.page.get_by_role("button", name="Poista: valmis.wav").wait_for()
    assert visit.page.get_by_role("status").count() == 1
