"""Requests that are sent again while the service is busy, downloads, and streams of events."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from app.client.states import CallState, ServiceError, call_of

LONGEST_WAIT_S = 300.0
BUSY = frozenset({429, 502, 503, 504})
_REFUSED = frozenset({429, 503})


class Asking:
    """The connection to the service.

    Parameters
    ----------
    http : httpx.Client
    tries : int
        How often a request is sent.
    sleep : callable
        Waits so many seconds.
    """

    def __init__(self, http: httpx.Client, *, tries: int, sleep: Callable[[float], None]) -> None:
        self.http, self.tries, self.sleep = http, tries, sleep

    def ask(
        self, method: str, path: str, *, once: bool = False, files: Callable[[], Any] | None = None, **more: Any
    ) -> httpx.Response:
        """The answer to a request, sent again while the service is busy; an error where it is a refusal."""
        tried = 0
        while True:
            tried += 1
            response: httpx.Response | None = None
            try:
                response = self.http.request(method, path, files=None if files is None else files(), **more)
            except httpx.TransportError:
                if once or tried >= self.tries:
                    raise
            if response is not None:
                if response.is_success:
                    return response
                # Refused at the door: nothing was begun, so even what must be sent once may be sent again.
                if response.status_code not in (_REFUSED if once else BUSY) or tried >= self.tries:
                    raise refusal(response)
            self.sleep(pause_s(response, tried))

    def download(self, path: str, params: dict[str, str], target: Path) -> None:
        """Write an answer's body into `target`, whole or not at all."""
        part = target.with_name(f"{target.name}.part")
        for tried in range(1, self.tries + 1):
            with self.http.stream("GET", path, params=params) as response:
                if response.status_code == 200:
                    with part.open("wb") as file:
                        for piece in response.iter_bytes():
                            file.write(piece)
                    part.replace(target)
                    return
                response.read()
            if response.status_code not in BUSY or tried == self.tries:
                raise refusal(response)
            self.sleep(pause_s(response, tried))

    def events(self, call_id: str, last: str | None, until: float) -> Iterator[tuple[str | None, CallState]]:
        """States of a call after the event `last`, each with its event's identifier.

        Raises
        ------
        TimeoutError
            If the clock passes `until`, by `time.monotonic`; seen to at each sign of life, four a minute at least.
        """
        headers = {} if last is None else {"Last-Event-ID": last}
        with self.http.stream("GET", f"/v1/calls/{call_id}/events", headers=headers) as response:
            if response.status_code != 200:
                response.read()
                raise refusal(response)
            event: dict[str, str] = {}
            for line in response.iter_lines():
                if time.monotonic() > until:
                    raise TimeoutError(f"call {call_id} had not ended in time")
                if line:
                    name, _, value = line.partition(":")
                    event[name] = value.removeprefix(" ")
                    continue
                if event.get("event") == "gone":
                    raise ServiceError(404, "problem-no-call", f"call {call_id} was erased")
                if event.get("event") == "state":
                    yield event.get("id"), call_of(json.loads(event["data"]))
                event = {}


def pause_s(response: httpx.Response | None, tried: int) -> float:
    """Seconds to the next try: what the service asks for, or twice as long each time."""
    wanted = "" if response is None else response.headers.get("retry-after", "")
    if wanted.isdecimal():
        return min(float(wanted), LONGEST_WAIT_S)
    return min(2.0 ** (tried - 1), 30.0)


def refusal(response: httpx.Response) -> ServiceError:
    """The refusal in an answer."""
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    if not isinstance(problem, dict):
        problem = {}
    detail = str(problem.get("detail") or problem.get("title") or response.reason_phrase)
    return ServiceError(response.status_code, str(problem.get("code", "")), detail)
