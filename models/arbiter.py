"""Silero as arbiter: which stretches look doubtful, what it says of them, and what is left of the speech."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from analysis.frames import STEP_S, FrameLevels
from analysis.intervals import intersection, joined, mask_of, total
from analysis.tones import key_like
from analysis.types import Samples, Segment, Segments
from models.resampling import resampled
from models.vad import SILERO_RATE_HZ, silero_probabilities

Array = npt.NDArray[np.float32]
WINDOW_S = 10.0
BLOCK_S = 60.0
FRESH_LEAD_S = 0.3
FRESH_S = 2.5
LEAST_RUSTLE_S = 0.3
SILERO_TURNS_AT = 0.4
"""On a noisy telephone band Silero's probabilities fall, so its turning point lies below a half."""


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


def doubtful_windows(
    levels: FrameLevels, speech: Segments, seeded: Segments, tones: Segments, *, noisy_below_db: float
) -> Segments:
    """Windows of 10 s in which Silero should decide, widened by 2 s and joined."""
    count = len(levels.power)
    inside = mask_of(speech, count=count, step_s=STEP_S)
    toned = mask_of(tones, count=count, step_s=STEP_S) | key_like(levels)
    rustling = mask_of(_noise_like(levels, speech), count=count, step_s=STEP_S)
    size = round(WINDOW_S / STEP_S)
    found = []
    for first in range(0, count, size):
        part = slice(first, min(first + size, count))
        spoken = inside[part]
        if not spoken.any():
            continue
        rustles = np.count_nonzero(rustling[part]) * STEP_S >= LEAST_RUSTLE_S
        if toned[part].any() or rustles or _unlike_speech(levels, spoken, part, noisy_below_db):
            found.append(Segment(max(0.0, first * STEP_S - 2.0), min(count * STEP_S, part.stop * STEP_S + 2.0)))
    return joined((*found, *_touched(seeded, found, limit=count * STEP_S)), gap_s=4.0)


def _noise_like(levels: FrameLevels, speech: Segments, *, peaked: float = 0.4) -> Segments:
    """Runs in most frames of which the two strongest peaks hold less than `peaked` of the power, as in typing, rustling or
    a hissing breath. In eight minutes of made and of people's speech over ten lines there is no such run; at 0.5 there
    are many, and Silero mistakes some.
    """
    smooth = np.concatenate(([0], np.cumsum(levels.peak_ratio < peaked)))
    frames = ((run, round(run.start / STEP_S), round(run.end / STEP_S)) for run in speech)
    return tuple(run for run, first, last in frames if smooth[last] - smooth[first] > (last - first) / 2)


def _touched(seeded: Segments, windows: list[Segment], *, limit: float, bridged_s: float = 0.5) -> Segments:
    """Whole stretches of seeded sound that reach into a doubtful window: music does not end at a window's edge."""
    marked = joined(windows, gap_s=0.0)
    return tuple(
        Segment(max(0.0, stretch.start - 1.0), min(limit, stretch.end + 1.0))
        for stretch in joined(seeded, gap_s=bridged_s)
        if total(intersection((stretch,), marked)) > 0.2 * stretch.duration
    )


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


def arbitrated(channel: Channel, seed: Array, doubtful: Segments, seeded: Segments) -> Array:
    """Seed with Silero's probability in the doubtful windows.

    Silero remembers: after half a minute of music it misses the first second of speech. So it hears the start of every
    seeded segment once more without what came before.
    """
    result = seed.copy()
    for window in doubtful:
        start = window.start
        while start < window.end:
            end = min(start + BLOCK_S, window.end)
            first, probability = _silero_between(channel, max(0.0, start - 1.0), end)
            a, b = round(start / STEP_S), min(round(end / STEP_S), len(result), first + len(probability))
            if b > a:
                result[a:b] = probability[a - first : b - first]
            start = end
    for segment in intersection(seeded, doubtful):
        first, probability = _silero_between(channel, max(0.0, segment.start - FRESH_LEAD_S), segment.start + FRESH_S)
        last = min(len(result), first + len(probability))
        if last > first and _stays(probability):
            np.maximum(result[first:last], probability[: last - first], out=result[first:last])
    return result


def music_like(
    seeded: Segments,
    seed: Array,
    doubtful: Segments,
    *,
    shortest_s: float = 2.0,
    most: float = 0.2,
    bridged_s: float = 0.3,
) -> Segments:
    """Long unbroken stretches of sound that Silero hardly ever took for speech, its first mistaken moment included."""
    return tuple(
        stretch
        for stretch in intersection(joined(seeded, gap_s=bridged_s), doubtful)
        if stretch.duration >= shortest_s
        and float(seed[round(stretch.start / STEP_S) : round(stretch.end / STEP_S)].mean()) < most
    )


def _stays(probability: Array) -> bool:
    """Whether a fresh start goes on as speech: at the first note of music Silero is mistaken for a moment too."""
    after = probability[round((FRESH_LEAD_S + 0.3) / STEP_S) :]
    return len(after) > 0 and float(after.mean()) > 0.5


def _silero_between(channel: Channel, start: float, end: float) -> tuple[int, Array]:
    """First frame, and Silero's probabilities from there on, heard from `start` with an empty memory."""
    rate = channel.sample_rate
    first = round(start / STEP_S)
    samples = channel.read(round(first * STEP_S * rate), round(end * rate))
    if len(samples) < rate // 100:
        return first, np.zeros(0, np.float32)
    samples = resampled(samples, from_hz=rate, to_hz=SILERO_RATE_HZ)
    heard = silero_probabilities(_lifted(samples), sample_rate=SILERO_RATE_HZ)
    turn = np.float32(SILERO_TURNS_AT / (1 - SILERO_TURNS_AT))
    evened: Array = (heard / (heard + (1 - heard) * turn)).astype(np.float32)
    return first, evened


def _lifted(samples: Samples, *, wanted_db: float = -26.0) -> Samples:
    """Very quiet samples brought up; Silero misses speech below about -40 dBFS."""
    peak = float(np.percentile(np.abs(samples[:: max(1, len(samples) // 100000)]), 99)) if len(samples) else 0.0
    if peak <= 1e-5 or peak > 0.03:
        return samples
    gain = np.float32(10 ** (wanted_db / 20) * 3 / peak)
    lifted: Samples = np.clip(samples * gain, -1, 1).astype(np.float32)
    return lifted


def confirmed(speech: Segments, seed: Array, doubtful: Segments, *, peak: float = 0.5) -> Segments:
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


def tonal_s(levels: FrameLevels, rejected: Segments, *, share: float = 0.6) -> float:
    """Length of the rejected stretches if they mostly sound tonal, else 0."""
    inside = mask_of(rejected, count=len(levels.power), step_s=STEP_S)
    if not inside.any() or float(np.median(levels.peak_ratio[inside])) < share:
        return 0.0
    return total(rejected)
