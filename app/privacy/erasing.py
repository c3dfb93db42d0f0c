"""Erases calls and agents: rows and jobs first, then audio, so that what fails half-way is swept up later."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.blobs import Blobs
from app.privacy.keeping import after_ending, after_scoring
from app.store import audit, retention
from app.store.base import now_utc
from app.store.batches import forget_empty_batches
from app.store.calls import call_for_work
from app.store.engine import Store
from app.store.idempotency import forget_idempotency
from app.store.kept import RETRY_WITHIN, calls_to_reduce, unscored_to_reduce
from app.store.keys import forget_old_sessions
from app.store.organisations import delete_agent
from app.store.principals import Principal
from app.store.webhooks import forget_deliveries

if TYPE_CHECKING:
    from app.jobs.port import JobEngine

log = logging.getLogger(__name__)
ORPHAN_AFTER = timedelta(hours=6)
"""Longer than any upload lies between its last byte and its call's row."""
KEYS_KEPT = timedelta(days=2)
DELIVERIES_KEPT = timedelta(days=30)
_REDUCED_WITHIN = timedelta(days=2)
_TIME_FOR_TIDYING = timedelta(minutes=10)
_PART = 500


def erase_call(
    store: Store,
    blobs: Blobs,
    call_id: str,
    *,
    by: Principal | None = None,
    now: datetime | None = None,
    engine: JobEngine | None = None,
) -> bool:
    """Erase a call: rows, scorecard, verdicts, undelivered events, jobs, audio and transcript; False where there is none.

    What stays is a line in the log: that it was erased, when and by whom, without anything of it.

    Parameters
    ----------
    by : Principal or None
        Whoever asked, whose right to it the caller has seen to; None for the service itself.
    engine : JobEngine or None
        Where given, the call's jobs are stopped and forgotten.
    """
    now = now or now_utc()
    with store.write() as session:
        call = call_for_work(session, call_id)
        keys = retention.erase_call(session, call_id)
        if call is None or keys is None:
            return False
        about: dict[str, Any] = {"organisation_id": call.organisation_id, "call_id": call_id, "agent_id": call.agent_id}
        audit.record(session, by, "call.erased", now, **about)
    try:
        if engine is not None:
            engine.erase(call_id)
    finally:
        # No call leads to these files any more: whatever holds the jobs up, they must not stay.
        for key in keys:
            blobs.delete(key)
    return True


def erase_agent(
    store: Store,
    blobs: Blobs,
    organisation_id: str,
    agent_id: str,
    *,
    by: Principal | None = None,
    now: datetime | None = None,
    engine: JobEngine | None = None,
) -> int:
    """Erase all that is held on an agent: every call, the agent's row, keys, links and sessions; how many calls.

    The log keeps the agent's identifier, since it is never changed: it says who saw what, and that it was erased.
    """
    now = now or now_utc()
    erased = 0
    while True:
        with store.read() as session:
            held = retention.calls_of_agent(session, organisation_id, agent_id)
        if not held:
            break
        for call in held:
            erased += erase_call(store, blobs, call.id, by=by, now=now, engine=engine)
    with store.write() as session:
        delete_agent(session, organisation_id, agent_id)
        about: dict[str, Any] = {"organisation_id": organisation_id, "agent_id": agent_id, "detail": {"calls": erased}}
        audit.record(session, by, "agent.erased", now, **about)
    store.purge()
    return erased


def erase_due(
    store: Store,
    blobs: Blobs,
    now: datetime | None = None,
    *,
    engine: JobEngine | None = None,
    most: int = 20_000,
    work_dir: Path | None = None,
) -> int:
    """Erase calls whose time is over, and what is left of others that should be gone; how many calls were erased.

    Called every hour. Whatever of it fails, files that no call needs are looked for and deleted.

    Parameters
    ----------
    most : int
        Calls that are erased at one go.
    work_dir : Path or None
        Where sound lies while it is cut down.
    """
    now = now or now_utc()
    try:
        erased = _erase_overdue(store, blobs, now, engine, most)
        _reduce(store, blobs, now, most, work_dir)
        with store.write() as session:
            forget_idempotency(session, now - KEYS_KEPT)
            forget_deliveries(session, now - DELIVERIES_KEPT)
            forget_old_sessions(session, now)
            forget_empty_batches(session, now)
        store.purge()
    finally:
        sweep_orphans(store, blobs, now)
    return erased


def _erase_overdue(store: Store, blobs: Blobs, now: datetime, engine: JobEngine | None, most: int) -> int:
    erased = 0
    while erased < most:
        with store.read() as session:
            due = retention.due_for_erasure(session, now)
        if not due:
            break
        for call in due:
            erased += erase_call(store, blobs, call.id, now=now, engine=engine)
    return erased


def _reduce(store: Store, blobs: Blobs, now: datetime, most: int, work_dir: Path | None) -> None:
    """Cut down calls of which more is kept than is wanted: those that tidying missed, cancelled ones, failed ones."""
    with store.read() as session:
        too_much = calls_to_reduce(session, now - _REDUCED_WITHIN, now - _TIME_FOR_TIDYING)
    for call in too_much:
        after_scoring(store, blobs, call.id, work_dir=work_dir)
    cancelled, failed = now - _TIME_FOR_TIDYING, now - RETRY_WITHIN
    reduced = 0
    while reduced < most:
        with store.read() as session:
            unscored = unscored_to_reduce(session, cancelled_before=cancelled, failed_before=failed)
        done = sum(after_ending(store, blobs, call.id, now=now) for call in unscored)
        if not done:
            break
        reduced += done


def sweep_orphans(store: Store, blobs: Blobs, now: datetime | None = None) -> int:
    """Delete files that no call needs: of uploads that were broken off, and of erasures that were; how many."""
    now = now or now_utc()
    swept = 0
    for keys in _parts(blobs.list_older_than(now - ORPHAN_AFTER)):
        with store.read() as session:
            needed = retention.referenced_blobs(session, keys)
        for key in keys:
            if key not in needed:
                blobs.delete(key)
                swept += 1
    if swept:
        log.info("%d files that no call needs were deleted", swept)
    return swept


def _parts(keys: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(keys)
    while part := list(islice(waiting, _PART)):
        yield part
