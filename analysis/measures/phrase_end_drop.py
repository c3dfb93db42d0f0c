"""How much the loudness falls at the ends of phrases."""

from __future__ import annotations

import numpy as np

from analysis.absence import absent, too_little
from analysis.frames import STEP_S, FrameLevels
from analysis.intervals import joined
from analysis.types import Evidence, Measure, Message, Segment, Segments


def phrase_end_drop(
    levels: FrameLevels,
    speech: Segments,
    *,
    needed_s: float = 10.0,
    shortest_s: float = 1.2,
    end_s: float = 0.4,
    needed_phrases: int = 5,
    shown: int = 3,
) -> Measure:
    """How many decibels softer the ends of the agent's phrases are than the phrases themselves.

    Parameters
    ----------
    levels : FrameLevels
    speech : tuple of Segment
    needed_s : float
        Speech below which there is no figure.
    shortest_s, end_s : float
        Shortest phrase used, and how much of it is its end.
    needed_phrases : int
    shown : int
        How many of the largest drops are listed.

    Returns
    -------
    Measure
        In dB, the median over the phrases. Evidence: the largest drops.
    """
    missing = too_little("phrase_end_drop", speech, needed_s=needed_s)
    if missing:
        return missing
    phrases = [phrase for phrase in joined(speech, gap_s=0.25) if phrase.duration >= shortest_s]
    if len(phrases) < needed_phrases:
        return absent("phrase_end_drop", "reason-too-few-runs", runs=len(phrases), needed=needed_phrases)
    drops = [(_mean_db(levels, p.start, p.end - end_s) - _mean_db(levels, p.end - end_s, p.end), p) for p in phrases]
    largest = sorted(drops, key=lambda drop: -drop[0])[:shown]
    evidence = tuple(
        Evidence(Segment(p.end - 2 * end_s, p.end), note=Message("note-quiet-end", {"drop": round(drop, 1)}))
        for drop, p in largest
    )
    return Measure("phrase_end_drop", float(np.median([drop for drop, _ in drops])), "dB", evidence, confidence="fair")


def _mean_db(levels: FrameLevels, start: float, end: float) -> float:
    power = levels.power[round(start / STEP_S) : max(round(start / STEP_S) + 1, round(end / STEP_S))]
    return 10 * float(np.log10(power.mean(dtype=np.float64) + 1e-12))
