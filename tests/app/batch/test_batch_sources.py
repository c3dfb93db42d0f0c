"""Which files a batch takes, and how a manifest is read."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.batch.sources import calls_of, key_of, looks_like_recording
from app.errors import InputError, UsageError
from app.scoring import ScoreOptions

OPTIONS = ScoreOptions()


def calls(source: Path, **kwargs):
    return calls_of(source, OPTIONS, out=kwargs.pop("out", source.parent / "out"), **kwargs)


def write(path: Path, content: bytes | str = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# --- known answer: folders


def test_folder_is_walked_and_other_files_are_left_out(tmp_path):
    source = tmp_path / "calls"
    write(source / "b.WAV")
    write(source / "a" / "deep" / "c.mp3")
    write(source / "notes.txt")
    write(source / "table.csv", "path\n")
    write(source / "unnamed", b"fLaC....")
    write(source / "._b.WAV")
    assert [call.name for call in calls(source)] == ["a/deep/c.mp3", "b.WAV", "unnamed"]


@pytest.mark.parametrize(
    ("head", "sound"),
    [
        (b"RIFF\0\0\0\0WAVEfmt ", True),
        (b"RIFF\0\0\0\0AVI LIST", False),
        (b"FORM\0\0\0\0AIFC", True),
        (b"\0\0\0\x20ftypM4A ", True),
        (b"OggS\0", True),
        (b"\xff\xfb\x90\x00", True),
        (b"\xff\xfeh\0e\0i\0", False),
        (b"%PDF-1.7", False),
        (b"", False),
    ],
)
def test_a_file_without_a_known_suffix_is_known_by_its_first_bytes(tmp_path, head, sound):
    assert looks_like_recording(write(tmp_path / "recording.dat", head)) is sound


def test_results_inside_the_folder_are_no_calls(tmp_path):
    write(tmp_path / "a.wav")
    write(tmp_path / "out" / "b.wav")
    assert [call.name for call in calls(tmp_path, out=tmp_path / "out")] == ["a.wav"]


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    secret = write(tmp_path / "secret" / "s.wav")
    source = tmp_path / "calls"
    write(source / "a.wav")
    (source / "file.wav").symlink_to(secret)
    (source / "folder").symlink_to(secret.parent, target_is_directory=True)
    (source / "gone.wav").symlink_to(tmp_path / "nothing.wav")
    (source / "loop").symlink_to(source, target_is_directory=True)
    assert [call.name for call in calls(source)] == ["a.wav"]


def test_a_link_inside_counts_once_and_only_if_its_target_is_no_call_itself(tmp_path):
    write(tmp_path / "a.wav")
    write(tmp_path / "store" / "1f", b"no known start")
    (tmp_path / "again.wav").symlink_to(tmp_path / "a.wav")
    (tmp_path / "b.wav").symlink_to(tmp_path / "store" / "1f")
    assert [call.name for call in calls(tmp_path)] == ["a.wav", "b.wav"]


def test_transcripts_beside_a_call_are_tried_timed_ones_first(tmp_path):
    for name in ("a.wav", "a.txt", "a.VTT", "b.wav", "c.txt"):
        write(tmp_path / name)
    first, second = calls(tmp_path)
    assert [path.name for path in first.transcripts] == ["a.VTT", "a.txt"]
    assert second.transcripts == ()
    assert [call.transcripts for call in calls(tmp_path, beside=False)] == [(), ()]


def test_empty_folder_missing_source_and_single_file_are_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="No recording was found"):
        calls(tmp_path / "empty")
    with pytest.raises(UsageError, match="There is no"):
        calls(tmp_path / "nowhere")
    with pytest.raises(UsageError, match=r"neither a folder nor a list.*\.csv, \.jsonl"):
        calls(write(tmp_path / "a.wav"))


@pytest.mark.skipif(os.name == "nt", reason="file names are text on Windows")
def test_a_name_that_is_not_utf8_can_be_written_everywhere(tmp_path):
    write(tmp_path / os.fsdecode(b"puhelu \xe4.wav"))
    (call,) = calls(tmp_path)
    assert call.name == "puhelu \N{REPLACEMENT CHARACTER}.wav"
    assert call.path.is_file()


# --- known answer: manifests


def test_csv_manifest_sets_options_by_row(tmp_path):
    for name in ("a.wav", "t.txt", "base.json"):
        write(tmp_path / name)
    manifest = write(
        tmp_path / "list.csv",
        "path,agent,transcript,agent_id,client_reference,language,baseline\n"
        "a.wav,Right,t.txt,007,case 1,sv,base.json\n\na.wav,,,,,,\n",
    )
    first, second = calls(manifest)
    assert (first.path, first.options.agent, first.options.language) == (tmp_path / "a.wav", "right", "sv")
    assert (first.options.transcript, first.options.baseline) == (tmp_path / "t.txt", tmp_path / "base.json")
    assert (first.agent_id, first.client_reference, first.problem) == ("007", "case 1", None)
    assert second.options == OPTIONS
    assert (second.agent_id, second.name) == (None, "a.wav")
    assert first.key != second.key


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_as_spreadsheets_save_it(tmp_path, encoding, delimiter):
    write(tmp_path / "pyyntö.wav")
    content = f"path{delimiter}agent_id\r\npyyntö.wav{delimiter}Päivi\r\n".encode(encoding)
    (call,) = calls(write(tmp_path / "list.csv", content))
    assert (call.name, call.agent_id, call.problem) == ("pyyntö.wav", "Päivi", None)


def test_json_lines_manifest_with_absolute_path_and_null(tmp_path):
    audio = write(tmp_path / "elsewhere" / "a.wav")
    lines = [{"path": str(audio), "agent_id": 7, "agent": None}, {"path": "../gone.wav"}]
    manifest = write(tmp_path / "lists" / "list.jsonl", "\n".join(json.dumps(line) for line in lines))
    first, second = calls(manifest)
    assert (first.path, first.agent_id, first.problem) == (audio, "7", None)
    assert second.problem.id == "error-batch-file-missing"
    assert second.problem.args["file"].endswith("gone.wav")


def test_a_row_that_cannot_be_used_is_a_call_with_a_problem(tmp_path):
    write(tmp_path / "a.wav")
    rows = ["gone.wav,,", "a.wav,both,", ",left,", "a.wav,,gone.txt", f"{'x' * 300}.wav,,", "a.wav,mono,"]
    manifest = write(tmp_path / "list.csv", "path,agent,transcript\n" + "\n".join(rows))
    found = calls(manifest)
    assert [call.problem.id if call.problem else None for call in found] == [
        "error-batch-file-missing",
        "error-batch-row-agent",
        "error-batch-row-without-path",
        "error-batch-file-missing",
        "error-batch-file-missing",
        None,
    ]
    assert len({call.key for call in found}) == 6


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        ("a.csv", "path,agnet\na.wav,left\n", "has the columns path, agnet"),
        ("a.csv", "file\na.wav\n", "The column path is needed"),
        ("a.csv", "path,path\na,b\n", "each may stand once"),
        ("a.csv", "", "The column path is needed"),
        ("a.csv", "path\na.wav,left\n", "Line 2 of the list"),
        ("a.csv", "path\n", "No recording was found"),
        ("a.jsonl", '{"path": "a.wav"}\n{"path": ', "Line 2 of the list"),
        ("a.jsonl", '["a.wav"]', "Line 1 of the list"),
        ("a.jsonl", '{"path": "a.wav", "colour": "blue"}', "has the columns path, colour"),
        ("a.jsonl", '{"path": ["a.wav"]}', "Line 1 of the list"),
    ],
)
def test_a_manifest_that_is_not_one_is_refused_before_anything_is_scored(tmp_path, name, content, match):
    with pytest.raises(InputError, match=match):
        calls(write(tmp_path / name, content))


# --- law


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=240))
def test_a_key_is_a_plain_file_name_whatever_the_call_is_called(name):
    key = key_of(name)
    assert key.isascii()
    assert len(key) <= 80
    assert not set(key) & set("/\\:*?\"<>| \n\r\t=+@'")
    assert key[0] not in ".-"
    assert key == key_of(name)


def test_keys_tell_apart_what_slugs_do_not():
    names = ["a/b.wav", "b.wav", "b.mp3", "b .wav", "../b.wav", "ä.wav", "a.wav"]
    assert len({key_of(name) for name in names}) == len(names)
    assert key_of("../../etc/päivä 1.wav").startswith("paiva-1-")
