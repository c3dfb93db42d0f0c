"""The one way in: a transcript file of any known format, told by its content, as turns with roles."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.types import Message, Turn
from app.errors import InputError
from app.transcripts import amazon, vendors, words
from app.transcripts.captions import ARROW, read_captions
from app.transcripts.encoding import MAX_BYTES, bytes_of, text_of
from app.transcripts.pieces import MAX_LETTERS, Piece, Reading, Speaker, has_letter, shown
from app.transcripts.plain import read_plain
from app.transcripts.roles import roles_of
from app.transcripts.times import checked
from app.transcripts.turns import turns_of

MAX_WORDS = 300_000
"""Far more than two people say in the longest recording that is taken in; what is longer is no call."""
_WORDS_AT_LEAST = 0.5
"""Of what stands between spaces in a plain text, the rest being speakers and clock times."""
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")
_MARKUP = re.compile(r"\s*(?:<\?xml|<!doctype|<html|<tt[\s>]|\{\\rtf|File type\s*=\s*\"ooTextFile)", re.IGNORECASE)
_CUE = re.compile(r"^[ \t]*\d{1,4}:\d{1,2}(?::\d{1,2})?[,.]\d{1,3}[ \t]*-->", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SuppliedTranscript:
    """A transcript that a caller brought.

    Parameters
    ----------
    turns : tuple of Turn
        Both roles' turns in order.
    has_word_times : bool
        True where every word has a time.
    has_turn_times : bool
        True where every turn has a time.
    kind : str
        ``text``, ``webvtt``, ``subrip``, ``words``, ``scorecard``, ``whisper``, ``deepgram``, ``assemblyai``,
        ``amazon``, ``amazon-analytics`` or ``azure``.
    warnings : tuple of Message
        What was guessed, put right or left out.
    """

    turns: tuple[Turn, ...]
    has_word_times: bool
    has_turn_times: bool
    kind: str
    warnings: tuple[Message, ...] = ()


def read_transcript(
    path: Path, *, duration_s: float | None = None, agent_channel: int | None = None
) -> SuppliedTranscript:
    """The transcript in `path`.

    Parameters
    ----------
    path : Path
    duration_s : float or None
        Length of the recording in seconds; a transcript that goes on well past it is refused.
    agent_channel : int or None
        The agent's channel in the recording, 0 (left) or 1 (right); for formats that name channels.

    Raises
    ------
    InputError
        If it is no transcript of a known kind, its times make no sense or do not fit the recording, or the agent
        says nothing in it.
    """
    text, warnings = text_of(bytes_of(path, max_bytes=MAX_BYTES))
    reading = _read(text, duration_s, named_json=path.suffix.lower() == ".json")
    _refuse_oversize(reading.pieces)
    pieces, time_warnings = checked(reading.pieces, duration_s=duration_s)
    roles, role_warnings = roles_of(_speakers(pieces), agent_channel=agent_channel)
    turns = turns_of(pieces, roles)
    agent = [turn for turn in turns if turn.role == "agent"]
    if not turns:
        raise InputError("error-transcript-no-words")
    if not agent:
        raise InputError("error-transcript-no-agent")
    return SuppliedTranscript(
        turns,
        has_word_times=all(word.segment is not None for turn in turns for word in turn.words),
        has_turn_times=all(turn.segment is not None for turn in turns),
        kind=reading.kind,
        warnings=(*warnings, *reading.warnings, *time_warnings, *role_warnings),
    )


def _refuse_oversize(pieces: Sequence[Piece]) -> None:
    """Stop at more or longer words than any call has, before they are worked on."""
    words_found = [word for piece in pieces for word in piece.words]
    if len(words_found) > MAX_WORDS:
        raise InputError("error-transcript-too-many-words", count=len(words_found), limit=MAX_WORDS)
    longest = max((word.text for word in words_found), key=len, default="")
    if len(longest) > MAX_LETTERS:
        raise InputError("error-transcript-long-word", word=shown(longest), limit=MAX_LETTERS)


def _refuse_flood(text: str) -> None:
    """Stop at a plain text so large that its lines need not be read to know that it has too many words."""
    tokens = text.split()
    if len(tokens) * _WORDS_AT_LEAST > MAX_WORDS:
        count = sum(map(has_letter, tokens))
        if count * _WORDS_AT_LEAST > MAX_WORDS:
            raise InputError("error-transcript-too-many-words", count=count, limit=MAX_WORDS)


def _speakers(pieces: Sequence[Piece]) -> list[Speaker | None]:
    """Speakers in order of their first word: by time where all words have one, else as written."""
    spoken = [word for piece in pieces for word in piece.words]
    if all(word.start is not None for word in spoken):
        spoken.sort(key=lambda word: word.start or 0.0)
    elif all(piece.start is not None for piece in pieces):
        spoken = [word for piece in sorted(pieces, key=lambda piece: piece.start or 0.0) for word in piece.words]
    return list(dict.fromkeys(word.speaker for word in spoken))


def _read(text: str, duration_s: float | None, *, named_json: bool) -> Reading:
    """`text` read as the format that its content shows; a file named ``.json`` is JSON wherever it is valid JSON."""
    text = text.lstrip("\ufeff")
    if _MARKUP.match(text):
        raise InputError("error-transcript-unknown-text")
    if _JSON.match(text) or (named_json and _is_json(text)):
        return _read_json(text)
    bare = text.lstrip()
    if bare.startswith("WEBVTT"):
        return read_captions(bare, kind="webvtt")
    first, second = (line.strip() for line in [*bare.split("\n", 2), "", ""][:2])
    if ARROW in text and (_CUE.search(text) or ARROW in first + second):
        if first.isdecimal():
            return read_captions(bare, kind="subrip")
        return read_captions("WEBVTT\n\n" + _dotted(bare), kind="webvtt")
    _refuse_flood(text)
    return read_plain(text, duration_s=duration_s)


def _dotted(text: str) -> str:
    """SubRip without numbers, with WebVTT's decimal point in its times."""
    return "\n".join(line.replace(",", ".") if ARROW in line else line for line in text.splitlines())


def _is_json(text: str) -> bool:
    """Whether `text` is valid JSON, as ``null`` or a lone number are too."""
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return False
    except (ValueError, RecursionError):  # a number of too many digits, lists in lists without end
        return True
    return True


def _read_json(text: str) -> Reading:
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise InputError("error-transcript-nested") from error
    except json.JSONDecodeError as error:
        raise InputError("error-transcript-not-json", line=error.lineno, column=error.colno) from error
    except ValueError as error:
        raise InputError("error-transcript-unknown-json") from error
    if isinstance(document, list):
        if not document or all(words.is_word(item) for item in document):
            return words.read_words(document, kind="words")
        document = {"segments": document}
    if not isinstance(document, dict):
        raise InputError("error-transcript-unknown-json")
    return _read_object(document)


def _read_object(document: Mapping[str, Any]) -> Reading:
    """A JSON object read as the kind that its own fields show."""
    results = document.get("results")
    if "scorecard_version" in document or (isinstance(document.get("transcript"), dict) and "measures" in document):
        return words.read_words(words.words_in_scorecard(document), kind="scorecard")
    if "recognizedPhrases" in document or ("combinedPhrases" in document and "phrases" in document):
        return vendors.read_azure(document)
    if isinstance(results, dict) and ("items" in results or "channel_labels" in results or "transcripts" in results):
        return amazon.read_transcribe(document)
    if isinstance(results, dict) and ("channels" in results or "utterances" in results):
        return vendors.read_deepgram(document)
    if isinstance(document.get("Transcript"), list):
        return amazon.read_analytics(document)
    if isinstance(document.get("segments"), list):
        return words.read_whisper(document)
    if vendors.is_assemblyai(document):
        return vendors.read_assemblyai(document)
    if isinstance(document.get("words"), list):
        return words.read_words(document["words"], kind="words")
    if isinstance(document.get("text"), str):
        return Reading("whisper", tuple(words.segment_pieces({"text": document["text"]})))
    raise InputError("error-transcript-unknown-json")
