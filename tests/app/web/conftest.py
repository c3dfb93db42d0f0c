"""A service of each kind of database for the tests of this folder, with a job engine that only remembers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import Settings
from app.store.engine import open_store
from tests.app.web.face import Face, hasty, make_face, migrated_sqlite
from tests.servers import store, store_url  # noqa: F401


@pytest.fixture
def face(tmp_path: Path) -> Iterator[Face]:
    """The service on SQLite, with somebody of every role in two organisations."""
    opened = hasty(open_store(migrated_sqlite(tmp_path)))
    with make_face(settings_of(tmp_path), opened) as made:
        yield made
    opened.close()


@pytest.fixture(scope="module")
def shared_face(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Face]:
    """One service for all tests of a module, for those that leave the people in it as they are."""
    folder = tmp_path_factory.mktemp("shared")
    opened = hasty(open_store(migrated_sqlite(folder)))
    with make_face(settings_of(folder), opened) as made, pytest.MonkeyPatch.context() as patch:
        # Every test makes one for the same few people.
        patch.setattr("app.store.webhooks.MAX_ENDPOINTS", 10**9)
        yield made
    opened.close()


@pytest.fixture
def each_face(tmp_path: Path, store) -> Iterator[Face]:  # noqa: F811
    """The service on each kind of database in turn."""
    with make_face(settings_of(tmp_path), store) as made:
        yield made


def settings_of(tmp_path: Path) -> Settings:
    """Settings for a service in a folder."""
    return Settings(data_dir=tmp_path / "data", min_free_bytes=0, requests_per_minute=1_000_000, locale="en")
