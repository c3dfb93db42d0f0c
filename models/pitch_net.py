"""SwiftF0's network, with its spectrum made by a fast Fourier transform instead of the matrix products in its file.

The network's file begins with three spectra of windows of 32, 64 and 128 ms, written out as matrix products; they take a
third of its time. Here they are cut off and made by `numpy.fft`, which gives the same to the precision of float32.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.types import Samples
from models.errors import WeightsWrong
from models.known_weights import BY_NAME
from models.onnx_graph import Graph, cut, graph_of

RATE_HZ = 16000
HOP = 256
HALF_WINDOW = 1024
"""Half of the longest window: samples on both sides of a frame's middle that it is made of."""

CONTEXT_FRAMES = 7
"""Frames on both sides that have a part in a frame's answer: seven of the network's layers see one neighbour each."""

LOWEST_HZ = 46.875
HIGHEST_HZ = 600.0
_FLOOR = np.float32(1e-8)
_BLOCK = 64
"""Frames transformed at once; more fall out of the processor's cache, and take twice as long each."""

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PitchNet:
    """The network, ready to run.

    Parameters
    ----------
    session
        ONNX Runtime's, from spectra to pitch.
    spectrum : str
        The name of its input.
    banks : tuple of (ndarray, ndarray)
        For each spectrum its window, shape (w,), and the 128 filters over its bins, shape (w / 2 + 1, 128).
    """

    session: Any
    spectrum: str
    banks: tuple[tuple[Array, Array], ...]

    def spectra(self, samples: Samples, *, frames: int) -> Array:
        """Logarithms of the three filtered spectra, shape (1, 3, 128, frames).

        Parameters
        ----------
        samples : ndarray of float32, shape (n,)
            At 16 kHz. The first frame's middle is sample 1024; frames are 256 samples apart.
        frames : int
        """
        made = np.empty((1, len(self.banks), self.banks[0][1].shape[1], frames), np.float32)
        for index, (window, filters) in enumerate(self.banks):
            offset = HALF_WINDOW - len(window) // 2
            framed = np.lib.stride_tricks.sliding_window_view(samples[offset:], len(window))[::HOP]
            for first in range(0, frames, _BLOCK):
                last = min(first + _BLOCK, frames)
                magnitude = np.abs(np.fft.rfft(framed[first:last] * window, axis=1))
                made[0, index, :, first:last] = np.log(magnitude @ filters + _FLOOR).T
        return made

    def heard(self, samples: Samples, *, frames: int) -> tuple[Array, Array]:
        """Pitch in Hz and voicing score (0 to 1) of each frame, both of shape (frames,); `samples` as in `spectra`."""
        pitch, score = self.session.run(
            ["pitch", "confidence"],
            {
                self.spectrum: self.spectra(samples, frames=frames),
                "fmin": np.asarray(LOWEST_HZ, np.float32),
                "fmax": np.asarray(HIGHEST_HZ, np.float32),
            },
        )
        return np.asarray(pitch[0], np.float32), np.asarray(score[0], np.float32)


@cache
def pitch_net(threads: int) -> PitchNet:
    """The network that lies inside the package swift-f0, loaded once.

    Raises
    ------
    WeightsWrong
        If the file there is not the one that this module knows how to cut.
    """
    encoded = _weights()
    graph = graph_of(encoded)
    spectrum = next(node.inputs[0] for node in graph.nodes if node.operation == "Conv")
    banks = _banks(graph)
    shape = (1, len(banks), banks[0][1].shape[1], "frames")
    return PitchNet(_session(cut(graph, at=spectrum, shape=shape), threads), spectrum, banks)


def _weights() -> bytes:
    import importlib.util
    from pathlib import Path

    spec = importlib.util.find_spec("swift_f0")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "model.onnx"
    encoded = path.read_bytes()
    found, expected = hashlib.sha256(encoded).hexdigest(), BY_NAME["swift-f0"].sha256[path.name]
    if found != expected:
        raise WeightsWrong("weights-wrong", file=str(path), found=found, expected=expected)
    return encoded


def _banks(graph: Graph) -> tuple[tuple[Array, Array], ...]:
    """Window and filters of each spectrum; the file holds only the filters' values above zero, and where they stand."""
    banks = []
    for at, node in enumerate(graph.nodes):
        if node.operation == "ScatterElements":
            places, values = (graph.constant(name) for name in node.inputs[1:])
            bins, filters = (int(size) for size in graph.constant(graph.nodes[at + 1].inputs[1]))
            flat = np.zeros(bins * filters, np.float32)
            flat[places] = values
            size = 2 * (bins - 1)
            window = np.hanning(size + 1)[:-1].astype(np.float32)
            banks.append((window, flat.reshape(bins, filters)))
    return tuple(banks)


def _session(encoded: bytes, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Stretches differ in length, and a plan of memory for each length would only be kept, never used again.
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(encoded, options, providers=["CPUExecutionProvider"])
