"""Decodes broken recordings, each in a fork that runs what a call's child runs, under a child's limits.

``python -m tests.faults.decoding_process OUTER SEED FIRST COUNT LIMIT_S`` prints one JSON object for each recording.
``OUTER`` gets the folders ``work`` and ``source``; everything else in it is watched.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from app.jobs.bounds import die_with_parent, limit_memory
from app.jobs.child import serve
from app.jobs.config import JobConfig
from tests.faults.mutations import mutated

CPU_S = 60.0


def watched(outer: Path) -> dict[str, tuple[int, int]]:
    """Everything around the work folder: by place, size and time of last change."""
    found = {}
    for folder, folders, files in os.walk(outer):
        if Path(folder) == outer:
            folders.remove("work")
            folders.remove("source")
        for name in files:
            path = Path(folder) / name
            about = path.lstat()
            found[str(path.relative_to(outer))] = (about.st_size, about.st_mtime_ns)
    return found


def decode_one(outer: Path, seed: int, number: int, limit_s: float) -> dict[str, Any]:
    """One recording: what the child answered, or how it ended."""
    kind, content = mutated(seed, number)
    source, work = outer / "source" / str(number), outer / "work" / str(number)
    source.write_bytes(content)
    work.mkdir()
    begun = time.monotonic()
    said = _in_a_fork(work, source, limit_s)
    took_s = time.monotonic() - begun
    beside = sorted(path.name for path in (outer / "work").iterdir()) + sorted(
        path.name for path in (outer / "source").iterdir()
    )
    unchanged = source.read_bytes() == content
    shutil.rmtree(work)
    source.unlink()
    strayed = beside != [str(number)] * 2 or not unchanged
    return {"number": number, "kind": kind, "took_s": round(took_s, 3), "strayed": strayed} | said


def _in_a_fork(work: Path, source: Path, limit_s: float) -> dict[str, Any]:
    heard, told = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(heard)
        _decode(work, source, told)
    os.close(told)
    lines, until = b"", time.monotonic() + limit_s
    while select.select([heard], [], [], max(0.0, until - time.monotonic()))[0]:
        piece = os.read(heard, 65536)
        if not piece:
            break
        lines += piece
    else:
        os.kill(pid, signal.SIGKILL)
    os.close(heard)
    _, status = os.waitpid(pid, 0)
    if time.monotonic() >= until:
        return {"end": "hung"}
    if os.WIFSIGNALED(status):
        return {"end": "signal", "signal": os.WTERMSIG(status)}
    last = json.loads(lines.splitlines()[-1])
    if "done" in last:
        return {"end": "done"}
    if "error" in last:
        return {"end": "refused", "id": last["error"]["id"]}
    return {"end": "crash", "crash": last["crash"]}


def _decode(work: Path, source: Path, told: int) -> NoReturn:
    os.setsid()
    die_with_parent()
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    limit_memory(JobConfig(data_dir=work).child_memory_bytes)
    asked = {
        "step": "decode",
        "work": str(work),
        "source": str(source),
        "name": "puhelu",
        "options": {},
        "cpu_s": CPU_S,
    }
    serve(iter([asked]), lambda reply: os.write(told, json.dumps(reply).encode() + b"\n") and None)
    os._exit(0)


def _import_all() -> None:
    """So that no fork has to."""
    import soxr  # noqa: F401

    import app.messages
    import app.scoring
    import app.stages  # noqa: F401


def main() -> None:
    """Decode as many as asked, and say at the end what changed around them."""
    outer = Path(sys.argv[1])
    seed, first, count = (int(one) for one in sys.argv[2:5])
    _import_all()
    for name in ("work", "source"):
        (outer / name).mkdir(exist_ok=True)
    before = watched(outer)
    for number in range(first, first + count):
        print(json.dumps(decode_one(outer, seed, number, float(sys.argv[5]))), flush=True)
    print(json.dumps({"end": "all", "same_around": watched(outer) == before}), flush=True)


if __name__ == "__main__":
    main()
