"""What the tests of the whole path share: the sample calls scored once, a short call, and an environment to set."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.document import ScorecardDoc
from app.scoring import ScoreOptions, score_file
from app.settings import settings
from samples.alaw import write_alaw
from tests.fakes import SAMPLES, STEMS, channels_of

SHORT_S = 22.0
"""The agent's greeting, the customer's matter, the agent's answer."""


@pytest.fixture(scope="session")
def truths() -> dict[str, dict[str, Any]]:
    """What was said in each sample call, and when."""
    return {stem: json.loads((SAMPLES / f"{stem}.json").read_text(encoding="utf-8")) for stem in STEMS}


@pytest.fixture(scope="session")
def cards() -> dict[str, ScorecardDoc]:
    """Each sample call scored with its WebVTT."""
    return {
        stem: score_file(
            SAMPLES / f"{stem}.wav",
            ScoreOptions(agent="left", transcript=SAMPLES / f"{stem}.vtt", locale="en"),
        )
        for stem in STEMS
    }


@pytest.fixture(scope="session")
def short_call(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 22 s of a call, with `.txt` and `.vtt` beside it."""
    folder = tmp_path_factory.mktemp("short")
    channels, rate = channels_of("hyva_puhelu")
    path = folder / "alku.wav"
    write_alaw(path, [channel[: round(SHORT_S * rate)] for channel in channels], sample_rate=rate)
    lines = (SAMPLES / "hyva_puhelu.txt").read_text(encoding="utf-8").splitlines()
    cues = (SAMPLES / "hyva_puhelu.vtt").read_text(encoding="utf-8").split("\n\n")
    path.with_suffix(".txt").write_text("\n".join(lines[:3]) + "\n", encoding="utf-8")
    path.with_suffix(".vtt").write_text("\n\n".join(cues[:4]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Sets ``PUHEPEILI_`` variables by their bare names, and has the settings read anew, then and afterwards."""

    def chosen(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"PUHEPEILI_{name.upper()}", str(value))
        settings.cache_clear()

    yield chosen
    settings.cache_clear()
