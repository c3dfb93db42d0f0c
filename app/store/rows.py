"""From rows to frozen dataclasses, and pages of them."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import CursorResult, Row, Select, and_, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.errors import InputError
from app.store.base import Base

MAX_PAGE = 200
_NOT_KEPT = re.compile(r"[\x00\ud800-\udfff]")
"""What no database takes: NUL, and halves of a surrogate pair, which JSON can write."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Noun = TypeVar("Noun")


@dataclass(frozen=True, slots=True)
class Page(Generic[Noun]):
    """Some items, newest first, and the cursor of the next page; None after the last."""

    items: tuple[Noun, ...]
    next_cursor: str | None


def columns_of(row: type[Base]) -> Select[Any]:
    """A SELECT of the plain columns: values, so that nothing stale is handed out again within a transaction."""
    return select(*row.__table__.c)


def noun_of(noun: type[Noun], row: Row[Any]) -> Noun:
    """The dataclass `noun` filled from the columns of the same names; lists become tuples."""
    values = row._mapping
    given = {field.name: values[field.name] for field in fields(noun)}  # type: ignore[arg-type]
    return noun(**{name: tuple(value) if isinstance(value, list) else value for name, value in given.items()})


def first(session: Session, noun: type[Noun], statement: Select[Any]) -> Noun | None:
    """The first row of `statement` as a `noun`."""
    row = session.execute(statement.limit(1)).first()
    return None if row is None else noun_of(noun, row)


def every(session: Session, noun: type[Noun], statement: Select[Any]) -> tuple[Noun, ...]:
    """All rows of `statement` as nouns."""
    return tuple(noun_of(noun, row) for row in session.execute(statement))


def page(
    session: Session,
    noun: type[Noun],
    statement: Select[Any],
    *,
    at: InstrumentedAttribute[datetime],
    id: InstrumentedAttribute[str],
    cursor: str | None,
    limit: int,
) -> Page[Noun]:
    """One page of `statement`, newest first; rows of one moment come in the order of their identifiers.

    Parameters
    ----------
    at, id : mapped columns
        What the rows are ordered by; together they name one row.
    cursor : str or None
        From the page before.
    limit : int
        Items on the page, 1 to 200.

    Raises
    ------
    InputError
        If the cursor is none of ours, or the limit is out of range.
    """
    if not 1 <= limit <= MAX_PAGE:
        raise InputError("error-page-limit", value=limit, most=MAX_PAGE)
    if cursor is not None:
        moment, after = read_cursor(cursor)
        statement = statement.where(or_(at < moment, and_(at == moment, id < after)))
    found = session.execute(statement.order_by(at.desc(), id.desc()).limit(limit + 1)).all()
    more = len(found) > limit
    last = found[limit - 1]._mapping if more else None
    return Page(
        items=tuple(noun_of(noun, row) for row in found[:limit]),
        next_cursor=None if last is None else write_cursor(last[at.key], last[id.key]),
    )


def write_cursor(at: datetime, id: str) -> str:
    """A place in a list, as callers hand it back."""
    text = json.dumps([(at - _EPOCH) // timedelta(microseconds=1), id], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, str]:
    """The moment and identifier in a cursor.

    Raises
    ------
    InputError
        If it is none of ours.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        microseconds, id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        moment = _EPOCH + timedelta(microseconds=microseconds)
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise InputError("error-page-cursor", value=cursor[:60]) from error
    if not isinstance(id, str) or _NOT_KEPT.search(id):
        raise InputError("error-page-cursor", value=cursor[:60])
    return moment, id


def insert_unless_there(session: Session, row: type[Base], **values: Any) -> bool:
    """Insert a row; False where one with the same key is there already, which then stays as it is.

    On PostgreSQL it waits for another transaction that is inserting the same key.
    """
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(row.__table__).values(**values).on_conflict_do_nothing()  # type: ignore[arg-type]
    return session.execute(statement.returning(literal(1))).first() is not None


def insert_those_not_there(session: Session, row: type[Base], many: Sequence[dict[str, Any]]) -> None:
    """Insert rows in their order, except those whose key is there already, as `insert_unless_there`."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    if many:
        session.execute(insert(row.__table__).on_conflict_do_nothing(), list(many))  # type: ignore[arg-type]


def changed(result: Any) -> int:
    """How many rows an UPDATE or DELETE reached."""
    if not isinstance(result, CursorResult):
        raise TypeError(f"{type(result).__name__} counts no rows")
    return result.rowcount


def in_parts(keys: Sequence[str], size: int = 500) -> list[Sequence[str]]:
    """`keys` in parts that a statement's bound values can hold."""
    return [keys[start : start + size] for start in range(0, len(keys), size)]
