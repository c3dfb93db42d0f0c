"""Hesitation sounds of real people: what is found and what is made up. All labelled ones come from ONE English speaker.

The recogniser is told that the language is English; its "uh" and "um" are read as öö and öm here alone, so that the
product's own Finnish lexicon counts them. Fluent speech without any hesitation (spoken prompts by another speaker,
read Finnish) tells how many are made up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soundfile
import soxr

from analysis.filler_merging import merged_fillers
from analysis.finnish.fillers import fillers_in
from analysis.hesitation_sounds import candidates_of, hesitations_heard
from analysis.intervals import subtracted, total
from analysis.pitch import RawPitch
from analysis.types import Filler, Samples, Segment, Segments, Word
from models.detection import Detection
from models.pitch import raw_pitch
from samples.alaw import alaw_decoded, alaw_encoded
from samples.call import telephone_band
from tests.accuracy import conditions as lines
from tests.accuracy.asr_openings import SEED, case
from tests.accuracy.asr_rate import SET_OF
from tests.accuracy.asr_recognised import detection_of, heard, product_words
from tests.accuracy.asr_speech import CONDITIONS as LINES
from tests.accuracy.asr_speech import VOICES, turns_spoken
from tests.accuracy.corpus import RATE_HZ
from tests.accuracy.product import measured
from tests.accuracy.rows import Order, Row, Split
from tests.signals import DATA

FILLERS = DATA / "fillers"
OWN = ("wide band", "telephone")
"""As recorded, and in the telephone band through A-law at the level it was recorded at; the others are the bench's lines."""
_ENGLISH = re.compile(r"^(\W*)(u+h+|e+r+|a+h+|u+m+|h+m+|m+h?m+|e+r+m+)(\W*)$", re.IGNORECASE)


@dataclass(frozen=True)
class Clip:
    """One recording in one condition, with what the product knows of it before it looks for hesitations.

    Parameters
    ----------
    name, condition : str
    truth : tuple of Segment
        Labelled hesitations.
    words : tuple of Word
    detection : Detection
    raw : RawPitch
    """

    name: str
    condition: str
    truth: Segments
    words: tuple[Word, ...]
    detection: Detection
    raw: RawPitch

    @property
    def fluent_s(self) -> float:
        """Seconds of speech outside the labelled hesitations."""
        return total(subtracted(self.detection.speech, self.truth))


def labelled() -> tuple[str, ...]:
    """Files of real speech whose hesitations are all labelled, those with none included."""
    names = sorted(path.name for path in FILLERS.iterdir() if path.suffix != ".json")
    return tuple(name for name in names if _labels(name) is not None)


def fluent() -> tuple[tuple[Path, str], ...]:
    """Recordings of fluent read speech in which nobody hesitates, with their languages."""
    prompts = sorted((DATA / "codec").glob("asterisk_*.wav"))
    finnish = sorted((DATA / "finnish").glob("fi_*.wav"))
    return (*((path, "en") for path in prompts), *((path, "fi") for path in finnish))


def clip(path: Path, condition: str, *, split: Split = "test", language: str = "en") -> Clip:
    """The recording through detector, recogniser and pitch tracker; the split's voices are the babble."""
    samples, rate = _read(path, condition, split)
    result = heard(samples, rate, language=language)
    detection = detection_of(samples, rate, result.speech)
    raw = _pitch(samples, rate, detection)
    truth = _labels(path.name) if path.parent.name == "fillers" else ()
    return Clip(path.name, condition, truth or (), product_words(result, detection), detection, raw)


def found_in(one: Clip) -> tuple[Filler, ...]:
    """Hesitation sounds as the scorecard lists them."""
    words = tuple(replace(word, text=_ENGLISH.sub(_finnish, word.text)) for word in one.words)
    written = fillers_in(words)
    hesitations = {filler.segment for filler in written if filler.kind == "hesitation"}
    spoken = tuple(word for word in words if word.segment not in hesitations)
    candidates = candidates_of(one.detection.levels, one.raw, one.detection.speech, spoken)
    merged = merged_fillers(written, hesitations_heard(candidates))
    return tuple(filler for filler in merged if filler.kind == "hesitation")


def matched(found: Segments, truth: Segments) -> tuple[int, int, int]:
    """Hits, false alarms and misses; a hit shares at least a third of the shorter one, each is used once."""
    pairs = sorted(
        (-(min(a.end, b.end) - max(a.start, b.start)) / max(1e-6, min(a.duration, b.duration)), i, k)
        for i, a in enumerate(found)
        for k, b in enumerate(truth)
    )
    used: dict[int, int] = {}
    for share, i, k in pairs:
        if share <= -1 / 3 and i not in used and k not in used.values():
            used[i] = k
    return len(used), len(found) - len(used), len(truth) - len(used)


def rows(order: Order) -> Iterator[Row]:
    """F1 on the labelled speaker, and false alarms a minute of fluent speech, by condition."""
    split, own = order.split, OWN if order.own else ()
    for condition in (*own, *(line for line in order.conditions if lines.unavailable(line) is None)):
        clips = [clip(FILLERS / name, condition, split=split) for name in labelled()]
        scores = [(one, matched(_segments(found_in(one)), one.truth)) for one in clips]
        talks = [score for one, score in scores if one.truth]
        for group, some in (("all labelled files", [score for _, score in scores]), ("files with hesitations", talks)):
            hits, false, missed = (sum(part) for part in zip(*some, strict=True))
            note = f"one English speaker; {hits} hits, {false} false, {missed} missed"
            f1 = 2 * hits / max(1, 2 * hits + false + missed)
            yield Row("hesitations_f1", condition, split, group, f1, "share", hits + missed, note)
        calm = [clip(path, condition, split=split, language=language) for path, language in fluent()]
        wrong = sum(len(found_in(one)) for one in calm)
        minutes = sum(one.fluent_s for one in calm) / 60
        note = f"{wrong} in {minutes:.1f} min of read prompts and read Finnish"
        yield Row("hesitations_false", condition, split, "fluent people", wrong / minutes, "1/min", len(calm), note)
        if condition in OWN:
            yield made_row(split, condition)


def made_row(split: Split, condition: str) -> Row:
    """False alarms in the made Finnish of the openings bench, in which nobody hesitates."""
    line = "clean" if condition == "wide band" else "telephone"
    found, seconds = 0, 0.0
    for voice in VOICES:
        _, result, detection = case(SET_OF[split], voice, line, split=split)
        spoken = turns_spoken(SET_OF[split], voice)
        samples, rate = LINES[line](spoken.samples, seed=SEED)
        raw = _pitch(samples, rate, detection)
        one = Clip(voice, line, (), product_words(result, detection), detection, raw)
        found += len(found_in(one))
        seconds += one.fluent_s
    note = f"{found} in {seconds / 60:.1f} min of made Finnish"
    return Row(
        "hesitations_false", condition, split, "made Finnish", found / (seconds / 60), "1/min", len(VOICES), note
    )


def _pitch(samples: Samples, rate: int, detection: Detection) -> RawPitch:
    return raw_pitch(
        lambda first, last: samples[max(0, first) : max(0, last)],
        detection.speech,
        sample_rate=rate,
        count=len(detection.levels.power),
        speech_db=detection.active.speech_db,
    )


def _finnish(found: re.Match[str]) -> str:
    said = "öm" if found[2].lower().endswith("m") else "öö"
    return f"{found[1]}{said}{found[3]}"


def _segments(fillers: tuple[Filler, ...]) -> Segments:
    return tuple(filler.segment for filler in fillers if filler.segment is not None)


def _labels(name: str) -> Segments | None:
    told = json.loads((FILLERS / name).with_suffix(".json").read_text())["fillers"]
    return None if told is None else tuple(Segment(one["start"], one["end"]) for one in told)


def _read(path: Path, condition: str, split: Split) -> tuple[Samples, int]:
    if condition in lines.CONDITIONS:
        return _sent(path, condition, split)
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = np.ascontiguousarray(samples[:, 0])
    wanted = 8000 if condition == "telephone" or rate == 8000 else 16000
    if rate != wanted:
        mono = soxr.resample(mono, rate, wanted, quality="VHQ").astype(np.float32)
    if condition == "telephone":
        mono = alaw_decoded(alaw_encoded(telephone_band(mono, sample_rate=wanted)))
    return mono, wanted


def _sent(path: Path, condition: str, split: Split) -> tuple[Samples, int]:
    """The recording at the bench's level over one of its lines; babble is of the split's made voices."""
    samples, rate = _read(path, "wide band", split)
    wide = samples if rate == RATE_HZ else soxr.resample(samples, rate, RATE_HZ, quality="VHQ").astype(np.float32)
    speech = measured(wide, sample_rate=RATE_HZ, pitch=False).material.speech
    heard = lines.sent(wide, speech, condition, name=path.name, split=split)
    return heard.samples, heard.sample_rate
