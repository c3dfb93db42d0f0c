"""For the platform that runs the service: whether it lives, whether it can work, and its numbers."""

from __future__ import annotations

import secrets
from typing import Any, Literal

from fastapi import APIRouter, Request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.responses import Response

from analysis.message import Message
from app.blobs import BlobMissing
from app.web.answers import file_answer, problems
from app.web.problems import problem_response
from app.web.service import Service, ServiceNeeded
from app.web.texts import Answer

router = APIRouter(tags=["platform"])
RETRY_S = 5


class Alive(Answer):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(Answer):
    """The process can work: what was asked, and whether it answered."""

    status: Literal["ready"] = "ready"
    checks: dict[str, bool]


@router.get("/healthz", response_model=Alive, summary="Whether the process lives")
def healthz() -> Alive:
    """Asks nothing else: a process that answers must not be killed because the database is away."""
    return Alive()


@router.get("/readyz", response_model=Ready, summary="Whether the service can work", responses=problems(503))
def readyz(request: Request, service: ServiceNeeded) -> Any:
    """Whether the database and the store of files answer, the tables are up to date, and a worker is alive."""
    checks = service.ready.get(lambda: _checks(service))
    if all(checks.values()):
        return Ready(checks=checks)
    missing = ", ".join(name for name, works in checks.items() if not works)
    return problem_response(
        request,
        503,
        Message("problem-not-working", {"missing": missing}),
        headers={"Retry-After": str(RETRY_S)},
        more={"checks": checks},
    )


@router.get(
    "/metrics",
    response_class=Response,
    summary="Numbers for Prometheus",
    responses={200: file_answer("text/plain", "Prometheus's text form.")},
)
def metrics(service: ServiceNeeded) -> Response:
    """Queues, workers, failures and times to answer."""
    from app.web.metrics import CONTENT_TYPE

    return Response(service.metrics.text(), headers={"Content-Type": CONTENT_TYPE})


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> dict[str, Any]:
    """What this API can do, as OpenAPI 3.1."""
    described: dict[str, Any] = request.app.openapi()
    return described


class _Absent(Exception):
    """Something that has to be there is not."""


def _checks(service: Service) -> dict[str, bool]:
    return {
        "database": _answers(service.store.ping),
        "migrations": _answers(lambda: _current(service)),
        "blobs": _answers(lambda: _blobs(service)),
        "workers": _answers(lambda: _worker(service)),
    }


def _answers(ask: Any) -> bool:
    try:
        ask()
    except (DBAPIError, PoolTimeoutError, OSError, _Absent):
        return False
    return True


def _current(service: Service) -> None:
    from app.store.migrate import is_current

    if not is_current(service.store):
        raise _Absent


def _blobs(service: Service) -> None:
    from obstore.exceptions import BaseError

    if service.blobs.folder is not None and not service.blobs.folder.is_dir():
        raise _Absent
    try:
        service.blobs.size(f"{secrets.token_hex(1)}/{secrets.token_hex(20)}")
    except BlobMissing:
        return
    except BaseError as error:
        raise _Absent from error


def _worker(service: Service) -> None:
    import psycopg

    try:
        alive = service.engine.workers()
    except psycopg.Error as error:  # asked without SQLAlchemy, which would have made a DBAPIError of it
        raise _Absent from error
    if alive < 1:
        raise _Absent
