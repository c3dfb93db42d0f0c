"""SwiftF0's network, with its spectrum made by a fast Fourier transform instead of the matrix products in its file.

The network's file begins with three spectra of windows of 32, 64 and 128 ms, written out as matrix products; they take a
third of its time. Here they are cut off and made by `numpy.fft`, which gives the same to the precision of float32.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.types import Samples
from models.onnx_graph import cut, graph_of
from models.weights import verify

RATE_HZ = 16000
RATES_HZ = (8000, 16000)
HOP = 256
HALF_WINDOW = 1024
"""Half of the longest window: samples on both sides of a frame's middle that it is made of, at 16 kHz as `HOP` is."""

CONTEXT_FRAMES = 7
"""Frames on both sides that have a part in a frame's answer: seven of the network's layers see one neighbour each."""

LOWEST_HZ = 46.875
HIGHEST_HZ = 600.0
_WINDOWS = (1024, 2048, 512)
"""In the order in which the file has them."""

_BLOCK = 32
"""Frames transformed at once; more fall out of the processor's cache, and take twice as long each."""

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PitchNet:
    """The network, ready to run.

    Parameters
    ----------
    session
        ONNX Runtime's, from spectra to pitch.
    spectra : tuple of (str, ndarray of float32)
        For each of its inputs the name and the window, shape (w,).
    """

    session: Any
    spectra: tuple[tuple[str, Array], ...]

    def heard(self, samples: Samples, *, frames: int, sample_rate: int) -> tuple[Array, Array]:
        """Pitch in Hz and voicing score (0 to 1) of each frame, both of shape (frames,).

        Parameters
        ----------
        samples : ndarray of float32, shape (n,)
            The middle of the first frame is 64 ms from their start, frames are 16 ms apart, and 64 ms follow the middle
            of the last one.
        frames : int
        sample_rate : int
            8000 or 16000 Hz. The network knows 16000; the upper half of a telephone recording's spectrum is empty.

        Raises
        ------
        ValueError
            At another sample rate.
        """
        if sample_rate not in RATES_HZ:
            raise ValueError(f"sample rate {sample_rate} Hz is not one of {RATES_HZ}")
        thinned = RATE_HZ // sample_rate
        inputs = {name: _magnitudes(samples, window, frames, thinned) for name, window in self.spectra}
        inputs["fmin"], inputs["fmax"] = np.asarray(LOWEST_HZ, np.float32), np.asarray(HIGHEST_HZ, np.float32)
        pitch, score = self.session.run(["pitch", "confidence"], inputs)
        return np.asarray(pitch[0], np.float32), np.asarray(score[0], np.float32)


def _magnitudes(samples: Samples, window: Array, frames: int, thinned: int) -> Array:
    """Magnitudes of the windowed frames' spectra, shape (1, frames, w / 2 + 1), as if at 16 kHz.

    With every `thinned`-th sample alone, that part of each window gives that part of the bins; the others stay 0.
    """
    made = np.zeros((1, frames, len(window) // 2 + 1), np.float32)
    shape = window[::thinned] * np.float32(thinned)
    start, size = (HALF_WINDOW - len(window) // 2) // thinned, len(shape)
    framed = np.lib.stride_tricks.sliding_window_view(samples[start:], size)[:: HOP // thinned]
    for first in range(0, frames, _BLOCK):
        last = min(first + _BLOCK, frames)
        spectrum = np.fft.rfft(framed[first:last] * shape, axis=1)
        np.abs(spectrum, out=made[0, first:last, : size // 2 + 1])
    return made


@cache
def pitch_net(threads: int) -> PitchNet:
    """The network that lies inside the package swift-f0, loaded once.

    Raises
    ------
    WeightsError
        If the package is not installed.
    WeightsWrong
        If the file there is not the one that this module knows how to cut.
    """
    graph = graph_of(verify("swift-f0", model_dir=None, cache_dir=Path()).read_bytes())
    names = [node.outputs[0] for node in graph.nodes if node.operation == "Sqrt"]
    shapes = {name: (1, "frames", size // 2 + 1) for name, size in zip(names, _WINDOWS, strict=True)}
    windows = (np.hanning(size + 1)[:-1].astype(np.float32) for size in _WINDOWS)
    return PitchNet(_session(cut(graph, at=shapes), threads), tuple(zip(names, windows, strict=True)))


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
