"""A whole batch with a made-up scorer: crashes, failures, going on, Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import batch_fakes
import polars
import pytest

from app.batch import BatchResult, run_batch
from app.errors import InputError, ModelMissing, PuhepeiliError, UsageError
from app.scoring import ScoreOptions

ROOT = Path(__file__).resolve().parents[3]


def run(source, out, *, options=None, workers=1, **more):
    options = options or ScoreOptions(locale="en")
    return run_batch(
        source, out, options=options, workers=workers, score=batch_fakes.score, render=batch_fakes.render, **more
    )


def make(folder: Path, **contents: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / f"{name}.wav").write_text(content)
    return folder


def times_scored(source: Path, name: str) -> int:
    seen = source / f"{name}.seen"
    return seen.read_text().count("\n") if seen.exists() else 0


class Breaks:
    """Work that cannot be unpickled where it is needed."""

    def __call__(self, path, options):
        raise AssertionError("never called")

    def __reduce__(self):
        return os._exit, (5,)


# --- known answer


def test_one_bad_file_never_stops_the_rest(tmp_path):
    source = make(tmp_path / "calls", a="rate 5", b="bad", c="crash", d="bug", e="crash once", f="rate 7", g="rate 3")
    result = run(source, tmp_path / "out", workers=2)
    assert result == BatchResult(scored=4, failed=3, skipped=0)
    scores = polars.read_parquet(tmp_path / "out" / "scores.parquet")
    assert scores.select("call", "articulation_rate", "articulation_rate_verdict").rows()[0::2] == [
        ("a.wav", 5.0, "within"),
        ("f.wav", 7.0, "above"),
    ]
    assert scores["call"].to_list() == ["a.wav", "e.wav", "f.wav", "g.wav"]
    errors = dict(polars.read_csv(tmp_path / "out" / "errors.csv").select("call", "sentence").rows())
    assert errors == {
        "b.wav": "There is no file bad recording.",
        "c.wav": "The program crashed twice on this recording (exit code 11). "
        "The file is probably damaged, or memory ran out.",
        "d.wav": "An unexpected error came up with this recording: ZeroDivisionError seven by nothing",
    }
    assert [times_scored(source, name) for name in "abcde"] == [1, 1, 2, 1, 2]
    for name in scores["scorecard"]:
        page = tmp_path / "out" / name
        assert page.read_text().startswith("<!doctype html><title>en")
        assert json.loads(page.with_suffix(".json").read_text())["focus"]["try"] == "…"
    assert (tmp_path / "out" / "overview.html").read_text().count("scorecards/") == 4
    assert not list(tmp_path.rglob("*.part"))


def test_workers_stay_between_files_and_have_one_thread_each(tmp_path):
    source = make(tmp_path / "calls", **{f"c{n}": "rate 5" for n in range(6)})
    before = os.environ.get("OMP_NUM_THREADS")
    run(source, tmp_path / "out", options=ScoreOptions(threads=4))
    seen = [(source / f"c{n}.seen").read_text().split() for n in range(6)]
    assert len({process for process, _, _ in seen}) == 1
    assert {(blas, threads) for _, blas, threads in seen} == {("1", "1")}
    assert int(seen[0][0]) != os.getpid()
    assert os.environ.get("OMP_NUM_THREADS") == before


def test_hostile_names_get_plain_results(tmp_path):
    names = [
        "two words",
        "👩‍💻 ääkkönen",
        "line\nbreak",
        "..",
        "=cmd|calc",
        "x" * 200,
        "-rf",
        "'quote\"",
        "a%20b",
        "a b#c?d",
    ]
    source = make(tmp_path / "calls", **dict.fromkeys(names, "rate 5"))
    assert run(source, tmp_path / "out", workers=2).scored == len(names)
    made = sorted(path.name for path in (tmp_path / "out" / "scorecards").iterdir())
    assert len(made) == 2 * len(names)
    assert all(name.isascii() and " " not in name and len(name) < 90 for name in made)
    called = polars.read_parquet(tmp_path / "out" / "scores.parquet")["call"].to_list()
    assert sorted(called) == sorted(f"{name}.wav" for name in names)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["calls", "out"]


def test_manifest_columns_reach_the_table_and_a_missing_file_is_an_error(tmp_path):
    make(tmp_path, a="rate 5")
    (tmp_path / "list.csv").write_text("path;agent;agent_id;client_reference\na.wav;right;=7;c1\ngone.wav;;;\n")
    result = run(tmp_path / "list.csv", tmp_path / "out")
    assert result == BatchResult(scored=1, failed=1, skipped=0)
    columns = ("call", "agent_id", "client_reference", "agent_channel")
    scores = polars.read_parquet(tmp_path / "out" / "scores.parquet")
    assert scores.select(columns).rows() == [("a.wav", "=7", "c1", "right")]
    assert polars.read_csv(tmp_path / "out" / "scores.csv")["agent_id"].to_list() == ["'=7"]
    assert "gone.wav" in polars.read_csv(tmp_path / "out" / "errors.csv")["sentence"][0]


def test_a_transcript_beside_a_call_is_used_if_it_is_one(tmp_path):
    source = make(tmp_path / "calls", a="rate 5", b="rate 5", c="rate 5")
    (source / "a.txt").write_text("Agent: hei")
    (source / "b.json").write_text("{}")
    run(source, tmp_path / "out")
    scores = polars.read_parquet(tmp_path / "out" / "scores.parquet").select("transcript_source", "note").rows()
    assert [transcript for transcript, _ in scores] == ["supplied", "asr", "asr"]
    assert "b.json was not used" in scores[1][1]
    assert (scores[0][1], scores[2][1]) == (None, None)
    run(source, tmp_path / "without", transcripts_beside=False)
    scores = polars.read_parquet(tmp_path / "without" / "scores.parquet")
    assert scores["transcript_source"].to_list() == ["asr"] * 3


# --- known answer: going on


def test_resume_scores_only_what_is_new_or_changed(tmp_path):
    source = make(tmp_path / "calls", a="rate 5", b="bad", c="bug", d="rate 6")
    out = tmp_path / "out"
    assert run(source, out) == BatchResult(scored=2, failed=2, skipped=0)
    make(source, d="rate 6.1", e="rate 4.5")
    assert run(source, out, resume=True) == BatchResult(scored=2, failed=2, skipped=1)
    # An input that cannot be used stays so; an unexpected error is worth another try.
    assert [times_scored(source, name) for name in "abcde"] == [1, 1, 2, 2, 1]
    scores = polars.read_parquet(out / "scores.parquet")
    assert scores.select("call", "articulation_rate").rows() == [("a.wav", 5.0), ("d.wav", 6.1), ("e.wav", 4.5)]
    assert polars.read_csv(out / "errors.csv")["call"].to_list() == ["b.wav", "c.wav"]


def test_resume_scores_again_with_other_options_or_without_the_scorecard(tmp_path):
    source = make(tmp_path / "calls", a="rate 5", b="rate 5")
    out = tmp_path / "out"
    run(source, out)
    assert run(source, out, resume=True).skipped == 2
    next((out / "scorecards").glob("a-*.json")).unlink()
    assert run(source, out, resume=True) == BatchResult(scored=1, failed=0, skipped=1)
    assert run(source, out, resume=True, options=ScoreOptions(locale="en", model="small")).scored == 2
    (source / "a.txt").write_text("Agent: hei")
    again = ScoreOptions(locale="en", model="small", threads=2)
    assert run(source, out, resume=True, options=again) == BatchResult(scored=1, failed=0, skipped=1)


def test_resume_goes_on_after_a_line_cut_short(tmp_path):
    source = make(tmp_path / "calls", a="rate 5", b="rate 5")
    out = tmp_path / "out"
    run(source, out)
    journal = (out / "journal.jsonl").read_bytes()
    (out / "journal.jsonl").write_bytes(journal[:-40])
    assert run(source, out, resume=True) == BatchResult(scored=1, failed=0, skipped=1)
    assert [json.loads(line)["call"] for line in (out / "journal.jsonl").read_text().splitlines()] == ["a.wav", "b.wav"]


def test_a_folder_with_files_is_not_written_into(tmp_path):
    source = make(tmp_path / "calls", a="rate 5")
    make(tmp_path / "mine", photo="x")
    with pytest.raises(UsageError, match=r"is not empty.*--resume"):
        run(source, tmp_path / "mine")
    with pytest.raises(UsageError, match="no earlier run"):
        run(source, tmp_path / "mine", resume=True)
    with pytest.raises(UsageError, match="is a file"):
        run(source, source / "a.wav")
    with pytest.raises(UsageError, match="-1 calls at a time"):
        run(source, tmp_path / "out", workers=-1)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["photo.wav"]
    assert not (tmp_path / "out").exists()


# --- known answer: what stops the run


def test_a_missing_model_stops_the_run_at_once(tmp_path):
    source = make(tmp_path / "calls", a="rate 5", b="model", c="rate 5")
    with pytest.raises(ModelMissing, match="There is no file the model") as stopped:
        run(source, tmp_path / "out")
    assert stopped.value.exit_code == 4
    assert [times_scored(source, name) for name in "abc"] == [1, 1, 0]


def test_a_worker_that_cannot_start_is_told_at_once(tmp_path):
    source = make(tmp_path / "calls", a="rate 5")
    with pytest.raises(PuhepeiliError, match=r"did not start \(exit code 5\)"):
        run_batch(
            source, tmp_path / "out", options=ScoreOptions(), workers=1, score=Breaks(), render=batch_fakes.render
        )


def test_a_bad_standard_is_told_before_anything_is_scored(tmp_path):
    source = make(tmp_path / "calls", a="rate 5")
    (tmp_path / "standard.toml").write_text("[[[")
    with pytest.raises(InputError):
        run(source, tmp_path / "out", options=ScoreOptions(standard=tmp_path / "standard.toml"))
    assert not (tmp_path / "out").exists()


SCRIPT = """
import sys
from pathlib import Path
sys.path[:0] = {paths!r}
import batch_fakes
from app.batch import run_batch
from app.errors import PuhepeiliError
from app.scoring import ScoreOptions
if __name__ == "__main__":
    try:
        run_batch(Path({source!r}), Path({out!r}), options=ScoreOptions(locale="en"), workers=2,
                  score=batch_fakes.score, render=batch_fakes.render)
    except PuhepeiliError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
"""


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise on Windows")
def test_ctrl_c_stops_cleanly_and_the_rest_can_follow(tmp_path):
    source = make(tmp_path / "calls", a="rate 5", b="hang", c="rate 6")
    out = tmp_path / "out"
    paths = [str(ROOT), str(Path(__file__).parent)]
    (tmp_path / "go.py").write_text(SCRIPT.format(paths=paths, source=str(source), out=str(out)))
    process = subprocess.Popen(
        [sys.executable, tmp_path / "go.py"], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    until = time.monotonic() + 15
    journal = out / "journal.jsonl"
    while time.monotonic() < until and (not journal.exists() or journal.read_text().count("\n") < 2):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, said = process.communicate(timeout=10)
    assert process.returncode == 130
    assert said == f"The run was stopped. Calls that are done are kept in {out}; go on with --resume.\n"
    (source / "b.wav").write_text("rate 4")
    assert run(source, out, resume=True) == BatchResult(scored=1, failed=0, skipped=2)


# --- known answer: progress


class Terminal:
    """Stands in for a terminal's stderr."""

    encoding = "utf-8"

    def __init__(self, tty):
        self.tty, self.text = tty, ""

    def isatty(self):
        return self.tty

    def write(self, text):
        self.text += text

    def flush(self):
        pass


def test_progress_is_shown_on_a_terminal_alone(tmp_path, monkeypatch):
    source = make(tmp_path / "calls", a="rate 5", b="bad")
    for name, tty, show, silent in [("x", True, True, False), ("y", False, True, True), ("z", True, False, True)]:
        terminal = Terminal(tty)
        monkeypatch.setattr(sys, "stderr", terminal)
        run(source, tmp_path / name, show_progress=show)
        monkeypatch.undo()
        assert (terminal.text == "") is silent
        if not silent:
            assert "2/2" in terminal.text
            assert "h of audio, 1 failed" in terminal.text
