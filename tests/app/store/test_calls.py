"""Calls: taken in, listed, moved on, erased; nothing of one caller is seen by another."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from unittest.mock import ANY

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, inspect, select, text
from sqlalchemy.orm import Session

from app.errors import InputError, UsageError
from app.store.base import new_id
from app.store.calls import (
    STATUSES,
    Call,
    CallFilters,
    NewCall,
    call_for_work,
    count_by_status,
    create_call,
    create_calls,
    find_call,
    list_calls,
    oldest_queued,
    set_audio,
)
from app.store.engine import Store, open_store
from app.store.idempotency import find_idempotent, forget_idempotency, idempotent
from app.store.migrate import migrate
from app.store.organisations import delete_agent, delete_team, find_agent, set_agent
from app.store.principals import Principal, new_principal, scope
from app.store.progress import cancel, fail, retry, set_progress, start, succeed
from app.store.retention import calls_of_agent, due_for_erasure, erase_call, referenced_blobs, set_retention
from app.store.rows import read_cursor, write_cursor
from app.store.scorecards import NewScorecard, find_scorecard, scorecard_for_work, set_verdict, trend, verdicts_of
from app.store.tables import CallRow
from app.store.webhooks import add_event, create_endpoint, list_deliveries
from tests.app.store.people import NOON, SCORECARD, People, later, people


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.write() as opened:
        yield opened


@pytest.fixture
def us(session: Session) -> People:
    return people(session)


def status_of(session: Session, call: Call) -> str | None:
    found = call_for_work(session, call.id)
    return None if found is None else found.status


def ended(session: Session, us: People, status: str) -> Call:
    """A call that stands at `status`."""
    call = us.call(session)
    if status in ("processing", "succeeded"):
        assert start(session, call.id, NOON) == 1
    if status == "succeeded":
        assert succeed(session, call.id, SCORECARD, NOON)
    if status == "failed":
        assert fail(session, call.id, "error-x", {"n": 1}, NOON)
    if status == "cancelled":
        assert cancel(session, call.id, NOON)
    assert status_of(session, call) == status
    return call


# --- known answer: what is taken in -----------------------------------------------------------------------------------


def test_a_call_is_queued_with_its_team_and_the_end_of_its_keeping(session: Session, us: People) -> None:
    told = {
        "client_reference": "tiketti 7",
        "language": "fi",
        "agent_channel": "left",
        "direction": "inbound",
        "started_at": later(-600),
        "tags": ("laskutus", "kesä"),
        "blob_key": "ab/abc",
        "blob_sha256": "0" * 64,
        "blob_bytes": 3 * 1024**3,
        "media_type": "audio/wav",
        "file_name": "hyvä puhelu.wav",
    }
    call = us.call(session, "aino", **told)
    assert find_call(session, us.platform, call.id) == call
    assert {name: getattr(call, name) for name in told} == told
    assert (call.status, call.progress, call.attempts, call.priority) == ("queued", 0.0, 0, 1)
    assert (call.team_id, call.submitted_by) == (us.first_team, us.platform.id)
    assert call.retain_until == NOON + timedelta(days=90)
    assert us.call(session, retain_days=7).retain_until == NOON + timedelta(days=7)


def test_many_calls_taken_in_at_once_are_as_one_by_one_and_cost_few_statements(store: Store) -> None:
    with store.write() as session:
        us = people(session)
        them = people(session, "Toinen Oy", retain_days=None)
    helsinki = timezone(timedelta(hours=2))
    new = [
        NewCall(
            owner.organisation_id,
            owner.platform.id,
            agent_id=None if n % 7 == 0 else ("aino", "eero", f"uusi-{n % 50}")[n % 3],
            client_reference=str(n),
            started_at=NOON.astimezone(helsinki),
            tags=("a", "ä"),
            retain_days=5 if n % 2 else None,
        )
        for n, owner in ((n, us if n % 4 else them) for n in range(1000))
    ]
    statements: list[str] = []

    def count(_connection, _cursor, statement, *_rest) -> None:
        statements.append(statement)

    event.listen(store.engine, "before_cursor_execute", count)
    with store.write() as session:
        made = create_calls(session, new, NOON)
    event.remove(store.engine, "before_cursor_execute", count)
    assert len(statements) <= 12
    assert [call.client_reference for call in made] == [one.client_reference for one in new]
    with store.write() as session:
        for one, call in zip(new[:60], made, strict=False):
            assert call_for_work(session, call.id) == call
            assert create_call(session, replace(one, id=new_id()), NOON) == replace(call, id=ANY)
        assert create_calls(session, (), NOON) == ()


def test_an_agent_nobody_heard_of_is_noted_down(session: Session, us: People) -> None:
    call = us.call(session, "uusi agentti")
    assert call.team_id is None
    found = find_agent(session, us.organisation_id, "uusi agentti")
    assert found is not None
    assert (found.team_id, found.name) == (None, None)


def test_a_call_without_an_end_is_kept(session: Session) -> None:
    forever = people(session, "Ikuinen Oy", retain_days=None)
    assert forever.call(session).retain_until is None
    with pytest.raises(LookupError, match="no organisation nowhere"):
        create_call(session, NewCall("nowhere", "somebody"), NOON)


# --- known answer: who sees what --------------------------------------------------------------------------------------

SEEN = {
    "aino": {"aino", "aino by trainer"},
    "eero": {"eero"},
    "trainer": {"aino", "eero", "aino by trainer"},
    "other_trainer": set(),
    "platform": {"aino", "eero", "olavi", "nobody"},
    "other_platform": {"other platform"},
    "admin": set(),
}


def calls_of_everybody(session: Session, us: People) -> dict[str, Call]:
    return {
        "aino": us.call(session, "aino"),
        "eero": us.call(session, "eero"),
        "olavi": us.call(session, "olavi"),
        "nobody": us.call(session, None),
        "aino by trainer": us.call(session, "aino", by=us.trainer),
        "other platform": us.call(session, None, by=us.other_platform),
    }


@pytest.mark.parametrize("who", SEEN)
def test_every_role_sees_its_own_and_nothing_else(session: Session, us: People, who: str) -> None:
    them = people(session, "Toinen Oy")
    calls = calls_of_everybody(session, us) | {
        f"their {name}": call for name, call in calls_of_everybody(session, them).items()
    }
    for call in calls.values():
        start(session, call.id, NOON)
        assert succeed(session, call.id, SCORECARD, NOON)
    principal: Principal = getattr(us, who)
    listed = {call.id for call in list_calls(session, principal).items}
    assert {name for name, call in calls.items() if call.id in listed} == SEEN[who]
    assert {name for name, call in calls.items() if find_call(session, principal, call.id)} == SEEN[who]
    assert {name for name, call in calls.items() if find_scorecard(session, principal, call.id)} == SEEN[who]
    assert {
        name for name, call in calls.items() if set_verdict(session, principal, call.id, "f0_sd", 0, "right", NOON)
    } == SEEN[who]
    assert {name for name, call in calls.items() if verdicts_of(session, principal, call.id)} == SEEN[who]
    points = {
        point.call_id for agent in ("aino", "eero", "olavi") for point in trend(session, principal, agent, "f0_sd")
    }
    assert {name for name, call in calls.items() if call.id in points} == SEEN[who] - {"nobody", "other platform"}


@pytest.mark.parametrize("role", ["agent", "trainer"])
def test_a_role_without_its_agent_or_team_sees_nothing(session: Session, us: People, role: str) -> None:
    us.call(session, None)
    assert list_calls(session, Principal("x", role, us.organisation_id)).items == ()  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ["agent", "trainer", "platform", "admin", "root"])
@pytest.mark.parametrize("given", [{}, {"agent_id": "a"}, {"team_id": "t"}, {"agent_id": "a", "team_id": "t"}])
def test_a_principal_has_what_its_role_needs(role: str, given: dict[str, str]) -> None:
    allowed = {"agent": {"agent_id"}, "trainer": {"team_id"}, "platform": set(), "admin": set()}
    if allowed.get(role) == given.keys():
        assert new_principal(role, "o", **given).role == role  # type: ignore[arg-type]
    else:
        with pytest.raises(UsageError, match=r"role"):
            new_principal(role, "o", **given)  # type: ignore[arg-type]


def test_a_change_of_team_takes_the_calls_along(session: Session, us: People) -> None:
    call = us.call(session, "aino")
    assert set_agent(session, us.organisation_id, "aino", NOON, team_id=us.second_team)
    assert find_call(session, us.trainer, call.id) is None
    assert find_call(session, us.other_trainer, call.id) is not None
    assert not set_agent(session, us.organisation_id, "aino", NOON, team_id="no such team")
    assert delete_team(session, us.organisation_id, us.second_team)
    assert find_call(session, us.other_trainer, call.id) is None
    assert find_call(session, us.aino, call.id) is not None


def test_a_team_of_another_organisation_cannot_be_used(session: Session, us: People) -> None:
    them = people(session, "Toinen Oy")
    assert not set_agent(session, us.organisation_id, "aino", NOON, team_id=them.first_team)
    assert not delete_team(session, us.organisation_id, them.first_team)


# --- known answer: lists ----------------------------------------------------------------------------------------------


def test_pages_hold_every_call_once_though_all_came_at_one_moment(session: Session, us: People) -> None:
    made = {us.call(session, now=later(0)).id for _ in range(7)} | {us.call(session, now=later(n)).id for n in (1, 2)}
    seen, cursor, pages = [], None, 0
    while cursor is not None or not pages:
        found = list_calls(session, us.platform, cursor=cursor, limit=2)
        seen += [(call.created_at, call.id) for call in found.items]
        cursor, pages = found.next_cursor, pages + 1
    assert pages == 5
    assert seen == sorted(seen, reverse=True)
    assert {id for _, id in seen} == made


def test_a_call_that_comes_meanwhile_moves_no_page(session: Session, us: People) -> None:
    old = [us.call(session, now=later(n)).id for n in range(4)]
    first_page = list_calls(session, us.platform, limit=2)
    us.call(session, now=later(9))
    second_page = list_calls(session, us.platform, cursor=first_page.next_cursor, limit=2)
    assert [call.id for call in (*first_page.items, *second_page.items)] == old[::-1]
    assert second_page.next_cursor is None


def test_filters(session: Session, us: People) -> None:
    one = us.call(session, "aino", client_reference="7", now=later(0))
    two = us.call(session, "eero", now=later(10))
    start(session, two.id, later(11))

    def found(**filters) -> list[str]:
        return [call.id for call in list_calls(session, us.platform, CallFilters(**filters)).items]

    assert found() == [two.id, one.id]
    assert found(agent_id="aino") == found(status="queued") == found(client_reference="7") == [one.id]
    assert found(since=later(10)) == [two.id]
    assert found(until=later(10)) == [one.id]
    assert found(since=later(0), until=later(11), agent_id="eero", status="processing") == [two.id]
    assert found(batch_id="none") == []


@pytest.mark.parametrize(
    "cursor", ["", "x", "ä", "!!!!", "WzFd", "bnVsbA", "WzFlOTksImEiXQ", "W251bGwsMV0", "WzEsIlx1MDAwMCJd"]
)
def test_a_cursor_of_others_is_refused(session: Session, us: People, cursor: str) -> None:
    with pytest.raises(InputError, match=r"The cursor .* was not made by this service"):
        list_calls(session, us.platform, cursor=cursor)


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_a_page_has_a_size(session: Session, us: People, limit: int) -> None:
    with pytest.raises(InputError, match=rf"cannot have {limit} items; from 1 to 200"):
        list_calls(session, us.platform, limit=limit)


def test_counts_for_metrics(session: Session, us: People) -> None:
    assert oldest_queued(session) is None
    for status in STATUSES:
        ended(session, us, status)
    assert count_by_status(session) == dict.fromkeys(STATUSES, 1)
    assert count_by_status(session, ("queued",)) == {"queued": 1}
    assert oldest_queued(session) == NOON


# --- known answer: how a call moves on --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "allowed"),
    [
        (lambda s, id: bool(start(s, id, NOON)), {"queued", "processing"}),
        (lambda s, id: set_progress(s, id, "decode", 1.0, NOON), {"processing"}),
        (lambda s, id: succeed(s, id, SCORECARD, NOON), {"processing"}),
        (lambda s, id: fail(s, id, "error-y", {}, NOON), {"queued", "processing"}),
        (lambda s, id: cancel(s, id, NOON), {"queued", "processing"}),
        (lambda s, id: retry(s, id, NOON), {"failed"}),
    ],
    ids=["start", "progress", "succeed", "fail", "cancel", "retry"],
)
@pytest.mark.parametrize("before", STATUSES)
def test_a_step_changes_a_call_only_where_it_may(session: Session, us: People, step, allowed, before: str) -> None:
    call = ended(session, us, before)
    untouched = (call_for_work(session, call.id), scorecard_for_work(session, call.id))
    assert step(session, call.id) == (before in allowed)
    if before not in allowed:
        assert (call_for_work(session, call.id), scorecard_for_work(session, call.id)) == untouched
    assert step(session, "no such call") is False


def test_progress_only_grows(session: Session, us: People) -> None:
    call = us.call(session)
    start(session, call.id, NOON)
    assert set_progress(session, call.id, "transcribe", 0.5, later(1))
    assert not set_progress(session, call.id, "decode", 0.4, later(2))
    assert set_progress(session, call.id, "measure", 0.5, later(3))
    found = call_for_work(session, call.id)
    assert found is not None
    assert (found.stage, found.progress, found.updated_at) == ("measure", 0.5, later(3))


def test_a_worker_whose_call_was_taken_over_changes_nothing(session: Session, us: People) -> None:
    call = us.call(session)
    first_attempt = start(session, call.id, NOON)
    second_attempt = start(session, call.id, later(1))
    assert (first_attempt, second_attempt) == (1, 2)
    assert not set_progress(session, call.id, "decode", 0.9, later(2), attempt=first_attempt)
    assert not succeed(session, call.id, SCORECARD, later(2), attempt=first_attempt)
    assert not fail(session, call.id, "error-x", {}, later(2), attempt=first_attempt)
    assert status_of(session, call) == "processing"
    assert succeed(session, call.id, SCORECARD, later(3), attempt=second_attempt)


def test_a_failure_is_told_and_can_be_tried_again(session: Session, us: People) -> None:
    call = us.call(session)
    start(session, call.id, NOON)
    set_progress(session, call.id, "decode", 0.1, NOON)
    assert fail(session, call.id, "error-audio-empty", {"name": "hiljaa.wav"}, later(5))
    failed = call_for_work(session, call.id)
    assert failed is not None
    assert (failed.failure_id, failed.failure_args) == ("error-audio-empty", {"name": "hiljaa.wav"})
    assert (failed.finished_at, failed.stage) == (later(5), "decode")
    assert retry(session, call.id, later(6))
    again = call_for_work(session, call.id)
    assert again is not None
    assert (again.status, again.progress, again.failure_id, again.finished_at) == ("queued", 0.0, None, None)
    assert start(session, call.id, later(7)) == 2


def test_an_erased_call_stays_erased(session: Session, us: People) -> None:
    call = ended(session, us, "processing")
    erase_call(session, call.id)
    assert not succeed(session, call.id, SCORECARD, NOON)
    assert not start(session, call.id, NOON)
    with pytest.raises(LookupError, match=call.id):
        set_audio(session, call.id, key="a/b", sha256=None, size_bytes=None, media_type=None)
    assert (status_of(session, call), scorecard_for_work(session, call.id)) == (None, None)


def test_of_a_cancel_and_a_success_at_once_one_wins(store: Store) -> None:
    with store.write() as session:
        us = people(session)
        calls = [ended(session, us, "processing") for _ in range(8)]
    won: dict[str, list[str]] = {call.id: [] for call in calls}
    together = threading.Barrier(2)

    def run(name: str, step) -> None:
        for call in calls:
            together.wait()
            with store.write() as session:
                if step(session, call.id):
                    won[call.id].append(name)

    threads = [
        threading.Thread(target=run, args=("cancelled", lambda s, id: cancel(s, id, NOON))),
        threading.Thread(target=run, args=("succeeded", lambda s, id: succeed(s, id, SCORECARD, NOON))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as session:
        for call in calls:
            assert [status_of(session, call)] == won[call.id]
            assert (scorecard_for_work(session, call.id) is not None) == (won[call.id] == ["succeeded"])


# --- known answer: audio, keeping and erasing -------------------------------------------------------------------------


def test_the_audio_can_lie_elsewhere(session: Session, us: People) -> None:
    call = us.call(session, blob_key="aa/whole")
    new = {"sha256": "1" * 64, "size_bytes": 5, "media_type": "audio/flac"}
    assert set_audio(session, call.id, key="bb/agent", **new) == "aa/whole"
    assert set_audio(session, call.id, key="bb/agent", **new) is None
    found = call_for_work(session, call.id)
    assert found is not None
    assert (found.blob_key, found.blob_sha256, found.blob_bytes, found.media_type) == ("bb/agent", *new.values())
    assert set_audio(session, call.id, key=None, sha256=None, size_bytes=None, media_type=None) == "bb/agent"


def test_erasing_leaves_no_row_of_the_call(session: Session, us: People) -> None:
    call = us.call(session, blob_key="aa/audio", transcript_key="bb/text", client_reference="tiketti 7")
    idempotent(session, "me", "k", "0", call_id=call.id, organisation_id=us.organisation_id, now=NOON)
    start(session, call.id, NOON)
    succeed(session, call.id, SCORECARD, NOON)
    set_verdict(session, us.aino, call.id, "f0_sd", 0, "wrong", NOON)
    endpoint = create_endpoint(session, us.organisation_id, "https://a", secret="s", events=("*",), by="me", now=NOON)
    add_event(session, us.organisation_id, "call.succeeded", {"id": call.id}, NOON, call_id=call.id)
    assert erase_call(session, call.id) == ("aa/audio", "bb/text")
    assert erase_call(session, call.id) is None
    assert list_deliveries(session, us.organisation_id, endpoint.id).items == ()
    for table in inspect(session.connection()).get_table_names():
        for row in session.execute(text(f"SELECT * FROM {table}")):
            assert call.id not in str(row), table


def test_erased_words_are_in_no_file(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path}/puhepeili.db")
    store = open_store(f"sqlite:///{tmp_path}/puhepeili.db")
    with store.write() as session:
        call = people(session).call(session)
        start(session, call.id, NOON)
        succeed(session, call.id, NewScorecard("salainen sana " * 2000, "0", None, "default@1"), NOON)
    files = sorted(tmp_path.iterdir())
    assert any(b"salainen sana" in path.read_bytes() for path in files)
    with store.write() as session:
        erase_call(session, call.id)
    store.purge()
    assert [path for path in files if path.exists() and b"salainen sana" in path.read_bytes()] == []
    store.close()


def test_calls_are_due_when_their_time_is_over(session: Session, us: People) -> None:
    week, quarter = us.call(session, retain_days=7), us.call(session)
    assert due_for_erasure(session, NOON + timedelta(days=7) - timedelta(seconds=1)) == ()
    assert [call.id for call in due_for_erasure(session, NOON + timedelta(days=7))] == [week.id]
    assert [call.id for call in due_for_erasure(session, NOON + timedelta(days=90))] == [week.id, quarter.id]
    assert [call.id for call in due_for_erasure(session, NOON + timedelta(days=90), limit=1)] == [week.id]
    assert set_retention(session, week.id, None)
    assert due_for_erasure(session, NOON + timedelta(days=8)) == ()


def test_everything_on_one_agent_is_found_and_can_go(session: Session, us: People) -> None:
    mine = [us.call(session, "aino", now=later(n)).id for n in range(2)]
    us.call(session, "eero")
    people(session, "Toinen Oy").call(session, "aino")
    assert [call.id for call in calls_of_agent(session, us.organisation_id, "aino")] == mine
    delete_agent(session, us.organisation_id, "aino")
    assert find_agent(session, us.organisation_id, "aino") is None


def test_blobs_that_a_call_needs(session: Session, us: People) -> None:
    us.call(session, blob_key="aa/audio", transcript_key="bb/text")
    keys = ["aa/audio", "bb/text", *(f"cc/{n}" for n in range(1200))]
    assert referenced_blobs(session, keys) == {"aa/audio", "bb/text"}
    assert referenced_blobs(session, []) == frozenset()


# --- known answer: idempotency ----------------------------------------------------------------------------------------


def test_a_key_stands_for_one_call_of_one_caller(session: Session, us: People) -> None:
    claim = {"organisation_id": us.organisation_id, "now": NOON}
    assert find_idempotent(session, "me", "k", "sha") is None
    assert idempotent(session, "me", "k", "sha", call_id="c1", **claim).outcome == "new"
    repeated = idempotent(session, "me", "k", "sha", call_id="c2", **claim)
    assert (repeated.outcome, repeated.call_id) == ("repeated", "c1")
    assert find_idempotent(session, "me", "k", "sha") == repeated
    assert idempotent(session, "me", "k", "other", call_id="c3", **claim).outcome == "conflict"
    assert idempotent(session, "you", "k", "sha", call_id="c4", **claim).outcome == "new"
    assert forget_idempotency(session, NOON) == 0
    assert forget_idempotency(session, later(1)) == 2


def test_one_key_twenty_times_at_once_makes_one_call(store: Store) -> None:
    with store.write() as session:
        us = people(session)
    together, answers, failed = threading.Barrier(20), [], []

    def submit() -> None:
        call_id = new_id()
        together.wait()
        try:
            with store.write() as session:
                claim = {"organisation_id": us.organisation_id, "now": NOON}
                reserved = idempotent(session, us.platform.id, "k", "sha", call_id=call_id, **claim)
                if reserved.outcome == "new":
                    us.call(session, id=call_id)
            answers.append(reserved)
        except Exception as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=submit) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len({answer.call_id for answer in answers}) == 1
    assert sorted(answer.outcome for answer in answers) == ["new"] + ["repeated"] * 19
    with store.read() as session:
        assert [call.id for call in list_calls(session, us.platform).items] == [answers[0].call_id]


# --- law --------------------------------------------------------------------------------------------------------------


@given(st.datetimes(timezones=st.just(NOON.tzinfo)), st.text(st.characters(exclude_characters="\x00"), max_size=40))
def test_a_cursor_names_the_place_it_was_made_from(at, id: str) -> None:
    assert read_cursor(write_cursor(at, id)) == (at, id)


@given(st.text(max_size=80))
def test_any_text_is_a_cursor_or_refused(value: str) -> None:
    with suppress(InputError):
        moment, id = read_cursor(value)
        assert read_cursor(write_cursor(moment, id)) == (moment, id)


def test_the_scope_is_in_every_statement() -> None:
    statement = scope(select(CallRow.id), Principal("p", "platform", "o"))
    assert "organisation_id" in str(statement)
    assert "submitted_by" in str(statement)
