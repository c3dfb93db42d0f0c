"""The addresses of the pages. What changes something goes through the API, from the pages' script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.messages import LOCALES
from app.pages.answering import PageRoute
from app.pages.frame import rendered
from app.pages.language import LANGUAGE_COOKIE, LANGUAGE_DAYS, chosen_locale
from app.store.organisations import list_agents
from app.store.principals import Principal
from app.store.scorecards import find_scorecard
from app.web.bodies import CallState, call_state
from app.web.calls import CallId
from app.web.links import SIGN_IN_PATH
from app.web.refusals import Forbidden
from app.web.rules import CALLS, OPEN, Roles
from app.web.security import Caller, caller_of, caller_or_none
from app.web.seeing import ONE_LISTENING_S, call_for, note, refuse_unless_theirs
from app.web.service import Service, ServiceNeeded

router = APIRouter(route_class=PageRoute, include_in_schema=False)
HOME, CALL = "/", "/calls/{call_id}"
RULES: Mapping[str, Roles | None] = {f"GET {HOME}": OPEN, f"GET {SIGN_IN_PATH}": OPEN, f"GET {CALL}": CALLS}
"""Home and the sign-in page are for all; what home shows depends on who asks."""
ACCEPTED = (
    *("audio/*", ".wav", ".mp3", ".m4a", ".mp4", ".aac", ".ogg", ".oga", ".opus", ".flac", ".webm"),
    *(".mka", ".amr", ".gsm", ".au", ".snd", ".caf", ".aif", ".aiff", ".w64"),
)
"""What the file dialog offers first; what a file is, the service tells by its content."""


@router.get(HOME)
def home(request: Request, service: ServiceNeeded) -> Response:
    """The calls of whoever is signed in; for others, what this is and how to get in."""
    if (switched := _language_chosen(request, service)) is not None:
        return switched
    caller = caller_or_none(request)
    if caller is None:
        return rendered(request, "page_welcome.html.j2")
    if caller.principal.role not in CALLS:
        return rendered(request, "page_admin.html.j2", caller=caller)
    limits = service.settings
    return rendered(
        request,
        "page_home.html.j2",
        scripts=("common", "calls", "live", "upload", "home"),
        caller=caller,
        shown={"accepted": ",".join(ACCEPTED), "agents": _team(service, caller.principal)},
        card={"max_bytes": limits.max_file_bytes},
        most={"bytes": limits.max_file_bytes, "seconds": limits.max_duration_s},
    )


@router.get(SIGN_IN_PATH)
def sign_in(request: Request, service: ServiceNeeded) -> Response:
    """The page that a sign-in link opens; the token stands after the ``#``, so it never comes here."""
    if (switched := _language_chosen(request, service)) is not None:
        return switched
    return rendered(request, "page_sign_in.html.j2", scripts=("common", "sign_in"), caller=caller_or_none(request))


@router.get(CALL)
def call(request: Request, service: ServiceNeeded, call_id: CallId) -> Response:
    """One call: its scorecard, or how far it is."""
    if (switched := _language_chosen(request, service)) is not None:
        return switched
    caller = caller_of(request)
    with service.store.read() as session:
        found = call_for(session, caller.principal, call_id)
        is_ready = find_scorecard(session, caller.principal, call_id) is not None
        may_erase = _may_erase(session, caller, call_id)
    note(service, caller.principal, "call.read", call=found, within_s=ONE_LISTENING_S)
    state = call_state(found, chosen_locale(request))
    return rendered(
        request,
        "page_card.html.j2" if is_ready else "page_waiting.html.j2",
        scripts=("common", "card") if is_ready else ("common", "calls", "live", "waiting"),
        caller=caller,
        shown={"call": state, "may_erase": may_erase, "name": _name(state)},
        card={"call": state.model_dump(mode="json")},
    )


def _language_chosen(request: Request, service: Service) -> Response | None:
    """Keep the language that ``?lang=`` names, and go on to the same page without it; None where none is named."""
    named = request.query_params.get("lang")
    if named not in LOCALES:
        return None
    # The path alone, and with one slash in front: an address of another host cannot be made of it.
    answer = RedirectResponse(service.path("/" + request.url.path.lstrip("/")), status_code=303)
    answer.set_cookie(
        LANGUAGE_COOKIE,
        named,
        max_age=LANGUAGE_DAYS * 86400,
        path="/",
        secure=service.is_secure,
        httponly=True,
        samesite="lax",
    )
    return answer


def _team(service: Service, principal: Principal) -> list[dict[str, Any]]:
    """Agents whose calls a trainer may send in; an agent sends the own ones."""
    if principal.role != "trainer":
        return []
    with service.store.read() as session:
        found = list_agents(session, principal.organisation_id, team_id=principal.team_id)
    return [{"id": agent.id, "name": agent.name or agent.id} for agent in found]


def _may_erase(session: Session, caller: Caller, call_id: str) -> bool:
    try:
        refuse_unless_theirs(caller.principal, call_for(session, caller.principal, call_id))
    except Forbidden:
        return False
    return True


def _name(call: CallState) -> str:
    """What a person calls the call."""
    return call.client_reference or ""
