"""Tables of the calls and all that hangs on them. Those of people and access are in `app.store.tables_access`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store import tables_access
from app.store.base import Base, Bytes, Id, LongText, Name, PrimaryId, Sha256, Texts, Word

__all__ = ["Base", "tables_access"]


class BatchRow(Base):
    """Many calls submitted as one."""

    __tablename__ = "pp_batch"
    __table_args__ = (Index("ix_pp_batch_page", "organisation_id", "created_at", "id"),)

    id: Mapped[PrimaryId]
    organisation_id: Mapped[Id] = mapped_column(ForeignKey("pp_organisation.id", ondelete="CASCADE"))
    submitted_by: Mapped[Id]
    name: Mapped[Name | None]
    expected: Mapped[int | None]
    created_at: Mapped[datetime]


class CallRow(Base):
    """One call: where it stands, where its audio lies, and how long it is kept."""

    __tablename__ = "pp_call"
    __table_args__ = (
        Index("ix_pp_call_page", "organisation_id", "created_at", "id"),
        Index("ix_pp_call_agent", "organisation_id", "agent_id", "created_at"),
        Index("ix_pp_call_team", "organisation_id", "team_id", "created_at"),
        Index("ix_pp_call_submitter", "submitted_by", "created_at"),
        Index("ix_pp_call_status", "status", "created_at"),
    )

    id: Mapped[PrimaryId]
    organisation_id: Mapped[Id] = mapped_column(ForeignKey("pp_organisation.id", ondelete="CASCADE"))
    agent_id: Mapped[Name | None]
    team_id: Mapped[Id | None]
    batch_id: Mapped[Id | None] = mapped_column(ForeignKey("pp_batch.id", ondelete="SET NULL"), index=True)
    submitted_by: Mapped[Id]
    client_reference: Mapped[Name | None]
    status: Mapped[Word]
    stage: Mapped[Word | None]
    progress: Mapped[float]
    failure_id: Mapped[Name | None]
    failure_args: Mapped[dict[str, Any] | None]
    language: Mapped[Word | None]
    agent_channel: Mapped[Word | None]
    direction: Mapped[Word | None]
    started_at: Mapped[datetime | None]
    tags: Mapped[Texts]
    retain_until: Mapped[datetime | None] = mapped_column(index=True)
    priority: Mapped[int]
    recording_url: Mapped[LongText | None]
    blob_key: Mapped[Name | None] = mapped_column(index=True)
    blob_sha256: Mapped[Sha256 | None]
    blob_bytes: Mapped[Bytes | None]
    media_type: Mapped[Name | None]
    file_name: Mapped[Name | None]
    transcript_key: Mapped[Name | None] = mapped_column(index=True)
    standard: Mapped[Name | None]
    baseline: Mapped[dict[str, Any] | None]
    duration_s: Mapped[float | None]
    attempts: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class ScorecardRow(Base):
    """The scorecard of a call, as the contract writes it, with the versions that made it."""

    __tablename__ = "pp_scorecard"

    call_id: Mapped[PrimaryId] = mapped_column(ForeignKey("pp_call.id", ondelete="CASCADE"))
    document: Mapped[LongText]
    engine_version: Mapped[Name]
    asr_model: Mapped[Name | None]
    standard: Mapped[Name]
    created_at: Mapped[datetime]


class MeasureValueRow(Base):
    """One value of one call, for trends."""

    __tablename__ = "pp_measure_value"
    __table_args__ = (Index("ix_pp_measure_value_trend", "organisation_id", "agent_id", "measure", "at"),)

    call_id: Mapped[PrimaryId] = mapped_column(ForeignKey("pp_call.id", ondelete="CASCADE"))
    measure: Mapped[str] = mapped_column(String(255), primary_key=True)
    organisation_id: Mapped[Id]
    agent_id: Mapped[Name | None]
    value: Mapped[float]
    at: Mapped[datetime]


class FindingVerdictRow(Base):
    """What a listener said about one piece of evidence."""

    __tablename__ = "pp_finding_verdict"
    __table_args__ = (UniqueConstraint("call_id", "measure", "n", "by"),)

    id: Mapped[PrimaryId]
    call_id: Mapped[Id] = mapped_column(ForeignKey("pp_call.id", ondelete="CASCADE"))
    measure: Mapped[Name]
    n: Mapped[int]
    verdict: Mapped[Word]
    by: Mapped[Id]
    at: Mapped[datetime]


class StandardRow(Base):
    """One version of an organisation's target levels; a version is never changed."""

    __tablename__ = "pp_standard"
    __table_args__ = (UniqueConstraint("organisation_id", "name", "version"),)

    id: Mapped[PrimaryId]
    organisation_id: Mapped[Id] = mapped_column(ForeignKey("pp_organisation.id", ondelete="CASCADE"))
    name: Mapped[Name]
    version: Mapped[int]
    body: Mapped[dict[str, Any]]
    by: Mapped[Id]
    created_at: Mapped[datetime]


class WebhookEndpointRow(Base):
    """Where an organisation wants to be told."""

    __tablename__ = "pp_webhook_endpoint"

    id: Mapped[PrimaryId]
    organisation_id: Mapped[Id] = mapped_column(ForeignKey("pp_organisation.id", ondelete="CASCADE"), index=True)
    url: Mapped[LongText]
    secrets: Mapped[Texts]
    events: Mapped[Texts]
    created_by: Mapped[Id]
    submitter: Mapped[Id | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class WebhookDeliveryRow(Base):
    """One event on its way to one endpoint; `id` is the event's, the same for every endpoint and every try."""

    __tablename__ = "pp_webhook_delivery"
    __table_args__ = (
        Index("ix_pp_webhook_delivery_page", "endpoint_id", "created_at", "id"),
        Index("ix_pp_webhook_delivery_next", "status", "next_at"),
    )

    id: Mapped[PrimaryId]
    endpoint_id: Mapped[PrimaryId] = mapped_column(ForeignKey("pp_webhook_endpoint.id", ondelete="CASCADE"))
    organisation_id: Mapped[Id]
    call_id: Mapped[Id | None] = mapped_column(index=True)
    type: Mapped[Name]
    payload: Mapped[dict[str, Any]]
    status: Mapped[Word]
    attempts: Mapped[int]
    last_error: Mapped[Name | None]
    last_status: Mapped[int | None]
    next_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]


class IdempotencyRow(Base):
    """A submission that a caller may send again without a second call coming of it."""

    __tablename__ = "pp_idempotency"

    owner: Mapped[PrimaryId]
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    organisation_id: Mapped[Id]
    request_sha256: Mapped[Sha256]
    call_id: Mapped[Id] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
