"""Makes the tables, or brings those of an older version up to date."""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from app.store.engine import Store, open_store

VERSION_TABLE = "pp_alembic_version"
_LOCK = 0x7075_6865_7065_696C
"""Any number that all versions of the service share: two that start at once must not both make the tables."""
_ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps what it is doing in one place for the whole process, whichever database it is doing it to."""


def migrate(url: str) -> None:
    """Bring the tables at `url` to this version; what is up to date stays as it is.

    All of it is one transaction, and of several threads or processes that start at once one does the work: the others
    wait at PostgreSQL's advisory lock or at SQLite's write lock, which the transaction takes when it begins.

    Raises
    ------
    UsageError
        If the URL names a database that cannot be used.
    alembic.util.CommandError
        If the tables were made by a newer version.
    """
    store = open_store(url)
    try:
        with _ONE_AT_A_TIME, store.writer.begin() as connection:
            if not store.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            command.upgrade(configuration(connection), "head")
    finally:
        store.close()


def is_current(store: Store) -> bool:
    """Whether the tables are those of this version."""
    newest = ScriptDirectory.from_config(configuration()).get_heads()
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        return set(context.get_current_heads()) == set(newest)


def configuration(connection: Connection | None = None) -> Config:
    """What Alembic needs to know; it works on `connection`, inside the caller's transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
