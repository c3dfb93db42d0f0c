"""Each stage's result can be kept and taken up by another process, with the same card at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import stages
from app.scoring import ScoreOptions, score_file
from app.standards import read_standard

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
CALL = SAMPLES / "taytepuhelu.wav"
OPTIONS = ScoreOptions(agent="left", transcript=SAMPLES / "taytepuhelu.vtt")


# --- law --------------------------------------------------------------------------------------------------------------


def test_a_card_made_from_kept_stages_is_the_card_made_in_one_go(tmp_path: Path) -> None:
    standard = read_standard(None)
    sides = stages.heard(stages.decoded(CALL, tmp_path), "left")
    wording = stages.worded(stages.decoded_before(tmp_path), sides, OPTIONS, standard)
    kept_sides, kept_wording = stages.sides_text(sides), stages.wording_text(wording)

    spool = stages.decoded_before(tmp_path)
    again = stages.sides_of_text(kept_sides, spool)
    card = stages.measured(spool, again, stages.wording_of_text(kept_wording), standard, None, OPTIONS, name=CALL.name)

    whole = score_file(CALL, OPTIONS)
    assert card.measures == whole.measures
    assert card.transcript == whole.transcript
    assert card.recording == whole.recording
    assert card.timeline.model_copy(update={"waveform": None}) == whole.timeline.model_copy(update={"waveform": None})


# --- known answer -----------------------------------------------------------------------------------------------------


def test_a_spool_that_lost_samples_is_not_taken_up(tmp_path: Path) -> None:
    spool = stages.decoded(CALL, tmp_path)
    spool.paths[1].write_bytes(spool.paths[1].read_bytes()[:-2])
    with pytest.raises(FileNotFoundError, match="samples-"):
        stages.decoded_before(tmp_path)
