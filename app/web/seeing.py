"""Finds what a caller may see, and writes down who saw it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.store.audit import record
from app.store.base import now_utc
from app.store.calls import Call, find_call
from app.store.organisations import find_agent
from app.store.principals import Principal
from app.web.refusals import Forbidden, NotFound
from app.web.service import Service

ONE_LISTENING_S = 600.0
"""A player asks for the same recording many times: within this time it is one entry in the log."""


def call_for(session: Session, principal: Principal, call_id: str) -> Call:
    """The call, if `principal` may see it.

    Raises
    ------
    NotFound
        If it is not there or not theirs.
    """
    call = find_call(session, principal, call_id)
    if call is None:
        raise NotFound("problem-no-call")
    return call


def refuse_unless_theirs(principal: Principal, call: Call) -> None:
    """Let an agent stop and erase only what the agent sent in: other recordings are the employer's.

    Raises
    ------
    Forbidden
    """
    if principal.role == "agent" and call.submitted_by != principal.id:
        raise Forbidden("problem-not-submitter")


def agent_in_sight(session: Session, principal: Principal, agent_id: str) -> None:
    """Whether `principal` may ask about an agent at all; a platform sees those of its own calls beneath.

    Raises
    ------
    NotFound
        If the agent is somebody else, or in another team.
    """
    if principal.role == "agent" and agent_id != principal.agent_id:
        raise NotFound("problem-no-agent")
    if principal.role == "trainer":
        found = find_agent(session, principal.organisation_id, agent_id)
        if found is None or found.team_id != principal.team_id:
            raise NotFound("problem-no-agent")


def note(
    service: Service,
    principal: Principal,
    action: str,
    *,
    call: Call | None = None,
    agent_id: str | None = None,
    detail: dict[str, Any] | None = None,
    within_s: float = 0.0,
) -> None:
    """Write down that `principal` saw something of an agent; what agents see of their own is nobody's business.

    It is written before anything is shown: what cannot be written down is not shown.

    Parameters
    ----------
    within_s : float
        Time within which the same is not written down again.
    """
    about = call.agent_id if call is not None else agent_id
    if principal.role == "agent" and about == principal.agent_id:
        return
    call_id = None if call is None else call.id

    def write() -> None:
        with service.store.write() as session:
            record(session, principal, action, now_utc(), call_id=call_id, agent_id=about, detail=detail)

    if not within_s:
        write()
        return
    with service.noted.once(f"seen:{principal.id}:{action}:{call_id or about}", within_s) as is_new:
        if is_new:
            write()
