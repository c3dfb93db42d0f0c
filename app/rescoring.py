"""Holds a stored scorecard against another standard, without hearing the call again."""

from __future__ import annotations

from datetime import datetime

from analysis.catalogue import BY_NAME
from analysis.feedback import focus_of, strengths_of
from analysis.norms import finding_of
from analysis.types import Evidence, Finding, Measure, Message, Segment
from app.document import EvidenceDoc, FocusDoc, ListenDoc, MeasureDoc, NormDoc, ScorecardDoc, StrengthDoc, Text
from app.standards import FillerWords, Standard
from app.store.base import now_utc
from app.store.engine import Store
from app.store.scorecards import NewScorecard, replace_scorecard, scorecard_for_work

OWN_FILLERS = "warning-rescored-fillers"
"""Says that the new standard's filler words were not looked for anew."""


def rescored(document: ScorecardDoc, standard: Standard) -> ScorecardDoc:
    """The same scorecard held against `standard`: verdicts, strengths and focus anew from the values that are stored.

    Values, evidence, transcript and timeline stay. Filler words that the standard names are not looked for anew, which
    would need the words as they were recognised; a warning says so.
    """
    from app.views.localise import localised

    findings = [
        finding_of(_measure_of(name, measure), standard.norms, baseline=measure.baseline)
        for name, measure in document.measures.items()
        if name in BY_NAME
    ]
    held = {finding.measure.name: finding for finding in findings}
    measures = {
        name: _with_finding(measure, held[name]) if name in held else measure
        for name, measure in document.measures.items()
    }
    changed = document.model_copy(
        update={
            "engine": document.engine.model_copy(update={"standard": standard.label}),
            "recording": document.recording.model_copy(update={"warning_messages": _warnings(document, standard)}),
            "measures": measures,
            "strengths": [
                StrengthDoc(measure=strength.measure, text="", message=_text(strength.message))
                for strength in strengths_of(findings)
            ],
            "focus": _focus(findings),
        }
    )
    return localised(changed, document.engine.locale)


def rescore_call(store: Store, call_id: str, standard: Standard, *, now: datetime | None = None) -> bool:
    """Put the scorecard of a call, held against `standard`, in the place of the one before.

    False where the call has none, or ended otherwise meanwhile.
    """
    with store.read() as session:
        stored = scorecard_for_work(session, call_id)
    if stored is None:
        return False
    document = rescored(ScorecardDoc.model_validate_json(stored.document), standard)
    values = {name: measure.value for name, measure in document.measures.items() if measure.value is not None}
    kept = NewScorecard(document.to_json(), stored.engine_version, stored.asr_model, standard.label, values)
    with store.write() as session:
        return replace_scorecard(session, call_id, kept, now or now_utc())


def _measure_of(name: str, stored: MeasureDoc) -> Measure:
    reason = stored.reason_message
    if stored.value is None and reason is None:
        reason = Text(id="reason-stored")
    return Measure(
        name=name,
        value=stored.value,
        unit=stored.unit,
        evidence=tuple(map(_evidence_of, stored.evidence)),
        reason=None if stored.value is not None or reason is None else Message(reason.id, reason.args),
        confidence=stored.confidence,
        typical_error=stored.typical_error,
    )


def _evidence_of(stored: EvidenceDoc) -> Evidence:
    timed = stored.start is not None and stored.end is not None
    return Evidence(
        segment=Segment(stored.start or 0.0, max(stored.start or 0.0, stored.end or 0.0)) if timed else None,
        text=stored.text,
        note=None if stored.note_message is None else Message(stored.note_message.id, stored.note_message.args),
        tier=stored.tier,
    )


def _with_finding(stored: MeasureDoc, finding: Finding) -> MeasureDoc:
    norm = finding.norm
    shown = None
    if norm is not None:
        shown = NormDoc(low=norm.low, high=norm.high, source=norm.source, applies_to=norm.applies_to)
    return stored.model_copy(update={"verdict": finding.verdict, "norm": shown})


def _focus(findings: list[Finding]) -> FocusDoc | None:
    focus = focus_of(findings)
    if focus is None:
        return None
    return FocusDoc(
        measure=focus.measure,
        text="",
        try_="",
        listen=[ListenDoc(start=place.start, end=place.end) for place in focus.listen],
        message=_text(focus.message),
        try_message=_text(focus.try_message),
    )


def _warnings(document: ScorecardDoc, standard: Standard) -> list[Text]:
    others = [warning for warning in document.recording.warning_messages if warning.id != OWN_FILLERS]
    if standard.fillers == FillerWords() or standard.label == document.engine.standard:
        return others
    return [*others, Text(id=OWN_FILLERS, args={"standard": standard.label})]


def _text(message: Message) -> Text:
    return Text(id=message.id, args=dict(message.args))
