"""An organisation's own standard: target levels and filler lists from a file, laid over the default ones."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.catalogue import BY_NAME
from analysis.norms import DEFAULT_NORMS, HOUSE_RULE
from analysis.types import Norm
from app.errors import InputError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

DEFAULT_NAME = "default"
MAX_BYTES = 1024 * 1024
NAME_PATTERN = r"^[A-Za-z0-9ÅÄÖåäö][A-Za-z0-9ÅÄÖåäö._-]{0,63}$"
_PLACE = re.compile(r"line (\d+), column (\d+)")
_SHOWN_CHARACTERS = 60

_EXPECTED = {
    "float_type": "number",
    "finite_number": "number",
    "string_type": "text",
    "string_too_short": "text",
    "string_too_long": "text",
    "bool_type": "truth",
    "int_type": "whole",
    "greater_than_equal": "whole",
    "list_type": "list",
    "too_long": "list",
    "model_type": "table",
    "dict_type": "table",
    "literal_error": "mode",
}

Bound = Annotated[float, Field(allow_inf_nan=False)]
Filler = Annotated[str, Field(min_length=1, max_length=60)]


class _Part(BaseModel):
    """Base of every table of the file: unknown keys are refused, and a text is never taken for a number."""

    model_config = ConfigDict(extra="forbid", strict=True)


class NormTable(_Part):
    """One measure's own norm; it replaces the default one whole."""

    low: Bound | None = None
    high: Bound | None = None
    source: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    applies_to: Annotated[str, Field(max_length=500)] = ""
    off: bool = False


class FillerTable(_Part):
    """The organisation's filler words, added to the built-in lists or used in their place."""

    mode: Literal["extend", "replace"] = "extend"
    hesitations: Annotated[list[Filler], Field(max_length=1000)] | None = None
    particles: Annotated[list[Filler], Field(max_length=1000)] | None = None


class StandardFile(_Part):
    """The whole file."""

    name: Annotated[str, Field(pattern=NAME_PATTERN)]
    version: Annotated[int, Field(ge=1)]
    norms: dict[str, NormTable] = Field(default_factory=dict)
    fillers: FillerTable = Field(default_factory=FillerTable)


@dataclass(frozen=True, slots=True)
class FillerWords:
    """Filler words that a standard names.

    Parameters
    ----------
    hesitations, particles : tuple of str or None
        In small letters; None where the standard leaves that list as it is built in.
    replace : bool
        True where they stand in place of the built-in lists, False where they are added to them.
    """

    hesitations: tuple[str, ...] | None = None
    particles: tuple[str, ...] | None = None
    replace: bool = False

    def over(self, hesitations: tuple[str, ...], particles: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Hesitations and particles to look for, from the built-in lists and these."""
        return self._over(hesitations, self.hesitations), self._over(particles, self.particles)

    def _over(self, built_in: tuple[str, ...], own: tuple[str, ...] | None) -> tuple[str, ...]:
        if own is None:
            return built_in
        return own if self.replace else tuple(dict.fromkeys((*built_in, *own)))


@dataclass(frozen=True, slots=True)
class Standard:
    """What calls are held against: a name, a version, the norms and the filler words."""

    name: str
    version: int
    norms: Mapping[str, Norm]
    fillers: FillerWords = field(default_factory=FillerWords)

    @property
    def label(self) -> str:
        """Name and version as a scorecard shows them, e.g. ``default@1``."""
        return f"{self.name}@{self.version}"


def read_standard(path: Path | None) -> Standard:
    """The standard in a TOML file laid over the default one; without a file, the default one.

    Parameters
    ----------
    path : Path or None

    Raises
    ------
    InputError
        If the file cannot be read, is no TOML, or has a key, measure or value that is not known.
    """
    default = {norm.measure: norm for norm in DEFAULT_NORMS}
    if path is None:
        return Standard(DEFAULT_NAME, 1, default)
    found = _validated(_document(path))
    if found.name.casefold() == DEFAULT_NAME:
        raise InputError("error-standard-reserved-name", name=found.name)
    label = f"{found.name}@{found.version}"
    norms = dict(default)
    for measure, table in found.norms.items():
        if measure not in BY_NAME:
            raise _unknown("measure", measure, list(BY_NAME))
        norm = _norm(measure, table, label)
        if norm is None:
            norms.pop(measure, None)
        else:
            norms[measure] = norm
    words = found.fillers
    fillers = FillerWords(_folded(words.hesitations), _folded(words.particles), words.mode == "replace")
    return Standard(found.name, found.version, norms, fillers)


def _norm(measure: str, table: NormTable, label: str) -> Norm | None:
    """The norm that one table says; None where it switches the norm off."""
    if table.off:
        if table.low is not None or table.high is not None:
            raise InputError("error-standard-off-with-bounds", measure=measure)
        return None
    if table.low is None and table.high is None:
        raise InputError("error-standard-no-bound", measure=measure)
    if table.low is not None and table.high is not None and table.low > table.high:
        raise InputError("error-standard-low-above-high", measure=measure, low=table.low, high=table.high)
    unit = BY_NAME[measure].unit
    for bound in (table.low, table.high):
        if unit == "ratio" and bound is not None and not 0 <= bound <= 1:
            raise InputError("error-standard-ratio", measure=measure, value=bound)
    return Norm(measure, table.low, table.high, unit, table.source or f"{HOUSE_RULE} ({label})", table.applies_to)


def _folded(words: list[str] | None) -> tuple[str, ...] | None:
    if words is None:
        return None
    return tuple(dict.fromkeys(" ".join(word.split()).lower() for word in words if word.strip()))


def _document(path: Path) -> dict[str, Any]:
    from app.transcripts.encoding import bytes_of

    try:
        return tomllib.loads(bytes_of(path, max_bytes=MAX_BYTES).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError("error-standard-not-text", name=path.name) from error
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line, column = (int(part) for part in place.groups()) if place else (0, 0)
        raise InputError("error-standard-not-toml", name=path.name, line=line, column=column) from error
    except RecursionError as error:
        raise InputError("error-standard-not-toml", name=path.name, line=0, column=0) from error


def _validated(document: dict[str, Any]) -> StandardFile:
    try:
        return StandardFile.model_validate(document)
    except ValidationError as error:
        raise _problem(error.errors()[0]) from error


def _problem(detail: ErrorDetails) -> InputError:
    """The first thing that is wrong with a file, as a sentence that names the key and what is allowed."""
    place = [str(part) for part in detail["loc"]]
    key, kind = ".".join(place), detail["type"]
    if kind == "extra_forbidden":
        return _unknown("key", key, _allowed(place))
    if kind == "missing":
        return InputError("error-standard-missing", key=key)
    if kind == "string_pattern_mismatch":
        return InputError("error-standard-name", value=_shown(detail["input"]))
    expected = _EXPECTED.get(kind, "other")
    return InputError("error-standard-bad-value", key=key, value=_shown(detail["input"]), expected=expected)


def _allowed(place: list[str]) -> list[str]:
    """Keys that the table around an unknown key may have."""
    table: type[BaseModel] = StandardFile
    if place[0] == "norms" and len(place) > 1:
        table = NormTable
    elif place[0] == "fillers" and len(place) > 1:
        table = FillerTable
    return list(table.model_fields)


def _unknown(what: Literal["key", "measure"], name: str, allowed: list[str]) -> InputError:
    near = get_close_matches(name.rsplit(".", 1)[-1].casefold(), allowed, n=1, cutoff=0.6)
    listed = ", ".join(allowed)
    if near:
        return InputError(f"error-standard-unknown-{what}-near", name=name, suggestion=near[0], allowed=listed)
    return InputError(f"error-standard-unknown-{what}", name=name, allowed=listed)


def _shown(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"
