"""What a worker process has at hand, and how it asks the database: short, off the event loop, and with patience."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError

from app.jobs.config import JobConfig
from app.store.engine import Store

if TYPE_CHECKING:
    from app.blobs import Blobs
    from app.jobs.dbos_engine import DbosEngine

log = logging.getLogger(__name__)
Found = TypeVar("Found")
PATIENCE_S = 900.0
"""How long a job waits for a database that is away, before it is given up."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """What the jobs of this process work with."""

    store: Store
    blobs: Blobs
    engine: DbosEngine
    config: JobConfig


_current: list[Runtime] = []


def begin(runtime: Runtime) -> None:
    """Make `runtime` that of this process; DBOS calls workflows by name and can hand them nothing else."""
    _current[:] = [runtime]


def current() -> Runtime:
    """What the jobs of this process work with.

    Raises
    ------
    RuntimeError
        If no worker runs in this process.
    """
    if not _current:
        raise RuntimeError("no worker runs in this process")
    return _current[0]


async def patiently(ask: Callable[..., Found], *given: Any, patience_s: float = PATIENCE_S) -> Found:
    """What `ask` gives, in a thread; asked again each second while the database is away.

    Raises
    ------
    sqlalchemy.exc.DBAPIError
        If it is away for longer than `patience_s`, or refuses for another reason.
    """
    until = asyncio.get_running_loop().time() + patience_s
    while True:
        try:
            return await asyncio.to_thread(ask, *given)
        except (OperationalError, InterfaceError) as error:
            if asyncio.get_running_loop().time() >= until:
                raise
            log.warning("the database is away (%s); a job waits for it", type(error).__name__)
        await asyncio.sleep(1.0)


def now_utc() -> datetime:
    """This moment."""
    return datetime.now(UTC)
