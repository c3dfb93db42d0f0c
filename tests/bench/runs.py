"""Starts each case in a fresh process on one core, and keeps the best of several runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "PUHEPEILI_THREADS")
NEEDS = {"openSMILE": "opensmile", "pYIN": "librosa"}


@dataclass(frozen=True, slots=True)
class Run:
    """One process.

    Parameters
    ----------
    case : str
    cpu_s, wall_s : float
        User and system time of the whole process, its start included; and time on the clock.
    peak_mb : float or None
    stages_cpu_s, stages_peak_mb : dict
    """

    case: str
    cpu_s: float
    wall_s: float
    peak_mb: float | None
    stages_cpu_s: dict[str, float]
    stages_peak_mb: dict[str, float]

    def record(self) -> dict[str, Any]:
        """As it stands in the data file."""
        return asdict(self)


def missing(case: str) -> str | None:
    """The package that a case needs and this environment lacks."""
    package = NEEDS.get(case)
    return package if package and find_spec(package) is None else None


def run(case: str, call: Path, bytecode: Path) -> Run:
    """The case, once."""
    cpu_s, wall_s, printed = timed([sys.executable, "-m", "tests.bench.child", case, str(call)], bytecode, cores=1)
    found = json.loads(printed.splitlines()[-1])
    stages: dict[str, float] = found["peak_mb"]
    return Run(case, cpu_s, wall_s, max(stages.values(), default=None), found["cpu_s"], stages)


def best(runs: Sequence[Run]) -> Run:
    """The run that was disturbed least."""
    return min(runs, key=lambda one: one.cpu_s)


def timed(command: Sequence[str], bytecode: Path, *, cores: int) -> tuple[float, float, str]:
    """CPU seconds of a command and its children, wall seconds, and what it printed; on the last `cores` cores."""
    began, before = time.perf_counter(), os.times()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=_environment(bytecode),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        preexec_fn=_pinned(cores),
    )
    wall_s, after = time.perf_counter() - began, os.times()
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed with exit code {done.returncode}")
    cpu_s = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu_s, wall_s, done.stdout


def cores_here() -> list[int]:
    """The cores that this process may use."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else list(range(os.cpu_count() or 1))


def _pinned(cores: int) -> Any:
    if not hasattr(os, "sched_setaffinity"):
        return None
    chosen = set(cores_here()[-cores:])
    return lambda: os.sched_setaffinity(0, chosen)


def _environment(bytecode: Path) -> dict[str, str]:
    """One thread everywhere, and compiled Python kept as it is in an installed program."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | dict.fromkeys(THREADS, "1") | {"PYTHONPYCACHEPREFIX": str(bytecode)}
