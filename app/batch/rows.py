"""What the tables keep of one call: a small row, drawn from its scorecard."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.document import MeasureDoc, ScorecardDoc


@dataclass(frozen=True, slots=True)
class Band:
    """The norm that a value was held against; None leaves that side open."""

    low: float | None
    high: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure of one call; ``value`` is None where it could not be measured."""

    value: float | None
    verdict: str
    confidence: str | None
    band: Band | None


@dataclass(frozen=True, slots=True)
class Row:
    """One call in the tables.

    Parameters
    ----------
    call : str
        The call's name in the batch.
    key : str
        File name, without suffix, of its scorecard.
    note : str or None
        What a reader should know of how it was scored.
    cells : mapping of str to Cell
        By measure; a measure that was not asked for is absent.
    """

    call: str
    key: str
    agent_id: str | None
    client_reference: str | None
    duration_s: float
    agent_channel: str
    snr_db: float | None
    bandwidth_hz: float | None
    transcript_source: str
    transcript_reliability: str | None
    focus: str | None
    note: str | None
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Failure:
    """A call without a scorecard, and the sentence that says why."""

    call: str
    error: str
    sentence: str


def row_of(
    document: ScorecardDoc, *, call: str, key: str, agent_id: str | None, client_reference: str | None, note: str | None
) -> Row:
    """The row of one scorecard."""
    recording, transcript = document.recording, document.transcript
    return Row(
        call=call,
        key=key,
        agent_id=agent_id,
        client_reference=client_reference,
        duration_s=recording.duration_s,
        agent_channel=recording.agent_channel,
        snr_db=recording.snr_db,
        bandwidth_hz=recording.bandwidth_hz,
        transcript_source=transcript.source,
        transcript_reliability=transcript.reliability,
        focus=document.focus.measure if document.focus else None,
        note=note,
        cells={name: _cell(measure) for name, measure in document.measures.items()},
    )


def row_to_json(row: Row) -> dict[str, Any]:
    """The row as the journal keeps it."""
    return asdict(row)


def row_from_json(kept: Mapping[str, Any]) -> Row:
    """The row that the journal kept.

    Raises
    ------
    KeyError, TypeError
        If it is not such a row.
    """
    cells = {sys.intern(name): _kept_cell(cell) for name, cell in kept["cells"].items()}
    return Row(**{**kept, "cells": cells})


def _cell(measure: MeasureDoc) -> Cell:
    norm = measure.norm
    return Cell(
        value=measure.value,
        verdict=measure.verdict,
        confidence=measure.confidence if measure.value is not None else None,
        band=Band(norm.low, norm.high, norm.source) if norm else None,
    )


def _kept_cell(kept: Mapping[str, Any]) -> Cell:
    band = kept["band"]
    # The same few texts stand in every row of thousands: interned, they are held once.
    return Cell(
        value=kept["value"],
        verdict=sys.intern(kept["verdict"]),
        confidence=sys.intern(kept["confidence"]) if kept["confidence"] else None,
        band=Band(band["low"], band["high"], sys.intern(band["source"])) if band else None,
    )
