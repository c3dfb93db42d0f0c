"""The service as its callers see it, over a `Setting`: web processes, workers, and a platform's client."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from app.store.keys import make_key
from app.store.principals import new_principal
from tests.app.audio.recordings import wav_bytes
from tests.faults.mutations import sound_recordings
from tests.faults.nursery import ROOT, nursery
from tests.faults.setting import Setting, is_alive, now, wait_for
from tests.servers import free_port

SAMPLE = ROOT / "samples" / "kiireinen_puhelu.wav"
TRANSCRIPT = SAMPLE.with_suffix(".vtt")
METADATA = '{"channels": {"agent": 0, "customer": 1}}'
ENDED = ("succeeded", "failed", "cancelled")
WAV_HEAD = wav_bytes(b"", rate_hz=8000, declared=0x7F000000)
"""Of a recording whose length nobody knows yet."""


def key_of(setting: Setting) -> str:
    """A platform's key."""
    with setting.store.write() as session:
        text, _ = make_key(session, new_principal("platform", setting.organisation_id), name="test", now=now())
    return text


def short_call(folder: Path) -> tuple[Path, Path]:
    """A recording of two seconds with its transcript, where only the way of a call matters."""
    audio, transcript = folder / "short.wav", folder / "short.txt"
    audio.write_bytes(sound_recordings()["wav"])
    transcript.write_text("Agent: Hyvää päivää.\n", encoding="utf-8")
    return audio, transcript


def environment_of(setting: Setting, **more: str) -> dict[str, str]:
    """The settings of the service that works on `setting`; `more` by the settings' names in capitals."""
    chosen = {
        "DATA_DIR": str(setting.runtime.config.data_dir),
        "DATABASE_URL": setting.url,
        "BLOBS_URL": (setting.folder / "blobs").as_uri(),
        "REQUESTS_PER_MINUTE": "1000000",
        "MIN_FREE_BYTES": "0",
        "THREADS": "1",
    }
    return {f"PUHEPEILI_{name}": value for name, value in (chosen | more).items()}


class Caller:
    """Somebody who sends calls in."""

    def __init__(self, address: str, key: str, *, timeout_s: float = 60.0) -> None:
        self.pid = 0
        """Of the service's first process, where the caller has started it."""
        self.http = httpx.Client(
            base_url=address, headers={"Authorization": f"Bearer {key}"}, timeout=timeout_s, trust_env=False
        )

    def submit(
        self, audio: Path = SAMPLE, transcript: Path | None = TRANSCRIPT, *, key: str | None = None
    ) -> httpx.Response:
        """Send a recording in, with its transcript where there is one, and under an idempotency key where one is given."""
        files: list[Any] = [("metadata", (None, METADATA, "application/json"))]
        if transcript is not None:
            files.append(("transcript", (transcript.name, transcript.read_bytes(), "text/plain")))
        files.append(("audio", (audio.name, audio.read_bytes(), "audio/wav")))
        headers = {} if key is None else {"Idempotency-Key": key}
        return self.http.post("/v1/calls", files=files, headers=headers)

    def status(self, call_id: str) -> str:
        """Where a call stands."""
        return str(self.http.get(f"/v1/calls/{call_id}").json()["status"])

    def wait_ended(self, call_id: str, within_s: float) -> str:
        """How a call ended."""
        seen = [""]

        def ended() -> bool:
            seen[0] = self.status(call_id)
            return seen[0] in ENDED

        wait_for(ended, within_s, f"a call to end, which is {seen[0]}")
        return seen[0]

    def is_answered(self) -> bool:
        """Whether the web process is there."""
        try:
            return self.http.get("/healthz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False


@dataclass
class Web:
    """A web process on a port that stays open while it is away, and workers beside it."""

    setting: Setting
    environment: Mapping[str, str]
    port: int
    key: str
    pid: int = 0
    workers: list[int] = field(default_factory=list)
    callers: list[Caller] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def caller(self, **more: Any) -> Caller:
        """A client of the platform's; it is closed with the rest."""
        self.callers.append(Caller(self.address, self.key, **more))
        return self.callers[-1]

    def start(self) -> float:
        """Start the web process; seconds until it answers."""
        begun, caller = time.monotonic(), self.callers[0] if self.callers else self.caller()
        self.pid = nursery().web(self.port, dict(self.environment), self.setting.folder / "web.log")
        log = self.setting.folder / "web.log"
        wait_for(lambda: caller.is_answered() or not is_alive(self.pid), 30, "the web process to answer")
        assert is_alive(self.pid), log.read_text()[-2000:]
        return time.monotonic() - begun

    def work(self, queues: str = "interactive,batch,webhooks,maintenance") -> int:
        """Start a worker."""
        log = self.setting.folder / f"real-worker-{len(self.workers)}.log"
        self.workers.append(nursery().worker(queues, dict(self.environment), log))
        wait_for(lambda: log.exists() and "takes jobs" in log.read_text(), 30, "a worker to start")
        return self.workers[-1]

    def kill(self) -> None:
        """End the web process as the kernel would."""
        if self.pid:
            nursery().end(self.pid, signal.SIGKILL)
        self.pid = 0

    def close(self) -> None:
        """End all of it."""
        self.kill()
        for worker in self.workers:
            nursery().end(worker, signal.SIGKILL)
        self.workers.clear()
        for caller in self.callers:
            caller.http.close()


@contextmanager
def web_of(setting: Setting, **more: str) -> Iterator[Web]:
    """A web process on `setting`, with a platform's key; all of it ends with the block."""
    web = Web(setting, environment_of(setting, **more), nursery().port(), key_of(setting))
    try:
        web.start()
        yield web
    finally:
        web.close()


@contextmanager
def served(
    setting: Setting, *, workers: int, key: str = "", before: Sequence[str] = (), **more: str
) -> Iterator[Caller]:
    """``puhepeili serve`` on `setting`, as an operator runs it.

    `before` is a command that runs it, such as a tracer; `key` is a platform's, and a new one where it is empty.
    """
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PUHEPEILI_")}
    kept = {name: os.environ[name] for name in ("PUHEPEILI_CACHE_DIR", "PUHEPEILI_MODEL_DIR") if name in os.environ}
    environment |= kept | {"PYTHONPATH": str(ROOT)} | environment_of(setting, LISTEN_PORT=str(port), **more)
    command = [*before, sys.executable, "-m", "app.cli", "serve", "--no-link", "--workers", str(workers)]
    caller = Caller(f"http://127.0.0.1:{port}", key or key_of(setting))
    with (setting.folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    caller.pid = process.pid
    try:
        wait_for(lambda: process.poll() is not None or caller.is_answered(), 60, "the service to start")
        assert process.poll() is None, (setting.folder / "serve.log").read_text()[-2000:]
        if workers:
            wait_for(lambda: caller.http.get("/readyz").status_code == 200, 60, "a worker to start")
        yield caller
    finally:
        caller.http.close()
        _ended(process, traced=bool(before))


def _ended(process: subprocess.Popen[bytes], *, traced: bool) -> None:
    """Ask it to stop as an operator would, and wait; end it with all that it started where it does not."""
    with suppress(ProcessLookupError):
        os.kill(_served_pid(process.pid) if traced else process.pid, signal.SIGTERM)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _served_pid(tracer: int) -> int:
    """The process that a tracer started: a tracer passes no signal on."""
    found = Path(f"/proc/{tracer}/task/{tracer}/children").read_text(encoding="ascii").split()
    return int(found[0]) if found else tracer


def files_in(folder: Path) -> set[str]:
    """All files in a folder, by their place in it."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} if folder.is_dir() else set()
