"""Faults of the database server itself: a worker cut off from it, and a server that crashes."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

from sqlalchemy import text

from app.jobs.worker import LOST_LEASE_EXIT
from tests.faults.cases import Scale, only_result, wait_begun, wait_ended, worker_of
from tests.faults.setting import CALM, Setting, wait_for
from tests.servers import Postgresql


class Cable:
    """Stands between a worker and the server, and can be cut."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._listener.accept()
                there = socket.create_connection(("127.0.0.1", self._to))
                self._open += [here, there]
                for source, target in ((here, there), (there, here)):
                    threading.Thread(target=_pump, args=(source, target), daemon=True).start()

    def cut(self) -> None:
        """End all connections and let no new one through."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for one in (source, target):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


def cut_off(setting: Setting, scale: Scale, server: Postgresql) -> str:
    """A worker loses its database for good."""
    cables = [Cable(server.port), Cable(server.port)]
    try:
        return _cut_off(setting, scale, server.port, cables)
    finally:
        for cable in cables:
            cable.cut()


def _cut_off(setting: Setting, scale: Scale, port: int, cables: list[Cable]) -> str:
    workers = [setting.spawn(url=setting.url.replace(f":{port}/", f":{cable.port}/")) for cable in cables]
    for worker in workers:
        worker.ready()
    (call,) = setting.submit({**CALM, "transcribe": {"sleep_s": 4.0}})
    wait_begun(setting, call, "transcribe")
    worker, cable = next(pair for pair in zip(workers, cables, strict=True) if pair[0].pid == worker_of(setting, call))
    cable.cut()
    cut = time.monotonic()
    wait_for(lambda: setting.times(call, "transcribe") == 2, scale.grace_s + 10, "the survivor to take over")
    taken_s = time.monotonic() - cut
    wait_for(lambda: worker.process.poll() is not None, scale.grace_s + 20, "the worker to stop")
    assert worker.process.returncode == LOST_LEASE_EXIT
    wait_ended(setting, call, within_s=20)
    only_result(setting, [call])
    return f"taken over in {taken_s:.1f} s, the one cut off stopped itself, 1 scorecard, 1 event"


def server_crashed(setting: Setting, scale: Scale, server: Postgresql) -> str:
    """The server crashes in the middle of a job and comes back within the grace."""
    _commit_for_good(setting)
    setting.spawn().ready()
    setting.spawn().ready()
    (call,) = setting.submit({**CALM, "transcribe": {"sleep_s": 3.0}})
    wait_begun(setting, call, "transcribe")
    server.stop("immediate")
    time.sleep(1.0)
    server.start()
    wait_ended(setting, call, within_s=60)
    assert setting.times(call, "transcribe") == 1
    only_result(setting, [call])
    return "crash and restart in the middle of a step: the step once, 1 scorecard, 1 event"


def _commit_for_good(setting: Setting) -> None:
    """Have commits wait for the log, as a server does unless told otherwise: those for tests lose the last moments."""
    name = setting.url.rpartition("/")[2]
    with setting.store.writer.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = on"))
    setting.store.engine.dispose()
