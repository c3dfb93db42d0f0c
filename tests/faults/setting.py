"""A small service to break: a store, a blob folder, an engine, and worker processes that can be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.blobs import Blobs, open_blobs
from app.jobs.config import JobConfig
from app.jobs.dbos_engine import DbosEngine
from app.jobs.port import Queue
from app.jobs.runtime import Runtime
from app.store import calls, progress, webhooks
from app.store.calls import BATCH, INTERACTIVE, Call, NewCall
from app.store.engine import Store, open_store
from app.store.migrate import migrate
from app.store.organisations import create_organisation
from app.store.tables import CallRow, ScorecardRow, WebhookDeliveryRow

ROOT = Path(__file__).resolve().parents[2]
FAKE_CHILD = (sys.executable, str(ROOT / "tests/app/jobs/fake_child.py"))
CALM: dict[str, Any] = {"decode": {}, "detect": {}, "transcribe": {}, "measure": {}}
QUICK: dict[str, Any] = {"retry_s": 0.1, "poll_s": 0.1, "drain_s": 20.0, "child_memory_bytes": 0}
_MIGRATING = threading.Lock()
"""Alembic keeps what it is doing in one place for the whole process."""
_TOLD = (*QUICK, "lease_grace_s", "tries", "step_timeout_s")


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


@dataclass
class Setting:
    """All that a fault is tried on."""

    url: str
    folder: Path
    runtime: Runtime
    organisation_id: str
    workers: list[WorkerProcess] = field(default_factory=list)

    @property
    def store(self) -> Store:
        """The database."""
        return self.runtime.store

    @property
    def engine(self) -> DbosEngine:
        """The queue."""
        return self.runtime.engine

    @property
    def log(self) -> Path:
        """Where the stand-in children note what they do."""
        return self.folder / "children.log"

    def submit(self, script: dict[str, Any], *, queue: Queue = "interactive", count: int = 1) -> list[str]:
        """Take `count` calls in that go as `script` says, in one transaction, as the web process does."""
        text = json.dumps({"log": str(self.log), **script}).encode()
        stored = self.runtime.blobs.put_stream([text], max_bytes=10**6)
        priority = INTERACTIVE if queue == "interactive" else BATCH
        made = []
        with self.store.write() as session:
            for _ in range(count):
                new = NewCall(
                    self.organisation_id,
                    "tester",
                    priority=priority,
                    blob_key=stored.key,
                    blob_sha256=stored.sha256,
                    blob_bytes=stored.bytes,
                )
                call = calls.create_call(session, new, now())
                self.engine.enqueue(session, call.id, queue=queue, priority=call.priority)
                made.append(call.id)
        return made

    def call(self, call_id: str) -> Call:
        """A call as it stands."""
        with self.store.read() as session:
            found = calls.call_for_work(session, call_id)
        assert found is not None
        return found

    def statuses(self) -> dict[str, int]:
        """How many calls stand where."""
        with self.store.read() as session:
            rows = session.execute(select(CallRow.status, func.count()).group_by(CallRow.status)).all()
        return dict([tuple(row) for row in rows])

    def cancel(self, call_id: str) -> None:
        """Cancel as the web process does: the row first, then the job."""
        with self.store.write() as session:
            assert progress.cancel(session, call_id, now())
        self.engine.cancel(call_id)

    def listen(self) -> None:
        """Have every event of the organisation noted as a delivery."""
        with self.store.write() as session:
            webhooks.create_endpoint(
                session, self.organisation_id, "https://example.fi/", secret="s", events=("*",), by="tester", now=now()
            )

    def events(self) -> list[tuple[str, str]]:
        """Type and call of every delivery there is."""
        with self.store.read() as session:
            rows = session.execute(select(WebhookDeliveryRow.type, WebhookDeliveryRow.call_id)).all()
        return sorted((type, call_id) for type, call_id in rows)

    def scorecards(self) -> int:
        """How many scorecards are kept."""
        with self.store.read() as session:
            return session.scalar(select(func.count()).select_from(ScorecardRow)) or 0

    def lines(self, call_id: str | None = None) -> list[list[str]]:
        """What the children noted: step, begin or end, process, parent, call, time."""
        if not self.log.exists():
            return []
        found = [line.split() for line in self.log.read_text().splitlines()]
        return [words for words in found if call_id is None or words[4] == call_id]

    def times(self, call_id: str, step: str, what: str = "begin") -> int:
        """How often a step of a call was begun or ended."""
        return sum(words[0] == step and words[1] == what for words in self.lines(call_id))

    def spawn(self, *queues: str, url: str | None = None, **config: Any) -> WorkerProcess:
        """A worker process of its own."""
        worker = WorkerProcess(self, queues or ("interactive", "batch"), url or self.url, config)
        self.workers.append(worker)
        return worker

    def close(self) -> None:
        """End all workers and give the connections back."""
        for worker in self.workers:
            worker.kill()
        self.engine.close()
        self.store.close()


class WorkerProcess:
    """One worker, as a process."""

    def __init__(self, setting: Setting, queues: Sequence[str], url: str, chosen: dict[str, Any]) -> None:
        config = setting.runtime.config
        told = {
            "url": url,
            "folder": str(setting.folder),
            "queues": list(queues),
            "config": {name: getattr(config, name) for name in _TOLD} | chosen,
        }
        self.log = setting.folder / f"worker-{len(setting.workers)}.log"
        with self.log.open("wb") as out:
            command = [sys.executable, "-m", "tests.faults.worker_process", json.dumps(told)]
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, start_new_session=True)

    @property
    def pid(self) -> int:
        """Of the process."""
        return self.process.pid

    def ready(self) -> WorkerProcess:
        """Wait until it takes jobs."""
        wait_for(
            lambda: "takes jobs" in self.log.read_text() or self.process.poll() is not None, 30, "a worker to start"
        )
        assert self.process.poll() is None, self.log.read_text()
        return self

    def send(self, number: int) -> None:
        """Send a signal to the worker alone."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as the kernel would, and wait."""
        self.send(signal.SIGKILL)
        self.process.wait()

    def stop(self, timeout_s: float = 40) -> int:
        """End it as an operator would; its exit code."""
        self.send(signal.SIGTERM)
        return self.process.wait(timeout_s)


def make_setting(url: str, folder: Path, **config: Any) -> Setting:
    """A service in `folder` on the empty database at `url`."""
    with _MIGRATING:
        migrate(url)
    runtime = make_runtime(url, folder, **(QUICK | {"child_command": FAKE_CHILD} | config))
    runtime.engine.prepare()
    with runtime.store.write() as session:
        organisation = create_organisation(session, "Yritys Oy", now(), retain_days=None)
    return Setting(url, folder, runtime, organisation.id)


def make_runtime(url: str, folder: Path, **config: Any) -> Runtime:
    """What a worker works with."""
    store = open_store(url)
    chosen = JobConfig(data_dir=folder / "data", **config)
    blobs: Blobs = open_blobs(f"file://{folder / 'blobs'}")
    return Runtime(store, blobs, DbosEngine(store, chosen), chosen)


def wait_for(done: Callable[[], bool], timeout_s: float, what: str) -> float:
    """Wait until `done`; seconds that it took."""
    start = time.monotonic()
    while not done():
        if time.monotonic() - start > timeout_s:
            raise TimeoutError(f"waited {timeout_s:.0f} s for {what}")
        time.sleep(0.05)
    return time.monotonic() - start


def is_alive(pid: int) -> bool:
    """Whether a process is there and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
