"""Whether the team or agent that somebody new is to belong to is there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.store.organisations import agent_team, find_team
from app.store.principals import Principal
from app.web.refusals import NotFound


def _role(*roles: str, agent_id: bool = False, team_id: bool = False) -> dict[str, Any]:
    has = {"agent_id": agent_id, "team_id": team_id}
    needed = [name for name, wanted in has.items() if wanted]
    kinds = {name: {"type": "string" if wanted else "null"} for name, wanted in has.items()}
    return {"properties": {"role": {"enum": list(roles)}, **kinds}, "required": ["role", *needed]}


BY_ROLE: dict[str, Any] = {
    "oneOf": [_role("agent", agent_id=True), _role("trainer", team_id=True), _role("platform", "admin")]
}
"""For the API's description: which role comes with an agent, and which with a team."""


def refuse_strangers(session: Session, principal: Principal, now: datetime) -> None:
    """Whether `principal`'s team is there; an agent who was never heard of is noted down.

    Raises
    ------
    NotFound
        If the organisation has no such team.
    """
    if principal.team_id is not None and find_team(session, principal.organisation_id, principal.team_id) is None:
        raise NotFound("problem-no-team")
    if principal.agent_id is not None:
        agent_team(session, principal.organisation_id, principal.agent_id, now)
