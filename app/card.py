"""Puts measures, norms and texts together into the scorecard document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from analysis.bandwidth import bandwidth_hz
from analysis.catalogue import BY_NAME, CATALOGUE
from analysis.feedback import Focus, Strength, focus_of, strengths_of
from analysis.filler_merging import merged_fillers
from analysis.frames import STEP_S
from analysis.hesitation_sounds import candidates_of, hesitations_heard
from analysis.intervals import mask_of, of_mask, total
from analysis.levels import level_contour
from analysis.measuring import FINNISH_ONLY, Material, measures_of
from analysis.norms import finding_of
from analysis.nuclei import enough_voiced, nuclei_times
from analysis.pitch import RawPitch, gated_pitch
from analysis.tempo import syllables_from_nuclei, syllables_from_words, tempo_curve, text_fits
from analysis.turns import own_pauses, runs_of, turns_of
from analysis.types import Evidence, Filler, Finding, Measure, Message, PitchContour, Segment, Segments, SyllableCount
from app import __version__
from app.accuracy import Line, line_of, typical_error
from app.audio.spool import PEAK_WINDOW_S, Spool
from app.baselines import Baseline
from app.channels import Sides
from app.document import (
    EngineDoc,
    EvidenceDoc,
    F0Doc,
    FocusDoc,
    LevelDoc,
    ListenDoc,
    MeasureDoc,
    NormDoc,
    RecordingDoc,
    ScorecardDoc,
    StrengthDoc,
    TempoDoc,
    Text,
    TimelineDoc,
    TranscriptDoc,
    WaveformDoc,
    WordDoc,
)
from app.standards import Standard
from app.wording import DOES_NOT_FIT, Wording
from models.crosscheck import disagreement
from models.pitch import raw_pitch

if TYPE_CHECKING:
    from app.scoring import ScoreOptions

NOISY_DB = 15.0
MUSIC_S = 3.0
CLIPPED_FROM = 0.01
VERY_QUIET_DBFS = -50.0
OF_WORDS = frozenset(("words_per_minute",))
"""Measures outside the groups of word lists and openings that are counted from words."""
CHECKED_FROM_S = 60.0
"""Speech from which a doubtful pitch is worth the second tracker's start-up time."""


def card_of(
    spool: Spool,
    sides: Sides,
    wording: Wording,
    standard: Standard,
    baseline: Baseline | None,
    options: ScoreOptions,
    *,
    name: str,
) -> ScorecardDoc:
    """The scorecard of a decoded, detected and transcribed call."""
    from app.views.localise import localised

    material, tempo = _material(spool, sides, wording, baseline, options)
    by_ear = any(run.source == "nuclei" for run in material.syllables or ())
    unfit = by_ear and bool(wording.words) and material.language == "fi"
    recording = _recording(spool, sides, wording, name, by_ear=by_ear, unfit=unfit)
    line = line_of(recording.bandwidth_hz, sides.detection.active.snr_db)
    own = baseline.values if baseline else {}
    findings = [
        finding_of(_with_error(measure, line, by_ear=by_ear), standard.norms, baseline=own.get(measure.name))
        for measure in _unfit(measures_of(material, both_voices=sides.both_voices), unfit=unfit)
    ]
    document = ScorecardDoc(
        recording=recording,
        engine=EngineDoc(
            version=__version__,
            asr_model=wording.model,
            asr_compute=wording.compute,
            language=options.language,
            standard=standard.label,
            locale=options.locale,
        ),
        transcript=_transcript(replace(wording, reliability="poor") if unfit else wording),
        measures={finding.measure.name: _measure(finding) for finding in findings},
        strengths=[_strength(strength) for strength in strengths_of(findings)],
        focus=_focus(focus_of(findings)),
        timeline=_timeline(spool, sides, material, tempo),
    )
    return localised(document, options.locale)


def _material(
    spool: Spool, sides: Sides, wording: Wording, baseline: Baseline | None, options: ScoreOptions
) -> tuple[Material, tuple[float | None, ...]]:
    detection = sides.detection
    speech, levels = detection.speech, detection.levels
    pauses = own_pauses(speech, sides.customer)
    raw = raw_pitch(
        sides.agent.read,
        speech,
        sample_rate=spool.analysis_rate,
        count=len(levels.power),
        speech_db=detection.active.speech_db,
    )
    language = wording.language or options.language
    f0 = gated_pitch(raw, levels, speech, snr_db=detection.active.snr_db)
    checked = not sides.both_voices and total(speech) >= CHECKED_FROM_S
    syllables = _syllables(wording, raw, sides, runs_of(speech, pauses), finnish=language == "fi")
    material = Material(
        speech=speech,
        pauses=pauses,
        turns=turns_of(speech, pauses),
        syllables=syllables,
        words=wording.words,
        sentences=wording.sentences,
        recognised=wording.source == "asr",
        fillers=_fillers(wording, raw, sides),
        f0=f0,
        levels=levels,
        active=detection.active,
        clipped_ratio=spool.facts[sides.agent.index].clipped_ratio,
        baseline=baseline.values if baseline else None,
        language=language,
        pitch_disagreement=disagreement(sides.agent.read, f0, sample_rate=spool.analysis_rate) if checked else None,
    )
    timed = wording.words is None or all(word.segment is not None for word in wording.words)
    return material, tempo_curve(syllables, speech, duration_s=spool.duration_s) if timed else ()


def _unfit(measures: tuple[Measure, ...], *, unfit: bool) -> tuple[Measure, ...]:
    """The measures, those that are counted from words poor where the words cannot be all that was said."""
    if not unfit:
        return measures
    of_words = {info.name for info in CATALOGUE if info.group in FINNISH_ONLY or info.name in OF_WORDS}
    return tuple(replace(one, confidence="poor") if one.name in of_words else one for one in measures)


def _fillers(wording: Wording, raw: RawPitch, sides: Sides) -> tuple[Filler, ...] | None:
    """Fillers of the transcript together with the hesitation sounds that the audio holds between its words."""
    if wording.fillers is None or wording.words is None:
        return None
    if not wording.exact_times or any(word.segment is None for word in wording.words):
        return wording.fillers
    hesitations = {filler.segment for filler in wording.fillers if filler.kind == "hesitation"}
    spoken = tuple(word for word in wording.words if word.segment not in hesitations)
    candidates = candidates_of(sides.detection.levels, raw, sides.detection.speech, spoken)
    return merged_fillers(wording.fillers, hesitations_heard(candidates))


def _syllables(
    wording: Wording, raw: RawPitch, sides: Sides, runs: Segments, *, finnish: bool
) -> tuple[SyllableCount, ...]:
    """Syllables by rule where there are Finnish words that can be what was said, else by what is heard."""
    by_text = syllables_from_words(wording.words, runs) if wording.words and finnish else ()
    if by_text and sides.both_voices:
        return by_text  # what is heard is what both say
    levels = sides.detection.levels
    inside = mask_of(sides.detection.speech, count=len(levels.power), step_s=STEP_S)
    by_ear: tuple[SyllableCount, ...] = ()
    if enough_voiced(raw.confidence, inside):
        by_ear = syllables_from_nuclei(nuclei_times(levels, raw.confidence, inside), runs)
    return by_text if by_text and text_fits(by_text, by_ear) else by_ear


def _recording(spool: Spool, sides: Sides, wording: Wording, name: str, *, by_ear: bool, unfit: bool) -> RecordingDoc:
    width = _bandwidth(sides)
    of_text = list(wording.warnings)
    if unfit and wording.source == "supplied" and DOES_NOT_FIT not in of_text:
        of_text.append(DOES_NOT_FIT)
    if by_ear and wording.source != "none" and (unfit or not wording.words):
        of_text.append(Message("warning-nuclei-used"))
    warnings = (*spool.warnings, *sides.warnings, *_signal_warnings(spool, sides), *of_text)
    snr = sides.detection.active.snr_db
    return RecordingDoc(
        duration_s=round(spool.duration_s, 3),
        sample_rate_hz=spool.source_rate_hz,
        channels=spool.channels,
        agent_channel=sides.name,
        agent_channel_source=sides.source,
        codec=spool.codec,
        bandwidth_hz=width,
        snr_db=None if snr is None else round(snr, 1),
        clipped_ratio=round(spool.facts[sides.agent.index].clipped_ratio, 5),
        warning_messages=[_text(message) for message in warnings],
        name=name,
    )


def _signal_warnings(spool: Spool, sides: Sides) -> list[Message]:
    found = sides.detection
    warnings = []
    if found.active.snr_db is not None and found.active.snr_db < NOISY_DB:
        warnings.append(Message("warning-noisy", {"snr_db": round(found.active.snr_db, 1)}))
    if found.tones:
        warnings.append(Message("warning-tones"))
    if found.music_s > MUSIC_S:
        warnings.append(Message("warning-music"))
    clipped = spool.facts[sides.agent.index].clipped_ratio
    if clipped > CLIPPED_FROM:
        warnings.append(Message("warning-clipped", {"percent": round(100 * clipped, 1)}))
    if found.active.speech_db is not None and found.active.speech_db < VERY_QUIET_DBFS:
        warnings.append(Message("warning-very-quiet"))
    if not found.speech:
        warnings.append(Message("warning-no-speech"))
    return warnings


def _bandwidth(sides: Sides, *, most_s: float = 20.0) -> float | None:
    rate = sides.agent.sample_rate
    stretches, taken = [], 0.0
    for segment in sides.detection.speech:
        if taken >= most_s:
            break
        stretches.append(sides.agent.read(round(segment.start * rate), round(segment.end * rate)))
        taken += segment.duration
    return bandwidth_hz(stretches, sample_rate=rate)


def _transcript(wording: Wording) -> TranscriptDoc:
    words = [
        WordDoc(
            text=word.text,
            start=None if word.segment is None else round(word.segment.start, 3),
            end=None if word.segment is None else round(word.segment.end, 3),
            probability=None if word.probability is None else round(word.probability, 3),
            role=turn.role,
        )
        for turn in wording.turns
        for word in turn.words
    ]
    note = wording.reliability_note
    return TranscriptDoc(
        source=wording.source,
        reliability=wording.reliability,
        reliability_message=None if note is None else _text(note),
        words=words,
    )


def _with_error(measure: Measure, line: Line, *, by_ear: bool) -> Measure:
    """The measure with the error that the bench found on such a line."""
    if measure.value is None:
        return measure
    error = typical_error(measure.name, measure.value, line, by_ear=by_ear)
    decimals = BY_NAME[measure.name].decimals + 2
    return replace(measure, typical_error=None if error is None else round(error, decimals))


def _measure(finding: Finding) -> MeasureDoc:
    measure, norm = finding.measure, finding.norm
    decimals = BY_NAME[measure.name].decimals + 2
    return MeasureDoc(
        value=None if measure.value is None else round(measure.value, decimals),
        unit=measure.unit,
        verdict=finding.verdict,
        reason_message=None if measure.reason is None else _text(measure.reason),
        norm=None
        if norm is None
        else NormDoc(low=norm.low, high=norm.high, source=norm.source, applies_to=norm.applies_to),
        baseline=finding.baseline,
        typical_error=measure.typical_error,
        confidence=measure.confidence,
        evidence=[_evidence(piece) for piece in measure.evidence],
    )


def _evidence(piece: Evidence) -> EvidenceDoc:
    return EvidenceDoc(
        start=None if piece.segment is None else round(piece.segment.start, 3),
        end=None if piece.segment is None else round(piece.segment.end, 3),
        text=piece.text,
        note_message=None if piece.note is None else _text(piece.note),
        tier=piece.tier,
        suggestion_message=None if piece.suggestion is None else _text(piece.suggestion),
    )


def _strength(strength: Strength) -> StrengthDoc:
    return StrengthDoc(measure=strength.measure, text="", message=_text(strength.message))


def _focus(focus: Focus | None) -> FocusDoc | None:
    if focus is None:
        return None
    listen = [ListenDoc(start=round(s.start, 3), end=round(s.end, 3)) for s in focus.listen]
    return FocusDoc(
        measure=focus.measure,
        text="",
        try_="",
        listen=listen,
        message=_text(focus.message),
        try_message=_text(focus.try_message),
    )


def _text(message: Message) -> Text:
    return Text(id=message.id, args=dict(message.args))


def _timeline(spool: Spool, sides: Sides, material: Material, tempo: Sequence[float | None]) -> TimelineDoc:
    level = level_contour(material.levels)
    f0 = material.f0
    creak = of_mask(f0.creak, step_s=f0.step_s)
    windows = max(1, round(spool.duration_s / PEAK_WINDOW_S))
    count = min(windows, 4000)
    peaks = spool.peaks(sides.agent.index, count)
    return TimelineDoc(
        speech=_pairs(material.speech),
        pauses=_pairs(material.pauses),
        customer_speech=_pairs(sides.customer or ()),
        creak=_pairs(creak),
        f0=F0Doc(step_s=f0.step_s, hz=_rounded_pitch(f0)),
        level_db=LevelDoc(step_s=level.step_s, db=[round(value, 1) for value in level.db.tolist()]),
        tempo=TempoDoc(step_s=5.0, syll_per_s=[None if r is None else round(r, 2) for r in tempo]) if tempo else None,
        waveform=WaveformDoc(step_s=spool.duration_s / max(1, len(peaks)), peak=[round(peak, 3) for peak in peaks]),
    )


def _rounded_pitch(f0: PitchContour) -> list[float | None]:
    return [
        None if missing else value
        for value, missing in zip(np.round(f0.hz.astype(np.float64), 1).tolist(), np.isnan(f0.hz).tolist(), strict=True)
    ]


def _pairs(segments: Sequence[Segment]) -> list[tuple[float, float]]:
    return [(round(segment.start, 3), round(segment.end, 3)) for segment in segments]
