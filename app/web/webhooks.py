"""Webhooks: where an organisation is told that calls ended.

References
----------
Standard Webhooks, specification (github.com/standard-webhooks/standard-webhooks).
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import ConfigDict, Field
from sqlalchemy.orm import Session

from app.store import webhooks as store
from app.store.audit import record
from app.store.base import now_utc
from app.store.principals import Principal
from app.web.answers import problems
from app.web.calls import Cursor, Limit
from app.web.refusals import Conflict, NotFound
from app.web.security import Asker
from app.web.service import ServiceNeeded
from app.web.texts import Answer, Asked, Id, Url
from app.webhooks.endpoints import new_secret

router = APIRouter(tags=["webhooks"])
Event = Literal["call.succeeded", "call.failed", "*"]
WebhookId = Annotated[Id, Path(description="Identifier of the webhook.")]
EventId = Annotated[Id, Path(description="Identifier of the event, as in the header `webhook-id`.")]
ALL: Event = "*"


class NewWebhook(Asked):
    """Where to tell, and what."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"url": "https://crm.example.com/puhepeili", "events": ["call.succeeded"]}]},
    )

    url: Url
    events: Annotated[list[Event], Field(min_length=1, max_length=10)] = Field(default_factory=lambda: [ALL])


class Webhook(Answer):
    """Where an organisation is told."""

    id: str
    url: str
    events: list[str]
    secrets: int = Field(description="How many secrets sign each delivery; two for the time of a change.")
    calls: Literal["own", "organisation"] = Field(
        description="Which calls it is told of: those that its maker sent in, or all of the organisation."
    )
    disabled_at: datetime | None
    created_at: datetime


class WebhookWithSecret(Webhook):
    """A webhook with its newest secret, which is shown here alone."""

    secret: str


class WebhookList(Answer):
    """Webhooks, oldest first."""

    items: list[Webhook]


class DeliveryState(Answer):
    """One event on its way to one webhook."""

    id: str
    type: str
    call_id: str | None
    status: store.DeliveryStatus
    attempts: int
    last_status: int | None
    last_error: str | None
    next_at: datetime | None
    created_at: datetime
    delivered_at: datetime | None


class DeliveryList(Answer):
    """Some deliveries, newest first, and where the next page begins."""

    items: list[DeliveryState]
    next_cursor: str | None


@router.post(
    "/v1/webhooks",
    status_code=201,
    response_model=WebhookWithSecret,
    summary="Be told of calls",
    responses=problems(400, 413, 415, 422),
)
def create(response: Response, service: ServiceNeeded, asker: Asker, new: NewWebhook) -> WebhookWithSecret:
    """Have an address told when calls succeed or fail, signed to the Standard Webhooks specification.

    A webhook that a platform makes is told of the calls that this platform sent in, and of no others. One that an admin
    makes is told of all calls of the organisation.
    """
    service.check_endpoint(new.url)
    now, secret = now_utc(), new_secret()
    events = tuple(dict.fromkeys(new.events))
    submitter = asker.id if asker.role == "platform" else None
    with service.store.write() as session:
        made = store.create_endpoint(
            session,
            asker.organisation_id,
            new.url,
            secret=secret,
            events=events,
            by=asker.id,
            now=now,
            submitter=submitter,
        )
        record(session, asker, "webhook.made", now, detail={"webhook_id": made.id})
    response.headers["Location"] = service.path(f"/v1/webhooks/{made.id}")
    return WebhookWithSecret(**_shown(made).model_dump(), secret=secret)


@router.get("/v1/webhooks", response_model=WebhookList, summary="List webhooks")
def list_own(service: ServiceNeeded, asker: Asker) -> WebhookList:
    """The organisation's webhooks; a platform sees those that it made."""
    with service.store.read() as session:
        found = store.list_endpoints(session, asker.organisation_id)
    return WebhookList(items=[_shown(one) for one in found if _is_theirs(asker, one)])


@router.get(
    "/v1/webhooks/{webhook_id}", response_model=Webhook, summary="Look at a webhook", responses=problems(404, 422)
)
def look(service: ServiceNeeded, asker: Asker, webhook_id: WebhookId) -> Webhook:
    """One webhook, without its secrets."""
    with service.store.read() as session:
        return _shown(_endpoint(session, asker, webhook_id))


@router.delete("/v1/webhooks/{webhook_id}", status_code=204, summary="End a webhook", responses=problems(404, 422))
def delete(service: ServiceNeeded, asker: Asker, webhook_id: WebhookId) -> None:
    """Tell that address no more; what is on its way there is dropped."""
    now = now_utc()
    with service.store.write() as session:
        _endpoint(session, asker, webhook_id)
        store.delete_endpoint(session, asker.organisation_id, webhook_id)
        record(session, asker, "webhook.ended", now, detail={"webhook_id": webhook_id})


@router.post(
    "/v1/webhooks/{webhook_id}/rotate",
    response_model=WebhookWithSecret,
    summary="Change a webhook's secret",
    responses=problems(404, 422),
)
def rotate(service: ServiceNeeded, asker: Asker, webhook_id: WebhookId) -> WebhookWithSecret:
    """Sign with a new secret too. The one before signs along until the next change, so that nothing is missed."""
    now, secret = now_utc(), new_secret()
    with service.store.write() as session:
        _endpoint(session, asker, webhook_id)
        store.rotate_secret(session, asker.organisation_id, webhook_id, secret)
        record(session, asker, "webhook.secret.changed", now, detail={"webhook_id": webhook_id})
        changed = _endpoint(session, asker, webhook_id)
    return WebhookWithSecret(**_shown(changed).model_dump(), secret=secret)


@router.get(
    "/v1/webhooks/{webhook_id}/deliveries",
    response_model=DeliveryList,
    summary="List deliveries",
    responses=problems(404, 422),
)
def deliveries(
    service: ServiceNeeded,
    asker: Asker,
    webhook_id: WebhookId,
    status: Annotated[store.DeliveryStatus | None, Query(description="`dead` were given up.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> DeliveryList:
    """What was sent to a webhook, and what became of it."""
    with service.store.read() as session:
        _endpoint(session, asker, webhook_id)
        page = store.list_deliveries(
            session, asker.organisation_id, webhook_id, status=status, cursor=cursor, limit=limit
        )
    items = [DeliveryState(**{name: getattr(one, name) for name in DeliveryState.model_fields}) for one in page.items]
    return DeliveryList(items=items, next_cursor=page.next_cursor)


@router.post(
    "/v1/webhooks/{webhook_id}/deliveries/{event_id}/replay",
    status_code=202,
    response_class=Response,
    summary="Send an event again",
    responses=problems(404, 409, 422),
)
def replay(service: ServiceNeeded, asker: Asker, webhook_id: WebhookId, event_id: EventId) -> Response:
    """Send an event again under its own identifier, whether it had arrived or was given up."""
    now = now_utc()
    with service.store.write() as session:
        _endpoint(session, asker, webhook_id)
        if store.find_delivery(session, event_id, webhook_id) is None:
            raise NotFound("problem-no-delivery")
        if not store.replay(session, asker.organisation_id, event_id, webhook_id, now):
            raise Conflict("problem-still-pending")
        service.engine.enqueue_delivery(session, event_id, webhook_id, round=secrets.token_hex(4))
        record(session, asker, "webhook.replayed", now, detail={"webhook_id": webhook_id, "event_id": event_id})
    return Response(status_code=202)


def _endpoint(session: Session, principal: Principal, webhook_id: str) -> store.WebhookEndpoint:
    found = store.find_endpoint(session, principal.organisation_id, webhook_id)
    if found is None or not _is_theirs(principal, found):
        raise NotFound("problem-no-webhook")
    return found


def _is_theirs(principal: Principal, endpoint: store.WebhookEndpoint) -> bool:
    return principal.role == "admin" or endpoint.created_by == principal.id


def _shown(endpoint: store.WebhookEndpoint) -> Webhook:
    return Webhook(
        id=endpoint.id,
        url=endpoint.url,
        events=list(endpoint.events),
        secrets=len(endpoint.secrets),
        calls="organisation" if endpoint.submitter is None else "own",
        disabled_at=endpoint.disabled_at,
        created_at=endpoint.created_at,
    )
