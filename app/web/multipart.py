"""Reads a multipart body as it comes in: nothing of it is kept in memory or on disk but what is asked for.

References
----------
RFC 7578, multipart/form-data.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.web.refusals import BodyTooLarge, Malformed


@dataclass(slots=True)
class Part:
    """One part of the body; its content is read with `MultipartBody.content`."""

    name: str
    file_name: str | None
    content_type: str | None


@dataclass(slots=True)
class _Headers:
    name: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)
    found: dict[bytes, bytes] = field(default_factory=dict)


class MultipartBody:
    """The parts of a body, one after the other; each has to be read before the next."""

    def __init__(self, content_type: str, chunks: AsyncIterator[bytes]) -> None:
        _, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if not boundary:
            raise Malformed("problem-multipart")
        self._chunks = chunks
        self._events: deque[Part | bytes | None] = deque()
        self._headers = _Headers()
        self._over = False
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._part_begins,
                    "on_header_field": self._header_field,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header_ends,
                    "on_headers_finished": self._headers_end,
                    "on_part_data": self._part_data,
                    "on_part_end": lambda: self._events.append(None),
                    "on_end": self._ends,
                },
            )
        except FormParserError as error:
            raise Malformed("problem-multipart") from error

    async def next_part(self) -> Part | None:
        """The next part; None after the last.

        Raises
        ------
        Malformed
            If the body is not what its header says.
        """
        while True:
            event = await self._next()
            if event is None and self._over and not self._events:
                return None
            if isinstance(event, Part):
                return event

    async def content(self) -> AsyncIterator[bytes]:
        """The content of the part that `next_part` gave, in pieces as they come in."""
        while isinstance(event := await self._next(), bytes):
            yield event

    async def whole(self, most_bytes: int) -> bytes:
        """All of the part's content.

        Raises
        ------
        BodyTooLarge
            If it is more than `most_bytes`.
        """
        found = bytearray()
        async for piece in self.content():
            found += piece
            if len(found) > most_bytes:
                raise BodyTooLarge("problem-body-too-large", most=most_bytes)
        return bytes(found)

    async def _next(self) -> Part | bytes | None:
        while not self._events:
            if self._over:
                return None
            chunk = await anext(self._chunks, None)
            try:
                if chunk is None:
                    raise Malformed("problem-multipart")
                self._parser.write(chunk)
            except FormParserError as error:
                raise Malformed("problem-multipart") from error
        return self._events.popleft()

    def _part_begins(self) -> None:
        self._headers = _Headers()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._headers.name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._headers.value += data[start:end]

    def _header_ends(self) -> None:
        headers = self._headers
        headers.found[bytes(headers.name).lower()] = bytes(headers.value)
        headers.name, headers.value = bytearray(), bytearray()

    def _headers_end(self) -> None:
        found = self._headers.found
        _, options = parse_options_header(found.get(b"content-disposition", b""))
        file_name, kind = options.get(b"filename"), found.get(b"content-type")
        self._events.append(
            Part(
                options.get(b"name", b"").decode("utf-8", "replace"),
                None if file_name is None else file_name.decode("utf-8", "replace"),
                None if kind is None else kind.decode("latin-1"),
            )
        )

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        self._events.append(data[start:end])

    def _ends(self) -> None:
        self._over = True
