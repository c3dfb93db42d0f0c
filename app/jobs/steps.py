"""The steps of one call's job, as plain coroutines: each gives ``{"ok": …}``, ``{"error": …}`` or ``{"gone": true}``.

Results of finished steps stay on this machine's disk until the call ends. On another machine they are made again.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import DBAPIError

from app.blobs import BlobMissing
from app.errors import PuhepeiliError
from app.jobs import delivery
from app.jobs.child import CARD_FILE, FULL, PROGRESS_EVERY_S, RESULTS
from app.jobs.child_process import ChildProcess, DiskFull
from app.jobs.inputs import drop_work, request_for
from app.jobs.runtime import PATIENCE_S, Runtime, now_utc, patiently
from app.settings import settings
from app.store import calls, progress

log = logging.getLogger(__name__)
HEAVY = tuple(RESULTS)
GONE = {"gone": True}
NO_AUDIO: dict[str, Any] = {"error": {"id": "error-job-no-audio", "args": {}}}
ROOM_LOOK_S = 5.0
LOWEST_BYTES_PER_S = 1000
"""No telephone codec makes less of a second; it bounds the length of a recording that is not decoded yet."""
FETCH_LIMIT_S = 6000.0
"""Above what `app.fetching` allows itself; it ends by its own limits, with a sentence."""


class CallRun:
    """One worker's go at one call."""

    def __init__(self, runtime: Runtime, call: calls.Call, attempt: int) -> None:
        self._runtime = runtime
        self._call = call
        self._attempt = attempt
        self._work = runtime.config.work_dir / call.id
        self._child = ChildProcess(runtime.config.child_command, runtime.config.child_memory_bytes)
        self._shown = _ProgressWriter(runtime, call.id, attempt)
        self.duration_s = self._longest_s()

    def _longest_s(self) -> float:
        longest = settings().max_duration_s
        size = self._call.blob_bytes
        return longest if size is None else min(longest, size / LOWEST_BYTES_PER_S)

    def limit_s(self, step: str) -> float:
        """How long a step may take, in seconds."""
        if step == "fetch":
            return FETCH_LIMIT_S
        config = self._runtime.config
        return (config.step_timeout_s + config.timeout_per_second * self.duration_s) * len(self._to_do(step))

    def _to_do(self, step: str) -> list[str]:
        """The step, and before it those whose results another machine has and this one has not."""
        if step not in HEAVY:
            return [step]
        before = HEAVY[: HEAVY.index(step)]
        return [*(name for name in before if not (self._work / RESULTS[name]).is_file()), step]

    async def fetch(self) -> dict[str, Any]:
        """Have the recording here: brought already, or pulled from where the caller said."""
        call = await self._still_ours()
        if call is None:
            return GONE
        if call.blob_key is not None:
            return {"ok": {}}
        if call.recording_url is None:
            return NO_AUDIO
        try:
            stored = await self._fetched(call.recording_url)
        except PuhepeiliError as error:
            return _error(error)
        with suppress(LookupError):
            await patiently(self._set_audio, stored)
            return {"ok": {}}
        self._runtime.blobs.delete(stored.key)
        return GONE

    async def _fetched(self, url: str) -> Any:
        """Where the recording lies now. When this is cancelled, the download has ended, and nothing of it is left."""
        from app.fetching import fetch_recording

        stop = threading.Event()
        fetching = asyncio.ensure_future(asyncio.to_thread(fetch_recording, url, self._runtime.blobs, stop=stop))
        try:
            return await asyncio.shield(fetching)
        except asyncio.CancelledError:
            stop.set()
            await asyncio.wait({fetching})
            if fetching.exception() is None:
                await asyncio.to_thread(self._runtime.blobs.delete, fetching.result().key)
            raise

    def _set_audio(self, stored: Any) -> None:
        with self._runtime.store.write() as session:
            calls.set_audio(
                session,
                self._call.id,
                key=stored.key,
                sha256=stored.sha256,
                size_bytes=stored.bytes,
                media_type=getattr(stored, "media_type", None),
            )

    async def heavy(self, step: str) -> dict[str, Any]:
        """Have the child do one of its steps, and those before it that left nothing on this machine.

        Raises
        ------
        StepCrashed
            If the step failed by a fault of ours, or the child died.
        """
        call = await self._still_ours()
        if call is None:
            return GONE
        until = asyncio.get_running_loop().time() + PATIENCE_S
        while True:
            try:
                return await self._asked(step, call)
            except BlobMissing:
                return NO_AUDIO
            except PuhepeiliError as error:
                return _error(error)
            except (DiskFull, OSError) as error:
                full = isinstance(error, DiskFull) or error.errno in FULL
                if not full or asyncio.get_running_loop().time() >= until:
                    raise
                log.warning("the disk is full; a job waits for room")
            await asyncio.sleep(ROOM_LOOK_S)

    async def _asked(self, step: str, call: calls.Call) -> dict[str, Any]:
        request = await patiently(request_for, self._runtime, call, self._work)
        cpu_s = self.limit_s(step) * (os.cpu_count() or 1)
        found: dict[str, Any] = {}
        for name in self._to_do(step):
            found = await self._child.ask(request | {"step": name, "cpu_s": cpu_s}, self._shown.of(name))
        return {"ok": found}

    async def deliver(self) -> dict[str, Any]:
        """Store the scorecard, end the call and have it told, all at once."""
        if await self._still_ours() is None:
            return GONE
        runtime, path = self._runtime, self._work / CARD_FILE
        if not path.is_file():
            outcome = await self.heavy(HEAVY[-1])
            if "ok" not in outcome:
                return outcome
        card = await patiently(delivery.scorecard_of, runtime, self._call, path)
        done = await patiently(delivery.deliver, runtime, self._call.id, self._attempt, card)
        return {"ok": {}} if done else GONE

    async def tidy(self) -> dict[str, Any]:
        """Keep of the audio what the organisation wants kept."""
        from app.privacy import after_scoring

        await patiently(after_scoring, self._runtime.store, self._runtime.blobs, self._call.id, self._work)
        return {"ok": {}}

    async def fail(self, id: str, args: dict[str, Any]) -> bool:
        """End the call as failed."""
        return await patiently(delivery.give_up, self._runtime, self._call.id, self._attempt, id, args)

    async def close(self) -> None:
        """Let the child go, and take the call's work away unless somebody may go on with it."""
        await self._child.kill()
        try:
            call = await asyncio.to_thread(_call, self._runtime, self._call.id)
        except DBAPIError:
            return  # housekeeping takes it away later
        if call is None or call.status not in ("queued", "processing"):
            await asyncio.to_thread(drop_work, self._runtime, self._call.id)

    async def _still_ours(self) -> calls.Call | None:
        """The call as it stands; None where it was cancelled or erased, or another worker has taken it over."""
        call = await patiently(_call, self._runtime, self._call.id)
        if call is None or call.status != "processing" or call.attempts != self._attempt:
            return None
        return call


async def begin_run(runtime: Runtime, call_id: str) -> CallRun | None:
    """Take a call on; None where it has ended or is gone."""
    attempt, call = await patiently(_start, runtime, call_id)
    return CallRun(runtime, call, attempt) if attempt and call is not None else None


def _start(runtime: Runtime, call_id: str) -> tuple[int, calls.Call | None]:
    with runtime.store.write() as session:
        return progress.start(session, call_id, now_utc()), calls.call_for_work(session, call_id)


def _call(runtime: Runtime, call_id: str) -> calls.Call | None:
    with runtime.store.read() as session:
        return calls.call_for_work(session, call_id)


def _error(error: PuhepeiliError) -> dict[str, Any]:
    return {"error": {"id": error.message.id, "args": delivery.told_args(error.message.id, error.message.args)}}


class _ProgressWriter:
    """Writes how far a call is, at most once a second, and never holds the work up."""

    def __init__(self, runtime: Runtime, call_id: str, attempt: int) -> None:
        self._runtime, self._call_id, self._attempt = runtime, call_id, attempt
        self._written = 0.0
        self._writing: asyncio.Task[None] | None = None

    def of(self, step: str) -> Callable[[float], None]:
        """What is told the share of the whole that is done, in one step."""

        def show(whole: float) -> None:
            now = asyncio.get_running_loop().time()
            busy = self._writing is not None and not self._writing.done()
            if now - self._written >= PROGRESS_EVERY_S and not busy:
                self._written = now
                self._writing = asyncio.create_task(self._write(step, whole))

        return show

    async def _write(self, step: str, whole: float) -> None:
        try:
            await asyncio.to_thread(self._note, step, whole)
        except DBAPIError as error:
            log.warning("progress of a call could not be noted: %s", type(error).__name__)

    def _note(self, step: str, whole: float) -> None:
        with self._runtime.store.write() as session:
            progress.set_progress(session, self._call_id, step, whole, now_utc(), attempt=self._attempt)
