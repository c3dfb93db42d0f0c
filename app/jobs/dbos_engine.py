"""The job engine on DBOS Transact, with its tables in the store's own database."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import column, func, select, table
from sqlalchemy.orm import Session

from app.jobs.config import JobConfig
from app.jobs.dbos_log import quiet
from app.jobs.lease import live_leases
from app.jobs.many import copy_job
from app.jobs.port import CRASHED, QUEUES, JobCounts, JobStatus, Queue
from app.store import progress
from app.store.calls import call_for_work
from app.store.engine import Store
from app.store.tables import CallRow

if TYPE_CHECKING:
    from dbos import DBOSClient, DBOSConfig

APPLICATION = "puhepeili"
APPLICATION_VERSION = "1"
"""A constant, never a hash of the code: DBOS runs a job only under the version that queued it, so a deploy would strand
all that wait. Steps keep their names and order; a change of shape is a new workflow beside the old one."""
SCORE_CALL = "score_call"
DELIVER_EVENT = "deliver_event"
SWEEP = "sweep"
_WAITING = ("ENQUEUED", "DELAYED")
_DEAD = ("ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
_STATUS: dict[str, JobStatus] = {
    "ENQUEUED": "waiting",
    "DELAYED": "waiting",
    "PENDING": "running",
    "SUCCESS": "ended",
    "CANCELLED": "cancelled",
    "ERROR": "failed",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "failed",
}
_KEEPALIVES = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}


class DbosEngine:
    """`app.jobs.port.JobEngine` on DBOS; it runs no job itself, so any process may hold one."""

    def __init__(self, store: Store, config: JobConfig) -> None:
        self._store = store
        self._config = config
        self._made: DBOSClient | None = None

    @property
    def _client(self) -> DBOSClient:
        if self._made is None:
            from dbos import DBOSClient

            quiet()
            self._made = DBOSClient(
                system_database_url=self._store.database_url,
                serializer=_serializer(),
                application_name=APPLICATION,
                system_database_pool_size=4,
                lazy=True,
            )
        return self._made

    def prepare(self) -> None:
        """Make DBOS's own tables, or bring them up to date."""
        from dbos import DBOS

        quiet()
        DBOS.migrate(self._store.database_url)

    def enqueue(self, session: Session, call_id: str, *, queue: Queue, priority: int) -> None:
        """Put a new call in a queue, in the caller's transaction."""
        self._enqueue(session, SCORE_CALL, call_id, queue, priority, call_id)

    def enqueue_many(self, session: Session, call_ids: Sequence[str], *, queue: Queue, priority: int) -> None:
        """Put many new calls in a queue, in the caller's transaction."""
        for call_id in call_ids[:1]:
            self.enqueue(session, call_id, queue=queue, priority=priority)
            copy_job(session, call_id, call_ids[1:], schema=None if self._store.is_sqlite else "dbos")

    def enqueue_delivery(
        self,
        session: Session,
        event_id: str,
        endpoint_id: str,
        *,
        round: str = "0",
        tried: int = 0,
        delay_s: float = 0.0,
    ) -> None:
        """Have a webhook delivery tried after `delay_s`, in the caller's transaction."""
        id = f"wh:{event_id}:{endpoint_id}:{round}:{tried}"
        given = (event_id, endpoint_id, round, tried)
        self._enqueue(session, DELIVER_EVENT, id, "webhooks", 1 + tried, *given, delay_s=delay_s)

    def enqueue_sweep(self, session: Session, hour: int) -> None:
        """Have the hourly sweep done; of all workers that ask for the same hour one does it."""
        self._enqueue(session, SWEEP, f"sweep:{hour}", "maintenance", 1)

    def _enqueue(
        self,
        session: Session,
        workflow: str,
        id: str,
        queue: Queue,
        priority: int,
        *given: Any,
        delay_s: float = 0.0,
    ) -> None:
        if queue not in QUEUES or priority < 1:
            raise ValueError(f"no queue {queue} with priority {priority}; 1 is the most urgent")
        options: Any = {
            "workflow_name": workflow,
            "queue_name": queue,
            "workflow_id": id,
            "priority": priority,
            "app_version": APPLICATION_VERSION,
        }
        if delay_s > 0:
            options["delay_seconds"] = delay_s
        self._client.enqueue_in_transaction(session, options, *given)

    def cancel(self, call_id: str) -> None:
        """Stop a call's jobs."""
        self._client.cancel_workflows([job.workflow_id for job in self._listed(workflow_id_prefix=call_id)])

    def retry(self, session: Session, call_id: str, now: datetime) -> bool:
        """Queue a failed call again, as a new job: DBOS never runs a job a second time that has ended."""
        if not progress.retry(session, call_id, now):
            return False
        call = call_for_work(session, call_id)
        assert call is not None
        queue: Queue = "interactive" if call.batch_id is None else "batch"
        self._enqueue(session, SCORE_CALL, f"{call_id}.{secrets.token_hex(6)}", queue, max(1, call.priority), call_id)
        return True

    def erase(self, call_id: str) -> None:
        """Stop a call's jobs and forget them, with what workers of this machine kept of the call.

        A job under way is stopped now and forgotten by housekeeping: its worker learns from the row that it is to stop.
        """
        found = self._listed(workflow_id_prefix=call_id)
        if found:
            self._client.cancel_workflows([job.workflow_id for job in found])
        if still := [job.workflow_id for job in found if job.status != "PENDING"]:
            self._client.delete_workflows(still)
        shutil.rmtree(self._config.work_dir / call_id, ignore_errors=True)

    def status(self, call_id: str) -> JobStatus | None:
        """Where the call's newest job stands."""
        found = self._listed(workflow_id_prefix=call_id, sort_desc=True, limit=1)
        return _STATUS[str(found[0].status)] if found else None

    def _listed(self, **filters: Any) -> Sequence[Any]:
        return self._client.list_workflows(**filters, load_input=False, load_output=False)

    def counts(self) -> JobCounts:
        """How the queues stand, by one look at DBOS's table."""
        job = _jobs(sqlite=self._store.is_sqlite)
        waiting = (
            select(job.c.queue_name, func.count(), func.min(job.c.created_at))
            .where(job.c.status.in_(_WAITING), job.c.queue_name.is_not(None))
            .group_by(job.c.queue_name)
        )
        running = select(job.c.executor_id, func.count()).where(job.c.status == "PENDING").group_by(job.c.executor_id)
        dead = select(func.count()).where(CallRow.status == "failed", CallRow.failure_id == CRASHED)
        now_ms = datetime.now(UTC).timestamp() * 1000
        with self._store.read() as session:
            rows = session.execute(waiting).all()
            return JobCounts(
                waiting={queue: number for queue, number, _ in rows},
                oldest_wait_s={queue: max(0.0, (now_ms - first) / 1000) for queue, _, first in rows},
                running={str(owner): number for owner, number in session.execute(running)},
                dead_letters=session.scalar(dead) or 0,
            )

    def owners(self) -> set[str]:
        """Executors that hold jobs under way."""
        job = _jobs(sqlite=self._store.is_sqlite)
        held = select(job.c.executor_id).where(job.c.status == "PENDING", job.c.executor_id.is_not(None)).distinct()
        with self._store.read() as session:
            return set(session.scalars(held))

    def workers(self) -> int:
        """How many workers are alive, by their leases."""
        return live_leases(self._store.database_url, self._config.lease_dir)

    def dead_jobs(self, since: datetime) -> list[str]:
        """Calls whose newest job was given up by the engine itself after a moment."""
        found = self._listed(status=list(_DEAD), name=SCORE_CALL, completed_after=since.isoformat())
        calls = {job.workflow_id.partition(".")[0] for job in found}
        return [call for call in sorted(calls) if self.status(call) == "failed"]

    def stopped_jobs(self, since: datetime, until: datetime) -> list[str]:
        """Calls whose job was cancelled between two moments."""
        moments = {"completed_after": since.isoformat(), "completed_before": until.isoformat()}
        found = self._listed(status="CANCELLED", name=SCORE_CALL, **moments)
        return [job.workflow_id.partition(".")[0] for job in found]

    def running_calls(self, executor_id: str | None = None) -> list[str]:
        """Calls that one worker holds; those of all where none is named."""
        found = self._listed(status="PENDING", name=SCORE_CALL, executor_id=executor_id)
        return [job.workflow_id.partition(".")[0] for job in found]

    def forget_ended(self, now: datetime, *, limit: int = 5000) -> int:
        """Delete the rows of jobs that ended long ago; how many there were."""
        before = (now - timedelta(days=self._config.keep_ended_days)).isoformat()
        ended = ["SUCCESS", "CANCELLED", *_DEAD]
        found = [job.workflow_id for job in self._listed(status=ended, completed_before=before, limit=limit)]
        if found:
            self._client.delete_workflows(found)
        return len(found)

    def close(self) -> None:
        """Give connections back."""
        if self._made is not None:
            self._made.destroy()
            self._made = None


def new_executor_id() -> str:
    """A name for this process that no other has or will have: two of one name would take over each other's jobs."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"


def worker_settings(store: Store, executor_id: str) -> DBOSConfig:
    """What DBOS is told in a worker process."""
    chosen: DBOSConfig = {
        "name": APPLICATION,
        "system_database_url": store.database_url,
        "executor_id": executor_id,
        "application_version": APPLICATION_VERSION,
        "serializer": _serializer(),
        "log_level": "WARNING",
        "enable_otlp": False,
        "sys_db_pool_size": 8,
    }
    if not store.is_sqlite:
        chosen["db_engine_kwargs"] = {"pool_pre_ping": True, "connect_args": {**_KEEPALIVES, "connect_timeout": 10}}
    return chosen


def _serializer() -> Any:
    """JSON, so that whoever can write to the database cannot have code run here, as pickles would let them."""
    from dbos import DBOSPortableJSONSerializer

    return DBOSPortableJSONSerializer()


def _jobs(*, sqlite: bool) -> Any:
    names = ("workflow_uuid", "status", "queue_name", "executor_id", "created_at")
    return table("workflow_status", *(column(name) for name in names), schema=None if sqlite else "dbos")
