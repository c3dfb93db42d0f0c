"""The database: durable, safe to start twice, the same tables as the code says."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from app.errors import UsageError
from app.store.base import new_id
from app.store.engine import Store, open_store
from app.store.migrate import VERSION_TABLE, configuration, is_current, migrate
from app.store.organisations import create_organisation, find_organisation, list_organisations
from app.store.tables import Base
from tests.app.store.people import NOON

# --- known answer -----------------------------------------------------------------------------------------------------


def test_the_tables_are_those_that_the_code_declares(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True},
        )
        assert compare_metadata(context, Base.metadata) == []
    assert is_current(store)
    assert {name for name in inspect(store.engine).get_table_names() if not name.startswith("pp_")} == set()


def test_a_new_database_is_not_current_and_gets_its_tables_once(database_url: str) -> None:
    store = open_store(database_url)
    assert not is_current(store)
    migrate(database_url)
    with store.write() as session:
        made = create_organisation(session, "Yritys Oy", NOON, retain_days=30)
    migrate(database_url)
    with store.read() as session:
        assert find_organisation(session, made.id) == made
    store.close()


AT_ONCE = """
import os, sys, traceback
from dbos import DBOS
from alembic import command
from app import serve
from app.settings import settings
from app.store import migrate

def begin():
    try:
        serve.prepare(settings())
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)

children = []
for _ in range(4):
    child = os.fork()
    if child == 0:
        begin()
    children.append(child)
sys.exit(sum(os.waitpid(child, 0)[1] != 0 for child in children))
"""


def test_many_processes_may_start_at_once_on_a_fresh_database(database_url: str, tmp_path: Path) -> None:
    places = {"PUHEPEILI_DATABASE_URL": database_url, "PUHEPEILI_DATA_DIR": str(tmp_path / "data")}
    command = [sys.executable, "-W", "ignore", "-c", AT_ONCE]
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(command, env=os.environ | places, cwd=root, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    store = open_store(database_url)
    assert is_current(store)
    schema = None if store.is_sqlite else "dbos"
    assert "workflow_status" in inspect(store.engine).get_table_names(schema=schema)
    store.close()


def test_many_threads_may_start_at_once(database_url: str) -> None:
    failed: list[BaseException] = []

    def begin() -> None:
        try:
            migrate(database_url)
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_endpoints_that_platforms_made_before_hear_no_more_of_others(database_url: str) -> None:
    store = open_store(database_url)
    with store.writer.begin() as connection:
        command.upgrade(configuration(connection), "0001")
    insert = "INSERT INTO {table} ({names}) VALUES ({values})"

    def put(connection: Connection, table: str, **values: object) -> None:
        places = ", ".join(f":{name}" for name in values)
        connection.execute(text(insert.format(table=table, names=", ".join(values), values=places)), values)

    at = {"created_at": NOON.replace(tzinfo=None) if store.is_sqlite else NOON}
    with store.writer.begin() as connection:
        put(connection, "pp_organisation", id="o", name="Yritys Oy", keep_audio="full", redact=True, **at)
        owner = {"organisation_id": "o"}
        put(
            connection, "pp_api_key", id="k", name="", prefix="p", sha256="", principal_id="p1", role="platform",
            **owner, **at
        )  # fmt: skip
        for call, by in (("c1", "p1"), ("c2", "p2")):
            state = {"status": "failed", "progress": 0.0, "tags": "[]", "priority": 1, "attempts": 1}
            put(connection, "pp_call", id=call, submitted_by=by, **state, **owner, updated_at=at["created_at"], **at)
        for hook, by in (("h1", "p1"), ("h2", "admin")):
            put(connection, "pp_webhook_endpoint", id=hook, url="", secrets="[]", events="[]", created_by=by,
                **owner, **at)  # fmt: skip
            for call in ("c1", "c2"):
                put(connection, "pp_webhook_delivery", id=f"e-{call}", endpoint_id=hook, call_id=call, type="",
                    payload="{}", status="pending", attempts=0, **owner, **at)  # fmt: skip
    migrate(database_url)
    with store.engine.connect() as connection:
        endpoints = connection.execute(text("SELECT id, submitter FROM pp_webhook_endpoint ORDER BY id")).all()
        left = connection.execute(text("SELECT endpoint_id, call_id FROM pp_webhook_delivery ORDER BY 1, 2")).all()
    store.close()
    assert [tuple(row) for row in endpoints] == [("h1", "p1"), ("h2", None)]
    assert [tuple(row) for row in left] == [("h1", "c1"), ("h2", "c1"), ("h2", "c2")]


def test_threads_may_make_several_databases_at_once(tmp_path: Path) -> None:
    urls = [f"sqlite:///{tmp_path}/{n}.db" for n in range(6)]
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(migrate, urls))
    for url in urls:
        store = open_store(url)
        assert is_current(store)
        store.close()


def test_tables_of_others_are_left_alone(database_url: str) -> None:
    store = open_store(database_url)
    with store.write() as session:
        session.execute(text("CREATE TABLE workflow_status (id INTEGER)"))
    migrate(database_url)
    assert "workflow_status" in inspect(store.engine).get_table_names()
    store.close()


def test_sqlite_is_durable_and_leaves_no_trace(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/new/puhepeili.db")
    with store.write() as session:
        found = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    store.close()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 30000,
    }
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_times_come_back_in_utc_to_the_microsecond(store: Store) -> None:
    helsinki = timezone(timedelta(hours=2))
    told = datetime(2026, 11, 20, 14, 0, 0, 123456, tzinfo=helsinki)
    with store.write() as session:
        made = create_organisation(session, "Yritys Oy", told, retain_days=None)
    with store.read() as session:
        found = find_organisation(session, made.id)
    assert found is not None
    assert (found.created_at, found.created_at.tzinfo) == (datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC), UTC)


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match=r"has no time zone"), store.write() as session:
        create_organisation(session, "Yritys Oy", datetime(2026, 1, 1), retain_days=None)


def test_a_read_writes_nothing(store: Store) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"), store.read() as session:
        create_organisation(session, "Yritys Oy", NOON, retain_days=None)
    with store.write() as session:
        create_organisation(session, "Toinen Oy", NOON, retain_days=None)
        assert [one.name for one in list_organisations(session)] == ["Toinen Oy"]


def test_what_raises_is_undone(store: Store) -> None:
    def half_way() -> None:
        with store.write() as session:
            create_organisation(session, "Yritys Oy", NOON, retain_days=None)
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        half_way()
    with store.read() as session:
        assert list_organisations(session) == ()


def test_a_writer_waits_for_another(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/puhepeili.db")
    migrate(store.database_url)
    other = sqlite3.connect(tmp_path / "puhepeili.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, lambda: other.execute("COMMIT")).start()
    with store.write() as session:
        create_organisation(session, "Yritys Oy", NOON, retain_days=None)
    other.close()
    store.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://me:secret@host/calls"])
def test_other_databases_are_wrong_usage(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


def test_the_job_engine_gets_the_whole_url(tmp_path: Path) -> None:
    store = open_store("postgresql://me:secret@127.0.0.1/calls")
    assert store.database_url == "postgresql+psycopg://me:secret@127.0.0.1/calls"
    assert not store.is_sqlite
    assert "secret" not in repr(store)
    store.close()


# --- law --------------------------------------------------------------------------------------------------------------


def test_later_identifiers_sort_after_earlier_ones() -> None:
    import time

    earlier = new_id()
    time.sleep(0.002)
    later = new_id()
    assert earlier < later
    assert {earlier[14], later[14]} == {"7"}
    assert earlier[19] in "89ab"
    assert len({new_id() for _ in range(1000)}) == 1000
