"""What the engine promises the web process, without a worker at first; then the one private call that is relied upon."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import time
from datetime import timedelta

import pytest
from sqlalchemy import column, delete, func, select, text, update

from app.jobs import housekeeping
from app.jobs.config import JobConfig, job_config
from app.jobs.dbos_engine import DbosEngine, new_executor_id
from app.jobs.housekeeping import keep_house
from app.jobs.port import CRASHED, JobEngine
from app.jobs.steps import begin_run
from app.jobs.worker import Worker, recover
from app.settings import Settings, settings
from app.store import calls, progress
from app.store.calls import NewCall
from app.store.retention import erase_call
from app.store.tables import CallRow
from tests.faults.setting import CALM, Setting, now, wait_for


def made_call(setting: Setting) -> str:
    """A call that nobody has queued."""
    with setting.store.write() as session:
        return calls.create_call(session, NewCall(setting.organisation_id, "tester"), now()).id


def job_of(setting: Setting, call: str, **values: object) -> None:
    """Set columns of a call's job, as a worker would."""
    table = "workflow_status" if setting.store.is_sqlite else "dbos.workflow_status"
    columns = ", ".join(f"{name} = :{name}" for name in values)
    with setting.store.write() as session:
        session.execute(text(f"UPDATE {table} SET {columns} WHERE workflow_uuid = :id"), {**values, "id": call})


# known answer


def test_row_and_job_are_kept_together_or_not_at_all(setting: Setting) -> None:
    with setting.store.write() as session:
        call = calls.create_call(session, NewCall(setting.organisation_id, "tester"), now())
        setting.engine.enqueue(session, call.id, queue="batch", priority=10)
        session.rollback()
    assert setting.engine.status(call.id) is None
    with setting.store.read() as session:
        assert session.execute(select(CallRow).where(CallRow.id == call.id)).first() is None
    (kept,) = setting.submit(CALM, queue="batch")
    assert setting.engine.status(kept) == "waiting"


def test_a_call_that_is_queued_twice_is_one_job(setting: Setting) -> None:
    call = made_call(setting)
    before = setting.engine.counts().waiting.get("interactive", 0)
    for _ in range(3):
        with setting.store.write() as session:
            setting.engine.enqueue(session, call, queue="interactive", priority=1)
    assert setting.engine.counts().waiting["interactive"] == before + 1


def rows_of(setting: Setting, table: str, calls: list[str]) -> list[dict[str, object]]:
    """Rows of the engine's for some calls, without what is of one job alone."""
    place = table if setting.store.is_sqlite else f"dbos.{table}"
    found = []
    with setting.store.read() as session:
        for call in calls:
            asked = text(f"SELECT * FROM {place} WHERE workflow_uuid = :id")
            row = dict(session.execute(asked, {"id": call}).one()._mapping)
            if row.get("inputs") is not None:
                row["inputs"] = json.loads(str(row["inputs"]))["positionalArgs"] == [call]
            own = {"workflow_uuid", "creator_xid", "created_at", "updated_at", "retention_timestamp"}
            found.append({name: value for name, value in row.items() if name not in own})
    return found


def test_many_jobs_queued_at_once_are_as_those_queued_one_by_one(setting: Setting) -> None:
    new = [NewCall(setting.organisation_id, "tester", priority=10) for _ in range(2500)]
    with setting.store.write() as session:
        together = [call.id for call in calls.create_calls(session, new, now())]
        setting.engine.enqueue_many(session, together, queue="batch", priority=10)
        setting.engine.enqueue_many(session, [], queue="batch", priority=10)
    (alone,) = setting.submit(CALM, queue="batch")
    for table in ("workflow_status", "workflow_input"):
        (expected,) = rows_of(setting, table, [alone])
        assert all(row == expected for row in rows_of(setting, table, [*together[:2], *together[-2:]]))
    assert setting.engine.counts().waiting["batch"] >= 2500
    place = "workflow_status" if setting.store.is_sqlite else "dbos.workflow_status"
    with setting.store.read() as session:
        owners = select(func.count(func.distinct(column("creator_xid")))).select_from(text(place))
        assert (session.scalar(owners) or 0) >= 2500
    for call in (together[0], together[-1]):
        setting.cancel(call)
        assert setting.engine.status(call) == "cancelled"
    with setting.store.write() as session:
        session.execute(text(f"DELETE FROM {place} WHERE priority = 10"))
        session.execute(delete(CallRow).where(CallRow.priority == 10))


def test_the_job_holds_the_call_s_name_as_json_and_nothing_else(setting: Setting) -> None:
    (call,) = setting.submit(CALM)
    table = "workflow_status" if setting.store.is_sqlite else "dbos.workflow_status"
    inputs = table.replace("workflow_status", "workflow_input")
    with setting.store.read() as session:
        columns = "serialization, priority, application_version"
        row = session.execute(text(f"SELECT {columns} FROM {table} WHERE workflow_uuid = :id"), {"id": call}).one()
        given = session.execute(
            text(f"SELECT inputs FROM {inputs} WHERE workflow_uuid = :id"), {"id": call}
        ).scalar_one()
    assert json.loads(given) == {"namedArgs": {}, "positionalArgs": [call]}
    assert tuple(row) == ("portable_json", 1, "1")


@pytest.mark.parametrize(("queue", "priority"), [("interactive", 0), ("batch", -1), ("urgent", 1)])
def test_a_priority_of_none_or_an_unknown_queue_is_refused(setting: Setting, queue: str, priority: int) -> None:
    with pytest.raises(ValueError, match="1 is the most urgent"), setting.store.write() as session:
        setting.engine.enqueue(session, "x", queue=queue, priority=priority)  # type: ignore[arg-type]


def test_counts_tell_what_waits_and_for_how_long(setting: Setting) -> None:
    before = setting.engine.counts()
    setting.submit(CALM, queue="batch", count=5)
    after = setting.engine.counts()
    assert after.waiting["batch"] - before.waiting.get("batch", 0) == 5
    assert 0.0 <= after.oldest_wait_s["batch"] < 120.0
    assert after.running == {}


def test_dead_letters_are_counted_and_a_retry_is_a_new_job(setting: Setting) -> None:
    (call,) = setting.submit(CALM)
    job_of(setting, call, status="ERROR")
    with setting.store.write() as session:
        assert not setting.engine.retry(session, call, now())
        assert progress.fail(session, call, CRASHED, {}, now())
    assert (setting.engine.counts().dead_letters, setting.engine.status(call)) == (1, "failed")
    with setting.store.write() as session:
        assert setting.engine.retry(session, call, now())
    assert (setting.engine.counts().dead_letters, setting.engine.status(call)) == (0, "waiting")
    assert setting.call(call).status == "queued"
    setting.cancel(call)
    assert setting.engine.status(call) == "cancelled"


def test_an_erased_call_leaves_no_job(setting: Setting) -> None:
    (call,) = setting.submit(CALM)
    folder = setting.runtime.config.work_dir / call
    folder.mkdir(parents=True)
    setting.engine.erase(call)
    assert setting.engine.status(call) is None
    assert not folder.exists()
    schema = "" if setting.store.is_sqlite else "dbos."
    with setting.store.read() as session:
        for table in ("workflow_status", "workflow_input"):
            counted = text(f"SELECT count(*) FROM {schema}{table} WHERE workflow_uuid = :id")
            assert session.execute(counted, {"id": call}).scalar_one() == 0
    setting.engine.erase(call)


def test_old_jobs_are_forgotten_and_new_ones_are_not(setting: Setting) -> None:
    old, new = setting.submit(CALM, count=2)
    long_ago = int((now() - timedelta(days=8)).timestamp() * 1000)
    job_of(setting, old, status="SUCCESS", completed_at=long_ago)
    job_of(setting, new, status="SUCCESS", completed_at=int(now().timestamp() * 1000))
    assert setting.engine.forget_ended(now()) == 1
    assert (setting.engine.status(old), setting.engine.status(new)) == (None, "ended")


def test_a_delivery_waits_for_its_time_and_the_same_try_is_one(setting: Setting) -> None:
    before = setting.engine.counts().waiting.get("webhooks", 0)
    for tried, round in ((0, "0"), (0, "0"), (1, "0"), (0, "replay")):
        with setting.store.write() as session:
            setting.engine.enqueue_delivery(session, "evt_1", "end_1", round=round, tried=tried, delay_s=60.0 * tried)
    assert setting.engine.counts().waiting["webhooks"] == before + 3


def test_names_of_executors_never_meet() -> None:
    assert len({new_executor_id() for _ in range(100)}) == 100


def test_settings_reach_the_workers() -> None:
    config = job_config(settings())
    assert config.data_dir == settings().data_dir
    assert (config.grace_s(sqlite=True), config.grace_s(sqlite=False)) == (3.0, 15.0)
    assert config == JobConfig(settings().data_dir)
    chosen = Settings(
        lease_grace_s=7.0,
        drain_s=1.0,
        step_tries=2,
        step_retry_s=3.0,
        step_timeout_s=4.0,
        step_timeout_per_second=5.0,
        child_memory_bytes=6,
    )
    assert job_config(chosen) == JobConfig(
        chosen.data_dir,
        lease_grace_s=7.0,
        drain_s=1.0,
        tries=2,
        retry_s=3.0,
        step_timeout_s=4.0,
        timeout_per_second=5.0,
        child_memory_bytes=6,
    )
    assert job_config(chosen).grace_s(sqlite=False) == 7.0


def test_dbos_is_one_way_of_answering_the_port(setting: Setting) -> None:
    engine: JobEngine = setting.engine
    assert isinstance(engine, DbosEngine)
    assert engine.workers() == 0


def test_each_worker_sees_to_its_own_jobs_alone(setting: Setting) -> None:
    here, there = setting.submit(CALM, count=2)
    job_of(setting, here, status="PENDING", executor_id="here")
    job_of(setting, there, status="PENDING", executor_id="there")
    found = setting.engine.running_calls("here"), setting.engine.running_calls("there")
    with setting.store.write() as session:
        erase_call(session, here)
        erase_call(session, there)
    keep_house(setting.runtime, "here")
    stood = setting.engine.status(here), setting.engine.status(there)
    keep_house(setting.runtime, "there")
    assert (found, stood) == (([here], [there]), ("cancelled", "running"))
    assert setting.engine.status(there) == "cancelled"


# with a worker


def test_the_private_call_brings_back_the_jobs_of_the_named_owner_and_no_others(
    setting: Setting, worker: Worker
) -> None:
    long = {**CALM, "transcribe": {"sleep_s": 60.0}}
    with setting.store.write() as session:
        made = [calls.create_call(session, NewCall(setting.organisation_id, "t"), now()).id for _ in range(3)]
        for call in made:
            setting.engine.enqueue(session, call, queue="batch", priority=10)
        # In one transaction with their coming, so that the worker never sees them waiting.
        table = "workflow_status" if setting.store.is_sqlite else "dbos.workflow_status"
        for call, owner in zip(made, ("dead", "dead", "alive"), strict=True):
            held = f"UPDATE {table} SET status = 'PENDING', executor_id = :owner WHERE workflow_uuid = :id"
            session.execute(text(held), {"owner": owner, "id": call})
    assert worker.keeper is not None
    assert setting.engine.owners() >= {"dead", "alive"}
    assert recover("nobody") == 0
    brought = recover("dead")
    assert brought in (0, 2), "the keeper of this worker may have been first"
    wait_for(lambda: {setting.engine.status(call) for call in made[:2]} <= {"running", "ended", "waiting"}, 20, "jobs")
    assert "dead" not in setting.engine.owners()
    assert long["transcribe"]["sleep_s"] == 60.0


def test_housekeeping_fails_calls_whose_job_was_given_up_and_stops_jobs_without_a_call(
    setting: Setting, worker: Worker
) -> None:
    assert worker.executor_id
    given_up, gone = made_call(setting), made_call(setting)
    with setting.store.write() as session:
        for call, status in ((given_up, "MAX_RECOVERY_ATTEMPTS_EXCEEDED"), (gone, "PENDING")):
            setting.engine.enqueue(session, call, queue="batch", priority=10)
            table = "workflow_status" if setting.store.is_sqlite else "dbos.workflow_status"
            values = {"status": status, "me": worker.executor_id, "at": int(now().timestamp() * 1000), "id": call}
            held = "status = :status, executor_id = :me, completed_at = :at"
            session.execute(text(f"UPDATE {table} SET {held} WHERE workflow_uuid = :id"), values)
        session.execute(update(CallRow).where(CallRow.id == given_up).values(status="processing", attempts=20))
        erase_call(session, gone)
    left = setting.runtime.config.work_dir / gone
    left.mkdir(parents=True)
    keep_house(setting.runtime, worker.executor_id)
    assert (setting.call(given_up).status, setting.call(given_up).failure_id) == ("failed", CRASHED)
    assert setting.engine.status(gone) == "cancelled"
    assert not left.exists()


def test_housekeeping_cuts_down_what_is_kept_of_cancelled_calls(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "_STOPPED_FOR", timedelta(0))
    call, waiting = setting.submit(CALM, queue="maintenance", count=2)
    with setting.store.write() as session:
        named = {"recording_url": "https://x.example/?sig=1", "file_name": "0401234567.wav"}
        session.execute(update(CallRow).where(CallRow.id.in_([call, waiting])).values(**named))
    setting.cancel(call)
    time.sleep(0.05)
    keep_house(setting.runtime, "somebody")
    found = setting.call(call)
    assert (found.status, found.recording_url, found.file_name) == ("cancelled", None, "[puhelinnumero].wav")
    assert found.blob_key is not None
    assert setting.call(waiting).recording_url is not None


def test_housekeeping_clears_what_tidying_left_long_ago(setting: Setting) -> None:
    old, fresh = (setting.runtime.config.work_dir / f"tidy-{name}" for name in ("old", "fresh"))
    for folder in (old, fresh):
        folder.mkdir(parents=True)
        (folder / "source").write_bytes(b"audio")
    before = time.time() - 2 * 3600
    os.utime(old, (before, before))
    keep_house(setting.runtime, "somebody")
    assert (old.exists(), fresh.exists()) == (False, True)
    shutil.rmtree(fresh)


def test_a_retried_call_without_a_recording_is_said_to_have_none(setting: Setting) -> None:
    call = made_call(setting)
    run = asyncio.run(begin_run(setting.runtime, call))
    assert run is not None
    assert asyncio.run(run.fetch()) == {"error": {"id": "error-job-no-audio", "args": {}}}
