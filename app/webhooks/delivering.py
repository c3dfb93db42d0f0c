"""Takes each event to its endpoint, and notes what became of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from app.outgoing import AllowList, allow_list
from app.settings import settings
from app.store import audit, webhooks
from app.store.base import now_utc
from app.store.engine import Store
from app.store.keyless import disable_keyless
from app.store.outbox import claim_delivery
from app.store.webhooks import Delivery, WebhookEndpoint
from app.webhooks.posting import TIMEOUT_S, Answer, post
from app.webhooks.schedule import next_delay_s
from app.webhooks.signing import signed_headers

log = logging.getLogger(__name__)
CLAIM = timedelta(seconds=4 * TIMEOUT_S)
"""How long a try is its sender's alone; longer than any try takes."""
_AT_ONCE = 8


def send_event(
    store: Store,
    event_id: str,
    endpoint_id: str,
    *,
    now: datetime | None = None,
    allow: Iterable[str] | None = None,
) -> float | None:
    """Try one delivery, if it is due and nobody else is at it.

    Parameters
    ----------
    store : Store
    event_id, endpoint_id : str
        Together they name the delivery: what has been delivered is never sent again, unless it is replayed.
    now : datetime or None
        This moment unless given.
    allow : iterable of str or None
        Hosts and networks inside that may be asked; from the settings unless given.

    Returns
    -------
    float or None
        Seconds to the next try; None where there is nothing more to do.
    """
    now = now or now_utc()
    with store.write() as session:
        delivery = webhooks.find_delivery(session, event_id, endpoint_id)
        if delivery is None or delivery.status != "pending" or delivery.next_at is None:
            return None
        disable_keyless(session, delivery.organisation_id, now)
        endpoint = webhooks.find_endpoint(session, delivery.organisation_id, endpoint_id)
        if endpoint is None or endpoint.disabled_at is not None:
            _note(session, delivery, Answer(error="webhook-error-disabled"), None)
            return None
        if not claim_delivery(session, event_id, endpoint_id, now, now + CLAIM):
            return max(1.0, (delivery.next_at - now).total_seconds())
    body = body_of(delivery)
    headers = signed_headers(event_id, body, endpoint.secrets, now_utc())
    answer = _answer(endpoint.url, headers, body, _allowed(allow))
    with store.write() as session:
        return _settled(session, delivery, endpoint, answer, now)


def _answer(url: str, headers: Mapping[str, str], body: str, allow: AllowList) -> Answer:
    """What became of a try: what a receiver does to this code is a try that failed, or it would be tried for ever."""
    try:
        return post(url, headers, body, allow)
    except Exception as error:  # noqa: BLE001 - whatever it was, the try has to be counted
        log.error("a webhook could not be sent: %s", type(error).__name__)
        return Answer(error="webhook-error-broken")


def deliver_due(
    store: Store, now: datetime | None = None, *, limit: int = 500, allow: Iterable[str] | None = None
) -> int:
    """Try every delivery that is due; how many were.

    The queue brings each delivery by itself. This goes after those whose job was lost, and serves where there is no
    queue.
    """
    now = now or now_utc()
    with store.read() as session:
        due = webhooks.pending_deliveries(session, now, limit=limit)
    send = partial(send_event, store, now=now, allow=allow)
    with ThreadPoolExecutor(_AT_ONCE) as senders:
        list(senders.map(lambda one: send(one.id, one.endpoint_id), due))
    return len(due)


def body_of(delivery: Delivery) -> str:
    """What is sent: the event as it was noted, with links to read more. Nothing that was said in the call is in it."""
    payload = dict(delivery.payload)
    if delivery.call_id is not None:
        here = f"{settings().public_url}/v1/calls/{delivery.call_id}"
        links = {"call": here} | ({"scorecard": f"{here}/scorecard"} if delivery.type == "call.succeeded" else {})
        payload["data"] = {**payload.get("data", {}), "links": links}
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def _settled(
    session: Session, delivery: Delivery, endpoint: WebhookEndpoint, answer: Answer, now: datetime
) -> float | None:
    """Note what became of a try; seconds to the next."""
    if answer.error is None and answer.status is not None:
        webhooks.delivered(session, delivery.id, delivery.endpoint_id, answer.status, now)
        return None
    gone = answer.status == 410
    if gone:
        webhooks.set_disabled(session, delivery.organisation_id, endpoint.id, now)
        about = {"endpoint_id": endpoint.id}
        audit.record(session, None, "webhook.disabled", now, organisation_id=delivery.organisation_id, detail=about)
    delay_s = None if gone else next_delay_s(delivery.attempts + 1, answer.retry_after_s)
    _note(session, delivery, answer, None if delay_s is None else now + timedelta(seconds=delay_s))
    return delay_s


def _note(session: Session, delivery: Delivery, answer: Answer, next_at: datetime | None) -> None:
    error = answer.error or ""
    webhooks.not_delivered(
        session, delivery.id, delivery.endpoint_id, error=error, status=answer.status, next_at=next_at
    )


def _allowed(allow: Iterable[str] | None) -> AllowList:
    return allow_list(settings().internal_host_names if allow is None else allow)
