"""All of it as it is used: one command, its link, a call dropped in the browser, and its scorecard heard."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.messages import text
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[3]
KEPT = ("PUHEPEILI_CACHE_DIR", "PUHEPEILI_MODEL", "PUHEPEILI_MODEL_DIR")
STARTS_S, SCORES_S = 60.0, 400.0


@pytest.fixture
def link(tmp_path: Path) -> Iterator[str]:
    """What the service prints when it starts with nothing there yet."""
    port = free_port()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PUHEPEILI_") or name in KEPT
    }
    environment |= {"PUHEPEILI_DATA_DIR": str(tmp_path), "PUHEPEILI_LISTEN_PORT": str(port)}
    environment["PUHEPEILI_PUBLIC_URL"] = url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-u", "-c", "from app.cli_service import serve; serve()"]
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            found = re.search(r"http\S+#pl_\S+", process.stdout.readline())
            assert found is not None
            wait_until_ready(url)
            yield found[0]
            process.send_signal(signal.SIGTERM)
            assert process.wait(40) == 0
        finally:
            process.kill()


def wait_until_ready(url: str) -> None:
    """Wait until the service and its worker are there."""
    until = time.monotonic() + STARTS_S
    with httpx.Client(base_url=url, trust_env=False) as client:
        while time.monotonic() < until:
            try:
                if client.get("/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.2)
    raise TimeoutError(f"no service at {url}")


@pytest.mark.asr
@pytest.mark.browser
@pytest.mark.enable_socket
def test_a_call_from_the_link_to_hearing_a_figure(browser: Any, link: str, samples: Path) -> None:
    page = browser.new_context(locale="fi-FI").new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(link)
    page.get_by_role("button", name=text("pages-sign-in", "fi")).click()
    page.get_by_text(text("pages-list-empty", "fi")).wait_for()
    page.set_input_files("#files", samples / "hyva_puhelu.wav")
    row = page.locator(".call")
    stages: set[str] = set()
    until = time.monotonic() + SCORES_S
    while row.get_attribute("data-status") not in ("succeeded", "failed") and time.monotonic() < until:
        stages.add(row.locator(".state").inner_text().partition(" · ")[0])
        page.wait_for_timeout(100)
    assert row.get_attribute("data-status") == "succeeded", row.inner_text()
    assert text("pages-js-stage-transcribe", "fi") in stages
    row.get_by_role("link", name="hyva_puhelu.wav").click()
    card = page.frame_locator("#scorecard")
    card.get_by_role("heading", name="hyva_puhelu.wav").wait_for()
    card.locator("#measure-longest_pause summary").click()
    place = card.locator("#measure-longest_pause .at").first
    start = float(place.get_attribute("data-start") or "nan")
    assert start > 1.0
    place.click()
    inside = page.frames[1]
    inside.wait_for_function("start => Number(document.getElementById('seek').value) > start", arg=start)
    assert inside.evaluate("() => Number(document.getElementById('seek').value)") < start + 10.0
    assert "playing" in (place.get_attribute("class") or "")
    assert card.locator(".said").first.inner_text() != ""
    assert faults == []
    page.context.close()
