"""The pitch network as its file has it, and what a graph made of it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from models.onnx_graph import Graph, cut, graph_of
from models.weights import verify

Array = npt.NDArray[np.float32]


def graph() -> Graph:
    """As the file has it."""
    return graph_of(verify("swift-f0", model_dir=None, cache_dir=Path()).read_bytes())


def said(of: Graph, *, bands: Array) -> list[Array]:
    """Pitch and voicing score."""
    start = next(node.inputs[0] for node in of.nodes if node.operation == "Conv")
    session = onnxruntime.InferenceSession(cut(of, at={start: (1, 3, 128, "frames")}))
    limits = {"fmin": np.asarray(46.875, np.float32), "fmax": np.asarray(600, np.float32)}
    found: list[Array] = session.run(["pitch", "confidence"], {start: bands, **limits})
    return found
