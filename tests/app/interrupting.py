"""Interrupts code between any two of its steps, as a signal does."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any


def is_interrupted(step: int, code: Callable[[], object], handler: Callable[[], object]) -> bool:
    """Run `code`, with `handler` after `step` of its bytecodes; whether it has that many.

    Raises
    ------
    TimeoutError
        If the two wait for each other.
    """
    left = step

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal left
        frame.f_trace_opcodes = True
        left -= 1
        if left < 0:
            sys.settrace(None)
            frame.f_trace = None
            handler()
            return None
        return trace

    def run() -> None:
        sys.settrace(trace)
        code()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(10)
    if thread.is_alive():
        raise TimeoutError(f"stuck when interrupted at step {step}")
    return left < 0
