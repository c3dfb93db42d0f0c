"""``python -m tests.faults [--quick] [--only WORD] [--database sqlite|postgresql]``: break it, and print what was seen."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from app.jobs.config import SERVER_GRACE_S
from tests.faults.cases import CASES, FULL, QUICK, Scale
from tests.faults.server_cases import cut_off, server_crashed
from tests.faults.setting import Setting, make_setting
from tests.servers import Postgresql, new_database, new_postgresql

SERVER_CASES: dict[str, tuple[Callable[[Setting, Scale, Postgresql], str], float | None]] = {
    "4 cut off from its database": (cut_off, None),
    "5 server crashed": (server_crashed, SERVER_GRACE_S),
}


@dataclass(frozen=True)
class Seen:
    """What came of one fault on one database."""

    fault: str
    database: str
    held: bool
    took_s: float
    what: str


def try_one(
    name: str, database: str, case: Callable[[Setting, Scale], str], scale: Scale, url: str | None = None
) -> Seen:
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
        except (AssertionError, TimeoutError) as error:
            logs = "\n".join(worker.log.read_text()[-1500:] for worker in setting.workers[-3:])
            what, held = f"{type(error).__name__}: {error}\n{traceback.format_exc(limit=-2)}\n{logs}", False
        finally:
            setting.close()
    return Seen(name, database, held, time.monotonic() - start, what)


def faults(scale: Scale, databases: list[str], only: str) -> list[Callable[[], Seen]]:
    """Every fault on every database, each to be tried when it is called."""
    found: list[Callable[[], Seen]] = []
    for name, case in CASES.items():
        found += [partial(try_one, name, one, case, scale) for one in databases if only in name]
    for name, (case, grace_s) in SERVER_CASES.items():
        if "postgresql" in databases and only in name:
            harder = replace(scale, grace_s=grace_s or scale.grace_s)
            found.append(partial(_try_with_server, name, case, harder))
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
    found = [shown(fault()) for fault in faults(QUICK if asked.quick else FULL, databases, asked.only)]
    broke = [seen for seen in found if not seen.held]
    print(f"{len(found)} faults, {len(found) - len(broke)} held, {len(broke)} did not")
    return 1 if broke or not found else 0


if __name__ == "__main__":
    sys.exit(main())
