"""Level of the agent's speech."""

from __future__ import annotations

from analysis.absence import absent, too_little
from analysis.noise import ActiveLevel
from analysis.types import Confidence, Measure, Segments


def speech_level(
    active: ActiveLevel,
    speech: Segments,
    clipped_ratio: float,
    *,
    needed_s: float = 3.0,
    most_clipped: float = 0.01,
    good_snr_db: float = 20.0,
    fair_snr_db: float = 10.0,
) -> Measure:
    """How strong the agent's speech is in this recording, over the speech alone and with the noise taken out.

    Parameters
    ----------
    active : ActiveLevel
    speech : tuple of Segment
    clipped_ratio : float
        0 to 1.
    needed_s : float
        Speech below which there is no figure: a second of it more or less moves a short one by decibels.
    most_clipped : float
        Share of clipped samples above which there is no figure.
    good_snr_db, fair_snr_db : float
        Signal-to-noise from which the figure is good, and fair.

    Returns
    -------
    Measure
        In dBFS. The line's and recorder's gain are in it: compare inside one call, never between people.

    References
    ----------
    ITU-T P.56 (active speech level) for the idea; over detected speech here.
    """
    missing = too_little("speech_level", speech, needed_s=needed_s)
    if missing:
        return missing
    if clipped_ratio > most_clipped:
        return absent("speech_level", "reason-clipped", percent=round(100 * clipped_ratio, 1))
    if active.speech_db is None:
        return absent("speech_level", "reason-no-speech")
    snr = active.snr_db
    confidence: Confidence = "good" if snr is None or snr >= good_snr_db else "fair" if snr >= fair_snr_db else "poor"
    return Measure("speech_level", active.speech_db, "dBFS", confidence=confidence)
