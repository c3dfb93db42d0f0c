"""A sentence for a person, as the name of a text and its values. Stands alone, so that it costs nothing to import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.errors import AnalysisError

MessageArgument = str | int | float


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for a person, kept as the name of a text and its values, so that any language can show it.

    Parameters
    ----------
    id : str
        Name of the text in the catalogues, e.g. ``reason-too-little-speech``.
    args : mapping of str to str, int or float
        Values that the text shows. Times in seconds.
    """

    id: str
    args: Mapping[str, MessageArgument] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id:
            raise AnalysisError("a message needs an id")
