"""Freed memory is used again: large blocks taken and freed over and over cost no new pages."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from models.memory import keep_freed_memory

COUNTED = """
import ctypes, resource, sys
from models.memory import keep_freed_memory
if sys.argv[1] == "kept":
    assert keep_freed_memory()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.malloc.argtypes, libc.free.argtypes = [ctypes.c_size_t], [ctypes.c_void_p]
def round():
    block = libc.malloc(64 << 20)
    ctypes.memset(block, 1, 64 << 20)
    libc.free(block)
round()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(5):
    round()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(how: str) -> int:
    done = subprocess.run([sys.executable, "-c", COUNTED, how], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told")
def test_blocks_are_taken_from_the_system_once() -> None:
    """Known answer: five rounds of 64 MB are 5 x 16,384 pages of 4 KB where they are given back, and none where not."""
    assert faults("as it is") > 10_000
    assert faults("kept") < 100


def test_the_library_is_told_once() -> None:
    keep_freed_memory()
    told = keep_freed_memory.cache_info().misses
    keep_freed_memory()
    assert keep_freed_memory.cache_info().misses == told == 1
