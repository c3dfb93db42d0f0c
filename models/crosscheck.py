"""A second pitch tracker where the first one's answer looks doubtful: librosa's pYIN on a few short stretches.

pYIN is ten times slower than the first tracker and wider in its errors, so it never replaces it. It is asked only when
many frames lie about an octave from the speaker's median, which is where trackers err on a telephone line.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from analysis.types import PitchContour, Samples

LOWEST_HZ = 55.0
HIGHEST_HZ = 500.0


def octave_share(f0: PitchContour, *, from_st: float = 9.0, to_st: float = 15.0) -> float:
    """Share of the voiced frames that lie about an octave from the median, 0 to 1."""
    distance = _distance_st(f0)
    voiced = ~np.isnan(distance)
    if not voiced.any():
        return 0.0
    return float(np.mean((np.abs(distance[voiced]) >= from_st) & (np.abs(distance[voiced]) <= to_st)))


def disagreement(
    read: Callable[[int, int], Samples],
    f0: PitchContour,
    *,
    sample_rate: int,
    doubtful_share: float = 0.05,
    stretches: int = 3,
    stretch_s: float = 1.5,
    apart_st: float = 3.0,
) -> float | None:
    """How far pYIN contradicts the contour in its most doubtful stretches.

    Parameters
    ----------
    read : callable
        ``read(first, last)`` gives those samples of the channel.
    f0 : PitchContour
    sample_rate : int
        Of what `read` gives, in Hz.
    doubtful_share : float
        Share of frames an octave off below which nothing is checked.
    stretches, stretch_s : int, float
        How many pieces of which length are looked at.
    apart_st : float
        Frames further apart than this disagree.

    Returns
    -------
    float or None
        Share of the frames voiced in both that disagree, 0 to 1; None where there was nothing to check.

    References
    ----------
    M. Mauch and S. Dixon, "pYIN", ICASSP 2014.
    """
    if octave_share(f0) < doubtful_share:
        return None
    import librosa

    size = round(stretch_s / f0.step_s)
    hop = round(f0.step_s * sample_rate)
    compared, wrong = 0, 0
    for first in _most_doubtful(f0, size)[:stretches]:
        start = round(first * f0.step_s * sample_rate)
        samples = read(start, start + size * hop)
        if len(samples) < size * hop // 2:
            continue
        hz, voiced, _ = librosa.pyin(
            samples,
            fmin=LOWEST_HZ,
            fmax=HIGHEST_HZ,
            sr=sample_rate,
            frame_length=1 << (sample_rate // 16).bit_length(),
            hop_length=hop,
            resolution=0.2,
        )
        ours = f0.hz[first : first + len(hz)]
        both = voiced[: len(ours)] & ~np.isnan(ours)
        compared += int(both.sum())
        wrong += int((np.abs(12 * np.log2(hz[: len(ours)][both] / ours[both])) > apart_st).sum())
    return wrong / compared if compared >= 20 else None


def _distance_st(f0: PitchContour) -> npt.NDArray[np.float64]:
    voiced = ~np.isnan(f0.hz) & ~f0.creak
    if not voiced.any():
        return np.full(len(f0.hz), np.nan)
    middle = float(np.median(f0.hz[voiced]))
    distance: npt.NDArray[np.float64] = 12 * np.log2(f0.hz.astype(np.float64) / middle)
    distance[f0.creak] = np.nan
    return distance


def _most_doubtful(f0: PitchContour, size: int) -> list[int]:
    """First frames of the stretches with most frames an octave off, worst first."""
    distance = np.abs(_distance_st(f0))
    off = (distance >= 9.0) & (distance <= 15.0)
    counts = [(int(off[first : first + size].sum()), first) for first in range(0, max(1, len(off) - size + 1), size)]
    return [first for count, first in sorted(counts, reverse=True) if count > 0]
