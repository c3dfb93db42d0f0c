"""What a process sets itself before it touches a stranger's file: memory, processor time, and no life of its own."""

from __future__ import annotations

import sys

_PR_SET_PDEATHSIG = 1


def limit_memory(size_bytes: int) -> None:
    """Bound this process's address space and let it leave no core file; 0 leaves memory open."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if size_bytes:
        resource.setrlimit(resource.RLIMIT_AS, (size_bytes, size_bytes))


def limit_cpu(cpu_s: float | None) -> None:
    """Let the kernel end this process when one step has taken `cpu_s` of processor time."""
    if sys.platform == "win32" or cpu_s is None:
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + cpu_s) + 1, hard))


def die_with_parent() -> None:
    """Have the kernel end this process with its parent even while a library holds the interpreter (Linux alone).

    Elsewhere the end of stdin does it, as soon as a thread gets to run.
    """
    if sys.platform != "linux":
        return
    import ctypes
    import signal

    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
