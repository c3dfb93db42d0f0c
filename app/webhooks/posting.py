"""One try: an event posted to an endpoint."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from app.outgoing import AddressRefused, AllowList, Unreachable, admitted, guarded_client

if TYPE_CHECKING:
    from httpx import Response

TIMEOUT_S = 15.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one try.

    Parameters
    ----------
    status : int or None
        Of the answer; None where there was none.
    error : str or None
        Name of the sentence that says what went wrong; None where the endpoint took the event.
    retry_after_s : float or None
        How long the endpoint asks to be left alone.
    """

    status: int | None = None
    error: str | None = None
    retry_after_s: float | None = None


def post(url: str, headers: Mapping[str, str], body: str, allow: AllowList, *, timeout_s: float = TIMEOUT_S) -> Answer:
    """Post `body`; a redirect is a failure, and of the answer only its head is read."""
    return asyncio.run(_post(url, headers, body, allow, timeout_s))


async def _post(url: str, headers: Mapping[str, str], body: str, allow: AllowList, timeout_s: float) -> Answer:
    import httpx
    from httpx_secure import SSRFProtectionError

    try:
        async with asyncio.timeout(timeout_s), guarded_client(allow, timeout_s=timeout_s) as client:
            target = (await admitted(url, allow)).url
            async with client.stream("POST", target, headers=dict(headers), content=body.encode()) as response:
                return _answer(response)
    except (AddressRefused, SSRFProtectionError):
        return Answer(error="webhook-error-refused")
    except (TimeoutError, httpx.TimeoutException):
        return Answer(error="webhook-error-timeout")
    except (Unreachable, httpx.ConnectError):
        return Answer(error="webhook-error-unreachable")
    except (httpx.RequestError, httpx.InvalidURL):
        return Answer(error="webhook-error-broken")


def _answer(response: Response) -> Answer:
    status = response.status_code
    if 200 <= status < 300:
        return Answer(status)
    error = "webhook-error-gone" if status == 410 else "webhook-error-status"
    return Answer(status, error, _seconds(response.headers.get("retry-after")))


def _seconds(retry_after: str | None) -> float | None:
    """Seconds in a ``Retry-After``, which is a number of them or a date."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal() and len(retry_after) < 12:
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
        return None if until.tzinfo is None else max(0.0, (until - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):
        return None
