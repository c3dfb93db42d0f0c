"""The transcript as turns, with the words that findings point at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from app.document import EvidenceDoc, ScorecardDoc, WordDoc

NEGATION = re.compile(r"^\W*(ei|en|et|emme|ette|eivät)", re.IGNORECASE)
FILLER_MEASURES = ("filled_pause_rate", "filler_word_rate")
LONGEST_TURN = 120
"""Words in one paragraph; a longer turn goes on in the next."""


@dataclass(frozen=True, slots=True)
class ShownWord:
    """A word and how it is marked: ``ei``, ``negative``, ``filler`` or nothing, with `check` for the unsure ones."""

    text: str
    start: float | None
    end: float | None
    mark: str
    check: bool


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """One speaker's go."""

    role: str
    start: float | None
    words: list[ShownWord]


def turns_shown(doc: ScorecardDoc) -> list[ShownTurn]:
    """The transcript's words as turns, in the order of the document, each word with its mark."""
    words = doc.transcript.words
    marks = _marks_of(doc, words)
    turns: list[ShownTurn] = []
    for index, word in enumerate(words):
        mark, check = marks.get(index, ("", False))
        shown = ShownWord(word.text, word.start, word.end, mark, check)
        if turns and turns[-1].role == word.role and len(turns[-1].words) < LONGEST_TURN:
            turns[-1].words.append(shown)
        else:
            turns.append(ShownTurn(word.role, word.start, [shown]))
    return turns


def _marks_of(doc: ScorecardDoc, words: Sequence[WordDoc]) -> dict[int, tuple[str, bool]]:
    """Mark of each marked word by its place; an opening with *ei* outranks the rest."""
    agent = [index for index, word in enumerate(words) if word.role == "agent"]
    marks: dict[int, tuple[str, bool]] = {}
    for name in FILLER_MEASURES:
        for places, item in _places(doc, name, words, agent):
            written = [place for place in places if _reads(words[place].text, item.text)]
            marks.update(dict.fromkeys(written, ("filler", item.tier == "check")))
    for name, mark in (("negative_openings", "negative"), ("ei_openings", "ei")):
        for places, item in _places(doc, name, words, agent):
            opening = [place for place in places if NEGATION.match(words[place].text)][:1] or places[:1]
            marks.update(dict.fromkeys(opening, (mark, item.tier == "check")))
    return marks


def _reads(word: str, said: str | None) -> bool:
    """Whether the word is among those said; a filler heard in the audio alone marks no word that stands nearby."""
    return said is None or _bare(word) in {_bare(part) for part in said.split()}


def _bare(word: str) -> str:
    return word.strip(".,;:!?…\"'”’-–()").casefold()


def _places(
    doc: ScorecardDoc, name: str, words: Sequence[WordDoc], agent: Sequence[int]
) -> list[tuple[list[int], EvidenceDoc]]:
    """The agent's words that each piece of evidence points at, by time, or where it has none, by its text."""
    measure = doc.measures.get(name)
    if measure is None:
        return []
    found = []
    by_text = 0
    timed = [(index, words[index].start, words[index].end) for index in agent]
    middles = sorted(((start + end) / 2, index) for index, start, end in timed if start is not None and end is not None)
    for item in measure.evidence:
        if item.start is not None and item.end is not None:
            first, last = bisect_left(middles, (item.start, -1)), bisect_left(middles, (item.end, -1))
            inside = [index for _, index in middles[first:last]]
        else:
            inside, by_text = _places_by_text(item.text or "", words, agent, by_text)
        if inside:
            found.append((inside, item))
    return found


def _places_by_text(said: str, words: Sequence[WordDoc], agent: Sequence[int], start: int) -> tuple[list[int], int]:
    """The first run of the agent's words from `start` on that reads `said`, and where to search next."""
    wanted = [_bare(part) for part in said.split()]
    for first in range(start, len(agent) - len(wanted) + 1) if wanted else ():
        run = agent[first : first + len(wanted)]
        if [_bare(words[index].text) for index in run] == wanted:
            return list(run), first + 1
    return [], start
