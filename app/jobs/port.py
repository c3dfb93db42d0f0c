"""What the service asks of a job engine; another engine can take the place of DBOS by answering this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from sqlalchemy.orm import Session

Queue = Literal["interactive", "batch", "webhooks", "maintenance"]
QUEUES: tuple[Queue, ...] = ("interactive", "batch", "webhooks", "maintenance")
JobStatus = Literal["waiting", "running", "ended", "failed", "cancelled"]
CRASHED = "error-job-crashed"
"""Failure of a call that was given up after all its tries: a person can see it and retry it."""


@dataclass(frozen=True, slots=True)
class JobCounts:
    """How the queues stand.

    Parameters
    ----------
    waiting, oldest_wait_s : mapping of queue to number
        Jobs that nobody has begun, and how long the first of them has waited, in seconds.
    running : mapping of worker to int
        Jobs under way, by the executor that holds them.
    dead_letters : int
        Calls that were given up after all their tries.
    """

    waiting: Mapping[str, int] = field(default_factory=dict)
    oldest_wait_s: Mapping[str, float] = field(default_factory=dict)
    running: Mapping[str, int] = field(default_factory=dict)
    dead_letters: int = 0


class JobEngine(Protocol):
    """The queues, as the web process and the command line see them."""

    def prepare(self) -> None:
        """Make the engine's own tables, or bring them up to date."""

    def enqueue(self, session: Session, call_id: str, *, queue: Queue, priority: int) -> None:
        """Put a new call in a queue, in the caller's transaction: both are kept, or neither.

        `priority` is 1 or more, and the lower goes first.
        """

    def enqueue_many(self, session: Session, call_ids: Sequence[str], *, queue: Queue, priority: int) -> None:
        """As `enqueue` for each of many new calls, in a fraction of the time."""

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
        """Have a webhook delivery tried after `delay_s`, in the caller's transaction.

        The same try of the same round twice is one; a replay takes a new name for its round.
        """

    def cancel(self, call_id: str) -> None:
        """Stop a call's jobs: one that waits never runs, one that runs loses its child process within 2 s.

        The call's own row is changed by the caller, in a transaction that was kept before this is called.
        """

    def retry(self, session: Session, call_id: str, now: datetime) -> bool:
        """Queue a failed call again, in the caller's transaction; False where it has not failed."""

    def erase(self, call_id: str) -> None:
        """Stop a call's jobs and forget them, with what workers of this machine kept of the call."""

    def status(self, call_id: str) -> JobStatus | None:
        """Where the call's newest job stands; None where it has none."""

    def counts(self) -> JobCounts:
        """How the queues stand."""

    def workers(self) -> int:
        """How many workers are alive, by their leases."""

    def close(self) -> None:
        """Give connections back."""
