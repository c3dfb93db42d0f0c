"""What happens around every request: its identifier, limits of the body, headers, the log and the count."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import secrets
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis.message import Message as Sentence
from app.web.problems import problem_response

if TYPE_CHECKING:
    from app.web.service import Service

access_log = logging.getLogger("puhepeili.access")
log = logging.getLogger(__name__)
MIB = 1024 * 1024
SMALL_BODY_BYTES = 64 * 1024
WIDE_BODY_BYTES = MIB
WIDE_BODIES = ("POST /v1/batches", "PUT /v1/standards/")
"""What begins so may bring a long list."""
BESIDE_AUDIO_BYTES = 64 * MIB
BODY_WAIT_S = 60
"""A body that is held is here within this time; of one that is stored as it comes, the next piece is."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cache-Control": "no-store",
}
"""Set where the answer has no header of that name itself."""
YEAR_S = 365 * 24 * 3600


class Around:
    """The outermost layer: nothing gets past it without an identifier, and no fault without an answer."""

    def __init__(self, app: ASGIApp, service: Service, large_bodies: frozenset[str]) -> None:
        self._app, self._service, self._large = app, service, large_bodies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        scope["request_id"] = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        outgoing = _Outgoing(send, scope["request_id"], secure=self._service.is_secure)
        try:
            await self._answer(scope, headers, receive, outgoing)
        except ClientDisconnect:
            log.info("request %s was broken off by the caller", scope["request_id"])
        except Exception as error:  # noqa: BLE001 - the last resort: whatever it is, the caller gets an answer
            log.error("request %s failed: %s", scope["request_id"], _where(error))
            if outgoing.status is None:
                response = problem_response(Request(scope), 500, Sentence("problem-internal"))
                await response(scope, receive, outgoing)
        finally:
            self._note(scope, outgoing.status or 499, time.perf_counter() - begun)

    async def _answer(self, scope: Scope, headers: Headers, receive: Receive, outgoing: _Outgoing) -> None:
        most = scope["body_limit"] = self._most_bytes(scope)
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > most:
            message = Sentence("problem-body-too-large", {"most": most})
            response = problem_response(Request(scope), 413, message, headers={"Connection": "close"})
            await response(scope, receive, outgoing)
            return
        scope["body_wait_s"] = BODY_WAIT_S
        await self._app(scope, _counted(receive, most, in_pieces=self._is_large(scope)), outgoing)

    def _most_bytes(self, scope: Scope) -> int:
        if self._is_large(scope):
            return self._service.settings.max_file_bytes + BESIDE_AUDIO_BYTES
        return WIDE_BODY_BYTES if _name(scope).startswith(WIDE_BODIES) else SMALL_BODY_BYTES

    def _is_large(self, scope: Scope) -> bool:
        return _name(scope) in self._large

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        """One line and one count for each request: the route's name, never its path, which may name somebody.

        A method that a stranger made up is not named either: each would be a number of its own, kept for good.
        """
        route = getattr(scope.get("route"), "path", "-")
        method = scope["method"] if scope["method"] in METHODS else "other"
        self._service.metrics.answered(method, route, status, seconds)
        line = {
            "request_id": scope["request_id"],
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "role": scope.get("caller_role"),
        }
        access_log.info(json.dumps(line))


class _Outgoing:
    """Adds the headers that every answer has, and remembers the status."""

    def __init__(self, send: Send, request_id: str, *, secure: bool) -> None:
        self._send, self._request_id, self._secure = send, request_id, secure
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self._request_id
            for name, value in SECURITY_HEADERS.items():
                headers.setdefault(name, value)
            if self._secure:
                headers.setdefault("Strict-Transport-Security", f"max-age={YEAR_S}")
        await self._send(message)


def _name(scope: Scope) -> str:
    return f"{scope['method']} {scope['path']}"


def _counted(receive: Receive, most: int, *, in_pieces: bool) -> Receive:
    """`receive`, for a body of at most so many bytes that does not keep the service waiting."""
    got, is_whole, until = 0, False, 0.0

    async def counting() -> Message:
        nonlocal got, is_whole, until
        if is_whole:
            return await receive()
        if in_pieces or not until:
            until = time.monotonic() + BODY_WAIT_S
        wait_s = until - time.monotonic()
        # The framework lets through this kind of error alone while it reads a body.
        try:
            message = await asyncio.wait_for(receive(), max(0.0, wait_s))
        except TimeoutError:
            raise HTTPException(408, headers={"Connection": "close"}) from None
        got += len(message.get("body", b""))
        is_whole = not message.get("more_body", False)
        if got > most:
            raise HTTPException(413, headers={"Connection": "close"})
        return message

    return counting


def _where(error: Exception) -> str:
    """Kind and place of a fault, without its text: that may hold what a call is about."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
