"""How far what was found is from what is true: pauses, speech time, pitch frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.types import Segment, Segments

SHORTEST_PAUSE_S = 0.25
EDGE_S = 0.10
SLACK_S = 0.08


@dataclass(frozen=True, slots=True)
class Hits:
    """Counts that add up over clips: of pauses found, of true ones, and of those that match."""

    matched_found: int
    found: int
    matched_true: int
    true: int

    def __add__(self, other: Hits) -> Hits:
        return Hits(
            self.matched_found + other.matched_found,
            self.found + other.found,
            self.matched_true + other.matched_true,
            self.true + other.true,
        )

    @property
    def precision(self) -> float:
        """Share of the found pauses that are true."""
        return self.matched_found / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the true pauses that are found."""
        return self.matched_true / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pause_hits(found_gaps: Segments, true_gaps: Segments) -> Hits:
    """Pauses of 250 ms or more against each other.

    Parameters
    ----------
    found_gaps, true_gaps : tuple of Segment
        Gaps of any length; each is matched at most once, the nearest first.

    Notes
    -----
    A match has both edges within 100 ms. A true pause at the 250 ms limit may be found up to 80 ms shorter than the
    limit and the other way round: neither is a miss then, nor a false one.
    """
    pairs = _matched(found_gaps, true_gaps)
    partner_of_found = dict(pairs)
    partner_of_true = {t: f for f, t in pairs}
    found = [i for i, gap in enumerate(found_gaps) if gap.duration >= SHORTEST_PAUSE_S - 1e-9]
    true = [i for i, gap in enumerate(true_gaps) if gap.duration >= SHORTEST_PAUSE_S - 1e-9]
    least = SHORTEST_PAUSE_S - SLACK_S
    good_found = sum(i in partner_of_found and true_gaps[partner_of_found[i]].duration >= least for i in found)
    good_true = sum(i in partner_of_true and found_gaps[partner_of_true[i]].duration >= least for i in true)
    return Hits(good_found, len(found), good_true, len(true))


def _matched(found: Segments, true: Segments) -> list[tuple[int, int]]:
    """Pairs whose edges both lie within 100 ms, best first, each gap in one pair."""
    near = sorted(
        (abs(f.start - t.start) + abs(f.end - t.end), i, j)
        for i, f in enumerate(found)
        for j, t in enumerate(true)
        if abs(f.start - t.start) <= EDGE_S and abs(f.end - t.end) <= EDGE_S
    )
    used_found: set[int] = set()
    used_true: set[int] = set()
    pairs = []
    for _, i, j in near:
        if i not in used_found and j not in used_true:
            pairs.append((i, j))
            used_found.add(i)
            used_true.add(j)
    return pairs


def edge_errors(found: Segments, true: Segments) -> tuple[list[float], list[float]]:
    """Errors of the starts and ends of matched pauses in seconds, later is positive."""
    pairs = _matched(found, true)
    return (
        [found[i].start - true[j].start for i, j in pairs],
        [found[i].end - true[j].end for i, j in pairs],
    )


@dataclass(frozen=True, slots=True)
class PitchHits:
    """Counts of pitch frames that add up over clips."""

    both: int
    gross: int
    octave_down: int
    octave_up: int
    judged: int
    voicing_wrong: int
    missed: int
    voiced: int

    def __add__(self, other: PitchHits) -> PitchHits:
        return PitchHits(
            self.both + other.both,
            self.gross + other.gross,
            self.octave_down + other.octave_down,
            self.octave_up + other.octave_up,
            self.judged + other.judged,
            self.voicing_wrong + other.voicing_wrong,
            self.missed + other.missed,
            self.voiced + other.voiced,
        )


def pitch_hits(found_hz: npt.NDArray[np.float32], true_hz: npt.NDArray[np.float32]) -> PitchHits:
    """Frames of a contour against the truth, both 0 or NaN where unvoiced.

    Notes
    -----
    Gross: off by more than 20 %, of the frames that both call voiced. Voicing: frames within one frame of a true
    change of voicing are left out.
    """
    count = min(len(found_hz), len(true_hz))
    found, true = np.nan_to_num(found_hz[:count]), true_hz[:count]
    heard, voiced = found > 0, true > 0
    change = np.diff(voiced.astype(np.int8), prepend=voiced[:1]) != 0
    unsure = change | np.roll(change, -1) | np.roll(change, 1) | np.roll(change, -2)
    both = heard & voiced & ~unsure
    ratio = found[both] / true[both]
    wrong = np.abs(ratio - 1) > 0.2
    judged = ~unsure
    return PitchHits(
        both=int(both.sum()),
        gross=int(wrong.sum()),
        octave_down=int((np.abs(ratio - 0.5) < 0.1).sum()),
        octave_up=int((np.abs(ratio - 2.0) < 0.4).sum()),
        judged=int(judged.sum()),
        voicing_wrong=int((heard != voiced)[judged].sum()),
        missed=int((voiced & ~heard & judged).sum()),
        voiced=int((voiced & judged).sum()),
    )


def gaps_between(speech: Segments) -> Segments:
    """All gaps between neighbours."""
    return tuple(Segment(a.end, b.start) for a, b in zip(speech, speech[1:], strict=False) if b.start > a.end)


def mean_abs(errors: Sequence[float]) -> float | None:
    """Mean absolute value; None of nothing."""
    return float(np.mean(np.abs(errors))) if len(errors) else None


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's r; None where there are too few or constant values."""
    if len(first) < 4 or np.std(first) == 0 or np.std(second) == 0:
        return None
    return float(np.corrcoef(first, second)[0, 1])
