"""Files that were sent in, in a folder and in a bucket: all of it there, or nothing."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blobs import CHUNK_BYTES, BlobMissing, Blobs, TooLarge, open_blobs
from app.errors import UsageError
from tests.servers import s3_address

SOON = timedelta(minutes=1)


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of each kind of place in turn."""
    if request.param == "bucket":
        return str(request.getfixturevalue("bucket_url"))
    return (tmp_path / "äänet 100%").as_uri()


@pytest.fixture
def blobs(place: str) -> Blobs:
    return open_blobs(place)


def keys_in(blobs: Blobs) -> list[str]:
    return list(blobs.list_older_than(datetime.now(UTC) + SOON))


def half_written(place: str) -> list[str]:
    """What is left of uploads that did not end."""
    if place.startswith("file:"):
        folder = urllib.request.url2pathname(place.removeprefix("file://"))
        return [name for _, _, names in os.walk(folder) for name in names]
    bucket = re.match(r"s3://([^/]+)", place)
    assert bucket is not None
    with urllib.request.urlopen(f"{s3_address()}/{bucket[1]}?uploads", timeout=10) as answer:
        return re.findall(r"<UploadId>(.*?)</UploadId>", answer.read().decode())


def pieces(*sizes: int) -> Iterator[bytes]:
    for n, size in enumerate(sizes):
        yield bytes([n % 256]) * size


async def pieces_async(*sizes: int) -> AsyncIterator[bytes]:
    for piece in pieces(*sizes):
        yield piece


# --- known answer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [(), (0,), (5,), (1, 2, 3), (CHUNK_BYTES,), (CHUNK_BYTES + 1,), (3_000_000,) * 7])
def test_what_was_written_comes_back(blobs: Blobs, sizes: tuple[int, ...], tmp_path: Path) -> None:
    whole = b"".join(pieces(*sizes))
    stored = blobs.put_stream(pieces(*sizes), max_bytes=len(whole))
    assert (stored.bytes, stored.sha256) == (len(whole), hashlib.sha256(whole).hexdigest())
    assert asyncio.run(blobs.put_stream_async(pieces_async(*sizes), max_bytes=len(whole))).sha256 == stored.sha256
    assert b"".join(blobs.stream(stored.key)) == whole
    assert blobs.size(stored.key) == len(whole)
    assert blobs.download_to(stored.key, tmp_path / "copy") == stored
    assert (tmp_path / "copy").read_bytes() == whole
    with pytest.raises(FileExistsError):
        blobs.download_to(stored.key, tmp_path / "copy")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 10, b"0123456789"),
        (0, 1, b"0"),
        (9, 10, b"9"),
        (3, 7, b"3456"),
        (7, 99, b"789"),
        (10, 20, b""),
        (99, 120, b""),
        (4, 4, b""),
        (0, 0, b""),
    ],
)
def test_ranges(blobs: Blobs, start: int, end: int, expected: bytes) -> None:
    key = blobs.put_stream([b"01234", b"56789"], max_bytes=10).key
    assert blobs.get_range(key, start, end) == expected
    assert b"".join(blobs.stream(key, start)) == b"0123456789"[start:]


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 4)])
def test_no_range(blobs: Blobs, start: int, end: int) -> None:
    key = blobs.put_stream([b"01234"], max_bytes=10).key
    with pytest.raises(ValueError, match=rf"\[{start}, {end}\) is no range"):
        blobs.get_range(key, start, end)


@pytest.mark.parametrize("over", [(11,), (10, 1), (CHUNK_BYTES, CHUNK_BYTES, CHUNK_BYTES)])
def test_more_than_the_cap_leaves_nothing(blobs: Blobs, place: str, over: tuple[int, ...]) -> None:
    cap = sum(over) - 1
    with pytest.raises(TooLarge, match=r"at most .* bytes"):
        blobs.put_stream(pieces(*over), max_bytes=cap)
    with pytest.raises(TooLarge):
        asyncio.run(blobs.put_stream_async(pieces_async(*over), max_bytes=cap))
    assert (keys_in(blobs), half_written(place)) == ([], [])


@pytest.mark.parametrize("sizes", [(5,), (CHUNK_BYTES,) * 3])
def test_an_upload_that_breaks_off_leaves_nothing(blobs: Blobs, place: str, sizes: tuple[int, ...]) -> None:
    class GoneError(Exception):
        """The client went away."""

    def broken() -> Iterator[bytes]:
        yield from pieces(*sizes)
        raise GoneError("half-way")

    async def broken_async() -> AsyncIterator[bytes]:
        for piece in broken():
            yield piece

    with pytest.raises(GoneError, match="half-way"):
        blobs.put_stream(broken(), max_bytes=10**9)
    with pytest.raises(GoneError, match="half-way"):
        asyncio.run(blobs.put_stream_async(broken_async(), max_bytes=10**9))
    assert (keys_in(blobs), half_written(place)) == ([], [])


def test_a_cancelled_upload_leaves_no_file(blobs: Blobs) -> None:
    """In a bucket its parts stay until the lifecycle rule takes them: nobody is left to end the upload."""

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(CHUNK_BYTES)
            await asyncio.sleep(0.01)

    async def begin() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(blobs.put_stream_async(endless(), max_bytes=10**12), 0.3)

    asyncio.run(begin())
    assert keys_in(blobs) == []


def test_what_is_deleted_is_gone(blobs: Blobs) -> None:
    kept, gone = (blobs.put_stream([text], max_bytes=9).key for text in (b"kept", b"gone"))
    blobs.delete(gone)
    blobs.delete(gone)
    assert keys_in(blobs) == [kept]
    for ask in (blobs.size, blobs.stream, lambda key: blobs.get_range(key, 0, 1)):
        with pytest.raises(BlobMissing, match=gone):
            ask(gone)


def test_old_ones_are_listed(blobs: Blobs) -> None:
    made = {blobs.put_stream([b"x"], max_bytes=9).key for _ in range(3)}
    assert set(keys_in(blobs)) == made
    assert list(blobs.list_older_than(datetime.now(UTC) - SOON)) == []


def test_what_a_killed_process_left_is_swept_after_a_day(tmp_path: Path) -> None:
    blobs = open_blobs(tmp_path.as_uri())
    key = blobs.put_stream([b"whole"], max_bytes=9).key
    old, young = tmp_path / f"{key}#1", tmp_path / f"{key}#2"
    for path in (old, young):
        path.write_bytes(b"half")
    yesterday = (datetime.now(UTC) - timedelta(hours=25)).timestamp()
    os.utime(old, (yesterday, yesterday))
    assert keys_in(blobs) == [key]
    assert (old.exists(), young.exists()) == (False, True)


def test_a_folder_is_for_nobody_else(tmp_path: Path) -> None:
    open_blobs((tmp_path / "a" / "b").as_uri())
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "url", ["", "audio", "file://host/audio", "file:///a?x=1", "ftp://me:secret@h/a", "s3:///a", "s3://b?endpont=x"]
)
def test_other_places_are_wrong_usage(url: str) -> None:
    with pytest.raises(UsageError, match="PUHEPEILI_BLOBS_URL cannot be") as caught:
        open_blobs(url)
    assert "secret" not in str(caught.value)


def test_two_hundred_megabytes_take_little_memory(place: str) -> None:
    """In a process of its own, whose peak is its own; its memory before the upload is taken off."""
    code = f"""
import resource, sys
from app.blobs import open_blobs
blobs = open_blobs({place!r})
blobs.put_stream([b"x" * 1000], max_bytes=1000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
stored = blobs.put_stream((bytes(65536) for _ in range(3200)), max_bytes=10**9)
print(stored.bytes, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    written, growth = map(int, done.stdout.split())
    assert written == 3200 * 65536
    assert growth < 64 * 1024**2


# --- law --------------------------------------------------------------------------------------------------------------


@given(st.lists(st.binary(max_size=50), max_size=20), st.integers(0, 1200), st.integers(0, 1200))
def test_any_pieces_any_range(tmp_path_factory: pytest.TempPathFactory, parts: list[bytes], one: int, two: int) -> None:
    blobs = open_blobs(tmp_path_factory.getbasetemp().as_uri())
    whole = b"".join(parts)
    stored = blobs.put_stream(iter(parts), max_bytes=1000)
    assert stored.sha256 == hashlib.sha256(whole).hexdigest()
    start, end = sorted((one, two))
    assert blobs.get_range(stored.key, start, end) == whole[start:end]
    blobs.delete(stored.key)


def test_no_two_uploads_get_one_name(tmp_path: Path) -> None:
    blobs = open_blobs(tmp_path.as_uri())
    assert len({blobs.put_stream([b"same"], max_bytes=9).key for _ in range(50)}) == 50
