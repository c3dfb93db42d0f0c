"""Each kind of database, and a folder for audio, for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.blobs import Blobs, open_blobs
from tests.servers import store, store_url  # noqa: F401


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return open_blobs((tmp_path / "audio").as_uri())
