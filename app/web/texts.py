"""Kinds of text that callers may send: bounded, printable, and fit for both databases."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.web.fields import FieldError

_PRINTABLE = r"[^\x00-\x1f\x7f]"
LINE_PATTERN = rf"^{_PRINTABLE}*$"
"""One line of any letters; PostgreSQL keeps no NUL, and a control character has no place in a name."""
AGENT_PATTERN = r"^[^\s/\x00-\x1f\x7f]([^/\x00-\x1f\x7f]*[^\s/\x00-\x1f\x7f])?$"
"""A slash would end the segment of a path that the identifier stands in."""
ID_PATTERN = r"^[0-9A-Za-z_-]+$"
WORD_PATTERN = r"^[a-z][a-z0-9_]*$"
STANDARD_PATTERN = r"^[A-Za-z0-9ÅÄÖåäö][A-Za-z0-9ÅÄÖåäö._-]*$"
URL_PATTERN = r"^https?://[0-9A-Za-z]([0-9A-Za-z._-]*[0-9A-Za-z])?(:[0-9]{1,5})?([/?][^\s\x00-\x1f\x7f]*)?$"
"""The shape alone; `app.outgoing` looks more closely."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=LINE_PATTERN)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=LINE_PATTERN)]
AgentId = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=AGENT_PATTERN)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=ID_PATTERN)]
MeasureName = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=WORD_PATTERN)]
StandardName = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=STANDARD_PATTERN)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Url = Annotated[str, StringConstraints(min_length=9, max_length=2000, pattern=URL_PATTERN)]
Days = Annotated[int, Field(ge=1, le=36500)]


MOST_KEYS = 100
"""Far more than any object has that is asked for."""


def few_keys(value: Any) -> Any:
    """`value`, unless it is an object of very many fields: each unknown one would be a fault of its own to write down.

    Raises
    ------
    FieldError
        If there are more than `MOST_KEYS`.
    """
    if isinstance(value, dict) and len(value) > MOST_KEYS:
        raise FieldError("problem-field-keys", limit=MOST_KEYS)
    return value


class Asked(BaseModel):
    """Base of what callers send: an unknown field is refused, so that a misspelt one fails at once."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _few(cls, value: Any) -> Any:
        return few_keys(value)


class Answer(BaseModel):
    """Base of what is answered; a newer service may add fields."""
