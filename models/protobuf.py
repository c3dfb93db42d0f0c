"""Protocol Buffers' encoding: fields with a number each, one after the other.

References
----------
https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

from collections.abc import Iterator


def fields(encoded: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Number and value of each field; those of fixed width come as their bytes.

    Raises
    ------
    IndexError
        If `encoded` ends within a field, or has one of a kind that is no longer made.
    """
    at = 0
    while at < len(encoded):
        key, at = _varint(encoded, at)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, at = _varint(encoded, at)
            yield number, value
            continue
        if kind == 2:
            size, at = _varint(encoded, at)
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
        else:
            raise IndexError(kind)
        if at + size > len(encoded):
            raise IndexError(at)
        yield number, encoded[at : at + size]
        at += size


def varints(encoded: bytes) -> list[int]:
    """Numbers that stand packed in one field."""
    found, at = [], 0
    while at < len(encoded):
        value, at = _varint(encoded, at)
        found.append(value)
    return found


def _varint(encoded: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = encoded[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def field(number: int, value: int | bytes) -> bytes:
    """One encoded field; a number from 0 on as a varint, all else with its length before it."""
    if isinstance(value, int):
        return _packed(number << 3) + _packed(value)
    return _packed(number << 3 | 2) + _packed(len(value)) + value


def _packed(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)
