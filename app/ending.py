"""How a process ends."""

from __future__ import annotations

import atexit
import gc
import os
import time
from functools import cache
from types import FrameType

ECHO_S = 0.3
"""One signal comes twice within this: to a whole group of processes, and from `make` to what it runs."""
LOOK_S = 0.2


class Stopping:
    """Whether this process was told to end. It takes no lock, so that a signal's handler may tell it.

    A handler runs between any two steps of the code that it interrupts, itself included: a `threading.Event` whose lock
    was held there would be waited for without end.
    """

    def __init__(self) -> None:
        self._since: float | None = None

    def set(self) -> None:
        """Tell it."""
        if self._since is None:
            self._since = time.monotonic()

    def hear(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Handle a signal: at the first, tell it; at a second one that is no echo, end the process at once."""
        if self._since is not None and time.monotonic() - self._since > ECHO_S:
            os._exit(1)
        self.set()

    def is_set(self) -> bool:
        """Whether it was told."""
        return self._since is not None

    def wait(self) -> None:
        """Wait until it was told."""
        while not self.is_set():
            time.sleep(LOOK_S)


@cache
def end_without_sorting() -> None:
    """Spare this process the interpreter's last search for unused objects; once told, it holds.

    What a process still holds when it ends goes back to the system as a whole. Python would first look at every object
    two or three times, which after a score takes as long as the decoding of ten minutes of sound.
    """
    atexit.register(gc.freeze)
