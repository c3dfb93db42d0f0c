"""A submission becomes a call: its row, its idempotency key and its job, all in one transaction or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.jobs.port import Queue
from app.outgoing import checked_url
from app.standards import DEFAULT_NAME
from app.store.base import new_id, now_utc
from app.store.batches import find_batch
from app.store.calls import BATCH, INTERACTIVE, CallStatus, NewCall, call_for_work, create_call
from app.store.idempotency import idempotent
from app.store.organisations import find_agent
from app.store.principals import Principal
from app.store.standards import find_standard
from app.web.bodies import Metadata
from app.web.refusals import Forbidden, NotFound, Unusable
from app.web.service import Service
from app.web.submission import Submission, drop

SYSTEMS = 5
"""Priority of single calls that a platform sends: after those of people who wait, before batches."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a submission became: a new call, or (``repeated``) the one that its idempotency key stands for."""

    id: str
    status: CallStatus
    repeated: bool


def take_in(service: Service, principal: Principal, submission: Submission, key: str | None) -> TakenIn:
    """Make a call of a submission; what was stored of one that makes no call is taken away again.

    Raises
    ------
    PuhepeiliError
        If it may not be sent by this caller, names what is not there, or its key stands for another request.
    """
    try:
        with service.store.write() as session:
            taken = _in_transaction(service, session, principal, submission, key)
    except DBAPIError:
        # Perhaps the database kept it and only its answer was lost; what no call needs is swept away later.
        raise
    except BaseException:
        drop(service.blobs, submission)
        raise
    if taken.repeated:
        drop(service.blobs, submission)
    return taken


def _in_transaction(
    service: Service, session: Session, principal: Principal, submission: Submission, key: str | None
) -> TakenIn:
    now, call_id, owner = now_utc(), new_id(), principal.organisation_id
    if key is not None:
        fingerprint = submission.fingerprint()
        claimed = idempotent(session, principal.id, key, fingerprint, call_id=call_id, organisation_id=owner, now=now)
        if claimed.outcome == "conflict":
            raise Unusable("problem-idempotency-conflict")
        if claimed.outcome == "repeated":
            found = call_for_work(session, claimed.call_id)
            return TakenIn(claimed.call_id, "queued" if found is None else found.status, repeated=True)
    _create(service, session, principal, submission, call_id)
    return TakenIn(call_id, "queued", repeated=False)


def take_in_by_url(service: Service, session: Session, principal: Principal, submission: Submission) -> str:
    """Make a call of a submission that brought no file, in the caller's transaction; its identifier.

    Raises
    ------
    PuhepeiliError
        As `take_in`.
    """
    call_id = new_id()
    _create(service, session, principal, submission, call_id)
    return call_id


def _create(service: Service, session: Session, principal: Principal, submission: Submission, call_id: str) -> None:
    new = new_call(session, principal, submission, call_id)
    create_call(session, new, now_utc())
    queue: Queue = "interactive" if new.batch_id is None else "batch"
    service.engine.enqueue(session, call_id, queue=queue, priority=new.priority)


def new_call(session: Session, principal: Principal, submission: Submission, call_id: str) -> NewCall:
    """The call that a submission asks for.

    Raises
    ------
    Forbidden
        If the agent is not one that the caller may send calls of.
    NotFound
        If its batch or its standard is not there.
    InputError
        If its recording has an address that nothing is fetched from.
    """
    if submission.recording_url is not None:
        checked_url(submission.recording_url)
    told, audio, transcript = submission.metadata, submission.audio, submission.transcript
    _refuse_missing(session, principal, told)
    return NewCall(
        organisation_id=principal.organisation_id,
        submitted_by=principal.id,
        id=call_id,
        agent_id=_agent(session, principal, told.agent_id),
        batch_id=told.batch_id,
        client_reference=told.client_reference,
        language=told.language,
        agent_channel=told.agent_channel,
        direction=told.direction,
        started_at=told.started_at,
        tags=tuple(told.tags),
        retain_days=told.retain_days,
        priority=_priority(principal, told),
        recording_url=submission.recording_url,
        blob_key=None if audio is None else audio.key,
        blob_sha256=None if audio is None else audio.sha256,
        blob_bytes=None if audio is None else audio.bytes,
        media_type=submission.media_type,
        file_name=submission.file_name,
        transcript_key=None if transcript is None else transcript.key,
        standard=None if told.standard == DEFAULT_NAME else told.standard,
    )


def _agent(session: Session, principal: Principal, agent_id: str | None) -> str | None:
    """Whose call it is: an agent sends the own ones, a trainer those of the team."""
    if principal.role == "agent":
        if agent_id not in (None, principal.agent_id):
            raise Forbidden("problem-agent-not-own")
        return principal.agent_id
    if principal.role == "trainer":
        found = None if agent_id is None else find_agent(session, principal.organisation_id, agent_id)
        if found is None or found.team_id != principal.team_id:
            raise Forbidden("problem-agent-not-in-team")
    return agent_id


def _refuse_missing(session: Session, principal: Principal, told: Metadata) -> None:
    if told.batch_id is not None:
        batch = find_batch(session, principal, told.batch_id)
        if batch is None or batch.submitted_by != principal.id:
            raise NotFound("problem-no-batch")
    named = None if told.standard == DEFAULT_NAME else told.standard
    if named is not None and find_standard(session, principal.organisation_id, named) is None:
        raise NotFound("problem-no-such-standard", name=named)


def _priority(principal: Principal, told: Metadata) -> int:
    if told.batch_id is not None:
        return BATCH
    return SYSTEMS if principal.role == "platform" else INTERACTIVE
