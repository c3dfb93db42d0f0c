"""What sounds behind the speaker: other voices in the room differ from speech in nothing but their level."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.frames import STEP_S

Mask = npt.NDArray[np.bool_]
Power = npt.NDArray[np.float32]
_SMOOTH = 5
_MARGIN = 5
_FEW = 50
_SILENT_POWER = 1e-9
"""A gated channel falls below this between words; that is nothing behind the speaker."""


def foreground(
    speech: Mask,
    power: Power,
    *,
    window_s: float = 60.0,
    snr_db: tuple[float, float] = (15.0, 30.0),
    spreads: float = 2.5,
    above_top_db: float = 3.0,
    below_speech_db: float = 14.0,
    rounds: int = 2,
    shortest_cut_s: float = 0.1,
) -> Mask:
    """Frames of speech without runs, and without ends of runs, that are no louder than what sounds behind the speaker.

    Parameters
    ----------
    speech : ndarray of bool, shape (n,)
        As decided frame by frame, before any runs are joined.
    power : ndarray of float32, shape (n,)
        Mean square of each frame.
    window_s : float
        What is behind the speaker is measured anew so often, over twice as long.
    snr_db : (float, float)
        Signal-to-noise ratios between which the level tells: nothing above could be taken for speech, and below, its
        own faint sounds lie among what is behind it.
    spreads : float
        What is behind the speaker reaches so far above its median, in distances from there to its 90th percentile.
    above_top_db : float
        But no further than this above its 99th percentile: of what comes now and then the spread says little.
    below_speech_db : float
        And nothing nearer than this to the mean level of the speech is taken away: people have faint words too.
    rounds : int
        What is taken away tells more of what is behind the speaker, and that may take away more.
    shortest_cut_s : float
        An end of a run that is no louder stays if it is shorter: a last sound dies away.

    Notes
    -----
    Frames are evened over 50 ms. The limits were chosen on made speech of the bench's `dev` split, behind which 4 to 16
    made talkers or 10 to 20 people speak, 20 dB below it, and on labelled people.
    """
    if not speech.any():
        return speech
    kept, size = speech.copy(), round(window_s / STEP_S)
    even = np.convolve(power, np.full(_SMOOTH, 1 / _SMOOTH, np.float32))[_SMOOTH // 2 :][: len(power)]
    shortest = round(shortest_cut_s / STEP_S)
    for first in range(0, len(speech), size):
        wide = slice(max(0, first - size // 2), first + size + size // 2)
        found = speech[wide]
        for _ in range(rounds):
            least = _reached(found, power[wide], even[wide], snr_db, spreads, above_top_db, below_speech_db)
            if least is None:
                break
            found = _above(speech[wide], power[wide], even[wide], least, shortest)
        own = slice(first, first + size)
        kept[own] = found[first - wide.start :][: len(kept[own])]
    return kept


def _reached(
    speech: Mask,
    power: Power,
    even: Power,
    snr_db: tuple[float, float],
    spreads: float,
    above_top_db: float,
    below_speech_db: float,
) -> float | None:
    """Power that what is behind the speaker hardly exceeds; None where it is too soft, too loud or too short to tell."""
    near = np.convolve(speech, np.ones(2 * _MARGIN + 1, np.int8), mode="same")[: len(speech)] > 0
    quiet = ~near & (power > _SILENT_POWER)
    if not speech.any() or np.count_nonzero(quiet) < _FEW:
        return None
    ordered = np.sort(power[quiet])
    if float(power[speech].max()) <= _SILENT_POWER:
        return None
    speech_db, rest_db = (
        10 * float(np.log10(part.mean(dtype=np.float64)))
        for part in (power[speech], ordered[: round(0.95 * len(ordered))])
    )
    if not snr_db[0] < speech_db - rest_db < snr_db[1]:
        return None
    middle, high, top = 10 * np.log10(np.percentile(even[quiet], (50, 90, 99)) + 1e-12)
    reached = min(middle + spreads * (high - middle), top + above_top_db, speech_db - below_speech_db)
    return float(10 ** (reached / 10))


def _above(speech: Mask, power: Power, even: Power, least: float, shortest_cut: int) -> Mask:
    """Speech without what is below `least`: whole runs by their mean, ends from `shortest_cut` frames on."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], speech, [False])).astype(np.int8)))
    summed = np.concatenate(([0.0], np.cumsum(power, dtype=np.float64)))
    loud = np.flatnonzero(even >= least)
    kept = np.zeros_like(speech)
    places = np.searchsorted(loud, edges)
    for (start, end), (first, last) in zip(edges.reshape(-1, 2).tolist(), places.reshape(-1, 2).tolist(), strict=True):
        if first == last or summed[end] - summed[start] < least * (end - start):
            continue
        begin, stop = int(loud[first]), int(loud[last - 1]) + 1
        kept[begin if begin - start >= shortest_cut else start : stop if end - stop >= shortest_cut else end] = True
    return kept
