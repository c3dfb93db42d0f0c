"""F0 by SwiftF0 on the agent's speech only; its weights ship inside its package."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from analysis.frames import STEP_S
from analysis.intervals import joined, moved
from analysis.pitch import RawPitch
from analysis.types import Samples, Segments
from models.resampling import resampled

RATE_HZ = 16000
HOP = 256
LOWEST_HZ = 46.875
HIGHEST_HZ = 600.0
SILENT_PEAK = 1e-4


@cache
def _session(threads: int) -> Any:
    import importlib.util
    from pathlib import Path

    import onnxruntime

    spec = importlib.util.find_spec("swift_f0")
    assert spec is not None
    assert spec.origin is not None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    path = Path(spec.origin).parent / "model.onnx"
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def raw_pitch(
    read: Callable[[int, int], Samples],
    speech: Segments,
    *,
    sample_rate: int,
    count: int,
    speech_db: float | None,
    threads: int = 1,
    margin_s: float = 0.10,
    bridged_s: float = 0.30,
    longest_s: float = 5.0,
) -> RawPitch:
    """Pitch and voicing score on the 10 ms grid, computed inside the speech segments alone.

    Parameters
    ----------
    read : callable
        ``read(first, last)`` gives those samples of the channel as float32.
    speech : tuple of Segment
    sample_rate : int
        Of what `read` gives, in Hz.
    count : int
        Frames of the grid.
    speech_db : float or None
        Level of the speech in dBFS; very quiet or loud speech is brought to what the model knows.
    margin_s, bridged_s : float
        Context on both sides of a stretch; stretches closer than `bridged_s` are run as one.
    longest_s : float
        Longest stretch run at once: memory stays flat, and short ones keep the model in the cache.

    Returns
    -------
    RawPitch
        0 Hz with confidence 0 where nothing was computed.
    """
    hz = np.zeros(count, np.float32)
    confidence = np.zeros(count, np.float32)
    limit = count * STEP_S
    gain = _gain(speech_db)
    stretches = joined(moved(speech, start_s=-margin_s, end_s=margin_s, limit=limit), gap_s=bridged_s)
    for stretch in stretches:
        start = stretch.start
        while start < stretch.end - 1e-6:
            end = min(start + longest_s, stretch.end)
            _track(read, start, end, sample_rate, hz, confidence, gain, threads)
            start = end
    return RawPitch(hz, confidence)


def _gain(
    speech_db: float | None, *, wanted_db: float = -22.0, lowest_db: float = -34.0, highest_db: float = -10.0
) -> np.float32:
    """Factor that brings speech into the range of levels that the model was trained on; 1 inside it."""
    if speech_db is None or lowest_db <= speech_db <= highest_db:
        return np.float32(1)
    return np.float32(10 ** ((wanted_db - speech_db) / 20))


def _track(
    read: Callable[[int, int], Samples],
    start: float,
    end: float,
    sample_rate: int,
    hz: Any,
    confidence: Any,
    gain: np.float32,
    threads: int,
    context_s: float = 0.18,
) -> None:
    """Fill the grid between `start` and `end`; the model's receptive field is 0.176 s to each side."""
    first = max(0, int((start - context_s) * sample_rate))
    samples = read(first, int((end + context_s) * sample_rate))
    if len(samples) < HOP:
        return
    samples = resampled((samples - samples.mean()) * gain, from_hz=sample_rate, to_hz=RATE_HZ)
    pitch, score = _session(threads).run(
        ["pitch", "confidence"],
        {
            "audio": samples[None, :],
            "fmin": np.asarray(LOWEST_HZ, np.float32),
            "fmax": np.asarray(HIGHEST_HZ, np.float32),
        },
    )
    pitch, score = np.asarray(pitch[0]), np.asarray(score[0])
    hops = samples[: len(score) * HOP]
    if len(hops) == len(score) * HOP:
        # Digital silence is a texture the model never saw; it answers with random voiced frames there.
        score = np.where(np.abs(hops.reshape(-1, HOP)).max(axis=1) < SILENT_PEAK, 0.0, score)
    times = first / sample_rate + np.arange(len(score)) * (HOP / RATE_HZ)
    grid = np.arange(int(np.ceil(start / STEP_S)), min(int(np.ceil(end / STEP_S)), len(hz)))
    if len(grid) == 0:
        return
    nearest = np.clip(np.round((grid * STEP_S - times[0]) / (HOP / RATE_HZ)).astype(int), 0, len(score) - 1)
    smooth = np.exp2(np.interp(grid * STEP_S, times, np.log2(np.maximum(pitch, 1.0))))
    steady = np.abs(np.log2(smooth / np.maximum(pitch[nearest], 1.0))) < 1 / 12
    hz[grid] = np.where(steady, smooth, pitch[nearest])
    confidence[grid] = score[nearest]
