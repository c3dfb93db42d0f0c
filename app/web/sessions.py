"""Signing in on the pages by a link, and out again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import ConfigDict, Field, StringConstraints

from app.store.audit import record
from app.store.base import now_utc
from app.store.keys import SignedIn, end_session, end_sessions_in, make_sign_in_link, start_session, use_sign_in_link
from app.store.organisations import find_organisation
from app.store.principals import Principal, PrincipalRole, new_principal
from app.web.answers import problems
from app.web.description import cookie_name
from app.web.links import sign_in_url
from app.web.people import BY_ROLE, refuse_strangers
from app.web.refusals import NotFound, NotSignedIn
from app.web.security import Asker, caller_of, count_failure, set_session_cookie
from app.web.service import Service, ServiceNeeded
from app.web.texts import AgentId, Answer, Asked, Id

router = APIRouter(tags=["sessions"])
PrincipalId = Annotated[
    Id, Path(description="Identifier of somebody signed in.", examples=["0198f5d2-6c1b-7a40-9c3e-5f0a4c1d2e3f"])
]
LONGEST_LINK_HOURS = 24 * 7
EXAMPLE_LINK = {"role": "agent", "agent_id": "aino.virtanen", "hours": 24}


class LinkToken(Asked):
    """What a sign-in link carries."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"token": "pl_" + "x" * 43}]})

    token: Annotated[str, StringConstraints(min_length=10, max_length=200, pattern=r"^pl_[A-Za-z0-9_-]+$")]


class SessionState(Answer):
    """Who is signed in; `csrf` goes into the header `X-CSRF-Token` of everything that changes something."""

    principal_id: str
    role: PrincipalRole
    agent_id: str | None
    team_id: str | None
    organisation: str
    csrf: str | None = Field(description="None where a key was used: then none is needed.")
    expires_at: datetime | None


class NewLink(Asked):
    """Whom a link is for."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=BY_ROLE | {"examples": [EXAMPLE_LINK]})

    role: PrincipalRole
    agent_id: AgentId | None = None
    team_id: Id | None = None
    hours: Annotated[int, Field(ge=1, le=LONGEST_LINK_HOURS)] = 24


class Link(Answer):
    """A link that signs one person in, once."""

    url: str
    expires_at: datetime
    principal_id: str = Field(description="Whom it signs in; their sessions can be ended by it.")


@router.post(
    "/v1/sign-in-links",
    status_code=201,
    response_model=Link,
    summary="Make a sign-in link",
    responses=problems(400, 404, 413, 415, 422),
)
def make_link(service: ServiceNeeded, asker: Asker, new: NewLink) -> Link:
    """A link that signs one person in on the pages, once. It is shown here alone."""
    now = now_utc()
    principal = new_principal(new.role, asker.organisation_id, agent_id=new.agent_id, team_id=new.team_id)
    with service.store.write() as session:
        refuse_strangers(session, principal, now)
        token = make_sign_in_link(session, principal, now=now, lifetime=timedelta(hours=new.hours))
        detail = {"role": new.role, "principal_id": principal.id}
        record(session, asker, "link.made", now, agent_id=new.agent_id, detail=detail)
    url, expires_at = sign_in_url(service.settings.public_url, token), now + timedelta(hours=new.hours)
    return Link(url=url, expires_at=expires_at, principal_id=principal.id)


@router.post(
    "/v1/session", response_model=SessionState, summary="Sign in", responses=problems(400, 401, 413, 415, 422, 429)
)
def sign_in(request: Request, response: Response, service: ServiceNeeded, link: LinkToken) -> SessionState:
    """Exchange a link's token for a session: a cookie, and the token that goes with everything that changes something.

    A link works once. The pages call this when the person presses the button, so that programs that open links in
    messages to look at them use none up.
    """
    token, session = begin_session(service, request, link.token)
    set_session_cookie(response, service, token, session.expires_at)
    return _state(service, session.principal, session)


def begin_session(service: Service, request: Request, link_token: str) -> tuple[str, SignedIn]:
    """A session for whom the link's token signs in, and the session's own token.

    Raises
    ------
    NotSignedIn
        If the link is wrong, too old or used.
    """
    now = now_utc()
    with service.store.write() as session:
        principal = use_sign_in_link(session, link_token, now)
        if principal is not None:
            lifetime = timedelta(hours=service.settings.session_hours)
            record(session, principal, "session.begun", now, agent_id=principal.agent_id)
            return start_session(session, principal, now=now, lifetime=lifetime)
    count_failure(request, service)
    raise NotSignedIn("problem-link")


@router.get("/v1/session", response_model=SessionState, summary="Who is signed in")
def current(request: Request, service: ServiceNeeded, asker: Asker) -> SessionState:
    """Who asks, by session or key."""
    return _state(service, asker, caller_of(request).session)


@router.delete("/v1/session", status_code=204, summary="Sign out")
def sign_out(request: Request, response: Response, service: ServiceNeeded) -> None:
    """End the session; a key is not touched."""
    token = request.cookies.get(cookie_name(service.settings.public_url))
    if token and caller_of(request).session is not None:
        with service.store.write() as session:
            end_session(session, token)
    response.delete_cookie(
        cookie_name(service.settings.public_url), path="/", secure=service.is_secure, httponly=True, samesite="lax"
    )


@router.delete(
    "/v1/principals/{principal_id}/sessions",
    status_code=204,
    summary="Sign somebody out",
    responses=problems(404, 422),
)
def sign_out_other(service: ServiceNeeded, asker: Asker, principal_id: PrincipalId) -> None:
    """End all sessions of one person, and let none of their unused links sign them in. Keys are not touched.

    The identifier stands in the answer that made the link, in the log as `actor_id`, and with the person's keys.
    """
    now = now_utc()
    with service.store.write() as session:
        ended = end_sessions_in(session, asker.organisation_id, principal_id)
        if ended is None:
            raise NotFound("problem-no-session")
        detail = {"role": ended.role, "principal_id": ended.id}
        record(session, asker, "sessions.ended", now, agent_id=ended.agent_id, detail=detail)


def _state(service: Service, principal: Principal, signed: SignedIn | None) -> SessionState:
    with service.store.read() as session:
        organisation = find_organisation(session, principal.organisation_id)
    return SessionState(
        principal_id=principal.id,
        role=principal.role,
        agent_id=principal.agent_id,
        team_id=principal.team_id,
        organisation="" if organisation is None else organisation.name,
        csrf=None if signed is None else signed.csrf,
        expires_at=None if signed is None else signed.expires_at,
    )
