"""The scorecard's JSON document: the shape that callers rely on, and that every view is drawn from."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCORECARD_VERSION = "1"


class Part(BaseModel):
    """Base of every part: unknown fields are refused, so a misspelt one fails at once."""

    model_config = ConfigDict(extra="forbid")


class Text(Part):
    """A sentence in the document's language, with the name and values it was made from."""

    id: str
    args: dict[str, str | int | float] = Field(default_factory=dict)


class EvidenceDoc(Part):
    """One stretch that proves a number; times are null where the transcript had none."""

    start: float | None = None
    end: float | None = None
    text: str | None = None
    note: str | None = None
    note_message: Text | None = None
    tier: Literal["certain", "check"] | None = None
    suggestion: str | None = None
    suggestion_message: Text | None = None


class NormDoc(Part):
    low: float | None = None
    high: float | None = None
    source: str
    applies_to: str = ""


class MeasureDoc(Part):
    value: float | None
    unit: str
    verdict: Literal["below", "within", "above", "not measured", "info"]
    reason: str | None = None
    reason_message: Text | None = None
    norm: NormDoc | None = None
    baseline: float | None = None
    typical_error: float | None = None
    confidence: Literal["good", "fair", "poor"] = "good"
    evidence: list[EvidenceDoc] = Field(default_factory=list)


class RecordingDoc(Part):
    duration_s: float
    sample_rate_hz: int
    channels: int
    agent_channel: Literal["left", "right", "mono"]
    agent_channel_source: Literal["told", "guessed", "only"] = "only"
    codec: str
    bandwidth_hz: float | None = None
    snr_db: float | None = None
    clipped_ratio: float = 0.0
    warnings: list[str] = Field(default_factory=list)
    warning_messages: list[Text] = Field(default_factory=list)
    name: str = ""


class EngineDoc(Part):
    version: str
    asr_model: str | None
    asr_compute: str | None
    language: str
    standard: str
    locale: Literal["fi", "en"] = "fi"


class WordDoc(Part):
    text: str
    start: float | None = None
    end: float | None = None
    probability: float | None = None
    role: Literal["agent", "customer"] = "agent"


class TranscriptDoc(Part):
    source: Literal["asr", "supplied", "none"]
    reliability: Literal["good", "fair", "poor"] | None = None
    reliability_note: str | None = None
    reliability_message: Text | None = None
    words: list[WordDoc] = Field(default_factory=list)


class StrengthDoc(Part):
    """Something that goes well. `measure` names the measure it stands on."""

    measure: str
    text: str
    message: Text


class ListenDoc(Part):
    start: float
    end: float


class FocusDoc(Part):
    """The one thing to work on next: what was found, what to try, where to listen."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    measure: str
    text: str
    try_: str = Field(alias="try")
    listen: list[ListenDoc] = Field(default_factory=list)
    message: Text
    try_message: Text


class F0Doc(Part):
    step_s: float
    hz: list[float | None]


class LevelDoc(Part):
    step_s: float
    db: list[float | None]


class TempoDoc(Part):
    """Articulation rate over time: one value for each window of `step_s`, null where too little was said."""

    step_s: float
    syll_per_s: list[float | None]


class WaveformDoc(Part):
    """Highest absolute sample (0 to 1) of the agent's channel in each window of `step_s`."""

    step_s: float
    peak: list[float]


class TimelineDoc(Part):
    speech: list[tuple[float, float]]
    pauses: list[tuple[float, float]]
    customer_speech: list[tuple[float, float]] = Field(default_factory=list)
    creak: list[tuple[float, float]] = Field(default_factory=list)
    f0: F0Doc
    level_db: LevelDoc
    tempo: TempoDoc | None = None
    waveform: WaveformDoc | None = None


class ScorecardDoc(Part):
    scorecard_version: Literal["1"] = "1"
    recording: RecordingDoc
    engine: EngineDoc
    transcript: TranscriptDoc
    measures: dict[str, MeasureDoc]
    strengths: list[StrengthDoc]
    focus: FocusDoc | None
    timeline: TimelineDoc

    @property
    def is_measured(self) -> bool:
        """Whether any measure has a value."""
        return any(measure.value is not None for measure in self.measures.values())

    def to_json(self, *, indent: int | None = None) -> str:
        """The document as the contract writes it (``try``, not ``try_``)."""
        return self.model_dump_json(by_alias=True, indent=indent)
