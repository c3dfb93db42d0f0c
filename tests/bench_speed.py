"""How fast a call is scored on this machine, and how much memory that takes: `make bench`.

Each run is a process of its own, started as a user would; times are process CPU and wall seconds, memory is its peak.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import wave
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
WAYS = {"recognised": (), "supplied words": ("--transcript",), "no words": ("--no-asr",)}


def duration_of(call: Path) -> float:
    """Length in seconds; A-law files are not for `wave`, so their length comes from the truth beside them."""
    try:
        with wave.open(str(call)) as file:
            return file.getnframes() / file.getframerate()
    except wave.Error:
        import json

        return float(json.loads(call.with_suffix(".json").read_text(encoding="utf-8"))["seconds"])


def run(call: Path, options: tuple[str, ...]) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak memory in MB of scoring `call` once."""
    if options == ("--transcript",):
        options = ("--transcript", str(call.with_suffix(".vtt")))
    command = [sys.executable, "-m", "app.cli", "score", str(call), "--agent", "left", "--format", "json", *options]
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=SAMPLES.parent)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"scoring {call.name} failed with exit code {child.returncode}")
    peak_mb = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return wall, used.ru_utime + used.ru_stime, peak_mb


def main(calls: list[Path]) -> None:
    """Print one row for each call and way."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'call':<22}{'words':<16}{'length s':>9}{'wall s':>8}{'CPU s':>8}{'x real time':>13}{'peak MB':>9}")
    for call in calls:
        length = duration_of(call)
        for way, options in WAYS.items():
            wall, cpu, peak_mb = run(call, options)
            print(f"{call.stem:<22}{way:<16}{length:9.1f}{wall:8.1f}{cpu:8.1f}{length / wall:13.1f}{peak_mb:9.0f}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(SAMPLES.glob("*.wav")))
