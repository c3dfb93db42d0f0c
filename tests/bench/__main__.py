"""Speed and memory against others in the same run: ``python -m tests.bench [--quick] [--minutes 10] [--out FILE]``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.child import CHUNK_S
from tests.bench.levels import FREE_SHARE, LONG_MINUTES, levels_of
from tests.bench.material import Material, agents_speech, cut_off, made
from tests.bench.runs import ROOT, Run, best, cores_here, missing, run, timed
from tests.bench.service_table import service_page
from tests.bench.table import page

BATCH_CALLS, BATCH_MINUTES, BATCH_ROUNDS = 100, 5.0, 2
"""Trainers score by the hundred; what a batch costs once, its start and its tables, is still in the figure."""
HELP_RUNS = 10
SHORT_CALL = ROOT / "samples" / "hyva_puhelu.wav"
RECOGNISED_ROUNDS = 2
"""A run with the recogniser takes a minute; what others use of the machine moves it by a tenth."""


def main() -> None:
    """Run the cases in turn, print the page, and write data and page."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two minutes, once, no long call and no recogniser")
    parser.add_argument("--minutes", type=float, help="length of the call and of the monologue; 10 unless told")
    parser.add_argument("--runs", type=int, help="runs of each case but the recogniser's, the best of which counts")
    parser.add_argument("--no-asr", action="store_true", help="leave the recogniser out, which takes most of the time")
    part = parser.add_mutually_exclusive_group()
    part.add_argument(
        "--measures", action="store_true", help="run what needs no recogniser alone, into the data of --out"
    )
    part.add_argument("--recogniser", action="store_true", help="run what needs it alone, into the data of --out")
    part.add_argument("--service", action="store_true", help="run the service's part alone, into the data of --out")
    parser.add_argument("--out", type=Path, help="file for the data, as JSON; the page goes beside it, as .md")
    parser.add_argument("--page-of", type=Path, help="run nothing: make the page anew from this data file")
    asked = parser.parse_args()
    if asked.page_of:
        data = json.loads(asked.page_of.read_text(encoding="utf-8"))
        asked.page_of.with_suffix(".md").write_text(page(data), encoding="utf-8")
        return
    if asked.measures or asked.recogniser:
        if asked.out is None or not asked.out.exists():
            parser.error("a part alone needs the data that it belongs to: --out FILE")
        _written(asked.out, _anew(asked))
        return
    if asked.service:
        data = json.loads(asked.out.read_text(encoding="utf-8")) if asked.out else {}
        data |= _service(asked)
        print(service_page(data["service"]))
        if asked.out:
            _written(asked.out, data)
        return
    minutes = asked.minutes or (2.0 if asked.quick else 10.0)
    with tempfile.TemporaryDirectory(prefix="puhepeili-bench-") as name:
        folder = Path(name)
        material = made(folder, minutes=minutes, long_minutes=minutes if asked.quick else LONG_MINUTES)
        data = _data(material, folder, asked)
    print(page(data))
    if asked.out:
        _written(asked.out, data)
    if any(level.met is False for level in levels_of(data)):
        print("a level was not reached; on a busy machine, run it again before you look for the cause", file=sys.stderr)


def _anew(asked: argparse.Namespace) -> dict[str, Any]:
    """The data of a file with one of its parts run anew."""
    data: dict[str, Any] = json.loads(asked.out.read_text(encoding="utf-8"))
    loads = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory(prefix="puhepeili-bench-") as name:
        folder = Path(name)
        material = made(folder, minutes=data["minutes"], long_minutes=data["long_minutes"])
        if asked.measures:
            found = _measures(material, folder, asked.runs or 3, data["skipped"])
        else:
            data["skipped"].pop("recogniser", None)
            found = _kept(_recognised(material, agents_speech(material.call, folder)[0], folder))
    loads.append(os.getloadavg()[0])
    for kept in ("best", "all_cpu_s"):
        found[kept] = data[kept] | found[kept]
    return data | found | {"loads": data["loads"] + loads}


def _measures(material: Material, folder: Path, rounds: int, skipped: dict[str, str]) -> dict[str, Any]:
    """The part of the data that needs no recogniser."""
    runs = _rounds(material, folder, rounds, skipped)
    runs["measure long call"] = [_said(run("measure call", material.long_call, folder / "bytecode"))]
    return _kept(runs) | {"help_s": _help_s(folder), "batch": _batch(material, folder, rounds, skipped)}


def _recognised(material: Material, said: Path, folder: Path) -> dict[str, list[Run]]:
    """Every case with a recogniser in turn, after short runs that leave compiled Python behind; `said` by the agent."""
    for case in ("score call", "faster-whisper"):
        run(case, SHORT_CALL, folder / "bytecode")
    calls = dict.fromkeys(("score call", "score other side", "faster-whisper"), material.call)
    calls["faster-whisper on the agent"] = said
    runs: dict[str, list[Run]] = {case: [] for case in calls}
    for _ in range(RECOGNISED_ROUNDS):
        for case, call in calls.items():
            runs[case].append(_said(run(case, call, folder / "bytecode")))
    return runs


def _kept(runs: dict[str, list[Run]]) -> dict[str, Any]:
    """The runs as they stand in the data file."""
    return {
        "best": {case: best(found).record() for case, found in runs.items()},
        "all_cpu_s": {case: [one.cpu_s for one in found] for case, found in runs.items()},
    }


def _written(out: Path, data: dict[str, Any]) -> None:
    out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    out.with_suffix(".md").write_text(page(data), encoding="utf-8")


def _service(asked: argparse.Namespace) -> dict[str, Any]:
    """The service's part of the data, on the databases that are here."""
    from tests.bench.service import SHORT, Load, service_figures

    load = SHORT if asked.quick else Load(recognised=0) if asked.no_asr else Load()
    installed = any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return {"service": service_figures(load, ("sqlite", "postgresql") if installed else ("sqlite",))}


def _data(material: Material, folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    skipped: dict[str, str] = {}
    said, said_s = agents_speech(material.call, folder)
    loads = [os.getloadavg()[0]]
    rounds = asked.runs or (1 if asked.quick else 3)
    runs = _rounds(material, folder, rounds, skipped)
    loads.append(os.getloadavg()[0])
    if asked.quick or asked.no_asr:
        skipped["recogniser"] = "left out of a short run"
    else:
        runs |= _recognised(material, said, folder)
        loads.append(os.getloadavg()[0])
    if not asked.quick:
        runs["measure long call"] = [_said(run("measure call", material.long_call, folder / "bytecode"))]
    batch = _batch(material, folder, rounds, skipped)
    loads.append(os.getloadavg()[0])
    return {
        "minutes": material.seconds / 60,
        "long_minutes": material.long_seconds / 60,
        "left_share": material.left_share,
        "turns": [material.left_turns, material.right_turns],
        "agent_s": said_s,
        "pyin_s": min(CHUNK_S, material.seconds),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": len(cores_here()),
        "loads": loads,
        **_kept(runs),
        "help_s": _help_s(folder),
        "batch": batch,
        "skipped": skipped,
    } | _service(asked)


def _rounds(material: Material, folder: Path, rounds: int, skipped: dict[str, str]) -> dict[str, list[Run]]:
    """Every quick case in turn, `rounds` times over, after one that is not counted and leaves compiled Python behind."""
    plan = {
        "measure call": ("measure call", material.call),
        "openSMILE call": ("openSMILE", material.call),
        "measure monologue": ("measure monologue", material.monologue),
        "openSMILE monologue": ("openSMILE", material.monologue),
        "pYIN": ("pYIN", material.call),
    }
    for label, (case, _) in list(plan.items()):
        if package := missing(case):
            skipped[case] = f"the package {package} is not installed; it serves this comparison alone"
            del plan[label]
    for case, call in plan.values():
        run(case, call, folder / "bytecode")
    found: dict[str, list[Run]] = {label: [] for label in plan}
    for _ in range(rounds):
        for label, (case, call) in plan.items():
            found[label].append(_said(run(case, call, folder / "bytecode")))
    return found


def _batch(material: Material, folder: Path, rounds: int, skipped: dict[str, str]) -> dict[str, float]:
    """Wall seconds of a batch of calls on one core and on two, the best of several in turn."""
    if len(cores_here()) < 2:
        skipped["batch"] = "this machine has one core"
        return {}
    calls = folder / "calls"
    calls.mkdir()
    minutes = min(BATCH_MINUTES, material.seconds / 60)
    cut_off(material.call, 60 * minutes, folder / "short.wav")
    for number in range(BATCH_CALLS):
        shutil.copy(folder / "short.wav", calls / f"{number}.wav")
    taken: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    for number in range(min(rounds, BATCH_ROUNDS)):
        for workers in (1, 2):
            command = [
                sys.executable,
                "-m",
                "app.cli",
                "batch",
                str(calls),
                "--out",
                str(folder / f"{number}{workers}"),
            ]
            options = ["--workers", str(workers), "--agent", "left", "--no-asr"]
            cpu_s, wall_s, _ = timed([*command, *options], folder / "bytecode", cores=workers)
            taken[workers].append((wall_s, cpu_s))
        if taken[1][-1][1] < FREE_SHARE * taken[1][-1][0]:
            break  # others hold the cores, and another round would tell no more
    (one_s, one_cpu_s), (two_s, two_cpu_s) = min(taken[1]), min(taken[2])
    size = {"calls": BATCH_CALLS, "minutes": minutes}
    return size | {"one_s": one_s, "two_s": two_s, "one_cpu_s": one_cpu_s, "two_cpu_s": two_cpu_s}


def _help_s(folder: Path) -> float:
    command = [sys.executable, "-m", "app.cli", "--help"]
    return min(timed(command, folder / "bytecode", cores=1)[1] for _ in range(HELP_RUNS))


def _said(done: Run) -> Run:
    print(f"{done.case}: {done.cpu_s:.1f} s of CPU", file=sys.stderr)
    return done


if __name__ == "__main__":
    main()
