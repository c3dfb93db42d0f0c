"""Who holds a lease, and when a worker counts as dead."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from app.jobs.lease import Leases, leases_for, live_leases, lock_number
from app.jobs.reaper import LeaseKeeper
from app.store.engine import open_store
from tests.faults.setting import ROOT, wait_for

HOLD = """
import sys, time
from pathlib import Path
from app.jobs.lease import leases_for
leases = leases_for(sys.argv[1], Path(sys.argv[2]), "other")
assert leases.hold()
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def other(database_url: str, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lease of ``other``."""
    command = [sys.executable, "-c", HOLD, database_url, str(tmp_path / "leases")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture
def mine(database_url: str, tmp_path: Path) -> Iterator[Leases]:
    """This process's own leases."""
    leases = leases_for(database_url, tmp_path / "leases", "mine")
    assert leases.hold()
    yield leases
    leases.release()


# known answer


def test_a_live_worker_keeps_its_lease_and_a_killed_one_loses_it(
    other: subprocess.Popen[str],
    mine: Leases,
    database_url: str,
    tmp_path: Path,
) -> None:
    assert not mine.seize("other")
    assert live_leases(database_url, tmp_path / "leases") == 2
    other.kill()
    wait_for(lambda: mine.seize("other"), 5, "the lease to fall")
    mine.let_go("other", ended=True)
    assert mine.hold()
    assert live_leases(database_url, tmp_path / "leases") == 1
    assert not (tmp_path / "leases" / "other.lock").exists()


def test_a_stopped_worker_keeps_its_lease(other: subprocess.Popen[str], mine: Leases) -> None:
    os.kill(other.pid, signal.SIGSTOP)
    assert not mine.seize("other")
    assert not mine.seize("other")


def test_a_lease_that_is_given_up_is_free(database_url: str, tmp_path: Path, mine: Leases) -> None:
    second = leases_for(database_url, tmp_path / "leases", "second")
    assert second.hold()
    assert not mine.seize("second")
    second.release()
    assert mine.seize("second")
    mine.let_go("second", ended=False)


def test_nobody_has_two_holders(database_url: str, tmp_path: Path, mine: Leases) -> None:
    twin = leases_for(database_url, tmp_path / "leases", "mine")
    assert not twin.hold()


def test_a_lost_connection_is_noticed_and_the_lease_is_taken_again(
    database_url: str,
    mine: Leases,
) -> None:
    store = open_store(database_url)
    if store.is_sqlite:
        pytest.skip("a file lock has no connection")
    with store.engine.connect() as connection:
        ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'puhepeili-lease' "
        connection.execute(text(ends + "AND datname = current_database()"))
    assert not mine.hold()
    assert not mine.seize("nobody")
    assert mine.hold()
    assert mine.seize("nobody")
    store.close()


def test_the_lock_of_an_executor_is_eight_bytes_of_its_hash() -> None:
    assert lock_number("vm-1-abcd") == 3526935629160782107


class FakeLeases:
    """Leases that are free or held as a test says."""

    def __init__(self) -> None:
        self.own = True
        self.free: set[str] = set()
        self.seized: set[str] = set()

    def hold(self) -> bool:
        return self.own

    def seize(self, owner: str) -> bool:
        if owner in self.free:
            self.seized.add(owner)
        return owner in self.free

    def let_go(self, owner: str, *, ended: bool) -> None:
        self.seized.discard(owner)

    def release(self) -> None:
        self.own = False


class Stage:
    """A keeper with a clock that a test turns."""

    def __init__(self, owners: Callable[[], set[str]] | None = None, grace_s: float = 3.0) -> None:
        self.leases = FakeLeases()
        self.now = 100.0
        self.owners = {"me", "other"}
        self.recovered: list[tuple[float, str]] = []
        self.lost_at: list[float] = []
        self.keeper = LeaseKeeper(
            self.leases,
            "me",
            grace_s=grace_s,
            owners=owners or (lambda: self.owners),
            recover=self._recover,
            lost=lambda: self.lost_at.append(self.now),
            clock=lambda: self.now,
        )

    def _recover(self, owner: str) -> int:
        self.recovered.append((self.now, owner))
        self.owners = self.owners - {owner}
        return 1

    def rounds(self, *free: bool, step_s: float = 1.0) -> None:
        """One round for each, with the other's lease free or not."""
        for is_free in free:
            self.leases.free = {"other"} if is_free else set()
            self.keeper.round()
            self.now += step_s


def test_a_worker_is_dead_after_the_grace_and_not_before() -> None:
    stage = Stage()
    stage.rounds(True, True, True, True, True)
    assert stage.recovered == [(103.0, "other")]
    assert (stage.keeper.reaped, stage.leases.seized) == (1, set())


def test_one_sight_of_life_begins_the_grace_anew() -> None:
    stage = Stage()
    stage.rounds(True, True, True, False, True, True, True)
    assert stage.recovered == []
    stage.rounds(True)
    assert stage.recovered == [(107.0, "other")]


def test_what_was_seen_before_a_stop_of_ones_own_counts_no_more() -> None:
    stage = Stage()
    stage.rounds(True, True)
    stage.now += 60.0
    stage.rounds(True, True, True)
    assert stage.recovered == []
    stage.rounds(True)
    assert stage.recovered == [(165.0, "other")]


def test_a_worker_without_its_own_lease_takes_nobodys_and_stops() -> None:
    stage = Stage()
    stage.rounds(True)
    stage.leases.own = False
    stage.rounds(True, True, True)
    assert (stage.recovered, stage.lost_at) == ([], [])
    stage.rounds(True)
    assert (stage.recovered, stage.lost_at) == ([], [104.0])


def test_a_lease_that_is_taken_again_in_time_stops_nobody() -> None:
    stage = Stage()
    for own in (False, False, True, False, False, False):
        stage.leases.own = own
        stage.rounds(False)
    assert stage.lost_at == []


def test_trouble_with_the_database_begins_the_grace_anew() -> None:
    answers = iter([{"other"}, {"other"}, OSError("gone"), *[{"other"}] * 4])

    def owners() -> set[str]:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    stage = Stage(owners)
    stage.rounds(*[True] * 6)
    assert stage.recovered == []
    stage.rounds(True)
    assert stage.recovered == [(106.0, "other")]


def test_an_owner_without_jobs_is_let_go_of() -> None:
    stage = Stage()
    stage.rounds(True)
    stage.owners = {"me"}
    stage.rounds(True)
    assert stage.leases.seized == set()


# law


@given(st.lists(st.booleans(), max_size=30))
def test_nobody_is_robbed_who_was_seen_alive_within_the_grace(free: list[bool]) -> None:
    stage = Stage(lambda: {"other"})
    stage.rounds(*free)
    for moment, _ in stage.recovered:
        last = int(moment - 100)
        assert all(free[last - 3 : last + 1])
        assert last >= 3
