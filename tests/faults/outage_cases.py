"""What the service stands on goes away for a while: room on the disk, or the database."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import httpx
from sqlalchemy import select
from sqlalchemy.engine import make_url

from app.store.tables import CallRow
from tests.faults.cases import Scale
from tests.faults.serving import Caller, Web, files_in, served, short_call, web_of
from tests.faults.setting import Setting, make_setting, wait_for
from tests.faults.small_disk import MIB, SmallDisk, small_disk
from tests.servers import Postgresql

DISK_BYTES = 48 * MIB
SPARE_BYTES = 256 * 1024
REFUSED = (503, 507)
_ENDS_WITHIN_S = 120.0
SENDERS = 2


@dataclass
class Answers:
    """What submissions were answered during an outage."""

    seen: Counter[int] = field(default_factory=Counter)
    taken: list[str] = field(default_factory=list)

    def add(self, answer: httpx.Response) -> int:
        """Note one: taken in, or told to come back."""
        self.seen[answer.status_code] += 1
        if answer.status_code == 202:
            self.taken.append(answer.json()["id"])
        else:
            assert answer.status_code in REFUSED, f"{answer.status_code} {answer.text}"
            assert int(answer.headers["retry-after"]) > 0
        return answer.status_code

    def all_scored(self, caller: Caller) -> None:
        """Whatever was taken in has its scorecard."""
        for call in self.taken:
            assert caller.wait_ended(call, _ENDS_WITHIN_S) == "succeeded", caller.http.get(f"/v1/calls/{call}").text
            assert caller.http.get(f"/v1/calls/{call}/scorecard").status_code == 200

    def __str__(self) -> str:
        return ", ".join(f"{number} times {status}" for status, number in sorted(self.seen.items()))


def disk_full(setting: Setting, scale: Scale) -> str:
    """The disk of recordings, work and (SQLite) the database is full, and has room again."""
    with small_disk(setting.folder / "disk", DISK_BYTES) as disk:
        url = f"sqlite:///{disk.folder / 'puhepeili.db'}" if setting.store.is_sqlite else setting.url
        small = make_setting(url, disk.folder)
        try:
            with web_of(small) as web:
                return _disk_full(small, scale, web, disk)
        finally:
            small.close()


def _disk_full(setting: Setting, scale: Scale, web: Web, disk: SmallDisk) -> str:
    caller, during, after = web.caller(), Answers(), Answers()
    worker = web.work()
    before = Answers()
    before.add(caller.submit())
    disk.fill([web.pid, worker], spare_bytes=SPARE_BYTES)
    for _ in range(5):
        assert during.add(caller.submit()) != 202, "a recording larger than what is free was taken in"
    assert caller.http.get("/healthz").status_code == 200
    time.sleep(scale.stopped_s / 2)
    disk.free([web.pid, worker])
    back_s = wait_for(lambda: after.add(caller.submit()) == 202, 30, "room again")
    for answers in (before, during, after):
        answers.all_scored(caller)
    _nothing_else(setting, [*before.taken, *during.taken, *after.taken])
    leftovers = len(files_in(setting.folder / "blobs") - _needed(setting))
    return (
        f"({disk.kind}) full for {scale.stopped_s / 2:.0f} s: {during}; with room again taken in after {back_s:.1f} s,"
        f" all {len(before.taken)} taken in before were scored, {leftovers} files left over for the sweep"
    )


def _needed(setting: Setting) -> set[str]:
    with setting.store.read() as session:
        rows = session.execute(select(CallRow.blob_key, CallRow.transcript_key)).all()
    return {key for row in rows for key in row if key is not None}


def _nothing_else(setting: Setting, expected: list[str]) -> None:
    """The calls there are the ones that were answered with 202."""
    with setting.store.read() as session:
        found = set(session.scalars(select(CallRow.id)))
    assert found == set(expected), f"{len(found)} calls, {len(expected)} answered"


def database_locked(setting: Setting, scale: Scale) -> str:
    """Another process holds SQLite's write lock."""
    path = make_url(setting.url).database
    assert path is not None
    sent = short_call(setting.folder)
    with web_of(setting) as web:
        caller, answers = web.caller(timeout_s=120.0), Answers()
        web.work()
        answers.add(caller.submit(*sent))
        holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        holder.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        senders = [
            threading.Thread(target=lambda: answers.add(web.caller(timeout_s=120.0).submit(*sent)))
            for _ in range(SENDERS)
        ]
        for sender in senders:
            sender.start()
        reads = []
        while time.monotonic() - begun < scale.locked_s:
            asked = time.monotonic()
            assert caller.http.get(f"/v1/calls/{answers.taken[0]}").status_code == 200
            reads.append(time.monotonic() - asked)
            time.sleep(0.1)
        holder.execute("ROLLBACK")
        holder.close()
        for sender in senders:
            sender.join(60)
        answers.add(caller.submit(*sent))
        answers.all_scored(caller)
    assert sum(answers.seen.values()) == SENDERS + 2, "a submission was not answered"
    _nothing_else(setting, answers.taken)
    return (
        f"locked for {scale.locked_s:.0f} s: {answers}, none without an answer; reads went on (slowest"
        f" {max(reads):.2f} s); all {len(answers.taken)} taken in were scored"
    )


def database_away(setting: Setting, scale: Scale, server: Postgresql) -> str:
    """The PostgreSQL server is stopped, and comes back."""
    sent = short_call(setting.folder)
    with served(setting, workers=1) as caller:
        answers = Answers()
        assert answers.add(caller.submit(*sent)) == 202
        answers.all_scored(caller)
        for _ in range(2):
            assert answers.add(caller.submit(*sent)) == 202
        server.stop("fast")
        stopped = time.monotonic()
        try:
            for _ in range(4):
                assert answers.add(caller.submit(*sent)) == 503
            assert caller.http.get("/v1/calls").status_code == 503
            assert caller.http.get("/healthz").status_code == 200
            assert (ready := caller.http.get("/readyz")).status_code == 503, f"{ready.status_code} {ready.text}"
            time.sleep(max(0.0, scale.stopped_s / 2 - (time.monotonic() - stopped)))
        finally:
            away_s = time.monotonic() - stopped
            server.start()
        back_s = wait_for(lambda: answers.add(caller.submit(*sent)) == 202, 30, "the database to be back")
        answers.all_scored(caller)
        ready_s = wait_for(lambda: caller.http.get("/readyz").status_code == 200, 60, "the service to be ready")
    _nothing_else(setting, answers.taken)
    return (
        f"away for {away_s:.0f} s: {answers}; back: taken in after {back_s:.1f} s, ready {ready_s:.1f} s later, all"
        f" {len(answers.taken)} taken in were scored"
    )
