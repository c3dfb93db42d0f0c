"""The child process: what it is told, how it fails, and that it never outlives its parent."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError, ModelMissing
from app.jobs.child import CARD_FILE, RESULTS, SIDES_FILE, WORDING_FILE, Steps, serve
from app.jobs.child_process import ChildProcess, StepCrashed, child_environment
from app.jobs.config import CHILD_COMMAND
from app.jobs.inputs import toml_of
from tests.fakes import SAMPLES
from tests.faults.setting import CALM, FAKE_CHILD, ROOT, is_alive, wait_for

PARENT = """
import asyncio, json, sys
from app.jobs.child_process import ChildProcess
child = ChildProcess(tuple(json.loads(sys.argv[1])), 0)
async def main():
    asyncio.get_running_loop().call_later(1.0, lambda: print(child.pid, flush=True))
    await child.ask(json.loads(sys.argv[2]), lambda share: None)
asyncio.run(main())
"""


def request(work: Path, step: str, **script: Any) -> dict[str, Any]:
    """What a stand-in child is asked."""
    source = work / "source"
    source.write_text(json.dumps({"log": str(work.parent / "log"), **CALM, **script}))
    return {"step": step, "work": str(work), "source": str(source), "name": "a", "options": {}, "cpu_s": 60.0}


def asked(command: tuple[str, ...], *requests: dict[str, Any], memory_bytes: int = 0) -> list[dict[str, Any]]:
    """Answers of one child to some requests."""

    async def ask() -> list[dict[str, Any]]:
        child = ChildProcess(command, memory_bytes)
        try:
            return [await child.ask(one, lambda share: None) for one in requests]
        finally:
            await child.kill()

    return asyncio.run(ask())


# known answer


def test_steps_answer_in_turn_from_one_process(work: Path) -> None:
    assert asked(FAKE_CHILD, *(request(work, step) for step in RESULTS)) == [{"duration_s": 1.0}, {}, {}, {}]
    lines = [line.split() for line in (work.parent / "log").read_text().splitlines()]
    assert len({line[2] for line in lines}) == 1


def test_a_recording_that_cannot_be_used_is_told_as_such(work: Path) -> None:
    with pytest.raises(InputError) as told:
        asked(FAKE_CHILD, request(work, "decode", decode={"error": "error-audio-rate"}))
    assert (told.value.message.id, told.value.message.args) == ("error-audio-rate", {"value": 4000})


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ({"crash": int(signal.SIGSEGV)}, "process ended by signal 11"),
        ({"exit": 3}, "process ended with code 3"),
        ({"fault": "ValueError"}, "ValueError at fake.py:1"),
    ],
)
def test_everything_else_is_a_crash(work: Path, script: dict[str, Any], said: str) -> None:
    with pytest.raises(StepCrashed, match=said):
        asked(FAKE_CHILD, request(work, "decode", decode=script))


def test_a_step_that_is_cancelled_takes_its_child_along(work: Path) -> None:
    async def cancelled() -> int:
        child = ChildProcess(FAKE_CHILD, 0)
        task = asyncio.create_task(child.ask(request(work, "decode", decode={"sleep_s": 60}), lambda share: None))
        while not (work.parent / "log").exists():
            await asyncio.sleep(0.05)
        pid = child.pid
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert pid is not None
        return pid

    assert not is_alive(asyncio.run(cancelled()))


@pytest.mark.parametrize("script", [{"sleep_s": 60}, {"hold_s": 60}], ids=["asleep", "holding the interpreter"])
def test_a_child_is_gone_when_its_parent_is_killed(work: Path, script: dict[str, float]) -> None:
    told = [json.dumps(FAKE_CHILD), json.dumps(request(work, "decode", decode=script))]
    with subprocess.Popen([sys.executable, "-c", PARENT, *told], stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_alive(child)
        parent.kill()
    wait_for(lambda: not is_alive(child), 20, "the child to go")


def test_a_child_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PUHEPEILI_DATABASE_URL", "PUHEPEILI_BLOBS_URL", "AWS_SECRET_ACCESS_KEY", "PGPASSWORD"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("PUHEPEILI_MODEL", "base")
    found = child_environment()
    assert "secret" not in found.values()
    assert found["PUHEPEILI_MODEL"] == "base"
    assert found["PATH"] == os.environ["PATH"]


def test_a_step_that_eats_memory_or_time_is_stopped(work: Path) -> None:
    eater = work.parent / "eater.py"
    eater.write_text(
        "from app.jobs import child\n"
        "def serve(asked, answer):\n"
        "    for request in asked:\n"
        "        child.limit_cpu(request['cpu_s'])\n"
        "        if request['step'] == 'decode':\n"
        "            try:\n"
        "                held = bytearray(2 * 1024**3)\n"
        "            except MemoryError:\n"
        "                answer({'crash': {'type': 'MemoryError', 'where': 'here'}})\n"
        "        while True:\n"
        "            pass\n"
        "child.main(serve)\n"
    )
    command = (sys.executable, str(eater))
    with pytest.raises(StepCrashed, match="MemoryError"):
        asked(command, request(work, "decode"), memory_bytes=1024**3)
    with pytest.raises(StepCrashed, match="signal 24"):
        asked(command, request(work, "detect") | {"cpu_s": 0.2})


# against others: the real steps


def real(work: Path, step: str, source: Path, **options: Any) -> dict[str, Any]:
    """What a real child is asked."""
    chosen = {"agent": "left", "asr": False, "transcript": str(source.with_suffix(".vtt")), **options}
    return {"step": step, "work": str(work), "source": str(source), "name": source.name, "options": chosen}


def test_real_steps_leave_their_results_and_are_not_done_twice(work: Path, short_call: Path) -> None:
    answers: list[dict[str, Any]] = []
    serve(iter([real(work, step, short_call) for step in RESULTS]), answers.append)
    done = [answer for answer in answers if "progress" not in answer]
    assert done == [{"done": {"duration_s": 22.0}}, {"done": {}}, {"done": {}}, {"done": {}}]
    assert json.loads((work / CARD_FILE).read_text())["recording"]["name"] == "alku.wav"
    before = {name: (work / name).stat().st_mtime_ns for name in RESULTS.values()}
    serve(iter([real(work, step, short_call) for step in RESULTS]), answers.append)
    assert {name: (work / name).stat().st_mtime_ns for name in RESULTS.values()} == before
    assert sorted(path.name for path in work.iterdir()) == sorted(["samples", SIDES_FILE, WORDING_FILE, CARD_FILE])


def test_a_fresh_process_goes_on_from_the_files(work: Path, short_call: Path) -> None:
    for step in RESULTS:
        Steps(real(work, step, short_call)).run(step, lambda share: None)
    assert json.loads((work / CARD_FILE).read_text())["measures"]["speech_rate"]["value"] > 2.0


def test_a_file_that_is_no_recording_is_refused_by_a_real_child(work: Path, tmp_path: Path) -> None:
    text = tmp_path / "kirje.wav"
    text.write_text("Hyvää päivää")
    text.with_suffix(".vtt").write_text("WEBVTT\n")
    with pytest.raises(InputError) as told:
        asked(CHILD_COMMAND, real(work, "decode", text) | {"cpu_s": 60.0})
    assert told.value.message.id.startswith("error-audio-")
    assert list(work.glob("*.json")) == []


def test_a_missing_model_is_told_as_such(work: Path, short_call: Path) -> None:
    asks = [real(work, step, short_call, transcript=None, asr=True, model="ei-ole") for step in RESULTS]
    with pytest.raises(ModelMissing):
        asked(CHILD_COMMAND, *(one | {"cpu_s": 60.0} for one in asks))


def test_a_fault_is_told_by_its_place_and_never_by_its_text(work: Path) -> None:
    answers: list[dict[str, Any]] = []
    serve(iter([real(work, "detect", SAMPLES / "hyva_puhelu.wav")]), answers.append)
    assert answers[-1]["crash"]["type"] == "FileNotFoundError"
    assert set(answers[-1]["crash"]) == {"type", "where"}


# law

plain = st.text(st.characters(codec="utf-8"), max_size=20)
values = st.one_of(plain, st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False, allow_infinity=False))
tables = st.recursive(
    st.dictionaries(plain, st.one_of(values, st.lists(plain, max_size=3)), max_size=4),
    lambda inner: st.dictionaries(plain, st.one_of(values, inner), max_size=4),
    max_leaves=12,
)


@given(tables)
def test_any_document_comes_back_from_its_toml(document: dict[str, Any]) -> None:
    assert tomllib.loads(toml_of(document)) == document


def test_what_a_standard_leaves_open_is_left_out() -> None:
    assert tomllib.loads(toml_of({"norms": {"a b": {"low": None, "high": 2.5}}})) == {"norms": {"a b": {"high": 2.5}}}


assert SAMPLES.is_dir()
