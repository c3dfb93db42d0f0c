"""Who of several senders tries a webhook delivery now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.store.rows import changed
from app.store.tables import WebhookDeliveryRow


def claim_delivery(session: Session, event_id: str, endpoint_id: str, now: datetime, until: datetime) -> bool:
    """Take the try that is due, so that nobody else sends it before `until`; False where it is not due, or taken.

    A sender that dies leaves the delivery pending, due again at `until`.
    """
    row = WebhookDeliveryRow
    due = update(row).where(
        row.id == event_id, row.endpoint_id == endpoint_id, row.status == "pending", row.next_at <= now
    )
    return changed(session.execute(due.values(next_at=until))) == 1
