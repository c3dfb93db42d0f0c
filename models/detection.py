"""When one channel speaks: webrtcvad seeds, band energy refines, Silero decides where those two cannot be trusted.

webrtcvad takes music, ringing tones and noise for speech; Silero does not, but is late at edges and dear. So Silero is
asked only in the windows that look doubtful: a high noise floor, tones, or speech without the dips that syllables make.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from analysis.frames import STEP_S, FrameLevels, frame_levels
from analysis.intervals import dropped, mask_of, subtracted, total, union
from analysis.noise import ActiveLevel, active_level
from analysis.speech import corrected_seed, refined_speech, seed_probability
from analysis.tones import tones_in
from analysis.types import Samples, Segments
from models.arbiter import BLOCK_S, Channel, arbitrated, confirmed, doubtful_windows, music_like, tonal_s
from models.vad import WEBRTC_FRAME_S, webrtc_flags


@dataclass(frozen=True, slots=True)
class Detection:
    """What was found on one channel.

    Parameters
    ----------
    speech : tuple of Segment
    levels : FrameLevels
    active : ActiveLevel
    arbitrated_s : float
        Seconds in which Silero decided.
    music_s : float
        Seconds that webrtcvad took for speech, Silero did not, and that sound tonal: hold music.
    tones : tuple of Segment
        Ringing, busy and key tones.
    """

    speech: Segments
    levels: FrameLevels
    active: ActiveLevel
    arbitrated_s: float
    music_s: float
    tones: Segments


def blocks_of(channel: Channel, *, block_s: float = BLOCK_S) -> Iterator[Samples]:
    """The whole channel in consecutive pieces of `block_s` seconds."""
    size = int(block_s * channel.sample_rate)
    for first in range(0, channel.sample_count, size):
        yield channel.read(first, min(first + size, channel.sample_count))


def detected(channel: Channel, *, arbiter: bool = True, noisy_below_db: float = 18.0) -> Detection:
    """Speech of one channel.

    Parameters
    ----------
    channel : Channel
    arbiter : bool
        Whether Silero may be asked.
    noisy_below_db : float
        Windows with a lower signal-to-noise ratio are Silero's.
    """
    levels = frame_levels(blocks_of(channel), sample_rate=channel.sample_rate)
    flags = webrtc_flags(blocks_of(channel), sample_rate=channel.sample_rate, gain=_gain(levels))
    tones = tones_in(levels)
    count = len(levels.power)
    seeded = subtracted(corrected_seed(flags, frame_s=WEBRTC_FRAME_S), tones)
    seed = seed_probability(seeded, count=count)
    speech = subtracted(refined_speech(levels, seed), tones)
    doubtful = doubtful_windows(levels, speech, seeded, tones, noisy_below_db=noisy_below_db) if arbiter else ()
    before = speech
    if doubtful:
        quiet = (seed < 0.5) & ~mask_of(tones, count=count, step_s=STEP_S)
        seed = arbitrated(channel, seed, doubtful, seeded)
        seed[mask_of(tones, count=count, step_s=STEP_S)] = 0.02
        speech = subtracted(refined_speech(levels, seed, quiet=quiet), tones)
        speech = subtracted(confirmed(speech, seed, doubtful), music_like(seeded, seed, doubtful))
    speech = dropped(speech, shorter_than_s=0.05)
    rejected = subtracted(before, speech)
    active = active_level(levels, speech, other_sounds=union(tones, rejected))
    music_s = tonal_s(levels, rejected)
    # Nothing later asks for the peaks; of a long call they are megabytes.
    kept = replace(levels, peak_ratio=levels.peak_ratio[:0].copy(), peak_hz=levels.peak_hz[:0].copy())
    return Detection(speech, kept, active, total(doubtful), music_s, tones)


def _gain(levels: FrameLevels, *, wanted_db: float = -26.0, quiet_db: float = -36.0) -> float:
    """Factor that brings very quiet speech to a level that webrtcvad hears; 1 at ordinary levels."""
    if len(levels.power) == 0:
        return 1.0
    loud = float(np.percentile(levels.db, 95))
    if loud > quiet_db or loud < -75:
        return 1.0
    return float(10 ** ((wanted_db - loud) / 20))
