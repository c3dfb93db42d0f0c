"""Puts a scorecard's sentences into a reader's language."""

from __future__ import annotations

from typing import overload

from analysis.types import Message
from app.document import EvidenceDoc, FocusDoc, MeasureDoc, ScorecardDoc, StrengthDoc, Text
from app.messages import Locale, has_text, sentence


def localised(doc: ScorecardDoc, locale: Locale) -> ScorecardDoc:
    """The same scorecard with every sentence in `locale`; `doc` itself is left as it is.

    Sentences are made anew from the names and values that the document keeps beside them, so that a stored scorecard
    can be shown in either language. A sentence whose name the catalogues no longer have keeps its stored wording.

    Raises
    ------
    KeyError
        If a sentence has no stored wording and no catalogue has it, or a value that it shows is missing.
    """
    recording, transcript = doc.recording, doc.transcript
    return doc.model_copy(
        update={
            "recording": recording.model_copy(update={"warnings": _warnings(doc, locale)}),
            "engine": doc.engine.model_copy(update={"locale": locale}),
            "transcript": transcript.model_copy(
                update={"reliability_note": _shown(transcript.reliability_message, transcript.reliability_note, locale)}
            ),
            "measures": {name: _measure(measure, locale) for name, measure in doc.measures.items()},
            "strengths": [_strength(strength, locale) for strength in doc.strengths],
            "focus": None if doc.focus is None else _focus(doc.focus, locale),
        }
    )


def _warnings(doc: ScorecardDoc, locale: Locale) -> list[str]:
    """Warnings in `locale`; those that were stored as wording alone stay as they are."""
    messages, stored = doc.recording.warning_messages, doc.recording.warnings
    if not messages:
        return list(stored)
    fallbacks: list[str | None] = list(stored) if len(stored) == len(messages) else [None] * len(messages)
    return [_shown(message, old, locale) for message, old in zip(messages, fallbacks, strict=True)]


def _measure(measure: MeasureDoc, locale: Locale) -> MeasureDoc:
    return measure.model_copy(
        update={
            "reason": _shown(measure.reason_message, measure.reason, locale),
            "evidence": [_evidence(item, locale) for item in measure.evidence],
        }
    )


def _evidence(item: EvidenceDoc, locale: Locale) -> EvidenceDoc:
    return item.model_copy(
        update={
            "note": _shown(item.note_message, item.note, locale),
            "suggestion": _shown(item.suggestion_message, item.suggestion, locale),
        }
    )


def _strength(strength: StrengthDoc, locale: Locale) -> StrengthDoc:
    return strength.model_copy(update={"text": _shown(strength.message, strength.text, locale)})


def _focus(focus: FocusDoc, locale: Locale) -> FocusDoc:
    return focus.model_copy(
        update={
            "text": _shown(focus.message, focus.text, locale),
            "try_": _shown(focus.try_message, focus.try_, locale),
        }
    )


@overload
def _shown(message: Text, stored: str | None, locale: Locale) -> str: ...
@overload
def _shown(message: Text | None, stored: str | None, locale: Locale) -> str | None: ...
def _shown(message: Text | None, stored: str | None, locale: Locale) -> str | None:
    """The sentence of `message`, or the wording stored where there is none."""
    if message is None or (stored is not None and not has_text(message.id, locale)):
        return stored
    return sentence(Message(message.id, message.args), locale)
