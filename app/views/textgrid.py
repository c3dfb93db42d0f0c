"""The scorecard's stretches of time as a Praat TextGrid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.document import ScorecardDoc

Interval = tuple[float, float, str]
SHORTEST_S = 0.001


def render_textgrid(doc: ScorecardDoc) -> str:
    """TextGrid (long form) with the agent's speech and pauses, words, fillers and openings, and the customer's speech.

    Every tier covers the whole recording. Where intervals of a tier overlap, the later one begins where the earlier
    ends, since a tier holds one label at a time; words without times are left out. Tier names are the same in every
    language, so that scripts can rely on them: ``agent``, ``words``, ``fillers``, ``ei openings``, ``customer``.
    """
    from praatio.utilities import textgrid_io

    duration = doc.recording.duration_s
    tiers = {
        "agent": [
            *((start, end, "speech") for start, end in doc.timeline.speech),
            *((start, end, "pause") for start, end in doc.timeline.pauses),
        ],
        "words": [
            (word.start, word.end, word.text)
            for word in doc.transcript.words
            if word.role == "agent" and word.start is not None and word.end is not None
        ],
        "fillers": [*_found(doc, "filled_pause_rate"), *_found(doc, "filler_word_rate")],
        "ei openings": list(_found(doc, "ei_openings")),
        "customer": [(start, end, "speech") for start, end in doc.timeline.customer_speech],
    }
    grid = {
        "xmin": 0.0,
        "xmax": duration,
        "tiers": [
            {"class": "IntervalTier", "name": name, "xmin": 0.0, "xmax": duration, "entries": tier_of(found, duration)}
            for name, found in tiers.items()
        ],
    }
    return str(textgrid_io.getTextgridAsStr(grid, "long_textgrid", includeBlankSpaces=True))


def tier_of(intervals: Iterable[Interval], duration: float) -> list[Interval]:
    """Intervals in order, inside the recording and free of overlap, with labels that fit on one line."""
    tier: list[Interval] = []
    free_from = 0.0
    for start, end, label in sorted(intervals):
        begin, stop = max(start, free_from), min(end, duration)
        if stop - begin < SHORTEST_S:
            continue
        tier.append((begin, stop, _label(label)))
        free_from = stop
    return tier


def _found(doc: ScorecardDoc, name: str) -> Iterator[Interval]:
    measure = doc.measures.get(name)
    for item in measure.evidence if measure is not None else ():
        if item.start is not None and item.end is not None:
            label = item.text or name
            yield item.start, item.end, f"{label} ?" if item.tier == "check" else label


def _label(text: str) -> str:
    """One line without control characters; the writer itself doubles quotation marks, as Praat wants them."""
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()
