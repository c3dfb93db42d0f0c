"""What a worker may be told: read from the settings, or made by a test."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.settings import Settings

CHILD_COMMAND = (sys.executable, "-m", "app.jobs.child")
TIDYING = "tidy-"
"""What folders begin with in which a scored call's audio is cut down; other folders of work bear a call's name."""
SQLITE_GRACE_S = 3.0
SERVER_GRACE_S = 15.0
"""Long enough for live workers to take their leases again after the database server has restarted."""


@dataclass(frozen=True, slots=True)
class JobConfig:
    """How jobs are run.

    Parameters
    ----------
    data_dir : Path
        Local folder for leases and for the work of calls under way; on a disk of this machine.
    lease_grace_s : float or None
        How long a worker must have been without its lease before its jobs go to others; None chooses by database.
    drain_s : float
        How long a worker that is told to stop goes on with its jobs.
    poll_s : float
        How often the queues are looked at.
    tries : int
        How often a step is begun before its call is given up.
    retry_s : float
        Wait before the second try; each later one waits twice as long.
    step_timeout_s, timeout_per_second : float
        Limit of a step: the first, and so much more for each second of recording.
    child_memory_bytes : int
        Address space of a child process; 0 leaves it open.
    child_command : tuple of str
        What is run for one call; tests put a stand-in here.
    deliveries_at_once : int
        Webhooks that one worker sends at the same time.
    keep_ended_days : int
        How long the engine's own rows of ended jobs are kept.
    """

    data_dir: Path
    lease_grace_s: float | None = None
    drain_s: float = 30.0
    poll_s: float = 0.25
    tries: int = 3
    retry_s: float = 2.0
    step_timeout_s: float = 300.0
    timeout_per_second: float = 4.0
    child_memory_bytes: int = 8 * 1024**3
    child_command: tuple[str, ...] = CHILD_COMMAND
    deliveries_at_once: int = 8
    keep_ended_days: int = 7

    def grace_s(self, *, sqlite: bool) -> float:
        """How long a worker must have been without its lease."""
        if self.lease_grace_s is not None:
            return self.lease_grace_s
        return SQLITE_GRACE_S if sqlite else SERVER_GRACE_S

    @property
    def lease_dir(self) -> Path:
        """Folder of the lock files."""
        return self.data_dir / "leases"

    @property
    def work_dir(self) -> Path:
        """Folder with one folder for each call under way."""
        return self.data_dir / "work"


def job_config(settings: Settings) -> JobConfig:
    """The configuration that the settings give; what they do not name keeps its default."""
    return JobConfig(
        data_dir=settings.data_dir,
        lease_grace_s=settings.lease_grace_s,
        drain_s=settings.drain_s,
        tries=settings.step_tries,
        retry_s=settings.step_retry_s,
        step_timeout_s=settings.step_timeout_s,
        timeout_per_second=settings.step_timeout_per_second,
        child_memory_bytes=settings.child_memory_bytes,
    )
