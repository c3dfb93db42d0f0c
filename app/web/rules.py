"""Which role may use which route: the one table. A route that is not in it is open to nobody.

Whose calls a role sees is decided beneath, in `app.store.principals.scope`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import compile_path

from app.store.principals import PrincipalRole

Roles = frozenset[PrincipalRole]
OPEN: Roles | None = None
"""For all, signed in or not."""
EVERYBODY: Roles = frozenset({"agent", "trainer", "platform", "admin"})
CALLS: Roles = frozenset({"agent", "trainer", "platform"})
"""Those who see calls at all; an admin sees none."""
ADMIN: Roles = frozenset({"admin"})

RULES: Mapping[str, Roles | None] = {
    "POST /v1/calls": CALLS,
    "GET /v1/calls": CALLS,
    "GET /v1/calls/{call_id}": CALLS,
    "GET /v1/calls/{call_id}/scorecard": CALLS,
    "GET /v1/calls/{call_id}/events": CALLS,
    "GET /v1/calls/{call_id}/audio": CALLS,
    "POST /v1/calls/{call_id}/cancel": CALLS,
    "POST /v1/calls/{call_id}/retry": CALLS,
    "POST /v1/calls/{call_id}/rescore": frozenset({"trainer", "platform"}),
    "DELETE /v1/calls/{call_id}": CALLS,
    "GET /v1/calls/{call_id}/findings": CALLS,
    "POST /v1/calls/{call_id}/findings/{measure}/{n}/verdict": CALLS,
    "POST /v1/batches": frozenset({"trainer", "platform"}),
    "GET /v1/batches": CALLS,
    "GET /v1/batches/{batch_id}": CALLS,
    "GET /v1/batches/{batch_id}/results": CALLS,
    "GET /v1/agents": frozenset({"trainer", "admin"}),
    "PUT /v1/agents/{agent_id}": ADMIN,
    "DELETE /v1/agents/{agent_id}": ADMIN,
    "GET /v1/agents/{agent_id}/trend": CALLS,
    "GET /v1/agents/{agent_id}/export": frozenset({"agent", "trainer"}),
    "GET /v1/standards": EVERYBODY,
    "GET /v1/standards/{name}": EVERYBODY,
    "GET /v1/standards/{name}/versions": EVERYBODY,
    "PUT /v1/standards/{name}": ADMIN,
    "POST /v1/webhooks": frozenset({"platform", "admin"}),
    "GET /v1/webhooks": frozenset({"platform", "admin"}),
    "GET /v1/webhooks/{webhook_id}": frozenset({"platform", "admin"}),
    "DELETE /v1/webhooks/{webhook_id}": frozenset({"platform", "admin"}),
    "POST /v1/webhooks/{webhook_id}/rotate": frozenset({"platform", "admin"}),
    "GET /v1/webhooks/{webhook_id}/deliveries": frozenset({"platform", "admin"}),
    "POST /v1/webhooks/{webhook_id}/deliveries/{event_id}/replay": frozenset({"platform", "admin"}),
    "GET /v1/audit": EVERYBODY,
    "GET /v1/organisation": ADMIN,
    "PATCH /v1/organisation": ADMIN,
    "GET /v1/keys": ADMIN,
    "POST /v1/keys": ADMIN,
    "DELETE /v1/keys/{key_id}": ADMIN,
    "DELETE /v1/principals/{principal_id}/sessions": ADMIN,
    "GET /v1/teams": ADMIN,
    "POST /v1/teams": ADMIN,
    "DELETE /v1/teams/{team_id}": ADMIN,
    "POST /v1/sign-in-links": ADMIN,
    "POST /v1/session": OPEN,
    "GET /v1/session": EVERYBODY,
    "DELETE /v1/session": EVERYBODY,
    "GET /healthz": OPEN,
    "GET /readyz": OPEN,
    "GET /metrics": OPEN,
    "GET /openapi.json": OPEN,
}


def names_of(router: APIRouter) -> list[str]:
    """Method and path of every route of a router, as the table writes them."""
    routes = [route for route in router.routes if isinstance(route, APIRoute)]
    if len(routes) != len(router.routes):
        raise TypeError("a router holds a route that no rule can reach")
    return [f"{method} {route.path}" for route in routes for method in sorted(route.methods or ())]


def methods_of(rules: Iterable[str], path: str) -> set[str]:
    """Methods that the routes of a path have; the framework names those of one route alone."""
    named = (name.split(" ") for name in rules)
    return {method for method, template in named if _pattern(template).match(path)}


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return compile_path(template)[0]


def refuse_unruled(routers: Iterable[APIRouter], rules: Mapping[str, Roles | None]) -> None:
    """Let no service start that has a route without a rule, or a rule without its route.

    Raises
    ------
    RuntimeError
        If the routes and the rules differ.
    """
    named = [name for router in routers for name in names_of(router)]
    if len(named) != len(set(named)):
        raise RuntimeError(f"routes stand twice: {sorted(name for name in set(named) if named.count(name) > 1)}")
    without, needless = sorted(set(named) - rules.keys()), sorted(rules.keys() - set(named))
    if without or needless:
        raise RuntimeError(f"routes without a rule: {without}; rules without a route: {needless}")
