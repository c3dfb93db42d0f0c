"""From a tracker's raw answers to the speaker's pitch: what is trusted, what is creak, what is left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.frames import STEP_S, FrameLevels
from analysis.intervals import mask_of
from analysis.types import PitchContour, Segments

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RawPitch:
    """A tracker's answer on the 10 ms grid.

    Parameters
    ----------
    hz : ndarray of float32, shape (n,)
        Estimate of each frame, voiced or not; 0 where the tracker did not look.
    confidence : ndarray of float32, shape (n,)
        Its voicing score, 0 to 1.
    """

    hz: Array
    confidence: Array


def gated_pitch(
    raw: RawPitch,
    levels: FrameLevels,
    speech: Segments,
    *,
    snr_db: float | None,
    confidence: float = 0.5,
    noisy_confidence: float = 0.8,
    noisy_below_db: float = 15.0,
    depth_db: float = 18.0,
    shortest_s: float = 0.05,
) -> PitchContour:
    """Pitch contour with only the frames that can be trusted on a telephone line.

    Parameters
    ----------
    raw : RawPitch
    levels : FrameLevels
        Of the same channel, on the same grid.
    speech : tuple of Segment
    snr_db : float or None
        None means a clean floor.
    confidence, noisy_confidence : float
        Lowest voicing score kept, on a clean line and below `noisy_below_db` of signal-to-noise.
    depth_db : float
        Frames this far below the 95th percentile of the speech level are left out: other voices leak in there.
    shortest_s : float
        Voiced runs below this length are dropped.

    Returns
    -------
    PitchContour
        NaN outside trusted frames. Creaky frames keep their value in `hz` and are marked in `creak`.

    References
    ----------
    Recipe and limits: docs/accuracy.md, from measurements with laryngograph-labelled speech.
    """
    count = len(raw.hz)
    inside = mask_of(speech, count=count, step_s=STEP_S)
    lowest = noisy_confidence if snr_db is not None and snr_db < noisy_below_db else confidence
    kept = inside & (raw.confidence >= lowest) & (raw.hz > 0)
    if inside.any():
        db = levels.db[:count]
        kept &= db >= np.percentile(db[inside], 95) - depth_db
    kept = _without_short_runs(kept, frames=round(shortest_s / STEP_S))
    hz = np.where(kept, raw.hz, np.float32(np.nan))
    return PitchContour(step_s=STEP_S, hz=hz, creak=creaky(hz))


def creaky(
    hz: Array, *, low_voice_hz: float = 75.0, high_voice_hz: float = 100.0, dividing_hz: float = 150.0
) -> npt.NDArray[np.bool_]:
    """Frames so far below the speaker's own median that they are creak: under 75 Hz for a low voice, 100 Hz for a high one."""
    voiced = hz[~np.isnan(hz)]
    if len(voiced) == 0:
        return np.zeros(len(hz), np.bool_)
    limit = low_voice_hz if float(np.median(voiced)) < dividing_hz else high_voice_hz
    with np.errstate(invalid="ignore"):
        creak: npt.NDArray[np.bool_] = hz < limit
    return creak


def modal_semitones(f0: PitchContour) -> Array:
    """Trusted frames that are not creak, in semitones above 1 Hz, shape (m,)."""
    chosen = f0.hz[~np.isnan(f0.hz) & ~f0.creak]
    return (12 * np.log2(chosen)).astype(np.float32)


def _without_short_runs(mask: npt.NDArray[np.bool_], *, frames: int) -> npt.NDArray[np.bool_]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    result = mask.copy()
    for start, end in zip(starts[ends - starts < frames], ends[ends - starts < frames], strict=True):
        result[start:end] = False
    return result
