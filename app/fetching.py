"""Brings a recording from the address that a caller gave."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from app.blobs import Stored, TooLarge
from app.errors import InputError
from app.outgoing import AddressRefused, AllowList, Unreachable, admitted, allow_list, checked_url, guarded_client
from app.settings import settings

if TYPE_CHECKING:
    from httpx import AsyncClient, Response

    from app.blobs import Blobs

MAX_REDIRECTS = 3
TRIES = 3
LONGEST_S = 1800.0
WAIT_S = 15.0
SLOWEST_BYTES_PER_S = 4096.0
SLOW_FOR_S = 30.0
STOP_LOOK_S = 0.1
"""How often it is asked whether the recording is still wanted."""
Found = TypeVar("Found")
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_MEDIA_TYPE = re.compile(r"^(audio|video|application)/[a-z0-9][a-z0-9.+-]{0,80}$")


@dataclass(frozen=True, slots=True)
class Fetched(Stored):
    """What was brought, and what kind of file its sender says it is."""

    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much, how long and how slow a recording that is fetched may be.

    Parameters
    ----------
    max_bytes : int
    longest_s : float
        For one try, redirects included.
    wait_s : float
        For the connection, and for each wait for bytes.
    slowest_bytes_per_s, slow_for_s : float
        A sender that gives less than this over so many seconds is left, so that it cannot hold a worker.
    retry_s : float
        Wait before the second try; each later one waits twice as long.
    """

    max_bytes: int
    longest_s: float = LONGEST_S
    wait_s: float = WAIT_S
    slowest_bytes_per_s: float = SLOWEST_BYTES_PER_S
    slow_for_s: float = SLOW_FOR_S
    retry_s: float = 2.0


class _Trouble(Exception):
    """A fault that another try may not meet; `error` is what is said when it does."""

    def __init__(self, error: InputError) -> None:
        self.error = error
        super().__init__(error.message.id)


class Stopped(Exception):
    """The recording is no longer wanted; nothing of it is left."""


def fetch_recording(
    url: str,
    blobs: Blobs,
    *,
    max_bytes: int | None = None,
    timeout_s: float | None = None,
    allow: Iterable[str] | None = None,
    limits: FetchLimits | None = None,
    stop: threading.Event | None = None,
) -> Fetched:
    """Keep the recording at `url`, and say where it lies.

    Parameters
    ----------
    url : str
        By https, or by http where the operator allows the host.
    blobs : Blobs
    max_bytes, allow
        From the settings unless given: the largest file, and hosts and networks inside that may be asked.
    timeout_s : float or None
        For one try; half an hour unless given.
    limits : FetchLimits or None
        All limits at once, in place of the two.
    stop : threading.Event or None
        Once it is set, whatever is under way ends within a fraction of a second.

    Raises
    ------
    Stopped
        If `stop` was set before all was there.
    InputError
        If the address is not allowed, nobody answers there, or what comes is no whole file within the limits.
        The sentence names the host and never the address, which may be a signed one.
    """
    if limits is None:
        most = settings().max_file_bytes if max_bytes is None else max_bytes
        limits = FetchLimits(most, longest_s=LONGEST_S if timeout_s is None else timeout_s)
    allowed = allow_list(settings().internal_host_names if allow is None else allow)
    return asyncio.run(_fetched_in_tries(url, blobs, allowed, limits, _Stop(stop)))


class _Stop:
    """Ends a wait when somebody in another thread wants it to end."""

    def __init__(self, asked: threading.Event | None) -> None:
        self._asked = asked

    async def unless(self, work: Coroutine[Any, Any, Found]) -> Found:
        """What `work` gives; it is cancelled, and `Stopped` raised, once that is wanted."""
        doing = asyncio.ensure_future(work)
        try:
            while self._asked is not None and not doing.done():
                if self._asked.is_set():
                    raise Stopped
                await asyncio.wait({doing}, timeout=STOP_LOOK_S)
            return await doing
        finally:
            if not doing.done():
                doing.cancel()
                await asyncio.wait({doing})


async def _fetched_in_tries(url: str, blobs: Blobs, allow: AllowList, limits: FetchLimits, stop: _Stop) -> Fetched:
    for tried in range(1, TRIES + 1):
        try:
            return await _fetched(url, blobs, allow, limits, stop)
        except _Trouble as trouble:
            if tried == TRIES:
                raise trouble.error from trouble
        await stop.unless(asyncio.sleep(limits.retry_s * 2 ** (tried - 1)))
    raise AssertionError("unreachable")


async def _fetched(url: str, blobs: Blobs, allow: AllowList, limits: FetchLimits, stop: _Stop) -> Fetched:
    import httpx

    host = checked_url(url).host
    until = asyncio.get_running_loop().time() + limits.longest_s
    try:
        async with guarded_client(allow, timeout_s=limits.wait_s) as client:
            async with asyncio.timeout_at(until):
                response = await stop.unless(_followed(client, url, allow))
            async with aclosing(response):
                return await _kept(response, blobs, limits, until, stop)
    except Unreachable as error:
        raise _Trouble(InputError("error-fetch-unreachable", host=str(error))) from error
    except TimeoutError as error:
        raise InputError("error-fetch-too-long", host=host, most=round(limits.longest_s)) from error
    except httpx.TimeoutException as error:
        raise _Trouble(InputError("error-fetch-silent", host=host, most=round(limits.wait_s))) from error
    except httpx.RequestError as error:
        raise _of_request(error, host) from error


def _of_request(error: Exception, host: str) -> InputError | _Trouble:
    import httpx
    from httpx_secure import SSRFProtectionError

    if isinstance(error, SSRFProtectionError):
        return AddressRefused("error-outgoing-refused", host=host)
    if isinstance(error, httpx.ConnectError):
        return _Trouble(InputError("error-fetch-unreachable", host=host))
    return _Trouble(InputError("error-fetch-broken", host=host))


async def _followed(client: AsyncClient, url: str, allow: AllowList) -> Response:
    """The answer after up to three redirects, its body still to come.

    A redirect from outside never leads to a host inside, whether it is allowed or not.
    """
    first = asked = await admitted(url, allow)
    for _ in range(MAX_REDIRECTS + 1):
        response = await client.send(client.build_request("GET", asked.url), stream=True)
        if response.next_request is None:
            return response
        await response.aclose()
        asked = await admitted(response.next_request.url, allow)
        if asked.internal and not first.internal:
            raise AddressRefused("error-outgoing-refused", host=asked.url.host)
    raise InputError("error-fetch-redirects", host=first.url.host, most=MAX_REDIRECTS)


async def _kept(response: Response, blobs: Blobs, limits: FetchLimits, until: float, stop: _Stop) -> Fetched:
    host = response.url.host
    if response.status_code != 200:
        error = InputError("error-fetch-status", host=host, status=response.status_code)
        raise _Trouble(error) if response.status_code in _BUSY else error
    if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise InputError("error-fetch-encoded", host=host)
    # Looked at before a byte is read: a server that says how much it has saves both sides the rest.
    if int(response.headers.get("content-length", 0)) > limits.max_bytes:
        raise TooLarge("error-fetch-too-large", host=host, most=limits.max_bytes)
    try:
        stored = await blobs.put_stream_async(_steady(response, limits, until, stop), max_bytes=limits.max_bytes)
    except TooLarge as error:
        raise TooLarge("error-fetch-too-large", host=host, most=limits.max_bytes) from error
    if stored.bytes == 0:
        blobs.delete(stored.key)
        raise InputError("error-fetch-empty", host=host)
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Fetched(stored.key, stored.sha256, stored.bytes, kind if _MEDIA_TYPE.match(kind) else None)


async def _steady(response: Response, limits: FetchLimits, until: float, stop: _Stop) -> AsyncIterator[bytes]:
    """The body as it is on the wire, for as long as it comes fast enough; nothing is ever unpacked.

    It ends by raising: a write that is cancelled from outside would leave its half-written file behind.
    """
    clock = asyncio.get_running_loop().time
    since, came = clock(), 0
    pieces = response.aiter_raw()
    while piece := await stop.unless(_next(pieces)):
        yield piece
        came += len(piece)
        passed = clock() - since
        if clock() > until:
            raise TimeoutError
        if passed >= limits.slow_for_s:
            if came / passed < limits.slowest_bytes_per_s:
                raise InputError("error-fetch-slow", host=response.url.host, least=round(limits.slowest_bytes_per_s))
            since, came = clock(), 0


async def _next(pieces: AsyncIterator[bytes]) -> bytes:
    """The next piece that has anything in it; none at the end."""
    async for piece in pieces:
        if piece:
            return piece
    return b""
