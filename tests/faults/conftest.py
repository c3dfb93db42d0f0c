"""The marker of this folder's tests."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """``-m "not faults"`` leaves the fault bench out."""
    config.addinivalue_line("markers", "faults: kills workers and servers (slow)")
