"""Where somebody speaks: a detector's seed says where speech might be, band energy says exactly when.

Two steps, both from measured research on telephone speech. `corrected_seed` removes the late edges of webrtcvad.
`refined_speech` scores eight band levels against the noise around them and decides every 10 ms: first what is surely
speech, then the faint sounds that go on from it. Statistics are taken in windows of about a minute, so that a changing
line is followed and a long call needs no more memory.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.background import foreground
from analysis.frames import STEP_S, FrameLevels
from analysis.intervals import dropped, intersection, joined, mask_of, moved, of_mask
from analysis.types import Segment, Segments

Array = npt.NDArray[np.float32]
DIGITAL_SILENCE_DB = -85.0
"""A gated channel falls below this between words; that is no noise to measure the voice against."""


def corrected_seed(
    flags: npt.NDArray[np.bool_],
    *,
    frame_s: float,
    start_shift_s: float = -0.02,
    end_shift_s: float = -0.08,
) -> Segments:
    """Segments of webrtcvad's frame decisions, its measured lags at both edges removed.

    Parameters
    ----------
    flags : ndarray of bool, shape (n,)
        One decision for each frame of `frame_s` seconds, from 0 s on.
    """
    count = len(flags) * frame_s
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8))) * frame_s
    found = (Segment(a, b) for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    kept = dropped(joined(found, gap_s=0.12), shorter_than_s=0.06)
    shifted = moved(kept, start_s=start_shift_s, end_s=end_shift_s, limit=count)
    return dropped(joined(shifted, gap_s=0.10), shorter_than_s=0.06)


def seed_probability(segments: Segments, *, count: int) -> Array:
    """Seed on the 10 ms grid, shape (count,): 0.95 inside a segment, 0.05 outside."""
    inside = mask_of(segments, count=count, step_s=STEP_S)
    return np.where(inside, np.float32(0.95), np.float32(0.05))


def refined_speech(
    levels: FrameLevels,
    seed: Array,
    *,
    quiet: npt.NDArray[np.bool_] | None = None,
    threshold: float = 1.6,
    seed_weight: float = 0.5,
    window_s: float = 60.0,
    depth_db: float = 38.0,
    faint: float = 1.6,
    hiss: float = 0.6,
    hiss_below_db: float = 8.0,
    bridged_s: float = 0.05,
    shortest_bridged_s: float = 0.03,
    longest_faint_s: float = 0.1,
    joined_gap_s: float = 0.18,
    shortest_s: float = 0.05,
) -> Segments:
    """Speech segments whose edges follow the band levels.

    Parameters
    ----------
    levels : FrameLevels
    seed : ndarray of float32, shape (n,)
        Probability of speech on the same grid, 0 to 1.
    quiet : ndarray of bool, shape (n,), optional
        Frames that may show the line's noise, where that is more than the seed can tell (music is not noise).
    threshold : float
        Band score, in noise deviations, that counts as speech.
    seed_weight : float
        How much the seed's own probability moves the decision.
    depth_db : float
        Nothing further below the speech peaks than this is looked at.
    faint : float
        Band score that is enough right beside sure speech, whatever the seed says: a last sound dies away below the
        seed, and in noise below `threshold`.
    hiss : float
        As `faint`, for the weaker of the two highest bands alone. An s or a t has hardly anything elsewhere, least on a
        telephone, and the mean of five bands hides it. Below 0.5 the quiet noise of a wide-band line begins to pass.
    hiss_below_db : float
        A hiss may be this much weaker than the strongest lower band, as a last s through a codec is; a vowel that rings
        on in a room is weaker by more.
    bridged_s, shortest_bridged_s : float
        Longest dip between speech and a faint sound after it (the closure before a released t, or a codec's), and how
        long that sound must be, for noise has peaks of a frame or two. A faint sound before speech has to touch it,
        since a breath ends about 60 ms before a word.
    longest_faint_s : float
        Most that faint sounds add to one edge: what noise alone can add by chance stays small.

    Returns
    -------
    tuple of Segment
        Sorted and disjoint.

    Notes
    -----
    A frame far from any seed (180 ms) needs four times the threshold: a click or a breath alone is not speech.
    """
    count = len(levels.power)
    if count == 0:
        return ()
    noise = _eroded(seed < 0.15 if quiet is None else quiet & (seed < 0.15), frames=4)
    ceiling = _speech_ceiling(levels.bands_db, seed)
    near = _widened(seed > 0.3, frames=18)
    likely = np.clip(seed, np.float32(0.01), np.float32(0.99)).astype(np.float32)
    odds = np.log(likely / (1 - likely))
    score = np.empty(count, np.float32)
    weak = np.zeros(count, np.bool_)
    size = round(window_s / STEP_S)
    for first in range(0, count, size):
        last = min(first + size, count)
        wide = slice(max(0, first - size // 2), min(count, last + size // 2))
        floor, spread = _noise_model(levels.bands_db[wide], noise[wide], ceiling - depth_db)
        smooth = _smoothed(levels.bands_db, first, last)
        z = _band_score(smooth, floor, spread)
        part = z / threshold - 1 + seed_weight * np.clip(odds[first:last], -4, 3) / 3
        part[~near[first:last] & (z < 4 * threshold)] = -1
        score[first:last] = part
        unsure = np.flatnonzero(near[first:last] & (part <= 0))
        hisses = _hissing(smooth[unsure], floor + hiss * spread, hiss_below_db)
        weak[first + unsure] = (z[unsure] > faint) | hisses
    sure = foreground(score > 0, levels.power)
    del near, likely, odds, noise, score
    found = of_mask(sure, step_s=STEP_S)
    runs = without_breaths(found, levels)
    # A blip that would be dropped in the end must not grow into something that is not.
    runs = intersection(runs, dropped(joined(runs, gap_s=joined_gap_s), shorter_than_s=shortest_s))
    kept = sure if len(runs) == len(found) else mask_of(runs, count=count, step_s=STEP_S)
    bridged, least, most = (round(value / STEP_S) for value in (bridged_s, shortest_bridged_s, longest_faint_s))
    grown = _grown(kept, weak, bridged=bridged, least=least, most=most)
    return dropped(joined(of_mask(grown, step_s=STEP_S), gap_s=joined_gap_s), shorter_than_s=shortest_s)


def without_breaths(
    runs: Segments,
    levels: FrameLevels,
    *,
    shortest_s: float = 0.16,
    apart_s: float = 0.03,
    most_peaked: float = 0.65,
    below_db: float = 4.0,
    far_below_db: float = 15.0,
    hollow_db: float = 10.0,
) -> Segments:
    """Runs of speech without those that are a breath drawn in a pause: they would end the pause too early.

    Parameters
    ----------
    runs : tuple of Segment
        As decided frame by frame, before any are joined.
    levels : FrameLevels
    shortest_s, apart_s : float
        A shorter run, or one closer to its neighbours, is left alone: it may be an s or an h.
    most_peaked : float
        Share of the power in two peaks that a breath stays under; voiced sounds have more.
    below_db, far_below_db : float
        Least distance under the mean level of all runs; and one at which even an s would not be missed.
    hollow_db : float
        How much weaker the lowest two bands are than the strongest, which is not one of the highest two (that is an s).
    """
    inside = mask_of(runs, count=len(levels.power), step_s=STEP_S)
    if not inside.any():
        return runs
    loud = 10 * float(np.log10(levels.power[inside].mean(dtype=np.float64) + 1e-12))
    kept = []
    for index, run in enumerate(runs):
        before = run.start - runs[index - 1].end if index else float("inf")
        after = runs[index + 1].start - run.end if index + 1 < len(runs) else float("inf")
        if run.duration >= shortest_s and min(before, after) >= apart_s:
            frames = slice(round(run.start / STEP_S) + 1, round(run.end / STEP_S))
            below = loud - 10 * float(np.log10(levels.power[frames].mean(dtype=np.float64) + 1e-12))
            if below > below_db:  # first, since it is quickly told and hardly any run gets past it
                bands = levels.bands_db[frames].mean(axis=0)
                noisy = float(np.median(levels.peak_ratio[frames])) < most_peaked
                hollow = float(bands[:2].max()) < float(bands.max()) - hollow_db
                hissing = int(bands.argmax()) >= len(bands) - 2 and below < far_below_db
                if noisy and hollow and not hissing:
                    continue
        kept.append(run)
    return tuple(kept)


def _speech_ceiling(bands_db: Array, seed: Array) -> Array:
    """95th percentile of each band over the seeded frames (over all of them if hardly any is seeded), shape (8,)."""
    seeded = bands_db[seed > 0.5]
    chosen = seeded if len(seeded) >= 50 else bands_db
    return np.percentile(chosen[:: max(1, len(chosen) // 60000)], 95, axis=0).astype(np.float32)


def _noise_model(bands_db: Array, noise: npt.NDArray[np.bool_], lowest: Array) -> tuple[Array, Array]:
    """Median and robust deviation of each band where nobody speaks, both of shape (8,)."""
    mean = bands_db.mean(axis=1)
    sounding = mean > DIGITAL_SILENCE_DB
    frames = bands_db[noise & sounding]
    if len(frames) < 30:
        chosen = mean[sounding] if sounding.any() else mean
        frames = bands_db[mean <= np.percentile(chosen, 10)]
    middle = _median(frames)
    spread = 1.4826 * _median(np.abs(frames - middle))
    floor: Array = np.maximum(middle, lowest).astype(np.float32)
    return floor, np.clip(spread, 1.5, 6.0).astype(np.float32)


def _median(bands_db: Array) -> Array:
    """Median of each band, shape (8,); many times faster on a long row than `np.median` down the columns."""
    below, above = (len(bands_db) - 1) // 2, len(bands_db) // 2
    ordered = np.partition(np.ascontiguousarray(bands_db.T), (below, above), axis=1)
    middle: Array = (ordered[:, below] + ordered[:, above]) / np.float32(2)
    return middle


def _band_score(bands_db: Array, floor: Array, spread: Array) -> Array:
    """Mean of the five largest band scores, each limited to -1 to 12 deviations, shape (n,)."""
    z = np.clip((bands_db - floor) / spread, -1, 12)
    z.partition(2, axis=1)
    score: Array = z[:, 3:].mean(axis=1).astype(np.float32)
    return score


def _hissing(bands_db: Array, least_db: Array, below_db: float) -> npt.NDArray[np.bool_]:
    """Whether both of the two highest bands are above `least_db` and not far below the strongest other, shape (n,)."""
    lower, high = bands_db[:, :-2], bands_db[:, -2:]
    found: npt.NDArray[np.bool_] = (high > least_db[-2:]).all(axis=1) & (
        high.max(axis=1) >= lower.max(axis=1) - below_db
    )
    return found


def _grown(
    sure: npt.NDArray[np.bool_], weak: npt.NDArray[np.bool_], *, bridged: int, least: int, most: int
) -> npt.NDArray[np.bool_]:
    """`sure` with the runs of `weak` that touch it, or that follow it within `bridged` frames and last `least`.

    Neither edge moves by more than `most` frames.
    """
    kind = np.where(sure, np.int8(2), weak.astype(np.int8))
    edges = np.flatnonzero(np.diff(kind, prepend=np.int8(0), append=np.int8(0)))
    grown = sure.copy()
    end = limit = -bridged - 1
    for first, last in zip(edges[:-1], edges[1:], strict=True):  # not as lists: a long call has many runs
        if kind[first] == 2:
            end, limit = last, last + most
        elif kind[first] == 1:
            if first == end or (first - end <= bridged and last - first >= least):
                end = min(last, limit)
                grown[first:end] = True
            if last < len(kind) and kind[last] == 2:
                grown[max(first, last - most) : last] = True
    return grown


def _smoothed(bands_db: Array, first: int, last: int) -> Array:
    """Mean of three neighbouring frames, for the frames from `first` to `last`."""
    padded = np.concatenate((bands_db[max(0, first - 1) : first], bands_db[first:last], bands_db[last : last + 1]))
    if first == 0:
        padded = np.concatenate((padded[:1], padded))
    if len(padded) < last - first + 2:
        padded = np.concatenate((padded, padded[-1:]))
    smooth: Array = (padded[:-2] + padded[1:-1] + padded[2:]) / np.float32(3)
    return smooth


def _eroded(mask: npt.NDArray[np.bool_], *, frames: int) -> npt.NDArray[np.bool_]:
    return ~_widened(~mask, frames=frames)


def _widened(mask: npt.NDArray[np.bool_], *, frames: int) -> npt.NDArray[np.bool_]:
    """True within `frames` of a True value."""
    ends = np.zeros(frames, np.int64)
    summed = np.cumsum(np.concatenate((np.zeros(frames + 1, np.int64), mask.astype(np.int64), ends)))
    wide: npt.NDArray[np.bool_] = (summed[2 * frames + 1 :] - summed[: -2 * frames - 1]) > 0
    return wide
