"""What all tables share: names of constraints, times in UTC, identifiers."""

from __future__ import annotations

import os
import time
import uuid
from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A moment, always with its time zone; kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC; a time without a zone is refused, since nobody could say when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """With UTC as its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables; each name begins with ``pp_``, since the job engine shares the database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Instant(), dict[str, Any]: JSON(none_as_null=True), int: Integer()}


Id = Annotated[str, mapped_column(String(64))]
PrimaryId = Annotated[str, mapped_column(String(64), primary_key=True)]
Name = Annotated[str, mapped_column(String(255))]
"""A caller's own name or identifier, at most 255 characters."""
Word = Annotated[str, mapped_column(String(32))]
LongText = Annotated[str, mapped_column(Text)]
Sha256 = Annotated[str, mapped_column(String(64))]
Bytes = Annotated[int, mapped_column(BigInteger)]
Texts = Annotated[list[str], mapped_column(JSON(none_as_null=True))]


def new_id() -> str:
    """A new identifier: a UUID of version 7, so that later ones sort after earlier ones.

    References
    ----------
    RFC 9562, section 5.7.
    """
    stamp = time.time_ns() // 1_000_000
    number = (stamp << 80) | int.from_bytes(os.urandom(10), "big")
    number = (number & ~(0xF << 76)) | (0x7 << 76)
    number = (number & ~(0x3 << 62)) | (0x2 << 62)
    return str(uuid.UUID(int=number))


def now_utc() -> datetime:
    """This moment."""
    return datetime.now(UTC)
