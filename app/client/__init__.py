"""A small client for other programs: send calls in, wait for them, read their scorecards.

    with Client("https://puhepeili.example.com", key) as service:
        call = service.submit(Path("call.wav"), metadata={"agent_id": "aino"})
        if service.wait(call.id).status == "succeeded":
            card = service.scorecard(call.id)

It needs httpx and, for scorecards as objects, pydantic; nothing else of the service.
"""

from app.client.service import Client
from app.client.states import BatchState, CallState, Failure, ServiceError

__all__ = ["BatchState", "CallState", "Client", "Failure", "ServiceError"]
