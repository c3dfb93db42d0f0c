"""Cases of the acoustic side: pauses, speech time, tempo and level on every line, for made speech and for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from analysis.intervals import intersection, joined, total
from analysis.pitch import modal_semitones
from analysis.types import PitchContour, Segments
from tests.accuracy.conditions import CONDITIONS, EDGE, FEW, Heard, unavailable
from tests.accuracy.corpus import Clip, active_db, synthetic_clips
from tests.accuracy.faint_endings import faint_clips
from tests.accuracy.people import breaths, people_clips
from tests.accuracy.product import Result, measured, on_truth, with_words
from tests.accuracy.rows import Order, Row, case
from tests.accuracy.scores import SHORTEST_PAUSE_S, Hits, correlation, edge_errors, gaps_between, mean_abs, pause_hits

DERIVED = {
    "pause_ratio": "ratio",
    "mean_pause_duration": "s",
    "pause_rate": "1/min",
    "longest_pause": "s",
    "f0_sd": "st",
    "level_range": "dB",
    "phrase_end_drop": "dB",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One clip on one line, and what the product made of it."""

    clip: Clip
    heard: Heard
    result: Result

    @property
    def speech(self) -> Segments:
        """Speech that was found."""
        return self.result.material.speech


@cache
def outcomes(order: Order, condition: str, source: str) -> tuple[Outcome, ...]:
    """The clips of `source` on one line; computed once and shared by the cases."""
    clips = _SOURCES[source](order)
    line = (CONDITIONS | EDGE | FEW)[condition]
    made = synthetic_clips(order)
    found = []
    for clip in clips:
        heard = line(clip, made)
        # Pitch is the dear part, and nobody asks these many clips for it.
        pitch = source != "faint endings" and condition not in EDGE | FEW
        result = measured(heard.samples, sample_rate=heard.sample_rate, pitch=pitch)
        found.append(Outcome(clip, heard, result))
    return tuple(found)


def _pitched(order: Order) -> list[Clip]:
    from tests.accuracy.resynthesis import pitched_clips

    return pitched_clips(order)


_SOURCES: dict[str, Callable[[Order], list[Clip]]] = {
    "synthetic": synthetic_clips,
    "faint endings": faint_clips,
    "people": people_clips,
    "pitched": _pitched,
}


def on_each_line(order: Order, source: str) -> Iterator[tuple[str, tuple[Outcome, ...]]]:
    """Outcomes of `source` on each line that this machine can make."""
    for condition in order.conditions:
        if unavailable(condition) is None and (found := outcomes(order, condition, source)):
            yield condition, found


def groups_of(found: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """Outcomes by the group of their clip; all people together are a group too."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in found:
        group = outcome.clip.group
        if group.startswith("people"):
            groups.setdefault("people", []).append(outcome)
        groups.setdefault(group, []).append(outcome)
    return groups


@case("pauses")
def pauses(order: Order) -> Iterator[Row]:
    """Pause F1, the bias of its edges, and the error of the speech time."""
    for source in ("synthetic", "faint endings", "people"):
        for condition, found in on_each_line(order, source):
            for group, part in groups_of(found).items():
                yield from _pause_rows(order, condition, group, part)


@case("pauses_in_noise")
def pauses_in_noise(order: Order) -> Iterator[Row]:
    """Pauses, and the measures that follow from them, on the noisiest lines on which they are shown and before few talkers."""
    names = [name for name in DERIVED if "pause" in name]
    for condition in (*EDGE, *FEW) if order.own else ():
        for source in ("synthetic", "people"):
            for group, part in groups_of(outcomes(order, condition, source)).items():
                yield from _pause_rows(order, condition, group, part)
                yield from _derived_rows(order, condition, group, part, names)


@case("breaths")
def breath_time(order: Order) -> Iterator[Row]:
    """How much of a person's loud breaths between words is taken for speech."""
    if (recorded := breaths()) is None:
        return
    samples, marks = recorded
    clip = Clip("mfa_breaths", "people", "mfa_breaths", samples, marks)
    for condition in order.conditions:
        if condition in ("wb16", "a-law", "gsm", "amr", "opus8") and unavailable(condition) is None:
            heard = CONDITIONS[condition](clip, [clip])
            speech = measured(heard.samples, sample_rate=heard.sample_rate, pitch=False).material.speech
            share = 100 * total(intersection(speech, marks)) / total(marks)
            yield Row("breath_taken_for_speech", condition, order.split, "people", share, "%", len(marks), "n: breaths")


def _pause_rows(order: Order, condition: str, group: str, part: list[Outcome]) -> Iterator[Row]:
    hits = audible = Hits(0, 0, 0, 0)
    starts: list[float] = []
    ends: list[float] = []
    errors, run_errors = [], []
    for outcome in part:
        own, true = gaps_between(outcome.speech), gaps_between(outcome.clip.speech)
        hits += pause_hits(own, true)
        if outcome.clip.audible is not None:
            audible += pause_hits(own, gaps_between(outcome.clip.audible))
        early, late = edge_errors(own, true)
        starts, ends = starts + early, ends + late
        errors.append(100 * (total(outcome.speech) / total(outcome.clip.speech) - 1))
        runs, true_runs = (joined(speech, gap_s=SHORTEST_PAUSE_S) for speech in (outcome.speech, outcome.clip.speech))
        run_errors.append(100 * (total(runs) / total(true_runs) - 1))

    def row(quantity: str, value: float | None, unit: str, n: int, note: str = "") -> Row:
        return Row(quantity, condition, order.split, group, value, unit, n, note)

    yield row("pause_f1", hits.f1, "0-1", hits.true, "n: true pauses of 250 ms or more")
    if audible.true:
        note = "silence at the ends of the true speech, as of a stop's closure, counted with the pause"
        yield row("pause_f1_audible", audible.f1, "0-1", audible.true, note)
    yield row("pause_precision", hits.precision, "0-1", hits.found)
    yield row("pause_recall", hits.recall, "0-1", hits.true)
    yield row("pause_start_bias", 1000 * float(np.median(starts)) if starts else None, "ms", len(starts))
    yield row("pause_end_bias", 1000 * float(np.median(ends)) if ends else None, "ms", len(ends))
    yield row("speech_time_error", mean_abs(errors), "%", len(part), "mean absolute, n: clips")
    yield row("speech_time_bias", float(np.mean(errors)), "%", len(part))
    yield row("run_time_error", mean_abs(run_errors), "%", len(part), "gaps below 250 ms closed on both sides")


@case("tempo")
def tempo(order: Order) -> Iterator[Row]:
    """Articulation rate from acoustic nuclei, and from the known text: the ceiling of what recognition could give."""
    for source in ("synthetic", "people"):
        for condition, found in on_each_line(order, source):
            for group, all_of_group in groups_of(found).items():
                part = [outcome for outcome in all_of_group if outcome.clip.syllables and outcome.clip.words]
                if not part:
                    continue
                true = [(o.clip.syllables or 0) / total(o.clip.speech) for o in part]
                heard = [_rate(o.result) for o in part]
                known = [_rate(with_words(o.result, o.clip.words or ())) for o in part]
                for name, found_rates in (("articulation_rate_nuclei", heard), ("articulation_rate_text", known)):
                    errors = [100 * (a / b - 1) for a, b in zip(found_rates, true, strict=True)]
                    at = (condition, order.split, group)
                    yield Row(f"{name}_error", *at, mean_abs(errors), "%", len(part), "mean absolute, n: clips")
                    yield Row(f"{name}_bias", *at, float(np.mean(errors)), "%", len(part))
                    yield Row(f"{name}_r", *at, correlation(found_rates, true), "r", len(part))


def _rate(result: Result) -> float:
    spoken = total(result.material.speech)
    return sum(run.count for run in result.material.syllables or ()) / spoken if spoken else 0.0


@case("level")
def level(order: Order) -> Iterator[Row]:
    """Speech level against the level that the speech alone arrives with, over the true speech."""
    for source in ("synthetic", "people"):
        for condition, found in on_each_line(order, source):
            for group, part in groups_of(found).items():
                errors, withheld = [], 0
                for o in part:
                    true = active_db(o.heard.arrived, o.clip.speech, o.heard.sample_rate)
                    value = o.result.values().get("speech_level")
                    if value is None:
                        withheld += 1
                    else:
                        errors.append(value - true)
                note = (
                    f"of what is shown, n: clips; the card withholds {withheld} more" if withheld else "mean absolute"
                )
                at = (condition, order.split, group)
                error, bias = (mean_abs(errors), float(np.mean(errors))) if errors else (None, None)
                yield Row("speech_level_error", *at, error, "dB", len(errors), note)
                yield Row("speech_level_bias", *at, bias, "dB", len(errors))


@case("derived")
def derived(order: Order) -> Iterator[Row]:
    """Measures that follow from pauses, pitch and levels, against what they say of the truth."""
    for source in ("synthetic", "pitched", "people"):
        for condition, found in on_each_line(order, source):
            groups = {"pitched": list(found)} if source == "pitched" else groups_of(found)
            for group, part in groups.items():
                yield from _derived_rows(order, condition, group, part)


def _derived_rows(
    order: Order, condition: str, group: str, part: list[Outcome], names: Sequence[str] = tuple(DERIVED)
) -> Iterator[Row]:
    pairs = [(o.result.values(), true_values(o)) for o in part]
    for name in names:
        unit = DERIVED[name]
        if name == "f0_sd" and group != "pitched":
            continue
        if group == "pitched" and name != "f0_sd":
            continue
        errors = [found[name] - true[name] for found, true in pairs if name in found and name in true]
        missing = sum(name in true and name not in found for found, true in pairs)
        note = (
            f"mean absolute, n: clips; withheld or not measured in {missing}" if missing else "mean absolute, n: clips"
        )
        at = (condition, order.split, group)
        yield Row(f"{name}_error", *at, mean_abs(errors), unit, len(errors), note)
        yield Row(f"{name}_bias", *at, float(np.mean(errors)) if errors else None, unit, len(errors))


def true_values(outcome: Outcome) -> dict[str, float]:
    """The measures on the true segments, the true F0, and the speech alone on the same line."""
    f0 = true_contour(outcome.clip)
    heard = outcome.heard
    values = on_truth(heard.reference, outcome.clip.speech, sample_rate=heard.sample_rate, f0=f0)
    if f0 is not None:
        # The plain one, whatever the measure does against the tracker's errors: a known contour has none.
        values["f0_sd"] = float(np.std(modal_semitones(f0), dtype=np.float64))
    return values


def true_contour(clip: Clip) -> PitchContour | None:
    """Known F0 and creak as the product's contour; None where they are not known."""
    if clip.f0_hz is None or clip.creak is None:
        return None
    hz = np.where(clip.f0_hz > 0, clip.f0_hz, np.float32(np.nan)).astype(np.float32)
    return PitchContour(0.01, hz, clip.creak)
