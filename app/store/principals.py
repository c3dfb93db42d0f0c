"""Who asks, and which calls they may see: every read of a call goes through `scope`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeVar
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import ColumnElement, Delete, Select, Update, and_, false

from app.errors import UsageError
from app.store.base import new_id
from app.store.tables import CallRow

PrincipalRole = Literal["agent", "trainer", "platform", "admin"]
ROLES: tuple[PrincipalRole, ...] = ("agent", "trainer", "platform", "admin")
Statement = TypeVar("Statement", Select[Any], Update, Delete)


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody or something that is allowed in.

    Parameters
    ----------
    id : str
        Stays the same over a change of keys: what was submitted with the old key can be read with the new one.
    role : {"agent", "trainer", "platform", "admin"}
    organisation_id : str
    agent_id : str or None
        The agent whose calls an ``agent`` sees.
    team_id : str or None
        The team whose calls a ``trainer`` sees.
    per_minute : int or None
        Requests allowed in a minute; None where the service's own limit holds.
    """

    id: str
    role: PrincipalRole
    organisation_id: str
    agent_id: str | None = None
    team_id: str | None = None
    per_minute: int | None = None


def new_principal(
    role: PrincipalRole, organisation_id: str, *, agent_id: str | None = None, team_id: str | None = None
) -> Principal:
    """Somebody who can be given a key or a sign-in link: an agent is the same one each time, all others are new.

    Raises
    ------
    UsageError
        If the role is unknown, an agent comes without `agent_id` or a trainer without `team_id`,
        or another role with one of them.
    """
    if role not in ROLES:
        raise UsageError("error-principal-role", value=role)
    if (role == "agent") != (agent_id is not None):
        raise UsageError("error-principal-agent", role=role)
    if (role == "trainer") != (team_id is not None):
        raise UsageError("error-principal-team", role=role)
    known = new_id() if agent_id is None else str(uuid5(NAMESPACE_OID, f"{organisation_id}/{agent_id}"))
    return Principal(known, role, organisation_id, agent_id, team_id)


def may_see(principal: Principal) -> ColumnElement[bool]:
    """Which calls `principal` may see, as a condition on the table of calls.

    An agent sees the own calls, a trainer those of the agents who are in the team now, a platform those that it
    submitted. An admin looks after keys, teams, standards and retention, and sees no call.
    """
    own = CallRow.organisation_id == principal.organisation_id
    if principal.role == "agent" and principal.agent_id is not None:
        return and_(own, CallRow.agent_id == principal.agent_id)
    if principal.role == "trainer" and principal.team_id is not None:
        return and_(own, CallRow.team_id == principal.team_id)
    if principal.role == "platform":
        return and_(own, CallRow.submitted_by == principal.id)
    return false()


def scope(statement: Statement, principal: Principal) -> Statement:
    """`statement` on calls, limited to those that `principal` may see. No other place decides that."""
    return statement.where(may_see(principal))
