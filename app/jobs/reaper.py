"""Takes the jobs of dead workers back into their queues, and stops this worker when it cannot show that it lives."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable

from app.jobs.lease import Leases, lock_number

log = logging.getLogger(__name__)
ROUND_S = 1.0
NEIGHBOURS = 2
"""Live owners after its own place in the ring that a worker looks at in each round."""
OWNERS_A_ROUND = 100
"""Of so many owners the list is read anew in each round, of twice as many in every other one."""


class LeaseKeeper:
    """One round a second: see to the own lease, then to those of some owners of jobs under way.

    Owners stand in a ring, and a worker looks at those after itself, up to the second that lives: so every dead one has
    somebody who sees it at once, while the looks of all workers together grow only with their number. One owner more,
    another in each round, is for the case that those before a dead one are themselves stopped.

    Parameters
    ----------
    leases : Leases
        The locks.
    executor_id : str
        Whose own lease it is.
    grace_s : float
        How long a lease must be free, without a break, before its owner counts as dead; and how long this worker goes
        on without its own.
    owners : callable
        Executors that hold jobs under way, by the engine's books.
    recover : callable
        Puts the jobs of one executor back into their queues and says how many there were.
    lost : callable
        Called once, when the own lease could not be had for `grace_s`: the worker must stop at once.
    clock : callable
        Seconds that only go forward.
    """

    def __init__(
        self,
        leases: Leases,
        executor_id: str,
        *,
        grace_s: float,
        owners: Callable[[], Iterable[str]],
        recover: Callable[[str], int],
        lost: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._leases = leases
        self._executor_id = executor_id
        self._grace_s = grace_s
        self._owners = owners
        self._recover = recover
        self._lost = lost
        self._clock = clock
        self._free_since: dict[str, float] = {}
        self._ring: list[str] = []
        self._rounds = 0
        self._next_reading = 0
        self._without_since: float | None = None
        self._last_round: float | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.reaped = 0

    def start(self) -> None:
        """Keep the rounds going in a thread of their own."""
        self._thread = threading.Thread(target=self._run, name="lease-keeper", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the rounds and give the own lease up."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)
        self._leases.release()

    def _run(self) -> None:
        while not self._stop.wait(ROUND_S):
            self.round()

    def round(self) -> None:
        """One look at the own lease and at the others'."""
        now = self._clock()
        # After a stop of the whole process nothing that was seen before it counts as "without a break".
        if self._last_round is not None and now - self._last_round > max(2 * ROUND_S, self._grace_s / 2):
            self._forget_all()
        self._last_round = now
        if not self._leases.hold():
            self._forget_all()
            self._own_is_gone(now)
            return
        self._without_since = None
        if not self._read_owners():
            return
        for owner in self._free_since.keys() - set(self._ring):
            self._forget(owner, ended=False)
        self._look_around()
        self._rounds += 1

    def _read_owners(self) -> bool:
        """Read who holds jobs, if it is time; False where that cannot be done now."""
        if self._rounds < self._next_reading:
            return True
        try:
            owners = set(self._owners()) - {self._executor_id}
        except Exception as error:  # noqa: BLE001 - any trouble of the database: the next round asks again
            log.warning("owners of jobs could not be read: %s", type(error).__name__)
            self._forget_all()
            return False
        self._ring = in_ring(owners, after=self._executor_id)
        self._next_reading = self._rounds + 1 + len(owners) // OWNERS_A_ROUND
        return True

    def _look_around(self) -> None:
        """Look at the next in the ring until enough live ones are found, at one other, and at those under suspicion."""
        wanted, looked, alive = self._ring, set[str](), 0
        for owner in wanted:
            if alive == NEIGHBOURS:
                break
            looked.add(owner)
            alive += self._look_at(owner)
        others = [owner for owner in wanted if owner not in looked]
        if others:
            looked.add(others[self._rounds % len(others)])
            self._look_at(others[self._rounds % len(others)])
        for owner in self._free_since.keys() - looked:
            self._look_at(owner)

    def _own_is_gone(self, now: float) -> None:
        if self._without_since is None:
            self._without_since = now
        if now - self._without_since >= self._grace_s:
            log.error("worker %s has been without its lease for %.0f s and stops", self._executor_id, self._grace_s)
            self._stop.set()
            self._lost()

    def _look_at(self, owner: str) -> bool:
        """Whether `owner` lives; one that has been dead for long enough loses its jobs."""
        now = self._clock()
        if not self._leases.seize(owner):
            self._forget(owner, ended=False)
            return True
        if now - self._free_since.setdefault(owner, now) < self._grace_s:
            return False
        try:
            taken = self._recover(owner)
        except Exception as error:  # noqa: BLE001 - any trouble of the database: the next round tries again
            log.warning("jobs of %s could not be taken back: %s", owner, type(error).__name__)
            return False
        self.reaped += taken
        log.warning("worker %s is gone; %d of its jobs go on elsewhere", owner, taken)
        self._forget(owner, ended=True)
        # Another may have seen to it already, and the books be read only later.
        self._ring = [one for one in self._ring if one != owner]
        return False

    def _forget(self, owner: str, *, ended: bool) -> None:
        if self._free_since.pop(owner, None) is not None:
            self._leases.let_go(owner, ended=ended)

    def _forget_all(self) -> None:
        self._next_reading = self._rounds
        for owner in list(self._free_since):
            self._forget(owner, ended=False)


def in_ring(owners: Iterable[str], *, after: str) -> list[str]:
    """`owners` in the order of the ring, beginning after the place of `after`.

    The place is a hash of the name, so that workers of one machine, which may all stop at once, do not stand together.
    """
    start = (lock_number(after), after)
    placed = sorted((lock_number(owner), owner) for owner in owners)
    return [owner for place, owner in placed if (place, owner) > start] + [
        owner for place, owner in placed if (place, owner) <= start
    ]
