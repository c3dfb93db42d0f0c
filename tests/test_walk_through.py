"""The README's walk-through with curl runs as it stands there, against the service as its command starts it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[1]
STARTS_S = 60.0
SERVED_AT = "http://127.0.0.1:8000"


def walk_through() -> str:
    """The one block of shell in the README."""
    (block,) = re.findall(
        r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return block


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder with the samples in it, and the command on its path."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    command = tmp_path / "bin" / "puhepeili"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m app.cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_the_walk_through_runs_as_it_stands(place: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PUHEPEILI_")}
    environment |= {"PUHEPEILI_DATA_DIR": str(place / "data"), "PUHEPEILI_LISTEN_PORT": str(port)}
    environment |= {"PUHEPEILI_PUBLIC_URL": url, "PUHEPEILI_THREADS": "1", "PYTHONPATH": str(ROOT)}
    environment["PATH"] = f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}"
    text = walk_through()
    assert SERVED_AT in text
    with (
        (place / "log").open("w") as log,
        subprocess.Popen(["puhepeili", "serve"], cwd=place, env=environment, stdout=log, stderr=log) as service,
    ):
        try:
            wait_until_ready(url)
            script = "set -euo pipefail\n" + text.replace(SERVED_AT, url) + '\necho "$CALL"\n'
            done = subprocess.run(
                ["bash", "-c", script], cwd=place, env=environment, capture_output=True, text=True, timeout=120
            )
            assert done.returncode == 0, done.stdout + done.stderr
            service.send_signal(signal.SIGTERM)
            assert service.wait(40) == 0
        finally:
            service.kill()
    path = done.stdout.splitlines()[-1]
    check_what_came(place, path.rpartition("/")[2], done.stdout)


def check_what_came(place: Path, call_id: str, said: str) -> None:
    """What the commands of the walk-through left in the folder."""
    card = json.loads((place / "scorecard.json").read_text(encoding="utf-8"))
    assert json.loads((place / "sent.json").read_text(encoding="utf-8")) == {"id": call_id, "status": "queued"}
    assert '"status":"succeeded"' in said
    assert card["measures"]["articulation_rate"]["verdict"] == "within"
    assert card["transcript"]["source"] == "supplied"
    assert '<html lang="fi"' in (place / "scorecard.html").read_text(encoding="utf-8")
    assert (place / "beginning.wav").read_bytes() == (ROOT / "samples" / "hyva_puhelu.wav").read_bytes()[:65536]
    (point,) = json.loads((place / "trend.json").read_text(encoding="utf-8"))["points"]
    assert point == {"call_id": call_id, "at": point["at"], "value": card["measures"]["articulation_rate"]["value"]}
    seen = {entry["action"] for entry in json.loads((place / "audit.json").read_text(encoding="utf-8"))["items"]}
    assert "finding.judged" in seen
    kept = [file for file in (place / "data").rglob("*") if file.is_file() and call_id in str(file)]
    assert kept == []


def wait_until_ready(url: str) -> None:
    """Wait until the service takes calls."""
    until = time.monotonic() + STARTS_S
    while time.monotonic() < until:
        try:
            if httpx.get(f"{url}/readyz", timeout=5, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("the service did not start")
