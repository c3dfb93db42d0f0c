"""The durable workflows: a call from its recording to its scorecard, an event to its endpoint, the hourly sweep.

DBOS notes each finished step and, after a worker's death, runs the workflow again from the first unfinished one.
Names and order of steps are never changed; see `app.jobs.dbos_engine.APPLICATION_VERSION`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

from dbos import DBOS, PortableWorkflowError, StepOptions
from dbos import error as dbos_error

from app.jobs.child_process import StepCrashed
from app.jobs.dbos_engine import DELIVER_EVENT, SCORE_CALL, SWEEP
from app.jobs.port import CRASHED
from app.jobs.runtime import Runtime, current, now_utc, patiently
from app.jobs.steps import HEAVY, CallRun, begin_run
from app.store.webhooks import pending_deliveries

log = logging.getLogger(__name__)
MAX_RECOVERIES = 20
"""Deaths of workers that one job may see; deploys that interrupt it count too."""
OVERDUE = timedelta(hours=1)
Outcome = dict[str, Any]
_GIVEN_UP = (
    dbos_error.DBOSMaxStepRetriesExceeded,
    dbos_error.DBOSStepTimeoutError,
    StepCrashed,
    # What the same failure is after a restart: JSON keeps its name and text, and not its class.
    PortableWorkflowError,
)


@DBOS.workflow(name=SCORE_CALL, max_recovery_attempts=MAX_RECOVERIES)
async def score_call(call_id: str) -> str:
    """Score one call: ``succeeded``, ``failed``, or ``gone`` where it was cancelled, erased or taken over."""
    run = await begin_run(current(), call_id)
    if run is None:
        return "gone"
    try:
        return await _scored(run)
    finally:
        await run.close()


async def _scored(run: CallRun) -> str:
    try:
        outcome = await _step(run, "fetch", run.fetch)
        for name in HEAVY:
            if "ok" not in outcome:
                break
            outcome = await _step(run, name, partial(run.heavy, name))
            run.duration_s = outcome.get("ok", {}).get("duration_s", run.duration_s)
        if "ok" in outcome:
            outcome = await _step(run, "deliver", run.deliver)
    except _GIVEN_UP as error:
        log.error("a call was given up: %s", _cause(error))
        await run.fail(CRASHED, {})
        return "failed"
    if "error" in outcome:
        await run.fail(outcome["error"]["id"], outcome["error"]["args"])
        return "failed"
    if "gone" in outcome:
        return "gone"
    try:
        await _step(run, "tidy", run.tidy)
    except _GIVEN_UP as error:
        log.error("audio of a call could not be cut down; the hourly sweep will try again: %s", _cause(error))
    return "succeeded"


async def _step(run: CallRun, name: str, work: Callable[[], Awaitable[Outcome]]) -> Outcome:
    """One durable step: tried again after a crash or a timeout, and stopped when the job is cancelled."""
    config = current().config
    options: StepOptions = {
        "name": name,
        "retries_allowed": True,
        "max_attempts": config.tries,
        "interval_seconds": config.retry_s,
        "backoff_rate": 2.0,
        "preemptible": True,
        "timeout_seconds": run.limit_s(name),
    }

    async def body() -> Outcome:
        return await work()

    return await DBOS.run_step_async(options, body)


def _cause(error: Exception) -> str:
    """What broke, without the text of a fault: that may hold what somebody said."""
    errors = getattr(error, "errors", None)
    last = errors[-1] if errors else error
    return str(last) if isinstance(last, StepCrashed) else type(last).__name__


@DBOS.workflow(name=DELIVER_EVENT, max_recovery_attempts=MAX_RECOVERIES)
async def deliver_event(event_id: str, endpoint_id: str, round: str, tried: int) -> str:
    """Send one event to one endpoint once; a later try, if there is to be one, is a job of its own that waits."""
    again: StepOptions = {"name": "send", "retries_allowed": True, "max_attempts": 5, "interval_seconds": 5.0}
    delay_s = await DBOS.run_step_async(again, _sent, event_id, endpoint_id)
    if delay_s is None:
        return "ended"
    await patiently(_later, current(), event_id, endpoint_id, round, tried + 1, delay_s)
    return "later"


async def _sent(event_id: str, endpoint_id: str) -> float | None:
    """Send; seconds to the next try, or None where it is delivered or dead."""
    from app.webhooks import send_event

    return await asyncio.to_thread(send_event, current().store, event_id, endpoint_id)


def _later(runtime: Runtime, event_id: str, endpoint_id: str, round: str, tried: int, delay_s: float) -> None:
    with runtime.store.write() as session:
        runtime.engine.enqueue_delivery(session, event_id, endpoint_id, round=round, tried=tried, delay_s=delay_s)


@DBOS.workflow(name=SWEEP, max_recovery_attempts=MAX_RECOVERIES)
async def sweep() -> str:
    """Forget jobs that ended long ago, send on events that were left lying, and erase what is kept no longer."""
    runtime = current()
    await DBOS.run_step_async({"name": "forget_ended"}, _forget_ended, runtime)
    await DBOS.run_step_async({"name": "send_on"}, _send_on, runtime)
    await DBOS.run_step_async({"name": "erase_due"}, _erase_due, runtime)
    return "swept"


def _forget_ended(runtime: Runtime) -> int:
    return runtime.engine.forget_ended(now_utc())


def _send_on(runtime: Runtime) -> int:
    """Queue events anew whose try is long overdue: their job was given up."""
    now = now_utc()
    with runtime.store.write() as session:
        overdue = pending_deliveries(session, now - OVERDUE)
        for found in overdue:
            round = f"sweep-{int(now.timestamp())}"
            runtime.engine.enqueue_delivery(session, found.id, found.endpoint_id, round=round, tried=found.attempts)
    return len(overdue)


def _erase_due(runtime: Runtime) -> None:
    from app.privacy import erase_due

    erase_due(runtime.store, runtime.blobs, engine=runtime.engine, work_dir=runtime.config.work_dir)
