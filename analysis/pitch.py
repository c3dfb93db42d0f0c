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
    depth_db: float = 24.0,
    noisy_depth_db: float = 18.0,
    above_noise_db: float = 8.0,
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
    depth_db, noisy_depth_db : float
        Frames this far below the 95th percentile of the speech level are left out, on a clean line and on a noisy one:
        other voices leak in there. Falling ends of phrases are faint, so that a higher bar narrows the range.
    above_noise_db : float
        Between the two the bar stays so far above the noise: it is at the signal-to-noise ratio less this.
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
        depth = depth_db if snr_db is None else float(np.clip(snr_db - above_noise_db, noisy_depth_db, depth_db))
        kept &= db >= np.percentile(db[inside], 95) - depth
    kept = _without_short_runs(kept, frames=round(shortest_s / STEP_S))
    hz = np.where(kept, raw.hz, np.float32(np.nan))
    return PitchContour(step_s=STEP_S, hz=hz, creak=creaky(hz))


def creaky(hz: Array) -> npt.NDArray[np.bool_]:
    """Frames of creaky voice: those below a limit that follows the speaker's own pitch.

    Parameters
    ----------
    hz : ndarray of float32, shape (n,)
        Trusted pitch of one speaker; NaN elsewhere.

    Returns
    -------
    ndarray of bool, shape (n,)
        False where `hz` is NaN.
    """
    voiced = hz[~np.isnan(hz)]
    if len(voiced) == 0:
        return np.zeros(len(hz), np.bool_)
    limit = creak_limit_hz(voiced)
    with np.errstate(invalid="ignore"):
        creak: npt.NDArray[np.bool_] = hz < limit
    return creak


def creak_limit_hz(
    voiced_hz: Array,
    *,
    low_voice: tuple[float, float] = (140.0, 75.0),
    high_voice: tuple[float, float] = (200.0, 100.0),
    far_st: float = 10.0,
    octave_st: float = 9.0,
    most_share: float = 0.25,
    rounds: int = 3,
) -> float:
    """Pitch below which this speaker's voice is creak, in Hz.

    Parameters
    ----------
    voiced_hz : ndarray of float32, shape (m,)
        All trusted pitch of one speaker, creak and all; at least one frame.
    low_voice, high_voice : tuple of float
        A median in Hz, and the highest limit in Hz of a voice with that median; between the two it rises evenly in
        semitones, beyond them it stays.
    far_st : float
        Where no creak stands out: how far below the median the limit lies at least.
    octave_st : float
        What has its middle this far below the median is creak, or the tracker's octave error, at whatever pitch.
    most_share : float
        Unless it is more than this share of the frames: then it is rather somebody else in the same channel.
    rounds : int
        Creak pulls the median down: it is taken so often, each time of what lies above the last limit.

    Notes
    -----
    Creak makes a hump of its own in the density of log F0, about an octave below the modal one; the limit is the valley
    between them. One limit of 75 or 100 Hz for all would call a quarter of a man's plain voice creak whose median is
    80 Hz: these are now the most that the limit may be. A lively voice that ends its phrases on one low tone has two
    humps as well, 7 or 8 st apart, so the valley counts above the highest limit only where they are an octave apart.

    References
    ----------
    The antimode: K. Dorreen, Fundamental frequency distributions of bilingual speakers, University of Canterbury 2017;
    K. Dallaston and G. Docherty, ICPhS 2019. Constants: resynthesised speech with known F0, medians of 75 to 260 Hz.
    """
    semitones = 12 * np.log2(voiced_hz.astype(np.float64))
    (low_median, low_limit), (high_median, high_limit) = (12 * np.log2(pair) for pair in (low_voice, high_voice))
    limit = -np.inf
    for _ in range(rounds):
        median = float(np.median(semitones[semitones >= limit]))
        highest = float(np.interp(median, (low_median, high_median), (low_limit, high_limit)))
        valley = _valley(semitones - median)
        if valley is None:
            limit = min(highest, median - far_st)
            continue
        limit = median + valley
        below = semitones[semitones < limit]
        if np.median(below) > median - octave_st or len(below) > most_share * len(semitones):
            limit = min(highest, limit)
    return float(2 ** (limit / 12))


def _valley(
    from_median_st: npt.NDArray[np.float64],
    *,
    lowest_st: float = -12.0,
    highest_st: float = -4.0,
    hump_below_st: float = -7.5,
    depth: float = 0.5,
    least_share: float = 0.02,
    smooth_st: float = 0.5,
    step_st: float = 0.1,
) -> float | None:
    """The highest valley in the density of semitones from `lowest_st` to `highest_st`; None where there is none.

    It is at most `depth` times as high as the hump under it, whose top lies below `hump_below_st`, and `least_share` of
    the frames or more lie below it.
    """
    at = np.arange(-24.0, 1.0, step_st)
    counts, _ = np.histogram(from_median_st, np.append(at - step_st / 2, at[-1] + step_st / 2))
    # So long a kernel is nowhere zero: between two humps with nothing in between, the minimum is half-way.
    kernel = np.exp(-0.5 * (np.arange(-12.0, 12.0 + step_st / 2, step_st) / smooth_st) ** 2)
    density = np.convolve(counts, kernel, mode="same")
    minima = np.flatnonzero((density[1:-1] < density[:-2]) & (density[1:-1] <= density[2:])) + 1
    for i in minima[(at[minima] >= lowest_st) & (at[minima] <= highest_st)][::-1]:
        hump = density[(at < at[i]) & (at <= hump_below_st)].max(initial=0.0)
        if density[i] <= depth * hump and np.mean(from_median_st < at[i]) >= least_share:
            return float(at[i])
    return None


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
