"""One request to every route, for somebody's own things and for things that belong to others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from app.store import webhooks
from app.store.base import now_utc
from app.store.batches import create_batch
from app.store.calls import NewCall, create_call
from app.store.keys import make_key, make_sign_in_link
from app.store.organisations import create_team
from app.store.principals import Principal, new_principal
from app.store.standards import put_standard
from tests.app.store.people import People
from tests.app.web.cards import card
from tests.app.web.face import WAV, Face

HOUR = timedelta(hours=1)
Whose = Literal["own", "colleague's", "other organisation's"]
BODIES: dict[str, Any] = {
    "POST /v1/calls/{call_id}/findings/{measure}/{n}/verdict": {"verdict": "right"},
    "POST /v1/calls/{call_id}/rescore": {"standard": "default"},
    "POST /v1/batches": {"name": "Viikko 47"},
    "PUT /v1/agents/{agent_id}": {"name": "Aino"},
    "PUT /v1/standards/{name}": {"norms": {"pause_rate": {"low": 5.0, "high": 20.0}}},
    "POST /v1/webhooks": {"url": "https://crm.example.com/hook"},
    "PATCH /v1/organisation": {"retain_days": 30},
    "POST /v1/keys": {"name": "Vaihde", "role": "platform"},
    "POST /v1/teams": {"name": "Uusi tiimi"},
    "POST /v1/sign-in-links": {"role": "platform"},
}
"""What is sent along; a new route with a body needs its own line here."""
QUERIES: dict[str, dict[str, str]] = {"GET /v1/agents/{agent_id}/trend": {"measure": "speech_rate"}}
SUBMITTER = ("POST /v1/calls/{call_id}/cancel", "DELETE /v1/calls/{call_id}")
"""An agent does these to calls that the agent sent in, and no others."""


@dataclass(frozen=True)
class Things:
    """Identifiers of one of each thing, by the name of the path's parameter."""

    ids: dict[str, str] = field(default_factory=dict)


def owner_of(people: People, role: str, whose: Whose) -> tuple[Principal, str]:
    """Who sent a call in, and whose it is, so that it is own or somebody else's for a principal of `role`."""
    if whose == "colleague's":
        return people.other_platform, "olavi"
    if whose == "other organisation's":
        return (people.aino if role == "agent" else people.platform), "vieras"
    return (people.aino if role == "agent" else people.platform), "poistettava" if role == "admin" else "aino"


def things(face: Face, principal: Principal, whose: Whose) -> Things:
    """One of each thing: the principal's own, a colleague's, or another organisation's."""
    people = face.them if whose == "other organisation's" else face.us
    sender, agent_id = owner_of(people, principal.role, whose)
    maker = principal if whose == "own" else people.admin
    now = now_utc()
    stored = face.service.blobs.put_stream([WAV], max_bytes=10**6)
    with face.service.store.write() as session:
        batch = create_batch(session, sender, now)
        new = NewCall(
            people.organisation_id, sender.id, agent_id=agent_id, batch_id=batch.id, blob_key=stored.key, blob_bytes=444
        )
        call = create_call(session, new, now)
        # An event of a type of its own, so that few of the many endpoints are told.
        event_type = f"test.{batch.id}"
        hook = webhooks.create_endpoint(
            session,
            people.organisation_id,
            "https://crm.example.com",
            secret="whsec_x",
            events=(event_type,),
            by=maker.id,
            now=now,
        )
        told = webhooks.add_event(session, people.organisation_id, event_type, {}, now)
        event = next(one for one in told if one.endpoint_id == hook.id)
        webhooks.delivered(session, event.id, hook.id, 200, now)
        _, key = make_key(session, people.platform, name="muu", now=now)
        invited = new_principal("platform", people.organisation_id)
        make_sign_in_link(session, invited, now=now, lifetime=HOUR)
        team = create_team(session, people.organisation_id, f"Tiimi {batch.id}", now)
        standard = put_standard(session, people.organisation_id, f"s{people.organisation_id[-6:]}", {}, by="x", now=now)
    assert team is not None
    face.score(call.id, card())
    return Things(
        {
            "call_id": call.id,
            "batch_id": batch.id,
            "agent_id": agent_id,
            "webhook_id": hook.id,
            "event_id": event.id,
            "key_id": key.id,
            "principal_id": invited.id,
            "team_id": team.id,
            "name": standard.name,
            "measure": "ei_openings",
            "n": "0",
        }
    )


def ask_route(face: Face, principal: Principal | None, route: str, found: Things) -> Any:
    """The request of one route of the table."""
    face.client.cookies.clear()
    method, path = route.split(" ")
    more: dict[str, Any] = {"params": QUERIES.get(route)}
    if route == "POST /v1/calls":
        more["files"] = [("audio", ("a.wav", WAV, "audio/wav"))]
        if principal is not None and principal.role == "trainer":
            more["files"].append(("metadata", (None, '{"agent_id": "aino"}', "application/json")))
    elif route == "POST /v1/session":
        with face.service.store.write() as session:
            token = make_sign_in_link(session, face.us.aino, now=now_utc(), lifetime=HOUR)
        more["json"] = {"token": token}
    elif route in BODIES:
        more["json"] = BODIES[route]
    return face.ask(principal, method, path.format(**found.ids), **more)
