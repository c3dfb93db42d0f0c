"""A submission becomes a call: its row, its idempotency key and its job, all in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.jobs.port import Queue
from app.outgoing import checked_url
from app.standards import DEFAULT_NAME
from app.store.base import new_id, now_utc
from app.store.batches import Batch, find_batch
from app.store.calls import BATCH, INTERACTIVE, CallStatus, NewCall, call_for_work, create_call, create_calls
from app.store.idempotency import idempotent
from app.store.organisations import Agent, Organisation, find_agent, find_organisation
from app.store.principals import Principal
from app.store.standards import find_standard
from app.web.bodies import Metadata
from app.web.refusals import Forbidden, NotFound, Unusable
from app.web.service import Service
from app.web.submission import Submission, drop, names_kept

SYSTEMS = 5
"""Priority of single calls that a platform sends: after those of people who wait, before batches."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a submission became: a new call, or (``repeated``) the one that its idempotency key stands for."""

    id: str
    status: CallStatus
    repeated: bool


def take_in(
    service: Service,
    principal: Principal,
    submission: Submission,
    key: str | None,
    still_there: Callable[[Session], None],
) -> TakenIn:
    """Make a call of a submission; what was stored of one that makes no call is taken away again.

    Parameters
    ----------
    still_there : callable
        Raises where the caller's right has ended since the request came; asked in the transaction that writes.

    Raises
    ------
    PuhepeiliError
        If it may not be sent by this caller, names what is not there, or its key stands for another request.
    """
    try:
        with service.store.write() as session:
            still_there(session)
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


def take_in_by_url(
    service: Service, session: Session, principal: Principal, submissions: Sequence[Submission]
) -> tuple[str, ...]:
    """Make calls of a batch's submissions that brought no file, in the caller's transaction; their identifiers.

    On SQLite all others who write wait for the end of that transaction, so everything is done for all calls at once.

    Raises
    ------
    PuhepeiliError
        As `take_in`.
    """
    known = Known(session, principal)
    many = [new_call(known, submission, new_id()) for submission in submissions]
    made = tuple(call.id for call in create_calls(session, many, now_utc()))
    service.engine.enqueue_many(session, made, queue="batch", priority=BATCH)
    return made


def _create(service: Service, session: Session, principal: Principal, submission: Submission, call_id: str) -> None:
    new = new_call(Known(session, principal), submission, call_id)
    create_call(session, new, now_utc())
    queue: Queue = "interactive" if new.batch_id is None else "batch"
    service.engine.enqueue(session, call_id, queue=queue, priority=new.priority)


class Known:
    """What is there for a caller, each looked up once in a transaction."""

    def __init__(self, session: Session, principal: Principal) -> None:
        self._session, self.principal = session, principal
        self._found: dict[tuple[str, str], Any] = {}

    def _once(self, kind: str, name: str, look_up: Callable[[], Any]) -> Any:
        if (kind, name) not in self._found:
            self._found[kind, name] = look_up()
        return self._found[kind, name]

    def own_batch(self, batch_id: str) -> bool:
        """Whether there is such a batch that the caller began."""
        batch: Batch | None = self._once("batch", batch_id, lambda: find_batch(self._session, self.principal, batch_id))
        return batch is not None and batch.submitted_by == self.principal.id

    def standard(self, name: str) -> bool:
        """Whether the organisation has such a standard."""
        owner = self.principal.organisation_id
        return self._once("standard", name, lambda: find_standard(self._session, owner, name) is not None) is True

    def team_of(self, agent_id: str) -> str | None:
        """The team that an agent is in; None for an agent of whom nothing is known."""
        owner = self.principal.organisation_id
        found: Agent | None = self._once("agent", agent_id, lambda: find_agent(self._session, owner, agent_id))
        return None if found is None else found.team_id

    def most_days(self) -> int | None:
        """How long the organisation keeps calls; None where it keeps them until they are erased."""
        found = self._organisation()
        return None if found is None else found.retain_days

    def redacts(self) -> bool:
        """Whether the organisation has personal numbers taken out."""
        found = self._organisation()
        return found is not None and found.redact

    def _organisation(self) -> Organisation | None:
        owner = self.principal.organisation_id
        found: Organisation | None = self._once("organisation", "", lambda: find_organisation(self._session, owner))
        return found


def new_call(known: Known, submission: Submission, call_id: str) -> NewCall:
    """The call that a submission asks for.

    Raises
    ------
    Forbidden
        If the agent is not one that the caller may send calls of.
    NotFound
        If its batch or its standard is not there.
    InputError
        If its recording has an address that nothing is fetched from.
    Unusable
        If it is to be kept for longer than the organisation keeps calls.
    """
    principal = known.principal
    if submission.recording_url is not None:
        checked_url(submission.recording_url)
    told, audio, transcript = submission.metadata, submission.audio, submission.transcript
    _refuse_missing(known, told)
    _refuse_longer(known, told)
    file_name, reference = names_kept(submission) if known.redacts() else (submission.file_name, told.client_reference)
    return NewCall(
        organisation_id=principal.organisation_id,
        submitted_by=principal.id,
        id=call_id,
        agent_id=_agent(known, told.agent_id),
        batch_id=told.batch_id,
        client_reference=reference,
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
        file_name=file_name,
        transcript_key=None if transcript is None else transcript.key,
        standard=None if told.standard == DEFAULT_NAME else told.standard,
    )


def _agent(known: Known, agent_id: str | None) -> str | None:
    """Whose call it is: an agent sends the own ones, a trainer those of the team."""
    principal = known.principal
    if principal.role == "agent":
        if agent_id not in (None, principal.agent_id):
            raise Forbidden("problem-agent-not-own")
        return principal.agent_id
    if principal.role == "trainer" and (agent_id is None or known.team_of(agent_id) != principal.team_id):
        raise Forbidden("problem-agent-not-in-team")
    return agent_id


def _refuse_missing(known: Known, told: Metadata) -> None:
    if told.batch_id is not None and not known.own_batch(told.batch_id):
        raise NotFound("problem-no-batch")
    named = None if told.standard == DEFAULT_NAME else told.standard
    if named is not None and not known.standard(named):
        raise NotFound("problem-no-such-standard", name=named)


def _refuse_longer(known: Known, told: Metadata) -> None:
    """The organisation has promised people how long it keeps calls; whoever sends one in cannot break that."""
    if told.retain_days is None:
        return
    most = known.most_days()
    if most is not None and told.retain_days > most:
        raise Unusable("problem-retain-days", value=told.retain_days, most=most)


def _priority(principal: Principal, told: Metadata) -> int:
    if told.batch_id is not None:
        return BATCH
    return SYSTEMS if principal.role == "platform" else INTERACTIVE
