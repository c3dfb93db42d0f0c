"""Calls: taken in, found, listed. They move on in `app.store.progress` and are erased in `app.store.retention`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.store.base import new_id
from app.store.organisations import agent_teams, find_organisation
from app.store.principals import Principal, scope
from app.store.rows import Page, columns_of, first, page
from app.store.tables import CallRow

CallStatus = Literal["queued", "processing", "succeeded", "failed", "cancelled"]
STATUSES: tuple[CallStatus, ...] = ("queued", "processing", "succeeded", "failed", "cancelled")
INTERACTIVE, BATCH = 1, 10
"""Priorities: the lower number goes first."""


@dataclass(frozen=True, slots=True)
class NewCall:
    """What is known of a call when it is taken in.

    Parameters
    ----------
    organisation_id, submitted_by : str
        `submitted_by` is the principal's `id`.
    agent_channel : {"left", "right", "mono"} or None
    retain_days : int or None
        None takes the organisation's.
    recording_url : str or None
        Where the audio is fetched from; None where it lies under `blob_key` already.
    blob_key, transcript_key : str or None
        From `app.blobs`.
    standard : str or None
        Name of the organisation's standard to hold it against.
    """

    organisation_id: str
    submitted_by: str
    id: str | None = None
    agent_id: str | None = None
    batch_id: str | None = None
    client_reference: str | None = None
    language: str | None = None
    agent_channel: Literal["left", "right", "mono"] | None = None
    direction: Literal["inbound", "outbound"] | None = None
    started_at: datetime | None = None
    tags: tuple[str, ...] = ()
    retain_days: int | None = None
    priority: int = INTERACTIVE
    recording_url: str | None = None
    blob_key: str | None = None
    blob_sha256: str | None = None
    blob_bytes: int | None = None
    media_type: str | None = None
    file_name: str | None = None
    transcript_key: str | None = None
    standard: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it stands.

    Parameters
    ----------
    progress : float
        0 to 1; it only grows while the call is processed.
    failure_id, failure_args
        The failure's sentence, as the message catalogues know it.
    attempts : int
        How often the work was begun.
    """

    id: str
    organisation_id: str
    agent_id: str | None
    team_id: str | None
    batch_id: str | None
    submitted_by: str
    client_reference: str | None
    status: CallStatus
    stage: str | None
    progress: float
    failure_id: str | None
    failure_args: dict[str, Any] | None
    language: str | None
    agent_channel: Literal["left", "right", "mono"] | None
    direction: Literal["inbound", "outbound"] | None
    started_at: datetime | None
    tags: tuple[str, ...]
    retain_until: datetime | None
    priority: int
    recording_url: str | None
    blob_key: str | None
    blob_sha256: str | None
    blob_bytes: int | None
    media_type: str | None
    file_name: str | None
    transcript_key: str | None
    standard: str | None
    duration_s: float | None
    attempts: int
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None


_COLUMNS = tuple(field.name for field in fields(Call))


@dataclass(frozen=True, slots=True)
class CallFilters:
    """Which calls a list shows; None leaves that side open. Times are of `created_at`, `[since, until)`."""

    agent_id: str | None = None
    batch_id: str | None = None
    status: CallStatus | None = None
    client_reference: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def create_call(session: Session, new: NewCall, now: datetime) -> Call:
    """Take a call in, as ``queued``; its agent's team and the end of its keeping are worked out here.

    Raises
    ------
    LookupError
        If there is no such organisation.
    """
    return create_calls(session, (new,), now)[0]


def create_calls(session: Session, many: Sequence[NewCall], now: datetime) -> tuple[Call, ...]:
    """Take many calls in at once, in their order: what they have in common is looked up once for all of them.

    Raises
    ------
    LookupError
        If there is no such organisation.
    """
    days = {owner: _retain_days(session, owner) for owner in {new.organisation_id for new in many}}
    agents: dict[str, set[str]] = {}
    for new in many:
        if new.agent_id is not None:
            agents.setdefault(new.organisation_id, set()).add(new.agent_id)
    teams = {owner: agent_teams(session, owner, sorted(ids), now) for owner, ids in agents.items()}
    made = tuple(
        _queued(new, teams.get(new.organisation_id, {}), days[new.organisation_id], now.astimezone(UTC)) for new in many
    )
    if made:
        session.execute(insert(CallRow.__table__), [_row(call) for call in made])  # type: ignore[arg-type]
    return made


def _retain_days(session: Session, organisation_id: str) -> int | None:
    organisation = find_organisation(session, organisation_id)
    if organisation is None:
        raise LookupError(f"no organisation {organisation_id}")
    return organisation.retain_days


def _queued(new: NewCall, teams: Mapping[str, str | None], retain_days: int | None, now: datetime) -> Call:
    """The call that `new` becomes."""
    days = retain_days if new.retain_days is None else new.retain_days
    same = {field.name: getattr(new, field.name) for field in fields(new) if field.name != "retain_days"}
    later: dict[str, Any] = {
        "stage": None,
        "failure_id": None,
        "failure_args": None,
        "finished_at": None,
        "duration_s": None,
    }
    return Call(
        **same
        | later
        | {
            "id": new.id or new_id(),
            "started_at": None if new.started_at is None else new.started_at.astimezone(UTC),
            "team_id": None if new.agent_id is None else teams[new.agent_id],
            "status": "queued",
            "progress": 0.0,
            "attempts": 0,
            "retain_until": None if days is None else now + timedelta(days=days),
            "created_at": now,
            "updated_at": now,
        }
    )


def _row(call: Call) -> dict[str, Any]:
    values = {name: getattr(call, name) for name in _COLUMNS}
    return values | {"tags": list(call.tags)}


def find_call(session: Session, principal: Principal, call_id: str) -> Call | None:
    """One call, if `principal` may see it."""
    return first(session, Call, scope(columns_of(CallRow).where(CallRow.id == call_id), principal))


def call_for_work(session: Session, call_id: str) -> Call | None:
    """One call for the workers, who see all; never for somebody's question."""
    return first(session, Call, columns_of(CallRow).where(CallRow.id == call_id))


def list_calls(
    session: Session,
    principal: Principal,
    filters: CallFilters = CallFilters(),
    *,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Call]:
    """Calls that `principal` may see, newest first.

    Raises
    ------
    InputError
        If the cursor is none of ours, or the limit is out of range.
    """
    statement = scope(columns_of(CallRow), principal)
    for name in ("agent_id", "batch_id", "status", "client_reference"):
        if (wanted := getattr(filters, name)) is not None:
            statement = statement.where(getattr(CallRow, name) == wanted)
    if filters.since is not None:
        statement = statement.where(CallRow.created_at >= filters.since)
    if filters.until is not None:
        statement = statement.where(CallRow.created_at < filters.until)
    return page(session, Call, statement, at=CallRow.created_at, id=CallRow.id, cursor=cursor, limit=limit)


def set_audio(
    session: Session,
    call_id: str,
    *,
    key: str | None,
    sha256: str | None,
    size_bytes: int | None,
    media_type: str | None,
) -> str | None:
    """Say where the audio lies now, after fetching it or cutting it down; the key before, for deleting.

    Raises
    ------
    LookupError
        If the call was erased meanwhile: then the new audio has to be deleted.
    """
    row = session.execute(select(CallRow.blob_key).where(CallRow.id == call_id).with_for_update()).first()
    if row is None:
        raise LookupError(f"no call {call_id}")
    values = {"blob_key": key, "blob_sha256": sha256, "blob_bytes": size_bytes, "media_type": media_type}
    session.execute(update(CallRow).where(CallRow.id == call_id).values(**values))
    return row.blob_key if row.blob_key != key else None


def count_by_status(session: Session, statuses: Iterable[CallStatus] = STATUSES) -> dict[CallStatus, int]:
    """How many calls of all organisations stand where, for metrics and back-pressure."""
    wanted = tuple(statuses)
    counted = select(CallRow.status, func.count()).where(CallRow.status.in_(wanted)).group_by(CallRow.status)
    found: dict[str, int] = dict(session.execute(counted).all())
    return {status: found.get(status, 0) for status in wanted}


def oldest_queued(session: Session) -> datetime | None:
    """When the call that waits longest was taken in."""
    return session.scalar(select(func.min(CallRow.created_at)).where(CallRow.status == "queued"))
