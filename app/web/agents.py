"""Agents: their teams, their measures over time, and all that is held on one of them."""

from __future__ import annotations

from datetime import datetime
from statistics import median
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import ConfigDict
from starlette.responses import StreamingResponse

from analysis.catalogue import BY_NAME
from app.privacy import erase_agent, export_agent
from app.store.audit import record
from app.store.base import now_utc
from app.store.organisations import Agent, find_agent, list_agents, set_agent
from app.store.retention import calls_of_agent
from app.store.scorecards import trend as points_of
from app.web.answers import file_answer, problems
from app.web.bodies import Moment
from app.web.refusals import NotFound, Unusable
from app.web.security import Asker
from app.web.seeing import agent_in_sight, note
from app.web.service import ServiceNeeded
from app.web.texts import AgentId, Answer, Asked, Id, Line, MeasureName

router = APIRouter(tags=["agents"])
ThisAgent = Annotated[
    AgentId, Path(description="The caller's own identifier of the agent.", examples=["aino.virtanen"])
]


class AgentState(Answer):
    """One agent."""

    id: str
    name: str | None
    team_id: str | None
    created_at: datetime


class AgentList(Answer):
    """Agents, by identifier."""

    items: list[AgentState]


class AgentChange(Asked):
    """Which team an agent is in, and what the agent is called."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"team_id": None, "name": "Aino V."}]})

    team_id: Id | None = None
    name: Line | None = None


class TrendPoint(Answer):
    """One call's value; `at` is when the call began, or was taken in where nobody told."""

    call_id: str
    at: datetime
    value: float


class Baseline(Answer):
    """The agent's own usual value: the median over the calls shown."""

    value: float
    calls: int


class Trend(Answer):
    """A measure over an agent's calls, oldest first."""

    agent_id: str
    measure: str
    unit: str
    points: list[TrendPoint]
    baseline: Baseline | None


class Erased(Answer):
    """How much was erased."""

    calls: int


@router.get("/v1/agents", response_model=AgentList, summary="List agents")
def list_own(service: ServiceNeeded, asker: Asker) -> AgentList:
    """A trainer's own team, or for an admin all agents."""
    team_id = asker.team_id if asker.role == "trainer" else None
    with service.store.read() as session:
        found = list_agents(session, asker.organisation_id, team_id=team_id)
    return AgentList(items=[_state(agent) for agent in found])


@router.put(
    "/v1/agents/{agent_id}",
    response_model=AgentState,
    summary="Put an agent into a team",
    responses=problems(400, 404, 413, 415, 422),
)
def put(service: ServiceNeeded, asker: Asker, agent_id: ThisAgent, change: AgentChange) -> AgentState:
    """Put an agent into a team (or into none), with all calls: the new trainer sees them, the old one no more."""
    now = now_utc()
    with service.store.write() as session:
        if not set_agent(session, asker.organisation_id, agent_id, now, team_id=change.team_id, name=change.name):
            raise NotFound("problem-no-team")
        record(session, asker, "agent.changed", now, agent_id=agent_id, detail={"team_id": change.team_id})
        found = find_agent(session, asker.organisation_id, agent_id)
    assert found is not None
    return _state(found)


@router.delete(
    "/v1/agents/{agent_id}",
    response_model=Erased,
    summary="Erase an agent",
    responses=problems(404, 422),
)
def delete(service: ServiceNeeded, asker: Asker, agent_id: ThisAgent) -> Erased:
    """Erase an agent with every call, scorecard, key and session. It cannot be brought back.

    The log of who saw what keeps its entries; they hold no more of the agent than the identifier.
    """
    with service.store.read() as session:
        known = find_agent(session, asker.organisation_id, agent_id) is not None
        known = known or bool(calls_of_agent(session, asker.organisation_id, agent_id))
    if not known:
        raise NotFound("problem-no-agent")
    return Erased(
        calls=erase_agent(
            service.store, service.blobs, asker.organisation_id, agent_id, by=asker, engine=service.engine
        )
    )


@router.get(
    "/v1/agents/{agent_id}/trend", response_model=Trend, summary="A measure over time", responses=problems(404, 422)
)
def trend(
    service: ServiceNeeded,
    asker: Asker,
    agent_id: ThisAgent,
    measure: Annotated[MeasureName, Query(description="A measure's name.", json_schema_extra={"enum": list(BY_NAME)})],
    since: Annotated[Moment | None, Query()] = None,
    until: Annotated[Moment | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=5000, description="The latest so many calls.")] = 1000,
) -> Trend:
    """A measure over an agent's calls that the caller may see, with the agent's own usual value."""
    if measure not in BY_NAME:
        raise Unusable("problem-unknown-measure", name=measure, allowed=", ".join(BY_NAME))
    with service.store.read() as session:
        agent_in_sight(session, asker, agent_id)
        found = points_of(session, asker, agent_id, measure, since=since, until=until, limit=limit)
    note(service, asker, "trend.read", agent_id=agent_id, detail={"measure": measure})
    values = [point.value for point in found]
    return Trend(
        agent_id=agent_id,
        measure=measure,
        unit=BY_NAME[measure].unit,
        points=[TrendPoint(call_id=point.call_id, at=point.at, value=point.value) for point in found],
        baseline=Baseline(value=median(values), calls=len(values)) if values else None,
    )


@router.get(
    "/v1/agents/{agent_id}/export",
    response_class=Response,
    summary="All that is held on an agent",
    responses={
        200: file_answer("application/zip", "The file.", {"type": "string", "format": "binary"}),
        **problems(404, 422),
    },
)
def export(
    service: ServiceNeeded,
    asker: Asker,
    agent_id: ThisAgent,
    audio: Annotated[bool, Query(description="Whether the recordings go with it.")] = True,
) -> Response:
    """All that is held on one agent as a ZIP file: the calls, scorecards, verdicts, recordings, and who saw them."""
    with service.store.read() as session:
        agent_in_sight(session, asker, agent_id)
    pieces = export_agent(service.store, service.blobs, asker.organisation_id, agent_id, by=asker, audio=audio)
    headers = {"Content-Disposition": 'attachment; filename="puhepeili.zip"'}
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


def _state(agent: Agent) -> AgentState:
    return AgentState(id=agent.id, name=agent.name, team_id=agent.team_id, created_at=agent.created_at)
