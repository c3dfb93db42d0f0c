"""What callers send about a call, and how a call is shown."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from analysis.message import Message
from app.messages import Locale
from app.store.calls import Call, CallStatus
from app.web.fields import FieldError
from app.web.problems import said
from app.web.texts import AgentId, Answer, Asked, Days, Id, Language, Line, StandardName, Tag, Url

AgentChannel = Literal["left", "right", "mono"]
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})?")
CALL_ID = "0198f5d2-6c1b-7a40-9c3e-5f0a4c1d2e3f"
EXAMPLE_METADATA: dict[str, Any] = {
    "agent_id": "aino.virtanen",
    "client_reference": "2026-04711",
    "channels": {"agent": 0, "customer": 1},
    "language": "fi",
    "direction": "inbound",
    "started_at": "2026-11-20T12:00:00+02:00",
    "tags": ["laskutus"],
    "retain_days": 30,
}


def _in_reach(moment: datetime) -> datetime:
    """In UTC; the calendar ends within a day of its outermost years."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise FieldError("problem-field-time") from error


def _written(value: object) -> object:
    """A time as text: a bare number would be taken for seconds since 1970, which nobody means."""
    if isinstance(value, datetime) or (isinstance(value, str) and _TIME.fullmatch(value)):
        return value
    raise FieldError("problem-field-time")


Moment = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_in_reach)]


def _sides(agent: int, customer: int) -> dict[str, Any]:
    return {"properties": {"agent": {"const": agent}, "customer": {"const": customer}}}


class Channels(Asked):
    """Who speaks on which channel of the recording, counted from 0 (left)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"oneOf": [_sides(0, 1), _sides(1, 0)]})

    agent: Literal[0, 1]
    customer: Literal[0, 1]

    @model_validator(mode="after")
    def _differ(self) -> Self:
        if self.agent == self.customer:
            raise FieldError("problem-field-same-channel")
        return self


class CallMetadata(Asked):
    """What is known of a call of a batch when it is sent in."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE_METADATA]})

    agent_id: AgentId | None = Field(default=None, description="The caller's own identifier of the agent.")
    client_reference: Line | None = Field(default=None, description="The caller's own identifier of the call.")
    channels: Channels | Literal["mono"] | None = Field(
        default=None, description="Who speaks where; `mono`: the agent alone. Guessed where it is not given."
    )
    language: Language | None = Field(default=None, description="Language spoken, as ISO 639; Finnish where not given.")
    direction: Literal["inbound", "outbound"] | None = None
    started_at: Moment | None = Field(default=None, description="When the call began, with its time zone.")
    tags: Annotated[list[Tag], Field(max_length=20)] = Field(default_factory=list)
    retain_days: Days | None = Field(
        default=None,
        description="Days to keep it, at most as many as the organisation keeps calls; that number where not given.",
    )
    standard: StandardName | None = Field(default=None, description="The standard to hold it against.")

    @property
    def agent_channel(self) -> AgentChannel | None:
        """The agent's channel as the store names it."""
        if self.channels is None or self.channels == "mono":
            return self.channels
        return "left" if self.channels.agent == 0 else "right"


class Metadata(CallMetadata):
    """What is known of a call when it is sent in."""

    batch_id: Id | None = Field(default=None, description="The batch that it belongs to.")


class CallByUrl(Asked):
    """A call whose recording is fetched by the service."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"recording_url": "https://recorder.example.com/2026/04711.wav", "metadata": EXAMPLE_METADATA}]
        },
    )

    recording_url: Url
    metadata: Metadata = Field(default_factory=lambda: Metadata())
    transcript: Annotated[str, StringConstraints(min_length=1)] | dict[str, Any] | list[Any] | None = Field(
        default=None, description="A transcript: text, WebVTT or SubRip as a string, or one of the known kinds of JSON."
    )


class Accepted(Answer):
    """A call was taken in."""

    model_config = ConfigDict(json_schema_extra={"example": {"id": CALL_ID, "status": "queued"}})

    id: str
    status: CallStatus


class Failure(Answer):
    """Why a call failed: a sentence for a person, and its name."""

    code: str
    sentence: str


class CallState(Answer):
    """One call as it stands."""

    id: str
    status: CallStatus
    progress: float = Field(ge=0, le=1)
    stage: str | None = Field(description="What is being done: `fetch`, `decode`, `detect`, `transcribe`, `measure`.")
    failure: Failure | None
    agent_id: str | None
    batch_id: str | None
    client_reference: str | None
    agent_channel: AgentChannel | None
    language: str | None
    direction: Literal["inbound", "outbound"] | None
    started_at: datetime | None
    tags: list[str]
    standard: str | None
    duration_s: float | None = Field(description="Length of the recording in seconds; null until it is scored.")
    has_audio: bool
    audio_bytes: int | None
    audio_sha256: str | None
    retain_until: datetime | None
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None


class CallList(Answer):
    """Some calls, newest first, and where the next page begins."""

    items: list[CallState]
    next_cursor: str | None


def call_state(call: Call, locale: Locale) -> CallState:
    """A call as callers see it, with the failure's sentence in their language."""
    same = {name: getattr(call, name) for name in CallState.model_fields if hasattr(call, name)}
    failure = None
    if call.failure_id is not None:
        sentence = said(Message(call.failure_id, call.failure_args or {}), locale)
        failure = Failure(code=call.failure_id, sentence=sentence)
    return CallState(
        **(same | {"tags": list(call.tags)}),
        failure=failure,
        has_audio=call.blob_key is not None,
        audio_bytes=call.blob_bytes,
        audio_sha256=call.blob_sha256,
    )
