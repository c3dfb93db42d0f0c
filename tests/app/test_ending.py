"""How processes of ours end."""

from __future__ import annotations

import signal
import subprocess
import sys
from functools import partial
from itertools import count

import pytest

from app import ending
from app.ending import Stopping
from tests.app.interrupting import is_interrupted

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


def test_a_signal_may_come_while_another_is_handled(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(ending.os, "_exit", ended.append)

    def is_reached(step: int) -> bool:
        stopping = Stopping()
        hear = partial(stopping.hear, signal.SIGTERM, None)
        reached = is_interrupted(step, hear, hear)
        assert stopping.is_set()
        return reached

    assert next(step for step in count() if not is_reached(step)) > 10
    assert ended == []


@pytest.mark.parametrize("step", range(0, 60, 3))
def test_a_signal_may_come_at_any_step_of_waiting_for_it(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    monkeypatch.setattr(ending, "LOOK_S", 0.0)
    stopping = Stopping()
    assert is_interrupted(step, stopping.wait, partial(stopping.hear, signal.SIGTERM, None))


HEARS = """
import os, signal, sys, time
from app.ending import Stopping
stopping = Stopping()
if sys.argv[1] == "told":
    stopping.set()
signal.signal(signal.SIGTERM, stopping.hear)
for pause in sys.argv[2:]:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(float(pause))
stopping.wait()
"""


@pytest.mark.parametrize(
    ("before", "pauses", "code"),
    [("", ("0",), 0), ("", ("0", "0", "0"), 0), ("", ("1.1", "0"), 1), ("told", ("0",), 0)],
)
def test_a_second_signal_ends_at_once_and_an_echo_does_not(before: str, pauses: tuple[str, ...], code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HEARS, before, *pauses], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == code
    assert ("told again to stop" in done.stderr) is (code == 1)
