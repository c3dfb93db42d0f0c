"""What the service says of calls and batches, and how it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

Status = Literal["queued", "processing", "succeeded", "failed", "cancelled"]
ENDED = frozenset({"succeeded", "failed", "cancelled"})


class ServiceError(Exception):
    """The service refused, with its reason.

    Parameters
    ----------
    status : int
        Of the answer.
    code : str
        Name of the reason, the same in every language; empty where the answer gives none.
    detail : str
        A sentence for a person.
    """

    def __init__(self, status: int, code: str, detail: str) -> None:
        self.status, self.code, self.detail = status, code, detail
        super().__init__(f"{status}: {detail}")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a call failed."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CallState:
    """One call as it stands; `progress` is 0 to 1."""

    id: str
    status: Status
    progress: float = 0.0
    stage: str | None = None
    failure: Failure | None = None
    agent_id: str | None = None
    batch_id: str | None = None
    client_reference: str | None = None
    has_audio: bool = False
    duration_s: float | None = None
    created_at: str | None = None
    finished_at: str | None = None


@dataclass(frozen=True, slots=True)
class BatchState:
    """A batch, and how many of its calls stand where."""

    id: str
    calls: Mapping[Status, int]
    name: str | None = None
    expected: int | None = None


def call_of(found: Mapping[str, Any]) -> CallState:
    known = {field.name for field in fields(CallState)}
    given = {name: value for name, value in found.items() if name in known}
    if given.get("failure"):
        given["failure"] = Failure(given["failure"]["code"], given["failure"]["sentence"])
    return CallState(**given)


def batch_of(found: Mapping[str, Any]) -> BatchState:
    return BatchState(**{name: found[name] for name in ("id", "calls", "name", "expected") if name in found})
