"""When one channel speaks: webrtcvad seeds, band energy refines, Silero decides where those two cannot be trusted.

webrtcvad takes music, ringing tones and noise for speech; Silero does not, but is late at edges and dear. So Silero is
asked only in the windows that look doubtful: a high noise floor, tones, or speech without the dips that syllables make.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from analysis.frames import STEP_S, FrameLevels, frame_levels
from analysis.intervals import dropped, intersection, joined, mask_of, of_mask, subtracted, total, union
from analysis.noise import ActiveLevel, active_level
from analysis.speech import corrected_seed, refined_speech, seed_probability
from analysis.types import Samples, Segment, Segments
from models.resampling import resampled
from models.vad import SILERO_RATE_HZ, WEBRTC_FRAME_S, silero_probabilities, webrtc_flags

Array = npt.NDArray[np.float32]
WINDOW_S = 10.0
BLOCK_S = 60.0
LOWEST_TONE_HZ = 300.0
LOWEST_KEY_HZ = 600.0


class Channel(Protocol):
    """One channel that can be read piece by piece."""

    @property
    def sample_rate(self) -> int:
        """In Hz."""
        ...

    @property
    def sample_count(self) -> int:
        """Samples in all."""
        ...

    def read(self, first: int, last: int) -> Samples:
        """Samples from `first` to `last`, clipped to the channel."""
        ...


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
    doubtful = _doubtful(levels, speech, tones, noisy_below_db=noisy_below_db) if arbiter else ()
    before = speech
    if doubtful:
        seed = _arbitrated(channel, seed, doubtful)
        seed[mask_of(tones, count=count, step_s=STEP_S)] = 0.02
        speech = subtracted(refined_speech(levels, seed), tones)
        speech = _confirmed(speech, seed, doubtful)
    speech = dropped(speech, shorter_than_s=0.05)
    rejected = subtracted(before, speech)
    active = active_level(levels, speech, other_sounds=union(tones, rejected))
    return Detection(speech, levels, active, total(doubtful), _tonal_s(levels, rejected), tones)


def _tonal_s(levels: FrameLevels, rejected: Segments, *, share: float = 0.6) -> float:
    """Length of the rejected stretches if they mostly sound tonal, else 0."""
    inside = mask_of(rejected, count=len(levels.power), step_s=STEP_S)
    if not inside.any() or float(np.median(levels.peak_ratio[inside])) < share:
        return 0.0
    return total(rejected)


def tones_in(levels: FrameLevels, *, share: float = 0.98, steady_db: float = 1.0, shortest_s: float = 0.25) -> Segments:
    """Ringing and busy tones: nearly all power in two steady peaks, at a level that does not move.

    Parameters
    ----------
    share : float
        Least share of the power in the two strongest peaks.
    steady_db : float
        Largest deviation of the level inside a tone.
    shortest_s : float
        Shorter stretches are not called a tone: a hummed "mm" can look like one for a tenth of a second. Key tones
        are shorter and are left to Silero.
    """
    db = levels.db
    found = []
    for run in dropped(of_mask(_steady(levels, share, 2 * steady_db), step_s=STEP_S), shorter_than_s=shortest_s):
        frames = slice(round(run.start / STEP_S) + 1, round(run.end / STEP_S) - 1)
        if float(db[frames].std()) < steady_db / 2:
            found.append(Segment(max(0.0, run.start - 0.03), run.end + 0.03))
    return joined(found, gap_s=0.02)


def _steady(levels: FrameLevels, share: float, moving_db: float) -> npt.NDArray[np.bool_]:
    """Frames with nearly all power in two peaks that stay where they are, at a level that hardly moves."""
    db = levels.db
    if len(db) < 5:
        return np.zeros(len(db), np.bool_)
    padded = np.pad(db, 2, mode="edge")
    top = np.pad(levels.peak_hz, 2, mode="edge")
    steady = (np.abs(padded[4:] - padded[:-4]) < moving_db) & (levels.peak_ratio > share)
    steady &= (np.abs(top[4:] - top[:-4]) < 40) & (levels.peak_hz > LOWEST_TONE_HZ)
    steady &= db > max(-60.0, float(np.percentile(db, 95)) - 30)
    return np.asarray(steady, dtype=np.bool_)


def _key_like(
    levels: FrameLevels, *, share: float = 0.97, moving_db: float = 1.5, shortest_s: float = 0.04
) -> npt.NDArray[np.bool_]:
    """Frames that may be a key tone: too short to tell from a hum by themselves, so only a reason to ask Silero."""
    steady = _steady(levels, share, moving_db) & (levels.peak_hz > LOWEST_KEY_HZ)
    runs = dropped(of_mask(steady, step_s=STEP_S), shorter_than_s=shortest_s)
    keys: npt.NDArray[np.bool_] = mask_of(runs, count=len(steady), step_s=STEP_S)
    return keys


def _gain(levels: FrameLevels, *, wanted_db: float = -26.0, quiet_db: float = -36.0) -> float:
    """Factor that brings very quiet speech to a level that webrtcvad hears; 1 at ordinary levels."""
    if len(levels.power) == 0:
        return 1.0
    loud = float(np.percentile(levels.db, 95))
    if loud > quiet_db or loud < -75:
        return 1.0
    return float(10 ** ((wanted_db - loud) / 20))


def _doubtful(levels: FrameLevels, speech: Segments, tones: Segments, *, noisy_below_db: float) -> Segments:
    """Windows of 10 s in which Silero should decide, widened by 2 s and joined."""
    count = len(levels.power)
    inside = mask_of(speech, count=count, step_s=STEP_S)
    toned = mask_of(tones, count=count, step_s=STEP_S) | _key_like(levels)
    size = round(WINDOW_S / STEP_S)
    found = []
    for first in range(0, count, size):
        part = slice(first, min(first + size, count))
        spoken = inside[part]
        if not spoken.any():
            continue
        if toned[part].any() or _unlike_speech(levels, spoken, part, noisy_below_db):
            found.append(Segment(max(0.0, first * STEP_S - 2.0), min(count * STEP_S, part.stop * STEP_S + 2.0)))
    return joined(found, gap_s=4.0)


def _unlike_speech(levels: FrameLevels, spoken: npt.NDArray[np.bool_], part: slice, noisy_below_db: float) -> bool:
    """Whether a window's speech has a high floor, hardly any dips, or hardly a change of spectrum."""
    power = levels.voice_power[part]
    quiet = power[~spoken]
    quiet = quiet[quiet > 1e-9]
    loud = float(power[spoken].mean())
    if len(quiet) >= 30 and loud < float(np.median(quiet)) * 10 ** (noisy_below_db / 10):
        return True
    loudest, softest = np.percentile(power[spoken], (90, 10)) + 1e-12
    spread = 10 * float(np.log10(loudest / softest))
    dense = float(spoken.mean()) > 0.93
    tonal = float(np.mean(levels.peak_ratio[part][spoken] > 0.93)) > 0.5
    return dense or tonal or spread < 8.0


def _arbitrated(channel: Channel, seed: Array, doubtful: Segments) -> Array:
    """Seed with Silero's probability in the doubtful windows."""
    result = seed.copy()
    rate = channel.sample_rate
    for window in doubtful:
        start = window.start
        while start < window.end:
            end = min(start + BLOCK_S, window.end)
            first = max(0, int((start - 1.0) * rate))
            samples = resampled(channel.read(first, int(end * rate)), from_hz=rate, to_hz=SILERO_RATE_HZ)
            if len(samples) >= SILERO_RATE_HZ // 100:
                probability = silero_probabilities(_lifted(samples), sample_rate=SILERO_RATE_HZ)
                offset = round(first / rate / STEP_S)
                a, b = round(start / STEP_S), min(round(end / STEP_S), len(result), offset + len(probability))
                if b > a:
                    result[a:b] = probability[a - offset : b - offset]
            start = end
    return result


def _lifted(samples: Samples, *, wanted_db: float = -26.0) -> Samples:
    """Very quiet samples brought up; Silero misses speech below about -40 dBFS."""
    peak = float(np.percentile(np.abs(samples[:: max(1, len(samples) // 100000)]), 99)) if len(samples) else 0.0
    if peak <= 1e-5 or peak > 0.03:
        return samples
    gain = np.float32(10 ** (wanted_db / 20) * 3 / peak)
    lifted: Samples = np.clip(samples * gain, -1, 1).astype(np.float32)
    return lifted


def _confirmed(speech: Segments, seed: Array, doubtful: Segments, *, peak: float = 0.5) -> Segments:
    """Segments in doubtful windows only where Silero was once sure; others as they are."""
    kept = []
    for segment in speech:
        if total(intersection((segment,), doubtful)) < 0.5 * segment.duration:
            kept.append(segment)
            continue
        a, b = int(segment.start / STEP_S), max(int(segment.start / STEP_S) + 1, int(segment.end / STEP_S))
        if float(seed[a:b].max(initial=0.0)) >= peak:
            kept.append(segment)
    return tuple(kept)
