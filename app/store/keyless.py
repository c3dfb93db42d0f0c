"""Webhooks of those who were shut out: nothing more is sent to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.store import audit
from app.store.tables import WebhookEndpointRow
from app.store.tables_access import ApiKeyRow


def disable_keyless(session: Session, organisation_id: str, now: datetime) -> int:
    """Switch off endpoints of principals all of whose keys were revoked; how many there were.

    Those who never had a key, such as admins who sign in by links, keep theirs.
    """
    row = WebhookEndpointRow
    keys = select(ApiKeyRow.id).where(
        ApiKeyRow.organisation_id == row.organisation_id, ApiKeyRow.principal_id == row.created_by
    )
    shut_out = (keys.exists(), ~keys.where(ApiKeyRow.revoked_at.is_(None)).exists())
    own = select(row.id).where(row.organisation_id == organisation_id, row.disabled_at.is_(None), *shut_out)
    found = session.scalars(own.order_by(row.id).with_for_update(of=row)).all()
    for endpoint_id in found:
        session.execute(update(row).where(row.id == endpoint_id).values(disabled_at=now))
        about = {"endpoint_id": endpoint_id}
        audit.record(session, None, "webhook.disabled", now, organisation_id=organisation_id, detail=about)
    return len(found)
