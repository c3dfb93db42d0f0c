"""Webhooks by the Standard Webhooks specification: signed, tried for a day, kept as dead letters, replayable."""

from app.webhooks.delivering import deliver_due, send_event
from app.webhooks.endpoints import check_endpoint_url, new_secret

__all__ = ["check_endpoint_url", "deliver_due", "new_secret", "send_event"]
