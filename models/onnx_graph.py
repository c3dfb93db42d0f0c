"""Just enough of ONNX's file format to run a part of a model: its nodes, its constants, and a cut through its graph.

A model that begins with sound-to-spectrum arithmetic spends much of its time there, written out as matrix products. Cut
after it, the rest runs on a spectrum that a fast Fourier transform made. The `onnx` package could cut it too, but is
larger than all models here together.

References
----------
https://onnx.ai/onnx/repo-docs/IR.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from models.protobuf import field, fields, varints

_GRAPH = 7
_ATTRIBUTE, _ONE_INTEGER, _INTEGERS, _KIND = 5, 3, 8, 20
_NODE, _CONSTANT, _INPUT, _OUTPUT = 1, 5, 11, 12
_FLOAT, _INT32, _INT64 = 1, 6, 7
_TYPES: dict[int, Any] = {_FLOAT: "<f4", _INT32: "<i4", _INT64: "<i8"}


Numbers = Mapping[str, int | Sequence[int]]
"""What an operation is told beside its tensors."""


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
        parts = list(fields(model))
        inner = list(fields(next(v for n, v in parts if n == _GRAPH and isinstance(v, bytes))))
        pieces = [(number, value) for number, value in inner if isinstance(value, bytes)]
        return Graph(
            nodes=tuple(_node(value) for number, value in pieces if number == _NODE),
            constants={_name(value, 8): value for number, value in pieces if number == _CONSTANT},
            inputs={_name(value, 1): value for number, value in pieces if number == _INPUT},
            outputs={_name(value, 1): value for number, value in pieces if number == _OUTPUT},
            head=b"".join(field(number, value) for number, value in parts if number != _GRAPH),
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
    parts = list(fields(graph.constants[name]))
    kind = next(value for number, value in parts if number == 2)
    raw = next((value for number, value in parts if number == 9), None)
    if not isinstance(kind, int) or kind not in _TYPES or not isinstance(raw, bytes):
        raise ValueError(f"the constant {name} has type {kind!r}, or does not lie in one piece")
    shape: list[int] = []
    for number, value in parts:
        if number == 1 and isinstance(value, int):
            shape.append(value)
        elif number == 1 and isinstance(value, bytes):
            shape += varints(value)
    return np.frombuffer(raw, _TYPES[kind]).reshape(shape)


def numbers_of(node: Node) -> dict[str, tuple[int, ...]]:
    """The integers that an operation is told beside its tensors, by name; one alone is a tuple too."""
    found = {}
    for said in (value for number, value in fields(node.encoded) if number == _ATTRIBUTE and isinstance(value, bytes)):
        values: list[int] = []
        for number, value in fields(said):
            if number in (_ONE_INTEGER, _INTEGERS):
                values += varints(value) if isinstance(value, bytes) else [value]
        found[_name(said, 1)] = tuple(values)
    return found


def node(operation: str, inputs: Sequence[str], output: str, numbers: Numbers | None = None) -> Node:
    """A new operation, with the integers it is told beside its tensors."""
    encoded = b"".join(field(1, name.encode()) for name in inputs)
    encoded += field(2, output.encode()) + field(4, operation.encode())
    for name, value in (numbers or {}).items():
        if isinstance(value, int):
            said = field(_ONE_INTEGER, value) + field(_KIND, 2)
        else:
            said = b"".join(field(_INTEGERS, one) for one in value) + field(_KIND, 7)
        encoded += field(_ATTRIBUTE, field(1, name.encode()) + said)
    return _node(encoded)


def new_constant(name: str, values: npt.NDArray[Any]) -> bytes:
    """An encoded constant, of 32-bit floats or 64-bit integers."""
    kind = _FLOAT if np.issubdtype(values.dtype, np.floating) else _INT64
    shape = b"".join(field(1, size) for size in values.shape)
    return shape + field(2, kind) + field(8, name.encode()) + field(9, values.astype(_TYPES[kind]).tobytes())


def narrowed(graph: Graph, tensor: str, *, axis: int, to: int) -> Graph:
    """The graph with a tensor cut to its first `to` values along an axis, for all that is made of it."""
    short, numbers = f"{tensor}_narrowed", {"start": 0, "stop": to, "axis": axis}
    names = {what: f"{short}_{what}" for what in numbers}
    maker = graph.nodes.index(made_by(graph, tensor))
    after = tuple(_renamed(one, tensor, short) for one in graph.nodes[maker + 1 :])
    nodes = (*graph.nodes[: maker + 1], node("Slice", (tensor, *names.values()), short), *after)
    new = {names[what]: new_constant(names[what], np.array([numbers[what]])) for what in numbers}
    return replace(graph, nodes=nodes, constants=graph.constants | new)


def _renamed(node: Node, tensor: str, new: str) -> Node:
    return with_inputs(node, [new if name == tensor else name for name in node.inputs])


def with_inputs(node: Node, inputs: Sequence[str]) -> Node:
    """The same operation on other tensors."""
    if tuple(inputs) == node.inputs:
        return node
    others = (field(number, value) for number, value in fields(node.encoded) if number != 1)
    return _node(b"".join((*(field(1, name.encode()) for name in inputs), *others)))


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
    body = [field(_NODE, node.encoded) for node in reversed(kept)]
    body.append(field(2, b"part"))
    body.extend(field(_CONSTANT, value) for name, value in graph.constants.items() if name in needed)
    body.extend(field(_INPUT, _description(name, shape)) for name, shape in at.items())
    body.extend(field(_INPUT, value) for name, value in graph.inputs.items() if name in needed)
    body.extend(field(_OUTPUT, value) for value in graph.outputs.values())
    return graph.head + field(_GRAPH, b"".join(body))


def _node(encoded: bytes) -> Node:
    names: dict[int, list[str]] = {1: [], 2: [], 4: []}
    for number, value in fields(encoded):
        if number in names and isinstance(value, bytes):
            names[number].append(value.decode())
    return Node(names[4][0], tuple(names[1]), tuple(names[2]), encoded)


def _name(encoded: bytes, number: int) -> str:
    return next(value.decode() for found, value in fields(encoded) if found == number and isinstance(value, bytes))


def _description(name: str, shape: Sequence[int | str]) -> bytes:
    sizes = (field(1, size) if isinstance(size, int) else field(2, size.encode()) for size in shape)
    dimensions = b"".join(field(1, size) for size in sizes)
    tensor = field(1, _FLOAT) + field(2, dimensions)
    return field(1, name.encode()) + field(2, field(1, tensor))
