"""From a file to a scorecard document: the one path that every edge (command, batch, service) takes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app import stages
from app.audio.spool import Spool
from app.baselines import read_baseline
from app.channels import AgentChannel
from app.document import ScorecardDoc
from app.messages import Locale
from app.standards import read_standard

AgentChoice = AgentChannel
Progress = Callable[[str, float], None]
"""Called with a stage (``decode``, ``detect``, ``transcribe``, ``measure``) and how much of the whole is done, 0 to 1."""

SHARES = {"decode": (0.0, 0.05), "detect": (0.05, 0.10), "transcribe": (0.10, 0.90), "measure": (0.90, 1.0)}


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """What a caller may choose for one recording."""

    agent: AgentChoice | None = None
    language: str = "fi"
    model: str = "base"
    asr: bool = True
    transcript: Path | None = None
    baseline: Path | None = None
    standard: Path | None = None
    locale: Locale = "fi"
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Scored:
    """A scorecard, with the page's sound where it was asked for."""

    document: ScorecardDoc
    audio: tuple[str, bytes] | None


def score_file(path: Path, options: ScoreOptions, *, progress: Progress | None = None) -> ScorecardDoc:
    """Scorecard of the recording in `path`.

    Raises
    ------
    InputError
        If the recording, transcript, baseline or standard cannot be used.
    ModelMissing
        If the speech model's weights are not here.
    """
    return score_with_audio(path, options, progress=progress, audio=False).document


def score_with_audio(
    path: Path, options: ScoreOptions, *, progress: Progress | None = None, audio: bool = True
) -> Scored:
    """Scorecard of the recording in `path`, and its sound in a form that a page can hold.

    Raises
    ------
    InputError, ModelMissing
        As `score_file`.
    """
    standard = read_standard(options.standard)
    baseline = read_baseline(options.baseline) if options.baseline else None
    say = _staged(progress)
    with (
        tempfile.TemporaryDirectory(prefix="puhepeili-") as folder,
        stages.decoded(path, Path(folder), progress=say("decode")) as spool,
    ):
        say("detect")(0.0)
        sides = stages.heard(spool, options.agent)
        say("detect")(1.0)
        wording = stages.worded(spool, sides, options, standard, progress=say("transcribe"))
        say("measure")(0.0)
        document = stages.measured(spool, sides, wording, standard, baseline, options, name=readable_name(path))
        say("measure")(1.0)
        return Scored(document, _page_audio(spool) if audio else None)


def _page_audio(spool: Spool) -> tuple[str, bytes]:
    from app.audio.embed import page_audio

    return page_audio(spool)


def _staged(progress: Progress | None) -> Callable[[str], Callable[[float], None]]:
    """Progress of each stage as its part of the whole."""

    def stage(name: str) -> Callable[[float], None]:
        first, last = SHARES[name]

        def show(share: float) -> None:
            if progress:
                progress(name, first + (last - first) * min(1.0, max(0.0, share)))

        return show

    return stage


def readable_name(path: Path) -> str:
    """The file's name as text; bytes that are no UTF-8 become question marks."""
    return os.fsencode(path.name).decode("utf-8", "replace")
