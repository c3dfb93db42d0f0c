"""What is still kept of calls that are done, and which of them are kept in a larger form than is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select, update
from sqlalchemy.orm import Session

from app.store.calls import Call
from app.store.rows import columns_of, every
from app.store.tables import CallRow
from app.store.tables_access import AuditRow, OrganisationRow

AUDIO_REDUCED = "audio.reduced"
CALL_REDUCED = "call.reduced"
RETRY_WITHIN = timedelta(days=2)
"""How long a call that failed is kept whole, so that it can be tried again."""
_SOURCE = or_(CallRow.transcript_key.is_not(None), CallRow.recording_url.is_not(None))
_UNWANTED_AUDIO = and_(CallRow.blob_key.is_not(None), OrganisationRow.keep_audio != "full")


def drop_source(session: Session, call_id: str, *, file_name: str | None) -> str | None:
    """Forget the transcript that came with a call and where it was fetched from; the transcript's key, for deleting.

    `file_name` takes the place of the name that the recording came with.
    """
    key = session.scalar(select(CallRow.transcript_key).where(CallRow.id == call_id).with_for_update())
    forgotten = {"transcript_key": None, "recording_url": None, "file_name": file_name}
    session.execute(update(CallRow).where(CallRow.id == call_id).values(**forgotten))
    return key


def calls_to_reduce(session: Session, since: datetime, until: datetime, *, limit: int = 200) -> tuple[Call, ...]:
    """Calls that succeeded within ``[since, until)`` and of which more is left than their organisation wants kept.

    Audio that has been reduced is in the log, and is passed over.
    """
    done = select(AuditRow.id).where(
        AuditRow.organisation_id == CallRow.organisation_id,
        AuditRow.at >= since,
        AuditRow.action == AUDIO_REDUCED,
        AuditRow.call_id == CallRow.id,
    )
    left = (
        columns_of(CallRow)
        .join(OrganisationRow, OrganisationRow.id == CallRow.organisation_id)
        .where(
            CallRow.status == "succeeded",
            CallRow.finished_at >= since,
            CallRow.finished_at < until,
            or_(and_(_UNWANTED_AUDIO, ~done.exists()), and_(OrganisationRow.redact, _SOURCE)),
        )
        .order_by(CallRow.finished_at)
        .limit(limit)
    )
    return every(session, Call, left)


def unscored_to_reduce(
    session: Session,
    *,
    cancelled_before: datetime,
    failed_before: datetime | None = None,
    among: Sequence[str] | None = None,
    limit: int = 200,
) -> tuple[Call, ...]:
    """Calls without a scorecard of which more is left than their organisation wants kept.

    Parameters
    ----------
    cancelled_before : datetime
        Of cancelled calls, those that ended before this.
    failed_before : datetime or None
        Of failed calls, those that ended before this; None passes over all of them.
    among : sequence of str or None
        Identifiers of calls to look at; None looks at all.
    """
    failed = false() if failed_before is None else _failed(failed_before)
    left = (
        columns_of(CallRow)
        .join(OrganisationRow, OrganisationRow.id == CallRow.organisation_id)
        .where(
            or_(
                and_(
                    CallRow.status == "cancelled", CallRow.finished_at < cancelled_before, or_(_SOURCE, _UNWANTED_AUDIO)
                ),
                and_(failed, or_(and_(OrganisationRow.redact, _SOURCE), _UNWANTED_AUDIO)),
            )
        )
        .order_by(CallRow.finished_at)
        .limit(limit)
    )
    return every(session, Call, left if among is None else left.where(CallRow.id.in_(among)))


def reduce_unscored(
    session: Session, call_id: str, failed_before: datetime, *, source: bool, audio: bool, file_name: str | None
) -> tuple[str, ...] | None:
    """Forget what an unscored call came with; the keys of its files, for deleting.

    Parameters
    ----------
    failed_before : datetime
        A failed call that ended later is left as it is.
    source, audio : bool
        Whether the transcript and the address go, and whether the recording goes.
    file_name : str or None
        Takes the place of the name that the recording came with.

    Returns
    -------
    tuple of str or None
        None where the call is gone or was taken up again, and nothing was changed.
    """
    over = or_(CallRow.status == "cancelled", _failed(failed_before))
    this = select(CallRow.transcript_key, CallRow.blob_key).where(CallRow.id == call_id, over).with_for_update()
    row = session.execute(this).first()
    if row is None:
        return None
    values: dict[str, str | int | None] = {"file_name": file_name}
    if source:
        values |= {"transcript_key": None, "recording_url": None}
    if audio:
        values |= {"blob_key": None, "blob_sha256": None, "blob_bytes": None, "media_type": None}
    session.execute(update(CallRow).where(CallRow.id == call_id).values(**values))
    taken = ((row.transcript_key, source), (row.blob_key, audio))
    return tuple(key for key, goes in taken if goes and key is not None)


def is_reduced(session: Session, call_id: str) -> bool:
    """Whether something that a call came with was forgotten since its work failed."""
    noted = select(AuditRow.id).join(CallRow, CallRow.id == AuditRow.call_id)
    own = (AuditRow.organisation_id == CallRow.organisation_id, AuditRow.at >= CallRow.created_at)
    return (
        session.scalar(noted.where(CallRow.id == call_id, AuditRow.action == CALL_REDUCED, *own).limit(1)) is not None
    )


def _failed(before: datetime) -> ColumnElement[bool]:
    return and_(CallRow.status == "failed", CallRow.finished_at < before)
