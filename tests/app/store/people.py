"""Two organisations with everybody in them, and calls that belong to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from app.store.calls import Call, NewCall, create_call
from app.store.organisations import create_organisation, create_team, set_agent
from app.store.principals import Principal, new_principal
from app.store.scorecards import NewScorecard

NOON = datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC)
SCORECARD = NewScorecard('{"scorecard_version": "1"}', "0.1.0", "base", "default@1", {"speech_rate": 4.5, "f0_sd": 2.0})


def later(seconds: float) -> datetime:
    """A moment after noon."""
    return NOON + timedelta(seconds=seconds)


@dataclass(frozen=True)
class People:
    """Somebody of each role in one organisation: Aino and Eero in the first team, Olavi in none."""

    organisation_id: str
    first_team: str
    second_team: str
    aino: Principal
    eero: Principal
    trainer: Principal
    other_trainer: Principal
    platform: Principal
    other_platform: Principal
    admin: Principal

    def call(self, session: Session, agent_id: str | None = "aino", *, by: Principal | None = None, **more) -> Call:
        """A call of an agent, taken in at noon unless told otherwise."""
        now = more.pop("now", NOON)
        new = NewCall(self.organisation_id, (by or self.platform).id, agent_id=agent_id, **more)
        return create_call(session, new, now)


def people(session: Session, name: str = "Yritys Oy", *, retain_days: int | None = 90) -> People:
    """An organisation with its people."""
    id = create_organisation(session, name, NOON, retain_days=retain_days).id
    teams = [create_team(session, id, team, NOON) for team in ("Ykkönen", "Kakkonen")]
    first, second = (team.id for team in teams if team is not None)
    for agent in ("aino", "eero"):
        assert set_agent(session, id, agent, NOON, team_id=first)
    return People(
        organisation_id=id,
        first_team=first,
        second_team=second,
        aino=new_principal("agent", id, agent_id="aino"),
        eero=new_principal("agent", id, agent_id="eero"),
        trainer=new_principal("trainer", id, team_id=first),
        other_trainer=new_principal("trainer", id, team_id=second),
        platform=new_principal("platform", id),
        other_platform=new_principal("platform", id),
        admin=new_principal("admin", id),
    )
