"""A scorecard as the workers would make it, small enough to be read."""

from __future__ import annotations

from typing import Any

from app.document import ScorecardDoc


def card(**more: Any) -> str:
    """The JSON of a scorecard with one opening found, and nothing said of the rest."""
    document: dict[str, Any] = {
        "recording": {
            "duration_s": 10.0,
            "sample_rate_hz": 8000,
            "channels": 1,
            "agent_channel": "mono",
            "codec": "pcm_s16le",
            "name": "puhelu.wav",
        },
        "engine": {
            "version": "0.1.0",
            "asr_model": "base",
            "asr_compute": "int8",
            "language": "fi",
            "standard": "default@1",
        },
        "transcript": {
            "source": "supplied",
            "words": [{"text": "ei", "start": 1.0, "end": 1.2, "probability": None, "role": "agent"}],
        },
        "measures": {
            "ei_openings": {
                "value": 1.0,
                "unit": "count",
                "verdict": "above",
                "norm": {"low": None, "high": 0.0, "source": "house rule"},
                "evidence": [{"start": 1.0, "end": 1.2, "text": "ei"}],
            }
        },
        "strengths": [],
        "focus": None,
        "timeline": {
            "speech": [[1.0, 1.2]],
            "pauses": [],
            "f0": {"step_s": 0.01, "hz": []},
            "level_db": {"step_s": 0.1, "db": []},
        },
    }
    return ScorecardDoc.model_validate(document | more).to_json()
