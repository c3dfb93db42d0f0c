"""The levels that the product holds itself to, as ratios within one run: a shared machine's own speed cancels out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.bench.service_table import DATABASES, REQUESTS

CALL_BY_SMILE = 2.24
MONOLOGUE_BY_SMILE = 1.34
"""150 and 90 times real time on a machine where openSMILE does 67."""

LONG_MINUTES = 180.0
CALL_BY_PLAIN = 0.6
ADDED = 0.05
STARTING = ("start", "load models", "load recogniser")
"""Stages whose time does not grow with the call; a batch goes through them once, a command and the service for each call."""
GROWTH_MB = 150.0
HELP_S = 0.3
BATCH = 1.9
SCORECARD_MS = 500.0
SUBMIT_MS = 1000.0
READY_S = 60.0
READY_SHARE = 1 / 3
EVENT_S = 10.0
FREE_SHARE = 0.9
"""A process that gets less than this of its core shares it, and its time on the clock says nothing."""


@dataclass(frozen=True, slots=True)
class Level:
    """One thing held against a limit; `value` is None where it was not measured, and `note` says why."""

    what: str
    value: float | None
    limit: float
    at_most: bool
    unit: str = ""
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether it was reached."""
        if self.value is None:
            return None
        return self.value <= self.limit if self.at_most else self.value >= self.limit


def levels_of(data: dict[str, Any]) -> list[Level]:
    """Every level, from a run's data."""
    best: dict[str, Any] = data["best"]
    return [
        _by_smile(data, "measure call", "openSMILE call", CALL_BY_SMILE, "a two-channel call, all but recognition"),
        _by_smile(data, "measure monologue", "openSMILE monologue", MONOLOGUE_BY_SMILE, "a monologue, the same"),
        _ratio(data, "score call", 0),
        _ratio(data, "score other side", 1),
        Level(
            "CPU of a whole score, more than plain faster-whisper on the agent's speech alone", _more(best), ADDED, True
        ),
        Level(
            "CPU of all but recognition, against plain faster-whisper on the agent's speech alone",
            _added(best, "faster-whisper on the agent"),
            ADDED,
            True,
        ),
        Level("CPU of all but recognition, against our own recognition of it", _added(best, "score call"), ADDED, True),
        Level(
            f"peak memory of a call of {LONG_MINUTES:.0f} minutes, more than that of the shorter one",
            _growth_mb(best),
            GROWTH_MB,
            True,
            " MB",
        ),
        Level("`puhepeili --help`, on the clock", data["help_s"], HELP_S, True, " s"),
        _batch(data),
        *_service(data.get("service", {})),
    ]


def work_s(run: dict[str, Any]) -> float:
    """CPU seconds of a run without its start: imports, and loading of models."""
    stages: dict[str, float] = run["stages_cpu_s"]
    return float(run["cpu_s"] - sum(stages.get(name, 0.0) for name in STARTING))


def _by_smile(data: dict[str, Any], ours: str, theirs: str, limit: float, what: str) -> Level:
    best = data["best"]
    note = data["skipped"].get("openSMILE", "")
    value = best[theirs]["cpu_s"] / best[ours]["cpu_s"] if theirs in best and ours in best else None
    return Level(f"speed of openSMILE's eGeMAPSv02: {what}", value, limit, False, " times", note)


def _ratio(data: dict[str, Any], ours: str, side: int) -> Level:
    best, plain = data["best"], "faster-whisper"
    value = best[ours]["cpu_s"] / best[plain]["cpu_s"] if ours in best and plain in best else None
    what = "CPU of a whole score against plain faster-whisper on the same file"
    return Level(f"{what}, turns of the agent {data['turns'][side]:.0%} of it", value, CALL_BY_PLAIN, True, " times")


def _more(best: dict[str, Any]) -> float | None:
    """Share by which a whole score costs more than transcribing what the agent says, done plainly."""
    plain = "faster-whisper on the agent"
    if "score call" not in best or plain not in best:
        return None
    return work_s(best["score call"]) / work_s(best[plain]) - 1


def _added(best: dict[str, Any], transcribing: str) -> float | None:
    """All but recognition, as a share of what recognition takes in another case."""
    recognised = [
        best.get(case, {}).get("stages_cpu_s", {}).get("recognise", 0.0) for case in ("score call", transcribing)
    ]
    return (work_s(best["score call"]) - recognised[0]) / recognised[1] if all(recognised) else None


def _growth_mb(best: dict[str, Any]) -> float | None:
    if "measure long call" not in best:
        return None
    long, short = best["measure long call"]["peak_mb"], best["measure call"]["peak_mb"]
    return None if long is None or short is None else float(long - short)


def _batch(data: dict[str, Any]) -> Level:
    found = data["batch"]
    what = "a batch on two cores against one, on the clock"
    if not found:
        return Level(what, None, BATCH, False, " times", data["skipped"].get("batch", ""))
    what = f"a batch of {found['calls']} calls of {found['minutes']:.0f} minutes on two cores against one, on the clock"
    held = found["one_cpu_s"] / found["one_s"]
    if held < FREE_SHARE:
        note = f"cannot be told: others were busy, and a process got {held:.0%} of its core"
        return Level(what, None, BATCH, False, " times", note)
    return Level(what, found["one_s"] / found["two_s"], BATCH, False, " times")


def _service(found: dict[str, Any]) -> list[Level]:
    """Of each database that the service was run on."""
    levels = []
    for name, title in DATABASES.items():
        if name not in found:
            continue
        busy = found[name]["busy"]
        for request, limit in (("scorecard", SCORECARD_MS), ("submit", SUBMIT_MS)):
            what = f"{REQUESTS[request]} on {title}, 99th percentile while two jobs run"
            levels.append(Level(what, busy[request]["p99_ms"], limit, True, " ms"))
        if "events" in found[name]:
            what = f"first try of an event after the end of its call on {title}, the longest"
            levels.append(Level(what, found[name]["events"]["most_s"], EVENT_S, True, " s"))
        if "one_alone_s" in found[name]:
            limit = found["call_s"] * READY_SHARE + READY_S
            what = f"a call of {found['call_s']:.0f} s from its submission to its scorecard on {title}"
            levels.append(Level(what, found[name]["one_alone_s"], round(limit), True, " s"))
    return levels
