"""What pydantic finds wrong with a request, as sentences in the caller's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.message import Message, MessageArgument
from app.web.refusals import FieldFault

MOST_FAULTS = 20
_SHOWN_CHARACTERS = 60
_KINDS = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "string_type": "text",
    "string_unicode": "text",
    "int_type": "whole",
    "int_parsing": "whole",
    "int_from_float": "whole",
    "int_parsing_size": "whole",
    "float_type": "number",
    "float_parsing": "number",
    "finite_number": "number",
    "bool_type": "truth",
    "bool_parsing": "truth",
    "list_type": "list",
    "dict_type": "object",
    "model_type": "object",
    "model_attributes_type": "object",
    "string_pattern_mismatch": "form",
    "string_too_short": "short",
    "string_too_long": "long",
    "too_long": "many",
    "too_short": "few",
    "greater_than_equal": "least",
    "less_than_equal": "most",
    "literal_error": "choice",
    "datetime_type": "time",
    "datetime_parsing": "time",
    "datetime_from_date_parsing": "time",
    "datetime_object_invalid": "time",
    "timezone_aware": "zone",
}
_SOURCES = (("body",), ("query",), ("path",), ("header",))
_BRANCH = re.compile(r"str|(function-(after|before|wrap|plain)|literal|list|dict)\[.*\]", re.DOTALL)
"""Which branch of a choice was tried; a caller knows of no branches."""
_LIMITS = ("min_length", "max_length", "ge", "le")


def faults_of(found: Sequence[Mapping[str, Any]], place: tuple[str, ...] = ()) -> tuple[FieldFault, ...]:
    """One fault for each field, in the order in which they were found, and no more than the first `MOST_FAULTS`.

    Parameters
    ----------
    found : sequence
        What ``errors()`` of a validation error gives.
    place : tuple of str
        Where what was validated stands in the request.
    """
    faults: dict[str, FieldFault] = {}
    for one in found:
        if len(faults) == MOST_FAULTS:
            break
        loc = one["loc"][1:] if one["loc"][:1] in _SOURCES else one["loc"]
        path = [*place, *(str(part) for part in loc if not _BRANCH.fullmatch(str(part)))]
        field = "".join(letter if letter.isprintable() else " " for letter in ".".join(path))[:200] or "body"
        faults.setdefault(field, FieldFault(field, message_of(one)))
    return tuple(faults.values())


def message_of(found: Mapping[str, Any]) -> Message:
    """The sentence for one thing that pydantic found."""
    kind = _KINDS.get(found["type"], "other")
    context = found.get("ctx", {})
    if found["type"] == "value_error" and isinstance(own := context.get("error"), FieldError):
        return own.message
    args: dict[str, MessageArgument] = {}
    if kind in ("short", "long", "many", "few", "least", "most"):
        args["limit"] = next(float(context[name]) for name in _LIMITS if name in context)
    if kind == "choice":
        args["allowed"] = str(context["expected"]).replace(" or ", ", ").replace("'", "")
    if kind == "other":
        args["value"] = _shown(found.get("input"))
    return Message(f"problem-field-{kind}", args)


class FieldError(ValueError):
    """Raised in a validator: the sentence goes to the caller."""

    def __init__(self, id: str, **args: MessageArgument) -> None:
        super().__init__(id)
        self.message = Message(id, args)


def _shown(value: object) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in str(value)[: _SHOWN_CHARACTERS + 1])
    return shown if len(shown) <= _SHOWN_CHARACTERS else shown[: _SHOWN_CHARACTERS - 1] + "…"
