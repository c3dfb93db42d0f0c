"""Articulation rate: how fast the syllables come while one speaks."""

from __future__ import annotations

from analysis.absence import no_syllables, too_little
from analysis.intervals import total
from analysis.types import Confidence, Evidence, Measure, Message, Segments, SyllableCount


def articulation_rate(
    syllables: tuple[SyllableCount, ...] | None,
    speech: Segments,
    *,
    needed_s: float = 5.0,
    good_from_s: float = 15.0,
    shown_run_s: float = 2.0,
) -> Measure:
    """How many syllables the agent says in a second of speech, pauses left out.

    Parameters
    ----------
    syllables : tuple of SyllableCount or None
    speech : tuple of Segment
    needed_s, good_from_s : float
        Speech below which there is no figure, and from which it is trusted.
    shown_run_s : float
        Shortest run listed as the fastest or slowest.

    Returns
    -------
    Measure
        In syll/s. Evidence: the fastest and the slowest run.

    References
    ----------
    N. H. de Jong and T. Wempe, "Praat script to detect syllable nuclei and measure speech rate automatically",
    Behavior Research Methods 41(2), 2009 (the definition: syllables over phonation time).
    """
    missing = too_little("articulation_rate", speech, needed_s=needed_s)
    if missing:
        return missing
    if not syllables:
        return no_syllables("articulation_rate", syllables)
    spoken = total(speech)
    value = sum(run.count for run in syllables) / spoken
    rough = any(run.source == "nuclei" for run in syllables)
    confidence: Confidence = "poor" if rough else "good" if spoken >= good_from_s else "fair"
    runs = sorted(
        (r for r in syllables if r.segment.duration >= shown_run_s), key=lambda r: r.count / r.segment.duration
    )
    shown = [(runs[-1], "note-fast-stretch"), (runs[0], "note-slow-stretch")] if len(runs) > 1 else []
    evidence = tuple(
        Evidence(run.segment, note=Message(note, {"rate": round(run.count / run.segment.duration, 1)}))
        for run, note in shown
    )
    return Measure("articulation_rate", value, "syll/s", evidence, confidence=confidence)
