"""What a caller sends in: read as it comes, its audio straight to where audio is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool

from analysis.finnish.redaction import redacted_name
from app.blobs import Blobs, Stored
from app.errors import InputError
from app.transcripts.encoding import MAX_BYTES as MOST_TRANSCRIPT_BYTES
from app.web.bodies import CallByUrl, Metadata
from app.web.fields import faults_of
from app.web.multipart import MultipartBody, Part
from app.web.refusals import BadFields, BodyTooLarge, Malformed, UnknownMediaType, Unusable
from app.web.service import Service

MOST_METADATA_BYTES = 64 * 1024
MOST_JSON_BYTES = 2 * 1024 * 1024 + MOST_METADATA_BYTES
"""JSON is held whole, and read in one go. A longer transcript comes as a part of a form, which is stored as it is."""
MOST_JSON_PARTS = 150_000
"""Lists and objects: each takes far more room and time than its two bytes; a transcript has about one for each word."""
HEAD_BYTES = 64 * 1024
MULTIPART, JSON = "multipart/form-data", "application/json"
PAGE_NAME_CHARACTERS = 120
"""As much of a file's name as ``page_upload.js`` sends as the reference."""
_CUT_SPACE = 20
"""Trimmed at the ends, and letters of two code units."""
_LINE_CHARACTERS = 255
_MEDIA_TYPES = {
    "wav": "audio/wav",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
    "matroska": "audio/webm",
    "mov": "audio/mp4",
    "mp3": "audio/mpeg",
    "aac": "audio/aac",
    "amr": "audio/amr",
    "au": "audio/basic",
    "caf": "audio/x-caf",
    "aiff": "audio/aiff",
}
"""By what the file is, whatever its name or its sender says: a browser must never be told that it is a page."""
Body = TypeVar("Body", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Submission:
    """A call as it was sent in; `audio` and `transcript` lie in the store of files already."""

    metadata: Metadata = field(default_factory=lambda: Metadata())
    recording_url: str | None = None
    audio: Stored | None = None
    media_type: str | None = None
    file_name: str | None = None
    transcript: Stored | None = None

    @property
    def blob_keys(self) -> tuple[str, ...]:
        """Where what was stored lies."""
        return tuple(stored.key for stored in (self.audio, self.transcript) if stored is not None)

    def fingerprint(self) -> str:
        """The same for two requests that ask for the same, however they were sent."""
        asked = {
            "metadata": self.metadata.model_dump(mode="json"),
            "recording_url": self.recording_url,
            "audio": None if self.audio is None else self.audio.sha256,
            "transcript": None if self.transcript is None else self.transcript.sha256,
        }
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


class Reader:
    """Reads one submission; what it stored is taken away again where the rest cannot be used."""

    def __init__(self, request: Request, service: Service) -> None:
        self._request, self._service = request, service
        self._found = Submission()
        self._seen: set[str] = set()

    async def read(self) -> Submission:
        """The submission in the body.

        Raises
        ------
        PuhepeiliError
            If it cannot be used; then nothing of it is left.
        """
        kind = self._request.headers.get("content-type", "")
        bare = kind.partition(";")[0].strip().lower()
        try:
            if bare == MULTIPART:
                await self._read_parts(MultipartBody(kind, self._request.stream()))
            elif bare == JSON:
                await self._read_json()
            else:
                raise UnknownMediaType("problem-media-type", given=_shown(bare) or "–", allowed=f"{MULTIPART}, {JSON}")
        except BaseException:
            await run_in_threadpool(drop, self._service.blobs, self._found)
            raise
        return self._found

    async def _read_json(self) -> None:
        content = await _whole(self._request.stream(), MOST_JSON_BYTES)
        if content.count(b"[") + content.count(b"{") > MOST_JSON_PARTS:
            raise BodyTooLarge("problem-json-parts", most=MOST_JSON_PARTS)
        body = await run_in_threadpool(validated, CallByUrl, content, ())
        self._found = Submission(body.metadata, body.recording_url)
        if body.transcript is not None:
            await self._keep_transcript(await run_in_threadpool(_encoded, body.transcript))

    async def _read_parts(self, body: MultipartBody) -> None:
        while (part := await body.next_part()) is not None:
            if part.name in self._seen:
                raise Unusable("problem-part-twice", name=_shown(part.name))
            self._seen.add(part.name)
            if part.name == "metadata":
                content = await body.whole(MOST_METADATA_BYTES)
                metadata = await run_in_threadpool(validated, Metadata, content, ("metadata",))
                self._found = replace(self._found, metadata=metadata)
            elif part.name == "transcript":
                await self._keep_transcript(await body.whole(MOST_TRANSCRIPT_BYTES))
            elif part.name == "audio":
                await self._keep_audio(part, body)
            else:
                raise Unusable("problem-part-unknown", name=_shown(part.name))
        if self._found.audio is None:
            raise Unusable("problem-part-missing", name="audio")

    async def _keep_transcript(self, content: bytes) -> None:
        if not content:
            raise InputError("error-transcript-empty")
        stored = await run_in_threadpool(self._service.blobs.put_stream, [content], max_bytes=MOST_TRANSCRIPT_BYTES)
        self._found = replace(self._found, transcript=stored)

    async def _keep_audio(self, part: Part, body: MultipartBody) -> None:
        pieces = body.content()
        head = bytearray()
        async for piece in pieces:
            head += piece
            if len(head) >= HEAD_BYTES:
                break
        if not head:
            raise InputError("error-audio-empty")
        most = self._service.settings.max_file_bytes
        stored = await self._service.blobs.put_stream_async(_chained(bytes(head), pieces), max_bytes=most)
        self._service.metrics.uploaded(stored.bytes)
        name = None if part.file_name is None else _file_name(part.file_name)
        self._found = replace(self._found, audio=stored, media_type=_media_type(bytes(head)), file_name=name)


def names_kept(submission: Submission) -> tuple[str | None, str | None]:
    """The file's name and the caller's reference as they are kept where personal numbers are taken out.

    Many recorders put a telephone number into a file's name, and the pages send that name as the reference too. A
    reference of the caller's own stays as it is: the caller looks the call up by it.
    """
    name, reference = submission.file_name, submission.metadata.client_reference
    if name is None:
        return None, reference
    if reference is not None and _is_of_file(reference, name):
        reference = redacted_name(reference)[:_LINE_CHARACTERS]
    return redacted_name(name)[:_LINE_CHARACTERS], reference


def _is_of_file(reference: str, name: str) -> bool:
    """Whether a reference is the file's name, goes on from it, or is as much of it as the pages send."""
    bare, whole = _letters(reference), _letters(name)
    cut = len(reference) >= PAGE_NAME_CHARACTERS - _CUT_SPACE and whole.startswith(bare)
    return bare.startswith(whole) or cut


def _letters(text: str) -> str:
    """A name as it can be held against another: each way of sending one treats spaces in its own way."""
    return "".join(letter for letter in text if letter.isprintable() and not letter.isspace())


def _file_name(given: str) -> str | None:
    """A file's name on one line, without its folder; browsers write quotes and line ends in a form as ``%22``."""
    for written, meant in (("%22", '"'), ("%0D", " "), ("%0A", " ")):
        given = given.replace(written, meant)
    last = given.replace("\\", "/").rpartition("/")[2]
    return _shown(" ".join(last.split()), _LINE_CHARACTERS).strip() or None


def drop(blobs: Blobs, submission: Submission) -> None:
    """Take away what was stored of a submission that came to nothing."""
    for key in submission.blob_keys:
        blobs.delete(key)


def validated(model: type[Body], content: bytes, place: tuple[str, ...]) -> Body:
    """The JSON in `content` as a `model`.

    Raises
    ------
    Malformed
        If it is not JSON.
    BadFields
        If a field is not as it should be.
    """
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        found = error.errors()
        if any(one["type"] == "json_invalid" for one in found):
            raise Malformed("problem-not-json") from error
        raise BadFields(faults_of(found, place)) from error


def _encoded(transcript: str | dict[str, Any] | list[Any]) -> bytes:
    text = transcript if isinstance(transcript, str) else json.dumps(transcript)
    return text.encode("utf-8", "replace")


def _media_type(head: bytes) -> str | None:
    from app.audio.sniff import sniff

    if head.startswith(b"ID3"):
        return "audio/mpeg"
    try:
        return _MEDIA_TYPES.get(sniff(BytesIO(head)).demuxer)
    except InputError:
        return None


async def _chained(head: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield head
    async for piece in rest:
        yield piece


async def _whole(chunks: AsyncIterable[bytes], most_bytes: int) -> bytes:
    found = bytearray()
    async for chunk in chunks:
        found += chunk
        if len(found) > most_bytes:
            raise BodyTooLarge("problem-body-too-large", most=most_bytes)
    return bytes(found)


def _shown(text: str, most: int = 60) -> str:
    return "".join(letter for letter in text if letter.isprintable())[:most]
