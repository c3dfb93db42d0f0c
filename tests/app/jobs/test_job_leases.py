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
from app.jobs.reaper import LeaseKeeper, in_ring
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
    wait_for(lambda: mine.seize("other"), 20, "the lease to fall")
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


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_lost_connection_is_noticed_and_the_lease_is_taken_again(
    database_url: str,
    mine: Leases,
) -> None:
    store = open_store(database_url)
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


class Crowd:
    """Many workers with a keeper each; all but the idle hold a job. Looks at others' leases are counted."""

    def __init__(self, count: int, *, idle: int = 0) -> None:
        self.now, self.looks, self.readings = 0.0, 0, 0
        self.alive = [f"machine-{number // 8}-{number}" for number in range(count)]
        self.owners = set(self.alive[idle:])
        self.stopped: set[str] = set()
        self.recovered: dict[str, float] = {}
        self.keepers = {name: self._keeper(name) for name in self.alive}

    def _keeper(self, name: str) -> LeaseKeeper:
        def owners() -> set[str]:
            self.readings += len(self.owners)
            return set(self.owners)

        leases = FakeLeases()
        leases.seize = self._seize  # type: ignore[method-assign]
        return LeaseKeeper(
            leases, name, grace_s=3.0, owners=owners, recover=self._recover, lost=list, clock=lambda: self.now
        )

    def _seize(self, owner: str) -> bool:
        self.looks += 1
        return owner not in self.alive

    def _recover(self, owner: str) -> int:
        assert owner not in self.alive, "robbed alive"
        self.recovered.setdefault(owner, self.now)
        self.owners.discard(owner)
        return 1

    def rounds(self, count: int) -> tuple[float, float]:
        """Let everybody who lives and is not stopped make rounds; looks and names read, of a worker in a round."""
        self.looks = self.readings = 0
        for _ in range(count):
            for name in [name for name in self.alive if name not in self.stopped]:
                self.keepers[name].round()
            self.now += 1.0
        made = count * max(1, len(self.alive) - len(self.stopped))
        return self.looks / made, self.readings / made

    def kill(self, names: list[str]) -> None:
        """End some workers."""
        self.alive = [name for name in self.alive if name not in names]


@pytest.mark.parametrize("count", [20, 240])
def test_the_looks_of_all_workers_together_grow_only_with_their_number(count: int) -> None:
    crowd = Crowd(count, idle=count // 4)
    looks, read = crowd.rounds(20)
    assert looks == 3.0
    assert read <= 100.0
    crowd.kill(crowd.alive[count // 2 : count // 2 + count // 10])
    looks, read = crowd.rounds(10)
    assert looks <= 5.0
    assert read <= 120.0


@pytest.mark.parametrize("left", [1, 2, 50, 99])
def test_however_many_die_at_once_all_are_found_within_the_grace_and_a_few_rounds(left: int) -> None:
    crowd = Crowd(100)
    crowd.rounds(5)
    dead = crowd.alive[left:]
    crowd.kill(dead)
    crowd.rounds(8)
    assert set(crowd.recovered) == set(dead)
    assert max(crowd.recovered.values()) <= 5.0 + 3.0 + 2.0


def test_one_who_dies_after_workers_that_are_stopped_is_found_all_the_same() -> None:
    crowd = Crowd(60)
    crowd.rounds(2)
    victim = crowd.alive[30]
    before = in_ring(crowd.alive, after=victim)[:-1][-5:]
    crowd.stopped = set(before)
    crowd.kill([victim])
    crowd.rounds(12)
    assert set(crowd.recovered) == {victim}


# law


def test_the_ring_is_the_same_for_all_and_workers_of_a_machine_stand_apart() -> None:
    names = [f"machine-{number // 8}-{number}" for number in range(80)]
    whole = in_ring(names, after=names[-1])
    assert sorted(whole) == sorted(names)
    assert whole[-1] == names[-1]
    for name in names:
        here = whole.index(name)
        assert in_ring(set(names) - {name}, after=name) == whole[here + 1 :] + whole[:here]
    together = sum(one.split("-")[1] == two.split("-")[1] for one, two in zip(whole, whole[1:], strict=False))
    assert together < 20


@given(st.lists(st.booleans(), max_size=30))
def test_nobody_is_robbed_who_was_seen_alive_within_the_grace(free: list[bool]) -> None:
    stage = Stage(lambda: {"other"})
    stage.rounds(*free)
    for moment, _ in stage.recovered:
        last = int(moment - 100)
        assert all(free[last - 3 : last + 1])
        assert last >= 3
