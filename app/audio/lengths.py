"""A length of time in words."""

from __future__ import annotations


def length_text(seconds: float) -> str:
    """A length as both languages write it: ``45 s``, ``90 min``, ``4 h``."""
    if seconds < 120:
        return f"{seconds:g} s"
    return f"{seconds / 3600:g} h" if seconds % 3600 == 0 else f"{round(seconds / 60)} min"
