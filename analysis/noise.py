"""Speech level, noise level and what they say about a channel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.frames import STEP_S, FrameLevels
from analysis.intervals import mask_of, moved, union
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
    levels: FrameLevels,
    speech: Segments,
    *,
    other_sounds: Segments = (),
    least_noise_s: float = 0.25,
    margin_s: float = 0.05,
    loudest_left_out: float = 0.05,
) -> ActiveLevel:
    """Noise-subtracted active speech level of a channel.

    Parameters
    ----------
    levels : FrameLevels
    speech : tuple of Segment
    other_sounds : tuple of Segment
        Tones and music: neither speech nor the line's noise.
    least_noise_s : float
        Less non-speech than this cannot tell the noise.
    margin_s : float
        Kept away from speech on both sides when the noise is taken; word ends decay into it.
    loudest_left_out : float
        Share of the noise frames, the loudest, that are left out: a click or a cough is not the line.

    Notes
    -----
    Digital zeros between gated speech are not line noise and are left out of it.
    """
    count = len(levels.power)
    inside = mask_of(speech, count=count, step_s=STEP_S)
    wide = moved(speech, start_s=-margin_s, end_s=margin_s, limit=count * STEP_S)
    quiet = ~mask_of(union(wide, other_sounds), count=count, step_s=STEP_S)
    noise = _noise_power(levels.power[quiet], least_noise_s, loudest_left_out)
    if not inside.any():
        return ActiveLevel(None, _db(noise), None)
    power = float(levels.power[inside].mean(dtype=np.float64)) - (noise or 0.0)
    if power <= 0:
        return ActiveLevel(None, _db(noise), None)
    snr = _snr_db(power, noise, levels.voice_power[quiet], least_noise_s, loudest_left_out)
    return ActiveLevel(_db(power), _db(noise), snr)


def _snr_db(
    power: float, noise: float | None, quiet_voice: npt.NDArray[np.float32], least_s: float, left_out: float
) -> float | None:
    """Speech against noise. Hum disturbs nobody: the noise counts as no more than its density in the voice's bands."""
    in_voice = _noise_power(quiet_voice, least_s, left_out)
    if noise is None or in_voice is None:
        return None
    return 10 * float(np.log10(power / min(noise, in_voice)))


def _noise_power(quiet: npt.NDArray[np.float32], least_s: float, left_out: float) -> float | None:
    quiet = quiet[quiet > DIGITAL_SILENCE_POWER]
    if len(quiet) * STEP_S < least_s:
        return None
    kept = np.sort(quiet)[: max(1, round(len(quiet) * (1 - left_out)))]
    return float(kept.mean(dtype=np.float64))


def _db(power: float | None) -> float | None:
    return None if power is None or power <= 0 else 10 * float(np.log10(power))
