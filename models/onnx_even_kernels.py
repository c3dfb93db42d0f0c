"""Convolutions over time that weigh the frame before as the frame after, made of two that see one frame each.

A kernel (a, b, a) over three frames is b - a of the middle one and 3 a of the mean of the three. The mean costs next to
nothing, and two kernels of one frame are two thirds of the work of one of three.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.onnx_graph import Graph, Node, Numbers, constant, new_constant, node, numbers_of

_FRAMES = 3


def parted(graph: Graph, *, height: int) -> Graph:
    """The graph with its convolutions of even kernels parted, the same to the precision of float32.

    Parameters
    ----------
    graph : Graph
        Its convolutions have the time last, constant weights, and their numbers written out.
    height : int
        Kernels that reach at least so far along the other axis are parted; smaller ones would not be any faster.
    """
    nodes: list[Node] = []
    new: dict[str, bytes] = {}
    for one in graph.nodes:
        made, weights = _parts(graph, one) if _can_part(graph, one, height) else ((one,), {})
        nodes += made
        new |= weights
    return replace(graph, nodes=tuple(nodes), constants=graph.constants | new)


def _parts(graph: Graph, one: Node) -> tuple[tuple[Node, ...], dict[str, bytes]]:
    """What stands for a convolution: operations and constants."""
    weights, numbers, output = constant(graph, one.inputs[1]), numbers_of(one), one.outputs[0]
    mean, of_one, of_three = (f"{output}_{name}" for name in ("mean", "of_one", "of_three"))
    for_one, for_three = f"{of_one}_weights", f"{of_three}_weights"
    side, (top, _, bottom, _) = weights[..., :1], numbers["pads"]
    around: Numbers = {"kernel_shape": (1, _FRAMES), "pads": (0, 1, 0, 1), "count_include_pad": 1}
    high: Numbers = {
        "kernel_shape": (weights.shape[2], 1),
        "pads": (top, 0, bottom, 0),
        "dilations": numbers["dilations"],
    }
    nodes = (
        node("AveragePool", one.inputs[:1], mean, around),
        node("Conv", (one.inputs[0], for_one, *one.inputs[2:]), of_one, high),
        node("Conv", (mean, for_three), of_three, high),
        node("Add", (of_one, of_three), output),
    )
    new = {for_one: weights[..., 1:2] - side, for_three: np.float32(_FRAMES) * side}
    return nodes, {name: new_constant(name, values) for name, values in new.items()}


def _can_part(graph: Graph, one: Node, height: int) -> bool:
    if one.operation != "Conv":
        return False
    weights, numbers = constant(graph, one.inputs[1]), numbers_of(one)
    if weights.ndim != 4 or weights.shape[2] < height or weights.shape[3] != _FRAMES:
        return False
    beside = numbers["pads"][1::2] == (1, 1) and numbers["dilations"][1] == 1 and set(numbers["strides"]) == {1}
    return beside and numbers.get("group", (1,)) == (1,) and np.array_equal(weights[..., 0], weights[..., 2])
