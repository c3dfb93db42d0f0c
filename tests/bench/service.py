"""The service under load: times to answer, idle and with two jobs running, and how much one machine gets done."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from socket import socket
from typing import Any

import numpy as np

from tests.app.loopback import HERE, Asked, answer, serving
from tests.bench.processes import cpu_s_of, peaks_of
from tests.faults.serving import Caller, key_of, served
from tests.faults.setting import ROOT, Setting, make_setting, wait_for
from tests.servers import new_database

WORKERS = 2
SAMPLE = ROOT / "samples" / "kiireinen_puhelu.wav"
LONG = ROOT / "samples" / "pitka_puhelu.wav"
PATIENCE_S = 900.0
Ask = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Load:
    """How much is asked: requests of each kind, and calls that are scored without and with the recogniser."""

    reads: int = 300
    submits: int = 120
    plain: int = 60
    recognised: int = 8
    events: int = 10


SHORT = Load(reads=60, submits=20, plain=6, recognised=0, events=2)


def service_figures(load: Load, databases: tuple[str, ...] = ("sqlite", "postgresql")) -> dict[str, Any]:
    """What was measured, by database; and the load of the machine before and after each."""
    found: dict[str, Any] = {"loads": [os.getloadavg()[0]], "workers": WORKERS}
    found |= {"call_s": _seconds(SAMPLE), "long_call_s": _seconds(LONG), "sample_bytes": SAMPLE.stat().st_size}
    for database in databases:
        with tempfile.TemporaryDirectory(prefix="puhepeili-bench-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            url = new_database() if database == "postgresql" else f"sqlite:///{folder / 'puhepeili.db'}"
            setting = make_setting(url, folder)
            try:
                found[database] = _of_one(setting, load)
            finally:
                setting.close()
        found["loads"].append(os.getloadavg()[0])
        print(f"service on {database}: {json.dumps(found[database])}", file=sys.stderr)
    return found


def _of_one(setting: Setting, load: Load) -> dict[str, Any]:
    found: dict[str, Any] = {}
    key = key_of(setting)
    with served(setting, workers=WORKERS, key=key) as caller:
        first = caller.submit(SAMPLE).json()["id"]
        caller.wait_ended(first, PATIENCE_S)
    with served(setting, workers=WORKERS, key=key, INTERNAL_HOSTS=",".join(HERE)) as caller:
        found["events"] = _events(caller, load.events)
    with served(setting, workers=WORKERS, key=key) as caller:
        found["plain"] = _throughput(caller, load.plain, recognised=False)
        if load.recognised:
            found["one_alone_s"] = _one_alone_s(caller)
            found["recognised"] = _throughput(caller, load.recognised, recognised=True)
    with served(setting, workers=0, key=key) as caller:
        found["idle"] = _times(caller, first, load)
        _stop_all(caller)
    with served(setting, workers=WORKERS, key=key) as caller:
        transcript = None if load.recognised else LONG.with_suffix(".vtt")
        busy = [caller.submit(LONG, transcript).json()["id"] for _ in range(WORKERS)]
        wait_for(lambda: _running(caller, busy), PATIENCE_S, "two jobs to run")
        found["busy"] = _times(caller, first, load)
        found["busy"]["ran_throughout"] = _running(caller, busy)
        found["peak_mb"] = peaks_of(caller.pid)
        _stop_all(caller)
    return found


def _throughput(caller: Caller, count: int, *, recognised: bool) -> dict[str, float]:
    """Calls sent in at once, from the first submission to the last scorecard: on the clock, and in processor time."""
    before_s, begun = cpu_s_of(caller.pid), time.monotonic()
    calls = [
        caller.submit(SAMPLE, None if recognised else SAMPLE.with_suffix(".vtt")).json()["id"] for _ in range(count)
    ]
    for call in calls:
        ended = caller.wait_ended(call, PATIENCE_S)
        if ended != "succeeded":
            raise SystemExit(f"a call {ended}")
    clock_s, cpu_s = time.monotonic() - begun, cpu_s_of(caller.pid) - before_s
    spoken_s = count * _seconds(SAMPLE)
    return {
        "calls": count,
        "clock_s": clock_s,
        "cpu_s": cpu_s,
        "hours_per_hour": spoken_s / clock_s,
        "cpu_share": cpu_s / spoken_s,
    }


def _one_alone_s(caller: Caller) -> float:
    """From a submission to its scorecard, recognised, with nothing else to do."""
    begun = time.monotonic()
    caller.wait_ended(caller.submit(SAMPLE, None).json()["id"], PATIENCE_S)
    return time.monotonic() - begun


def _events(caller: Caller, count: int) -> dict[str, float]:
    """From the end of a call to its event at the endpoint that waits for it, of calls one after the other."""
    came: list[float] = []

    def respond(asked: Asked, connection: socket) -> None:
        came.append(time.time())
        answer(204)(asked, connection)

    taken_s = []
    with serving(respond) as receiver:
        hook = caller.http.post("/v1/webhooks", json={"url": receiver.url("/hook")})
        for number in range(count):
            call = caller.submit(SAMPLE).json()["id"]
            caller.wait_ended(call, PATIENCE_S)
            wait_for(lambda: len(came) > number, 60, "an event to come")  # noqa: B023 - waits inside the round
            ended = caller.http.get(f"/v1/calls/{call}").json()["finished_at"]
            taken_s.append(came[number] - datetime.fromisoformat(ended).timestamp())
        caller.http.delete(f"/v1/webhooks/{hook.json()['id']}")
    return {"events": count, "median_s": float(np.median(taken_s)), "most_s": max(taken_s)}


def _times(caller: Caller, scored: str, load: Load) -> dict[str, Any]:
    def read() -> int:
        return caller.http.get(f"/v1/calls/{scored}/scorecard").status_code

    def submit() -> int:
        return caller.submit(SAMPLE).status_code

    return {"scorecard": _timed(read, load.reads, 200), "submit": _timed(submit, load.submits, 202)}


def _timed(ask: Ask, count: int, expected: int) -> dict[str, float]:
    """Median and 99th percentile of `count` requests, one after the other, after three that are not counted."""
    taken_ms = []
    for number in range(count + 3):
        begun = time.perf_counter()
        status = ask()
        if number >= 3:
            taken_ms.append(1000 * (time.perf_counter() - begun))
        if status != expected:
            raise SystemExit(f"answered with {status}, not {expected}")
    median, high = np.percentile(taken_ms, [50, 99], method="higher")
    return {"requests": count, "p50_ms": float(median), "p99_ms": float(high)}


def _running(caller: Caller, calls: list[str]) -> bool:
    """Whether all of them are in the middle of their heavy work."""
    states = [caller.http.get(f"/v1/calls/{call}").json() for call in calls]
    return all(state["status"] == "processing" and state["stage"] not in (None, "fetch") for state in states)


def _stop_all(caller: Caller) -> None:
    """Cancel whatever waits or runs, so that the service can stop at once."""
    for status in ("queued", "processing"):
        while items := caller.http.get("/v1/calls", params={"status": status, "limit": 100}).json()["items"]:
            for item in items:
                caller.http.post(f"/v1/calls/{item['id']}/cancel")


def _seconds(recording: Path) -> float:
    return float(json.loads(recording.with_suffix(".json").read_text(encoding="utf-8"))["seconds"])
