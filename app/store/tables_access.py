"""Tables of organisations, people, keys, sessions and the log of who saw what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Id, Name, PrimaryId, Sha256, Word


class OrganisationRow(Base):
    """One customer of the service, and how long and how much it keeps."""

    __tablename__ = "pp_organisation"

    id: Mapped[PrimaryId]
    name: Mapped[Name]
    retain_days: Mapped[int | None]
    keep_audio: Mapped[Word]
    redact: Mapped[bool]
    created_at: Mapped[datetime]


class TeamRow(Base):
    """Agents with a trainer in common."""

    __tablename__ = "pp_team"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[PrimaryId]
    organisation_id: Mapped[Id] = mapped_column(ForeignKey("pp_organisation.id", ondelete="CASCADE"))
    name: Mapped[Name]
    created_at: Mapped[datetime]


class AgentRow(Base):
    """One agent, under the identifier that the caller gives."""

    __tablename__ = "pp_agent"

    organisation_id: Mapped[PrimaryId] = mapped_column(ForeignKey("pp_organisation.id", ondelete="CASCADE"))
    id: Mapped[str] = mapped_column(String(255), primary_key=True)
    team_id: Mapped[Id | None] = mapped_column(ForeignKey("pp_team.id", ondelete="SET NULL"), index=True)
    name: Mapped[Name | None]
    created_at: Mapped[datetime]


class _PrincipalColumns:
    """Who a key, link or session stands for."""

    principal_id: Mapped[Id]
    role: Mapped[Word]
    organisation_id: Mapped[Id] = mapped_column(ForeignKey("pp_organisation.id", ondelete="CASCADE"), index=True)
    agent_id: Mapped[Name | None]
    team_id: Mapped[Id | None] = mapped_column(ForeignKey("pp_team.id", ondelete="CASCADE"))


class ApiKeyRow(_PrincipalColumns, Base):
    """A key, without the key itself: only what it begins with, and its hash."""

    __tablename__ = "pp_api_key"

    id: Mapped[PrimaryId]
    name: Mapped[Name]
    prefix: Mapped[Word] = mapped_column(unique=True)
    sha256: Mapped[Sha256]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    per_minute: Mapped[int | None]


class SessionRow(_PrincipalColumns, Base):
    """Somebody signed in on the pages."""

    __tablename__ = "pp_session"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    csrf: Mapped[Id]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SignInLinkRow(_PrincipalColumns, Base):
    """A link that signs somebody in, once."""

    __tablename__ = "pp_sign_in_link"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class AuditRow(Base):
    """Who did or saw what; triggers let nothing be changed or taken out."""

    __tablename__ = "pp_audit"
    __table_args__ = (
        Index("ix_pp_audit_page", "organisation_id", "at", "id"),
        Index("ix_pp_audit_agent", "organisation_id", "agent_id", "at"),
    )

    id: Mapped[PrimaryId]
    at: Mapped[datetime]
    organisation_id: Mapped[Id]
    actor_id: Mapped[Id]
    actor_role: Mapped[Word]
    action: Mapped[Name]
    call_id: Mapped[Id | None]
    agent_id: Mapped[Name | None]
    detail: Mapped[dict[str, Any] | None]
