"""Every measure: its name, unit, group and the number of decimals that its error allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["tempo", "pauses", "pitch", "loudness", "fillers", "openings"]


@dataclass(frozen=True, slots=True)
class MeasureInfo:
    """What a measure is called, what it is counted in, and where it stands on the card."""

    name: str
    unit: str
    group: Group
    decimals: int


CATALOGUE: tuple[MeasureInfo, ...] = (
    MeasureInfo("articulation_rate", "syll/s", "tempo", 1),
    MeasureInfo("speech_rate", "syll/s", "tempo", 1),
    MeasureInfo("words_per_minute", "1/min", "tempo", 0),
    MeasureInfo("tempo_variation", "%", "tempo", 0),
    MeasureInfo("phonation_time", "s", "pauses", 1),
    MeasureInfo("pause_rate", "1/min", "pauses", 1),
    MeasureInfo("mean_pause_duration", "s", "pauses", 2),
    MeasureInfo("pause_ratio", "ratio", "pauses", 2),
    MeasureInfo("longest_pause", "s", "pauses", 1),
    MeasureInfo("f0_median", "Hz", "pitch", 0),
    MeasureInfo("f0_range", "st", "pitch", 1),
    MeasureInfo("f0_sd", "st", "pitch", 1),
    MeasureInfo("f0_shift", "st", "pitch", 1),
    MeasureInfo("creak_share", "%", "pitch", 0),
    MeasureInfo("speech_level", "dBFS", "loudness", 1),
    MeasureInfo("level_range", "dB", "loudness", 1),
    MeasureInfo("phrase_end_drop", "dB", "loudness", 1),
    MeasureInfo("filled_pause_rate", "1/min", "fillers", 1),
    MeasureInfo("filler_word_rate", "1/100 words", "fillers", 1),
    MeasureInfo("ei_openings", "count", "openings", 0),
    MeasureInfo("negative_openings", "count", "openings", 0),
)

BY_NAME = {info.name: info for info in CATALOGUE}
