"""The recording of a call, whole or in ranges of bytes.

References
----------
RFC 9110, section 14, range requests.
"""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Header
from starlette.responses import Response, StreamingResponse

from app.blobs import BlobMissing
from app.store.calls import Call
from app.web.answers import problems
from app.web.calls import CallId
from app.web.refusals import BadRange, Conflict, NotFound
from app.web.security import Asker
from app.web.seeing import ONE_LISTENING_S, call_for, note
from app.web.service import ServiceNeeded

router = APIRouter(tags=["calls"])
UNKNOWN_TYPE = "application/octet-stream"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.IGNORECASE)
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_KINDS = {"audio/*": _BYTES, "video/*": _BYTES, UNKNOWN_TYPE: _BYTES}


@router.get(
    "/v1/calls/{call_id}/audio",
    response_class=Response,
    summary="Hear a call",
    responses={
        200: {"description": "The recording.", "content": _KINDS},
        206: {"description": "The bytes that were asked for.", "content": _KINDS},
        304: {"description": "The caller has it already."},
        **problems(404, 409, 416, 422),
    },
)
def audio(
    service: ServiceNeeded,
    asker: Asker,
    call_id: CallId,
    range: Annotated[str | None, Header(max_length=200, description="One range of bytes, such as `bytes=0-`.")] = None,
    if_range: Annotated[str | None, Header(max_length=200)] = None,
    if_none_match: Annotated[str | None, Header(max_length=1000)] = None,
) -> Response:
    """The recording as it was sent in. A player may ask for ranges of bytes."""
    with service.store.read() as session:
        call = call_for(session, asker, call_id)
    key = _key(call)
    try:
        size = service.blobs.size(key)
    except BlobMissing as error:
        raise NotFound("problem-audio-gone") from error
    note(service, asker, "audio.read", call=call, within_s=ONE_LISTENING_S)
    headers = _headers(call)
    if if_none_match is not None and headers["ETag"] in if_none_match:
        return Response(status_code=304, headers=headers)
    wanted = None if if_range not in (None, headers["ETag"]) else range
    start, end = range_of(wanted, size) or (0, size)
    status = 200 if (start, end) == (0, size) and range_of(wanted, size) is None else 206
    if status == 206:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    headers["Content-Length"] = str(end - start)
    stream = service.blobs.stream(key, start, end)
    return StreamingResponse(stream, status_code=status, headers=headers, media_type=_media_type(call))


def _key(call: Call) -> str:
    if call.blob_key is not None:
        return call.blob_key
    if call.recording_url is not None and call.status in ("queued", "processing"):
        raise Conflict("problem-audio-not-fetched")
    raise NotFound("problem-audio-gone")


def _media_type(call: Call) -> str:
    """A kind of sound alone: what another server said of a recording that was fetched may name a page."""
    told = call.media_type or ""
    return told if told.startswith(("audio/", "video/")) else UNKNOWN_TYPE


def _headers(call: Call) -> dict[str, str]:
    return {
        "Accept-Ranges": "bytes",
        "ETag": f'"{call.blob_sha256 or call.id}"',
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; media-src 'self'; sandbox",
        "Cache-Control": "private, no-cache",
    }


def range_of(header: str | None, size: int) -> tuple[int, int] | None:
    """The bytes ``[start, end)`` that a Range header asks for; None where all of it is to be sent.

    A header that is no range, or asks for several, is passed over, as the standard allows.

    Raises
    ------
    BadRange
        If the file has none of these bytes.
    """
    found = _RANGE.fullmatch((header or "").replace(" ", ""))
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if first == "":
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), size if last == "" else min(size, int(last) + 1)
        if last != "" and int(last) < start:
            return None
    if start >= end:
        raise BadRange("problem-range", {"Content-Range": f"bytes */{size}"}, size=size)
    return start, end
