"""What the tests of decoding share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for samples."""
    made = tmp_path / "spool"
    made.mkdir()
    return made
