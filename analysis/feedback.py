"""What a person is told about their voice: what goes well, and the one thing to work on next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from analysis.catalogue import BY_NAME
from analysis.types import Evidence, Finding, Measure, Message, MessageArgument, Norm, Segment

Side = Literal["below", "above"]

STRENGTH_ORDER: tuple[str, ...] = (
    "articulation_rate",
    "ei_openings",
    "f0_range",
    "pause_rate",
    "filled_pause_rate",
    "phrase_end_drop",
    "mean_pause_duration",
    "f0_shift",
    "negative_openings",
    "speech_level",
    "filler_word_rate",
    "speech_rate",
    "tempo_variation",
    "level_range",
    "longest_pause",
    "f0_sd",
    "pause_ratio",
    "creak_share",
    "words_per_minute",
)
"""Measures that can be named as a strength, the most telling first. Pitch as such and speaking time are no merits."""

FOCUS_WEIGHTS: dict[tuple[str, Side], float] = {
    ("ei_openings", "above"): 1.0,
    ("filled_pause_rate", "above"): 0.9,
    ("articulation_rate", "above"): 0.85,
    ("articulation_rate", "below"): 0.6,
    ("pause_rate", "below"): 0.75,
    ("pause_ratio", "below"): 0.65,
    ("mean_pause_duration", "below"): 0.6,
    ("pause_rate", "above"): 0.5,
    ("f0_range", "below"): 0.65,
    ("f0_sd", "below"): 0.6,
    ("f0_shift", "above"): 0.6,
    ("filler_word_rate", "above"): 0.6,
    ("phrase_end_drop", "above"): 0.55,
    ("negative_openings", "above"): 0.55,
    ("longest_pause", "above"): 0.5,
    ("mean_pause_duration", "above"): 0.5,
    ("pause_ratio", "above"): 0.5,
    ("speech_rate", "above"): 0.5,
    ("speech_rate", "below"): 0.45,
    ("speech_level", "below"): 0.5,
    ("speech_level", "above"): 0.4,
    ("level_range", "below"): 0.4,
    ("level_range", "above"): 0.3,
    ("tempo_variation", "below"): 0.4,
    ("tempo_variation", "above"): 0.3,
    ("creak_share", "above"): 0.4,
    ("f0_shift", "below"): 0.4,
    ("f0_range", "above"): 0.3,
    ("f0_sd", "above"): 0.3,
    ("words_per_minute", "above"): 0.3,
    ("words_per_minute", "below"): 0.3,
}
"""How much it matters in the training that a measure is on this side of its norm. A pair that is absent is never
advised on: one's own natural pitch is not a fault, nor is having few openings with *ei*."""

_CONFIDENCE_WEIGHT = {"good": 1.0, "fair": 0.7, "poor": 0.0}
_OTHER_SIDE: dict[Side, frozenset[str]] = {
    "above": frozenset({"note-slow-stretch", "note-flat-stretch", "note-quiet-stretch", "note-low-pitch"}),
    "below": frozenset({"note-fast-stretch", "note-loud-stretch", "note-high-pitch"}),
}
_SHOWN_BY = {
    "mean_pause_duration": "pause_rate",
    "pause_ratio": "pause_rate",
    "speech_rate": "articulation_rate",
    "words_per_minute": "articulation_rate",
    "f0_range": "f0_sd",
}
"""Measures that list no places of their own, and the measure whose places show them too."""
_LONGEST_FIRST = frozenset({("mean_pause_duration", "above"), ("pause_ratio", "above"), ("longest_pause", "above")})


@dataclass(frozen=True, slots=True)
class Strength:
    """Something that goes well, and the measure it stands on."""

    measure: str
    message: Message


@dataclass(frozen=True, slots=True)
class Focus:
    """The one thing to work on next.

    Parameters
    ----------
    measure : str
    message : Message
        What was found.
    try_message : Message
        An exercise for it.
    listen : tuple of Segment
        Up to three places that show it, in the order of time.
    """

    measure: str
    message: Message
    try_message: Message
    listen: tuple[Segment, ...] = field(default=())


def strengths_of(findings: Sequence[Finding], *, most: int = 3) -> tuple[Strength, ...]:
    """What goes well: measures within their norm, the most telling first, from different sides of voice use.

    Parameters
    ----------
    findings : sequence of Finding
        One for each measure, in any order.
    most : int
        How many to name at most.

    Returns
    -------
    tuple of Strength
        One from each group of the catalogue before a second from any. Measures of poor confidence are never praised,
        and those of a group in which another measure is outside its norm only when there is nothing else: one pause of
        the right length is no merit in a call that has too few.
    """
    within = {
        finding.measure.name: finding.measure
        for finding in findings
        if finding.verdict == "within" and finding.measure.confidence != "poor"
    }
    ranked = [within[name] for name in STRENGTH_ORDER if name in within]
    wanting = {BY_NAME[one.measure.name].group for one in findings if one.verdict in ("below", "above")}
    ranked = [measure for measure in ranked if BY_NAME[measure.name].group not in wanting] or ranked
    seen: dict[str, int] = {}
    rounds: list[tuple[int, Measure]] = []
    for measure in ranked:
        group = BY_NAME[measure.name].group
        rounds.append((seen.get(group, 0), measure))
        seen[group] = seen.get(group, 0) + 1
    chosen = [measure for _, measure in sorted(rounds, key=lambda pair: pair[0])][: max(most, 0)]
    return tuple(Strength(measure.name, Message(f"strength-{measure.name}", _value_of(measure))) for measure in chosen)


def focus_of(findings: Sequence[Finding], *, within_error: float = 0.3) -> Focus | None:
    """The one thing to work on next; None when nothing that can be advised on is outside its norm.

    Parameters
    ----------
    findings : sequence of Finding
    within_error : float
        Factor, 0 to 1, on a measure that is outside its norm by less than its own typical error.

    Notes
    -----
    Each measure outside its norm is weighed by how much the training cares for it, how far outside it is relative to
    the width of its norm, and how far it can be trusted. One thing at a time: only the heaviest is returned. Of two
    equals the earlier in the catalogue wins, so the order of `findings` does not matter.
    """
    order = list(BY_NAME)
    weighed = [(_weight_of(finding, within_error=within_error), finding) for finding in findings]
    candidates = [(weight, finding) for weight, finding in weighed if weight > 0.0]
    if not candidates:
        return None
    _, finding = min(candidates, key=lambda pair: (-pair[0], order.index(pair[1].measure.name)))
    side: Side = "above" if finding.verdict == "above" else "below"
    name = finding.measure.name
    args = _value_of(finding.measure)
    bound = _bound_of(finding.norm, side)
    if bound is not None:
        args["bound"] = bound
    return Focus(
        measure=name,
        message=Message(f"focus-{name}-{side}", args),
        try_message=Message(f"try-{name}-{side}"),
        listen=_listen_to(name, side, _evidence_for(finding.measure, findings)),
    )


def _value_of(measure: Measure) -> dict[str, MessageArgument]:
    """The value as a text's argument, as exact as the catalogue shows it: 0.02 a minute reads as none."""
    return {} if measure.value is None else {"value": round(measure.value, BY_NAME[measure.name].decimals)}


def _bound_of(norm: Norm | None, side: Side) -> float | None:
    """The bound of `norm` that was passed on `side`."""
    if norm is None:
        return None
    return norm.high if side == "above" else norm.low


def _weight_of(finding: Finding, *, within_error: float) -> float:
    """How much a finding asks to be the focus; 0 when it may not be."""
    if finding.verdict not in ("below", "above") or finding.measure.value is None:
        return 0.0
    side: Side = finding.verdict
    bound = _bound_of(finding.norm, side)
    if bound is None:
        return 0.0
    weight = FOCUS_WEIGHTS.get((finding.measure.name, side), 0.0) * _CONFIDENCE_WEIGHT[finding.measure.confidence]
    outside = abs(finding.measure.value - bound)
    error = finding.measure.typical_error
    if error is not None and outside < error:
        weight *= within_error
    return weight * (0.5 + min(outside / _width_of(finding.norm, bound), 1.5))


def _width_of(norm: Norm | None, bound: float) -> float:
    """Yardstick for how far outside a value is: the band, or where one side is open, the bound itself."""
    if norm is not None and norm.low is not None and norm.high is not None and norm.high > norm.low:
        return norm.high - norm.low
    return abs(bound) or 1.0


def _evidence_for(measure: Measure, findings: Sequence[Finding]) -> tuple[Evidence, ...]:
    """A measure's own evidence, or that of the measure whose places show it too."""
    if measure.evidence:
        return measure.evidence
    others = [found.measure for found in findings if found.measure.name == _SHOWN_BY.get(measure.name)]
    return others[0].evidence if others else ()


def _listen_to(name: str, side: Side, evidence: Sequence[Evidence], *, most: int = 3) -> tuple[Segment, ...]:
    """Up to `most` places that show a measure on `side`: the safe ones first, then put in the order of time."""
    shown = [
        item
        for item in evidence
        if item.segment is not None and (item.note is None or item.note.id not in _OTHER_SIDE[side])
    ]
    tiers = {"certain": 0, None: 1, "check": 2}

    def rank(item: Evidence) -> tuple[int, float]:
        longest = (name, side) in _LONGEST_FIRST and item.segment is not None
        return tiers[item.tier], -item.segment.duration if longest and item.segment is not None else 0.0

    return tuple(sorted(item.segment for item in sorted(shown, key=rank)[:most] if item.segment is not None))
