"""SwiftF0's network, with its spectrum made by a fast Fourier transform instead of the matrix products in its file.

The network's file begins with three spectra of windows of 32, 64 and 128 ms, written out as matrix products; they take a
third of its time. Here they are cut off and made by `numpy.fft`, with the bins that it sums into bands, which gives the same
to the precision of float32. Bands that nothing of its answer is made of are left out of its last layers, and its largest
kernels, which are even in time, are parted into cheaper ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.types import Samples
from models.onnx_even_kernels import parted
from models.onnx_graph import Graph, constant, cut, graph_of, made_by, narrowed
from models.onnx_whole_vectors import widened
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

_BLOCK = 32768
"""Samples of windows transformed at once; more fall out of the processor's cache, and take three times as long each."""

_BANDS = 128
_BANDS_TOGETHER = 32
_LAST_LAYERS, _BANDS_NEEDED = "v401", 108
"""What the last two layers of the body are made of. Of their answer 96 bands are used; each looks six bands further up."""

_HIGH_KERNEL = 7
"""Convolutions over so many bands are parted into cheaper ones."""

_CHANNELS, _VECTOR = 12, 16
"""Channels that the network has, and that it is run with."""

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring bands of a spectrum, and how much of each bin from `first_bin` on goes into each of them."""

    bands: slice
    first_bin: int
    weights: Array


@dataclass(frozen=True, slots=True)
class Spectrum:
    """One of the network's spectra.

    Parameters
    ----------
    name : str
        Of the network's input.
    window : ndarray of float32, shape (w,)
    parts : tuple of Part
        How much of each bin goes into each band, without the bins that go into none of a part's bands.
    """

    name: str
    window: Array
    parts: tuple[Part, ...]

    def bands(self, framed: Array, thinned: int) -> Array:
        """Magnitudes of the spectra of frames of shape (n, longest window), summed into bands, shape (1, n, 128).

        With every `thinned`-th sample alone, that part of each window gives that part of the bins, as at 16 kHz; the
        others are 0.
        """
        frames = len(framed)
        made = np.empty((1, frames, _BANDS), np.float32)
        shape = self.window[::thinned] * np.float32(thinned)
        size = len(shape)
        bins, outside = size // 2 + 1, (framed.shape[1] - size) // 2
        framed = framed[:, outside : outside + size]
        block = _BLOCK // size
        for first in range(0, frames, block):
            last = min(first + block, frames)
            magnitudes = np.abs(np.fft.rfft(framed[first:last] * shape, axis=1))
            for part in self.parts:
                weights = part.weights[: max(0, bins - part.first_bin)]
                within = magnitudes[:, part.first_bin : part.first_bin + len(weights)]
                np.matmul(within, weights, out=made[0, first:last, part.bands])
        return made


@dataclass(frozen=True, slots=True)
class PitchNet:
    """The network, ready to run.

    Parameters
    ----------
    session
        ONNX Runtime's, from bands to pitch.
    spectra : tuple of Spectrum
        One for each of its inputs.
    """

    session: Any
    spectra: tuple[Spectrum, ...]

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
            At another sample rate, and if the samples are too few.
        """
        if sample_rate not in RATES_HZ:
            raise ValueError(f"sample rate {sample_rate} Hz is not one of {RATES_HZ}")
        thinned = RATE_HZ // sample_rate
        if len(samples) < HALF_WINDOW * 2 // thinned + (frames - 1) * (HOP // thinned):
            raise ValueError(f"{len(samples)} samples are too few for {frames} frames")
        windows = np.lib.stride_tricks.sliding_window_view(samples, 2 * HALF_WINDOW // thinned)
        framed = windows[:: HOP // thinned][:frames]
        inputs = {one.name: one.bands(framed, thinned) for one in self.spectra}
        inputs["fmin"], inputs["fmax"] = np.asarray(LOWEST_HZ, np.float32), np.asarray(HIGHEST_HZ, np.float32)
        pitch, score = self.session.run(["pitch", "confidence"], inputs)
        return np.asarray(pitch[0], np.float32), np.asarray(score[0], np.float32)


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
    magnitudes = [node.outputs[0] for node in graph.nodes if node.operation == "Sqrt"]
    spectra = tuple(_spectrum(graph, name, size) for name, size in zip(magnitudes, _WINDOWS, strict=True))
    shapes = {one.name: (1, "frames", _BANDS) for one in spectra}
    body = parted(narrowed(graph, _LAST_LAYERS, axis=2, to=_BANDS_NEEDED), height=_HIGH_KERNEL)
    wide = widened(body, channels=_CHANNELS, to=_VECTOR)
    return PitchNet(_session(cut(wide, at=shapes), threads), spectra)


def _spectrum(graph: Graph, magnitudes: str, size: int) -> Spectrum:
    """A spectrum, with the weights of its bands: numbers that the file puts in their places in an empty matrix."""
    product = next(node for node in graph.nodes if node.operation == "MatMul" and node.inputs[0] == magnitudes)
    filled = made_by(graph, made_by(graph, product.inputs[1]).inputs[0])
    weights = np.zeros((size // 2 + 1) * _BANDS, np.float32)
    weights[constant(graph, filled.inputs[1])] = constant(graph, filled.inputs[2])
    window = np.hanning(size + 1)[:-1].astype(np.float32)
    return Spectrum(product.outputs[0], window, _parts(weights.reshape(-1, _BANDS)))


def _parts(weights: Array) -> tuple[Part, ...]:
    """A band is made of few bins, and high ones of many more than low ones: most of the whole matrix is nothing."""
    parts = []
    for first in range(0, _BANDS, _BANDS_TOGETHER):
        bands = slice(first, first + _BANDS_TOGETHER)
        used = np.flatnonzero(weights[:, bands].any(axis=1))
        parts.append(Part(bands, int(used[0]), np.ascontiguousarray(weights[used[0] : used[-1] + 1, bands])))
    return tuple(parts)


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
