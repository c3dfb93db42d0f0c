"""The database and the files of the service as one backup.

The database comes first and the files after it, so that every call in the backup has its audio in it, unless that was
erased in between. The service may go on while a backup is made, and has to be stopped while one is brought back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from app import __version__
from app.backup.again import sign_out_all, take_again, taken_since
from app.backup.database import copy_sqlite, replace_sqlite, run_postgresql
from app.blobs import BlobMissing, Blobs
from app.errors import InputError, UsageError
from app.store.base import now_utc
from app.store.engine import Store, database_address, open_store
from app.store.migrate import migrate
from app.store.tables import CallRow

VERSION = 1
MANIFEST, LISTING, AUDIO = "manifest.json", "files.jsonl", "audio"
_DATABASE = {"sqlite": "database.sqlite", "postgresql": "database.dump"}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is of."""

    version: int
    made_at: str
    service: str
    database: str
    files: int
    with_audio: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of bringing a backup back.

    Parameters
    ----------
    files : int
        Put back, or there already.
    missing : tuple of str
        Keys that a call needs and nobody has.
    erased : int
        Calls that were erased after the backup was made, and have been erased again.
    agents : int
        Agents that were.
    revoked : int
        Keys that were revoked after the backup was made, and have been revoked again.
    """

    files: int
    missing: tuple[str, ...]
    erased: int
    agents: int = 0
    revoked: int = 0


def back_up(
    database_url: str, blobs: Blobs, folder: Path, *, with_audio: bool | None = None, now: datetime | None = None
) -> Manifest:
    """Write a backup into the new folder `folder`.

    Parameters
    ----------
    with_audio : bool or None
        Whether files are copied too, or only listed; None copies those of a local folder, and lists those of a bucket,
        which has versions and copies of its own.

    Raises
    ------
    UsageError
        If the folder is there already, or PostgreSQL's ``pg_dump`` is not on this machine.
    PuhepeiliError
        If the database could not be read whole.
    """
    address = database_address(database_url)
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError as error:
        raise UsageError("error-backup-there", folder=str(folder)) from error
    made_at = now or now_utc()
    kind = address.get_backend_name()
    target = folder / _DATABASE[kind]
    if kind == "sqlite":
        copy_sqlite(Path(str(address.database)), target)
    else:
        run_postgresql("pg_dump", address, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    copied = blobs.folder is not None if with_audio is None else with_audio
    count = 0
    with (folder / LISTING).open("x", encoding="utf-8") as listing:
        for line in _files(blobs, folder / AUDIO if copied else None):
            listing.write(json.dumps(line) + "\n")
            count += 1
    manifest = Manifest(VERSION, made_at.isoformat(), __version__, kind, count, copied)
    # Written last: a folder without it is a backup that was broken off.
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    return manifest


def restore(folder: Path, database_url: str, blobs: Blobs, *, erased: Iterable[str] = ()) -> Restored:
    """Bring a backup back into a database and a place for files; the service must be stopped.

    What was erased or shut out since, by the log of the database that is replaced where it can still be read, is erased
    or shut out again. Everybody is signed out, and links that were not used sign nobody in.

    Parameters
    ----------
    erased : iterable of str
        More calls that must not come back.

    Raises
    ------
    InputError
        If the folder holds no whole backup, or one of another kind of database.
    PuhepeiliError
        If the database could not be written.
    """
    manifest = read_manifest(folder)
    address = database_address(database_url)
    kind = address.get_backend_name()
    if manifest.database != kind:
        raise InputError("error-backup-kind", has=manifest.database, wanted=kind)
    since = taken_since(database_url, datetime.fromisoformat(manifest.made_at))
    if kind == "sqlite":
        replace_sqlite(folder / _DATABASE[kind], Path(str(address.database)))
    else:
        options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        run_postgresql("pg_restore", address, *options, str(folder / _DATABASE[kind]))
    files = _put_back(folder, blobs)
    migrate(database_url)
    store = open_store(database_url)
    try:
        sign_out_all(store)
        done = take_again(store, blobs, since, erased)
        return Restored(files, _missing(store, blobs), **asdict(done))
    finally:
        store.close()


def read_manifest(folder: Path) -> Manifest:
    """What the backup in `folder` is of.

    Raises
    ------
    InputError
        If there is no whole backup.
    """
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise InputError("error-backup-none", folder=str(folder)) from error
    if manifest.version != VERSION:
        raise InputError("error-backup-version", version=manifest.version, known=VERSION)
    return manifest


def _missing(store: Store, blobs: Blobs) -> tuple[str, ...]:
    """Keys that a call needs and that have no file."""
    missing: list[str] = []
    with store.read() as session:
        for keys in session.execute(select(CallRow.blob_key, CallRow.transcript_key)):
            missing += [key for key in keys if key is not None and not _is_there(blobs, key)]
    return tuple(missing)


def _is_there(blobs: Blobs, key: str) -> bool:
    try:
        blobs.size(key)
    except BlobMissing:
        return False
    return True


def _files(blobs: Blobs, copies: Path | None) -> Iterator[dict[str, str | int | None]]:
    """Each file with its size, and its hash where it was copied; one that is erased meanwhile is passed over."""
    for key in blobs.list_older_than(now_utc() + timedelta(days=1)):
        with suppress(BlobMissing):
            if copies is None:
                yield {"key": key, "bytes": blobs.size(key), "sha256": None}
                continue
            target = copies / key
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            stored = blobs.download_to(key, target)
            yield {"key": key, "bytes": stored.bytes, "sha256": stored.sha256}


def _put_back(folder: Path, blobs: Blobs) -> int:
    """Put copied files back where they are missing, whole or not at all; how many there are now."""
    import obstore

    count = 0
    with (folder / LISTING).open(encoding="utf-8") as listing:
        for line in map(json.loads, listing):
            source = folder / AUDIO / line["key"]
            if not _is_there(blobs, line["key"]) and source.is_file():
                if source.stat().st_size != line["bytes"]:
                    raise InputError("error-backup-damaged", key=line["key"])
                obstore.put(blobs.store, line["key"], source)
            count += _is_there(blobs, line["key"])
    return count
