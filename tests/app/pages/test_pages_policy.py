"""What holds for every page: its policy, its frame, its rule and its texts."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import app.pages
from app.messages import LOCALES
from app.pages import RULES, router
from app.pages.texts import SCRIPT_TEXTS, script_texts
from app.views.html import TEMPLATES
from app.web.rules import OPEN, names_of
from tests.app.pages.reading import UNKNOWN, Read, get, scored
from tests.app.views.test_catalogues import FORBIDDEN, entries
from tests.app.web.face import Face

LOCALE_FILES = Path(app.pages.__file__).parents[1] / "locales"


# --- law: the policy --------------------------------------------------------------------------------------------------


def every_page(face: Face) -> dict[str, Any]:
    ready, waiting = scored(face, by=face.us.aino), face.call("aino").id
    return {
        "welcome": get(face, "/"),
        "sign-in": get(face, "/sign-in"),
        "home": get(face, "/", face.us.aino),
        "trainer": get(face, "/", face.us.trainer),
        "admin": get(face, "/", face.us.admin),
        "card": get(face, f"/calls/{ready}", face.us.aino),
        "waiting": get(face, f"/calls/{waiting}", face.us.aino),
        "refusal": get(face, f"/calls/{UNKNOWN}", face.us.aino),
    }


def test_every_page_allows_its_own_style_and_script_and_nothing_else(face: Face) -> None:
    for name, answer in every_page(face).items():
        page, sent = Read(answer.text), answer.headers["content-security-policy"]
        rules = dict(rule.strip().split(" ", 1) for rule in sent.split(";"))
        digests = {kind: [digest(content) for content in page.raw[kind]] for kind in page.raw}
        assert rules["style-src"] == digests["style"][0], name
        assert rules["script-src"] == (digests["script"][-1] if digests["script"] else "'none'"), name
        assert (rules["default-src"], rules["frame-ancestors"], rules["form-action"]) == ("'none'",) * 3
        assert (rules["connect-src"], rules["frame-src"], rules["base-uri"]) == ("'self'", "'self'", "'none'")
        assert "unsafe" not in sent
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-frame-options"] == "DENY"
        assert not any("style" in attrs or any(one.startswith("on") for one in attrs) for _, attrs in page.tags), name
        assert not any(str(attrs.get("src") or attrs.get("href")).startswith("http") for _, attrs in page.tags), name
        assert len(page.ids) == len(set(page.ids)), name


def digest(content: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"


def test_every_page_has_one_heading_a_way_past_the_top_and_the_other_language(face: Face) -> None:
    for name, answer in every_page(face).items():
        page = Read(answer.text)
        assert [tag for tag, _ in page.tags].count("h1") == 1, name
        assert any(attrs.get("href") == "#main" for _, attrs in page.tags)
        assert any(attrs.get("href") == "?lang=en" for _, attrs in page.tags)
        assert re.search(r"<title>[^<]+ – Puhepeili</title>", answer.text), name
        assert ("<noscript>" in answer.text) == bool(page.raw["script"]), name


def test_what_a_script_is_given_cannot_end_it(face: Face) -> None:
    call = face.call("aino", client_reference="</script><script>alert(1)</script>")
    answer = get(face, f"/calls/{call.id}", face.us.aino)
    assert Read(answer.text).values()["call"]["client_reference"].startswith("</script>")
    assert answer.text.count("<script") == 2


def test_the_pages_have_the_scorecards_colours(face: Face) -> None:
    style = Read(get(face, "/").text).raw["style"][0]
    used = set(re.findall(r"var\((--[a-z-]+)", style))
    given = set(re.findall(r"(--[a-z-]+):", style))
    assert len(used) > 10
    assert used <= given
    assert style.count("prefers-color-scheme: dark") == 2


# --- known answer: rules and texts ------------------------------------------------------------------------------------


def test_every_page_has_its_rule() -> None:
    assert sorted(names_of(router)) == sorted(RULES)
    assert {name for name, roles in RULES.items() if roles is OPEN} == {"GET /", "GET /sign-in"}


def test_pages_are_no_part_of_the_api(face: Face) -> None:
    paths = face.client.get("/openapi.json").json()["paths"]
    assert [path for path in paths if not path.startswith(("/v1/", "/healthz", "/readyz", "/metrics"))] == []


def test_both_languages_say_the_same_and_every_text_is_used() -> None:
    finnish, english = (dict(entries(LOCALE_FILES / locale / "pages.ftl")) for locale in LOCALES)
    assert finnish == english
    templates = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("page_*.j2"))
    code = "".join(path.read_text(encoding="utf-8") for path in Path(app.pages.__file__).parent.glob("*.py"))
    used = set(re.findall(r"""["'](pages-[a-z-]+[a-z])["']""", templates + code))
    used |= {f"pages-js-{name}" for name in SCRIPT_TEXTS}
    beginnings = tuple(re.findall(r"""["'](pages-[a-z-]+-)["'] ~""", templates))
    assert used <= set(finnish)
    assert [name for name in finnish if name not in used and not name.startswith(beginnings)] == []


def test_every_text_that_the_script_names_is_there_and_used() -> None:
    script = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("page_*.js"))
    named = set(re.findall(r'say\("([a-z-]+)"', script))
    assert named <= set(SCRIPT_TEXTS)
    made = ("stage-", "said-", "role-", "action-", "cancel", "retry", "resend", "erase", "dismiss")
    assert [name for name in SCRIPT_TEXTS if name not in named and not name.startswith(made)] == []
    assert script_texts("fi")["working"] == "{stage} · {percent} %"


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_told_of_more_than_the_voice_on_the_pages(locale: str) -> None:
    source = (LOCALE_FILES / locale / "pages.ftl").read_text(encoding="utf-8").casefold()
    assert FORBIDDEN.findall(source) == []
    assert "henkilöstöpäät" in source or "personnel decisions" in source


def test_pages_under_a_folder_of_a_host_lead_back_to_it(face: Face) -> None:
    settings = face.service.settings.model_copy(update={"public_url": "https://yritys.example.fi/puhepeili"})
    face.app.state.service = replace(face.service, settings=settings)
    try:
        page, switched = get(face, "/sign-in"), get(face, "/sign-in?lang=fi")
    finally:
        face.app.state.service = face.service
    assert Read(page.text).values()["base"] == "/puhepeili"
    assert any(attrs.get("href") == "/puhepeili/" for _, attrs in Read(page.text).tags)
    assert switched.headers["location"] == "/puhepeili/sign-in"
    assert switched.headers["set-cookie"].endswith("; Secure")
