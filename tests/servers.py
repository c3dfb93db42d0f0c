"""Real servers for tests, on this machine and for this run only: PostgreSQL, and one that speaks S3.

A test asks for `store` (each kind of database in turn, with its tables), `store_url` (its URL alone), `database_url`
(without tables), `postgresql_url` (that kind alone) or `bucket_url`. A folder's `conftest.py` imports what it needs::

    from tests.servers import bucket_url, database_url, postgresql_url, store, store_url  # noqa: F401
"""

from __future__ import annotations

import atexit
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

from app.store.engine import Store, open_store
from app.store.migrate import migrate

_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""Quick, and no more than that: a server that crashes may lose what it committed last. Tests of crashes switch it on."""


def missing(what: str, package: str) -> NoReturn:
    """Skip the test where a server cannot run; in CI that is a failure, or the proof would quietly go away."""
    message = f"{what} is not on this machine: install {package}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@dataclass(frozen=True, slots=True)
class Postgresql:
    """A running server; tests may stop and start it."""

    programs: Path
    folder: Path
    port: int
    user: str

    def url(self, database: str) -> str:
        """Where a database of the server is."""
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        settings = (*_QUICK, f"port={self.port}", "listen_addresses=127.0.0.1", "max_connections=200")
        options = " ".join(f"-c {one}" for one in (*settings, f"unix_socket_directories={self.folder}"))
        self._control("start", "--wait", "--log", str(self.folder / "log"), "--options", options)

    def stop(self, mode: str = "fast") -> None:
        """Stop; ``immediate`` is a crash."""
        self._control("stop", "--wait", "--mode", mode)

    def command(self, *words: str) -> None:
        """Run one of the server's own programs as its user."""
        as_user = {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []}
        subprocess.run(
            [str(self.programs / words[0]), *words[1:]],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            **(as_user if os.geteuid() == 0 else {}),
        )

    def _control(self, *words: str) -> None:
        self.command("pg_ctl", "--silent", "--pgdata", str(self.folder / "data"), *words)


def new_postgresql() -> Postgresql:
    """A new server of its own, for a test that stops it; it goes with the run."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        missing("PostgreSQL", "postgresql")
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="puhepeili-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
    server = Postgresql(found[-1].parent, folder, free_port(), user)
    server.command(
        "initdb", "--pgdata", str(folder / "data"), "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"
    )
    server.start()
    atexit.register(_remove, server)
    return server


@cache
def shared_postgresql() -> Postgresql:
    """The server that all tests of this run share."""
    return new_postgresql()


def new_database(server: Postgresql | None = None, *, template: str = "template0") -> str:
    """URL of a new database: empty, or a copy of another one that nobody is connected to."""
    import psycopg

    server = server or shared_postgresql()
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    return server.url(name)


def drop_database(url: str) -> None:
    """Take a database away, with whoever is still connected to it."""
    import psycopg

    server, _, name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


@cache
def _migrated_postgresql() -> str:
    """Name of a database that has its tables, to be copied: making them takes longer."""
    url = new_database()
    migrate(url)
    return url.rpartition("/")[2]


@cache
def _migrated_sqlite() -> bytes:
    """A database file that has its tables, to be copied."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "puhepeili.db"
        migrate(f"sqlite:///{path}")
        return path.read_bytes()


S3_PYTHON = Path(__file__).resolve().parents[1] / ".venv-s3/bin/python"
"""The S3 stand-in wants packages that the product does not, so `make bucket` gives it an environment of its own."""


@cache
def s3_address() -> str:
    """Address of a server that speaks S3, shared by all tests of this run."""
    port = free_port()
    python = str(S3_PYTHON) if S3_PYTHON.exists() else sys.executable
    command = [python, "-W", "ignore", "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)]
    if subprocess.run([python, "-c", "import moto.server"], capture_output=True, check=False).returncode:
        missing("moto", "moto[server]")
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    atexit.register(_end, server)
    address, until = f"http://127.0.0.1:{port}", time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/moto-api/data.json", timeout=5):
                return address
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError("the S3 server did not start in 60 s")


def new_bucket() -> str:
    """URL of a new, empty bucket, as `app.blobs.open_blobs` takes it."""
    name = f"test-{secrets.token_hex(6)}"
    request = urllib.request.Request(f"{s3_address()}/{name}", method="PUT")
    with urllib.request.urlopen(request, timeout=10):
        return f"s3://{name}/audio?endpoint={s3_address()}&region=us-east-1"


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """An empty database on PostgreSQL."""
    url = new_database()
    yield url
    drop_database(url)


@pytest.fixture
def bucket_url(monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty bucket, with keys for it in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    return new_bucket()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind in turn."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite:///{tmp_path / 'puhepeili.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind in turn, with its tables and nothing in them."""
    if request.param == "postgresql":
        url = new_database(template=_migrated_postgresql())
        yield url
        drop_database(url)
    else:
        path = tmp_path / "puhepeili.db"
        path.write_bytes(_migrated_sqlite())
        yield f"sqlite:///{path}"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A store with its tables, on each kind of database in turn."""
    opened = open_store(store_url)
    yield opened
    opened.close()


def _remove(server: Postgresql) -> None:
    if (server.folder / "data" / "postmaster.pid").exists():
        server.stop("immediate")
    shutil.rmtree(server.folder, ignore_errors=True)


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
