"""Hesitations put into made Finnish, and what sounds like them: long vowels, and last vowels held at a phrase's end.

Made hesitations are held more evenly than people's, so their figures only show that nothing broke and how noise and
codecs tell; people's are in `people_fillers`. The words stand in for a recogniser's at its usual: hesitations are left
out, edges lie up to 80 ms off, every other sound is swallowed by the word after it, and a drawn-out word ends early.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from analysis.hesitation_sounds import candidates_of, hesitations_heard
from analysis.intervals import total
from analysis.types import Segment, Segments, Word
from samples.call import Manner, Spot, spoken_turns
from samples.speech import GUARD_S, joined, respaced, runs_of, speak_many
from samples.spoken import Line, Mark, Spoken
from tests.accuracy import resynthesis
from tests.accuracy.conditions import CONDITIONS, unavailable
from tests.accuracy.corpus import RATE_HZ, Clip, cached, clip_of, synthetic_clips
from tests.accuracy.people_fillers import matched
from tests.accuracy.product import measured
from tests.accuracy.rows import Order, Row, Split, case
from tests.accuracy.texts import VOICES

DRAWN_OUT = 2.5
"""How much longer the last vowel of a word with the sign ``^`` is held; people do so by a half to twice as long again."""

VOWELS = "aeiouyäö&"
"""First letters of the synthesisers' vowels."""

STEP_S = 0.005
OFF_S = 0.08
EARLY_S = 0.15

FILLED: dict[Split, tuple[str, ...]] = {
    "dev": (
        "Katson [öö] tilauksesi tiedot tästä.",
        "Se on [mm] lähtenyt varastolta eilen.",
        "Kuljettaja [öm] soittaa ennen kuin tulee.",
        "Voitte [öö] jättää avaimen naapurille.",
        "[Öö] sopiiko iltapäivä paremmin?",
        "Laitan sen [ää] ylös heti.",
    ),
    "test": (
        "Tarkistan [öö] varauksen numeron ensin.",
        "Laiva lähtee [mm] vasta kello viisi.",
        "Lippu tulee [öm] sähköpostiin tänään.",
        "Saatte [öö] samalla uuden paikan.",
        "[Öö] haluaisitteko ikkunan vierestä?",
        "Maksu on [ää] palautettu tilille.",
    ),
}
LOOKALIKES: dict[Split, tuple[str, ...]] = {
    "dev": (
        "Hyvää yötä, nähdään ^myöhemmin.",
        "Tämä sää on vielä ^kylmää.",
        "Työ on tehty, ja maksu on ^maksettu.",
        "Niin, juuri se puu ^kaatuu.",
        "Syödään sitten kun ^ehdimme.",
        "Ensin öljyt vaihtoon, sitten ^renkaat.",
    ),
    "test": (
        "Möökki on siellä niemen ^päässä.",
        "Tääkin lasku on jo ^hyväksytty.",
        "Viikonloppuna tie on ^tyhjä.",
        "Jää on vielä liian ^ohutta.",
        "Höyry nousee, kun sauna on ^lämmin.",
        "Kyllä, muutto on ensi ^keskiviikkona.",
    ),
}


@case("made_fillers")
def made_fillers(order: Order) -> Iterator[Row]:
    """F1 of inserted hesitations, and false alarms a minute where there are none, on each line."""
    if resynthesis.missing():
        return
    filled, alike = (_clips(order.split, order.quick, kind) for kind in ("filled", "alike"))
    for condition in order.conditions:
        if unavailable(condition) is not None:
            continue
        scores = [matched(_found(clip, words, condition, order), truth) for clip, words, truth in filled]
        hits, false, missed = (sum(part) for part in zip(*scores, strict=True))
        note = f"made, words as a recogniser's; {hits} hits, {false} false, {missed} missed"
        f1 = 2 * hits / max(1, 2 * hits + false + missed)
        yield Row("hesitations_made_f1", condition, order.split, "inserted", f1, "share", hits + missed, note)
        wrong = sum(len(_found(clip, words, condition, order)) for clip, words, _ in alike)
        minutes = sum(total(clip.speech) for clip, _, _ in alike) / 60
        note = f"{wrong} in {minutes:.1f} min of long vowels and held last vowels"
        yield Row("hesitations_made_false", condition, order.split, "look-alikes", wrong / minutes, "1/min", 1, note)


def _found(clip: Clip, words: tuple[Word, ...], condition: str, order: Order) -> Segments:
    """Hesitations that the product hears on a line."""
    heard = CONDITIONS[condition](clip, synthetic_clips(order))
    result = measured(heard.samples, sample_rate=heard.sample_rate)
    assert result.raw is not None
    candidates = candidates_of(result.material.levels, result.raw, result.material.speech, words)
    return tuple(one.segment for one in hesitations_heard(candidates) if one.segment is not None)


@cache
def _clips(split: Split, quick: bool, kind: str) -> tuple[tuple[Clip, tuple[Word, ...], Segments], ...]:
    """Each voice's clip, with a recogniser's words and the true hesitations."""
    sentences, speak = (FILLED[split], _filled) if kind == "filled" else (LOOKALIKES[split], _drawn_out)
    made = []
    for number, voice in enumerate(VOICES[split][: 1 if quick else None]):
        seed = (40000 if split == "dev" else 50000) + number
        key = f"{Path(__file__).read_bytes()!r}|{kind}|{voice}|{seed}"
        said = cached(key, lambda voice=voice, seed=seed: speak(sentences, voice, seed))
        spoken = said.spoken
        clip = clip_of(spoken, name=f"{kind} {voice}", group=kind, voice=voice, stretch=1.0, seed=seed)
        truth = tuple(Segment(spoken.words[i].start, spoken.words[i].end) for i in sorted(said.hesitations))
        made.append((clip, _recognised(said, seed), truth))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Said:
    """Speech, and which of its words are hesitations and which are drawn out, by their numbers."""

    spoken: Spoken
    hesitations: frozenset[int] = frozenset()
    drawn_out: frozenset[int] = frozenset()


def _filled(sentences: tuple[str, ...], voice: str, seed: int) -> Said:
    text = " ".join(sentences)
    if voice.startswith("espeak"):
        text = text.replace("[mm]", "[ää]").replace("[öm]", "[öö]")  # it has no hummed ones
    spot = Spot("agent", text)
    (turn,) = spoken_turns([spot], {"agent": Manner(voice, spread=0.5)}, seed=seed, sample_rate=RATE_HZ)
    return Said(turn.spoken, frozenset(i for i, piece in enumerate(turn.pieces) if piece.hesitation))


def _drawn_out(sentences: tuple[str, ...], voice: str, seed: int) -> Said:
    rng = np.random.default_rng(seed)
    texts = [sentence.replace("^", "") for sentence in sentences]
    parts, last_words, count = [], set(), 0
    for text, made in zip(texts, speak_many([Line(text, voice) for text in texts], sample_rate=RATE_HZ), strict=True):
        held = _held(made)
        inner = [float(rng.uniform(0.3, 0.5))] * (len(runs_of(held)) - 1)
        parts.append(respaced(held, [GUARD_S, *inner, float(rng.uniform(0.35, 0.7))]))
        count += len(text.split())
        last_words.add(count - 1)
    return Said(joined(parts), drawn_out=frozenset(last_words))


def _held(spoken: Spoken) -> Spoken:
    """The same with its last vowel held `DRAWN_OUT` times as long: its frames are said more than once."""
    import pyworld

    rate, samples = spoken.sample_rate, spoken.samples.astype(np.float64)
    vowel = next(phone for phone in reversed(spoken.phones) if phone.label[0].lower() in VOWELS)
    coarse, times = pyworld.dio(samples, rate, frame_period=1000 * STEP_S)
    f0 = pyworld.stonemask(samples, coarse, times, rate)
    envelope = pyworld.cheaptrick(samples, f0, times, rate)
    aperiodicity = pyworld.d4c(samples, f0, times, rate)
    first, last = round(vowel.start / STEP_S), round(vowel.end / STEP_S)
    added = round((DRAWN_OUT - 1) * (last - first))
    frames = np.concatenate(
        (np.arange(first), np.linspace(first, last, last - first + added, endpoint=False), np.arange(last, len(f0)))
    ).astype(int)
    made = pyworld.synthesize(*(part[frames] for part in (f0, envelope, aperiodicity)), rate, 1000 * STEP_S)

    def later(marks: list[Mark]) -> list[Mark]:
        def at(time: float) -> float:
            inside = min(max(time - vowel.start, 0.0), vowel.end - vowel.start)
            return time + inside / (vowel.end - vowel.start) * added * STEP_S

        return [Mark(mark.label, at(mark.start), at(mark.end)) for mark in marks]

    return replace(
        spoken,
        samples=made.astype(np.float32),
        phones=later(spoken.phones),
        words=later(spoken.words),
        syllables=later(spoken.syllables),
        f0=[],
    )


def _recognised(said: Said, seed: int) -> tuple[Word, ...]:
    """The words as a recogniser would time them, without the hesitations."""
    rng = np.random.default_rng(seed + 7)
    words: list[Word] = []
    swallow, at = False, 0.0
    for number, mark in enumerate(said.spoken.words):
        if number in said.hesitations:
            continue
        start, end = (edge + float(rng.uniform(-OFF_S, OFF_S)) for edge in (mark.start, mark.end))
        if number in said.drawn_out:
            end = mark.end - float(rng.uniform(0, EARLY_S))
        if number - 1 in said.hesitations:
            swallow = not swallow
            start = at if swallow else start
        start = max(start, at)
        at = max(end, start + 0.02)
        words.append(Word(mark.label, Segment(start, at)))
    return tuple(words)
