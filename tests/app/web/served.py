"""The service behind a real web server, for what a stand-in cannot show: streams, broken connections, many at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import httpx

from app.serve import web_server
from tests.app.web.face import Face
from tests.servers import free_port


@dataclass
class Served:
    """A service that answers at `url`."""

    face: Face
    url: str
    port: int

    def client(self, principal=None, **more) -> httpx.Client:
        """A client of somebody's."""
        return httpx.Client(
            base_url=self.url, headers=self.face.headers(principal), timeout=60, trust_env=False, **more
        )


def wait_for(true: Callable[[], bool], within_s: float = 120.0) -> None:
    """Wait until `true` gives true; nobody who listens yet counts as false."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        with suppress(httpx.TransportError):
            if true():
                return
        time.sleep(0.05)
    raise TimeoutError(f"not within {within_s:.0f} s")


@contextmanager
def serving(face: Face) -> Iterator[Served]:
    """The service behind a real web server, while the block lasts."""
    port = free_port()
    server = web_server(face.app, face.service, host="127.0.0.1", port=port, lifespan="off")
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield Served(face, f"http://127.0.0.1:{port}", port)
    face.service.stopping.set()
    server.should_exit = True
    thread.join(20)
