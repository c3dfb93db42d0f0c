"""The faults, each a function that breaks something in a `Setting` and says what it saw, or raises."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import text

from app.jobs.port import CRASHED
from tests.faults.setting import CALM, Setting, WorkerProcess, is_alive, now, wait_for

ENDED = ("succeeded", "failed", "cancelled")


@dataclass(frozen=True)
class Scale:
    """How hard it is tried; `busy_s` is what a machine that others use may add to any time that is held to a level."""

    grace_s: float
    busy_s: float
    kills: int
    jobs: int
    stopped_s: float
    backlog: int
    deadly: bool
    web_kills: int
    upload_mb: int
    locked_s: float
    mutated: int
    recognise: bool


FULL = Scale(
    grace_s=3.0,
    busy_s=0.0,
    kills=20,
    jobs=200,
    stopped_s=60.0,
    backlog=5000,
    deadly=True,
    web_kills=200,
    upload_mb=500,
    locked_s=40.0,
    mutated=10_000,
    recognise=True,
)
QUICK = Scale(
    grace_s=1.0,
    busy_s=10.0,
    kills=3,
    jobs=20,
    stopped_s=4.0,
    backlog=500,
    deadly=False,
    web_kills=6,
    upload_mb=120,
    locked_s=2.0,
    mutated=200,
    recognise=False,
)


def one_worker_killed(setting: Setting, scale: Scale) -> str:
    """One of two workers is killed in the middle of a step."""
    workers = [setting.spawn() for _ in range(2)]
    for worker in workers:
        worker.ready()
    (call,) = setting.submit({**CALM, "transcribe": {"sleep_s": 4.0}})
    wait_begun(setting, call, "transcribe")
    child = child_of(setting, call, "transcribe")
    next(worker for worker in workers if worker.pid == worker_of(setting, call)).kill()
    dead = time.monotonic()
    child_s = wait_for(lambda: not is_alive(child), 3 + scale.busy_s, "the child to go")
    wait_for(
        lambda: setting.times(call, "transcribe") == 2, scale.grace_s + scale.busy_s + 10, "the survivor to take over"
    )
    taken_s = time.monotonic() - dead
    wait_ended(setting, call, within_s=20)
    assert taken_s < scale.grace_s + 3.5 + scale.busy_s, f"taken over after {taken_s:.1f} s"
    assert setting.times(call, "decode") == setting.times(call, "detect") == 1
    only_result(setting, [call])
    return f"child gone in {child_s:.2f} s, taken over in {taken_s:.1f} s, decode and detect once, 1 scorecard, 1 event"


def all_workers_killed(setting: Setting, scale: Scale) -> str:
    """All workers are killed, again and again, over many jobs."""
    chance = random.Random(4)
    script = {name: {"sleep_s": 0.15} for name in CALM}
    made = setting.submit(script, queue="batch", count=scale.jobs // 2)
    for round in range(scale.kills):
        workers = [setting.spawn("interactive", "batch") for _ in range(2)]
        for worker in workers:
            worker.ready()
        if round == scale.kills // 2:
            made += setting.submit(script, count=scale.jobs - len(made))
        time.sleep(chance.uniform(0.2, scale.grace_s + 2.0))
        for worker in workers:
            worker.kill()
    for _ in range(2):
        setting.spawn("interactive", "batch").ready()
    limit_s = scale.grace_s + 30 + scale.jobs
    wait_for(lambda: all(status in ENDED for status in setting.statuses()), limit_s, "all calls to end")
    assert setting.statuses() == {"succeeded": scale.jobs}
    only_result(setting, made)
    again = sum(setting.times(call, "decode") - 1 for call in made)
    return (
        f"{scale.kills} kills, {scale.jobs} jobs: 0 lost, {scale.jobs} results, {scale.jobs} events, {again} begun anew"
    )


def nobody_robbed(setting: Setting, scale: Scale) -> str:
    """A child that holds its interpreter, a stopped child and a stopped worker all keep their jobs."""
    busy = {**CALM, "transcribe": {"sleep_s": 1.0, "hold_s": scale.stopped_s}}
    slow = {**CALM, "transcribe": {"sleep_s": 2.0}}
    for worker in [setting.spawn() for _ in range(3)]:
        worker.ready()
    made = [*setting.submit(busy), *setting.submit(slow, count=2)]
    for call in made:
        wait_begun(setting, call, "transcribe")
    stopped = [child_of(setting, made[1], "transcribe"), worker_of(setting, made[2])]
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    setting.spawn().ready()
    time.sleep(scale.stopped_s)
    for pid in stopped:
        os.kill(pid, signal.SIGCONT)
    for call in made:
        wait_ended(setting, call, within_s=30)
    assert [setting.times(call, "transcribe") for call in made] == [1, 1, 1]
    assert [setting.call(call).attempts for call in made] == [1, 1, 1]
    only_result(setting, made)
    return f"3 of them stuck or stopped for {scale.stopped_s:.0f} s: 0 robbed, each step once"


def late_writer(setting: Setting, scale: Scale) -> str:
    """A stopped worker loses its lease, its job is done by another, and then it goes on."""
    first = setting.spawn().ready()
    (call,) = setting.submit({**CALM, "transcribe": {"sleep_s": 4.0}})
    wait_begun(setting, call, "transcribe")
    first.send(signal.SIGSTOP)
    take_lease(setting)
    setting.spawn().ready()
    wait_ended(setting, call, within_s=scale.grace_s + 20)
    before = setting.call(call)
    first.send(signal.SIGCONT)
    time.sleep(3.0)
    assert setting.call(call) == before, "the late writer changed the call"
    assert before.attempts == 2
    only_result(setting, [call])
    (after,) = setting.submit(CALM)
    wait_ended(setting, after, within_s=10)
    return "taken over (attempt 2); the late writer changed nothing: 1 scorecard, 1 event"


def crashing_file(setting: Setting, scale: Scale) -> str:
    """A file crashes its decoder among others, and one later kills its worker each time."""
    worker = setting.spawn().ready()
    made = setting.submit(CALM, count=3)
    (bad,) = setting.submit({**CALM, "decode": {"crash": int(signal.SIGSEGV), "crashes": 3}})
    made += setting.submit(CALM, count=3)
    for call in (*made, bad):
        wait_ended(setting, call, within_s=30)
    assert (setting.call(bad).status, setting.call(bad).failure_id) == ("failed", CRASHED)
    assert setting.times(bad, "decode") == 3
    assert {setting.call(call).status for call in made} == {"succeeded"}
    assert worker.process.poll() is None
    assert setting.engine.counts().dead_letters == 1
    with setting.store.write() as session:
        assert setting.engine.retry(session, bad, now())
    wait_for(lambda: setting.call(bad).status == "succeeded", 20, "the retried call")
    said = "failed after 3 tries, 6 neighbours succeeded, worker unharmed, retried by hand and succeeded"
    return said + (", " + _deadly_file(setting, worker) if scale.deadly else "")


def _deadly_file(setting: Setting, worker: WorkerProcess) -> str:
    (deadly,) = setting.submit({**CALM, "decode": {"kill_parent": True}})
    deaths = 0
    until = time.monotonic() + 400
    while not ended(setting, deadly) and time.monotonic() < until:
        time.sleep(0.2)
        if worker.process.poll() is not None:
            deaths += 1
            worker = setting.spawn().ready()
    assert setting.call(deadly).failure_id == CRASHED
    return f"a file that kills its worker was given up after {deaths} deaths"


def cancelled(setting: Setting, scale: Scale) -> str:
    """One call is cancelled while it waits, one while it runs."""
    setting.spawn().ready()
    running, waiting = setting.submit({**CALM, "transcribe": {"sleep_s": 30.0}}, count=2)
    wait_begun(setting, running, "transcribe")
    setting.cancel(waiting)
    child = child_of(setting, running, "transcribe")
    setting.cancel(running)
    gone_s = wait_for(lambda: not is_alive(child), 5 + scale.busy_s, "the child to go")
    (after,) = setting.submit(CALM)
    wait_ended(setting, after, within_s=20)
    assert gone_s < 2.0 + scale.busy_s, f"the child lived on for {gone_s:.1f} s"
    assert setting.times(waiting, "decode") == 0
    assert setting.times(running, "measure") == 0
    assert {setting.call(call).status for call in (running, waiting)} == {"cancelled"}
    assert setting.events() == [("call.succeeded", after)]
    return f"waiting: never ran; running: child gone in {gone_s:.2f} s; no event"


def backlog(setting: Setting, scale: Scale) -> str:
    """A large batch waits, and then an agent comes."""
    submitted = time.monotonic()
    each = {**CALM, "transcribe": {"sleep_s": 5.0 + 2 * scale.busy_s}}
    setting.submit(each, queue="batch", count=scale.backlog)
    took_s = time.monotonic() - submitted
    setting.spawn("batch").ready()
    setting.spawn("interactive").ready()
    wait_for(lambda: "batch" in setting.engine.counts().waiting and len(setting.lines()) > 0, 20, "the batch to begin")
    worst_s = 0.0
    for _ in range(3):
        began = time.monotonic()
        (call,) = setting.submit(CALM)
        wait_begun(setting, call, "decode")
        worst_s = max(worst_s, time.monotonic() - began)
        wait_ended(setting, call, within_s=20)
    assert worst_s < 2.0 + scale.busy_s, f"the agent waited {worst_s:.1f} s"
    at_once = Counter(words[3] for words in _under_way(setting))
    assert all(number == 1 for number in at_once.values())
    return f"{scale.backlog} waiting (taken in in {took_s:.1f} s): an agent's call began within {worst_s:.2f} s (worst of 3)"


def _under_way(setting: Setting) -> list[list[str]]:
    """Transcriptions that were begun and not ended."""
    lines = [words for words in setting.lines() if words[0] == "transcribe"]
    over = {words[4] for words in lines if words[1] == "end"}
    return [words for words in lines if words[1] == "begin" and words[4] not in over]


CASES = {
    "2 one of two workers killed": one_worker_killed,
    "3 all workers killed": all_workers_killed,
    "4 stuck or stopped, not robbed": nobody_robbed,
    "4 late writer": late_writer,
    "5 crashing file": crashing_file,
    "7 cancelled": cancelled,
    "8 batch waiting": backlog,
}


def ended(setting: Setting, call: str) -> bool:
    """Whether a call has ended."""
    return setting.call(call).status in ENDED


def wait_ended(setting: Setting, call: str, *, within_s: float) -> None:
    """Wait until a call has ended."""
    wait_for(lambda: ended(setting, call), within_s, "a call to end")


def wait_begun(setting: Setting, call: str, step: str) -> None:
    """Wait until a step of a call is begun."""
    wait_for(lambda: setting.times(call, step) >= 1, 20, f"{step} to begin")


def child_of(setting: Setting, call: str, step: str) -> int:
    """The process that began a step last."""
    return int([words for words in setting.lines(call) if words[:2] == [step, "begin"]][-1][2])


def worker_of(setting: Setting, call: str) -> int:
    """The worker whose child noted something of a call last."""
    return int(setting.lines(call)[-1][3])


def only_result(setting: Setting, made: list[str]) -> None:
    """Each call succeeded, with one scorecard and one event."""
    assert {setting.call(call).status for call in made} == {"succeeded"}
    assert setting.scorecards() == len(made)
    assert setting.events() == sorted(("call.succeeded", call) for call in made)


def take_lease(setting: Setting) -> None:
    """Take every worker's lease away, as a cut network or a lost disk would."""
    if setting.store.is_sqlite:
        for path in setting.runtime.config.lease_dir.glob("*.lock"):
            path.unlink()
        return
    ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
    with setting.store.engine.connect() as connection:
        connection.execute(text(ends + "pg_backend_pid() AND application_name = 'puhepeili-lease'"))
