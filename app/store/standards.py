"""Standards: an organisation's own target levels, each version kept for the scorecards that were held against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.store.base import new_id
from app.store.rows import columns_of, every, first
from app.store.tables import StandardRow
from app.store.tables_access import OrganisationRow


@dataclass(frozen=True, slots=True)
class StoredStandard:
    """One version of a standard; `body` is its document as `app.standards` checks it."""

    organisation_id: str
    name: str
    version: int
    body: dict[str, Any]
    by: str
    created_at: datetime

    @property
    def label(self) -> str:
        """Name and version as a scorecard shows them."""
        return f"{self.name}@{self.version}"


def put_standard(
    session: Session, organisation_id: str, name: str, body: dict[str, Any], *, by: str, now: datetime
) -> StoredStandard:
    """Keep a new version; the first is 1. The same document as in the newest version makes no new one."""
    lock = select(OrganisationRow.id).where(OrganisationRow.id == organisation_id).with_for_update()
    session.execute(lock).scalar_one()
    newest = find_standard(session, organisation_id, name)
    if newest is not None and newest.body == body:
        return newest
    made = StoredStandard(organisation_id, name, 1 if newest is None else newest.version + 1, body, by, now)
    values = {"organisation_id": organisation_id, "name": name, "version": made.version, "body": body, "by": by}
    session.execute(insert(StandardRow).values(id=new_id(), **values, created_at=now))
    return made


def find_standard(
    session: Session, organisation_id: str, name: str, version: int | None = None
) -> StoredStandard | None:
    """One version of a standard, the newest where none is named."""
    own = columns_of(StandardRow).where(StandardRow.organisation_id == organisation_id, StandardRow.name == name)
    if version is not None:
        own = own.where(StandardRow.version == version)
    return first(session, StoredStandard, own.order_by(StandardRow.version.desc()))


def list_standards(session: Session, organisation_id: str) -> tuple[StoredStandard, ...]:
    """The newest version of each standard of an organisation, by name."""
    newest = (
        select(StandardRow.name, func.max(StandardRow.version).label("version"))
        .where(StandardRow.organisation_id == organisation_id)
        .group_by(StandardRow.name)
        .subquery()
    )
    joined = columns_of(StandardRow).join(
        newest, (StandardRow.name == newest.c.name) & (StandardRow.version == newest.c.version)
    )
    own = joined.where(StandardRow.organisation_id == organisation_id).order_by(StandardRow.name)
    return every(session, StoredStandard, own)


def versions_of(session: Session, organisation_id: str, name: str) -> tuple[StoredStandard, ...]:
    """All versions of a standard, newest first."""
    own = columns_of(StandardRow).where(StandardRow.organisation_id == organisation_id, StandardRow.name == name)
    return every(session, StoredStandard, own.order_by(StandardRow.version.desc()))
