"""Numbers for the operator's Prometheus: requests, queues, failures. None of them names a person or an organisation."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from app.store.base import now_utc
from app.store.calls import count_by_status, oldest_queued
from app.store.tables import CallRow
from app.web.limits import LOOK_S, Kept

if TYPE_CHECKING:
    from app.jobs.port import JobEngine
    from app.store.engine import Store

log = logging.getLogger(__name__)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)


class Metrics:
    """What this process counted, and how the queues stand when asked."""

    def __init__(self, store: Store, engine: JobEngine) -> None:
        self._store = store
        self._queued: Kept[int] = Kept(LOOK_S)
        self._text: Kept[bytes] = Kept(LOOK_S)
        self._registry = CollectorRegistry()
        self._registry.register(_Queues(store, engine))
        names = ["method", "route", "status"]
        self._requests = Histogram(
            "puhepeili_request_seconds", "Time to answer.", names, buckets=_SECONDS, registry=self._registry
        )
        self._uploaded = Counter("puhepeili_uploaded_bytes", "Audio taken in.", registry=self._registry)
        self._events = 0

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer; `route` is the path as the API names it, without anybody's identifiers."""
        self._requests.labels(method, route, str(status)).observe(seconds)

    def uploaded(self, size_bytes: int) -> None:
        """Count audio that was taken in."""
        self._uploaded.inc(size_bytes)

    def queued(self) -> int:
        """How many calls wait, as of at most a second ago."""
        return self._queued.get(self._count_queued)

    def _count_queued(self) -> int:
        with self._store.read() as session:
            return count_by_status(session, ("queued",))["queued"]

    def text(self) -> bytes:
        """All of it in Prometheus's own form, as of at most a second ago."""
        return self._text.get(lambda: generate_latest(self._registry))


class _Queues(Collector):
    """Asks the database and the job engine at each scrape."""

    def __init__(self, store: Store, engine: JobEngine) -> None:
        self._store, self._engine = store, engine

    def describe(self) -> list[Metric]:
        """Nothing is asked when the collector is registered."""
        return []

    def collect(self) -> Iterator[Metric]:
        """How calls, queues and workers stand now; 0 for ``puhepeili_up`` where the database does not answer."""
        up = GaugeMetricFamily("puhepeili_up", "Whether the database answered.")
        try:
            found = [*self._calls(), *self._jobs()]
        except DBAPIError as error:
            log.warning("queues could not be read: %s", type(error).__name__)
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from found

    def _calls(self) -> Iterator[Metric]:
        calls = GaugeMetricFamily("puhepeili_calls", "Calls by where they stand.", labels=["status"])
        oldest = GaugeMetricFamily("puhepeili_oldest_call_seconds", "How long the first waiting call has waited.")
        failures = GaugeMetricFamily("puhepeili_failed_calls", "Failed calls by cause.", labels=["cause"])
        by_cause = select(CallRow.failure_id, func.count()).where(CallRow.status == "failed")
        with self._store.read() as session:
            for status, number in count_by_status(session).items():
                calls.add_metric([status], number)
            first = oldest_queued(session)
            for cause, number in session.execute(by_cause.group_by(CallRow.failure_id)):
                failures.add_metric([cause or "unknown"], number)
        oldest.add_metric([], 0.0 if first is None else max(0.0, (now_utc() - first).total_seconds()))
        yield from (calls, oldest, failures)

    def _jobs(self) -> Iterator[Metric]:
        counts = self._engine.counts()
        waiting = GaugeMetricFamily("puhepeili_waiting_jobs", "Jobs that nobody has begun.", labels=["queue"])
        oldest = GaugeMetricFamily("puhepeili_oldest_wait_seconds", "Wait of the first of them.", labels=["queue"])
        for queue, number in counts.waiting.items():
            waiting.add_metric([queue], number)
        for queue, seconds in counts.oldest_wait_s.items():
            oldest.add_metric([queue], seconds)
        running = GaugeMetricFamily("puhepeili_running_jobs", "Jobs under way.")
        running.add_metric([], sum(counts.running.values()))
        workers = GaugeMetricFamily("puhepeili_workers", "Workers alive, by their leases.")
        workers.add_metric([], self._engine.workers())
        dead = GaugeMetricFamily("puhepeili_dead_letters", "Calls given up after all their tries.")
        dead.add_metric([], counts.dead_letters)
        yield from (waiting, oldest, running, workers, dead)
