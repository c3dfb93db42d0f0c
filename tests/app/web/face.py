"""The HTTP face in a test: the application, clients for everybody in two organisations, and a stand-in job engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import event
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.blobs import open_blobs
from app.errors import InputError
from app.jobs.port import JobCounts
from app.settings import Settings
from app.store import progress
from app.store.base import now_utc
from app.store.engine import Store
from app.store.keys import make_key
from app.store.principals import Principal
from app.store.scorecards import NewScorecard
from app.web.application import create_app
from app.web.service import Service, make_service
from tests.app.store.people import People, people
from tests.servers import _migrated_sqlite

WAV = (
    b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data"
    + bytes(400)
)
BASE = "http://testserver"


def migrated_sqlite(folder: Path) -> str:
    """URL of a new database file with its tables."""
    path = folder / "puhepeili.db"
    path.write_bytes(_migrated_sqlite())
    return f"sqlite:///{path}"


def hasty(store: Store) -> Store:
    """The store without waiting for the disk at each transaction: tests have thousands."""
    event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return store


@dataclass
class FakeEngine:
    """Remembers what it was asked; with `failing` the queue refuses, as when its table is away."""

    enqueued: list[tuple[str, str, int]] = field(default_factory=list)
    deliveries: list[tuple[str, str, str]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    alive: int = 1
    failing: Exception | None = None

    def prepare(self) -> None:
        """Nothing to prepare."""

    def enqueue(self, session: Session, call_id: str, *, queue: str, priority: int) -> None:
        if self.failing is not None:
            raise self.failing
        self.enqueued.append((call_id, queue, priority))

    def enqueue_many(self, session: Session, call_ids: Sequence[str], *, queue: str, priority: int) -> None:
        for call_id in call_ids:
            self.enqueue(session, call_id, queue=queue, priority=priority)

    def enqueue_delivery(
        self, session: Session, event_id: str, endpoint_id: str, *, round: str = "0", tried: int = 0, delay_s: float = 0
    ) -> None:
        self.deliveries.append((event_id, endpoint_id, round))

    def cancel(self, call_id: str) -> None:
        self.cancelled.append(call_id)

    def retry(self, session: Session, call_id: str, now: datetime) -> bool:
        return progress.retry(session, call_id, now)

    def erase(self, call_id: str) -> None:
        self.erased.append(call_id)

    def status(self, call_id: str) -> None:
        return None

    def counts(self) -> JobCounts:
        return JobCounts({"interactive": 3}, {"interactive": 7.5}, {"worker-1": 1}, 2)

    def workers(self) -> int:
        return self.alive

    def close(self) -> None:
        """Nothing to give back."""


@dataclass
class Face:
    """The service, its people, and a client for each of them."""

    app: FastAPI
    service: Service
    engine: FakeEngine
    us: People
    them: People
    client: TestClient
    keys: dict[str, str]

    def key_of(self, principal: Principal) -> str:
        """A key for somebody, made when it is first asked for."""
        if principal.id not in self.keys:
            with self.service.store.write() as session:
                self.keys[principal.id], _ = make_key(session, principal, name="test", now=now_utc())
        return self.keys[principal.id]

    def headers(self, principal: Principal | None) -> dict[str, str]:
        """What somebody's requests carry."""
        return {} if principal is None else {"Authorization": f"Bearer {self.key_of(principal)}"}

    def ask(self, principal: Principal | None, method: str, path: str, **more: Any) -> Any:
        """One request of somebody's."""
        headers = self.headers(principal) | more.pop("headers", {})
        return self.client.request(method, path, headers=headers, **more)

    def looks(self, agent_id: str = "aino") -> list[tuple[str, str]]:
        """Role and action of each entry in the log that an agent is shown, the oldest first."""
        asker = {"aino": self.us.aino, "eero": self.us.eero}[agent_id]
        items = self.ask(asker, "GET", "/v1/audit").json()["items"]
        return [(one["actor_role"], one["action"]) for one in reversed(items)]

    def submit(self, principal: Principal, audio: bytes = WAV, metadata: str | None = None, **more: Any) -> Any:
        """Send a call in as a file."""
        files: list[Any] = [("audio", ("puhelu.wav", audio, "audio/wav"))]
        if metadata is not None:
            files.append(("metadata", (None, metadata, "application/json")))
        return self.ask(principal, "POST", "/v1/calls", files=files, **more)

    def call(
        self, agent_id: str | None = "aino", *, by: Principal | None = None, audio: bytes | None = WAV, **more: Any
    ):
        """A call that is there already, with its audio."""
        if audio is not None:
            stored = self.service.blobs.put_stream([audio], max_bytes=10**9)
            more = {"blob_key": stored.key, "blob_sha256": stored.sha256, "blob_bytes": stored.bytes} | more
            more.setdefault("media_type", "audio/wav")
        with self.service.store.write() as session:
            return self.us.call(session, agent_id, by=by, now=more.pop("now", now_utc()), **more)

    def score(self, call_id: str, document: str) -> None:
        """End a call with a scorecard."""
        card = NewScorecard(document, "0.1.0", "base", "default@1", {"speech_rate": 4.5})
        with self.service.store.write() as session:
            assert progress.start(session, call_id, now_utc())
            assert progress.succeed(session, call_id, card, now_utc())

    def blob_files(self) -> list[Path]:
        """All files that lie where audio is kept, whole or half-written."""
        assert self.service.blobs.folder is not None
        return [path for path in self.service.blobs.folder.rglob("*") if path.is_file()]


@contextmanager
def make_face(settings: Settings, store: Store) -> Iterator[Face]:
    """The service over an open store."""
    engine = FakeEngine()
    service = make_service(settings, store, open_blobs(settings.blobs_url), engine)  # type: ignore[arg-type]
    service = replace(service, check_endpoint=known_host)
    with store.write() as session:
        us, them = people(session), people(session, "Toinen Oy")
    app = create_app(settings, service)
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        yield Face(app, service, engine, us, them, client, {})


def known_host(url: str) -> None:
    """As if every host but one were there, since tests look none up."""
    if "nobody.example.com" in url:
        raise InputError("error-webhook-unknown-host", host="nobody.example.com")


def soon(seconds: float) -> datetime:
    """A moment from now."""
    return now_utc() + timedelta(seconds=seconds)
