"""Puts the HTTP face together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, FastAPI
from starlette.types import ASGIApp

from app import __version__
from app.web import (
    administration,
    agents,
    audio,
    audit_log,
    batches,
    calls,
    events,
    health,
    rescoring,
    scorecards,
    sessions,
    standards,
    webhooks,
)
from app.web.description import describe
from app.web.middleware import Around
from app.web.problems import add_problem_handlers
from app.web.rules import RULES, Roles, refuse_unruled
from app.web.security import permitted, refuse_unknown
from app.web.service import Service, open_service

if TYPE_CHECKING:
    from app.settings import Settings

ROUTERS: tuple[APIRouter, ...] = (
    calls.router,
    scorecards.router,
    rescoring.router,
    audio.router,
    events.router,
    batches.router,
    agents.router,
    standards.router,
    webhooks.router,
    audit_log.router,
    administration.router,
    sessions.router,
    health.router,
)
LARGE_BODIES = frozenset({"POST /v1/calls"})
"""Routes whose bodies are stored as they come, and never held."""
PAGES = "app.pages"
"""The pages, where they are there: a module with a ``router``, its ``RULES``, and a ``refusal`` for browsers."""


class Puhepeili(FastAPI):
    """The application, with one layer around everything: also around what the framework itself answers."""

    def build_middleware_stack(self) -> ASGIApp:
        """The framework's layers, and ours outermost."""
        return Around(super().build_middleware_stack(), self.state.service, LARGE_BODIES)


def create_app(settings: Settings, service: Service | None = None) -> FastAPI:
    """The service as an ASGI application.

    Parameters
    ----------
    settings : Settings
    service : Service or None
        What is open already, for tests; None opens what the settings name.

    Raises
    ------
    RuntimeError
        If a route has no rule that says who may use it.
    UsageError
        If a place that the settings name cannot be used.
    """
    pages, page_rules = _pages()
    routers, rules = (*ROUTERS, *pages), {**RULES, **page_rules}
    refuse_unruled(routers, rules)
    app = Puhepeili(
        title="Puhepeili",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
        dependencies=[Depends(permitted), Depends(refuse_unknown)],
    )
    app.state.rules = rules
    app.state.service = service or open_service(settings)
    for router in routers:
        app.include_router(router)
    add_problem_handlers(app, import_module(PAGES).refusal if pages else None)
    describe(app, rules, settings.public_url)
    return app


def _pages() -> tuple[tuple[APIRouter, ...], Mapping[str, Roles | None]]:
    if find_spec(PAGES) is None:
        return (), {}
    pages = import_module(PAGES)
    return (pages.router,), pages.RULES


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    service: Service = app.state.service
    service.stopping.set()
    service.close()
