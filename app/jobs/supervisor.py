"""Keeps worker processes running beside the web process, and one of them free for agents who wait."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.ending import Stopping
from app.jobs.port import QUEUES
from app.settings import PREFIX, Settings, settings

log = logging.getLogger(__name__)
LOOK_S = 0.5
LONGEST_PAUSE_S = 30.0
CALM_S = 60.0
"""A worker that lived this long is started anew at once when it ends."""


def shares_of(count: int) -> list[tuple[str, ...]]:
    """Queues of each of `count` workers: all for most, and of two or more the last takes ``interactive`` alone.

    A lone worker takes one call of each queue at a time, so that a batch does not keep an agent waiting.
    """
    if count < 1:
        raise ValueError(f"{count} workers cannot do anything; at least 1 is needed")
    return [QUEUES] if count == 1 else [*[QUEUES] * (count - 1), ("interactive",)]


def worker_command(queues: Sequence[str]) -> list[str]:
    """The command of a worker that ends, in good order, when this process does."""
    return [sys.executable, "-m", "app.jobs.worker", "--with-parent", "--queues", ",".join(queues)]


def threads_of_each(count: int, settings: Settings) -> int:
    """Threads for a call of each of `count` workers on this machine, so that together they take it and no more."""
    return settings.threads or max(1, settings.thread_count // count)


def worker_environment(count: int) -> dict[str, str]:
    """The environment of this process, with a worker's share of the cores."""
    return os.environ | {f"{PREFIX}THREADS": str(threads_of_each(count, settings()))}


@dataclass
class _Kept:
    queues: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause_s: float = 1.0
    due: float = 0.0


class Supervisor:
    """Starts workers, starts those again that end until `stopping` is told, and ends them all in good order."""

    def __init__(
        self,
        count: int,
        *,
        stopping: Stopping | None = None,
        command: Callable[[Sequence[str]], list[str]] = worker_command,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._kept = [_Kept(queues) for queues in shares_of(count)]
        self._command = command
        self._environment = worker_environment(count) if environment is None else environment
        self._stop = threading.Event()
        self._stopping = stopping or Stopping()
        self._watch = threading.Thread(target=self._run, name="supervisor", daemon=True)

    @property
    def pids(self) -> list[int]:
        """Of the workers that run."""
        return [kept.process.pid for kept in self._kept if kept.process is not None and kept.process.poll() is None]

    def start(self) -> None:
        """Start all workers and watch over them."""
        self._look()
        self._watch.start()

    def stop(self, timeout_s: float) -> None:
        """Tell all workers to stop, and end those that still run after `timeout_s`."""
        self._stop.set()
        self._watch.join(timeout=10)
        processes = [kept.process for kept in self._kept if kept.process is not None]
        for process in processes:
            _close(process)  # not a signal: one that was sent to all processes has told the worker already
        until = time.monotonic() + timeout_s
        for process in processes:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _run(self) -> None:
        while not self._stop.wait(LOOK_S):
            if not self._stopping.is_set():  # all processes may have been told: a worker that ends is as it should be
                self._look()

    def _look(self) -> None:
        now = time.monotonic()
        for kept in self._kept:
            if kept.process is not None:
                code = kept.process.poll()
                if code is None:
                    continue
                _close(kept.process)
                kept.process = None
                kept.pause_s = 1.0 if now - kept.started > CALM_S else min(LONGEST_PAUSE_S, 2 * kept.pause_s)
                kept.due = now + kept.pause_s
                log.error("a worker ended with code %d; another is started in %.0f s", code, kept.pause_s)
            if now >= kept.due:
                kept.started = now
                # The worker reads the pipe to its end: it closes when this process is gone, however it went.
                kept.process = subprocess.Popen(
                    self._command(kept.queues), stdin=subprocess.PIPE, env=self._environment, start_new_session=True
                )


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
