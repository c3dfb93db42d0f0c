"""Stands in for `app.jobs.child`: does what the "recording" says, a JSON object of steps and what happens in them.

``{"log": file, "decode": {"sleep_s", "crash": signal, "crashes": n, "error": id, "hold_s", "exit"}}``; each step's
beginning and end is noted in the log, outside the database, with the process that did it.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app.jobs import child

CARD = {
    "scorecard_version": "1",
    "recording": {
        "duration_s": 1.0,
        "sample_rate_hz": 8000,
        "channels": 1,
        "agent_channel": "mono",
        "codec": "pcm_alaw",
    },
    "engine": {"version": "0", "asr_model": None, "asr_compute": None, "language": "fi", "standard": "default@1"},
    "transcript": {"source": "none"},
    "measures": {
        "speech_rate": {"value": 5.0, "unit": "syll/s", "verdict": "info"},
        "pause_rate": {"value": None, "unit": "1/min", "verdict": "not measured", "reason": "…"},
    },
    "strengths": [],
    "focus": None,
    "timeline": {"speech": [], "pauses": [], "f0": {"step_s": 0.01, "hz": []}, "level_db": {"step_s": 0.1, "db": []}},
}


def serve(asked: Iterator[dict[str, Any]], answer: Callable[[dict[str, Any]], None]) -> None:
    """Act each request out."""
    for request in asked:
        script = json.loads(Path(request["source"]).read_bytes())
        step, work = request["step"], Path(request["work"])
        done = work / child.RESULTS[step]
        if not done.exists():
            note(script, f"{step} begin {os.getpid()} {os.getppid()} {work.name}")
            reply = act(script.get(step, {}), script, step, work.name, answer)
            if reply is not None:
                answer(reply)
                continue
            note(script, f"{step} end {os.getpid()} {os.getppid()} {work.name}")
            done.parent.mkdir(exist_ok=True)
            done.write_text(json.dumps(CARD if step == "measure" else {}), encoding="utf-8")
        answer({"done": {"duration_s": 1.0} if step == "decode" else {}})


def act(
    told: dict[str, Any], script: dict[str, Any], step: str, call: str, answer: Callable[[Any], None]
) -> dict[str, Any] | None:
    """Sleep, hold the interpreter, crash or refuse; the reply that this calls for, None for "done"."""
    if "hold_s" in told:
        # PyDLL keeps the interpreter's lock during the call, as a badly written library does.
        ctypes.PyDLL(None).usleep(int(told["hold_s"] * 1e6))
    until = time.monotonic() + told.get("sleep_s", 0.0)
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(0.2, left))
        answer({"progress": 0.1 + 0.8 * (1 - left / told["sleep_s"])})
    if "crash" in told and begun(script, step, call) <= told.get("crashes", 10**9):
        os.kill(os.getpid(), told["crash"])
        time.sleep(10)
    if "kill_parent" in told:
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(10)
    if "exit" in told:
        os._exit(told["exit"])
    if "error" in told:
        return {"error": {"id": told["error"], "args": {"value": 4000}, "exit_code": 3}}
    if "fault" in told:
        return {"crash": {"type": told["fault"], "where": "fake.py:1"}}
    return None


def note(script: dict[str, Any], line: str) -> None:
    """One line, whole even when many write."""
    if "log" not in script:
        return
    descriptor = os.open(script["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(descriptor, f"{line} {time.time():.3f}\n".encode())
    os.close(descriptor)


def begun(script: dict[str, Any], step: str, call: str) -> int:
    """How often a step of a call was begun, by the log."""
    lines = Path(script["log"]).read_text().splitlines()
    return sum(line.startswith(f"{step} begin") and f" {call} " in line for line in lines)


if __name__ == "__main__":
    child.main(serve)
