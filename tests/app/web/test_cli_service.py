"""The service's commands: keys and links, and the whole of it from a command to a scorecard."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import httpx
import pytest
from click.testing import CliRunner, Result

from app.cli import Sentences
from app.cli_service import COMMANDS, QUEUE_NAMES, ROLE_NAMES
from app.jobs.port import QUEUES
from app.settings import settings
from app.store.base import now_utc
from app.store.engine import open_store
from app.store.keys import list_keys, principal_of_key, use_sign_in_link
from app.store.organisations import create_team, list_organisations
from app.store.principals import ROLES
from tests.app.web.served import wait_for
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator:
    """Runs a command with its own data folder."""
    monkeypatch.setenv("PUHEPEILI_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    group = Sentences("puhepeili", commands={command.name: command for command in COMMANDS})

    def go(*words: str) -> Result:
        return CliRunner().invoke(group, words)

    yield go
    settings.cache_clear()


# --- known answer: keys -----------------------------------------------------------------------------------------------


def test_a_key_and_a_link_are_made_on_the_command_line(run) -> None:
    assert run("keys", "organisation", "Yritys Oy").exit_code == 0
    made = run("keys", "make", "Vaihde", "--role", "platform", "--days", "30", "--per-minute", "90")
    assert re.fullmatch(r"pp_\w{8}_\S{43}\n", made.output)
    link = run("keys", "link", "--role", "agent", "--agent", "aino").output.strip()
    assert link.startswith("http://127.0.0.1:8000/sign-in#pl_")
    store = open_store(settings().database_url)
    with store.write() as session:
        (organisation,) = list_organisations(session)
        principal = principal_of_key(session, made.output.strip(), now_utc())
        (key,) = list_keys(session, organisation.id)
        signed_in = use_sign_in_link(session, link.partition("#")[2], now_utc())
        create_team(session, organisation.id, "Laskutus", now_utc())
    store.close()
    assert (principal.role, principal.per_minute, signed_in.agent_id) == ("platform", 90, "aino")
    assert 29 < (key.expires_at - now_utc()).days + 1 <= 30
    listed = run("keys", "list").output
    assert key.id in listed
    assert made.output.strip() not in listed
    assert run("keys", "make", "Valmentaja", "--role", "trainer", "--team", "Laskutus").exit_code == 0
    assert run("keys", "revoke", key.id).exit_code == 0
    assert "revoked" in run("keys", "list").output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("keys", "list"), "There is no organisation yet."),
        (("keys", "make", "x", "--role", "admin"), "There is no organisation yet."),
        (("worker", "--queues", "fast"), "There is no queue fast."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run, words: tuple[str, ...], sentence: str) -> None:
    result = run(*words)
    assert result.exit_code in (2, 3)
    assert sentence in result.stderr


def test_the_names_in_the_help_are_those_of_the_service() -> None:
    assert (ROLE_NAMES, QUEUE_NAMES) == (ROLES, QUEUES)
    assert [command.name for command in COMMANDS] == ["serve", "worker", "migrate", "keys"]
    assert all(isinstance(command, click.Command) for command in COMMANDS)


# --- known answer: all of it ------------------------------------------------------------------------------------------


def test_one_command_serves_scores_and_ends(tmp_path: Path) -> None:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PUHEPEILI_")}
    environment |= {"PUHEPEILI_DATA_DIR": str(tmp_path), "PUHEPEILI_LISTEN_PORT": str(port), "PUHEPEILI_THREADS": "1"}
    environment["PUHEPEILI_PUBLIC_URL"] = url = f"http://127.0.0.1:{port}"
    program = "from app.cli_service import serve; serve()"
    log = (tmp_path / "log").open("w")
    command = [sys.executable, "-u", "-c", program]
    with (
        log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            link = re.search(r"http\S+#(pl_\S+)", process.stdout.readline())
            with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
                wait_for(lambda: client.get("/readyz").status_code == 200)
                me = client.post("/v1/session", json={"token": link[1]}).json()
                files = {
                    "audio": ("hyva.wav", (ROOT / "samples" / "hyva_puhelu.wav").read_bytes()),
                    "transcript": ("hyva.vtt", (ROOT / "samples" / "hyva_puhelu.vtt").read_bytes()),
                }
                sent = client.post("/v1/calls", files=files, headers={"X-CSRF-Token": me["csrf"]})
                assert sent.status_code == 202, sent.text
                path = sent.headers["location"]
                wait_for(lambda: client.get(path).json()["status"] in ("succeeded", "failed"))
                assert client.get(path).json()["status"] == "succeeded", client.get(path).text
                card = client.get(f"{path}/scorecard").json()
                assert card["measures"]["articulation_rate"]["value"] > 1
                assert "articulation_rate" in client.get("/v1/agents/agentti/trend?measure=articulation_rate").text
            for _ in range(2):  # as from `make`, when its whole group is told
                process.send_signal(signal.SIGTERM)
                time.sleep(0.05)
            assert process.wait(40) == 0
        finally:
            process.kill()
    text = (tmp_path / "log").read_text(encoding="utf-8")
    assert '"route": "/v1/calls"' in text
    assert link[1] not in text
