"""Broken recordings without end, decoded as a worker has them decoded."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from app.errors import PuhepeiliError
from app.jobs.child_process import ChildProcess, StepCrashed
from app.jobs.config import JobConfig
from tests.faults.cases import Scale
from tests.faults.decoding_process import watched
from tests.faults.mutations import mutated
from tests.faults.setting import ROOT, Setting
from tests.faults.web_cases import peak_mb

SEED = 20_261_121
LIMIT_S = 60.0
MANY = 1000
BY_CHILDREN = 100
"""One of so many is decoded once more by a child of its own, asked as a worker asks."""


def broken_recordings(setting: Setting, scale: Scale) -> str:
    """Broken recordings of every kind go through the decoder."""
    outers = [setting.folder / f"outer-{number}" for number in range(2 if scale.mutated > MANY else 1)]
    for outer in outers:
        _surround(outer)
    before = [watched(outer) for outer in outers]
    begun, peak = time.monotonic(), peak_mb(os.getpid())
    found = _by_forks(outers, scale.mutated)
    took_s = time.monotonic() - begun
    ends = Counter(one["end"] for one in found)
    strayed = [one for one in found if one["strayed"]]
    crashed = [one for one in found if one["end"] in ("signal", "crash", "hung")]
    assert not strayed, strayed[:3]
    assert ends["hung"] == 0, crashed[:3]
    asked = asyncio.run(_by_children(outers[0], range(0, scale.mutated, BY_CHILDREN)))
    assert [watched(outer) for outer in outers] == before, "something outside the work folder was changed"
    assert peak_mb(os.getpid()) - peak < 64.0
    slowest = max(found, key=lambda one: one["took_s"])
    refused = Counter(one["id"] for one in found if one["end"] == "refused")
    return (
        f"{len(found)} recordings of {len({one['kind'] for one in found})} kinds in {took_s:.0f} s: {ends['done']} decoded,"
        f" {ends['refused']} refused with {len(refused)} sentences, {ends['crash']} faults of ours, {ends['signal']} crashes"
        f" of the child, 0 hung (slowest {slowest['took_s']:.1f} s, number {slowest['number']}), 0 files outside;"
        f" {sum(asked.values())} of them once more by a child as a worker asks it: {dict(asked)}{_told(crashed)}"
    )


def _told(crashed: list[dict[str, Any]]) -> str:
    return "" if not crashed else "; the first faults: " + json.dumps(crashed[:5])


def _surround(outer: Path) -> None:
    """Folders that a decoder might stray into."""
    for name in ("work", "source", "home", "here", "scratch"):
        (outer / name).mkdir(parents=True)
    for name in ("neighbour.wav", "home/.profile", "here/call.wav"):
        (outer / name).write_bytes(b"not to be touched")


def _environment(outer: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PUHEPEILI_")}
    places = {"HOME": str(outer / "home"), "TMPDIR": str(outer / "scratch"), "PYTHONPATH": str(ROOT)}
    return kept | places | {"PYTHONDONTWRITEBYTECODE": "1"}


def _by_forks(outers: list[Path], count: int) -> list[dict[str, Any]]:
    """What came of each, in as many processes as there are folders; if one of them is lost, that is a fault."""
    share = count // len(outers)
    running = []
    for number, outer in enumerate(outers):
        numbers = [str(SEED), str(number * share), str(share), str(LIMIT_S)]
        command = [sys.executable, "-m", "tests.faults.decoding_process", str(outer), *numbers]
        running.append(
            subprocess.Popen(
                command, cwd=outer / "here", env=_environment(outer), stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
            )
        )
    with ThreadPoolExecutor(len(running)) as pool:
        outputs = list(pool.map(lambda process: process.communicate()[0], running))
    found: list[dict[str, Any]] = []
    for process, output in zip(running, outputs, strict=True):
        assert process.returncode == 0, f"the process that forks ended with {process.returncode}"
        *some, last = [json.loads(line) for line in output.splitlines()]
        assert last == {"end": "all", "same_around": True}, last
        found += some
    assert [one["number"] for one in found] == list(range(count))
    return found


async def _by_children(outer: Path, numbers: range) -> Counter[str]:
    """Ends of the recordings of these numbers, each decoded by `ChildProcess`."""
    config, ends = JobConfig(data_dir=outer), Counter[str]()
    for number in numbers:
        source, work = outer / "source" / str(number), outer / "work" / str(number)
        source.write_bytes(mutated(SEED, number)[1])
        work.mkdir()
        child = ChildProcess(config.child_command, config.child_memory_bytes)
        asked = {
            "step": "decode",
            "work": str(work),
            "source": str(source),
            "name": "puhelu",
            "options": {},
            "cpu_s": LIMIT_S,
        }
        try:
            async with asyncio.timeout(LIMIT_S):
                await child.ask(asked, lambda _: None)
            ends["decoded"] += 1
        except PuhepeiliError:
            ends["refused"] += 1
        except StepCrashed:
            ends["crashed"] += 1
        finally:
            await child.kill()
    return ends
