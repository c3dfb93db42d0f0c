"""The log of who did or saw what: written in the same transaction, never changed, readable by those it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.store.base import new_id
from app.store.principals import Principal
from app.store.rows import Page, columns_of, page
from app.store.tables_access import AuditRow

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did or saw what. `detail` never holds words of a call, names or numbers of people."""

    id: str
    at: datetime
    organisation_id: str
    actor_id: str
    actor_role: str
    action: str
    call_id: str | None
    agent_id: str | None
    detail: dict[str, Any] | None


def record(
    session: Session,
    principal: Principal | None,
    action: str,
    now: datetime,
    *,
    organisation_id: str | None = None,
    call_id: str | None = None,
    agent_id: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Note what `principal` did; None stands for the service itself, which has to name the organisation.

    Parameters
    ----------
    action : str
        Noun and verb, such as ``scorecard.read`` or ``call.erased``.

    Raises
    ------
    ValueError
        If neither a principal nor an organisation is given.
    """
    organisation_id = principal.organisation_id if principal is not None else organisation_id
    if organisation_id is None:
        raise ValueError(f"{action} by the service needs its organisation")
    actor = {"actor_id": SYSTEM, "actor_role": SYSTEM}
    if principal is not None:
        actor = {"actor_id": principal.id, "actor_role": principal.role}
    about = {"call_id": call_id, "agent_id": agent_id, "detail": detail}
    values = {"id": new_id(), "at": now, "organisation_id": organisation_id, "action": action}
    session.execute(insert(AuditRow).values(**values, **actor, **about))


def list_audit(
    session: Session,
    principal: Principal,
    *,
    agent_id: str | None = None,
    call_id: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[AuditEntry]:
    """The log, newest first: an agent reads all that is about the own calls, an admin all, others what they did.

    Raises
    ------
    InputError
        If the cursor is none of ours, or the limit is out of range.
    """
    own = columns_of(AuditRow).where(AuditRow.organisation_id == principal.organisation_id)
    if principal.role == "agent":
        own = own.where(AuditRow.agent_id == principal.agent_id)
    elif principal.role != "admin":
        own = own.where(AuditRow.actor_id == principal.id)
    if agent_id is not None:
        own = own.where(AuditRow.agent_id == agent_id)
    if call_id is not None:
        own = own.where(AuditRow.call_id == call_id)
    return page(session, AuditEntry, own, at=AuditRow.at, id=AuditRow.id, cursor=cursor, limit=limit)
