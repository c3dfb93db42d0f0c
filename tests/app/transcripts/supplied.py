"""Shared by the transcript tests: writes a file and reads it back in a short form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.transcripts import SuppliedTranscript, read_transcript


def read(folder: Path, content: bytes | str | dict[str, Any] | list[Any], **options: Any) -> SuppliedTranscript:
    """`content` written to a file without a telling name, and read."""
    path = folder / "supplied"
    if isinstance(content, dict | list):
        content = json.dumps(content, ensure_ascii=False)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read_transcript(path, **options)


def said(transcript: SuppliedTranscript) -> list[tuple[str, str]]:
    """Role and text of each turn."""
    return [(turn.role, " ".join(word.text for word in turn.words)) for turn in transcript.turns]


def times(transcript: SuppliedTranscript) -> list[list[tuple[float, float] | None]]:
    """Times of each word, turn by turn, to the millisecond."""
    return [
        [
            None if word.segment is None else (round(word.segment.start, 3), round(word.segment.end, 3))
            for word in turn.words
        ]
        for turn in transcript.turns
    ]


def spans(transcript: SuppliedTranscript) -> list[tuple[float, float] | None]:
    """Times of each turn, to the millisecond."""
    return [
        None if turn.segment is None else (round(turn.segment.start, 3), round(turn.segment.end, 3))
        for turn in transcript.turns
    ]


def warned(transcript: SuppliedTranscript) -> list[str]:
    """Names of the warnings."""
    return [warning.id for warning in transcript.warnings]
