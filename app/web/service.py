"""What a web process has at hand for every request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from app.ending import Stopping
from app.web.limits import LOOK_S, Kept, Limiter, Recently

if TYPE_CHECKING:
    from app.blobs import Blobs
    from app.jobs.port import JobEngine
    from app.settings import Settings
    from app.store.engine import Store
    from app.web.metrics import Metrics
    from app.web.watching import Watch


@dataclass(frozen=True, slots=True)
class Service:
    """What the endpoints work with.

    Parameters
    ----------
    check_endpoint : callable
        Raises an `InputError` for an address that no event may be sent to; it looks the host up.
    limiter : Limiter
        Requests of each principal, and failed sign-ins of each address.
    noted : Recently
        What was written down lately, so that one listening is one entry in the log.
    ready : Kept
        What `/readyz` found a moment ago: it is open to all, and each look asks the database.
    stopping : Stopping
        Set when the process is told to stop: streams of events end then.
    """

    settings: Settings
    store: Store
    blobs: Blobs
    engine: JobEngine
    metrics: Metrics
    watch: Watch
    check_endpoint: Callable[[str], None]
    limiter: Limiter = field(default_factory=Limiter)
    noted: Recently = field(default_factory=Recently)
    ready: Kept[dict[str, bool]] = field(default_factory=lambda: Kept(LOOK_S))
    stopping: Stopping = field(default_factory=Stopping)

    @property
    def is_secure(self) -> bool:
        """Whether people reach the service over HTTPS."""
        return self.settings.public_url.startswith("https://")

    def path(self, path: str) -> str:
        """`path` as callers reach it, who may reach the service under a folder of a host."""
        return urlsplit(self.settings.public_url).path + path

    def close(self) -> None:
        """Give connections back."""
        self.engine.close()
        self.store.close()


def make_service(settings: Settings, store: Store, blobs: Blobs, engine: JobEngine) -> Service:
    """A service over what is open already."""
    from app.web.metrics import Metrics
    from app.web.watching import Watch
    from app.webhooks.endpoints import check_endpoint_url

    check = partial(check_endpoint_url, allow=settings.internal_host_names)
    return Service(settings, store, blobs, engine, Metrics(store, engine), Watch(store), check)


def open_service(settings: Settings) -> Service:
    """A service over the places that the settings name; the tables have to be there already.

    Raises
    ------
    UsageError
        If a place cannot be used.
    """
    from app.blobs import open_blobs
    from app.jobs.config import job_config
    from app.jobs.dbos_engine import DbosEngine
    from app.store.engine import open_store

    store = open_store(settings.database_url)
    return make_service(settings, store, open_blobs(settings.blobs_url), DbosEngine(store, job_config(settings)))


def service_of(request: Request) -> Service:
    """The service behind a request."""
    service: Service = request.app.state.service
    return service


ServiceNeeded = Annotated[Service, Depends(service_of)]
