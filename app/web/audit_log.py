"""The log of who did or saw what, for those it is about."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query

from app.store.audit import list_audit
from app.web.answers import problems
from app.web.calls import Cursor, Limit
from app.web.security import Asker
from app.web.service import ServiceNeeded
from app.web.texts import AgentId, Answer, Id

router = APIRouter(tags=["audit"])


class Entry(Answer):
    """Who did or saw what."""

    id: str
    at: datetime
    actor_id: str
    actor_role: str
    action: str
    call_id: str | None
    agent_id: str | None
    detail: dict[str, Any] | None


class EntryList(Answer):
    """Some entries, newest first, and where the next page begins."""

    items: list[Entry]
    next_cursor: str | None


@router.get("/v1/audit", response_model=EntryList, summary="Who saw what", responses=problems(422))
def entries(
    service: ServiceNeeded,
    asker: Asker,
    agent_id: Annotated[AgentId | None, Query()] = None,
    call_id: Annotated[Id | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> EntryList:
    """An agent reads all that is about the own calls, an admin all, others what they did themselves."""
    with service.store.read() as session:
        page = list_audit(session, asker, agent_id=agent_id, call_id=call_id, cursor=cursor, limit=limit)
    items = [Entry(**{name: getattr(one, name) for name in Entry.model_fields}) for one in page.items]
    return EntryList(items=items, next_cursor=page.next_cursor)
