"""Hesitation sounds a minute: öö, ää, mm."""

from __future__ import annotations

from analysis.absence import absent, too_little
from analysis.intervals import total
from analysis.noise import ActiveLevel
from analysis.types import Confidence, Evidence, Filler, Measure, Message, Segments


def filled_pause_rate(
    fillers: tuple[Filler, ...] | None,
    speech: Segments,
    pauses: Segments,
    recognised: bool,
    active: ActiveLevel,
    *,
    needed_s: float = 10.0,
    quiet_db: float = 25.0,
    noisy_db: float = 15.0,
) -> Measure:
    """How many hesitation sounds (öö, ää, mm) the agent makes in a minute of their own turns.

    Parameters
    ----------
    fillers : tuple of Filler or None
        Of both kinds; only hesitations are counted. None without a transcript.
    speech, pauses : tuple of Segment
        The agent's speech, and the pauses inside their own turns.
    recognised : bool
        Whether the words were recognised here; a recogniser leaves most of these sounds out, so that they are found by
        ear, and one in five is missed.
    active : ActiveLevel
        For the signal-to-noise ratio.
    needed_s : float
        Speech below which there is no figure.
    quiet_db, noisy_db : float
        Signal-to-noise ratio below which sounds found by ear make a poor figure, and below which they are not counted;
        what a supplied transcript has written still is, and one that has none may have left them out. F1 on people by
        line: docs/accuracy.md, ``hesitations_f1``.

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
    snr = active.snr_db
    if snr is not None and snr < noisy_db:
        found = tuple(filler for filler in found if filler.source != "audio")
        if recognised or not found:
            return absent("filled_pause_rate", "reason-too-noisy", snr_db=round(snr, 1))
    by_ear = recognised or any(filler.tier == "check" for filler in found)
    confidence: Confidence = "good" if not by_ear else "poor" if snr is not None and snr < quiet_db else "fair"
    minutes = (total(speech) + total(pauses)) / 60
    evidence = tuple(Evidence(filler.segment, filler.text, _note(filler), filler.tier) for filler in found)
    return Measure("filled_pause_rate", len(found) / minutes, "1/min", evidence, confidence=confidence)


def _note(filler: Filler) -> Message:
    return Message("note-filler-from-audio" if filler.source == "audio" else f"note-filler-{filler.tier}")
