"""Audio and transcripts as they were sent in: kept in a local folder or an S3 bucket, written and read in streams."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from app.errors import InputError, UsageError

if TYPE_CHECKING:
    from obstore.store import ObjectStore

CHUNK_BYTES = 8 * 1024 * 1024
"""Size of one part of an upload; S3 takes no smaller ones than 5 MiB."""
READ_BYTES = 256 * 1024
_CONCURRENCY = 2
_ABORTED_AFTER = timedelta(days=1)


class TooLarge(InputError):
    """More bytes came than are taken in."""


class BlobMissing(LookupError):
    """Nothing lies under this key."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What was written: under which key, its SHA-256 in hexadecimal, and how many bytes."""

    key: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Blobs:
    """A place for files; made by `open_blobs`. Keys are random, so that two uploads never meet."""

    store: ObjectStore
    folder: Path | None = None

    def put_stream(self, chunks: Iterable[bytes], *, max_bytes: int) -> Stored:
        """Write what `chunks` give, and count and hash it on the way.

        The file appears under its key only when all of it is there. When the cap is passed or `chunks` raises,
        nothing is left, and what was raised goes on to the caller.

        Raises
        ------
        TooLarge
            If more than `max_bytes` come.
        """
        import obstore

        key, tally = _new_key(), _Tally(max_bytes)
        obstore.put(self.store, key, tally.counted(chunks), chunk_size=CHUNK_BYTES, max_concurrency=_CONCURRENCY)
        return tally.stored(key)

    async def put_stream_async(self, chunks: AsyncIterable[bytes], *, max_bytes: int) -> Stored:
        """As `put_stream`, from an asynchronous source such as the body of a request.

        Raises
        ------
        TooLarge
            If more than `max_bytes` come.
        """
        import obstore

        key, tally = _new_key(), _Tally(max_bytes)
        counted = tally.counted_async(chunks)
        await obstore.put_async(self.store, key, counted, chunk_size=CHUNK_BYTES, max_concurrency=_CONCURRENCY)
        return tally.stored(key)

    def size(self, key: str) -> int:
        """Bytes under `key`.

        Raises
        ------
        BlobMissing
            If nothing lies there.
        """
        import obstore

        try:
            return int(obstore.head(self.store, key)["size"])
        except FileNotFoundError as error:
            raise BlobMissing(key) from error

    def get_range(self, key: str, start: int, end: int) -> bytes:
        """Bytes ``[start, end)``; fewer where the file ends before.

        Raises
        ------
        BlobMissing
            If nothing lies there.
        """
        return b"".join(self.stream(key, start, end))

    def stream(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Bytes ``[start, end)`` in pieces, to the end of the file where `end` is None.

        Asked for at once, read as the pieces are taken.

        Raises
        ------
        BlobMissing
            If nothing lies there.
        ValueError
            If the range is no range.
        """
        import obstore

        if start < 0 or (end is not None and end < start):
            raise ValueError(f"[{start}, {end}) is no range of bytes")
        size = self.size(key)
        end = size if end is None else min(end, size)
        if start >= end:
            return iter(())
        try:
            found = obstore.get(self.store, key, options={"range": (start, end)})
        except FileNotFoundError as error:
            raise BlobMissing(key) from error
        return (bytes(piece) for piece in found.stream(min_chunk_size=READ_BYTES))

    def download_to(self, key: str, path: Path) -> Stored:
        """Write all of it into a new file at `path`, and say what was written.

        Raises
        ------
        BlobMissing
            If nothing lies there.
        FileExistsError
            If there is a file at `path`.
        """
        pieces, tally = self.stream(key), _Tally(None)
        with path.open("xb") as file:
            for piece in tally.counted(pieces):
                file.write(piece)
        return tally.stored(key)

    def delete(self, key: str) -> None:
        """Take it away; nothing happens where nothing lies."""
        import obstore

        with suppress(FileNotFoundError):
            obstore.delete(self.store, key)

    def list_older_than(self, moment: datetime) -> Iterator[str]:
        """Keys of what was written before `moment`, so that a sweep can delete what no call needs.

        In a local folder, what a killed process left half-written is deleted on the way once it is a day old;
        in a bucket a lifecycle rule for incomplete uploads has to do that.
        """
        import obstore

        self._clear_half_written()
        for part in obstore.list(self.store):
            for found in part:
                if found["last_modified"] < moment:
                    yield str(found["path"])

    def _clear_half_written(self) -> None:
        """The library writes ``name#1`` and renames it, and lists no such names."""
        if self.folder is None:
            return
        oldest = (datetime.now(UTC) - _ABORTED_AFTER).timestamp()
        for path in self.folder.rglob("*#*"):
            with suppress(FileNotFoundError):
                if path.is_file() and path.stat().st_mtime < oldest:
                    path.unlink()


class _Tally:
    """Counts and hashes what goes by."""

    def __init__(self, max_bytes: int | None) -> None:
        self._max_bytes, self._bytes, self._hash = max_bytes, 0, hashlib.sha256()

    def counted(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            yield self._add(chunk)

    async def counted_async(self, chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            yield self._add(chunk)

    def stored(self, key: str) -> Stored:
        return Stored(key, self._hash.hexdigest(), self._bytes)

    def _add(self, chunk: bytes) -> bytes:
        self._bytes += len(chunk)
        if self._max_bytes is not None and self._bytes > self._max_bytes:
            raise TooLarge("error-upload-too-large", most=self._max_bytes)
        self._hash.update(chunk)
        return chunk


def open_blobs(url: str) -> Blobs:
    """The place that `url` names.

    Parameters
    ----------
    url : str
        ``file:///folder``, made where it is missing, or ``s3://bucket/prefix?endpoint=…&region=…``; the keys of the
        bucket are taken from ``AWS_ACCESS_KEY_ID`` and ``AWS_SECRET_ACCESS_KEY``, or from the machine's role.

    Raises
    ------
    UsageError
        If the URL is of another kind, or has a part that is not known.
    """
    from obstore.store import LocalStore

    parts = urlsplit(url)
    if parts.scheme == "file" and parts.netloc in ("", "localhost") and parts.path and not parts.query:
        folder = Path(unquote(parts.path))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Blobs(LocalStore(folder), folder)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if parts.scheme != "s3" or not parts.netloc or not options.keys() <= {"endpoint", "region"}:
        raise UsageError("error-setting-blobs-url", value=url.rpartition("@")[2])
    return Blobs(_bucket(parts.netloc, unquote(parts.path).strip("/"), options))


def _bucket(name: str, prefix: str, options: dict[str, str]) -> ObjectStore:
    from obstore.store import S3Store

    given: dict[str, Any] = {"region": options.get("region") or os.environ.get("AWS_REGION") or "us-east-1"}
    if "endpoint" in options:
        given |= {"endpoint": options["endpoint"], "virtual_hosted_style_request": False}
        given["client_options"] = {"allow_http": options["endpoint"].startswith("http://")}
    return S3Store(name, prefix=prefix or None, **given)


def _new_key() -> str:
    """A random name that nobody can guess, in one of 256 folders."""
    name = secrets.token_hex(20)
    return f"{name[:2]}/{name}"
