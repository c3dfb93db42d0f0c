"""Leases: a worker holds one for as long as it lives, and nobody else can hold it meanwhile.

The lock is the kernel's (a file, with SQLite) or the server's (an advisory lock, with PostgreSQL). Both fall when the
process or its connection is gone, and stay while it is merely stopped, busy or slow: a heartbeat cannot tell these apart.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from filelock import BaseFileLock
    from psycopg import Connection

LEASE_APPLICATION = "puhepeili-lease"
"""What a lease's connection calls itself to the server."""

_CLIENT_KEEPALIVES: dict[str, Any] = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
_SERVER_KEEPALIVES = (
    "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=10000"
)
"""A machine that vanishes must lose its lock: by itself the server would notice after two hours."""


class Leases(Protocol):
    """One worker's own lease, and its view of the others'."""

    def hold(self) -> bool:
        """Take the own lease, or see that it is still held; False where that cannot be done now."""

    def seize(self, owner: str) -> bool:
        """Whether the lease of `owner` is free; it then is ours until `let_go`, where the kind of lock allows that."""

    def let_go(self, owner: str, *, ended: bool) -> None:
        """Give up what `seize` took; `ended` if that owner will never be seen again."""

    def release(self) -> None:
        """Give up the own lease."""


class FileLeases:
    """Leases for workers on one machine: an exclusive lock on ``<folder>/<executor>.lock``.

    The lock's descriptor is not inherited by child processes, so an orphaned child keeps nobody's lease alive.
    """

    def __init__(self, folder: Path, executor_id: str) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._own = self._lock(executor_id)
        self._seized: dict[str, BaseFileLock] = {}

    def _lock(self, owner: str) -> BaseFileLock:
        from filelock import FileLock

        return FileLock(self._folder / f"{owner}.lock", thread_local=False)

    def hold(self) -> bool:
        """Take the own lease; once taken it lasts as long as the process."""
        from filelock import Timeout

        if not self._own.is_locked:
            try:
                self._own.acquire(timeout=0)
            except Timeout:
                return False
        return True

    def seize(self, owner: str) -> bool:
        """Whether the lease of `owner` is free. It is kept meanwhile: a process that has lost its lock is dead."""
        from filelock import Timeout

        if owner in self._seized:
            return True
        lock = self._lock(owner)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        self._seized[owner] = lock
        return True

    def let_go(self, owner: str, *, ended: bool) -> None:
        """Give up a seized lease, and take its file away where the owner is gone for good."""
        lock = self._seized.pop(owner, None)
        if lock is None:
            return
        if ended:
            Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()

    def release(self) -> None:
        """Give up the own lease."""
        for owner in list(self._seized):
            self.let_go(owner, ended=False)
        if self._own.is_locked:
            Path(self._own.lock_file).unlink(missing_ok=True)
            self._own.release()


class ServerLeases:
    """Leases for workers on many machines: a PostgreSQL advisory lock on one connection kept for that alone.

    A lease that is free is not kept while the grace runs: its owner may be about to take it again after the server
    was restarted.
    """

    def __init__(self, database_url: str, executor_id: str) -> None:
        self._url = database_url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._executor_id = executor_id
        self._connection: Connection[tuple[bool]] | None = None

    def hold(self) -> bool:
        """Take the own lease, or see that its connection still stands."""
        import psycopg

        try:
            if self._connection is not None:
                self._connection.execute("SELECT 1")
                return True
            connection = psycopg.connect(
                self._url,
                autocommit=True,
                connect_timeout=5,
                **_CLIENT_KEEPALIVES,
                options=_SERVER_KEEPALIVES,
                application_name=LEASE_APPLICATION,
            )
            if not _try_lock(connection, self._executor_id):
                connection.close()
                return False
            self._connection = connection
        except psycopg.Error:
            self._drop()
            return False
        return True

    def seize(self, owner: str) -> bool:
        """Whether the lease of `owner` is free at this moment."""
        import psycopg

        if self._connection is None:
            return False
        try:
            free = _try_lock(self._connection, owner)
            if free:
                self._connection.execute("SELECT pg_advisory_unlock(%s)", (lock_number(owner),))
        except psycopg.Error:
            self._drop()
            return False
        return free

    def let_go(self, owner: str, *, ended: bool) -> None:
        """Nothing is kept that would have to be given up."""

    def release(self) -> None:
        """Give up the own lease, and then its connection: the server takes its time over one that is closed."""
        import psycopg

        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.execute("SELECT pg_advisory_unlock_all()")
        self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def lock_number(executor_id: str) -> int:
    """The advisory lock of an executor: 8 bytes of a BLAKE2b hash as a signed number."""
    digest = hashlib.blake2b(executor_id.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _try_lock(connection: Connection[tuple[bool]], owner: str) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (lock_number(owner),)).fetchone()
    return row is not None and row[0]


def leases_for(database_url: str, folder: Path, executor_id: str) -> Leases:
    """The kind of lease that the database calls for."""
    if database_url.startswith("sqlite"):
        return FileLeases(folder, executor_id)
    return ServerLeases(database_url, executor_id)


def live_leases(database_url: str, folder: Path) -> int:
    """How many workers hold a lease at this moment."""
    if database_url.startswith("sqlite"):
        return sum(is_held(path) for path in folder.glob("*.lock"))
    import psycopg

    plain = database_url.replace("postgresql+psycopg://", "postgresql://", 1)
    counted = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"
    with psycopg.connect(plain, connect_timeout=5) as connection:
        row = connection.execute(counted, (LEASE_APPLICATION,)).fetchone()
    return 0 if row is None else int(row[0])


def is_held(path: Path) -> bool:
    """Whether some process has a lock file locked."""
    from filelock import FileLock, Timeout

    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False
