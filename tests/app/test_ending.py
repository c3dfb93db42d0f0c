"""How processes of ours end."""

from __future__ import annotations

import subprocess
import sys

LAST = "import atexit, gc; atexit.register(lambda: print('held back', gc.get_freeze_count(), flush=True)); "
"""What is registered first runs last."""


def held_back(*, command: str) -> int:
    """Objects that the interpreter will not look at when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", LAST + command], capture_output=True, text=True, timeout=60, check=True
    )
    return int(done.stdout.rpartition("held back ")[2].split()[0])


def test_a_command_ends_without_a_search_for_unused_objects() -> None:
    command = "from app.cli import main; main(['--version'], standalone_mode=False)"
    assert held_back(command=command) > held_back(command="pass") + 10_000
