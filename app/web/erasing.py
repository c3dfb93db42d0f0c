"""Erases a call everywhere: its rows, its files, its job."""

from __future__ import annotations

from app.store.audit import record
from app.store.base import now_utc
from app.store.calls import call_for_work
from app.store.principals import Principal
from app.store.retention import erase_call
from app.web.refusals import NotFound
from app.web.service import Service


def erase(service: Service, principal: Principal, call_id: str) -> None:
    """Erase a call; what is left behind when this is broken off is swept away later.

    Whether `principal` may do so has to be asked before.

    Raises
    ------
    NotFound
        If it is gone already.
    """
    now = now_utc()
    with service.store.write() as session:
        call = call_for_work(session, call_id)
        keys = erase_call(session, call_id)
        if call is None or keys is None:
            raise NotFound("problem-no-call")
        record(session, principal, "call.erased", now, call_id=call_id, agent_id=call.agent_id)
    for key in keys:
        service.blobs.delete(key)
    service.engine.erase(call_id)
