"""How well sentences that open with *ei* are found in recognised speech, by tier."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.finnish.openings import FoundOpening, openings_in
from analysis.finnish.sentences import sentences_of
from analysis.types import Segment
from models.detection import Detection
from tests.accuracy.asr_lines import arrived
from tests.accuracy.asr_recognised import Heard, detection_of, heard, product_turns
from tests.accuracy.asr_sentences import opens_with_ei
from tests.accuracy.asr_speech import EXTRA_VOICES, FRESH_VOICES, VOICES, SpokenTurns, turns_spoken
from tests.accuracy.rows import Row, Split

SEED = 5
SET_OF: dict[Split, tuple[str, ...]] = {"dev": ("A", "B"), "test": ("E",)}
"""C and D were tuned on too; they are left out of the rows to save time."""
EXTRA_OF: dict[Split, tuple[str, ...]] = {"dev": EXTRA_VOICES, "test": FRESH_VOICES}


@dataclass(frozen=True, slots=True)
class Score:
    """Hits, false alarms and misses."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.hits / max(1, self.hits + self.missed)


def matched(found: Sequence[Segment], truth: Sequence[float]) -> tuple[dict[int, int], Score]:
    """Which found word belongs to which true onset; each is used once, the nearest pairs first."""
    pairs = sorted(
        (abs(word.start - onset), i, k)
        for i, word in enumerate(found)
        for k, onset in enumerate(truth)
        if word.start - 0.2 <= onset <= word.end + 0.05 or abs(word.start - onset) <= 0.6
    )
    used: dict[int, int] = {}
    for _, i, k in pairs:
        if i not in used and k not in used.values():
            used[i] = k
    return used, Score(len(used), len(found) - len(used), len(truth) - len(used))


def found_in(result: Heard, detection: Detection, spoken: SpokenTurns) -> tuple[FoundOpening, ...]:
    """The *ei* openings that the product lists."""
    sentences = sentences_of(product_turns(result, detection, spoken.customer), recognised=True)
    return tuple(one for one in openings_in(sentences, recognised=True) if one.opening.is_ei)


def truth_of(spoken: SpokenTurns) -> list[float]:
    """Onsets of the *ei* of the sentences that open with it."""
    return [
        next(mark.start for mark in spoken.words if mark.start >= onset - 0.05 and mark.label.lower().startswith("ei"))
        for onset, text in spoken.sentences
        if opens_with_ei(text)
    ]


def onset_of(one: FoundOpening) -> Segment:
    """The word that is taken for *ei*."""
    word = one.opening.word.segment
    assert word is not None
    return word


def case(name: str, voice: str, condition: str, *, split: Split) -> tuple[SpokenTurns, Heard, Detection]:
    """One file of the bench and what was heard in it."""
    spoken = turns_spoken(name, voice)
    samples, rate = arrived(spoken, condition, seed=SEED, split=split)
    result = heard(samples, rate)
    return spoken, result, detection_of(samples, rate, result.speech)


def scores(name: str, voice: str, condition: str, *, split: Split) -> dict[str, Score]:
    """Score of the certain tier, and of certain and check together."""
    spoken, result, detection = case(name, voice, condition, split=split)
    found, truth = found_in(result, detection, spoken), truth_of(spoken)
    groups = {"certain": [one for one in found if one.evidence.tier == "certain"], "all": list(found)}
    return {tier: matched([onset_of(one) for one in some], truth)[1] for tier, some in groups.items()}


def rows(split: Split, *, voices: Sequence[str], conditions: Sequence[str]) -> Iterator[Row]:
    """Precision and recall of each tier, by condition and voice, over the two main voices and over all."""
    for condition in conditions:
        sums: dict[str, dict[str, Score]] = {"both voices": {}, "all voices": {}}
        for voice in voices:
            found = [scores(name, voice, condition, split=split) for name in SET_OF[split]]
            for tier in ("certain", "all"):
                score = sum((one[tier] for one in found), Score())
                for group in ("both voices", "all voices") if voice in VOICES else ("all voices",):
                    sums[group][tier] = sums[group].get(tier, Score()) + score
                yield from _two(tier, condition, split, voice, score)
        if set(VOICES) < set(voices):
            for group, tiers in sums.items():
                for tier, score in tiers.items():
                    yield from _two(tier, condition, split, group, score)


def _two(tier: str, condition: str, split: Split, voice: str, score: Score) -> Iterator[Row]:
    note = f"{score.hits} hits, {score.false} false, {score.missed} missed; 95 % interval "
    found, there = score.hits + score.false, score.hits + score.missed
    precision = score.precision if found else None
    yield Row(
        f"ei_{tier}_precision", condition, split, voice, precision, "share", found, note + wilson(score.hits, found)
    )
    yield Row(
        f"ei_{tier}_recall", condition, split, voice, score.recall, "share", there, note + wilson(score.hits, there)
    )


def wilson(hits: int, cases: int, *, z: float = 1.96) -> str:
    """Where the true share is likely to lie, by Wilson's interval; empty without cases."""
    if not cases:
        return "-"
    share, spread = hits / cases, z * z / cases
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / cases + spread / (4 * cases)) / (1 + spread)
    return f"{middle - half:.2f} to {middle + half:.2f}"
