"""What goes wrong on the command line ends in one sentence, in the reader's language, and the right exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
RUSHED = str(SAMPLES / "kiireinen_puhelu.wav")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), prog_name="puhepeili")


def sentence(result: Result) -> str:
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("puhepeili: ").strip()


# --- known answer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "exit_code", "part"),
    [
        (("score", RUSHED, "--language", "english"), 2, "There is no language english"),
        (("score", RUSHED, "--model", "nosuch"), 4, "There is no model called nosuch"),
        (("score", RUSHED, "--no-asr", "--out", "/proc/card.json"), 2, "/proc/card.json could not be written"),
        (("score", "nofile.wav", "--locale", "fi"), 3, "Tiedostoa ei löydy"),
        (("score", "nofile.wav", "--locale=fi"), 3, "Tiedostoa ei löydy"),
        (("score", "nofile.wav", "--locale", "en"), 3, "There is no such file"),
    ],
)
def test_a_sentence_and_an_exit_code(words: tuple[str, ...], exit_code: int, part: str) -> None:
    result = run(*words)
    assert result.exit_code == exit_code
    assert part in sentence(result) or part.split()[0] in sentence(result)


def test_a_text_of_another_call_does_not_fit() -> None:
    text = str(SAMPLES / "pitka_puhelu.txt")
    result = run("score", str(SAMPLES / "hyva_puhelu.wav"), "--agent", "left", "--transcript", text)
    assert result.exit_code == 3
    assert "does not fit the recording" in sentence(result)


def test_a_broken_model_is_a_missing_one(tmp_path: Path) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.json"):
        (tmp_path / name).write_text("{}")
    result = run("score", RUSHED, "--model", str(tmp_path))
    assert result.exit_code == 4
    assert sentence(result)


def test_a_fault_of_ours_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("app.scoring.score_with_audio", broken)
    result = run("score", RUSHED, "--no-asr")
    assert result.exit_code == 1
    assert "ZeroDivisionError: a bug" in sentence(result)


def test_a_name_that_is_no_utf8_is_scored(tmp_path: Path) -> None:
    from app.scoring import readable_name

    assert readable_name(Path("puhelu\udcff.wav")) == "puhelu\ufffd.wav"
