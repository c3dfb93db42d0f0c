"""Whether the team or agent that somebody new is to belong to is there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.store.organisations import agent_team, find_team
from app.store.principals import Principal
from app.web.refusals import NotFound


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
