"""How this process keeps the memory that it has freed."""

from __future__ import annotations

import ctypes
from functools import cache

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX, _ARENA_MAX = -1, -2, -4, -8
"""Numbers of glibc's ``mallopt``."""


@cache
def keep_freed_memory(*, ahead: int = 64 << 20) -> bool:
    """Freed memory stays with the process, to be used again; True where the C library can be told so.

    Parameters
    ----------
    ahead : int
        Bytes asked of the system at a time.

    Notes
    -----
    glibc gives every large block back at once and asks for a new one the next time, which the system first fills with
    zeros. The recogniser's encoder takes and frees 72 MB in each of its layers; a fourth of its time went into that. The
    highest use of memory is the same either way. Where the library is another one, nothing is changed.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return False
    most = 2**31 - 1
    return all(
        mallopt(option, value) == 1
        for option, value in ((_MMAP_MAX, 0), (_TRIM_THRESHOLD, most), (_TOP_PAD, ahead), (_ARENA_MAX, 1))
    )
