"""Signs an event so that its receiver knows who sent it, and when.

References
----------
Standard Webhooks specification 1.0.0, https://www.standardwebhooks.com.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime


def signed_headers(event_id: str, body: str, secrets: Sequence[str], now: datetime) -> dict[str, str]:
    """Headers of one try: the event's identifier, the time of this try, and a signature by each live secret.

    Parameters
    ----------
    event_id : str
        The same in every try, so that a receiver can pass over what it has had.
    body : str
        Exactly what is sent.
    secrets : sequence of str
        One or two, as `new_secret` makes them; during a change of secrets a receiver may know either.
    now : datetime
    """
    from standardwebhooks import Webhook

    # The library takes the clock's reading as UTC, whatever zone it is in.
    at = now.astimezone(UTC)
    return {
        "content-type": "application/json",
        "webhook-id": event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(event_id, at, body) for secret in secrets),
    }
