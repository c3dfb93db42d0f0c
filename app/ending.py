"""How a process ends."""

from __future__ import annotations

import atexit
import gc
import os
import time
from functools import cache
from types import FrameType

ECHO_S = 1.0
"""One signal comes twice within this: to a whole group of processes, and from `make` to what it runs."""
LOOK_S = 0.2
"""How often one that waits for a signal looks whether it came."""
_INSISTED = b'{"level": "error", "log": "app.ending", "message": "told again to stop: ended at once"}\n'


class Stopping:
    """Whether this process was told to end. It takes no lock, so that a signal's handler may tell it.

    A handler runs between any two steps of the code that it interrupts, itself included: a `threading.Event` whose lock
    was held there would be waited for without end.
    """

    def __init__(self) -> None:
        self._told = False
        self._heard: float | None = None

    def set(self) -> None:
        """Tell it."""
        self._told = True

    def hear(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Handle a signal: at the first, tell it; at a second one that is no echo, end the process at once."""
        now = time.monotonic()
        if self._heard is not None and now - self._heard > ECHO_S:
            os.write(2, _INSISTED)
            os._exit(1)
        self._heard = self._heard or now
        self._told = True

    def is_set(self) -> bool:
        """Whether it was told."""
        return self._told

    def wait(self) -> None:
        """Wait until it was told."""
        while not self._told:
            time.sleep(LOOK_S)


@cache
def end_without_sorting() -> None:
    """Spare this process the interpreter's last search for unused objects; once told, it holds.

    What a process still holds when it ends goes back to the system as a whole. Python would first look at every object
    two or three times, which after a score takes as long as the decoding of ten minutes of sound.
    """
    atexit.register(gc.freeze)
