"""The service as other programs see it."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

import httpx

from app.client.asking import BUSY, Asking
from app.client.states import ENDED, BatchState, CallState, ServiceError, batch_of, call_of

if TYPE_CHECKING:
    from app.document import ScorecardDoc

Table = Literal["csv", "parquet", "xlsx"]
TRIES = 6
_PAGE = 200


class Client:
    """The service at `url`, as the owner of `key` sees it.

    Parameters
    ----------
    url : str
        Without ``/v1``.
    key : str
    timeout_s : float
        For each wait for bytes.
    tries : int
        How often a request is sent while the service is busy or cannot be reached. One that is sent again makes no
        second call: each carries an idempotency key.
    transport : httpx.BaseTransport or None
        In place of the network, for tests.
    sleep : callable
        Waits so many seconds.

    Raises
    ------
    ServiceError
        From every method, if the service refuses.
    httpx.TransportError
        From every method, if it cannot be reached.
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        timeout_s: float = 60.0,
        tries: int = TRIES,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        headers = {"Authorization": f"Bearer {key}"}
        http = httpx.Client(base_url=url, headers=headers, timeout=timeout_s, transport=transport)
        self._asking = Asking(http, tries=tries, sleep=sleep)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._asking.http.close()

    def submit(
        self,
        audio: Path | None = None,
        *,
        recording_url: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        transcript: Path | str | None = None,
        idempotency_key: str | None = None,
    ) -> CallState:
        """Send a call in: a file, or the address that the service fetches it from.

        Parameters
        ----------
        audio : Path or None
        recording_url : str or None
            One of the two must be given.
        metadata : mapping or None
            ``agent_id``, ``client_reference``, ``channels`` and so on.
        transcript : Path or str or None
            A file, or its text.
        idempotency_key : str or None
            The same for the same call, however often it is sent; made up unless given.
        """
        if (audio is None) == (recording_url is None):
            raise ValueError("a call needs either audio or recording_url")
        headers = {"Idempotency-Key": idempotency_key or str(uuid.uuid4())}
        given = dict(metadata or {})
        text = transcript.read_text(encoding="utf-8") if isinstance(transcript, Path) else transcript
        if audio is None:
            body = {"recording_url": recording_url, "metadata": given} | ({} if text is None else {"transcript": text})
            return call_of(self._asking.ask("POST", "/v1/calls", json=body, headers=headers).json())
        with ExitStack() as opened:
            file = opened.enter_context(audio.open("rb"))

            def parts() -> dict[str, Any]:
                file.seek(0)
                found: dict[str, Any] = {"metadata": (None, json.dumps(given), "application/json")}
                if text is not None:
                    found["transcript"] = ("transcript", text.encode(), "text/plain")
                return found | {"audio": (audio.name, file, "application/octet-stream")}

            return call_of(self._asking.ask("POST", "/v1/calls", files=parts, headers=headers).json())

    def call(self, call_id: str) -> CallState:
        """How a call stands."""
        return call_of(self._asking.ask("GET", f"/v1/calls/{call_id}").json())

    def calls(self, **filters: str) -> Iterator[CallState]:
        """Calls that the key may see, newest first; `filters` are ``agent_id``, ``batch_id``, ``status`` and so on."""
        cursor: str | None = None
        while True:
            asked = filters | {"limit": str(_PAGE)} | ({} if cursor is None else {"cursor": cursor})
            page = self._asking.ask("GET", "/v1/calls", params=asked).json()
            yield from (call_of(item) for item in page["items"])
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def follow(self, call_id: str, *, timeout_s: float = 3600.0) -> Iterator[CallState]:
        """Each change of a call until it has ended; a connection that breaks is made anew where it left off.

        Raises
        ------
        TimeoutError
            If it has not ended by then; it goes on all the same.
        """
        until = time.monotonic() + timeout_s
        last: str | None = None
        misses = 0
        while misses < self._asking.tries:
            misses += 1
            try:
                for id, state in self._asking.events(call_id, last, until):
                    last, misses = id or last, 0
                    yield state
                    if state.status in ENDED:
                        return
            except httpx.TransportError:
                pass
            except ServiceError as error:
                if error.status not in BUSY:
                    raise
            self._asking.sleep(min(2.0 ** (misses - 1), 30.0) if misses else 0.0)
        yield self.call(call_id)

    def wait(self, call_id: str, *, timeout_s: float = 3600.0, poll_s: float | None = None) -> CallState:
        """The call once it has ended.

        Parameters
        ----------
        timeout_s : float
        poll_s : float or None
            Ask every so many seconds; None listens for events, which is quicker and asks less.

        Raises
        ------
        TimeoutError
            If it has not ended by then; it goes on all the same.
        """
        until = time.monotonic() + timeout_s
        while True:
            left_s = max(0.0, until - time.monotonic())
            for state in [self.call(call_id)] if poll_s is not None else self.follow(call_id, timeout_s=left_s):
                if state.status in ENDED:
                    return state
                if time.monotonic() > until:
                    raise TimeoutError(f"call {call_id} is {state.status} after {timeout_s:g} s")
            self._asking.sleep(poll_s or 1.0)

    def scorecard(self, call_id: str) -> ScorecardDoc:
        """The scorecard of a call that has succeeded."""
        from app.document import ScorecardDoc

        return ScorecardDoc.model_validate_json(self._asking.ask("GET", f"/v1/calls/{call_id}/scorecard").content)

    def scorecard_as(self, call_id: str, form: Literal["html", "csv", "textgrid"]) -> str:
        """The scorecard as a page, a table or a TextGrid."""
        return self._asking.ask("GET", f"/v1/calls/{call_id}/scorecard", params={"format": form}).text

    def audio(self, call_id: str, path: Path) -> None:
        """Write the recording into `path`."""
        self._asking.download(f"/v1/calls/{call_id}/audio", {}, path)

    def say(self, call_id: str, measure: str, n: int, verdict: Literal["right", "wrong"]) -> None:
        """Say whether the n-th piece of a measure's evidence is right, counted from 0."""
        self._asking.ask("POST", f"/v1/calls/{call_id}/findings/{measure}/{n}/verdict", json={"verdict": verdict})

    def cancel(self, call_id: str) -> CallState:
        """Stop a call."""
        return call_of(self._asking.ask("POST", f"/v1/calls/{call_id}/cancel").json())

    def delete(self, call_id: str) -> None:
        """Erase a call with all that is kept of it."""
        self._asking.ask("DELETE", f"/v1/calls/{call_id}")

    def begin_batch(
        self, name: str | None = None, *, expected: int | None = None, calls: Sequence[Mapping[str, Any]] = ()
    ) -> BatchState:
        """Begin a batch; `calls` are fetched, each ``{"recording_url", "metadata"}``.

        Files are sent with `submit`, with ``batch_id`` in their metadata.
        """
        given = {"name": name, "expected": expected, "calls": list(calls)}
        body = {key: value for key, value in given.items() if value is not None}
        # No second try on its own: a batch has no idempotency key, and must not be begun twice.
        return batch_of(self._asking.ask("POST", "/v1/batches", once=True, json=body).json())

    def batch(self, batch_id: str) -> BatchState:
        """How a batch stands."""
        return batch_of(self._asking.ask("GET", f"/v1/batches/{batch_id}").json())

    def batch_results(self, batch_id: str, path: Path, form: Table = "csv") -> None:
        """Write the batch's scorecards as one table into `path`."""
        self._asking.download(f"/v1/batches/{batch_id}/results", {"format": form}, path)
