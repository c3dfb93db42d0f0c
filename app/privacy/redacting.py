"""Takes personal numbers out of a scorecard before it is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from analysis.finnish.redaction import asked_before, has_digits, masks_of, redacted_name, redacted_text, without_digits
from analysis.types import Segment, Word
from app.document import EvidenceDoc, ScorecardDoc, Text, WordDoc
from app.privacy.masked import MaskedStretches
from app.store.calls import Call
from app.store.engine import Store
from app.store.organisations import find_organisation

INTERRUPTED_BY = 3
"""So many words of the other speaker may come between two parts of one number; digits said back do not count."""


def kept_scorecard(store: Store, call: Call, text: str) -> str:
    """The scorecard's JSON in the form in which the organisation keeps it."""
    with store.read() as session:
        organisation = find_organisation(session, call.organisation_id)
    if organisation is None or not organisation.redact:
        return text
    return redacted_document(ScorecardDoc.model_validate_json(text)).to_json()


def redacted_document(document: ScorecardDoc) -> ScorecardDoc:
    """The same scorecard without the personal numbers that were said in the call or written in its file's name.

    Words keep their times; a number of several words becomes one. Every measure keeps its value, and every piece of
    evidence its place: only what it quotes is changed.
    """
    from app.views.localise import localised

    words, numbers = _without_numbers(document.transcript.words)
    masked = MaskedStretches.of(numbers)

    def evidence(piece: EvidenceDoc) -> EvidenceDoc:
        return _evidence(piece, masked)

    measures = {
        name: measure.model_copy(update={"evidence": [evidence(piece) for piece in measure.evidence]})
        for name, measure in document.measures.items()
    }
    changed = document.model_copy(
        update={
            "recording": document.recording.model_copy(update={"name": redacted_name(document.recording.name)}),
            "transcript": document.transcript.model_copy(update={"words": words}),
            "measures": measures,
        }
    )
    # Sentences that quote a call are made anew, from what is left of it.
    return localised(changed, document.engine.locale)


def _without_numbers(words: Sequence[WordDoc]) -> tuple[list[WordDoc], tuple[Segment | None, ...]]:
    """The words that are left, and when each number was said that is not."""
    spoken = [_word(word) for word in words]
    asked = asked_before(spoken)
    kept: list[WordDoc | None] = list(words)
    masked: list[Segment | None] = []
    for stream in _streams(words, spoken):
        own = [spoken[place] for place in stream]
        for first, last, text in masks_of(own, [asked[place] for place in stream]):
            for part in _unbroken(stream[first : last + 1]):
                merged = _merged([words[place] for place in part], text)
                kept[part[0]] = merged
                kept[part[0] + 1 : part[-1] + 1] = [None] * (len(part) - 1)
                masked.append(_segment(merged))
    return [word for word in kept if word is not None], tuple(masked)


def _streams(words: Sequence[WordDoc], spoken: Sequence[Word]) -> Iterator[list[int]]:
    """Places of each speaker's words, cut where the other has said something in between.

    Customers dictate in groups, with a *joo* of the agent after each, or with the digits said back.
    """
    for role in ("agent", "customer"):
        stream: list[int] = []
        others = 0
        for place, word in enumerate(words):
            if word.role != role:
                others += not has_digits(spoken[place])
                continue
            if others > INTERRUPTED_BY and stream:
                yield stream
                stream = []
            others = 0
            stream.append(place)
        if stream:
            yield stream


def _unbroken(places: Sequence[int]) -> Iterator[list[int]]:
    part: list[int] = []
    for place in places:
        if part and place != part[-1] + 1:
            yield part
            part = []
        part.append(place)
    yield part


def _merged(words: Sequence[WordDoc], text: str) -> WordDoc:
    starts = [word.start for word in words if word.start is not None]
    ends = [word.end for word in words if word.end is not None]
    known = [word.probability for word in words if word.probability is not None]
    return WordDoc(
        text=text,
        start=min(starts, default=None),
        end=max(ends, default=None),
        probability=min(known, default=None),
        role=words[0].role,
    )


def _evidence(piece: EvidenceDoc, masked: MaskedStretches) -> EvidenceDoc:
    """Evidence without numbers: of a stretch that was masked, not even a part of it is quoted."""
    within = masked.within(piece.start, piece.end)

    def shown(text: str | None) -> str | None:
        if text is None:
            return None
        return without_digits(redacted_text(text)) if within else redacted_text(text)

    return piece.model_copy(
        update={
            "text": shown(piece.text),
            "note": piece.note if piece.note_message else shown(piece.note),
            "note_message": _message(piece.note_message, shown),
            "suggestion": piece.suggestion if piece.suggestion_message else shown(piece.suggestion),
            "suggestion_message": _message(piece.suggestion_message, shown),
        }
    )


def _message(message: Text | None, shown: Any) -> Text | None:
    if message is None:
        return None
    args = {name: shown(value) if isinstance(value, str) else value for name, value in message.args.items()}
    return Text(id=message.id, args=args)


def _word(word: WordDoc) -> Word:
    return Word(word.text, _segment(word), word.probability)


def _segment(word: WordDoc) -> Segment | None:
    if word.start is None or word.end is None:
        return None
    return Segment(max(0.0, word.start), max(0.0, word.start, word.end))
