"""``python -m tests.faults [--quick] [--only WORD] [--database sqlite|postgresql]``: break it, and print what was seen."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.faults.cases import CASES, FULL, QUICK, Scale
from tests.faults.server_cases import cut_off, server_crashed
from tests.faults.setting import Setting, make_setting
from tests.servers import new_database, new_postgresql

SERVER_GRACE_S = 15.0


@dataclass(frozen=True)
class Seen:
    """What came of one fault on one database."""

    fault: str
    database: str
    held: bool
    took_s: float
    what: str


def try_one(name: str, database: str, case: Callable[[Setting, Scale], str], url: str, scale: Scale) -> Seen:
    """Break one thing in a new setting."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="puhepeili-faults-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        setting = make_setting(url or f"sqlite:///{place / 'puhepeili.db'}", place, lease_grace_s=scale.grace_s)
        try:
            setting.listen()
            what, held = case(setting, scale), True
        except (AssertionError, TimeoutError) as error:
            logs = "\n".join(worker.log.read_text()[-1500:] for worker in setting.workers[-3:])
            what, held = f"{type(error).__name__}: {error}\n{traceback.format_exc(limit=-2)}\n{logs}", False
        finally:
            setting.close()
    return Seen(name, database, held, time.monotonic() - start, what)


def all_of(scale: Scale, databases: list[str], only: str) -> list[Seen]:
    """Every fault on every database."""
    found = []
    for name, case in CASES.items():
        for database in databases:
            if only in name:
                url = new_database() if database == "postgresql" else ""
                found.append(_shown(try_one(name, database, case, url, scale)))
    server_only = {"4 cut off from its database": (cut_off, scale.grace_s), "5 server crashed": (server_crashed, None)}
    for name, (case, grace_s) in server_only.items():
        if "postgresql" in databases and only in name:
            server = new_postgresql()
            harder = Scale(**{**scale.__dict__, "grace_s": grace_s or SERVER_GRACE_S})
            bound = partial(_with_server, case, server)
            found.append(_shown(try_one(name, "postgresql", bound, new_database(server), harder)))
    return found


def _with_server(case: Callable[..., str], server: object, setting: Setting, scale: Scale) -> str:
    return case(setting, scale, server)


def _shown(seen: Seen) -> Seen:
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
    found = all_of(QUICK if asked.quick else FULL, databases, asked.only)
    broke = [seen for seen in found if not seen.held]
    print(f"{len(found)} faults, {len(found) - len(broke)} held, {len(broke)} did not")
    return 1 if broke or not found else 0


if __name__ == "__main__":
    sys.exit(main())
