"""The part of the page that is about the service, made from a run's data."""

from __future__ import annotations

from typing import Any

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
HOUR_S = 3600.0
REQUESTS = {"scorecard": "`GET /v1/calls/{id}/scorecard`", "submit": "`POST /v1/calls`"}
THROUGHPUT = {"plain": "with a transcript that was sent along", "recognised": "with recognition, `base`"}


def service_page(found: dict[str, Any]) -> str:
    """The section, in Markdown."""
    here = [name for name in DATABASES if name in found]
    loads = ", ".join(f"{load:.1f}" for load in found["loads"])
    parts = [
        "## Service\n",
        f"`puhepeili serve` with {found['workers']} workers of one thread each on this machine, files in a local folder, one"
        f" caller who asks one thing after the other; submissions are a file of {found['sample_bytes'] / 1e6:.1f} MB. Load"
        f" average during this part: {loads}; times on the clock suffer from that, processor time hardly. Busy means that"
        f" {found['workers']} jobs ran from the first request to the last.\n",
        _times(found, here),
        _throughput(found, here),
        *_events(found, here),
        _memory(found, here),
    ]
    return "\n".join(parts)


def hours_per_hour(done: dict[str, float], cores: int) -> float:
    """Hours of calls that `cores` cores score in an hour if nobody else wants them, by processor time."""
    return cores / done["cpu_share"]


def _times(found: dict[str, Any], here: list[str]) -> str:
    rows = [
        "| request | database | idle: median, p99 ms | two jobs: median, p99 ms | median against idle | p99 against idle |",
        "|---|---|---|---|---|---|",
    ]
    for request, title in REQUESTS.items():
        for name in here:
            idle, busy = found[name]["idle"][request], found[name]["busy"][request]
            shown = [f"{one['p50_ms']:.0f}, {one['p99_ms']:.0f} ({one['requests']})" for one in (idle, busy)]
            ratios = [f"{busy[key] / idle[key]:.1f} times" for key in ("p50_ms", "p99_ms")]
            rows.append(f"| {title} | {DATABASES[name]} | {' | '.join((*shown, *ratios))} |")
    return "\n".join(rows) + "\n"


def _throughput(found: dict[str, Any], here: list[str]) -> str:
    rows = [
        f"| calls of {found['call_s']:.0f} s, {found['workers']} workers | database | hours of calls in an hour |"
        " processor seconds for a second of call | with both cores to itself, hours in an hour |",
        "|---|---|---|---|---|",
    ]
    for kind, title in THROUGHPUT.items():
        for name in here:
            if kind not in found[name]:
                continue
            done = found[name][kind]
            free = hours_per_hour(done, found["workers"])
            rows.append(
                f"| {title} ({done['calls']}) | {DATABASES[name]} | {done['hours_per_hour']:.0f} | {done['cpu_share']:.3f} |"
                f" {free:.0f} |"
            )
    return "\n".join(rows) + "\n"


def _events(found: dict[str, Any], here: list[str]) -> list[str]:
    timed = [name for name in here if "events" in found[name]]
    rows = ["| from the end of a call to its event at an endpoint | median s | most s |", "|---|---|---|"]
    for name in timed:
        took = found[name]["events"]
        rows.append(f"| {DATABASES[name]} ({took['events']}) | {took['median_s']:.1f} | {took['most_s']:.1f} |")
    return ["\n".join(rows) + "\n"] if timed else []


def _memory(found: dict[str, Any], here: list[str]) -> str:
    rows = ["| most memory, MB | " + " | ".join(DATABASES[name] for name in here) + " |", "|---|" + "---|" * len(here)]
    for kind, title in (("web", "web process"), ("worker", "worker"), ("child", "child of a call under way")):
        values = [found[name]["peak_mb"].get(kind) for name in here]
        rows.append(f"| {title} | " + " | ".join("-" if one is None else f"{one:.0f}" for one in values) + " |")
    return "\n".join(rows) + "\n"
