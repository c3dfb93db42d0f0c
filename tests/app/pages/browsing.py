"""The service as a browser meets it: a real server and a real worker over SQLite, whose children do as they are told."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from app.serve import web_server
from app.settings import Settings
from app.store import progress
from app.store.base import now_utc
from app.store.calls import NewCall, create_call, list_calls
from app.store.keys import make_sign_in_link, start_session
from app.store.organisations import set_agent
from app.store.principals import Principal, new_principal
from app.store.scorecards import NewScorecard
from app.web import watching
from app.web.application import create_app
from app.web.links import sign_in_url
from app.web.service import Service, make_service
from tests.app.store.people import People, people
from tests.app.views.fake_card import fake_card, fake_wav
from tests.faults.setting import Setting, make_setting
from tests.servers import free_port

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
)

_NUMBERS = count(1)


@dataclass
class Site:
    """The pages, served."""

    url: str
    setting: Setting
    service: Service
    us: People

    def link(self, principal: Principal) -> str:
        """A sign-in link for somebody."""
        with self.service.store.write() as session:
            token = make_sign_in_link(session, principal, now=now_utc(), lifetime=timedelta(hours=1))
        return sign_in_url(self.url, token)

    def recording(self, name: str = "puhelu.wav", **script: Any) -> dict[str, Any]:
        """A file for the stand-in children: what happens in which step."""
        content = json.dumps({"log": str(self.setting.log), "name": name, **script}).encode()
        return {"name": name, "mimeType": "audio/wav", "buffer": content}

    def somebody(self) -> Principal:
        """An agent of a test's own, in the first team."""
        name = f"agentti-{next(_NUMBERS)}"
        with self.service.store.write() as session:
            set_agent(session, self.us.organisation_id, name, now_utc(), team_id=self.us.first_team)
        return new_principal("agent", self.us.organisation_id, agent_id=name)

    def call(self, principal: Principal, name: str, *, by: Principal | None = None, seconds_ago: float = 0.0) -> str:
        """A call of an agent's that waits for nobody."""
        stored = self.service.blobs.put_stream([fake_wav(96.0)], max_bytes=10**8)
        new = NewCall(
            self.us.organisation_id,
            (by or principal).id,
            agent_id=principal.agent_id,
            client_reference=name,
            blob_key=stored.key,
            blob_sha256=stored.sha256,
            blob_bytes=stored.bytes,
            media_type="audio/wav",
        )
        with self.service.store.write() as session:
            return create_call(session, new, now_utc() - timedelta(seconds=seconds_ago)).id

    def scored(self, principal: Principal, name: str, **more: Any) -> str:
        """A call with its scorecard."""
        call_id = self.call(principal, name, **more)
        card = NewScorecard(fake_card().to_json(), "0.1.0", None, "default@1", {}, duration_s=96.4)
        with self.service.store.write() as session:
            assert progress.start(session, call_id, now_utc())
            assert progress.succeed(session, call_id, card, now_utc())
        return call_id

    def names(self, principal: Principal) -> list[str | None]:
        """What the calls that somebody sees are called, newest first."""
        with self.service.store.read() as session:
            return [call.client_reference for call in list_calls(session, principal).items]


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """The pages with a server, without a worker."""
    # Calls are looked at ten times a second, so that nobody waits for the tests.
    watching.LOOK_S, look_s = 0.1, watching.LOOK_S
    setting = make_setting(f"sqlite:///{folder / 'puhepeili.db'}", folder)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = Settings(data_dir=folder / "data", min_free_bytes=0, public_url=url, requests_per_minute=100_000)
    service = make_service(settings, setting.store, setting.runtime.blobs, setting.engine)
    with setting.store.write() as session:
        us = people(session)
    server = web_server(create_app(settings, service), service, host="127.0.0.1", port=port, lifespan="off")
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield Site(url, setting, service, us)
    service.stopping.set()
    server.should_exit = True
    thread.join(20)
    setting.close()
    watching.LOOK_S = look_s


@dataclass
class Visit:
    """Somebody at a browser; `faults` are scripts that failed and what a policy refused."""

    page: Any
    site: Site
    token: str | None
    faults: list[str] = field(default_factory=list)

    def row(self, name: str) -> Any:
        """The row of a call."""
        return self.page.locator(".call").filter(has=self.page.get_by_role("heading", name=name, exact=True))

    def wait(self, name: str, status: str) -> Any:
        """Wait until a call stands so; its row."""
        row = self.row(name)
        expect_status(row, status)
        return row

    def notice(self) -> str:
        """The sentence at the top, once there is one."""
        place = self.page.locator("#notice")
        place.wait_for()
        return place.inner_text().partition("\n")[0]


def expect_status(row: Any, status: str) -> None:
    """Wait until a row has a status; in the message of a failure its own text."""
    from playwright.sync_api import expect

    expect(row).to_have_attribute("data-status", status, timeout=20_000)


@contextmanager
def visit(
    browser: Any, site: Site, principal: Principal | None, *, path: str = "/", locale: str = "fi-FI", **more: Any
) -> Iterator[Visit]:
    """A browser of somebody's, at a page."""
    context = browser.new_context(locale=locale, **{"viewport": {"width": 1200, "height": 800}, **more})
    token = None
    if principal is not None:
        with site.service.store.write() as session:
            token, _ = start_session(session, principal, now=now_utc(), lifetime=timedelta(hours=1))
        context.add_cookies([{"name": "puhepeili", "value": token, "url": site.url}])
    page = context.new_page()
    page.set_default_timeout(15_000)
    visit = Visit(page, site, token)
    page.on("pageerror", lambda fault: visit.faults.append(str(fault)))
    page.on("console", lambda line: visit.faults.append(line.text) if "Content Security Policy" in line.text else None)
    page.goto(site.url + path)
    if path == "/" and principal is not None:
        page.locator("#loading").wait_for(state="hidden")
    yield visit
    context.close()


@contextmanager
def chromium() -> Iterator[Any]:
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield opened
        opened.close()


def drop(visit: Visit, *names: str, kind: str = "audio/wav") -> None:
    """Let files go over the box, as a hand would from its desktop."""
    visit.page.evaluate(
        """([names, content, kind]) => {
          const carried = new DataTransfer();
          for (const name of names) carried.items.add(new File([content + " ".repeat(name.length)], name, { type: kind }));
          const box = document.getElementById("drop");
          for (const what of ["dragenter", "dragover", "drop"])
            box.dispatchEvent(new DragEvent(what, { dataTransfer: carried, bubbles: true, cancelable: true }));
        }""",
        [list(names), json.dumps({"log": str(visit.site.setting.log)}), kind],
    )


def choose(visit: Visit, *files: dict[str, Any]) -> None:
    """Choose files in the dialog."""
    visit.page.set_input_files("#files", list(files))


def called(served: Site, visit: Visit, name: str) -> dict[str, Any]:
    """The call of a name, as the API gives it."""
    answer = visit.page.request.get(f"{served.url}/v1/calls", params={"client_reference": name})
    return answer.json()["items"][0]
