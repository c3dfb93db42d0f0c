"""The pages without a browser: who gets which, and in which language."""

from __future__ import annotations

import pytest

from app.messages import text
from app.store import progress
from app.store.base import now_utc
from tests.app.pages.reading import UNKNOWN, Read, get, scored
from tests.app.web.face import Face

# --- known answer: who gets which page --------------------------------------------------------------------------------


def test_who_is_not_signed_in_reads_what_this_is_and_how_to_get_in(face: Face) -> None:
    answer = get(face, "/")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    for name in ("pages-welcome-what", "pages-welcome-link", "pages-learning"):
        assert text(name, "fi") in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    ("role", "heading"), [("aino", "Omat puhelut"), ("trainer", "Tiimin puhelut"), ("platform", "Lähetetyt puhelut")]
)
def test_who_sees_calls_gets_the_list_and_the_box(face: Face, role: str, heading: str) -> None:
    answer = get(face, "/", getattr(face.us, role))
    page = Read(answer.text)
    assert f"<h1>{heading}</h1>" in answer.text
    assert {"files", "calls", "channel", "sign-out"} <= set(page.ids)
    assert ("looks" in page.ids) == (role == "aino")
    assert ("agent" in page.ids) == (role == "trainer")
    assert len(page.ids) == len(set(page.ids))
    values = page.values()
    assert (values["base"], values["locale"], values["max_bytes"]) == ("", "fi", 2 * 1024**3)
    assert len(values["csrf"]) > 30


def test_a_trainer_is_offered_the_teams_agents_alone(face: Face) -> None:
    offered = [
        str(attrs.get("value")) for tag, attrs in Read(get(face, "/", face.us.trainer).text).tags if tag == "option"
    ]
    assert offered[0] == ""
    assert {"aino", "eero"} <= set(offered)
    assert "olavi" not in offered


def test_an_admin_is_told_that_calls_are_not_shown_and_how_links_are_made(face: Face) -> None:
    answer = get(face, "/", face.us.admin)
    assert text("pages-admin", "fi") in answer.text
    assert "puhepeili keys link --role agent" in answer.text
    assert 'id="calls"' not in answer.text


def test_the_sign_in_page_is_for_all_and_holds_no_token(face: Face) -> None:
    answer = get(face, "/sign-in")
    assert answer.status_code == 200
    assert Read(answer.text).values()["csrf"] is None
    assert text("pages-sign-in-already", "fi") not in answer.text
    assert text("pages-sign-in-already", "fi") in get(face, "/sign-in", face.us.aino).text


def test_a_call_with_a_scorecard_is_shown_in_the_frame(face: Face) -> None:
    call_id = scored(face, by=face.us.aino, client_reference="Lasku <b>& reklamaatio")
    answer = get(face, f"/calls/{call_id}", face.us.aino)
    frame = next(attrs for tag, attrs in Read(answer.text).tags if tag == "iframe")
    assert frame["src"] == f"/v1/calls/{call_id}/scorecard?format=html&locale=fi"
    assert frame["title"] == "Tuloskortti: Lasku <b>& reklamaatio"
    assert "<b>&" not in answer.text
    assert {"erase-call", "print", "download"} <= set(Read(answer.text).ids)
    trainers = get(face, f"/calls/{call_id}", face.us.trainer)
    assert "· aino" in trainers.text


def test_only_who_sent_a_call_in_is_offered_to_erase_it(face: Face) -> None:
    call_id = scored(face, by=face.us.platform)
    assert "erase-call" not in Read(get(face, f"/calls/{call_id}", face.us.aino).text).ids
    assert "erase-call" in Read(get(face, f"/calls/{call_id}", face.us.platform).text).ids


@pytest.mark.parametrize("status", ["queued", "failed"])
def test_a_call_without_a_scorecard_says_how_it_stands(face: Face, status: str) -> None:
    call = face.call("aino")
    if status == "failed":
        with face.service.store.write() as session:
            progress.fail(session, call.id, "error-audio-empty", {}, now_utc())
    answer = get(face, f"/calls/{call.id}", face.us.aino)
    name = "pages-waiting-ended" if status == "failed" else "pages-waiting"
    assert f"<h1>{text(name, 'fi')}</h1>" in answer.text
    shown = Read(answer.text).values()["call"]
    assert (shown["id"], shown["status"]) == (call.id, status)
    if status == "failed":
        assert shown["failure"]["sentence"] == text("error-audio-empty", "fi")


def test_calls_of_others_are_not_there(face: Face) -> None:
    call_id = scored(face, "eero")
    for principal in (face.us.aino, face.us.other_trainer, face.them.trainer, face.them.aino):
        answer = get(face, f"/calls/{call_id}", principal)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert text("problem-no-call", "fi") in answer.text
        assert "<script" not in answer.text
    admin = get(face, f"/calls/{call_id}", face.us.admin)
    assert (admin.status_code, text("problem-forbidden-role", "fi") in admin.text) == (403, True)


@pytest.mark.parametrize("call_id", [UNKNOWN, "x" * 65, "%0a", "ä"])
def test_addresses_of_no_call_are_answered_with_a_page(face: Face, call_id: str) -> None:
    answer = get(face, f"/calls/{call_id}", face.us.aino)
    assert answer.status_code == 404
    assert text("problem-no-call", "fi") in answer.text


BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


def test_an_address_that_is_not_there_is_a_page_to_a_browser_alone(face: Face) -> None:
    typed = get(face, "/kortti", accept=BROWSER, accept_language="en")
    assert (typed.status_code, typed.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert text("problem-no-such-path", "en") in typed.text
    assert 'href="/"' in typed.text
    for path, accept in (("/kortti", "*/*"), ("/kortti", "application/json"), ("/v1/kortti", BROWSER)):
        problem = get(face, path, accept=accept)
        assert (problem.status_code, problem.json()["code"]) == (404, "problem-no-such-path")
    assert face.client.post("/kortti", headers={"Accept": BROWSER}).json()["code"] == "problem-no-such-path"


def test_a_look_at_a_calls_page_is_written_down_for_its_agent(face: Face) -> None:
    call = face.call("aino")
    for asker in (face.us.aino, face.us.trainer, face.us.trainer):
        assert get(face, f"/calls/{call.id}", asker).status_code == 200
    found = face.ask(face.us.aino, "GET", f"/v1/audit?call_id={call.id}").json()["items"]
    assert [(one["actor_role"], one["action"], one["call_id"]) for one in found] == [("trainer", "call.read", call.id)]
    assert Read(get(face, "/", face.us.aino).text).values()["texts"]["action-call-read"] == "avasi puhelun tiedot"


def test_without_a_session_a_call_asks_to_sign_in(face: Face) -> None:
    for cookie in ("", "puhepeili=ps_wrong"):
        answer = get(face, f"/calls/{UNKNOWN}", cookie=cookie)
        assert answer.status_code == 401
        assert text("pages-welcome-link", "fi") in answer.text


def test_a_database_that_is_away_is_said_on_a_page(face: Face) -> None:
    with face.service.store.writer.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE pp_call RENAME TO pp_gone")
    try:
        answer = get(face, f"/calls/{UNKNOWN}", face.us.aino)
    finally:
        with face.service.store.writer.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE pp_gone RENAME TO pp_call")
    assert (answer.status_code, text("problem-title-unavailable", "fi") in answer.text) == (503, True)


# --- known answer: language -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "cookie", "locale"),
    [
        ("", "", "fi"),
        ("en-GB,en;q=0.9", "", "en"),
        ("sv", "", "fi"),
        ("en", "puhepeili-language=fi", "fi"),
        ("fi", "puhepeili-language=en", "en"),
        ("fi", "puhepeili-language=../en", "fi"),
    ],
)
def test_the_chosen_language_comes_before_the_browsers(face: Face, accepted: str, cookie: str, locale: str) -> None:
    answer = get(face, "/", accept_language=accepted, cookie=cookie)
    assert (Read(answer.text).tags[0], answer.headers["content-language"]) == (("html", {"lang": locale}), locale)
    assert answer.headers["vary"] == "Accept-Language, Cookie"


@pytest.mark.parametrize("path", ["/", "/sign-in", f"/calls/{UNKNOWN}"])
def test_a_language_that_is_chosen_is_kept_and_leads_back_to_the_same_page(face: Face, path: str) -> None:
    answer = get(face, f"{path}?lang=en", face.us.aino)
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    kept = answer.headers["set-cookie"]
    assert kept.startswith("puhepeili-language=en; HttpOnly; Max-Age=31536000; Path=/; SameSite=lax")


@pytest.mark.parametrize("query", ["lang=sv", "lang=", "lang=en%0d%0aSet-Cookie:x", "next=https://example.com"])
def test_nothing_else_leads_anywhere(face: Face, query: str) -> None:
    answer = get(face, f"/?{query}")
    assert (answer.status_code, "location" in answer.headers, "set-cookie" in answer.headers) == (200, False, False)


@pytest.mark.parametrize("path", ["//example.com/?lang=en", "/\\example.com?lang=en", "/calls//example.com?lang=en"])
def test_no_address_of_ours_leads_to_another_host(face: Face, path: str) -> None:
    answer = face.client.get(f"http://testserver{path}", follow_redirects=False)
    assert not answer.headers.get("location", "/x").startswith(("//", "http", "/\\"))
