"""Real people with labelled times, where the shared recordings are at hand: as they were recorded, and set apart.

Some clips are recordings as they are, so their pauses are a person's own. The "spaced" ones are whole stretches of
speech cut out with their own edges and set apart by drawn pauses over the same room's noise: the words are real, the
pauses are exact. Labels are as good as their sources: forced alignment (cold_corpus), .lab files (fi_sentence), marks
on a spectrogram (mfa). cold_corpus was recorded in noise, 9 dB below the voice in the telephone band: it is a group of
its own, "people noisy", apart from "people clean"; rows of "people" have both.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import scipy.signal
import soxr

from analysis.finnish.syllables import syllable_count
from analysis.intervals import joined, mask_of, moved
from analysis.types import Samples, Segment, Segments, Word
from tests.accuracy.corpus import INVISIBLE_GAP_S, LEVEL_DBFS, RATE_HZ, Clip, at_active_level
from tests.accuracy.rows import Order

DATA = Path(__file__).resolve().parents[2] / "../shared/data"
GUARD_S = 0.08
FADE_S = 0.03


@dataclass(frozen=True, slots=True)
class Take:
    """A recording with its labels.

    Parameters
    ----------
    name : str
    samples : ndarray of float32, shape (n,)
        At 16 kHz, without what lies below 60 Hz.
    words : tuple of Word
    finnish : bool
    """

    name: str
    samples: Samples
    words: tuple[Word, ...]
    finnish: bool

    @property
    def speech(self) -> Segments:
        """Labelled words, with gaps below 120 ms closed."""
        return joined((word.segment for word in self.words if word.segment), gap_s=INVISIBLE_GAP_S)


def people_clips(order: Order) -> list[Clip]:
    """Labelled recordings; the same in both splits, since there are too few to part. Empty where they are not here."""
    return list(_clips(order.quick)) if DATA.is_dir() else []


@cache
def _clips(quick: bool) -> tuple[Clip, ...]:
    cold = _take("fillers/cold_corpus.wav")
    talkers = [_take("speakers/fi_two_talkers_stereo.flac", channel=channel) for channel in (0, 1)]
    clips = [_as_it_is(cold), *map(_as_it_is, talkers)]
    clips += [_as_it_is(_hesitations(f"fillers/mfa_{name}.flac")) for name in ("uhuh", "uhum")]
    if quick:
        return tuple(clips)
    clips.append(_spaced(cold, times=2, seed=11))
    for i, name in enumerate(("fi_sentence_14m", "fi_sentence_01l", "fi_kissankello")):
        clips.append(_spaced(_take(f"finnish/{name}.wav"), times=5, seed=21 + i))
    return tuple(clips)


def breaths() -> tuple[Samples, Segments] | None:
    """A recording with loud breaths between its words, and when they are; None where it is not here."""
    path = DATA / "fillers/mfa_breaths.flac"
    if not path.exists():
        return None
    marks = _labels(path)["events"]
    return _samples(path, 0), tuple(Segment(mark["start"], mark["end"]) for mark in marks)


def _take(name: str, *, channel: int = 0) -> Take:
    path = DATA / name
    labels = _labels(path)
    marks = [mark for mark in labels["words"] if mark.get("channel", channel) == channel]
    words = [Word(mark["text"], Segment(mark["start"], mark["end"])) for mark in marks]
    if carrier := labels.get("carrier"):
        words.insert(0, Word("(carrier)", Segment(carrier["start"], carrier["end"])))
    words.sort(key=lambda word: word.segment or Segment(0, 0))
    finnish = labels["language"] == "fi" and not carrier
    return Take(f"{path.stem} {channel}", _samples(path, channel), tuple(words), finnish)


def _hesitations(name: str) -> Take:
    """The stretch from the first to the last hesitation sound, all of it labelled, with its own room around it."""
    path = DATA / name
    marks = _labels(path)["fillers"]
    words = tuple(Word(mark["text"], Segment(mark["start"], mark["end"])) for mark in marks)
    samples = _samples(path, 0)
    start, end = marks[0]["start"], marks[-1]["end"]
    whole = Take(path.stem, samples, words, False)
    # The labels tell nothing of the words before and after: they are covered by the room's noise between the sounds.
    room = _room(samples, (Segment(0.0, start), *whole.speech, Segment(end, len(samples) / RATE_HZ)), seed=5)
    covered = _placed(samples, [(Segment(start, end), start)], room(len(samples)))
    first = round(max(0.0, start - 0.8) * RATE_HZ)
    last = round((end + 0.8) * RATE_HZ)
    moved_by = -first / RATE_HZ
    own = tuple(Word(w.text, _later(w.segment, moved_by)) for w in words)
    return Take(path.stem, covered[first:last], own, False)


def _as_it_is(take: Take) -> Clip:
    samples = at_active_level(take.samples, take.speech, RATE_HZ, LEVEL_DBFS)
    return Clip(take.name, _group(take), take.name, samples, take.speech, **_said(take.words, take.finnish))


def _spaced(take: Take, *, times: int, seed: int) -> Clip:
    """The runs of a recording, `times` over and shuffled, with drawn pauses of 0.1 to 2.2 s between them."""
    rng = np.random.default_rng(seed)
    runs = joined(take.speech, gap_s=0.25)
    order = [runs[i] for i in rng.permutation(np.tile(np.arange(len(runs)), times))]
    at, places = 0.6, []
    for run in order:
        places.append((run, at))
        at += run.duration + float(np.clip(0.45 * np.exp(0.6 * rng.standard_normal()), 0.13, 2.2))
    count = round((places[-1][1] + places[-1][0].duration + 0.6) * RATE_HZ)
    samples = _placed(take.samples, places, _room(take.samples, take.speech, seed=seed)(count))
    words = tuple(
        Word(word.text, _later(word.segment, start - run.start))
        for run, start in places
        for word in take.words
        if word.segment and run.start - 1e-6 <= word.segment.start < run.end
    )
    speech = joined((word.segment for word in words if word.segment), gap_s=INVISIBLE_GAP_S)
    levelled = at_active_level(samples, speech, RATE_HZ, LEVEL_DBFS)
    return Clip(f"{take.name} spaced", _group(take), take.name, levelled, speech, **_said(words, take.finnish))


def _group(take: Take) -> str:
    return "people noisy" if take.name.startswith("cold_corpus") else "people clean"


def _said(words: tuple[Word, ...], finnish: bool) -> dict[str, Any]:
    return {"words": words, "syllables": sum(syllable_count(word.text) for word in words)} if finnish else {}


def _placed(source: Samples, places: list[tuple[Segment, float]], floor: Samples) -> Samples:
    """Runs of `source` laid over `floor`, each with up to 80 ms of its own surroundings, faded in and out."""
    result = floor.copy()
    for index, (run, start) in enumerate(places):
        before = start - (places[index - 1][0].duration + places[index - 1][1]) if index else 1.0
        after = places[index + 1][1] - start - run.duration if index + 1 < len(places) else 1.0
        lead, tail = min(GUARD_S, before / 2, start, run.start), min(GUARD_S, after / 2)
        first, last = round((run.start - lead) * RATE_HZ), round((run.end + tail) * RATE_HZ)
        at = round((start - lead) * RATE_HZ)
        piece = source[first : min(last, first + len(result) - at)]
        fade = min(round(FADE_S * RATE_HZ), len(piece) // 4)
        ramp = np.ones(len(piece), np.float32)
        ramp[:fade] = np.sin(0.5 * np.pi * np.arange(fade) / fade) ** 2
        ramp[len(ramp) - fade :] = ramp[:fade][::-1]
        result[at : at + len(piece)] = ramp * piece + (1 - ramp) * result[at : at + len(piece)]
    return result


def _room(samples: Samples, speech: Segments, *, seed: int):  # type: ignore[no-untyped-def]
    """A maker of room noise: shuffled, overlapping pieces of what lies between the speech."""
    limit = len(samples) / RATE_HZ
    away = moved(speech, start_s=-0.06, end_s=0.1, limit=limit)
    size = round(0.06 * RATE_HZ)
    free = ~mask_of(away, count=len(samples), step_s=1 / RATE_HZ)
    run = np.convolve(free.astype(np.int32), np.ones(size, np.int32), mode="valid") == size
    starts = np.flatnonzero(run)
    rng = np.random.default_rng(seed)

    def make(count: int) -> Samples:
        result = np.zeros(count + size, np.float32)
        if len(starts) == 0:
            return result[:count]
        window = np.sin(np.pi * (np.arange(size) + 0.5) / size).astype(np.float32)
        for at in range(0, count, size // 2):
            first = int(starts[rng.integers(len(starts))])
            result[at : at + size] += window[: len(result) - at] * samples[first : first + size][: len(result) - at]
        return result[:count]

    return make


def _later(segment: Segment | None, seconds: float) -> Segment:
    assert segment is not None
    return Segment(max(0.0, segment.start + seconds), segment.end + seconds)


def _labels(path: Path) -> dict[str, Any]:
    labels: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return labels


def _samples(path: Path, channel: int) -> Samples:
    """One channel at 16 kHz, without rumble below 60 Hz: it would hide the voice's level."""
    with av.open(str(path)) as container:
        rate = container.streams.audio[0].rate
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
        layout = container.streams.audio[0].channels
    if frames[0].shape[0] == 1 and layout > 1:
        values = np.concatenate([frame.reshape(-1, layout).T for frame in frames], axis=1)[channel]
    else:
        values = np.concatenate(frames, axis=1)[channel]
    scale = {"f": 1.0, "i": float(np.iinfo(values.dtype).max) + 1 if values.dtype.kind == "i" else 1.0}
    samples = soxr.resample(values.astype(np.float64) / scale[values.dtype.kind], rate, RATE_HZ)
    high = scipy.signal.butter(4, 60, "highpass", fs=RATE_HZ, output="sos")
    filtered: Samples = scipy.signal.sosfilt(high, samples).astype(np.float32)
    return filtered
