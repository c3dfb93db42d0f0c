"""Finnish speech with exact truth: what is said, and when each phone, word and syllable is said.

>>> spoken = speak("Hyvää päivää.", "suo", sample_rate=8000)  # doctest: +SKIP
>>> spoken.syllable_count, [word.label for word in spoken.words]  # doctest: +SKIP
(4, ['Hyvää', 'päivää.'])
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import soxr

from samples import espeak, festival
from samples.spoken import Hesitation, Line, Mark, Samples, SpeechError, Spoken, silences_of

__all__ = [
    "GUARD_S",
    "Hesitation",
    "Line",
    "Mark",
    "Samples",
    "SpeechError",
    "Spoken",
    "joined",
    "missing",
    "respaced",
    "silences_of",
    "speak",
    "speak_many",
]

GUARD_S = 0.015
"""Sound kept before the first and after the last phone of a run, faded; a phone's edge rings on for about as long."""


def missing(voice: str) -> str | None:
    """Sentence that says what must be installed for `voice`; None when all is there."""
    return espeak.missing() if voice.startswith("espeak-fi") else festival.missing()


def speak(
    text: str,
    voice: str,
    *,
    sample_rate: int,
    stretch: float = 1.0,
    pitch_factor: float = 1.0,
    pitch_range: float = 1.0,
) -> Spoken:
    """Speech of one text; see `Line` for the parameters.

    Raises
    ------
    SpeechError
        If the synthesiser or the voice is missing.
    """
    line = Line(text, voice, stretch=stretch, pitch_factor=pitch_factor, pitch_range=pitch_range)
    return speak_many([line], sample_rate=sample_rate)[0]


def speak_many(orders: Sequence[Line | Hesitation], *, sample_rate: int) -> list[Spoken]:
    """Speech of many lines and hesitations, in their order; one Festival process says all of its share.

    Raises
    ------
    SpeechError
        If a synthesiser or a voice is missing.
    """
    spoken: dict[int, Spoken] = {}
    makers: tuple[tuple[Callable[[Sequence[Line | Hesitation]], list[Spoken]], bool], ...] = (
        (festival.festival_many, False),
        (espeak.espeak_many, True),
    )
    for maker, is_espeak in makers:
        places = [i for i, order in enumerate(orders) if order.voice.startswith("espeak-fi") == is_espeak]
        if places:
            spoken.update(zip(places, maker([orders[i] for i in places]), strict=True))
    return [_resampled(spoken[i], sample_rate) for i in range(len(orders))]


def _resampled(spoken: Spoken, sample_rate: int) -> Spoken:
    samples = soxr.resample(spoken.samples, spoken.sample_rate, sample_rate, quality="VHQ").astype(np.float32)
    return replace(spoken, samples=samples, sample_rate=sample_rate)


def runs_of(spoken: Spoken) -> list[tuple[float, float]]:
    """Stretches of sounding phones with no silence inside, as (start, end) in seconds."""
    starts, ends = [spoken.phones[0].start], []
    for silent_from, silent_to in silences_of(spoken.phones, shortest_s=1e-6):
        ends.append(silent_from)
        starts.append(silent_to)
    return list(zip(starts, [*ends, spoken.phones[-1].end], strict=True))


def respaced(spoken: Spoken, gaps_s: Sequence[float]) -> Spoken:
    """The same speech with the silence before, between and after its runs set to exactly `gaps_s`.

    Parameters
    ----------
    spoken : Spoken
    gaps_s : sequence of float
        Silence in seconds before the first run, between each two, and after the last: one more than there are runs.

    Raises
    ------
    ValueError
        If the number of gaps does not fit.
    """
    runs = runs_of(spoken)
    if len(gaps_s) != len(runs) + 1:
        raise ValueError(f"{len(runs)} runs of speech need {len(runs) + 1} gaps, not {len(gaps_s)}")
    rate = spoken.sample_rate
    shifts, at = [], 0.0
    for (start, end), gap in zip(runs, gaps_s[:-1], strict=True):
        # Whole samples only: a run is moved without resampling, so its truth stays exact.
        shift = round((at + gap - start) * rate) / rate
        shifts.append(shift)
        at = end + shift
    samples = np.zeros(round((at + gaps_s[-1]) * rate), dtype=np.float32)
    for (start, end), shift in zip(runs, shifts, strict=True):
        _add_run(samples, spoken, start, end, shift)
    edges = np.array([start for start, _ in runs])

    def moved(seconds: float) -> float:
        return seconds + shifts[max(0, int(np.searchsorted(edges, seconds + 1e-4, side="right")) - 1)]

    def marks(old: list[Mark]) -> list[Mark]:
        return [mark.shifted(moved(mark.start) - mark.start) for mark in old]

    f0 = [(moved(seconds), hz) for seconds, hz in spoken.f0]
    return Spoken(samples, rate, marks(spoken.phones), marks(spoken.words), marks(spoken.syllables), f0)


def _add_run(target: Samples, spoken: Spoken, start: float, end: float, shift: float) -> None:
    rate = spoken.sample_rate
    first, last = round((start - GUARD_S) * rate), round((end + GUARD_S) * rate)
    place = first + round(shift * rate)
    first, place = first + max(0, -first, -place), place + max(0, -first, -place)
    last = min(last, len(spoken.samples), first + len(target) - place)
    guard = round(GUARD_S * rate)
    piece = spoken.samples[first:last].copy()
    ramp = (np.sin(0.5 * np.pi * np.arange(guard) / guard) ** 2).astype(np.float32)
    piece[:guard] *= ramp
    piece[-guard:] *= ramp[::-1]
    target[place : place + len(piece)] += piece


def joined(pieces: Sequence[Spoken]) -> Spoken:
    """All pieces one after another, with their truth."""
    rates = {piece.sample_rate for piece in pieces}
    if len(rates) != 1:
        raise ValueError(f"pieces must have one sample rate, not {sorted(rates)}")
    rate = rates.pop()
    phones: list[Mark] = []
    words: list[Mark] = []
    syllables: list[Mark] = []
    f0: list[tuple[float, float]] = []
    count = 0
    for piece in pieces:
        at = count / rate
        phones += [mark.shifted(at) for mark in piece.phones]
        words += [mark.shifted(at) for mark in piece.words]
        syllables += [mark.shifted(at) for mark in piece.syllables]
        f0 += [(seconds + at, hz) for seconds, hz in piece.f0]
        count += len(piece.samples)
    return Spoken(np.concatenate([piece.samples for piece in pieces]), rate, phones, words, syllables, f0)
