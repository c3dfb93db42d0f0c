"""Runs the service: the web process, and beside it the workers."""

from __future__ import annotations

import json
import logging
import signal
import sys
from datetime import UTC, datetime
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from socket import socket

    from fastapi import FastAPI
    from uvicorn import Server

    from app.jobs.runtime import Runtime
    from app.settings import Settings
    from app.web.service import Service

log = logging.getLogger(__name__)
DRAIN_S = 10
"""How long answers under way may go on once the web process is told to stop."""
IDLE_S = 30
MOST_CONNECTIONS = 1000
"""Further ones are sent away with 503; people who follow a call hold one each."""
WORKER_GRACE_S = 15.0
"""On top of the workers' own time for going on: then they are ended."""


def serve(settings: Settings, *, workers: int) -> None:
    """Answer on the address that the settings name until SIGTERM or SIGINT, with `workers` processes beside.

    A second signal ends it at once.

    Raises
    ------
    UsageError
        If a place that the settings name cannot be used.
    """
    from app.jobs.config import job_config
    from app.jobs.supervisor import Supervisor
    from app.web.application import create_app
    from app.web.service import open_service

    service = open_service(settings)
    app = create_app(settings, service)
    supervisor = Supervisor(workers, stopping=service.stopping) if workers else None
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, service.stopping.hear)
    if supervisor is not None:
        supervisor.start()
    try:
        web_server(app, service).run()
    finally:
        if supervisor is not None:
            supervisor.stop(job_config(settings).drain_s + WORKER_GRACE_S)


def web_server(app: FastAPI, service: Service, **more: Any) -> Server:
    """The web server, ready to run; told to stop, it ends streams of events first, so that they hold nothing up."""
    import uvicorn

    class StoppableServer(uvicorn.Server):
        """Says at once that it is stopping, and heeds a signal that came before it listened.

        uvicorn's own handler would raise the signal again at its end, and so end this process before its workers have.
        """

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            service.stopping.hear(sig, frame)
            self.should_exit = True

        async def startup(self, sockets: list[socket] | None = None) -> None:
            await super().startup(sockets)
            if service.stopping.is_set():
                self.should_exit = True

    config = uvicorn.Config(
        app,
        **{
            "host": service.settings.listen_host,
            "port": service.settings.listen_port,
            "log_config": None,
            "access_log": False,
            "server_header": False,
            "limit_concurrency": MOST_CONNECTIONS,
            "timeout_keep_alive": IDLE_S,
            "timeout_graceful_shutdown": DRAIN_S,
            **more,
        },
    )
    return StoppableServer(config)


def work(settings: Settings, queues: tuple[str, ...]) -> None:
    """Take jobs from `queues` until SIGTERM or SIGINT.

    Raises
    ------
    UsageError
        If a place that the settings name cannot be used.
    """
    from app.jobs.worker import run_worker

    run_worker(_runtime(settings), queues)


def prepare(settings: Settings) -> None:
    """Make all tables, or bring those of an older version up to date: the service's own, and the job engine's.

    Raises
    ------
    UsageError
        If the database cannot be used.
    """
    from app.jobs.config import job_config
    from app.jobs.dbos_engine import DbosEngine
    from app.store.engine import open_store
    from app.store.migrate import migrate

    migrate(settings.database_url)
    store = open_store(settings.database_url)
    engine = DbosEngine(store, job_config(settings))
    try:
        engine.prepare()
    finally:
        engine.close()
        store.close()


class JsonLines(logging.Formatter):
    """One JSON object a line. Of a fault it tells the kind alone: its text may hold what a call is about."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "log": record.name}
        if record.name == "puhepeili.access":
            return json.dumps(line | json.loads(record.getMessage()))
        line["message"] = record.getMessage()
        if record.exc_info and record.exc_info[0] is not None:
            line["fault"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def log_to_stderr() -> None:
    """Have everything worth knowing written as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("app", "puhepeili.access", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.INFO)


def _runtime(settings: Settings) -> Runtime:
    from app.blobs import open_blobs
    from app.jobs.config import job_config
    from app.jobs.dbos_engine import DbosEngine
    from app.jobs.runtime import Runtime
    from app.store.engine import open_store

    store, config = open_store(settings.database_url), job_config(settings)
    return Runtime(store, open_blobs(settings.blobs_url), DbosEngine(store, config), config)
