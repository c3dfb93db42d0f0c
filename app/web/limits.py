"""How often somebody may ask, and whether the service can take in more."""

from __future__ import annotations

import math
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

from app.web.refusals import Busy, TooMany

if TYPE_CHECKING:
    from app.web.service import Service

QUEUE_RETRY_S = 60
DISK_RETRY_S = 300
LOOK_S = 1.0
"""How long an answer that anybody may ask for is given again."""
_MOST_KEPT = 20_000
_AT_ONCE = 64
Answer = TypeVar("Answer")


class Limiter:
    """Token buckets, one for each name: a minute's requests may come at once, and then at their pace.

    They live in this process; with several web processes each allows as much.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, name: str, per_minute: int) -> None:
        """Take one request of `name`'s.

        Raises
        ------
        TooMany
            If there is none left; it says when to come back.
        """
        with self._lock:
            now = self._clock()
            left, before = self._buckets.get(name, (float(per_minute), now))
            left = min(float(per_minute), left + (now - before) * per_minute / 60.0)
            if left < 1.0:
                self._buckets[name] = (left, now)
                raise TooMany(math.ceil((1.0 - left) * 60.0 / per_minute))
            if len(self._buckets) >= _MOST_KEPT:
                self._forget_idle(now)
            self._buckets[name] = (left - 1.0, now)

    def _forget_idle(self, now: float) -> None:
        """A bucket that was left alone for a minute is full again, so nothing is lost with it."""
        self._buckets = {name: kept for name, kept in self._buckets.items() if now - kept[1] < 60.0}


class Recently:
    """What was done within the last minutes, by name."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._doing = tuple(threading.Lock() for _ in range(_AT_ONCE))
        self._done: dict[str, float] = {}

    @contextmanager
    def once(self, name: str, within_s: float) -> Iterator[bool]:
        """Whether the block is to do what `name` stands for: it was not done within so many seconds.

        It counts as done when the block has ended without a fault. Another that comes while the block lasts waits for
        its end, so that it neither does the same again nor takes it for done too early.
        """
        with self._doing[hash(name) % _AT_ONCE]:
            with self._lock:
                is_new = self._clock() >= self._done.get(name, 0.0)
            yield is_new
            if is_new:
                self._mark(name, within_s)

    def _mark(self, name: str, within_s: float) -> None:
        with self._lock:
            now = self._clock()
            if len(self._done) >= _MOST_KEPT:
                self._done = {kept: until for kept, until in self._done.items() if until > now}
            self._done[name] = now + within_s


class Kept(Generic[Answer]):
    """An answer that is given again for a while, so that asking often costs little; one asks, the others wait."""

    def __init__(self, for_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._for_s, self._clock = for_s, clock
        self._lock = threading.Lock()
        self._kept: tuple[float, Answer] | None = None

    def get(self, ask: Callable[[], Answer]) -> Answer:
        """What `ask` gives, or gave a moment ago."""
        with self._lock:
            if self._kept is None or self._clock() >= self._kept[0]:
                answer = ask()
                self._kept = (self._clock() + self._for_s, answer)
            return self._kept[1]


def refuse_when_full(service: Service) -> None:
    """Whether more calls can be taken in now.

    Raises
    ------
    Busy
        If the disk is nearly full, or too many calls wait.
    """
    folder = service.blobs.folder
    places = [service.settings.data_dir] if folder is None else [service.settings.data_dir, folder]
    for place in places:
        if place.exists() and shutil.disk_usage(place).free < service.settings.min_free_bytes:
            raise Busy("problem-disk-full", DISK_RETRY_S)
    if service.metrics.queued() >= service.settings.max_queued_calls:
        raise Busy("problem-queue-full", QUEUE_RETRY_S)
