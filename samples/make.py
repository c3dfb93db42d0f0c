"""Make the sample calls: ``python -m samples.make [--out FOLDER]`` writes each call with its truth and transcripts."""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samples.alaw import write_alaw
from samples.call import Manner, Spot, channels_of, spoken_turns
from samples.dialogues import FILLED, GOOD, LONG, RUSHED
from samples.truth import transcript_text, transcript_vtt, truth_of

SAMPLE_RATE = 8000


@dataclass(frozen=True, slots=True)
class Plan:
    """One sample call: its file's stem, who talks how, what is said, and the seed of every drawn number."""

    stem: str
    about: str
    spots: list[Spot]
    agent: Manner
    customer: Manner
    seed: int


PLANS = (
    Plan(
        "hyva_puhelu",
        "a good call: calm tempo, pauses, a living pitch, no fillers, no sentence that opens with ei",
        GOOD,
        Manner("suo", stretch=1.04, pitch_range=1.0, sentence_pause_s=0.62, comma_pause_s=0.4),
        Manner("mv", pitch_factor=1.35, level_dbfs=-23.0),
        seed=101,
    ),
    Plan(
        "kiireinen_puhelu",
        "rushed and flat: stretch 0.75, F0 movements a tenth of the voice's own, hardly a pause",
        RUSHED,
        Manner(
            "mv",
            stretch=0.75,
            stretch_jitter=0.02,
            pitch_factor=1.1,
            pitch_range=0.1,
            sentence_pause_s=0.1,
            comma_pause_s=0.06,
            spread=0.2,
        ),
        Manner("suo", pitch_factor=1.08, level_dbfs=-23.0),
        seed=202,
    ),
    Plan(
        "taytepuhelu",
        "full of hesitations and planning particles, with several sentences that open with ei",
        FILLED,
        Manner("suo", stretch=0.95, pitch_factor=0.94, pitch_range=0.8, sentence_pause_s=0.5, hesitation_pause_s=0.17),
        Manner("espeak-fi+m3", stretch=0.85, level_dbfs=-23.0),
        seed=303,
    ),
    Plan(
        "pitka_puhelu",
        "a long call with several matters and two waits",
        LONG,
        Manner("mv", stretch=1.02, pitch_factor=1.4, pitch_range=0.9, sentence_pause_s=0.6, comma_pause_s=0.38),
        Manner("suo", pitch_factor=1.05, level_dbfs=-23.0),
        seed=404,
    ),
)


def make_call(plan: Plan, folder: Path) -> None:
    """Write one call into `folder`: ``.wav``, ``.json`` (truth), ``.txt`` and ``.vtt`` (transcripts).

    Raises
    ------
    samples.spoken.SpeechError
        If a synthesiser or a voice is missing.
    """
    manners = {"agent": plan.agent, "customer": plan.customer}
    turns = spoken_turns(plan.spots, manners, seed=plan.seed, sample_rate=SAMPLE_RATE)
    channels = channels_of(turns, seed=plan.seed, sample_rate=SAMPLE_RATE)
    name = f"{plan.stem}.wav"
    write_alaw(folder / name, [channels["agent"], channels["customer"]], sample_rate=SAMPLE_RATE)
    truth = {
        "file": name,
        "about": plan.about,
        "seconds": len(channels["agent"]) / SAMPLE_RATE,
        "sample_rate": SAMPLE_RATE,
        "channels": {"left": "agent", "right": "customer"},
        "codec": "pcm_alaw",
        "seed": plan.seed,
        "voices": {role: manner.voice for role, manner in manners.items()},
        **truth_of(turns),
    }
    (folder / f"{plan.stem}.json").write_text(_as_json(truth), encoding="utf-8")
    (folder / f"{plan.stem}.txt").write_text(transcript_text(turns), encoding="utf-8")
    (folder / f"{plan.stem}.vtt").write_text(transcript_vtt(turns), encoding="utf-8")


def _as_json(truth: dict[str, Any]) -> str:
    """JSON with one list item a line: short enough to read, and a change shows as a few lines in a diff."""
    rows = []
    for key, value in truth.items():
        if isinstance(value, list) and value:
            items = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value)
            rows.append(f' "{key}": [\n  {items}\n ]')
        else:
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError(f"{key} is {value}")
            rows.append(f' "{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(rows) + "\n}\n"


def main() -> None:
    """Command line of the maker."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write into")
    parser.add_argument("--only", choices=[plan.stem for plan in PLANS], help="make this call alone")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    for plan in PLANS:
        if chosen.only in (None, plan.stem):
            make_call(plan, chosen.out)


if __name__ == "__main__":
    main()
