"""Web processes and workers that start in a blink: forked from one process that has imported all and opened nothing.

``python -m tests.faults.nursery`` is that process. What runs in a fork is the service's own code with its own settings;
only the second that importing takes is saved, which two hundred restarts would pay two hundred times.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[2]


class Nursery:
    """The parent's end: asks for processes, and hears of their end."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.nursery"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PUHEPEILI_")}
        if "PUHEPEILI_CACHE_DIR" in os.environ:
            environment["PUHEPEILI_CACHE_DIR"] = os.environ["PUHEPEILI_CACHE_DIR"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._lock = threading.Lock()

    def port(self) -> int:
        """A port that is listened on from now on; while no web process runs, callers wait."""
        return int(self._ask({"do": "open"})["port"])

    def web(self, port: int, environment: dict[str, str], log: Path) -> int:
        """Start a web process; its identifier."""
        return int(self._ask({"do": "web", "port": port, "environment": environment, "log": str(log)})["pid"])

    def worker(self, queues: str, environment: dict[str, str], log: Path) -> int:
        """Start a worker; its identifier."""
        return int(self._ask({"do": "worker", "queues": queues, "environment": environment, "log": str(log)})["pid"])

    def end(self, pid: int, number: int = signal.SIGKILL) -> None:
        """End a process of ours, and wait until it is gone."""
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        self._ask({"do": "wait", "pid": pid})

    def close(self) -> None:
        """End all: the processes die with the one that they were forked from."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(20)

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@cache
def nursery() -> Nursery:
    """The one of this run."""
    made = Nursery()
    atexit.register(made.close)
    return made


def _import_all() -> None:
    import dbos  # noqa: F401
    import obstore.store  # noqa: F401
    import psycopg  # noqa: F401
    import sqlalchemy.dialects.postgresql.psycopg
    import sqlalchemy.dialects.sqlite  # noqa: F401
    import uvicorn.protocols.http.h11_impl  # noqa: F401

    import app.jobs.worker
    import app.jobs.workflow
    import app.web.application  # noqa: F401


def _born(told: dict[str, Any], sockets: dict[int, socket.socket]) -> None:
    """Be what was asked for, in a fork."""
    from app.jobs.bounds import die_with_parent
    from app.serve import log_to_stderr
    from app.settings import settings

    die_with_parent()
    os.setsid()
    log, nothing = os.open(told["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), os.open(os.devnull, os.O_RDONLY)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.dup2(nothing, 0)
    os.environ.update(told["environment"])
    settings.cache_clear()
    log_to_stderr()
    if told["do"] == "worker":
        from app.serve import work

        work(settings(), tuple(told["queues"].split(",")))
        return
    from app.serve import web_server
    from app.web.application import create_app
    from app.web.service import open_service

    service = open_service(settings())
    web_server(create_app(settings(), service), service).run(sockets=[sockets[told["port"]]])


def _live(told: dict[str, Any], sockets: dict[int, socket.socket]) -> NoReturn:
    """Be what was asked for, and never come back into the loop that forked."""
    try:
        _born(told, sockets)
    except BaseException:  # noqa: BLE001 - whatever it was, it is told in the log, and the fork ends here
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def main() -> None:
    """Fork as asked, until nobody asks any more."""
    _import_all()
    sockets: dict[int, socket.socket] = {}
    for line in iter(sys.stdin.readline, ""):
        told = json.loads(line)
        answer: dict[str, Any] = {}
        if told["do"] == "open":
            opened = socket.create_server(("127.0.0.1", 0), backlog=256)
            answer["port"] = opened.getsockname()[1]
            sockets[answer["port"]] = opened
        elif told["do"] == "wait":
            with suppress(ChildProcessError):
                os.waitpid(told["pid"], 0)
        else:
            answer["pid"] = os.fork()
            if not answer["pid"]:
                _live(told, sockets)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
