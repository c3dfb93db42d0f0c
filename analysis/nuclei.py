"""Syllable nuclei heard in the audio alone: the rougher way, for calls without a transcript."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.frames import STEP_S, FrameLevels

VOWEL_BANDS = slice(1, 5)


def nuclei_times(
    levels: FrameLevels,
    voicing: npt.NDArray[np.float32],
    speech: npt.NDArray[np.bool_],
    *,
    smoothing_hz: float = 12.0,
    prominence_db: float = 0.6,
    depth_db: float = 24.0,
    least_distance_s: float = 0.06,
    least_voicing: float = 0.5,
) -> npt.NDArray[np.float64]:
    """Times of the level peaks that voiced syllables make between about 300 and 1400 Hz.

    Parameters
    ----------
    levels : FrameLevels
    voicing : ndarray of float32, shape (n,)
        The pitch tracker's voicing score on the same grid.
    speech : ndarray of bool, shape (n,)
    smoothing_hz : float
        Modulations faster than this are smoothed away.
    prominence_db : float
        Least rise and fall of a peak.
    depth_db : float
        Peaks further below the 95th percentile are left out.
    least_distance_s, least_voicing : float

    Returns
    -------
    ndarray of float64, shape (m,)
        In seconds, sorted.

    References
    ----------
    N. H. de Jong and T. Wempe, Behavior Research Methods 41(2), 2009, doi 10.3758/BRM.41.2.385.
    """
    if not speech.any():
        return np.zeros(0)
    envelope = np.sqrt(np.power(10.0, levels.bands_db[:, VOWEL_BANDS] / 10).sum(axis=1))
    smooth = _gaussian(envelope, sigma=100 / (2 * np.pi * smoothing_hz))
    top = float(np.percentile(smooth[speech], 95))
    floor = max(1.5 * float(np.percentile(smooth, 10)), top * 10 ** (-28 / 20))
    db = 20 * np.log10(np.maximum(smooth, floor) / top)
    peaks = _prominent_peaks(db, prominence_db)
    kept = [p for p in peaks if db[p] >= -depth_db and voicing[p] >= least_voicing and speech[p]]
    return np.asarray(_apart(kept, db, frames=round(least_distance_s / STEP_S)), dtype=np.float64) * STEP_S


def enough_voiced(
    voicing: npt.NDArray[np.float32],
    speech: npt.NDArray[np.bool_],
    *,
    least_voicing: float = 0.5,
    least_share: float = 0.4,
) -> bool:
    """Whether so much of the speech is voiced that its syllables can be heard by their voice.

    Parameters
    ----------
    voicing : ndarray of float32, shape (n,)
        The pitch tracker's voicing score.
    speech : ndarray of bool, shape (n,)
    least_voicing, least_share : float

    Notes
    -----
    Over all lines of the bench 53 to 75 % of people's and made speech is; of a creaky voice or a whisper a few per cent,
    and the rate that is left is a third of the true one.
    """
    return bool(speech.any()) and float(np.mean(voicing[speech] >= least_voicing)) >= least_share


def _gaussian(values: npt.NDArray[np.floating], *, sigma: float) -> npt.NDArray[np.float64]:
    reach = int(np.ceil(4 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    return np.convolve(values, kernel / kernel.sum())[reach : reach + len(values)]


def _prominent_peaks(db: npt.NDArray[np.float64], prominence_db: float) -> list[int]:
    """Maxima that rise and then fall by at least `prominence_db`."""
    turning = np.flatnonzero(np.diff(np.sign(np.diff(db))) != 0) + 1
    peaks: list[int] = []
    top_at, low = 0, float(db[0])
    rising = True
    for i in [*turning.tolist(), len(db) - 1]:
        value = float(db[i])
        if rising:
            if value > db[top_at]:
                top_at = i
            elif db[top_at] - value >= prominence_db:
                if db[top_at] - low >= prominence_db:
                    peaks.append(top_at)
                rising, low = False, value
        else:
            low = min(low, value)
            if value - low >= prominence_db:
                rising, top_at = True, i
    return peaks


def _apart(peaks: list[int], db: npt.NDArray[np.float64], *, frames: int) -> list[int]:
    kept: list[int] = []
    for peak in peaks:
        if kept and peak - kept[-1] < frames:
            if db[peak] > db[kept[-1]]:
                kept[-1] = peak
        else:
            kept.append(peak)
    return kept
