"""How often somebody may ask, and whether the service can take in more."""

from __future__ import annotations

import math
import shutil
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.web.refusals import Busy, TooMany

if TYPE_CHECKING:
    from app.web.service import Service

QUEUE_RETRY_S = 60
DISK_RETRY_S = 300
QUEUE_LOOK_S = 1.0
_MOST_KEPT = 20_000


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
    """What happened within the last minutes, by name."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[str, float] = {}

    def is_new(self, name: str, within_s: float) -> bool:
        """Whether `name` was not seen within so many seconds; from now on it was."""
        with self._lock:
            now = self._clock()
            if now < self._seen.get(name, 0.0):
                return False
            if len(self._seen) >= _MOST_KEPT:
                self._seen = {kept: until for kept, until in self._seen.items() if until > now}
            self._seen[name] = now + within_s
            return True

    def forget(self, name: str) -> None:
        """Take `name` as not seen."""
        with self._lock:
            self._seen.pop(name, None)


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
