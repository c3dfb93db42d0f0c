"""Speech detectors: webrtcvad first, the Silero that ships with faster-whisper as arbiter."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import chain, repeat
from pathlib import Path
from struct import iter_unpack
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.types import Samples
from models.weights import verify

WEBRTC_FRAME_S = 0.03
WEBRTC_RATES_HZ = (8000, 16000, 32000, 48000)
SILERO_RATE_HZ = 16000
SILERO_CHUNK = 512
SILERO_CONTEXT = 64
"""Samples of the chunk before that Silero is shown with each."""


def webrtc_flags(
    blocks: Iterable[Samples], *, sample_rate: int, gain: float = 1.0, mode: int = 3
) -> npt.NDArray[np.bool_]:
    """Decisions of webrtcvad, one for each 30 ms.

    Parameters
    ----------
    blocks : iterable of ndarray of float32, shape (n,), in [-1, 1]
        Consecutive pieces of one channel.
    sample_rate : int
        8000, 16000, 32000 or 48000 Hz.
    gain : float
        Factor applied first; the detector misses very quiet speech.

    Raises
    ------
    ValueError
        At another sample rate.
    """
    import webrtcvad

    if sample_rate not in WEBRTC_RATES_HZ:
        raise ValueError(f"sample rate {sample_rate} Hz is not one of {WEBRTC_RATES_HZ}")
    detector = webrtcvad.Vad(mode)
    size = round(WEBRTC_FRAME_S * sample_rate)
    flags: list[bool] = []
    pending = b""
    for block in blocks:
        centred = block - block.mean() if len(block) else block
        loud = centred if gain == 1 else centred * gain
        data = pending + (np.clip(loud, -1, 1) * 32767).astype("<i2").tobytes()
        count = len(data) // (2 * size)
        frames = chain.from_iterable(iter_unpack(f"{2 * size}s", data[: 2 * size * count]))
        flags.extend(map(detector.is_speech, frames, repeat(sample_rate)))
        pending = data[2 * size * count :]
    return np.array(flags, dtype=np.bool_)


@cache
def silero() -> Any:
    """Silero's session on one thread, loaded once."""
    # Not by faster-whisper's own loader, since importing that takes longer than all the chunks of a call.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    path = verify("silero-vad", model_dir=None, cache_dir=Path())
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _chunk_probabilities(samples: Samples) -> npt.NDArray[np.float32]:
    """Silero's answer for each chunk; `samples` are a whole number of them."""
    chunks = samples.reshape(-1, SILERO_CHUNK)
    before = np.zeros((len(chunks), SILERO_CONTEXT), np.float32)
    before[1:] = chunks[:-1, -SILERO_CONTEXT:]
    state = np.zeros((1, 1, 128), np.float32)
    found = silero().run(None, {"input": np.concatenate((before, chunks), axis=1), "h": state, "c": state})
    return np.asarray(found[0], np.float32).ravel()


def silero_probabilities(samples: Samples, *, sample_rate: int) -> npt.NDArray[np.float32]:
    """Silero's probability of speech on the 10 ms grid.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,), in [-1, 1]
    sample_rate : int
        Must be 16000 Hz.

    Returns
    -------
    ndarray of float32, shape (n / 160,)
        Value i belongs to ``i * 0.01`` s; the detector's look-ahead of 10 ms is taken out.

    Raises
    ------
    ValueError
        At another sample rate.
    """
    if sample_rate != SILERO_RATE_HZ:
        raise ValueError(f"sample rate {sample_rate} Hz must be {SILERO_RATE_HZ} Hz")
    if len(samples) == 0:
        return np.zeros(0, np.float32)
    padded = np.pad(samples - np.float32(samples.mean()), (0, -len(samples) % SILERO_CHUNK))
    chunks = _chunk_probabilities(padded)
    times = np.arange(len(chunks)) * (SILERO_CHUNK / SILERO_RATE_HZ) + 0.016 - 0.010
    grid = np.arange(-(-len(samples) // 160)) * 0.01
    probability: npt.NDArray[np.float32] = np.interp(grid, times, chunks).astype(np.float32)
    return probability
