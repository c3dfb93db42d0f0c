"""The run's page, made from its data and nothing else."""

from __future__ import annotations

from typing import Any

from tests.bench.levels import Level, levels_of, work_s
from tests.bench.service_table import service_page

HEAD = """# Speed and memory

Made by `make bench ARGS="--out docs/bench.json"`, not written by hand. What needs no recogniser (`--measures`), what does
(`--recogniser`) and the service (`--service`) can be run anew alone, into the same data; no ratio goes across.

These are ratios within one run on a machine that others were using. Seconds differ from machine to machine and, here,
from minute to minute; a ratio of two cases that ran in turn is steadier, and is what the levels are about. Every case
is a process of its own on one core with one thread; CPU is user and system time, start-up included, of the best of the
runs. "All but recognition" and "more than" leave imports and loading of models out, on both sides.
"""
RIVALS = {
    "openSMILE call": "openSMILE, eGeMAPSv02 functionals, first channel",
    "openSMILE monologue": "openSMILE, eGeMAPSv02 functionals, the monologue",
    "pYIN": "librosa's pYIN, first channel (one minute, scaled)",
    "faster-whisper": "faster-whisper alone (base, int8, beam 5, word times), the call",
    "faster-whisper on the agent": "the same, the agent's speech alone, cut out of its channel",
}
OURS = {
    "measure call": "Puhepeili without recognition, the call",
    "measure monologue": "Puhepeili without recognition, the monologue",
    "measure long call": "Puhepeili without recognition, the long call",
    "score call": "Puhepeili with recognition, the call",
    "score other side": "Puhepeili with recognition, the other channel as the agent's",
}


def page(data: dict[str, Any]) -> str:
    """The page, in Markdown."""
    parts = [HEAD, _setting(data), "## Levels\n", _levels(levels_of(data)), "## Cases\n", _cases(data)]
    for case, title in OURS.items():
        if case in data["best"]:
            parts += [f"## Stages: {title}\n", _stages(data["best"][case], _seconds(data, case))]
    if "service" in data:
        parts.append(service_page(data["service"]))
    left_out = [f"- {name}: {why}" for name, why in data["skipped"].items()]
    if left_out:
        parts += ["## Left out\n", "\n".join(left_out) + "\n"]
    return "\n".join(parts)


def _setting(data: dict[str, Any]) -> str:
    loads = ", ".join(f"{load:.1f}" for load in data["loads"])
    return (
        f"Python {data['python']} on {data['machine']}, {data['cores']} cores; load average during the runs: {loads}. The"
        f" call is {data['minutes']:.0f} minutes of two channels at 8000 Hz in which the agent speaks"
        f" {data['left_share']:.0%} of the time; the monologue is as long, with one voice. With the pauses inside them the"
        f" turns of the agent take {data['turns'][0]:.0%}, those of the other side {data['turns'][1]:.0%}: so much of the call"
        " the recogniser has to hear, and what it costs against the whole follows that.\n"
    )


def _levels(levels: list[Level]) -> str:
    rows = ["| what | measured | wanted | reached |", "|---|---|---|---|"]
    for level in levels:
        sign = "at most" if level.at_most else "at least"
        measured = "not measured" if level.value is None else f"{level.value:.3g}{level.unit}"
        reached = level.note or "-" if level.met is None else "yes" if level.met else "**no**"
        rows.append(f"| {level.what} | {measured} | {sign} {level.limit:g}{level.unit} | {reached} |")
    return "\n".join(rows) + "\n"


def _cases(data: dict[str, Any]) -> str:
    rows = [
        "| case | CPU s | times real time | without start-up | peak MB |",
        "|---|---|---|---|---|",
    ]
    for case, title in (OURS | RIVALS).items():
        if case not in data["best"]:
            continue
        run, seconds = data["best"][case], _seconds(data, case)
        cpu_s, work = run["cpu_s"], work_s(run)
        if case == "faster-whisper on the agent":
            seconds = data["agent_s"]
        if case == "pYIN":
            work = cpu_s = run["stages_cpu_s"]["pitch"] * seconds / data["pyin_s"]
        peak = "-" if run["peak_mb"] is None else f"{run['peak_mb']:.0f}"
        rows.append(f"| {title} | {cpu_s:.2f} | {seconds / cpu_s:.1f} | {seconds / work:.1f} | {peak} |")
    return "\n".join(rows) + "\n"


def _stages(run: dict[str, Any], seconds: float) -> str:
    rows = ["| stage | CPU s | times real time | peak MB |", "|---|---|---|---|"]
    for stage, cpu_s in run["stages_cpu_s"].items():
        peak = run["stages_peak_mb"].get(stage)
        shown = "-" if peak is None else f"{peak:.0f}"
        rows.append(f"| {stage} | {cpu_s:.3f} | {seconds / max(cpu_s, 1e-4):.0f} | {shown} |")
    return "\n".join(rows) + "\n"


def _seconds(data: dict[str, Any], case: str) -> float:
    return float(60 * (data["long_minutes"] if case == "measure long call" else data["minutes"]))
