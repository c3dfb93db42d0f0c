"""Organisations, their teams and agents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.store.base import new_id
from app.store.rows import changed, columns_of, every, first, in_parts, insert_those_not_there, insert_unless_there
from app.store.tables import CallRow
from app.store.tables_access import AgentRow, ApiKeyRow, OrganisationRow, SessionRow, SignInLinkRow, TeamRow

KeepAudio = Literal["full", "agent", "none"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """One customer of the service.

    Parameters
    ----------
    retain_days : int or None
        How long a call is kept; None keeps it until it is erased.
    keep_audio : {"full", "agent", "none"}
        What is left of the audio once it is scored: all of it, the agent's channel, or nothing.
    redact : bool
        Whether personal numbers are taken out of stored transcripts.
    """

    id: str
    name: str
    retain_days: int | None
    keep_audio: KeepAudio
    redact: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Team:
    """Agents with a trainer in common."""

    id: str
    organisation_id: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent; `id` is the caller's own identifier."""

    organisation_id: str
    id: str
    team_id: str | None
    name: str | None
    created_at: datetime


def create_organisation(
    session: Session,
    name: str,
    now: datetime,
    *,
    retain_days: int | None,
    keep_audio: KeepAudio = "full",
    redact: bool = True,
    id: str | None = None,
) -> Organisation:
    """A new organisation."""
    made = Organisation(id or new_id(), name, retain_days, keep_audio, redact, now)
    values = {"name": name, "retain_days": retain_days, "keep_audio": keep_audio, "redact": redact, "created_at": now}
    session.execute(insert(OrganisationRow).values(id=made.id, **values))
    return made


def find_organisation(session: Session, organisation_id: str) -> Organisation | None:
    """One organisation."""
    return first(session, Organisation, columns_of(OrganisationRow).where(OrganisationRow.id == organisation_id))


def list_organisations(session: Session) -> tuple[Organisation, ...]:
    """All organisations, oldest first."""
    ordered = columns_of(OrganisationRow).order_by(OrganisationRow.created_at, OrganisationRow.id)
    return every(session, Organisation, ordered)


def change_organisation(session: Session, organisation_id: str, **values: Any) -> bool:
    """Change `name`, `retain_days`, `keep_audio` or `redact`; calls that are there keep their own end date.

    Raises
    ------
    ValueError
        If another field is named.
    """
    unknown = values.keys() - {"name", "retain_days", "keep_audio", "redact"}
    if unknown or not values:
        raise ValueError(f"an organisation has no {sorted(unknown)} to change")
    statement = update(OrganisationRow).where(OrganisationRow.id == organisation_id).values(**values)
    return changed(session.execute(statement)) == 1


def create_team(session: Session, organisation_id: str, name: str, now: datetime) -> Team | None:
    """A new team; None where the organisation has one of that name."""
    team = Team(new_id(), organisation_id, name, now)
    values = {"organisation_id": organisation_id, "name": name, "created_at": now}
    return team if insert_unless_there(session, TeamRow, id=team.id, **values) else None


def find_team(session: Session, organisation_id: str, team_id: str) -> Team | None:
    """One team of an organisation."""
    own = columns_of(TeamRow).where(TeamRow.organisation_id == organisation_id, TeamRow.id == team_id)
    return first(session, Team, own)


def list_teams(session: Session, organisation_id: str) -> tuple[Team, ...]:
    """Teams of an organisation by name."""
    own = columns_of(TeamRow).where(TeamRow.organisation_id == organisation_id).order_by(TeamRow.name)
    return every(session, Team, own)


def delete_team(session: Session, organisation_id: str, team_id: str) -> bool:
    """Take a team apart: its agents and calls stay without a team, its trainers' keys and sessions go."""
    own = (TeamRow.organisation_id == organisation_id, TeamRow.id == team_id)
    if find_team(session, organisation_id, team_id) is None:
        return False
    session.execute(update(CallRow).where(CallRow.team_id == team_id).values(team_id=None))
    return changed(session.execute(delete(TeamRow).where(*own))) == 1


def set_agent(
    session: Session,
    organisation_id: str,
    agent_id: str,
    now: datetime,
    *,
    team_id: str | None,
    name: str | None = None,
) -> bool:
    """Put an agent into a team (or into none), with all calls: the new trainer sees them, the old one no more.

    False where the organisation has no such team.
    """
    if team_id is not None and find_team(session, organisation_id, team_id) is None:
        return False
    insert_unless_there(session, AgentRow, organisation_id=organisation_id, id=agent_id, created_at=now)
    this = (AgentRow.organisation_id == organisation_id, AgentRow.id == agent_id)
    session.execute(update(AgentRow).where(*this).values(team_id=team_id, name=name))
    calls = (CallRow.organisation_id == organisation_id, CallRow.agent_id == agent_id)
    session.execute(update(CallRow).where(*calls).values(team_id=team_id))
    return True


def find_agent(session: Session, organisation_id: str, agent_id: str) -> Agent | None:
    """One agent of an organisation."""
    this = columns_of(AgentRow).where(AgentRow.organisation_id == organisation_id, AgentRow.id == agent_id)
    return first(session, Agent, this)


def list_agents(session: Session, organisation_id: str, *, team_id: str | None = None) -> tuple[Agent, ...]:
    """Agents of an organisation or of one of its teams, by identifier."""
    own = columns_of(AgentRow).where(AgentRow.organisation_id == organisation_id)
    if team_id is not None:
        own = own.where(AgentRow.team_id == team_id)
    return every(session, Agent, own.order_by(AgentRow.id))


def agent_team(session: Session, organisation_id: str, agent_id: str, now: datetime) -> str | None:
    """The team that an agent is in; an agent who was never heard of is noted down first.

    Until the transaction ends a change of team waits, so that it takes the new call along; other new calls do not.
    """
    return agent_teams(session, organisation_id, (agent_id,), now)[agent_id]


def agent_teams(
    session: Session, organisation_id: str, agent_ids: Sequence[str], now: datetime
) -> dict[str, str | None]:
    """The team of each of some agents, as `agent_team` gives it.

    They are noted down and read in one order, so that two transactions never wait for each other.
    """
    found: dict[str, str | None] = {}
    for part in in_parts(sorted(agent_ids)):
        new = [{"organisation_id": organisation_id, "id": agent_id, "created_at": now} for agent_id in part]
        insert_those_not_there(session, AgentRow, new)
        teams = select(AgentRow.id, AgentRow.team_id).where(AgentRow.organisation_id == organisation_id)
        ordered = teams.where(AgentRow.id.in_(part)).order_by(AgentRow.id).with_for_update(read=True)
        found.update((id, team_id) for id, team_id in session.execute(ordered))
    return found


def delete_agent(session: Session, organisation_id: str, agent_id: str) -> None:
    """Take an agent's row, keys, links and sessions away; the calls are erased one by one with `erase_call`."""
    for row in (ApiKeyRow, SessionRow, SignInLinkRow):
        session.execute(delete(row).where(row.organisation_id == organisation_id, row.agent_id == agent_id))
    session.execute(delete(AgentRow).where(AgentRow.organisation_id == organisation_id, AgentRow.id == agent_id))
