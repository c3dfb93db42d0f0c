"""Hands a file to the decoder as bytes alone: without a name that it could follow, and with a bound on the work."""

from __future__ import annotations

import io
from typing import BinaryIO

READS_OF_WHOLE_FILE = 6
"""How many times over the decoder may read a file; a sound one needs at most about two."""

READING_ALLOWANCE_BYTES = 64 * 2**20


class ReadingBudgetSpent(OSError):
    """The decoder went round and round in a file that is made to keep it busy."""


class BoundedReader:
    """A view of a part of an open file, with other bytes before it if need be.

    FFmpeg guesses from names and follows addresses; this object has neither, so ``concat:...`` or ``http://...`` as the
    name of an upload means nothing to it.

    Parameters
    ----------
    file : binary file
        Open for reading.
    start_byte, stop_byte : int
        The part to show.
    header : bytes
        What to show before it.
    """

    def __init__(self, file: BinaryIO, *, start_byte: int, stop_byte: int, header: bytes = b"") -> None:
        self._file = file
        self._header = header
        self._offset = start_byte - len(header)
        self._position = 0
        self.size_bytes = len(header) + max(0, stop_byte - start_byte)
        self._budget_bytes = READS_OF_WHOLE_FILE * self.size_bytes + READING_ALLOWANCE_BYTES

    def read(self, size: int) -> bytes:
        """Next `size` bytes, fewer at the end.

        Raises
        ------
        ReadingBudgetSpent
            If far more than the file's size has been read.
        """
        size = max(0, min(size, self.size_bytes - self._position))
        found = self._header[self._position : self._position + size]
        if len(found) < size:
            self._file.seek(self._offset + self._position + len(found))
            found += self._file.read(size - len(found))
        self._position += len(found)
        self._budget_bytes -= len(found)
        if self._budget_bytes < 0:
            raise ReadingBudgetSpent("the file sends its reader back and forth without end")
        return found

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to `offset` and return the new position, both counted from the view's beginning.

        It stays within the view: a damaged header asks for places that no file system has.
        """
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size_bytes}[whence]
        self._position = min(self.size_bytes, max(0, base + offset))
        return self._position

    def tell(self) -> int:
        """Position, counted from the view's beginning."""
        return self._position
