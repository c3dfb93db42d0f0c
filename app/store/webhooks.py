"""Webhook endpoints, and each event's way to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.errors import InputError
from app.store.base import new_id
from app.store.keyless import disable_keyless
from app.store.rows import Page, changed, columns_of, every, first, page
from app.store.tables import CallRow, WebhookDeliveryRow, WebhookEndpointRow
from app.store.tables_access import OrganisationRow

DeliveryStatus = Literal["pending", "delivered", "dead"]
ALL_EVENTS = "*"
MAX_SECRETS = 2
MAX_ENDPOINTS = 10
"""Of one principal: each event is sent to all of them."""


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    """Where an organisation wants to be told.

    Parameters
    ----------
    secrets : tuple of str
        One or two, newest first; every delivery is signed with all of them. Kept as they are, since signing needs them.
    events : tuple of str
        Types that it wants; ``*`` stands for all.
    submitter : str or None
        The principal whose calls alone it hears of; None hears of all calls of the organisation.
    disabled_at : datetime or None
        Since when nothing is sent there.
    """

    id: str
    organisation_id: str
    url: str
    secrets: tuple[str, ...]
    events: tuple[str, ...]
    created_by: str
    submitter: str | None
    disabled_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one endpoint; `id` is the event's, the same for every endpoint and every try."""

    id: str
    endpoint_id: str
    organisation_id: str
    call_id: str | None
    type: str
    payload: dict[str, Any]
    status: DeliveryStatus
    attempts: int
    last_error: str | None
    last_status: int | None
    next_at: datetime | None
    created_at: datetime
    delivered_at: datetime | None


def create_endpoint(
    session: Session,
    organisation_id: str,
    url: str,
    *,
    secret: str,
    events: tuple[str, ...],
    by: str,
    now: datetime,
    submitter: str | None = None,
) -> WebhookEndpoint:
    """A new endpoint; with a `submitter` it hears of that principal's calls alone.

    Raises
    ------
    InputError
        If its maker has as many as are allowed.
    """
    # Two that are made at once are counted one after the other.
    session.execute(
        select(OrganisationRow.id).where(OrganisationRow.id == organisation_id).with_for_update(key_share=True)
    )
    theirs = (WebhookEndpointRow.organisation_id == organisation_id, WebhookEndpointRow.created_by == by)
    held = session.scalar(select(func.count()).select_from(WebhookEndpointRow).where(*theirs)) or 0
    if held >= MAX_ENDPOINTS:
        raise InputError("error-webhook-many", count=held, most=MAX_ENDPOINTS)
    made = WebhookEndpoint(new_id(), organisation_id, url, (secret,), events, by, submitter, None, now)
    owner = {"organisation_id": organisation_id, "created_by": by, "submitter": submitter, "created_at": now}
    values = {"url": url, "secrets": [secret], "events": list(events)}
    session.execute(insert(WebhookEndpointRow).values(id=made.id, **owner, **values))
    return made


def find_endpoint(session: Session, organisation_id: str, endpoint_id: str) -> WebhookEndpoint | None:
    """One endpoint of an organisation."""
    row = WebhookEndpointRow
    own = columns_of(row).where(row.organisation_id == organisation_id, row.id == endpoint_id)
    return first(session, WebhookEndpoint, own)


def list_endpoints(session: Session, organisation_id: str) -> tuple[WebhookEndpoint, ...]:
    """Endpoints of an organisation, oldest first."""
    row = WebhookEndpointRow
    own = columns_of(row).where(row.organisation_id == organisation_id).order_by(row.created_at, row.id)
    return every(session, WebhookEndpoint, own)


def delete_endpoint(session: Session, organisation_id: str, endpoint_id: str) -> bool:
    """Take an endpoint away, with everything on its way there."""
    row = WebhookEndpointRow
    own = delete(row).where(row.organisation_id == organisation_id, row.id == endpoint_id)
    return changed(session.execute(own)) == 1


def rotate_secret(session: Session, organisation_id: str, endpoint_id: str, secret: str) -> bool:
    """Sign with a new secret too; the one before stays until the next change, any older one goes."""
    found = find_endpoint(session, organisation_id, endpoint_id)
    if found is None:
        return False
    secrets = [secret, *found.secrets][:MAX_SECRETS]
    session.execute(update(WebhookEndpointRow).where(WebhookEndpointRow.id == endpoint_id).values(secrets=secrets))
    return True


def set_disabled(session: Session, organisation_id: str, endpoint_id: str, at: datetime | None) -> bool:
    """Send nothing there from now on, or (None) send again."""
    row = WebhookEndpointRow
    own = update(row).where(row.organisation_id == organisation_id, row.id == endpoint_id)
    return changed(session.execute(own.values(disabled_at=at))) == 1


def add_event(
    session: Session,
    organisation_id: str,
    type: str,
    payload: dict[str, Any],
    now: datetime,
    *,
    call_id: str | None = None,
) -> tuple[Delivery, ...]:
    """Note an event for every endpoint that wants it, in the transaction that makes it true.

    An endpoint that hears of one submitter's calls alone is told of no other call, and of nothing that is no call. Those
    of principals whose last key was revoked are switched off first.

    Returns
    -------
    tuple of Delivery
        To be sent; empty where nobody wants to know.
    """
    disable_keyless(session, organisation_id, now)
    submitted_by = session.scalar(select(CallRow.submitted_by).where(CallRow.id == call_id))
    wanted = [
        endpoint
        for endpoint in list_endpoints(session, organisation_id)
        if endpoint.disabled_at is None
        and (type in endpoint.events or ALL_EVENTS in endpoint.events)
        and endpoint.submitter in (None, submitted_by)
    ]
    event_id = f"evt_{new_id()}"
    event = {"id": event_id, "organisation_id": organisation_id, "call_id": call_id, "type": type, "payload": payload}
    state = {"status": "pending", "attempts": 0, "next_at": now, "created_at": now}
    for endpoint in wanted:
        session.execute(insert(WebhookDeliveryRow).values(endpoint_id=endpoint.id, **event, **state))
    return every(session, Delivery, columns_of(WebhookDeliveryRow).where(WebhookDeliveryRow.id == event_id))


def find_delivery(session: Session, event_id: str, endpoint_id: str) -> Delivery | None:
    """One delivery."""
    return first(session, Delivery, columns_of(WebhookDeliveryRow).where(*_this(event_id, endpoint_id)))


def delivered(session: Session, event_id: str, endpoint_id: str, status: int, now: datetime) -> bool:
    """Note that the endpoint has it; False where it is no longer pending."""
    values = {"status": "delivered", "last_status": status, "last_error": None, "delivered_at": now, "next_at": None}
    return _tried(session, event_id, endpoint_id, **values)


def not_delivered(
    session: Session,
    event_id: str,
    endpoint_id: str,
    *,
    error: str,
    status: int | None,
    next_at: datetime | None,
) -> bool:
    """Note a try that failed; with no `next_at` it was the last, and the delivery is ``dead`` until a replay.

    False where it is no longer pending.
    """
    after = "pending" if next_at is not None else "dead"
    values = {"status": after, "last_error": error[:255], "last_status": status, "next_at": next_at}
    return _tried(session, event_id, endpoint_id, **values)


def replay(session: Session, organisation_id: str, event_id: str, endpoint_id: str, now: datetime) -> bool:
    """Send it again under the same event identifier, whether it was delivered or dead; False while it is pending."""
    row = WebhookDeliveryRow
    own = (row.organisation_id == organisation_id, row.status != "pending")
    values = {"status": "pending", "attempts": 0, "next_at": now, "delivered_at": None}
    return changed(session.execute(update(row).where(*_this(event_id, endpoint_id), *own).values(**values))) == 1


def list_deliveries(
    session: Session,
    organisation_id: str,
    endpoint_id: str,
    *,
    status: DeliveryStatus | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Delivery]:
    """Deliveries to an endpoint, newest first.

    Raises
    ------
    InputError
        If the cursor is none of ours, or the limit is out of range.
    """
    row = WebhookDeliveryRow
    own = columns_of(row).where(row.organisation_id == organisation_id, row.endpoint_id == endpoint_id)
    if status is not None:
        own = own.where(row.status == status)
    return page(session, Delivery, own, at=row.created_at, id=row.id, cursor=cursor, limit=limit)


def pending_deliveries(session: Session, now: datetime, *, limit: int = 500) -> tuple[Delivery, ...]:
    """Deliveries whose next try is due, longest overdue first."""
    row = WebhookDeliveryRow
    due = columns_of(row).where(row.status == "pending", row.next_at <= now).order_by(row.next_at).limit(limit)
    return every(session, Delivery, due)


def forget_deliveries(session: Session, before: datetime) -> int:
    """Delete what was noted before a moment and is no longer pending; how many there were."""
    row = WebhookDeliveryRow
    return changed(session.execute(delete(row).where(row.created_at < before, row.status != "pending")))


def _this(event_id: str, endpoint_id: str) -> tuple[Any, ...]:
    return (WebhookDeliveryRow.id == event_id, WebhookDeliveryRow.endpoint_id == endpoint_id)


def _tried(session: Session, event_id: str, endpoint_id: str, **values: Any) -> bool:
    row = WebhookDeliveryRow
    statement = update(row).where(*_this(event_id, endpoint_id), row.status == "pending")
    return changed(session.execute(statement.values(attempts=row.attempts + 1, **values))) == 1
