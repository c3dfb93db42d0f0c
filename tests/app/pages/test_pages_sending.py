"""Calls sent in through the pages, in a real browser against a real server and a real worker process."""

from __future__ import annotations

from typing import Any

import pytest

from app.messages import text
from app.store.keys import end_session
from tests.app.pages.browsing import Site, called, choose, drop

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
SLOW: dict[str, Any] = {"transcribe": {"sleep_s": 60.0}}


# --- known answer: from a file to its scorecard -----------------------------------------------------------------------


def test_a_dropped_call_goes_live_to_its_scorecard(served: Site, visiting) -> None:
    visit = visiting(served.somebody())
    choose(visit, served.recording("asiakas 1.wav", transcribe={"sleep_s": 2.5}))
    row = visit.wait("asiakas 1.wav", "processing")
    visit.page.wait_for_function("() => document.querySelector('.call progress').value > 20")
    assert text("pages-js-stage-transcribe", "fi") in row.locator(".state").inner_text()
    visit.wait("asiakas 1.wav", "succeeded")
    assert visit.page.locator("#live").inner_text() == "Tuloskortti on valmis: asiakas 1.wav"
    assert row.locator("progress").is_hidden()
    row.get_by_role("link").click()
    card = visit.page.frame_locator("#scorecard")
    card.get_by_role("heading", name=text("page-strengths", "fi")).wait_for()
    visit.page.get_by_role("link", name="Puhelut").click()
    visit.wait("asiakas 1.wav", "succeeded")


def test_several_files_are_dropped_at_once_and_sent_in_their_order(served: Site, visiting) -> None:
    aino = served.somebody()
    visit = visiting(aino)
    drop(visit, "a.wav", "b.wav", "c.wav")
    for name in ("a.wav", "b.wav", "c.wav"):
        visit.wait(name, "succeeded")
    assert served.names(aino) == ["c.wav", "b.wav", "a.wav"]
    assert visit.page.locator(".call h2").all_inner_texts() == ["c.wav", "b.wav", "a.wav"]
    assert visit.page.locator("#drop.over").count() == 0


def test_the_choice_of_the_channel_goes_along(served: Site, visiting) -> None:
    aino = served.somebody()
    visit = visiting(aino)
    visit.page.get_by_label("Oikealta").check()
    choose(visit, served.recording("oikea.wav"))
    visit.wait("oikea.wav", "succeeded")
    visit.page.get_by_label("Palvelu päättelee").check()
    choose(visit, served.recording("arvattu.wav"))
    row = visit.wait("arvattu.wav", "succeeded")
    found = [called(served, visit, name)["agent_channel"] for name in ("oikea.wav", "arvattu.wav")]
    assert found == ["right", None]
    assert row.locator(".facts").inner_text().startswith("tänään klo ")


def test_what_is_under_way_goes_on_live_after_a_reload_and_can_be_stopped(served: Site, visiting) -> None:
    visit = visiting(served.somebody())
    choose(visit, served.recording("pitkä.wav", **SLOW))
    visit.wait("pitkä.wav", "processing")
    visit.page.reload()
    row = visit.wait("pitkä.wav", "processing")
    before = row.locator("progress").evaluate("bar => bar.value")
    visit.page.wait_for_function("before => document.querySelector('.call progress').value > before", arg=before)
    row.get_by_role("button", name="Keskeytä: pitkä.wav").click()
    visit.wait("pitkä.wav", "cancelled")
    assert visit.page.locator("#live").inner_text() == "Keskeytetty: pitkä.wav"
    assert called(served, visit, "pitkä.wav")["status"] == "cancelled"


def test_sending_is_shown_as_it_goes_and_can_be_broken_off(served: Site, visiting) -> None:
    aino = served.somebody()
    visit = visiting(aino)
    slow_line = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 300_000}
    visit.page.context.new_cdp_session(visit.page).send("Network.emulateNetworkConditions", slow_line)
    choose(visit, served.recording("suuri.wav", padding="x" * 3_000_000), served.recording("seuraava.wav"))
    visit.wait("suuri.wav", "sending")
    visit.wait("seuraava.wav", "waiting")
    visit.page.wait_for_function(
        "() => [...document.querySelectorAll('.state')].some((one) => /^Lähetetään [1-9]\\d? %$/.test(one.textContent))"
    )
    visit.row("suuri.wav").get_by_role("button", name="Keskeytä").click()
    visit.row("suuri.wav").wait_for(state="detached")
    visit.wait("seuraava.wav", "succeeded")
    assert served.names(aino) == ["seuraava.wav"]


def test_many_calls_under_way_use_few_connections_and_none_is_left_behind(served: Site, visiting) -> None:
    aino = served.somebody()
    for n in range(12):
        served.call(aino, f"jonossa {n}", seconds_ago=60 + n)
    visit = visiting(aino)
    choose(visit, *(served.recording(f"{n}.wav") for n in range(3)))
    for n in range(3):
        visit.wait(f"{n}.wav", "succeeded")
    assert visit.page.evaluate("streams.size") == 2


def test_a_call_that_came_from_elsewhere_appears(served: Site, visiting) -> None:
    aino = served.somebody()
    served.call(aino, "jonossa 1", seconds_ago=540)
    served.call(aino, "jonossa 2", seconds_ago=480)
    served.call(aino, "jonossa 3", seconds_ago=420)
    visit = visiting(aino)
    served.scored(aino, "vaihteesta.wav", by=served.us.platform)
    visit.wait("vaihteesta.wav", "succeeded")
    assert visit.page.locator(".call h2").first.inner_text() == "vaihteesta.wav"


def test_a_call_is_erased_only_after_a_second_word(served: Site, visiting) -> None:
    aino = served.somebody()
    first, second = served.scored(aino, "pidä.wav", seconds_ago=60), served.scored(aino, "poista.wav")
    visit = visiting(aino)
    visit.row("poista.wav").get_by_role("button", name="Poista").click()
    dialog = visit.page.get_by_role("dialog")
    assert dialog.get_by_role("heading").inner_text() == "Poistetaanko poista.wav?"
    assert text("pages-erase-what", "fi") in dialog.inner_text()
    visit.page.keyboard.press("Escape")
    assert served.names(aino) == ["poista.wav", "pidä.wav"]
    visit.row("poista.wav").get_by_role("button", name="Poista").click()
    visit.page.get_by_role("button", name="Poista pysyvästi").click()
    visit.row("poista.wav").wait_for(state="detached")
    assert served.names(aino) == ["pidä.wav"]
    assert visit.page.request.get(f"{served.url}/v1/calls/{second}").status == 404
    visit.page.goto(f"{served.url}/calls/{first}")
    visit.page.get_by_role("button", name="Poista").click()
    visit.page.get_by_role("button", name="Poista pysyvästi").click()
    visit.page.get_by_text(text("pages-list-empty", "fi")).wait_for()
    assert served.names(aino) == []


def test_a_call_that_is_scored_says_how_long_it_was(served: Site, visiting) -> None:
    aino = served.somebody()
    served.scored(aino, "mitattu.wav")
    served.call(aino, "odottava.wav")
    visit = visiting(aino)
    assert "· 1:36" in visit.row("mitattu.wav").locator(".facts").inner_text()
    assert "·" not in visit.row("odottava.wav").locator(".facts").inner_text()


def test_older_calls_come_page_by_page(served: Site, visiting) -> None:
    aino = served.somebody()
    for n in range(23):
        served.call(aino, f"puhelu {n}", seconds_ago=60 * n)
    visit = visiting(aino)
    assert visit.page.locator(".call").count() == 20
    visit.page.get_by_role("button", name=text("pages-list-more", "fi")).click()
    visit.row("puhelu 22").wait_for()
    names = visit.page.locator(".call h2").all_inner_texts()
    assert names == [f"puhelu {n}" for n in range(23)]
    assert visit.page.evaluate("document.activeElement.querySelector('h2').textContent") == "puhelu 20"


# --- known answer: what goes wrong ------------------------------------------------------------------------------------


def test_files_that_are_no_recordings_are_told_apart_before_they_are_sent(served: Site, visiting) -> None:
    aino = served.somebody()
    visit = visiting(aino)
    visit.page.evaluate("page.max_bytes = 1000")
    choose(
        visit,
        {"name": "kuva.png", "mimeType": "image/png", "buffer": b"\x89PNG"},
        {"name": "tyhjä.wav", "mimeType": "audio/wav", "buffer": b""},
        {"name": "iso.wav", "mimeType": "audio/wav", "buffer": bytes(1001)},
    )
    for name, fault in (("kuva.png", "kind"), ("tyhjä.wav", "empty"), ("iso.wav", "size")):
        row = visit.wait(name, "failed")
        assert row.locator(".reason").inner_text() == text(f"pages-js-error-{fault}", "fi")
        row.get_by_role("button", name="Poista luettelosta").click()
    visit.page.get_by_text(text("pages-list-empty", "fi")).wait_for()
    assert served.names(aino) == []


def test_a_call_that_failed_says_why_and_is_tried_again_where_that_can_help(served: Site, visiting) -> None:
    visit = visiting(served.somebody())
    choose(visit, served.recording("kuva.wav", decode={"error": "error-audio-header"}))
    row = visit.wait("kuva.wav", "failed")
    assert row.get_by_role("button", name="Yritä uudelleen").count() == 0
    choose(visit, served.recording("kaatuu.wav", decode={"crash": 9, "crashes": 3}))
    row = visit.wait("kaatuu.wav", "failed")
    assert row.locator(".reason").inner_text() == " ".join(text("error-job-crashed", "fi").split())
    row.get_by_role("button", name="Yritä uudelleen").click()
    visit.wait("kaatuu.wav", "succeeded")


def test_a_broken_connection_loses_nothing_and_makes_nothing_twice(served: Site, visiting) -> None:
    aino = served.somebody()
    visit = visiting(aino)
    visit.page.route("**/v1/calls", lambda route: answer_is_lost(route))
    choose(visit, served.recording("katkeava.wav"))
    row = visit.wait("katkeava.wav", "failed")
    assert row.locator(".reason").inner_text() == text("pages-js-error-upload", "fi")
    assert served.names(aino) == ["katkeava.wav"]
    visit.page.unroute("**/v1/calls")
    row.get_by_role("button", name="Lähetä uudelleen").click()
    visit.wait("katkeava.wav", "succeeded")
    assert visit.page.locator(".call").count() == 1
    assert served.names(aino) == ["katkeava.wav"]


def answer_is_lost(route: Any) -> None:
    """The call comes through, and its answer does not."""
    if route.request.method != "POST":
        route.continue_()
        return
    route.fetch()
    route.abort("connectionreset")


def test_the_page_says_that_the_network_is_gone_and_goes_on_when_it_is_back(served: Site, visiting) -> None:
    visit = visiting(served.somebody())
    choose(visit, served.recording("sitkeä.wav", transcribe={"sleep_s": 3.0}))
    visit.wait("sitkeä.wav", "processing")
    visit.page.context.set_offline(True)
    assert visit.notice() == text("pages-js-error-network", "fi")
    visit.page.context.set_offline(False)
    visit.wait("sitkeä.wav", "succeeded")
    visit.page.locator("#notice").wait_for(state="hidden")


def test_a_session_that_is_over_is_said_in_one_sentence(served: Site, visiting) -> None:
    aino = served.somebody()
    served.scored(aino, "vanha.wav")
    visit = visiting(aino)
    with served.service.store.write() as session:
        end_session(session, visit.token)
    choose(visit, served.recording("myöhässä.wav"))
    assert visit.notice() == text("pages-js-error-session", "fi")
    assert visit.row("myöhässä.wav").locator(".reason").inner_text() == text("pages-js-error-session", "fi")
    visit.page.reload()
    visit.page.get_by_role("heading", name=text("pages-welcome", "fi")).wait_for()


def test_what_an_agent_may_not_erase_stays_and_the_page_says_why(served: Site, visiting) -> None:
    aino = served.somebody()
    served.scored(aino, "vaihteesta.wav", by=served.us.platform)
    visit = visiting(aino)
    visit.row("vaihteesta.wav").get_by_role("button", name="Poista").click()
    visit.page.get_by_role("button", name="Poista pysyvästi").click()
    assert visit.notice() == text("problem-not-submitter", "fi")
    visit.page.locator("#notice button").click()
    visit.page.locator("#notice").wait_for(state="hidden")
