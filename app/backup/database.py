"""A database copied whole, and put back: by SQLite's own way of copying, or by PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from app.errors import PuhepeiliError, UsageError


def copy_sqlite(source: Path, target: Path) -> None:
    """A copy of a database that others may write to meanwhile, seen to be sound."""
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as database,
            closing(sqlite3.connect(target)) as copy,
        ):
            os.chmod(target, 0o600)
            database.backup(copy)
            found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise PuhepeiliError("error-backup-failed", program="SQLite", detail=str(error)) from error
    if found != "ok":
        raise PuhepeiliError("error-backup-failed", program="SQLite", detail=str(found))


def replace_sqlite(source: Path, target: Path) -> None:
    """Put a copy of a database in the place of another, which nobody may have open."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.restoring")
    part.unlink(missing_ok=True)
    copy_sqlite(source, part)
    # The log of the database before must not be read into the one that takes its place.
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    part.replace(target)


def run_postgresql(program: str, address: URL, *options: str) -> None:
    """Run one of PostgreSQL's own programs; the password is in its environment, where other users do not see it."""
    found = shutil.which(program)
    if found is None:
        raise UsageError("error-backup-program", program=program)
    parts: dict[str, Any] = {
        "username": address.username,
        "host": address.host,
        "port": address.port,
        "database": address.database,
    }
    place = URL.create("postgresql", **parts, query=address.query).render_as_string()
    environment: Mapping[str, str] = os.environ | ({"PGPASSWORD": str(address.password)} if address.password else {})
    done = subprocess.run(
        [found, f"--dbname={place}", *options], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
        raise PuhepeiliError("error-backup-failed", program=program, detail=last[:200])
