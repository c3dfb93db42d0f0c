"""How much the loudness moves."""

from __future__ import annotations

import numpy as np

from analysis.absence import absent, too_little
from analysis.frames import STEP_S, FrameLevels
from analysis.levels import speech_windows_db
from analysis.types import Evidence, Measure, Message, Segment, Segments


def level_range(
    levels: FrameLevels,
    speech: Segments,
    clipped_ratio: float,
    *,
    needed_s: float = 5.0,
    window_s: float = 0.2,
    needed_windows: int = 100,
    most_clipped: float = 0.01,
) -> Measure:
    """How far the agent's loudness moves between the strongest and the weakest tenth of the speech, in decibels.

    Parameters
    ----------
    levels : FrameLevels
    speech : tuple of Segment
    clipped_ratio : float
        0 to 1.
    needed_s : float
        Speech below which there is no figure.
    window_s, needed_windows : float, int
        Length of one reading, about a syllable, taken every 10 ms, and how many there must be.
    most_clipped : float
        Share of clipped samples above which there is no figure.

    Returns
    -------
    Measure
        In dB, from the 10th to the 90th percentile. Evidence: the strongest and the weakest reading.
    """
    missing = too_little("level_range", speech, needed_s=needed_s)
    if missing:
        return missing
    if clipped_ratio > most_clipped:
        return absent("level_range", "reason-clipped", percent=round(100 * clipped_ratio, 1))
    starts, db = speech_windows_db(levels, speech, window_s=window_s)
    if len(db) < needed_windows:
        return absent("level_range", "reason-too-little-speech", seconds=round(len(db) * STEP_S, 1), needed=needed_s)
    low, high = np.percentile(db, (10, 90))
    loudest, softest = float(starts[int(db.argmax())]), float(starts[int(db.argmin())])
    evidence = (
        Evidence(Segment(loudest, loudest + window_s), note=Message("note-loud-stretch")),
        Evidence(Segment(softest, softest + window_s), note=Message("note-quiet-stretch")),
    )
    return Measure("level_range", float(high - low), "dB", evidence, confidence="fair")
