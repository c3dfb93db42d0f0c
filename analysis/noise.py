"""Speech level, noise level and what they say about a channel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.frames import STEP_S, FrameLevels
from analysis.intervals import mask_of, moved
from analysis.types import Segments

DIGITAL_SILENCE_POWER = 1e-9


@dataclass(frozen=True, slots=True)
class ActiveLevel:
    """Level of the speech alone, noise taken out.

    Parameters
    ----------
    speech_db : float or None
        Mean power over the speech, less the noise power, in dBFS; None without speech.
    noise_db : float or None
        Mean power where nobody speaks, in dBFS; None where less than 0.25 s is left or the channel is gated to zero.
    snr_db : float or None
        Speech against noise; None means a floor too low to measure.
    """

    speech_db: float | None
    noise_db: float | None
    snr_db: float | None


def active_level(
    levels: FrameLevels, speech: Segments, *, least_noise_s: float = 0.25, margin_s: float = 0.05
) -> ActiveLevel:
    """Noise-subtracted active speech level of a channel.

    Parameters
    ----------
    levels : FrameLevels
    speech : tuple of Segment
    least_noise_s : float
        Less non-speech than this cannot tell the noise.
    margin_s : float
        Kept away from speech on both sides when the noise is taken; word ends decay into it.

    Notes
    -----
    Digital zeros between gated speech are not line noise and are left out of it.
    """
    count = len(levels.power)
    inside = mask_of(speech, count=count, step_s=STEP_S)
    if not inside.any():
        return ActiveLevel(None, _db(_noise_power(levels.power, inside, least_noise_s)), None)
    wide = moved(speech, start_s=-margin_s, end_s=margin_s, limit=count * STEP_S)
    noise = _noise_power(levels.power, mask_of(wide, count=count, step_s=STEP_S), least_noise_s)
    power = float(levels.power[inside].mean(dtype=np.float64))
    speech_power = max(power - (noise or 0.0), 1e-10)
    snr = None if noise is None else 10 * float(np.log10(speech_power / noise))
    return ActiveLevel(_db(speech_power), _db(noise), snr)


def _noise_power(power: npt.NDArray[np.float32], speech: npt.NDArray[np.bool_], least_s: float) -> float | None:
    quiet = power[~speech]
    quiet = quiet[quiet > DIGITAL_SILENCE_POWER]
    if len(quiet) * STEP_S < least_s:
        return None
    return float(quiet.mean(dtype=np.float64))


def _db(power: float | None) -> float | None:
    return None if power is None or power <= 0 else 10 * float(np.log10(power))
