"""What an upload costs: its bytes go to where audio is kept, and not through memory or a temporary file."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.app.web.served import wait_for

SIZE = 100 * 1024 * 1024
PIECE = bytes(range(256)) * 256
MOST_GROWTH_KB = 64 * 1024
HEAD = b'--x\r\nContent-Disposition: form-data; name="audio"; filename="a.wav"\r\n\r\n'
TAIL = b"\r\n--x--\r\n"


def peak_kb(pid: int) -> int:
    """Most memory that a process has held so far."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1])


def body() -> Iterator[bytes]:
    yield HEAD
    for _ in range(SIZE // len(PIECE)):
        yield PIECE
    yield TAIL


# --- known answer -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_hundred_megabytes_cost_little_memory_and_no_temporary_file(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.app.web.web_process", str(tmp_path)]
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    root = Path(__file__).resolve().parents[3]
    environment = {"PATH": "", "TMPDIR": str(scratch), "PYTHONPATH": str(root), "HOME": str(tmp_path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=root) as process:
        try:
            assert process.stdout is not None
            port, key = process.stdout.readline().split()
            headers = {"Authorization": f"Bearer {key}", "Content-Type": "multipart/form-data; boundary=x"}
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=120) as client:
                wait_for(lambda: client.get("/healthz").status_code == 200)
                small = client.post("/v1/calls", content=HEAD + PIECE + TAIL)
                assert small.status_code == 202
                before = peak_kb(process.pid)
                answer = client.post("/v1/calls", content=body())
                growth = peak_kb(process.pid) - before
                state = client.get(answer.headers["location"]).json()
        finally:
            process.kill()
    expected = hashlib.sha256(PIECE * (SIZE // len(PIECE))).hexdigest()
    assert (answer.status_code, state["audio_bytes"], state["audio_sha256"]) == (202, SIZE, expected)
    assert growth < MOST_GROWTH_KB, f"{growth / 1024:.0f} MB"
    assert list(scratch.iterdir()) == []
