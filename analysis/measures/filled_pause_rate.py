"""Hesitation sounds a minute: öö, ää, mm."""

from __future__ import annotations

from analysis.absence import absent, too_little
from analysis.intervals import total
from analysis.types import Confidence, Evidence, Filler, Measure, Message, Segments


def filled_pause_rate(
    fillers: tuple[Filler, ...] | None, speech: Segments, pauses: Segments, *, needed_s: float = 10.0
) -> Measure:
    """How many hesitation sounds (öö, ää, mm) the agent makes in a minute of their own turns.

    Parameters
    ----------
    fillers : tuple of Filler or None
        Of both kinds; only hesitations are counted. None without a transcript.
    speech, pauses : tuple of Segment
        The agent's speech, and the pauses inside their own turns.
    needed_s : float
        Speech below which there is no figure.

    Returns
    -------
    Measure
        In 1/min. One piece of evidence for each sound, without times where the transcript has none.

    References
    ----------
    Penttilä, Korpijaakko-Huuhka and Kent, Puhe ja kieli 38(3), 2018, on hesitation in Finnish adults.
    """
    if fillers is None:
        return absent("filled_pause_rate", "reason-no-transcript")
    missing = too_little("filled_pause_rate", speech, needed_s=needed_s)
    if missing:
        return missing
    found = tuple(filler for filler in fillers if filler.kind == "hesitation")
    minutes = (total(speech) + total(pauses)) / 60
    confidence: Confidence = "fair" if any(filler.tier == "check" for filler in found) else "good"
    evidence = tuple(Evidence(filler.segment, filler.text, _note(filler), filler.tier) for filler in found)
    return Measure("filled_pause_rate", len(found) / minutes, "1/min", evidence, confidence=confidence)


def _note(filler: Filler) -> Message:
    return Message("note-filler-from-audio" if filler.source == "audio" else f"note-filler-{filler.tier}")
