"""What an admin looks after: keys, teams, and what the organisation keeps. No calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import ConfigDict, Field

from app.store.audit import record
from app.store.base import now_utc
from app.store.keyless import disable_keyless
from app.store.keys import ApiKey, end_sessions_of, list_keys, make_key, principal_of, revoke_key
from app.store.organisations import (
    KeepAudio,
    Organisation,
    Team,
    change_organisation,
    create_team,
    delete_team,
    find_organisation,
    list_teams,
)
from app.store.principals import PrincipalRole, new_principal
from app.web.answers import problems
from app.web.bodies import Moment
from app.web.people import BY_ROLE, refuse_strangers
from app.web.refusals import Conflict, NotFound, Unusable
from app.web.security import Asker
from app.web.service import ServiceNeeded
from app.web.texts import AgentId, Answer, Asked, Days, Id, Line

router = APIRouter(tags=["administration"])
EXAMPLE_KEY = {"name": "Vaihde", "role": "platform", "per_minute": 1200}
KeyId = Annotated[Id, Path(description="Identifier of the key.")]
TeamId = Annotated[Id, Path(description="Identifier of the team.")]


class NewKey(Asked):
    """Whom or what a key is for; with `principal_id`, a further key for whom another was made for."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=BY_ROLE | {"examples": [EXAMPLE_KEY]})

    name: Line
    role: PrincipalRole
    agent_id: AgentId | None = None
    team_id: Id | None = None
    principal_id: Id | None = None
    per_minute: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    expires_at: Moment | None = None


class KeyState(Answer):
    """A key as lists show it; the key itself is nowhere."""

    id: str
    principal_id: str
    role: PrincipalRole
    agent_id: str | None
    team_id: str | None
    name: str
    prefix: str
    per_minute: int | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class MadeKey(KeyState):
    """A new key, which is shown here alone."""

    key: str


class KeyList(Answer):
    """Keys, newest first."""

    items: list[KeyState]


class NewTeam(Asked):
    """A team."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "Laskutus"}]})

    name: Line


class TeamState(Answer):
    """Agents with a trainer in common."""

    id: str
    name: str
    created_at: datetime


class TeamList(Answer):
    """Teams, by name."""

    items: list[TeamState]


class OrganisationState(Answer):
    """What the organisation keeps, and how long."""

    id: str
    name: str
    retain_days: int | None
    keep_audio: KeepAudio
    redact: bool
    created_at: datetime


class OrganisationChange(Asked):
    """What is to be otherwise; a field that is left out stays."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"retain_days": 30, "keep_audio": "agent", "redact": True}]}
    )

    name: Line = ""
    retain_days: Days | None = Field(default=None, description="Days that new calls are kept; null keeps them.")
    keep_audio: KeepAudio = Field(default="full", description="What is left of the audio once it is scored.")
    redact: bool = Field(default=True, description="Whether personal numbers are taken out of stored transcripts.")


@router.get("/v1/keys", response_model=KeyList, summary="List keys")
def keys(service: ServiceNeeded, asker: Asker) -> KeyList:
    """All keys of the organisation."""
    with service.store.read() as session:
        return KeyList(items=[_key(one) for one in list_keys(session, asker.organisation_id)])


@router.post(
    "/v1/keys",
    status_code=201,
    response_model=MadeKey,
    summary="Make a key",
    responses=problems(400, 404, 413, 415, 422),
)
def make(service: ServiceNeeded, asker: Asker, new: NewKey) -> MadeKey:
    """Make a key. It is shown once: only its hash is kept."""
    now = now_utc()
    if new.expires_at is not None and new.expires_at <= now:
        raise Unusable("problem-expired", value=new.expires_at.isoformat())
    principal = new_principal(new.role, asker.organisation_id, agent_id=new.agent_id, team_id=new.team_id)
    with service.store.write() as session:
        if new.principal_id is not None:
            before = principal_of(session, new.principal_id, asker.organisation_id)
            if before is None or (before.role, before.agent_id, before.team_id) != (
                principal.role,
                principal.agent_id,
                principal.team_id,
            ):
                raise NotFound("problem-no-key")
            principal = before
        refuse_strangers(session, principal, now)
        limited = replace(principal, per_minute=new.per_minute)
        text, made = make_key(session, limited, name=new.name, now=now, expires_at=new.expires_at)
        detail = {"key_id": made.id, "role": made.role}
        record(session, asker, "key.made", now, agent_id=made.agent_id, detail=detail)
    return MadeKey(**_key(made).model_dump(), key=text)


@router.delete("/v1/keys/{key_id}", status_code=204, summary="Revoke a key", responses=problems(404, 422))
def revoke(service: ServiceNeeded, asker: Asker, key_id: KeyId) -> None:
    """Let a key open nothing any more, from now on, and end the sessions of whom it was for."""
    now = now_utc()
    with service.store.write() as session:
        mine = [one for one in list_keys(session, asker.organisation_id) if one.id == key_id]
        if not mine or not revoke_key(session, asker.organisation_id, key_id, now):
            raise NotFound("problem-no-key")
        end_sessions_of(session, mine[0].principal_id)
        record(session, asker, "key.revoked", now, agent_id=mine[0].agent_id, detail={"key_id": key_id})
        disable_keyless(session, asker.organisation_id, now)


@router.get("/v1/teams", response_model=TeamList, summary="List teams")
def teams(service: ServiceNeeded, asker: Asker) -> TeamList:
    """All teams of the organisation."""
    with service.store.read() as session:
        return TeamList(items=[_team(one) for one in list_teams(session, asker.organisation_id)])


@router.post(
    "/v1/teams",
    status_code=201,
    response_model=TeamState,
    summary="Make a team",
    responses=problems(400, 409, 413, 415, 422),
)
def new_team(service: ServiceNeeded, asker: Asker, new: NewTeam) -> TeamState:
    """Make a team; its trainers and agents are added by their keys, links and `PUT /v1/agents/{id}`."""
    now = now_utc()
    with service.store.write() as session:
        made = create_team(session, asker.organisation_id, new.name, now)
        if made is None:
            raise Conflict("problem-team-exists", name=new.name)
        record(session, asker, "team.made", now, detail={"team_id": made.id})
    return _team(made)


@router.delete("/v1/teams/{team_id}", status_code=204, summary="Take a team apart", responses=problems(404, 422))
def end_team(service: ServiceNeeded, asker: Asker, team_id: TeamId) -> None:
    """Take a team apart: its agents and calls stay without a team, its trainers' keys and sessions go."""
    now = now_utc()
    with service.store.write() as session:
        if not delete_team(session, asker.organisation_id, team_id):
            raise NotFound("problem-no-team")
        record(session, asker, "team.ended", now, detail={"team_id": team_id})


@router.get("/v1/organisation", response_model=OrganisationState, summary="What is kept")
def organisation(service: ServiceNeeded, asker: Asker) -> OrganisationState:
    """How long calls are kept, and how much of them."""
    with service.store.read() as session:
        return _organisation(find_organisation(session, asker.organisation_id))


@router.patch(
    "/v1/organisation",
    response_model=OrganisationState,
    summary="Change what is kept",
    responses=problems(400, 413, 415, 422),
)
def change(service: ServiceNeeded, asker: Asker, new: OrganisationChange) -> OrganisationState:
    """Change how long new calls are kept, and how much of them; calls that are there keep their own end date."""
    now = now_utc()
    values: dict[str, Any] = new.model_dump(exclude_unset=True)
    with service.store.write() as session:
        if values:
            change_organisation(session, asker.organisation_id, **values)
            record(session, asker, "organisation.changed", now, detail={"fields": sorted(values)})
        return _organisation(find_organisation(session, asker.organisation_id))


def _key(key: ApiKey) -> KeyState:
    return KeyState(**{name: getattr(key, name) for name in KeyState.model_fields})


def _team(team: Team) -> TeamState:
    return TeamState(id=team.id, name=team.name, created_at=team.created_at)


def _organisation(found: Organisation | None) -> OrganisationState:
    assert found is not None
    return OrganisationState(**{name: getattr(found, name) for name in OrganisationState.model_fields})
