"""A disk that can be filled and emptied: a small file system of its own, or a limit on files where none can be mounted."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MIB = 1024 * 1024


class SmallDisk:
    """A file system in memory.

    Parameters
    ----------
    folder : Path
        Where it is mounted.
    """

    kind = "a disk of its own"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, processes: list[int], *, spare_bytes: int) -> None:
        """Leave no more than `spare_bytes` free."""
        with (self.folder / "ballast").open("wb") as ballast, suppress(OSError):
            size = os.statvfs(self.folder)
            os.posix_fallocate(ballast.fileno(), 0, max(1, size.f_bavail * size.f_frsize - spare_bytes))

    def free(self, processes: list[int]) -> None:
        """Make room again."""
        (self.folder / "ballast").unlink(missing_ok=True)


class FileLimit(SmallDisk):
    """The stand-in where nothing may be mounted: no file of the processes may grow past a limit."""

    kind = "a limit on the size of files, since nothing could be mounted"

    def fill(self, processes: list[int], *, spare_bytes: int) -> None:
        """Let no file grow past `spare_bytes`."""
        for pid in processes:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (spare_bytes, resource.RLIM_INFINITY))

    def free(self, processes: list[int]) -> None:
        """Lift the limit."""
        for pid in processes:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def small_disk(folder: Path, size_bytes: int) -> Iterator[SmallDisk]:
    """A disk at `folder`, which is made; it goes with the block."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size_bytes},mode=0700", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    try:
        yield SmallDisk(folder) if mounted else FileLimit(folder)
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
