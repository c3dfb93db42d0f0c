"""A server on this machine that answers as it is told: with bytes, so that it can answer wrongly too."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

HERE = ("127.0.0.1/32",)
"""What a test allows, so that the service asks this machine at all."""


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Respond = Callable[[Asked, socket.socket], None]


@dataclass
class Loopback:
    """A running server: where it is, and what it was asked."""

    port: int
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        """Address of a path on it."""
        return f"http://127.0.0.1:{self.port}{path}"


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Respond:
    """Answers every request alike; ``content_type`` stands for ``content-type``."""
    given = {"content-length": str(len(body))} | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return sends(f"HTTP/1.1 {status} Answer\r\n{head}\r\n".encode() + body)


def sends(*pieces: bytes, every_s: float = 0.0) -> Respond:
    """Sends these bytes, with a wait after each piece, and hangs up."""
    stopped = threading.Event()

    def respond(_: Asked, connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
            if every_s:
                stopped.wait(every_s)

    return respond


@contextmanager
def serving(respond: Respond) -> Iterator[Loopback]:
    """A server that answers each connection's one request by `respond`, in a thread of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Loopback(listener.getsockname()[1])

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(10)
            asked = _read(connection)
            if asked is not None:
                server.asked.append(asked)
                respond(asked, connection)

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _read(connection: socket.socket) -> Asked | None:
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        if not piece:
            return None
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    method, path, _ = first.split(" ", 2)
    return Asked(method, path, headers, body)
