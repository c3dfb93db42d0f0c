"""What is still kept of calls that are done, and which of them are kept in a larger form than is wanted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.store.calls import Call
from app.store.rows import columns_of, every
from app.store.tables import CallRow
from app.store.tables_access import AuditRow, OrganisationRow

AUDIO_REDUCED = "audio.reduced"


def drop_source(session: Session, call_id: str, *, file_name: str | None) -> str | None:
    """Forget the transcript that came with a call and where it was fetched from; the transcript's key, for deleting.

    `file_name` takes the place of the name that the recording came with.
    """
    key = session.scalar(select(CallRow.transcript_key).where(CallRow.id == call_id).with_for_update())
    forgotten = {"transcript_key": None, "recording_url": None, "file_name": file_name}
    session.execute(update(CallRow).where(CallRow.id == call_id).values(**forgotten))
    return key


def calls_to_reduce(session: Session, since: datetime, until: datetime, *, limit: int = 200) -> tuple[Call, ...]:
    """Calls that succeeded within ``[since, until)`` and still have audio that their organisation does not want kept.

    Whatever has been reduced is in the log, and is passed over.
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
            CallRow.blob_key.is_not(None),
            OrganisationRow.keep_audio != "full",
            ~done.exists(),
        )
        .order_by(CallRow.finished_at)
        .limit(limit)
    )
    return every(session, Call, left)
