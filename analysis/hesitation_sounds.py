"""Hesitation sounds heard in the audio: speech that no word explains, held level and steady.

A recogniser drops most hesitation sounds or lets a neighbouring word swallow them. What carries over from one speaker
to another is the cover: voice where the transcript has no word. Its sound only has to be steady, since real hesitations
are often weakly voiced or creaky.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analysis.finnish.laughter import laughter_in
from analysis.frames import STEP_S, FrameLevels
from analysis.intervals import dropped, intersection, joined, moved, of_mask, subtracted
from analysis.pitch import RawPitch
from analysis.types import Filler, Segment, Segments, Word
from analysis.word_cover import beyond_word, cover_of, dips_of

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a hesitation sound, with what it sounds like.

    Parameters
    ----------
    segment : Segment
    flux_db : float
        Median change of the spectrum's shape over 60 ms; a held vowel changes little.
    voiced : float
        Share of frames with a pitch, 0 to 1.
    depth_db : float
        How far its level lies below the speech's own.
    tilt_db : float
        Level below about 850 Hz less the level above about 1700 Hz; a breath or an s is negative.
    f0_slope_st : float or None
        Pitch movement in st/s; None with too little voice.
    dips : int
        How often its level dips by 6 dB or more and comes back; laughter is a train of bursts.
    """

    segment: Segment
    flux_db: float
    voiced: float
    depth_db: float
    tilt_db: float
    f0_slope_st: float | None
    dips: int = 0


def spectral_flux(levels: FrameLevels, *, depth_db: float = 35.0) -> Array:
    """Change of the spectrum's shape over 60 ms, in dB, shape (n,)."""
    bands = levels.bands_db
    if len(bands) == 0:
        return np.zeros(0, np.float32)
    floor = np.percentile(bands.max(axis=1)[:: max(1, len(bands) // 60000)], 95) - depth_db
    shape = np.maximum(bands, np.float32(floor))
    shape = shape - shape.mean(axis=1, keepdims=True)
    padded = np.pad(shape, ((3, 3), (0, 0)), mode="edge")
    change = np.sqrt(((padded[6:] - padded[:-6]) ** 2).mean(axis=1))
    smooth: Array = np.convolve(change, np.ones(5, np.float32) / 5)[2 : 2 + len(change)].astype(np.float32)
    return smooth


def candidates_of(
    levels: FrameLevels,
    raw: RawPitch,
    speech: Segments,
    words: tuple[Word, ...],
    *,
    shortest_s: float = 0.12,
    shaved_s: float = 0.02,
) -> tuple[Candidate, ...]:
    """Speech outside the words, in runs of `shortest_s` seconds or more, `shaved_s` of each word's edges given away.

    What a word covers, drawn-out endings included, is told by `analysis.word_cover`. A run that is held throughout is
    parted by silence too short for a pause, and a long one by its dips: several sounds in a row.
    """
    covered = cover_of(words, speech)
    covered = moved(covered, start_s=shaved_s, end_s=-shaved_s, limit=len(levels.power) * STEP_S)
    free = dropped(joined(subtracted(speech, covered), gap_s=0.05), shorter_than_s=shortest_s)
    free = tuple(beyond_word(segment, covered, levels) for segment in intersection(free, speech))
    free = _unlaughed(dropped(free, shorter_than_s=shortest_s), words)
    flux = spectral_flux(levels)
    loud = _speech_db(levels, speech)
    alone = frozenset(speech)
    found = (_candidate(segment, levels, raw, flux, loud, alone=segment in alone) for segment in free)
    return tuple(piece for one in found for piece in _apart(one, levels, raw, flux, loud, shortest_s=shortest_s))


def _unlaughed(segments: Segments, words: Sequence[Word], *, burst_s: float = 0.25, longest_s: float = 0.4) -> Segments:
    """The segments without the bursts of written laughter: short ones that follow it, or one another, this closely."""
    laughed = list(laughter_in(words))
    middles = [(s.start + s.end) / 2 for s in (word.segment for word in words) if s and s not in laughed]

    def follows(segment: Segment, burst: Segment) -> bool:
        between = min(segment.end, burst.end), max(segment.start, burst.start)
        return between[1] - between[0] < burst_s and not any(between[0] <= at <= between[1] for at in middles)

    left = list(segments)
    while bursts := [s for s in left if s.duration <= longest_s and any(follows(s, one) for one in laughed)]:
        laughed = bursts
        left = [s for s in left if s not in bursts]
    return tuple(left)


def _apart(
    candidate: Candidate,
    levels: FrameLevels,
    raw: RawPitch,
    flux: Array,
    loud: float,
    *,
    shortest_s: float,
    long_s: float = 0.6,
    dip_db: float = 10.0,
    silent_db: float = 30.0,
    least_dip_s: float = 0.06,
    laughter_s: float = 0.25,
) -> tuple[Candidate, ...]:
    """A held candidate without the silence in it, each piece described on its own; a long one comes apart at dips too.

    Silence lies `silent_db` below the speech, a dip `dip_db` below both sides. Three pieces and more that begin within
    `laughter_s` of each other on the whole are laughter, and stay one train.
    """
    if not is_hesitation(replace(candidate, dips=0)):
        return (candidate,)
    first = round(candidate.segment.start / STEP_S)
    db = levels.db[first : round(candidate.segment.end / STEP_S)]
    silent = (db < loud - silent_db) & is_hesitation(candidate)
    low = silent | dips_of(db, dip_db=dip_db, frames=3) if candidate.segment.duration >= long_s else silent
    runs = joined(of_mask(~low, step_s=STEP_S), gap_s=least_dip_s)
    pieces = dropped(runs, shorter_than_s=shortest_s)
    untouched = len(runs) == 1 and not (low[0] or low[-1])
    train = len(pieces) > 2 and pieces[-1].start - pieces[0].start < laughter_s * (len(pieces) - 1)
    if untouched or train or (len(pieces) < 2 and not silent.any()):
        return (candidate,)
    parts = moved(pieces, start_s=candidate.segment.start, end_s=candidate.segment.start, limit=float("inf"))
    return tuple(_candidate(part, levels, raw, flux, loud, alone=True) for part in parts)


def _speech_db(levels: FrameLevels, speech: Segments) -> float:
    if not speech:
        return 0.0
    parts = [levels.power[round(s.start / STEP_S) : round(s.end / STEP_S)] for s in speech]
    power = np.concatenate(parts)
    return 10 * float(np.log10(np.percentile(power, 75) + 1e-12)) if len(power) else 0.0


def _candidate(
    segment: Segment, levels: FrameLevels, raw: RawPitch, flux: Array, loud: float, *, alone: bool, edge: int = 3
) -> Candidate:
    """The segment described; where silence is on both sides, `edge` frames of swelling and fading are not its sound."""
    frames = slice(round(segment.start / STEP_S), max(round(segment.start / STEP_S) + 1, round(segment.end / STEP_S)))
    voiced = raw.confidence[frames] >= 0.5
    slope = None
    if voiced.sum() >= 6:
        semitones = 12 * np.log2(np.maximum(raw.hz[frames][voiced], 1.0))
        slope = float(np.polyfit(np.flatnonzero(voiced) * STEP_S, semitones, 1)[0])
    level = 10 * float(np.log10(levels.power[frames].mean(dtype=np.float64) + 1e-12))
    bands = np.power(10.0, levels.bands_db[frames] / 10).mean(axis=0)
    tilt = 10 * float(np.log10((bands[:4].mean() + 1e-12) / (bands[6:].mean() + 1e-12)))
    held = flux[frames]
    if alone and len(held) > 3 * edge:
        held = held[edge:-edge]
    dips = of_mask(dips_of(levels.db[frames], dip_db=6.0, frames=5), step_s=STEP_S)
    return Candidate(segment, float(np.median(held)), float(voiced.mean()), loud - level, tilt, slope, len(dips))


def is_hesitation(
    candidate: Candidate,
    *,
    most_flux_db: float = 4.2,
    most_depth_db: float = 8.0,
    least_tilt_db: float = 3.0,
    most_slope_st: float = 25.0,
    longest_s: float = 3.0,
    breath_voiced: float = 0.05,
    breath_depth_db: float = 5.0,
    most_dips: int = 2,
) -> bool:
    """Whether a candidate is held like a hesitation sound: steady, level, vowel-like and not faint; or hummed.

    One with no pitch at all must be as loud as the words: a creaky vowel is, a breath is not. One sound may waver, but
    four bursts and more within it are laughter, which has four or five a second (Bachorowski, Smoski and Owren, JASA
    110(3), 2001, doi 10.1121/1.1391244).
    """
    if candidate.segment.duration > longest_s or candidate.dips > most_dips:
        return False
    if _is_hum(candidate):
        return True
    if candidate.voiced <= breath_voiced and candidate.depth_db > breath_depth_db:
        return False
    return (
        candidate.flux_db <= most_flux_db
        and candidate.depth_db <= most_depth_db
        and candidate.tilt_db >= least_tilt_db
        and (candidate.f0_slope_st is None or abs(candidate.f0_slope_st) <= most_slope_st)
    )


def _is_hum(candidate: Candidate) -> bool:
    """A long, wholly voiced, level sound: an mm is faint on a telephone, since the line cuts its strongest part.

    Of the nasals of the made voices that were tuned on, over telephone codecs, 99 in 100 lie less than 18 dB deep.
    """
    return (
        candidate.voiced >= 0.85
        and candidate.flux_db <= 2.4
        and candidate.depth_db <= 18
        and candidate.segment.duration >= 0.25
        and candidate.f0_slope_st is not None
        and abs(candidate.f0_slope_st) <= 8
    )


def hesitations_heard(candidates: tuple[Candidate, ...]) -> tuple[Filler, ...]:
    """Hesitation sounds found in the audio alone; each is for a person to check."""
    return tuple(
        Filler(candidate.segment, "öö", "hesitation", "check", "audio")
        for candidate in candidates
        if is_hesitation(candidate)
    )
