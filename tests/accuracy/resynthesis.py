"""Made speech with an exactly known F0: WORLD takes the voice apart and puts it together on a drawn contour."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt

from analysis.frames import STEP_S
from analysis.intervals import mask_of
from analysis.types import Segment, Segments
from samples.speech import Spoken, runs_of
from tests.accuracy.corpus import RATE_HZ, Clip, cached, clip_of, spoken_paragraph
from tests.accuracy.rows import Order, Split
from tests.accuracy.texts import PARAGRAPHS

Array = npt.NDArray[np.float64]
FRAME_S = 0.005
VOICED = set("aeiouyäö&@AEIOUYVWmnŋNlrvjdbg")
CREAK_S = 0.35
LOWEST_OWN_HZ = 45.0
"""WORLD's own floor of 71 Hz loses the low male voice, whose pulses then stay in the envelope as a second pitch."""

GROUPS: dict[Split, tuple[tuple[str, str, float], ...]] = {
    "dev": (
        ("male", "espeak-fi+m3", 85.0),
        ("male", "espeak-fi+m3", 112.0),
        ("female", "suo", 180.0),
        ("female", "suo", 240.0),
        ("creak", "espeak-fi+m3", 100.0),
        ("creak", "suo", 190.0),
    ),
    "test": (
        ("male", "mv", 85.0),
        ("male", "mv", 112.0),
        ("female", "espeak-fi+f4", 180.0),
        ("female", "espeak-fi+f4", 240.0),
        ("creak", "mv", 100.0),
        ("creak", "espeak-fi+f4", 190.0),
    ),
}


def missing() -> str | None:
    """Sentence that says what must be installed; None when all is there."""
    try:
        import pyworld  # noqa: F401
    except ImportError:
        return "pyworld is not installed; pip install pyworld"
    return None


def pitched_clips(order: Order) -> list[Clip]:
    """Two clips of each of six speakers (two male, two female, two creaky); in the quick form one of three."""
    return list(_pitched(order.split, order.quick))


@cache
def _pitched(split: Split, quick: bool) -> tuple[Clip, ...]:
    clips = []
    for i, (group, voice, median_hz) in enumerate(GROUPS[split]):
        if quick and i % 2:
            continue
        for j in range(1 if quick else 2):
            seed = (2000 if split == "dev" else 6000) + 10 * i + j
            text = PARAGRAPHS[split][(i + 3 * j) % len(PARAGRAPHS[split])]
            spoken = spoken_paragraph(text, voice, 1.0, seed)
            made, f0, creak = cached(
                f"world|{text}|{voice}|{median_hz}|{group}|{seed}", _maker(spoken, group, median_hz, seed)
            )
            name = f"{group} {median_hz:.0f} Hz {j + 1}"
            clip = clip_of(made, name=name, group=group, voice=voice, stretch=1.0, seed=seed)
            clips.append(replace(clip, f0_hz=f0, creak=creak))
    return tuple(clips)


def _maker(spoken: Spoken, group: str, median_hz: float, seed: int):  # type: ignore[no-untyped-def]
    return lambda: resynthesised(spoken, median_hz=median_hz, creaky=group == "creak", seed=seed)


def resynthesised(
    spoken: Spoken, *, median_hz: float, creaky: bool, seed: int
) -> tuple[Spoken, npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """The same speech on a drawn contour, its F0 on the 10 ms grid, 0 where unvoiced, and where it is creak.

    Parameters
    ----------
    spoken : Spoken
    median_hz : float
        Median of the contour before creak is put in.
    creaky : bool
        Whether the last 0.35 s of most phrases fall to 40-70 Hz.
    seed : int

    Notes
    -----
    Voicing comes from the phone labels alone: voiced frames are made nearly periodic, all others are noise.
    """
    import pyworld

    rate = spoken.sample_rate
    samples = spoken.samples.astype(np.float64)
    coarse, times = pyworld.dio(samples, rate, f0_floor=LOWEST_OWN_HZ, frame_period=1000 * FRAME_S)
    own = pyworld.stonemask(samples, coarse, times, rate)
    envelope = pyworld.cheaptrick(samples, own, times, rate, f0_floor=LOWEST_OWN_HZ)
    # The contour runs on through unvoiced phones, so that F0 goes on smoothly as a person's does.
    contour, creak = _contour(times, spoken, median_hz, creaky=creaky, seed=seed)
    voiced = mask_of(_voiced(spoken), count=len(times), step_s=FRAME_S) & _audible(spoken, len(times))
    f0 = np.where(voiced, contour, 0.0)
    hz = np.linspace(0, rate / 2, envelope.shape[1])
    periodic = np.clip(0.001 + 0.35 * (hz / 8000) ** 2, 0.001, 0.5)
    aperiodicity = np.where(voiced[:, None], periodic[None, :], 1.0 - 1e-12)
    made = pyworld.synthesize(f0, envelope, aperiodicity, rate, frame_period=1000 * FRAME_S)[: len(samples)]
    made = np.pad(made, (0, len(samples) - len(made)))
    step = round(STEP_S / FRAME_S)
    truth = f0[::step].astype(np.float32)
    return replace(spoken, samples=made.astype(np.float32), f0=[]), truth, creak[::step] & (truth > 0)


def _audible(spoken: Spoken, count: int) -> npt.NDArray[np.bool_]:
    """Frames within 30 dB of the loud ones: espeak gives a stop's silent closure to the vowel before it."""
    half = round(0.01 * spoken.sample_rate)
    padded = np.pad(spoken.samples.astype(np.float64) ** 2, (half, half + 1))
    summed = np.cumsum(np.concatenate(([0.0], padded)))
    at = np.minimum(np.arange(count) * round(FRAME_S * spoken.sample_rate), len(spoken.samples))
    power = summed[at + 2 * half] - summed[at]
    audible: npt.NDArray[np.bool_] = power > np.percentile(power, 95) * 1e-3
    return audible


def _voiced(spoken: Spoken) -> Segments:
    """Voiced phones, neighbours joined."""
    merged: list[Segment] = []
    for phone in spoken.phones:
        if phone.label[0] not in VOICED:
            continue
        if merged and phone.start - merged[-1].end < 1e-6:
            merged[-1] = Segment(merged[-1].start, phone.end)
        else:
            merged.append(Segment(phone.start, phone.end))
    return tuple(merged)


def _contour(
    times: Array, spoken: Spoken, median_hz: float, *, creaky: bool, seed: int
) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Declination over each phrase, an accent on every other word, a slow drift, and creak at phrase ends; and where
    that creak is.
    """
    rng = np.random.default_rng(seed + 7)
    semitones = np.zeros(len(times))
    for start, end in runs_of(spoken):
        inside = (times >= start - 0.05) & (times <= end + 0.05)
        semitones[inside] += 2.0 - 4.0 * np.clip((times[inside] - start) / (end - start), 0, 1) + rng.normal(0, 0.8)
    for word in spoken.words:
        height, middle, width = rng.uniform(0.5, 5.0), word.start + 0.35 * (word.end - word.start), 0.12
        semitones += height * np.exp(-0.5 * ((times - middle) / width) ** 2)
    smooth = np.convolve(semitones, np.ones(9) / 9, mode="same")
    spoken_at = mask_of(_voiced(spoken), count=len(times), step_s=FRAME_S)
    contour = median_hz * 2 ** ((smooth - np.median(smooth[spoken_at])) / 12)
    creak = np.zeros(len(times), np.bool_)
    if creaky:
        for _, end in runs_of(spoken):
            if rng.random() < 0.75:
                creak |= _creak(contour, times, end, rng)
    return np.clip(contour, 42.0, 500.0), creak


def _creak(contour: Array, times: Array, end: float, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Let the contour fall within 80 ms to an uneven 45-65 Hz and stay there to the phrase's end.

    Returns where that is creak: where more than half of the fall is done.
    """
    start = end - CREAK_S
    inside = (times >= start) & (times <= end + 0.05)
    low = rng.uniform(45, 65)
    share = np.clip((times[inside] - start) / 0.08, 0, 1)
    uneven = low * (1 + 0.03 * rng.standard_normal(int(inside.sum())))
    contour[inside] = contour[inside] ** (1 - share) * uneven**share
    fallen = inside.copy()
    fallen[inside] = share > 0.5
    return fallen


__all__ = ["RATE_HZ", "missing", "pitched_clips", "resynthesised"]
