"""The command line: every format, every exit code, one sentence on stderr, and help at once."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from analysis.catalogue import CATALOGUE
from app import __version__
from app.cli import FORMATS, main
from app.document import ScorecardDoc
from app.errors import InputError, ModelMissing, PuhepeiliError, UsageError
from tests.app.audio.recordings import pcm16, tone, wav_bytes
from tests.app.test_document import assert_contract
from tests.fakes import SAMPLES, STEMS

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("numpy", "av", "librosa", "faster_whisper", "onnxruntime", "pydantic", "polars", "soxr", "ctranslate2")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def run_process(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *(str(word) for word in words)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        timeout=60,
        check=False,
    )


def sentence_of(result: Result, *, code: int) -> str:
    """The one sentence on stderr of a run that ended with `code`."""
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("puhepeili: ")
    assert lines[0].endswith((".", "?"))
    return lines[0].removeprefix("puhepeili: ")


def card_in(text: str) -> ScorecardDoc:
    assert_contract(json.loads(text))
    return ScorecardDoc.model_validate_json(text)


def is_of_form(text: str, form: str) -> bool:
    """Whether `text` is what `form` promises, told by its own reader."""
    if form == "json":
        return card_in(text).scorecard_version == "1"
    if form == "html":
        return text.lower().startswith("<!doctype html>") and text.rstrip().endswith("</html>")
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(text)))
        return [row["name"] for row in rows] == [info.name for info in CATALOGUE]
    if form == "textgrid":
        return text.startswith('File type = "ooTextFile"') and "IntervalTier" in text
    return "═══" in text and "<" not in text


# --- known answer: formats --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("given", ["none", "txt", "vtt"])
def test_every_format_with_and_without_a_transcript(short_call: Path, form: str, given: str) -> None:
    words = ("--no-asr",) if given == "none" else ("--transcript", short_call.with_suffix(f".{given}"))
    result = run("score", short_call, "--agent", "left", "--format", form, *words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert is_of_form(result.stdout, form)
    shows_words = {"none": (), "txt": ("html", "json"), "vtt": ("html", "json", "textgrid")}[given]
    assert ("Hyvää" in result.stdout) == (form in shows_words)


@pytest.mark.parametrize("stem", STEMS[:2])
def test_a_sample_call_by_the_command_is_the_one_by_the_function(cards: dict[str, ScorecardDoc], stem: str) -> None:
    call = SAMPLES / f"{stem}.wav"
    words = ("--transcript", call.with_suffix(".vtt"), "--agent", "left", "--locale", "en", "--format", "json")
    result = run("score", call, *words)
    assert card_in(result.stdout) == cards[stem]


def test_the_default_is_text_in_finnish(short_call: Path) -> None:
    result = run("score", short_call, "--no-asr", "--agent", "left")
    assert is_of_form(result.stdout, "text")
    assert "TEMPO JA RYTMI" in result.stdout
    english = run("score", short_call, "--no-asr", "--agent", "left", "--locale", "en")
    assert "TEMPO AND RHYTHM" in english.stdout


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.json", "json"),
        ("a.JSON", "json"),
        ("a.html", "html"),
        ("a.htm", "html"),
        ("a.csv", "csv"),
        ("a.TextGrid", "textgrid"),
        ("a.txt", "text"),
        ("a", "text"),
        ("a.b.html", "html"),
        ("-a.json", "json"),
        ("kortti ☎️.json", "json"),
    ],
)
def test_the_format_comes_from_the_ending_of_out(short_call: Path, tmp_path: Path, name: str, form: str) -> None:
    out = tmp_path / name
    result = run("score", short_call, "--no-asr", "--out", out)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert is_of_form(out.read_text(encoding="utf-8"), form)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert out.stat().st_mode & 0o777 == 0o644


def test_a_format_that_is_named_goes_before_the_ending(short_call: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    run("score", short_call, "--no-asr", "--out", out, "--format", "json")
    assert is_of_form(out.read_text(encoding="utf-8"), "json")


def test_the_page_can_hold_its_sound(short_call: Path) -> None:
    plain = run("score", short_call, "--no-asr", "--format", "html").stdout
    with_sound = run("score", short_call, "--no-asr", "--format", "html", "--embed-audio").stdout
    assert "audio/mpeg" not in plain
    assert "audio/mpeg" in with_sound
    assert len(with_sound) > len(plain) + 50_000


# --- known answer: the agent's channel --------------------------------------------------------------------------------


@pytest.mark.parametrize(("agent", "source"), [("left", "told"), ("right", "told"), (None, "guessed")])
def test_the_agents_channel_is_told_or_guessed(short_call: Path, agent: str | None, source: str) -> None:
    told = ("--agent", agent) if agent else ()
    card = card_in(run("score", short_call, "--no-asr", "--format", "json", *told).stdout)
    assert (card.recording.agent_channel, card.recording.agent_channel_source) == (agent or "left", source)
    ids = [message.id for message in card.recording.warning_messages]
    assert ids == ([] if agent else ["warning-agent-guessed"])
    first = card.timeline.speech[0][0]
    assert first == pytest.approx(7.65 if agent == "right" else 0.8, abs=0.15)


def test_mono_means_the_agent_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav_bytes(pcm16(tone(300, rate_hz=8000, seconds=2)), rate_hz=8000))
    card = card_in(run("score", path, "--no-asr", "--agent", "mono", "--format", "json").stdout)
    assert (card.recording.agent_channel, card.recording.agent_channel_source) == ("mono", "told")
    problem = sentence_of(run("score", path, "--no-asr", "--agent", "right"), code=3)
    assert problem == "The recording has one channel, so the agent cannot be on the right."


# --- known answer: baseline, standard, measures, models ---------------------------------------------------------------


def test_a_baseline_from_a_card_or_a_folder_gives_the_shift(short_call: Path, tmp_path: Path) -> None:
    folder = tmp_path / "earlier"
    folder.mkdir()
    words = ("score", short_call, "--no-asr", "--agent", "left", "--format", "json")
    first = run(*words, "--out", folder / "a.json")
    assert first.exit_code == 0
    card = json.loads((folder / "a.json").read_text(encoding="utf-8"))
    median = card["measures"]["f0_median"]["value"]
    card["measures"]["f0_median"]["value"] = median / 2 ** (2 / 12)
    (tmp_path / "low.json").write_text(json.dumps(card), encoding="utf-8")
    for baseline, shift in ((folder / "a.json", 0.0), (folder, 0.0), (tmp_path / "low.json", 2.0)):
        found = card_in(run(*words, "--baseline", baseline).stdout)
        assert found.measures["f0_shift"].value == pytest.approx(shift, abs=0.01)
        assert found.measures["f0_shift"].reason is None
    assert found.measures["f0_median"].baseline == pytest.approx(median / 2 ** (2 / 12), abs=0.01)
    assert card_in(run(*words).stdout).measures["f0_shift"].value is None


def test_a_standard_of_ones_own_moves_the_verdict(short_call: Path, tmp_path: Path) -> None:
    standard = tmp_path / "oma.toml"
    standard.write_text('name = "oma"\nversion = 3\n[norms.pause_rate]\nlow = 900\n', encoding="utf-8")
    words = ("score", short_call, "--no-asr", "--agent", "left", "--format", "json")
    card = card_in(run(*words, "--standard", standard).stdout)
    assert card.engine.standard == "oma@3"
    assert card.measures["pause_rate"].verdict == "below"
    norm = card.measures["pause_rate"].norm
    assert norm is not None
    assert norm.low == 900
    assert card_in(run(*words).stdout).engine.standard == "default@1"


@pytest.mark.parametrize("locale", ["fi", "en"])
def test_measures_lists_every_one_with_its_unit_or_norm(locale: str) -> None:
    result = run("measures", "--locale", locale)
    assert (result.exit_code, result.stderr) == (0, "")
    blocks = [block for block in result.stdout.split("\n\n") if block.strip()]
    assert len(blocks) >= len(CATALOGUE)
    assert len(set(re.findall(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b", result.stdout)) & {i.name for i in CATALOGUE}) == len(
        CATALOGUE
    )


def test_models_list_names_each_with_its_licence() -> None:
    result = run("models", "list")
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.search(r"^base  ·", result.stdout, re.MULTILINE)
    assert result.stdout.count("SHA-256: ") >= 6


# --- known answer: exit codes and the one sentence --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("{tmp}/ei ole.wav",), 3, "There is no such file; give the path of a recording."),
        (("{tmp}",), 3, "The file cannot be opened for reading; it must be an ordinary file that this user may read."),
        (("{call}", "--transcript", "{tmp}/x.vtt"), 3, "There is no file x.vtt."),
        (("{call}", "--baseline", "{tmp}/x.json"), 3, "There is no file x.json."),
        (("{call}", "--standard", "{tmp}/x.toml"), 3, "There is no file x.toml."),
        (("{call}", "--out", "{tmp}"), 2, "--out must be a file, but {tmp} is a folder."),
        (("{call}", "--out", "{tmp}/a/b.json"), 2, "The folder of {tmp}/a/b.json does not exist; make it first."),
        (("{call}", "--embed-audio"), 2, "--embed-audio works with --format html only, not with text."),
    ],
)
def test_wrong_usage_and_input_end_with_their_code_and_sentence(
    short_call: Path, tmp_path: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    given = [word.format(tmp=tmp_path, call=short_call) for word in words]
    assert sentence_of(run("score", "--no-asr", *given), code=code) == sentence.format(tmp=tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        ("score",),
        ("score", "{call}", "--agent", "middle"),
        ("score", "{call}", "--format", "xml"),
        ("score", "{call}", "--no-such"),
        ("score", "{call}", "{call}"),
        ("score", "{call}", "--locale", "sv"),
        ("no-such",),
        ("batch", "{call}"),
    ],
)
def test_a_wrong_option_ends_with_2_and_says_which(short_call: Path, words: tuple[str, ...]) -> None:
    result = run(*(word.format(call=short_call) for word in words))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_model_that_is_not_here_ends_with_4(
    short_call: Path, tmp_path: Path, environment: Callable[..., None]
) -> None:
    environment(cache_dir=tmp_path, hub=0)
    problem = sentence_of_model(run("score", short_call, "--model", "small"))
    assert problem.startswith("The model small is not on this machine")


def test_weights_with_a_wrong_hash_end_with_4(
    short_call: Path, tmp_path: Path, environment: Callable[..., None]
) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes(b"{}")
    environment(cache_dir=tmp_path, hub=0)
    problem = sentence_of_model(run("score", short_call, "--model", "small"))
    assert "model.bin" in problem
    verified = run("models", "verify", "small")
    assert verified.exit_code == 4
    assert "small" in verified.stdout


def sentence_of_model(result: Result) -> str:
    """As `sentence_of`; how such a sentence ends is for the tests of the models command."""
    assert (result.exit_code, result.stdout) == (4, "")
    [line] = result.stderr.splitlines()
    return line.removeprefix("puhepeili: ")


@pytest.mark.parametrize(
    ("error", "code"),
    [(UsageError, 2), (InputError, 3), (ModelMissing, 4), (PuhepeiliError, 1)],
)
def test_each_kind_of_error_has_its_code(
    short_call: Path, monkeypatch: pytest.MonkeyPatch, error: type[PuhepeiliError], code: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error("error-audio-empty")

    monkeypatch.setattr("app.scoring.score_with_audio", fail)
    result = run("score", short_call)
    assert sentence_of(result, code=code) == "The file is empty (0 bytes); a recording of a call is needed."


def test_a_sentence_stays_on_one_line_whatever_is_in_it(short_call: Path, tmp_path: Path) -> None:
    result = run("score", short_call, "--no-asr", "--transcript", f"{tmp_path}/a\nb\tc.vtt")
    assert sentence_of(result, code=3) == "There is no file a b c.vtt."


def test_interrupting_ends_with_1(short_call: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.scoring.score_with_audio", interrupt)
    result = run("score", short_call)
    assert (result.exit_code, result.stdout, result.stderr.strip()) == (1, "", "Aborted!")


# --- law: all or nothing ----------------------------------------------------------------------------------------------


def test_when_rendering_fails_the_older_card_stays(
    short_call: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.html"
    out.write_text("older", encoding="utf-8")

    def fail(*_: object, **__: object) -> str:
        raise InputError("error-audio-empty")

    monkeypatch.setattr("app.views.html.render_html", fail)
    sentence_of(run("score", short_call, "--no-asr", "--out", out), code=3)
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("a.html", "older")]


@pytest.mark.parametrize("broken", ["pathlib.Path.replace", "pathlib.Path.chmod"])
def test_when_writing_fails_nothing_is_left(
    short_call: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(broken, fail)
    result = run("score", short_call, "--no-asr", "--out", tmp_path / "a.json")
    assert sentence_of(result, code=2) == f"{tmp_path / 'a.json'} could not be written: No space left on device."
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_a_call_that_is_refused_leaves_the_older_card(tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    out.write_text("older", encoding="utf-8")
    (tmp_path / "call.wav").write_bytes(b"")
    sentence_of(run("score", tmp_path / "call.wav", "--no-asr", "--out", out), code=3)
    assert out.read_text(encoding="utf-8") == "older"
    assert len(list(tmp_path.iterdir())) == 2


# --- against others: as a process -------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("--help",), ("score", "--help"), ("models", "--help"), ("--version",)])
def test_help_loads_nothing_heavy(words: tuple[str, ...]) -> None:
    script = (
        "import sys\nfrom app.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit as end:\n"
        "    print(end.code, sorted(set(sys.modules) & set(sys.argv[0].split())), file=sys.stderr)\n"
    )
    setup = f"import sys; sys.argv[0] = {' '.join(HEAVY)!r}\n"
    done = subprocess.run(
        [sys.executable, "-c", setup + script, *words], cwd=ROOT, capture_output=True, timeout=60, check=True, text=True
    )
    assert done.stderr == "0 []\n"
    assert (__version__ if words == ("--version",) else "Usage:") in done.stdout


def test_a_process_puts_json_on_stdout_and_nothing_on_stderr(short_call: Path) -> None:
    done = run_process("score", short_call, "--no-asr", "--agent", "left", "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    card = card_in(done.stdout.decode("utf-8"))
    assert card.recording.name == short_call.name


def test_a_process_in_a_plain_locale_still_writes_utf_8(short_call: Path) -> None:
    done = run_process("score", short_call, "--no-asr", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "══" in done.stdout.decode("utf-8")


def test_a_process_that_fails_says_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("Hyvää päivää", encoding="utf-8")
    done = run_process("score", tmp_path / "a.wav")
    assert (done.returncode, done.stdout) == (3, b"")
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("puhepeili: The file is text, not a recording;")


def test_progress_is_a_bar_on_stderr_alone(short_call: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[str, float]] = []

    class Bar:
        n = 0

        def __init__(self, **options: Any) -> None:
            assert options["file"] is sys.stderr

        def set_description_str(self, stage: str, refresh: bool) -> None:
            self.stage = stage

        def update(self, by: int) -> None:
            self.n += by
            shown.append((self.stage, self.n))

        def close(self) -> None:
            shown.append(("closed", 0))

    import tqdm

    monkeypatch.setattr(tqdm, "tqdm", Bar)
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: self.name == "<stderr>", raising=False)
    result = run("score", short_call, "--no-asr", "--format", "json")
    assert card_in(result.stdout)
    assert shown[-2:] == [("measuring", 100), ("closed", 0)]
    assert [number for _, number in shown[:-1]] == sorted(number for _, number in shown[:-1])
    shown.clear()
    run("score", short_call, "--no-asr", "--quiet")
    assert shown == []
