"""A worker whose children are stand-ins: what `app.jobs.worker` is, told by its one argument instead of settings."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

from app.jobs.worker import run_worker
from tests.faults.setting import FAKE_CHILD, make_runtime


def main() -> None:
    """Work as told."""
    told = json.loads(sys.argv[1])
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    runtime = make_runtime(told["url"], Path(told["folder"]), child_command=FAKE_CHILD, **told["config"])
    run_worker(runtime, told["queues"])


if __name__ == "__main__":
    main()
