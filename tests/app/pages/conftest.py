"""The pages over the bare application, and served to a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from app.settings import Settings
from app.store.engine import open_store
from app.store.principals import Principal
from tests.app.pages.browsing import Site, Visit, chromium, site, visit
from tests.app.web.face import Face, hasty, make_face, migrated_sqlite


@pytest.fixture(scope="module")
def face(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Face]:
    """The service with somebody of every role, and no server."""
    folder = tmp_path_factory.mktemp("pages")
    opened = hasty(open_store(migrated_sqlite(folder)))
    settings = Settings(data_dir=folder / "data", min_free_bytes=0, requests_per_minute=1_000_000)
    with make_face(settings, opened) as made:
        yield made
    opened.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for a module's tests, each with a context of its own.

    While it is open an event loop runs in this thread, in which no other module's tests could run theirs.
    """
    pytest.importorskip("playwright.sync_api")
    if shutil.which("chromium") is None:
        pytest.skip("no Chromium here: install chromium")
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The pages behind a real server, with a worker process."""
    with site(tmp_path_factory.mktemp("site")) as made:
        made.setting.spawn("interactive").ready()
        yield made


@pytest.fixture
def visiting(browser: Any, served: Site) -> Iterator[Callable[..., Visit]]:
    """Opens home for somebody who is signed in; afterwards no script may have failed."""
    with ExitStack() as stack:
        visits: list[Visit] = []

        def begin(principal: Principal | None, **more: Any) -> Visit:
            begun = stack.enter_context(visit(browser, served, principal, **more))
            visits.append(begun)
            return begun

        yield begin
        assert [fault for one in visits for fault in one.faults] == []


@pytest.fixture
def samples() -> Path:
    """Folder of the sample calls."""
    return Path(__file__).resolve().parents[3] / "samples"
