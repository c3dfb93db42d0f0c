"""Many jobs of one kind put in a queue at once.

The engine's own call takes one job at a time, and most of a millisecond for each. Here it makes the first; the others
are copies of its rows with a name and an input of their own, so that nothing is said here of what its rows mean.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import column, insert, literal_column, select, table
from sqlalchemy.orm import Session

_AT_ONCE = 1000


def copy_job(session: Session, of: str, to: Sequence[str], *, schema: str | None) -> None:
    """Queue a job for each of `to` that is as the one of `of`, which was queued in this transaction.

    Parameters
    ----------
    of, to : str and sequence of str
        Identifiers that are both the job's and its only input; they must be ones that JSON writes as they are.
    schema : str or None
        Where the engine's tables are.
    """
    for name, given in (("workflow_status", None), ("workflow_input", "inputs")):
        there = table(name, schema=schema)
        this = select(literal_column("*")).select_from(there).where(column("workflow_uuid") == of)
        first = dict(session.execute(this).one()._mapping)
        rows = [_copy(first, of, job, given) for job in to]
        into = insert(table(name, *(column(key) for key in first), schema=schema))
        for start in range(0, len(rows), _AT_ONCE):
            session.execute(into, rows[start : start + _AT_ONCE])


def _copy(first: dict[str, Any], of: str, job: str, given: str | None) -> dict[str, Any]:
    own: dict[str, Any] = {"workflow_uuid": job}
    if given is not None:
        own[given] = first[given].replace(of, job)
    elif first["creator_xid"] is not None:
        own["creator_xid"] = str(uuid.uuid4())
    return first | own
