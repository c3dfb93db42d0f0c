"""The database behind the service: opened once in a process, read and written in short transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session

from app.errors import UsageError

BUSY_TIMEOUT_MS = 30_000
_WRITES = "puhepeili_writes"


@dataclass(frozen=True, slots=True)
class Store:
    """An open database.

    Parameters
    ----------
    database_url : str
        With the driver and the password, as the job engine needs it; never to be shown or logged.
    engine : Engine
        For reading: on both databases a write through it is refused.
    writer : Engine
        The same connections, for writing; on SQLite its transactions take the write lock when they begin.
    """

    database_url: str = field(repr=False)
    engine: Engine
    writer: Engine

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file on this machine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that sees the database and changes nothing.

        Raises
        ------
        sqlalchemy.exc.DBAPIError
            If something in it writes, or the database cannot be reached.
        """
        with Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that is kept when the block ends, and undone when it raises.

        Keep it short and ask nothing over the network in it: on SQLite no other writer can go on meanwhile.

        Raises
        ------
        sqlalchemy.exc.OperationalError
            If the database cannot be reached, or on SQLite another writer holds it for more than 30 s.
        """
        with Session(self.writer) as session, session.begin():
            yield session

    def ping(self) -> None:
        """Ask the database for an answer.

        Raises
        ------
        sqlalchemy.exc.OperationalError
            If there is none.
        """
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def purge(self) -> None:
        """Take what was erased out of SQLite's log file too; it may wait there for long. PostgreSQL does so itself."""
        if not self.is_sqlite:
            return
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def open_store(url: str) -> Store:
    """The store at `url`; its tables are made and brought up to date by `app.store.migrate.migrate`.

    Parameters
    ----------
    url : str
        ``sqlite:///file`` or ``postgresql://user:password@host/database``.

    Raises
    ------
    UsageError
        If the URL names another kind of database, or a SQLite database that is no file.
    """
    address = database_address(url)
    if address.get_backend_name() == "sqlite":
        Path(str(address.database)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        engine = create_engine(address, pool_size=10, max_overflow=30, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        reader = engine
    else:
        keepalives = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
        arguments = keepalives | {"connect_timeout": 10, "options": "-c timezone=UTC"}
        engine = create_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=30, connect_args=arguments)
        reader = engine.execution_options(postgresql_readonly=True)
    return Store(
        database_url=address.render_as_string(hide_password=False),
        engine=reader,
        writer=engine.execution_options(**{_WRITES: True}),
    )


def database_address(url: str) -> URL:
    """The address in `url`, with the driver that is used for it.

    Raises
    ------
    UsageError
        If the URL names another kind of database, or a SQLite database that is no file.
    """
    address = make_url(url)
    kind = address.get_backend_name()
    if kind == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if kind != "sqlite" or not address.database or address.database == ":memory:":
        raise UsageError("error-setting-database-url", value=address.render_as_string(hide_password=True))
    return address


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    """Durable, many readers beside one writer, and no trace of what was deleted.

    The driver's own transactions are switched off: they begin late, and never with the write lock.
    """
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the start: a reader that turns writer half-way fails at once instead of waiting."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
