"""Worker processes: told to stop, kept running, refused."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from app.ending import Stopping
from app.jobs.child_process import child_environment
from app.jobs.port import QUEUES
from app.jobs.supervisor import Supervisor, shares_of, threads_of_each, worker_command, worker_environment
from app.jobs.worker import Worker
from app.messages import has_text
from app.settings import Settings, settings
from tests.faults.cases import wait_begun, wait_ended
from tests.faults.setting import CALM, ROOT, Setting, is_alive, wait_for

SLEEPER = "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); sys.stdin.read()"


def sleeper(_: Sequence[str]) -> list[str]:
    """A process that lives as long as its parent."""
    return [sys.executable, "-c", SLEEPER]


@pytest.fixture
def kept() -> Iterator[Supervisor]:
    """Two sleepers, watched over."""
    supervisor = Supervisor(2, command=sleeper)
    supervisor.start()
    yield supervisor
    supervisor.stop(5)


# known answer


def test_one_worker_of_several_is_for_those_who_wait() -> None:
    assert shares_of(1) == [QUEUES]
    assert shares_of(3) == [QUEUES, QUEUES, ("interactive",)]
    assert worker_command(("interactive",))[-2:] == ["--queues", "interactive"]
    with pytest.raises(ValueError, match="at least 1"):
        shares_of(0)


@pytest.mark.parametrize(("threads", "count", "each"), [(0, 1, 8), (0, 3, 2), (0, 20, 1), (5, 3, 5)])
def test_workers_of_one_machine_share_its_cores(
    monkeypatch: pytest.MonkeyPatch, threads: int, count: int, each: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    assert threads_of_each(count, Settings(threads=threads)) == each


def test_a_workers_share_reaches_the_libraries_of_its_children(environment: Callable[..., None]) -> None:
    environment(threads=0)
    cores = settings().thread_count
    given = worker_environment(cores)
    assert given["PUHEPEILI_THREADS"] == "1"
    assert given.keys() >= os.environ.keys()
    environment(threads=3)
    assert worker_environment(cores)["PUHEPEILI_THREADS"] == "3"
    child = child_environment()
    assert [child[name] for name in ("PUHEPEILI_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")] == ["3"] * 3


def test_a_worker_that_ends_is_started_again(kept: Supervisor) -> None:
    wait_for(lambda: len(kept.pids) == 2, 20, "two processes")
    first = kept.pids[0]
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: len(kept.pids) == 2 and first not in kept.pids, 10, "another process")


def test_all_are_ended_at_the_end() -> None:
    supervisor = Supervisor(2, command=sleeper)
    supervisor.start()
    wait_for(lambda: len(supervisor.pids) == 2, 20, "two processes")
    pids = supervisor.pids
    begun = time.monotonic()
    supervisor.stop(30)
    assert not any(is_alive(pid) for pid in pids)
    assert time.monotonic() - begun < 25, "they were killed, not told"


def test_none_is_started_again_once_all_are_told_to_stop() -> None:
    stopping = Stopping()
    supervisor = Supervisor(1, stopping=stopping, command=sleeper)
    supervisor.start()
    wait_for(lambda: len(supervisor.pids) == 1, 20, "a process")
    stopping.set()
    os.kill(supervisor.pids[0], signal.SIGKILL)
    time.sleep(3)
    assert supervisor.pids == []
    supervisor.stop(5)


def test_a_worker_whose_parent_is_gone_before_it_works_takes_no_job(setting: Setting) -> None:
    environment = os.environ | {"PUHEPEILI_DATA_DIR": str(setting.runtime.config.data_dir)}
    environment["PUHEPEILI_DATABASE_URL"] = setting.runtime.store.database_url
    done = subprocess.run(
        worker_command(QUEUES), stdin=subprocess.DEVNULL, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "takes jobs from" not in done.stderr


def test_a_worker_that_is_told_to_stop_ends_its_call_first_and_takes_no_other(setting: Setting) -> None:
    worker = setting.spawn().ready()
    running, waiting = setting.submit({**CALM, "transcribe": {"sleep_s": 1.0}}, count=2)
    wait_begun(setting, running, "transcribe")
    assert worker.stop() == 0
    assert (setting.call(running).status, setting.call(waiting).status) == ("succeeded", "queued")
    setting.cancel(waiting)
    assert list((setting.runtime.config.data_dir / "leases").glob("*.lock")) == []


def test_a_call_that_is_not_done_within_the_grace_goes_on_elsewhere(setting: Setting) -> None:
    hurried = setting.spawn(drain_s=1.0).ready()
    (call,) = setting.submit({**CALM, "transcribe": {"sleep_s": 2.5}})
    wait_begun(setting, call, "transcribe")
    assert hurried.stop() == 0
    assert setting.call(call).status == "processing"
    other = setting.spawn().ready()
    wait_ended(setting, call, within_s=30)
    other.kill()
    assert (setting.call(call).status, setting.times(call, "decode"), setting.times(call, "transcribe")) == (
        "succeeded",
        1,
        2,
    )


def test_the_worker_of_the_service_reads_its_settings_and_leaves_with_its_parent(setting: Setting) -> None:
    places = {"DATABASE_URL": setting.url, "BLOBS_URL": f"file://{setting.folder / 'blobs'}"}
    places["DATA_DIR"] = str(setting.runtime.config.data_dir)
    environment = os.environ | {f"PUHEPEILI_{name}": value for name, value in places.items()}
    command = worker_command(("interactive",))
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL
    ) as worker:
        # A real child: what the stand-ins act out is no recording to it.
        (call,) = setting.submit(CALM)
        wait_ended(setting, call, within_s=30)
        assert worker.stdin is not None
        worker.stdin.close()
        assert worker.wait(20) == 0
    assert setting.call(call).status == "failed"
    assert str(setting.call(call).failure_id).startswith("error-audio-")


def test_unknown_queues_are_refused(setting: Setting) -> None:
    with pytest.raises(ValueError, match="urgent"):
        Worker(setting.runtime, ("urgent",))


@pytest.mark.parametrize("locale", ["fi", "en"])
@pytest.mark.parametrize("id", ["error-job-crashed", "error-job-no-audio"])
def test_failures_of_jobs_have_their_sentence(id: str, locale: str) -> None:
    assert has_text(id, locale)  # type: ignore[arg-type]
    assert (Path(__file__).parents[3] / "app/locales" / locale / "jobs.ftl").is_file()
