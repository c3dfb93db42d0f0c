"""What workers see to every few seconds: that calls and jobs agree, and that nothing is left lying on this machine."""

from __future__ import annotations

import logging
import shutil
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from app.jobs.config import TIDYING
from app.jobs.delivery import give_up
from app.jobs.lease import is_held
from app.jobs.port import CRASHED
from app.jobs.runtime import Runtime, now_utc
from app.store.calls import Call, call_for_work
from app.store.kept import unscored_to_reduce
from app.store.rows import in_parts

log = logging.getLogger(__name__)
_LOOK_BACK = timedelta(hours=1)
_STOPPED_FOR = timedelta(seconds=10)
_OLD_LEASE_S = 86_400.0
_OLD_TIDYING_S = 3600.0
"""Longer than the audio of any call takes to be decoded and written."""


def keep_house(runtime: Runtime, executor_id: str | None = None) -> None:
    """Make calls and jobs agree, and clear this machine's work folder.

    Of jobs under way each worker sees to its own, named by `executor_id`: if each saw to all of them, the work of
    keeping house would grow with the square of the workers.
    """
    _fail_dead(runtime)
    _stop_unwanted(runtime, executor_id)
    _settle_stopped(runtime)
    _clear_work(runtime)
    _clear_leases(runtime)


def _fail_dead(runtime: Runtime) -> None:
    """A job that the engine gave up by itself leaves its call open: end it, so that a person sees it."""
    for call_id in runtime.engine.dead_jobs(now_utc() - _LOOK_BACK):
        if give_up(runtime, call_id, None, CRASHED, {}):
            log.error("call %s was given up: its job broke off too often", call_id)


def _stop_unwanted(runtime: Runtime, executor_id: str | None) -> None:
    """A web process may have died between cancelling a call and stopping its job."""
    for call_id in runtime.engine.running_calls(executor_id):
        call = _call(runtime, call_id)
        if call is None or call.status == "cancelled":
            runtime.engine.cancel(call_id)


def _settle_stopped(runtime: Runtime) -> None:
    """Jobs that were stopped: where the call was erased they are forgotten, and of cancelled calls little is kept."""
    from app.privacy import after_ending

    now = now_utc()
    stopped = runtime.engine.stopped_jobs(now - _LOOK_BACK, now - _STOPPED_FOR)
    for call_id in stopped:
        if _call(runtime, call_id) is None:
            runtime.engine.erase(call_id)
    for part in in_parts(stopped):
        with runtime.store.read() as session:
            left = unscored_to_reduce(session, cancelled_before=now - _STOPPED_FOR, among=part)
        for call in left:
            after_ending(runtime.store, runtime.blobs, call.id)


def _clear_work(runtime: Runtime) -> None:
    """Take away what is left of calls that ended while no worker of this machine had them."""
    if not runtime.config.work_dir.is_dir():
        return
    for folder in runtime.config.work_dir.iterdir():
        if folder.name.startswith(TIDYING):
            _clear_old(folder)
            continue
        call = _call(runtime, folder.name)
        if call is None or call.status not in ("queued", "processing"):
            shutil.rmtree(folder, ignore_errors=True)


def _clear_old(folder: Path) -> None:
    """Take away what a process that was killed left of its tidying; another may be at it in this very moment."""
    with suppress(FileNotFoundError):
        if time.time() - folder.stat().st_mtime > _OLD_TIDYING_S:
            shutil.rmtree(folder, ignore_errors=True)


def _clear_leases(runtime: Runtime) -> None:
    """Take away old lock files that nobody holds."""
    for path in runtime.config.lease_dir.glob("*.lock"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > _OLD_LEASE_S and not is_held(path):
                path.unlink()


def _call(runtime: Runtime, call_id: str) -> Call | None:
    with runtime.store.read() as session:
        return call_for_work(session, call_id)
