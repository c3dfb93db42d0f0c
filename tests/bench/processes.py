"""What a process and all that it started have used."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
NAMES = {"app.jobs.worker": "worker", "app.jobs.child": "child", "app.cli": "web"}


def descendants(pid: int) -> list[int]:
    """A process and all that live of those it started, however indirectly."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):
                stat = (folder / "stat").read_text(encoding="latin-1")
                parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def cpu_s_of(pid: int) -> float:
    """Processor seconds of a process and of all that it started, those that have ended included."""
    ticks = 0
    for one in descendants(pid):
        with suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text(encoding="latin-1").rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / _TICKS


def peaks_of(pid: int) -> dict[str, float]:
    """Most memory in MB that a web process, a worker and a call's child among these have held so far."""
    found: dict[str, float] = {}
    for one in descendants(pid):
        with suppress(OSError):
            command = Path(f"/proc/{one}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            peak = _PEAK.search(Path(f"/proc/{one}/status").read_text(encoding="utf-8"))
            kind = next((NAMES[word] for word in command if word in NAMES), None)
            if kind is not None and peak is not None:
                found[kind] = max(found.get(kind, 0.0), int(peak[1]) / 1024)
    return found
