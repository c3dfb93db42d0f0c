"""Just enough of ONNX's file format to run a part of a model: its nodes, its constants, and a cut through its graph.

A model that begins with sound-to-spectrum arithmetic spends much of its time there, written out as matrix products. Cut
after it, the rest runs on a spectrum that a fast Fourier transform made. The `onnx` package could cut it too, but is
larger than all models here together.

References
----------
The format: https://onnx.ai/onnx/repo-docs/IR.html; its encoding: https://protobuf.dev/programming-guides/encoding/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

_GRAPH = 7
_NODE, _CONSTANT, _INPUT, _OUTPUT = 1, 5, 11, 12
_FLOAT, _INT32, _INT64 = 1, 6, 7
_TYPES: dict[int, Any] = {_FLOAT: "<f4", _INT32: "<i4", _INT64: "<i8"}


@dataclass(frozen=True, slots=True)
class Node:
    """One operation of a graph, with the names of the tensors that go in and come out."""

    operation: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    encoded: bytes


@dataclass(frozen=True, slots=True)
class Graph:
    """A model, taken apart.

    Parameters
    ----------
    nodes : tuple of Node
        In the order in which they can run.
    constants : dict
        The encoded constants by name.
    inputs, outputs : dict
        The encoded descriptions by name.
    head : bytes
        What stands beside the graph: versions and names.
    """

    nodes: tuple[Node, ...]
    constants: dict[str, bytes]
    inputs: dict[str, bytes]
    outputs: dict[str, bytes]
    head: bytes


def graph_of(model: bytes) -> Graph:
    """The graph of an encoded model.

    Raises
    ------
    ValueError
        If `model` is not one.
    """
    try:
        parts = list(_fields(model))
        inner = list(_fields(next(v for n, v in parts if n == _GRAPH and isinstance(v, bytes))))
        pieces = [(number, value) for number, value in inner if isinstance(value, bytes)]
        return Graph(
            nodes=tuple(_node(value) for number, value in pieces if number == _NODE),
            constants={_name(value, 8): value for number, value in pieces if number == _CONSTANT},
            inputs={_name(value, 1): value for number, value in pieces if number == _INPUT},
            outputs={_name(value, 1): value for number, value in pieces if number == _OUTPUT},
            head=b"".join(_encoded(number, value) for number, value in parts if number != _GRAPH),
        )
    except (IndexError, StopIteration, UnicodeDecodeError) as problem:
        raise ValueError("the model is not an ONNX file, or is cut short") from problem


def made_by(graph: Graph, tensor: str) -> Node:
    """The operation that a tensor comes out of."""
    return next(node for node in graph.nodes if tensor in node.outputs)


def constant(graph: Graph, name: str) -> npt.NDArray[Any]:
    """A constant of 32-bit floats or of integers.

    Raises
    ------
    ValueError
        If it is of another type.
    """
    fields = list(_fields(graph.constants[name]))
    kind = next(value for number, value in fields if number == 2)
    raw = next((value for number, value in fields if number == 9), None)
    if not isinstance(kind, int) or kind not in _TYPES or not isinstance(raw, bytes):
        raise ValueError(f"the constant {name} has type {kind!r}, or does not lie in one piece")
    shape: list[int] = []
    for number, value in fields:
        if number == 1 and isinstance(value, int):
            shape.append(value)
        elif number == 1 and isinstance(value, bytes):
            shape += _varints(value)
    return np.frombuffer(raw, _TYPES[kind]).reshape(shape)


def narrowed(graph: Graph, tensor: str, *, axis: int, to: int) -> Graph:
    """The graph with a tensor cut to its first `to` values along an axis, for all that is made of it."""
    short, numbers = f"{tensor}_narrowed", {"start": 0, "stop": to, "axis": axis}
    names = {what: f"{short}_{what}" for what in numbers}
    inputs = (tensor, *names.values())
    encoded = b"".join(
        [*(_encoded(1, name.encode()) for name in inputs), _encoded(2, short.encode()), _encoded(4, b"Slice")]
    )
    maker = graph.nodes.index(made_by(graph, tensor))
    after = tuple(_renamed(node, tensor, short) for node in graph.nodes[maker + 1 :])
    nodes = (*graph.nodes[: maker + 1], Node("Slice", inputs, (short,), encoded), *after)
    return replace(
        graph, nodes=nodes, constants=graph.constants | {names[k]: _number(names[k], numbers[k]) for k in names}
    )


def _renamed(node: Node, tensor: str, new: str) -> Node:
    if tensor not in node.inputs:
        return node
    parts = list(_fields(node.encoded))
    old = tensor.encode()
    encoded = b"".join(_encoded(n, new.encode() if (n, v) == (1, old) else v) for n, v in parts)
    return _node(encoded)


def _number(name: str, value: int) -> bytes:
    """A constant that holds one integer."""
    raw = np.array([value], "<i8").tobytes()
    return _encoded(1, 1) + _encoded(2, _INT64) + _encoded(8, name.encode()) + _encoded(9, raw)


def _varints(encoded: bytes) -> list[int]:
    found, at = [], 0
    while at < len(encoded):
        value, at = _varint(encoded, at)
        found.append(value)
    return found


def cut(graph: Graph, *, at: Mapping[str, Sequence[int | str]]) -> bytes:
    """The encoded model of what follows the tensors `at`, which become its inputs.

    Parameters
    ----------
    graph : Graph
    at : mapping of name to shape
        Tensors of 32-bit floats; a word in a shape stands for a length that varies.
    """
    needed = set(graph.outputs)
    kept: list[Node] = []
    for node in reversed(graph.nodes):
        if not at.keys() & set(node.outputs) and needed.intersection(node.outputs):
            kept.append(node)
            needed.update(node.inputs)
    body = [_encoded(_NODE, node.encoded) for node in reversed(kept)]
    body.append(_encoded(2, b"part"))
    body.extend(_encoded(_CONSTANT, value) for name, value in graph.constants.items() if name in needed)
    body.extend(_encoded(_INPUT, _description(name, shape)) for name, shape in at.items())
    body.extend(_encoded(_INPUT, value) for name, value in graph.inputs.items() if name in needed)
    body.extend(_encoded(_OUTPUT, value) for value in graph.outputs.values())
    return graph.head + _encoded(_GRAPH, b"".join(body))


def _node(encoded: bytes) -> Node:
    names: dict[int, list[str]] = {1: [], 2: [], 4: []}
    for number, value in _fields(encoded):
        if number in names and isinstance(value, bytes):
            names[number].append(value.decode())
    return Node(names[4][0], tuple(names[1]), tuple(names[2]), encoded)


def _name(encoded: bytes, number: int) -> str:
    return next(value.decode() for found, value in _fields(encoded) if found == number and isinstance(value, bytes))


def _description(name: str, shape: Sequence[int | str]) -> bytes:
    sizes = (_encoded(1, size) if isinstance(size, int) else _encoded(2, size.encode()) for size in shape)
    dimensions = b"".join(_encoded(1, size) for size in sizes)
    tensor = _encoded(1, _FLOAT) + _encoded(2, dimensions)
    return _encoded(1, name.encode()) + _encoded(2, _encoded(1, tensor))


def _fields(encoded: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Number and value of each field; those of fixed width come as their bytes."""
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


def _varint(encoded: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = encoded[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _encoded(number: int, value: int | bytes) -> bytes:
    """One field; numbers as varints, everything else with its length before it."""
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
