"""A scorer for tests of the batch: it makes a scorecard of a file's text, and fails as the text tells it."""

import json
import os
import random
import time
from pathlib import Path

from analysis.catalogue import CATALOGUE
from app.document import ScorecardDoc
from app.errors import InputError, ModelMissing
from app.messages import Locale
from app.scoring import ScoreOptions

BANDS = {
    "articulation_rate": (4.0, 6.2),
    "pause_rate": (8.0, 20.0),
    "mean_pause_duration": (0.3, 1.0),
    "pause_ratio": (0.1, 0.3),
    "longest_pause": (None, 3.0),
    "f0_range": (6.0, None),
    "filled_pause_rate": (None, 4.0),
    "ei_openings": (None, 1.0),
    "speech_level": (-30.0, -18.0),
}
CENTRES = {
    "articulation_rate": (5.3, 0.7),
    "speech_rate": (4.4, 0.6),
    "words_per_minute": (115, 18),
    "tempo_variation": (18, 5),
    "phonation_time": (110, 40),
    "pause_rate": (13, 5),
    "mean_pause_duration": (0.65, 0.2),
    "pause_ratio": (0.2, 0.07),
    "longest_pause": (2.2, 0.9),
    "f0_median": (165, 45),
    "f0_range": (7.5, 2.2),
    "f0_sd": (2.4, 0.7),
    "creak_share": (6, 4),
    "speech_level": (-24, 4),
    "level_range": (14, 3),
    "phrase_end_drop": (4, 1.5),
    "filled_pause_rate": (3.2, 2.0),
    "filler_word_rate": (2.5, 1.4),
}


def document(seed: object, options: ScoreOptions, *, rate: float | None = None) -> ScorecardDoc:
    """A scorecard with likely values, the same for the same `seed`; `f0_shift` is never measured."""
    chance = random.Random(str(seed))
    measures = {}
    for info in CATALOGUE:
        centre, spread = CENTRES.get(info.name, (0.0, 0.0))
        value = float(chance.choice([0, 0, 0, 1, 1, 2, 4])) if info.unit == "count" else chance.gauss(centre, spread)
        value = value if info.unit == "dBFS" else max(0.0, value)
        if info.name == "articulation_rate" and rate is not None:
            value = rate
        measures[info.name] = _measure(info.name, info.unit, None if info.name == "f0_shift" else round(value, 3))
    supplied = options.transcript is not None
    return ScorecardDoc.model_validate(
        {
            "recording": {
                "duration_s": round(60 + chance.random() * 400, 2),
                "sample_rate_hz": 8000,
                "channels": 2,
                "agent_channel": options.agent or "left",
                "codec": "pcm_s16le",
                "bandwidth_hz": 3400.0,
                "snr_db": 24.1,
            },
            "engine": {
                "version": "0.1.0",
                "asr_model": options.model,
                "asr_compute": "int8",
                "language": options.language,
                "standard": "default@1",
                "locale": options.locale,
            },
            "transcript": {"source": "supplied" if supplied else "asr", "reliability": "good"},
            "measures": measures,
            "strengths": [],
            "focus": {
                "measure": chance.choice(["articulation_rate", "pause_rate", "pause_rate", "f0_range", "ei_openings"]),
                "text": "…",
                "try": "…",
                "message": {"id": "x"},
                "try_message": {"id": "x"},
            },
            "timeline": {
                "speech": [],
                "pauses": [],
                "f0": {"step_s": 0.01, "hz": []},
                "level_db": {"step_s": 0.1, "db": []},
            },
        }
    )


def _measure(name: str, unit: str, value: float | None) -> dict:
    low, high = BANDS.get(name, (None, None))
    verdict = "info"
    if value is None:
        verdict = "not measured"
    elif name in BANDS:
        verdict = (
            "below" if low is not None and value < low else "above" if high is not None and value > high else "within"
        )
    norm = {"low": low, "high": high, "source": "house rule"} if name in BANDS else None
    reason = "ei vertailuarvoa" if value is None else None
    return {"value": value, "unit": unit, "verdict": verdict, "norm": norm, "reason": reason}


def score(path: Path, options: ScoreOptions) -> ScorecardDoc:
    """Do what the file's text says: ``bad``, ``crash``, ``bug``, ``model``, ``slow``, ``hang``, ``rate N``."""
    content = path.read_text() if path.is_file() else ""
    with (path.parent / f"{path.stem}.seen").open("a") as seen:
        seen.write(f"{os.getpid()} {os.environ.get('OMP_NUM_THREADS')} {options.threads}\n")
    if options.transcript is not None and not options.transcript.read_text().startswith("Agent:"):
        raise InputError("error-transcript-no-agent")
    if content == "bad":
        raise InputError("error-batch-file-missing", file="bad recording")
    if content == "crash":
        os._exit(11)
    if content == "crash once" and (path.parent / f"{path.stem}.seen").read_text().count("\n") == 1:
        os._exit(12)
    if content == "bug":
        raise ZeroDivisionError("seven by nothing")
    if content == "model":
        raise ModelMissing("error-batch-file-missing", file="the model")
    if content == "slow":
        time.sleep(0.4)
    if content == "hang":
        time.sleep(600)
    rate = float(content.split()[1]) if content.startswith("rate") else None
    return document(path.name, options, rate=rate)


def render(document: ScorecardDoc, locale: Locale) -> str:
    """A page of one line."""
    return f"<!doctype html><title>{locale}</title>{document.recording.duration_s}"


def last_journal_line(out: Path) -> dict:
    """The journal's last whole line."""
    return json.loads((out / "journal.jsonl").read_text().splitlines()[-1])
