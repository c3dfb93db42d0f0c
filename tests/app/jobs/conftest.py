"""One worker for all tests of a module, on each kind of database in turn, with stand-in children."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from app.jobs.worker import Worker
from tests.faults.setting import Setting, make_setting
from tests.servers import database_url, new_database, postgresql_url  # noqa: F401


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def setting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    """A service without workers."""
    folder = tmp_path_factory.mktemp("service")
    url = new_database() if request.param == "postgresql" else f"sqlite:///{folder / 'puhepeili.db'}"
    made = make_setting(url, folder, lease_grace_s=1.0, step_timeout_s=20.0)
    yield made
    made.close()


@pytest.fixture(scope="module")
def worker(setting: Setting) -> Iterator[Worker]:
    """A worker in this process; what it would send goes nowhere."""
    sender = ModuleType("app.webhooks")
    sender.__dict__["send_event"] = lambda *_: None
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "app.webhooks", sender)
        setting.listen()
        running = Worker(setting.runtime)
        running.start()
        yield running
        running.stop(drain_s=1)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A call's work folder."""
    (tmp_path / "work").mkdir()
    return tmp_path / "work"
