"""The worker: a process that takes jobs from its queues until it is told to stop.

It takes one call at a time from each queue, so a machine's share of work is set by how many workers it runs; a worker
of ``interactive`` alone is never busy with a batch.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from typing import TextIO

from app.ending import Stopping
from app.jobs.config import JobConfig
from app.jobs.dbos_engine import DbosEngine, new_executor_id, worker_settings
from app.jobs.dbos_log import quiet
from app.jobs.housekeeping import keep_house
from app.jobs.lease import Leases, leases_for
from app.jobs.port import QUEUES
from app.jobs.reaper import LeaseKeeper
from app.jobs.runtime import Runtime, begin, now_utc

log = logging.getLogger(__name__)
LOST_LEASE_EXIT = 75
HOUSEKEEPING_S = 5.0


class Worker:
    """DBOS, a lease and the housekeeping around them. One in a process, since DBOS is one in a process."""

    def __init__(self, runtime: Runtime, queues: Sequence[str] = QUEUES) -> None:
        unknown = set(queues) - set(QUEUES)
        if unknown or not queues:
            raise ValueError(f"no queues {sorted(unknown)}; there are {', '.join(QUEUES)}")
        self.runtime = runtime
        self.queues = tuple(queues)
        self.executor_id = new_executor_id()
        self.keeper: LeaseKeeper | None = None
        self._swept = 0
        self._stop = threading.Event()
        self._housekeeper = threading.Thread(target=self._keep_house, name="housekeeper", daemon=True)

    def start(self) -> None:
        """Hold the lease, then begin to take jobs: no job is ever held by a worker without one."""
        config, store = self.runtime.config, self.runtime.store
        leases = leases_for(store.database_url, config.lease_dir, self.executor_id)
        self._hold(leases)
        self._launch()
        self.keeper = LeaseKeeper(
            leases,
            self.executor_id,
            grace_s=config.grace_s(sqlite=store.is_sqlite),
            owners=self.runtime.engine.owners,
            recover=recover,
            lost=_leave_at_once,
        )
        self.keeper.start()
        self._housekeeper.start()

    def _hold(self, leases: Leases) -> None:
        for _ in range(30):
            if leases.hold():
                return
            time.sleep(0.2)
        raise TimeoutError(f"worker {self.executor_id} could not take its lease")

    def _launch(self) -> None:
        from dbos import DBOS

        from app.jobs import workflow

        assert workflow.score_call is not None
        config = self.runtime.config
        quiet()
        begin(self.runtime)
        DBOS(config=worker_settings(self.runtime.store, self.executor_id))
        DBOS.listen_queues(list(self.queues))
        DBOS.launch()
        # Kept in the database and the same for all workers: a limit of its own for one of them would be everybody's.
        for queue in QUEUES:
            at_once = config.deliveries_at_once if queue == "webhooks" else 1
            DBOS.register_queue(queue, worker_concurrency=at_once, polling_interval_sec=config.poll_s)

    def stop(self, drain_s: float | None = None) -> None:
        """Take no more jobs, go on with those under way for `drain_s`, and leave the rest to others."""
        from dbos import DBOS

        self._stop.set()
        DBOS.destroy(workflow_completion_timeout_sec=round(self.runtime.config.drain_s if drain_s is None else drain_s))
        if self.keeper is not None:
            self.keeper.stop()
        self._housekeeper.join(timeout=10)

    def _keep_house(self) -> None:
        while not self._stop.wait(HOUSEKEEPING_S):
            try:
                keep_house(self.runtime, self.executor_id)
                self._ask_for_sweep(int(now_utc().timestamp() // 3600))
            except Exception as error:  # noqa: BLE001 - whatever it was, the next time comes; without it dead calls stay
                log.warning("housekeeping has to wait: %s", type(error).__name__)

    def _ask_for_sweep(self, hour: int) -> None:
        if hour != self._swept:
            with self.runtime.store.write() as session:
                self.runtime.engine.enqueue_sweep(session, hour)
            self._swept = hour


def recover(executor_id: str) -> int:
    """Put the jobs of a dead executor back into their queues; how many there were.

    DBOS has no public call for this (``resume_workflows`` forgets how often a job was tried); a test holds it to what
    is relied upon here.
    """
    from dbos import DBOS

    return len(DBOS._recover_pending_workflows([executor_id]))


def _leave_at_once() -> None:
    """End this process without a word more to the database: others may have its jobs already."""
    logging.shutdown()
    os._exit(LOST_LEASE_EXIT)


def run_worker(runtime: Runtime, queues: Sequence[str] = QUEUES, *, stopping: Stopping | None = None) -> None:
    """Work until SIGTERM or SIGINT, or until `stopping` is told; a second signal ends it at once."""
    stopping = stopping or Stopping()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stopping.hear)
    worker = Worker(runtime, queues)
    if not stopping.is_set():
        worker.start()
        log.info("worker %s takes jobs from %s", worker.executor_id, ", ".join(worker.queues))
        stopping.wait()
        worker.stop()
    runtime.engine.close()
    # What still runs after the grace is left to others; its child dies with this process.
    logging.shutdown()
    os._exit(0)


def _stop_at_end(stream: TextIO, stopping: Stopping) -> None:
    stream.read()
    stopping.set()


def main() -> None:
    """``python -m app.jobs.worker``: a worker with the settings of the environment.

    With ``--with-parent`` it stops when stdin ends, which the process that started it holds open for as long as it lives.
    """
    parser = argparse.ArgumentParser(prog="app.jobs.worker")
    parser.add_argument("--queues", default=",".join(QUEUES), help="comma between them")
    parser.add_argument("--with-parent", action="store_true", help="stop when stdin ends")
    asked = parser.parse_args()
    stopping = Stopping()
    if asked.with_parent:
        threading.Thread(target=_stop_at_end, args=(sys.stdin, stopping), name="parent", daemon=True).start()

    from app.blobs import open_blobs
    from app.jobs.config import job_config
    from app.serve import log_to_stderr
    from app.settings import settings
    from app.store.engine import open_store

    log_to_stderr()
    chosen = settings()
    store = open_store(chosen.database_url)  # type: ignore[attr-defined,unused-ignore]
    config: JobConfig = job_config(chosen)
    blobs = open_blobs(chosen.blobs_url)  # type: ignore[attr-defined,unused-ignore]
    runtime = Runtime(store, blobs, DbosEngine(store, config), config)
    run_worker(runtime, asked.queues.split(","), stopping=stopping)


if __name__ == "__main__":
    main()
