"""What the HTTP face refuses, each with its sentence; `app.web.problems` says how it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.message import Message, MessageArgument
from app.errors import PuhepeiliError


class Refused(PuhepeiliError):
    """A request that is not answered as asked. `headers` go with the answer."""

    def __init__(self, id: str, headers: Mapping[str, str] | None = None, **args: MessageArgument) -> None:
        super().__init__(id, **args)
        self.headers = dict(headers or {})


class Malformed(Refused):
    """The request cannot be read at all."""


class NotSignedIn(Refused):
    """Nobody known asks."""

    def __init__(self, id: str = "problem-not-signed-in") -> None:
        super().__init__(id, {"WWW-Authenticate": 'Bearer realm="puhepeili"'})


class Forbidden(Refused):
    """Somebody known asks for what the role does not have."""


class NotFound(Refused):
    """It is not there, or not for the one who asks: the answer does not tell these apart."""


class Conflict(Refused):
    """It cannot be done as things stand now."""


class BodyTooLarge(Refused):
    """More came than is taken in."""


class UnknownMediaType(Refused):
    """The body is of a kind that is not taken here."""


class BadRange(Refused):
    """Bytes were asked for that the file does not have."""


class Unusable(Refused):
    """The request can be read, but not done as it stands."""


class TooMany(Refused):
    """One caller asks too often."""

    def __init__(self, seconds: int, id: str = "problem-too-many") -> None:
        super().__init__(id, {"Retry-After": str(seconds)}, seconds=seconds)


class Busy(Refused):
    """The service cannot take it now; later it can."""

    def __init__(self, id: str, seconds: int) -> None:
        super().__init__(id, {"Retry-After": str(seconds)}, seconds=seconds)


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one field of a request; `field` is its path, such as ``metadata.tags.0``."""

    field: str
    message: Message


class BadFields(Refused):
    """Some fields of the request are not as they should be."""

    def __init__(self, faults: tuple[FieldFault, ...]) -> None:
        super().__init__("problem-fields", count=len(faults))
        self.faults = faults
