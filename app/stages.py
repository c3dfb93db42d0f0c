"""The four stages of a score, each with a result that can be kept: what one process has done, another goes on from.

``decode`` leaves a folder of samples, ``detect`` says who speaks when, ``transcribe`` what the agent says, ``measure``
makes the card. Each result but the first is a JSON text; samples stay on disk. The service runs them as durable steps.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from analysis.frames import frame_levels
from analysis.noise import ActiveLevel
from analysis.types import Message, Segments
from app.audio.decode import DecodeLimits, decode
from app.audio.facts import ChannelFacts
from app.audio.spool import Spool
from app.baselines import Baseline
from app.channels import AgentChannel, Sides, SpoolChannel, sides_of
from app.document import ScorecardDoc
from app.settings import settings
from app.standards import Standard
from app.wording import Wording, no_wording, recognised_wording, supplied_wording
from models.detection import Detection, blocks_of

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from app.scoring import ScoreOptions

FACTS_FILE = "recording.json"
Show = Callable[[float], None]


def limits() -> DecodeLimits:
    """What the settings allow a recording to be."""
    chosen = settings()
    return DecodeLimits(max_bytes=chosen.max_file_bytes, max_duration_s=chosen.max_duration_s)


def decoded(path: Path, folder: Path, *, progress: Show | None = None) -> Spool:
    """Samples of the recording in `folder`, with all that is known of them in ``recording.json`` beside them.

    Raises
    ------
    InputError
        If the recording cannot be used.
    """
    spool = decode(path, folder, limits=limits(), progress=progress)
    record = {
        "files": [file.name for file in spool.paths],
        "codec": spool.codec,
        "container": spool.container,
        "source_rate_hz": spool.source_rate_hz,
        "analysis_rate": spool.analysis_rate,
        "n_samples": spool.n_samples,
        "relation": spool.relation,
        "warnings": [{"id": warning.id, "args": dict(warning.args)} for warning in spool.warnings],
        "facts": [_adapter(ChannelFacts).dump_python(facts) for facts in spool.facts],
        "window_peaks": [[round(peak, 4) for peak in peaks.tolist()] for peaks in spool.window_peaks],
    }
    (folder / FACTS_FILE).write_text(json.dumps(record), encoding="utf-8")
    return spool


def decoded_before(folder: Path) -> Spool:
    """The spool that `decoded` left in `folder`.

    Raises
    ------
    FileNotFoundError
        If it is not there whole.
    """
    record = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
    paths = tuple(folder / name for name in record["files"])
    for path in paths:
        if path.stat().st_size != 2 * record["n_samples"]:
            raise FileNotFoundError(path)
    return Spool(
        paths=paths,
        codec=record["codec"],
        container=record["container"],
        source_rate_hz=record["source_rate_hz"],
        analysis_rate=record["analysis_rate"],
        n_samples=record["n_samples"],
        warnings=tuple(Message(item["id"], item["args"]) for item in record["warnings"]),
        facts=tuple(ChannelFacts(**item) for item in record["facts"]),
        relation=record["relation"],
        window_peaks=tuple(np.array(peaks, dtype=np.float32) for peaks in record["window_peaks"]),
    )


@dataclass(frozen=True, slots=True)
class HeardSides:
    """What `detect` found, without the levels: they are quicker to take again than to keep."""

    index: int
    name: AgentChannel
    source: Literal["told", "guessed", "only"]
    speech: Segments
    tones: Segments
    active: ActiveLevel
    arbitrated_s: float
    music_s: float
    customer: Segments | None
    both_voices: bool
    warnings: tuple[Message, ...]


def heard(spool: Spool, told: AgentChannel | None) -> Sides:
    """Who speaks when.

    Raises
    ------
    InputError
        If the told channel is not there or has no sound in it.
    """
    return sides_of(spool, told)


def sides_text(sides: Sides) -> str:
    """What `detect` found, as JSON."""
    found = sides.detection
    record = HeardSides(
        index=sides.agent.index,
        name=sides.name,
        source=sides.source,
        speech=found.speech,
        tones=found.tones,
        active=found.active,
        arbitrated_s=found.arbitrated_s,
        music_s=found.music_s,
        customer=sides.customer,
        both_voices=sides.both_voices,
        warnings=sides.warnings,
    )
    return _adapter(HeardSides).dump_json(record).decode()


def sides_of_text(text: str, spool: Spool) -> Sides:
    """The sides that `sides_text` wrote, with the levels of the agent's channel taken anew."""
    record: HeardSides = _adapter(HeardSides).validate_json(text)
    channel = SpoolChannel(spool, record.index)
    levels = frame_levels(blocks_of(channel), sample_rate=channel.sample_rate)
    detection = Detection(
        speech=record.speech,
        levels=levels,
        active=record.active,
        arbitrated_s=record.arbitrated_s,
        music_s=record.music_s,
        tones=record.tones,
    )
    return Sides(channel, record.name, record.source, detection, record.customer, record.both_voices, record.warnings)


def worded(
    spool: Spool, sides: Sides, options: ScoreOptions, standard: Standard, *, progress: Show | None = None
) -> Wording:
    """What the agent says: the caller's transcript, the recogniser's, or none.

    Raises
    ------
    InputError
        If the transcript cannot be used.
    ModelMissing
        If the speech model's weights are not here.
    """
    if options.transcript is not None:
        return supplied_wording(options.transcript, spool, sides, standard)
    if not options.asr:
        return no_wording()
    return recognised_wording(sides, options, standard, progress or _unseen)


def wording_text(wording: Wording) -> str:
    """A wording as JSON."""
    return _adapter(Wording).dump_json(wording).decode()


def wording_of_text(text: str) -> Wording:
    """The wording that `wording_text` wrote."""
    wording: Wording = _adapter(Wording).validate_json(text)
    return wording


def measured(
    spool: Spool,
    sides: Sides,
    wording: Wording,
    standard: Standard,
    baseline: Baseline | None,
    options: ScoreOptions,
    *,
    name: str,
) -> ScorecardDoc:
    """The scorecard."""
    from app.card import card_of

    return card_of(spool, sides, wording, standard, baseline, options, name=name)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _unseen(_share: float) -> None:
    """Progress that nobody watches."""
