"""The service backed up and brought back, on each kind of database."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from app.backup import MANIFEST, back_up, read_manifest, restore
from app.blobs import Blobs, open_blobs
from app.errors import InputError, PuhepeiliError, UsageError
from app.privacy import erase_agent, erase_call
from app.store import audit, calls, progress
from app.store.base import now_utc
from app.store.engine import Store, open_store
from app.store.keys import (
    make_key,
    make_sign_in_link,
    principal_of_key,
    revoke_key,
    signed_in,
    start_session,
    use_sign_in_link,
)
from app.store.organisations import delete_team, find_agent
from app.store.scorecards import scorecard_for_work
from app.store.webhooks import create_endpoint, delete_endpoint, list_endpoints
from tests.app.store.people import NOON, SCORECARD, people
from tests.app.web.face import migrated_sqlite
from tests.servers import database_url, store_url  # noqa: F401


@dataclass
class Setting:
    """A service with one scored call, and where its backup goes."""

    url: str
    blobs: Blobs
    folder: Path
    call_id: str
    audio_key: str

    def open(self) -> Store:
        return open_store(self.url)

    def call(self) -> calls.Call | None:
        store = self.open()
        try:
            with store.read() as session:
                return calls.call_for_work(session, self.call_id)
        finally:
            store.close()


@pytest.fixture
def setting(store_url: str, tmp_path: Path) -> Setting:  # noqa: F811
    """On each kind of database in turn."""
    return setting_on(store_url, tmp_path)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Setting:
    return setting_on(migrated_sqlite(tmp_path), tmp_path)


def setting_on(store_url: str, tmp_path: Path) -> Setting:  # noqa: F811
    """A service with one call that was scored."""
    blobs = open_blobs((tmp_path / "audio").as_uri())
    audio, transcript = (blobs.put_stream([content], max_bytes=99) for content in (b"audio", b"text"))
    store = open_store(store_url)
    with store.write() as session:
        keys = {"blob_key": audio.key, "transcript_key": transcript.key}
        call = people(session).call(session, **keys)
        attempt = progress.start(session, call.id, NOON)
        progress.succeed(session, call.id, SCORECARD, NOON, attempt=attempt)
    store.close()
    return Setting(store_url, blobs, tmp_path / "backup", call.id, audio.key)


def lose(setting: Setting) -> None:
    """Take all calls and files away, as a fault would."""
    store = setting.open()
    with store.write() as session:
        from sqlalchemy import delete

        from app.store.tables import CallRow

        session.execute(delete(CallRow))
    store.close()
    assert setting.blobs.folder is not None
    shutil.rmtree(setting.blobs.folder)
    setting.blobs.folder.mkdir()


# --- known answer -----------------------------------------------------------------------------------------------------


def test_what_was_lost_comes_back(setting: Setting) -> None:
    before = setting.call()
    made = back_up(setting.url, setting.blobs, setting.folder, now=NOON)
    assert (made.files, made.with_audio, made.made_at) == (2, True, "2026-11-20T12:00:00.123456+00:00")
    lose(setting)
    assert setting.call() is None
    found = restore(setting.folder, setting.url, setting.blobs)
    assert (found.files, found.missing, found.erased) == (2, (), 0)
    assert setting.call() == before
    assert setting.blobs.get_range(setting.audio_key, 0, 99) == b"audio"
    store = setting.open()
    with store.read() as session:
        card = scorecard_for_work(session, setting.call_id)
    with store.write() as session:  # the log's triggers and all constraints are there again
        people(session, "Uusi Oy")
    store.close()
    assert card is not None
    assert card.document == SCORECARD.document


def test_nobody_else_can_read_a_backup(on_sqlite: Setting) -> None:
    back_up(on_sqlite.url, on_sqlite.blobs, on_sqlite.folder)
    assert stat.S_IMODE(on_sqlite.folder.stat().st_mode) == 0o700


def test_what_was_erased_since_stays_erased(setting: Setting) -> None:
    back_up(setting.url, setting.blobs, setting.folder, now=NOON)
    store = setting.open()
    assert erase_call(store, setting.blobs, setting.call_id)
    store.close()
    found = restore(setting.folder, setting.url, setting.blobs)
    assert (found.erased, found.missing) == (1, ())
    assert setting.call() is None
    assert [path for path in (setting.blobs.folder or Path()).rglob("*") if path.is_file()] == []


def test_access_that_was_taken_since_does_not_come_back(setting: Setting) -> None:
    now = now_utc()
    store = setting.open()
    with store.write() as session:
        us = people(session, "Toinen Oy")
        kept, key = make_key(session, us.platform, name="crm", now=NOON)
        revoked, gone = make_key(session, us.admin, name="left", now=NOON)
        agents, _ = make_key(session, us.aino, name="aino", now=NOON)
        trainers, _ = make_key(session, us.trainer, name="trainer", now=NOON)
        link = make_sign_in_link(session, us.trainer, now=now, lifetime=timedelta(days=1))
        token, _ = start_session(session, us.trainer, now=now, lifetime=timedelta(days=1))
        hooks = [
            create_endpoint(session, us.organisation_id, url, secret="s", events=("*",), by=us.platform.id, now=NOON)
            for url in ("https://a.example", "https://b.example", "https://c.example")
        ]
        call = us.call(session, "aino", blob_key=setting.blobs.put_stream([b"aino"], max_bytes=9).key)
    store.close()
    back_up(setting.url, setting.blobs, setting.folder, now=NOON)
    store = setting.open()
    with store.write() as session:
        assert revoke_key(session, us.organisation_id, gone.id, now)
        audit.record(session, us.admin, "key.revoked", now, detail={"key_id": gone.id})
        assert delete_team(session, us.organisation_id, us.first_team)
        audit.record(session, us.admin, "team.ended", now, detail={"team_id": us.first_team})
        assert delete_endpoint(session, us.organisation_id, hooks[0].id)
        audit.record(session, us.admin, "webhook.ended", now, detail={"webhook_id": hooks[0].id})
        audit.record(session, us.admin, "webhook.disabled", now, detail={"endpoint_id": hooks[1].id})
    erase_agent(store, setting.blobs, us.organisation_id, "aino", by=us.admin, now=now)
    store.close()
    found = restore(setting.folder, setting.url, setting.blobs)
    assert (found.erased, found.agents, found.revoked) == (1, 1, 1)
    store = setting.open()
    with store.write() as session:
        assert calls.call_for_work(session, call.id) is None
        assert find_agent(session, us.organisation_id, "aino") is None
        assert [principal_of_key(session, text, now) for text in (revoked, agents, trainers)] == [None] * 3
        assert principal_of_key(session, kept, now) is not None
        assert signed_in(session, token, now) is None
        assert use_sign_in_link(session, link, now) is None
        left = list_endpoints(session, us.organisation_id)
        # Made at one moment, they have no order of their own.
        assert sorted((one.url, one.disabled_at is None) for one in left) == [
            ("https://b.example", False),
            ("https://c.example", True),
        ]
        noted = {entry.action for entry in audit.list_audit(session, us.admin).items if entry.actor_role == "system"}
    store.close()
    assert {"key.revoked", "team.ended", "webhook.ended", "webhook.disabled", "agent.erased"} <= noted
    assert key.revoked_at is None


def test_a_restore_without_the_old_log_still_signs_everybody_out(on_sqlite: Setting) -> None:
    now = now_utc()
    store = on_sqlite.open()
    with store.write() as session:
        us = people(session, "Toinen Oy")
        token, _ = start_session(session, us.trainer, now=now, lifetime=timedelta(days=1))
    store.close()
    back_up(on_sqlite.url, on_sqlite.blobs, on_sqlite.folder, now=NOON)
    for path in Path(on_sqlite.url.removeprefix("sqlite:///")).parent.glob("*.db*"):
        path.unlink()
    found = restore(on_sqlite.folder, on_sqlite.url, on_sqlite.blobs)
    assert (found.erased, found.agents, found.revoked) == (0, 0, 0)
    store = on_sqlite.open()
    with store.read() as session:
        assert signed_in(session, token, now) is None
    store.close()


def test_calls_that_must_not_come_back_can_be_named(on_sqlite: Setting) -> None:
    back_up(on_sqlite.url, on_sqlite.blobs, on_sqlite.folder, now=NOON)
    assert restore(on_sqlite.folder, on_sqlite.url, on_sqlite.blobs, erased=[on_sqlite.call_id]).erased == 1
    assert on_sqlite.call() is None


def test_files_may_be_listed_alone_and_missing_ones_are_named(on_sqlite: Setting) -> None:
    made = back_up(on_sqlite.url, on_sqlite.blobs, on_sqlite.folder, with_audio=False)
    assert (made.files, made.with_audio) == (2, False)
    listed = [json.loads(line) for line in (on_sqlite.folder / "files.jsonl").read_text().splitlines()]
    assert sorted(line["bytes"] for line in listed) == [4, 5]
    on_sqlite.blobs.delete(on_sqlite.audio_key)
    found = restore(on_sqlite.folder, on_sqlite.url, on_sqlite.blobs)
    assert (found.files, found.missing) == (1, (on_sqlite.audio_key,))


def test_a_backup_is_made_while_others_write(setting: Setting) -> None:
    store = setting.open()
    with store.write() as session:
        people(session, "Kesken Oy")
        back_up(setting.url, setting.blobs, setting.folder)
    store.close()
    lose(setting)
    restore(setting.folder, setting.url, setting.blobs)
    assert setting.call() is not None


def test_a_folder_that_is_there_is_not_written_into(on_sqlite: Setting) -> None:
    on_sqlite.folder.mkdir()
    with pytest.raises(UsageError, match="is there already"):
        back_up(on_sqlite.url, on_sqlite.blobs, on_sqlite.folder)


def test_a_backup_that_was_broken_off_is_not_brought_back(on_sqlite: Setting) -> None:
    back_up(on_sqlite.url, on_sqlite.blobs, on_sqlite.folder)
    (on_sqlite.folder / MANIFEST).unlink()
    with pytest.raises(InputError, match="holds no whole backup"):
        restore(on_sqlite.folder, on_sqlite.url, on_sqlite.blobs)
    assert on_sqlite.call() is not None


def test_a_damaged_file_is_not_brought_back(on_sqlite: Setting) -> None:
    back_up(on_sqlite.url, on_sqlite.blobs, on_sqlite.folder)
    (on_sqlite.folder / "audio" / on_sqlite.audio_key).write_bytes(b"aud")
    lose(on_sqlite)
    with pytest.raises(InputError, match="is not as long as it was"):
        restore(on_sqlite.folder, on_sqlite.url, on_sqlite.blobs)


@pytest.mark.parametrize(
    ("changed", "expected"), [({"version": 9}, "version 9"), ({"database": "other"}, "of a other database")]
)
def test_a_backup_of_another_kind(on_sqlite: Setting, changed: dict[str, object], expected: str) -> None:
    back_up(on_sqlite.url, on_sqlite.blobs, on_sqlite.folder)
    path = on_sqlite.folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))
    with pytest.raises(InputError, match=expected):
        restore(on_sqlite.folder, on_sqlite.url, on_sqlite.blobs)


def test_a_damaged_database_is_not_backed_up(tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE a (b)")
        database.executemany("INSERT INTO a VALUES (?)", [("x" * 500,)] * 500)
    database.close()
    content = bytearray(path.read_bytes())
    content[8192:40960] = bytes(32768)
    path.write_bytes(content)
    with pytest.raises(PuhepeiliError, match="SQLite did not finish"):
        back_up(f"sqlite:///{path}", open_blobs((tmp_path / "audio").as_uri()), tmp_path / "backup")
    with pytest.raises(InputError):
        read_manifest(tmp_path / "backup")


def test_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    blobs = open_blobs((tmp_path / "audio").as_uri())
    with pytest.raises(UsageError, match="pg_dump is not on this machine"):
        back_up("postgresql://me:secret@127.0.0.1/none", blobs, tmp_path / "backup")


def test_a_password_is_in_no_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pg_dump"
    program.write_text('#!/bin/sh\necho "$@" > "$0.asked"; echo "$PGPASSWORD" >> "$0.asked"; echo broken >&2; exit 1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    blobs = open_blobs((tmp_path / "audio").as_uri())
    with pytest.raises(PuhepeiliError, match="pg_dump did not finish: broken") as caught:
        back_up("postgresql://me:secret@127.0.0.1/calls", blobs, tmp_path / "backup")
    command, password = (tmp_path / "pg_dump.asked").read_text().splitlines()
    assert "postgresql://me@127.0.0.1/calls" in command
    assert ("secret" in command, password) == (False, "secret")
    assert "secret" not in str(caught.value)
