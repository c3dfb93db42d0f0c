"""How a process ends."""

from __future__ import annotations

import atexit
import gc
from functools import cache


@cache
def end_without_sorting() -> None:
    """Spare this process the interpreter's last search for unused objects; once told, it holds.

    What a process still holds when it ends goes back to the system as a whole. Python would first look at every object
    two or three times, which after a score takes as long as the decoding of ten minutes of sound.
    """
    atexit.register(gc.freeze)
