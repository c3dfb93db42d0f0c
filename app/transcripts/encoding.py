"""From the bytes of a file to its text, whatever encoding it was saved in."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

from analysis.types import Message
from app.errors import InputError

MAX_BYTES = 20 * 1024 * 1024
_CONTROL_SHARE = 0.01
_CONTROL = frozenset(map(chr, range(0x20))) - frozenset("\t\n\r\f\v")


def bytes_of(path: Path, *, max_bytes: int) -> bytes:
    """The bytes of a file that a caller brought.

    Raises
    ------
    InputError
        If it is not there, no ordinary file, not readable, or larger than `max_bytes`.
    """
    try:
        if path.is_dir():
            raise InputError("error-supplied-folder", name=path.name)
        # Without O_NONBLOCK, opening a named pipe would wait for its other end.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise InputError("error-supplied-unreadable", name=path.name)
            content = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise InputError("error-supplied-missing", name=path.name) from error
    except (OSError, ValueError) as error:
        raise InputError("error-supplied-unreadable", name=path.name) from error
    if len(content) > max_bytes:
        raise InputError("error-supplied-too-large", name=path.name, limit=max_bytes / 1024 / 1024)
    return content


def text_of(content: bytes) -> tuple[str, tuple[Message, ...]]:
    """The text in `content`, and a warning where its encoding had to be guessed.

    Raises
    ------
    InputError
        If it is no text.
    """
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise InputError("error-transcript-empty")
    text, warnings = _decoded(content)
    control = sum(map(text.count, _CONTROL))
    if "\x00" in text or control > _CONTROL_SHARE * len(text):
        raise InputError("error-transcript-binary")
    return text, warnings


def _decoded(content: bytes) -> tuple[str, tuple[Message, ...]]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), ()
        except UnicodeDecodeError as error:
            raise InputError("error-transcript-binary") from error
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return text, (Message("warning-transcript-encoding"),)
