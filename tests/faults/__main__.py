"""``python -m tests.faults [--quick] [--only WORD] [--database sqlite|postgresql]``: break it, and print what was seen."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import httpx

from app.jobs.config import SERVER_GRACE_S
from tests.faults.alone_cases import alone
from tests.faults.cases import CASES, FULL, QUICK, Scale
from tests.faults.decoder_cases import broken_recordings
from tests.faults.outage_cases import database_away, database_locked, disk_full
from tests.faults.server_cases import cut_off, server_crashed
from tests.faults.setting import Setting, make_setting
from tests.faults.web_cases import large_upload, one_key, web_killed
from tests.servers import Postgresql, new_database, new_postgresql

Case = Callable[[Setting, Scale], str]
BOTH = ("sqlite", "postgresql")
SERVICE_CASES: dict[str, tuple[Case, tuple[str, ...]]] = {
    "1 web killed": (web_killed, BOTH),
    "1 one key": (one_key, BOTH),
    "1 large upload": (large_upload, BOTH),
    "5 disk full": (disk_full, BOTH),
    "5 database locked": (database_locked, ("sqlite",)),
    "10 broken recordings": (broken_recordings, ("sqlite",)),
    "11 alone": (alone, BOTH),
}
"""Faults of the whole service, and the databases that they are tried on."""

SERVER_CASES: dict[str, tuple[Callable[[Setting, Scale, Postgresql], str], float | None]] = {
    "4 cut off from its database": (cut_off, None),
    "5 server crashed": (server_crashed, SERVER_GRACE_S),
    "5 database away": (database_away, None),
}


@dataclass(frozen=True)
class Seen:
    """What came of one fault on one database."""

    fault: str
    database: str
    held: bool
    took_s: float
    what: str


def try_one(name: str, database: str, case: Case, scale: Scale, url: str | None = None) -> Seen:
    """Break one thing in a new setting."""
    if url is None:
        url = new_database() if database == "postgresql" else ""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="puhepeili-faults-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        setting = make_setting(url or f"sqlite:///{place / 'puhepeili.db'}", place, lease_grace_s=scale.grace_s)
        try:
            setting.listen()
            what, held = case(setting, scale), True
        except (AssertionError, TimeoutError, httpx.HTTPError, subprocess.SubprocessError) as error:
            logs = "\n".join(worker.log.read_text()[-1500:] for worker in setting.workers[-3:])
            what, held = f"{type(error).__name__}: {error}\n{traceback.format_exc(limit=-2)}\n{logs}", False
        finally:
            setting.close()
    return Seen(name, database, held, time.monotonic() - start, what)


def faults(scale: Scale, databases: list[str], only: str) -> list[partial[Seen]]:
    """Every fault on every database, each to be tried when it is called."""
    found: list[partial[Seen]] = []
    for name, case in CASES.items():
        found += [partial(try_one, name, one, case, scale) for one in databases if only in name]
    for name, (service_case, on) in SERVICE_CASES.items():
        found += [partial(try_one, name, one, service_case, scale) for one in databases if one in on and only in name]
    for name, (server_case, grace_s) in SERVER_CASES.items():
        if "postgresql" in databases and only in name:
            harder = replace(scale, grace_s=grace_s or scale.grace_s)
            found.append(partial(_try_with_server, name, server_case, harder))
    return found


def _try_with_server(name: str, case: Callable[[Setting, Scale, Postgresql], str], scale: Scale) -> Seen:
    server = new_postgresql()
    return try_one(name, "postgresql", lambda setting, _: case(setting, scale, server), scale, new_database(server))


def shown(seen: Seen) -> Seen:
    """Print what was seen, at once: the whole takes long."""
    verdict = "held" if seen.held else "BROKE"
    print(f"{seen.fault:32} {seen.database:11} {verdict:6} {seen.took_s:6.1f} s  {seen.what}", flush=True)
    return seen


def main() -> int:
    """Break it all; 1 if something did not hold."""
    parser = argparse.ArgumentParser(prog="tests.faults")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    asked = parser.parse_args()
    databases = [asked.database] if asked.database else ["sqlite", "postgresql"]
    print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    found = [shown(fault()) for fault in faults(QUICK if asked.quick else FULL, databases, asked.only)]
    broke = [seen for seen in found if not seen.held]
    print(f"{len(found)} faults, {len(found) - len(broke)} held, {len(broke)} did not")
    return 1 if broke or not found else 0


if __name__ == "__main__":
    sys.exit(main())
