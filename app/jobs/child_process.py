"""The parent's end of a child process: asks it for a step, passes progress on, and leaves nothing of it behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.errors import InputError, ModelMissing, PuhepeiliError, UsageError
from app.settings import settings

KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "SYSTEMROOT", "VIRTUAL_ENV", "XDG_CACHE_HOME")
KEPT_SETTINGS = ("CACHE_DIR", "MODEL", "MODEL_DIR", "MAX_DURATION_S", "MAX_FILE_BYTES", "THREADS", "LOCALE")
"""A child needs no network, no database and no key, so it is told of none."""
LIBRARY_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Left to themselves, numerical libraries take all cores, in every child."""
LINE_LIMIT_BYTES = 1024 * 1024
_ERRORS = {error.exit_code: error for error in (PuhepeiliError, UsageError, InputError, ModelMissing)}


class StepCrashed(Exception):
    """A step ended by a fault of ours or of a library, or its process died; another try may go well."""


class DiskFull(StepCrashed):
    """There was no room on the disk for what a step makes."""


class ChildProcess:
    """One call's child. It has a process group of its own, so that nothing it starts outlives it."""

    def __init__(self, command: tuple[str, ...], memory_bytes: int) -> None:
        self._command = (*command, "--memory", str(memory_bytes))
        self._process: Process | None = None

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return None if self._process is None else self._process.pid

    async def ask(self, request: dict[str, Any], progress: Callable[[float], None]) -> dict[str, Any]:
        """Have one step done. When this is cancelled, the child is gone before it returns.

        Raises
        ------
        PuhepeiliError
            If the recording or what came with it cannot be used.
        StepCrashed
            If the step failed otherwise.
        """
        try:
            return await self._answer(await self._started(), request, progress)
        except BaseException:
            await self.kill()
            raise

    async def _started(self) -> Process:
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env=child_environment(),
                start_new_session=True,
                limit=LINE_LIMIT_BYTES,
            )
        return self._process

    async def _answer(
        self, process: Process, request: dict[str, Any], progress: Callable[[float], None]
    ) -> dict[str, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(request).encode() + b"\n")
        with suppress(ConnectionError):
            await process.stdin.drain()
        async for line in process.stdout:
            reply = json.loads(line)
            if "progress" in reply:
                progress(float(reply["progress"]))
            elif "done" in reply:
                return dict(reply["done"])
            elif "error" in reply:
                told = reply["error"]
                raise _ERRORS.get(told["exit_code"], PuhepeiliError)(told["id"], **told["args"])
            elif "full" in reply:
                raise DiskFull
            else:
                raise StepCrashed(f"{reply['crash']['type']} at {reply['crash']['where']}")
        raise StepCrashed(_ending(await process.wait()))

    async def kill(self) -> None:
        """End the child and all it started, and wait until it is gone."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        # A second cancellation must not leave before the child has.
        await asyncio.shield(process.wait())


def _ending(code: int) -> str:
    return f"process ended by signal {-code}" if code < 0 else f"process ended with code {code}"


def child_environment() -> dict[str, str]:
    """The environment of a child: where things are, how many threads a library may start, and nothing secret."""
    names = (*KEPT_VARIABLES, *(f"PUHEPEILI_{name}" for name in KEPT_SETTINGS))
    kept = {name: os.environ[name] for name in names if name in os.environ}
    root = str(Path(__file__).resolve().parents[2])
    threads = dict.fromkeys(LIBRARY_THREADS, str(settings().thread_count))
    return kept | threads | {"PYTHONPATH": root, "PYTHONUNBUFFERED": "1"}
