"""Batches, standards and webhooks in the store."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.errors import InputError
from app.store.audit import list_audit
from app.store.baselines import choose_baseline, chosen_baseline
from app.store.batches import batch_counts, create_batch, find_batch, list_batches
from app.store.calls import CallFilters, list_calls
from app.store.engine import Store
from app.store.keys import make_key, revoke_key
from app.store.progress import cancel, start, succeed
from app.store.retention import erase_call
from app.store.scorecards import (
    NewScorecard,
    find_scorecard,
    replace_scorecard,
    save_scorecard,
    set_verdict,
    trend,
    verdicts_of,
)
from app.store.standards import find_standard, list_standards, put_standard, versions_of
from app.store.webhooks import (
    add_event,
    create_endpoint,
    delete_endpoint,
    delivered,
    find_delivery,
    find_endpoint,
    forget_deliveries,
    list_deliveries,
    list_endpoints,
    not_delivered,
    pending_deliveries,
    replay,
    rotate_secret,
    set_disabled,
)
from tests.app.store.people import NOON, SCORECARD, People, later, people


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.write() as opened:
        yield opened


@pytest.fixture
def us(session: Session) -> People:
    return people(session)


# --- known answer: scorecards and trends ------------------------------------------------------------------------------


def test_a_scorecard_comes_back_as_it_was_with_its_versions(session: Session, us: People) -> None:
    call = us.call(session, started_at=later(-3600))
    document = '{"scorecard_version": "1",  "ä": "\\u00e4 😀", "pitkä": "' + "x" * 300_000 + '"}'
    start(session, call.id, NOON)
    assert succeed(session, call.id, NewScorecard(document, "0.1.0", None, "oma@3"), later(5))
    found = find_scorecard(session, us.aino, call.id)
    assert found is not None
    assert found.document == document
    assert (found.engine_version, found.asr_model, found.standard, found.created_at) == (
        "0.1.0",
        None,
        "oma@3",
        later(5),
    )


def test_a_new_scoring_takes_the_place_of_the_old(session: Session, us: People) -> None:
    call = us.call(session)
    anew = NewScorecard("{}", "0.2.0", "base", "oma@2", {"speech_rate": 5.0})
    assert not replace_scorecard(session, call.id, anew, NOON)
    start(session, call.id, NOON)
    succeed(session, call.id, SCORECARD, NOON)
    assert replace_scorecard(session, call.id, anew, later(1))
    found = find_scorecard(session, us.aino, call.id)
    assert found is not None
    assert (found.standard, found.engine_version) == ("oma@2", "0.2.0")
    assert [point.value for point in trend(session, us.aino, "aino", "speech_rate")] == [5.0]
    assert trend(session, us.aino, "aino", "f0_sd") == ()
    with pytest.raises(LookupError, match="no call x"):
        save_scorecard(session, "x", SCORECARD, NOON)


def test_a_trend_goes_from_old_to_new_by_when_the_call_was(session: Session, us: People) -> None:
    for n, began in enumerate((300, 100, None)):
        call = us.call(session, now=later(200), started_at=None if began is None else later(began))
        start(session, call.id, NOON)
        succeed(session, call.id, NewScorecard("{}", "0", None, "default@1", {"f0_sd": float(n)}), NOON)
    points = trend(session, us.trainer, "aino", "f0_sd")
    assert [(point.value, point.at) for point in points] == [(1.0, later(100)), (2.0, later(200)), (0.0, later(300))]
    assert [point.value for point in trend(session, us.trainer, "aino", "f0_sd", limit=2)] == [2.0, 0.0]
    within = trend(session, us.trainer, "aino", "f0_sd", since=later(200), until=later(300))
    assert [point.value for point in within] == [2.0]


def test_a_listeners_later_word_replaces_the_earlier(session: Session, us: People) -> None:
    call = us.call(session)
    said = [(us.aino, 0, "right"), (us.trainer, 0, "wrong"), (us.aino, 1, "right"), (us.aino, 0, "wrong")]
    for n, (who, piece, verdict) in enumerate(said):
        assert set_verdict(session, who, call.id, "filled_pause_rate", piece, verdict, later(n))  # type: ignore[arg-type]
    found = [(one.n, one.by, one.verdict) for one in verdicts_of(session, us.trainer, call.id)]
    assert found == [(0, us.trainer.id, "wrong"), (0, us.aino.id, "wrong"), (1, us.aino.id, "right")]


def scored(session: Session, us: People, agent: str | None, at: float, **values: float) -> str:
    """A call that began so many seconds after noon, scored with these values."""
    call = us.call(session, agent, now=later(at + 5), started_at=later(at))
    start(session, call.id, NOON)
    assert succeed(session, call.id, NewScorecard("{}", "0", None, "default@1", values), NOON)
    return call.id


def test_a_call_is_held_against_its_agents_own_earlier_calls(session: Session, us: People) -> None:
    them = people(session, "Toinen Oy")
    for n, hz in enumerate((100.0, 130.0)):
        scored(session, us, "aino", n, f0_median=hz)
    few = us.call(session, now=later(60))
    assert choose_baseline(session, few.id) == {}
    earliest = scored(session, us, "aino", 2, f0_median=110.0, speech_rate=4.0)
    for whose, agent, at in ((us, "eero", 3), (us, None, 3), (them, "aino", 3), (us, "aino", 90)):
        scored(session, whose, agent, at, f0_median=400.0)
    assert choose_baseline(session, few.id) == {}, "chosen once"
    call = us.call(session, now=later(60))
    assert chosen_baseline(session, call.id) is None
    assert start(session, call.id, NOON) == 1
    assert choose_baseline(session, call.id) == {"f0_median": 110.0}
    erase_call(session, earliest)
    scored(session, us, "aino", 4, f0_median=300.0)
    assert start(session, call.id, NOON) == 2
    assert choose_baseline(session, call.id) == chosen_baseline(session, call.id) == {"f0_median": 110.0}
    assert succeed(session, call.id, SCORECARD, NOON)
    assert chosen_baseline(session, call.id) is None
    assert choose_baseline(session, us.call(session, now=later(50)).id) == {"f0_median": 130.0}
    assert choose_baseline(session, us.call(session, None, now=later(60)).id) == {}
    assert choose_baseline(session, "x") == {}


def test_a_baseline_follows_the_latest_hundred_calls(session: Session, us: People) -> None:
    for n in range(105):
        scored(session, us, "aino", n, f0_median=float(n))
    assert choose_baseline(session, us.call(session, now=later(600)).id) == {"f0_median": 54.5}


# --- known answer: batches --------------------------------------------------------------------------------------------


def test_a_batch_counts_its_calls(session: Session, us: People) -> None:
    batch = create_batch(session, us.platform, NOON, name="Marraskuu", expected=3)
    aino, eero, _ = (us.call(session, agent, batch_id=batch.id) for agent in ("aino", "eero", "olavi"))
    start(session, aino.id, NOON)
    cancel(session, eero.id, NOON)
    assert find_batch(session, us.platform, batch.id) == batch
    counts = {"queued": 1, "processing": 1, "succeeded": 0, "failed": 0, "cancelled": 1}
    assert batch_counts(session, us.platform, batch.id) == counts
    assert batch_counts(session, us.aino, batch.id) == {**dict.fromkeys(counts, 0), "processing": 1}
    assert len(list_calls(session, us.platform, CallFilters(batch_id=batch.id)).items) == 3
    erase_call(session, aino.id)
    assert sum(batch_counts(session, us.platform, batch.id).values()) == 2


def test_a_batch_is_seen_by_its_submitter_and_those_with_a_call_in_it(session: Session, us: People) -> None:
    them = people(session, "Toinen Oy")
    full = create_batch(session, us.platform, NOON)
    empty = create_batch(session, us.platform, later(1))
    us.call(session, "aino", batch_id=full.id)
    seen = {
        name: [batch.id for batch in list_batches(session, who).items]
        for name, who in vars(us).items()
        if name not in ("organisation_id", "first_team", "second_team")
    }
    none = {name: [] for name in ("eero", "other_trainer", "other_platform", "admin")}
    assert seen == {"platform": [empty.id, full.id], "aino": [full.id], "trainer": [full.id], **none}
    assert find_batch(session, them.platform, full.id) is None


# --- known answer: standards ------------------------------------------------------------------------------------------


def test_each_change_of_a_standard_is_a_version(session: Session, us: People) -> None:
    keep = {"by": us.admin.id, "now": NOON}
    first = put_standard(session, us.organisation_id, "oma", {"norms": {"f0_sd": {"low": 1.5}}}, **keep)
    same = put_standard(session, us.organisation_id, "oma", {"norms": {"f0_sd": {"low": 1.5}}}, **keep)
    second = put_standard(session, us.organisation_id, "oma", {"norms": {}}, **keep)
    other = put_standard(session, us.organisation_id, "toinen", {"norms": {}}, **keep)
    assert (first.label, same, second.label, other.label) == ("oma@1", first, "oma@2", "toinen@1")
    assert find_standard(session, us.organisation_id, "oma") == second
    assert find_standard(session, us.organisation_id, "oma", 1) == first
    assert find_standard(session, us.organisation_id, "oma", 3) is None
    assert list_standards(session, us.organisation_id) == (second, other)
    assert versions_of(session, us.organisation_id, "oma") == (second, first)
    them = people(session, "Toinen Oy")
    assert put_standard(session, them.organisation_id, "oma", {}, **keep).version == 1
    assert list_standards(session, us.organisation_id) == (second, other)


def test_versions_put_at_once_do_not_collide(store: Store) -> None:
    with store.write() as session:
        us = people(session)
    versions = []

    def put(n: int) -> None:
        with store.write() as session:
            made = put_standard(session, us.organisation_id, "oma", {"n": n}, by="me", now=NOON)
        versions.append(made.version)

    threads = [threading.Thread(target=put, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(versions) == list(range(1, 9))


# --- known answer: webhooks -------------------------------------------------------------------------------------------


def test_an_event_goes_to_those_who_want_it(session: Session, us: People) -> None:
    them = people(session, "Toinen Oy")
    keep = {"secret": "whsec_1", "by": us.admin.id, "now": NOON}
    every = create_endpoint(session, us.organisation_id, "https://a.example", events=("*",), **keep)
    failures = create_endpoint(session, us.organisation_id, "https://b.example", events=("call.failed",), **keep)
    off = create_endpoint(session, us.organisation_id, "https://c.example", events=("*",), **keep)
    create_endpoint(session, them.organisation_id, "https://d.example", events=("*",), **keep)
    assert set_disabled(session, us.organisation_id, off.id, NOON)
    made = add_event(session, us.organisation_id, "call.failed", {"id": "c"}, NOON, call_id="c")
    assert {delivery.endpoint_id for delivery in made} == {every.id, failures.id}
    assert len({delivery.id for delivery in made}) == 1
    assert made[0].payload == {"id": "c"}
    assert [one.endpoint_id for one in add_event(session, us.organisation_id, "call.succeeded", {}, NOON)] == [every.id]
    assert set_disabled(session, us.organisation_id, off.id, None)
    assert len(add_event(session, us.organisation_id, "call.succeeded", {}, NOON)) == 2
    assert {one.id for one in list_endpoints(session, us.organisation_id)} == {every.id, failures.id, off.id}


def test_an_endpoint_with_a_submitter_hears_of_no_other_call(session: Session, us: People) -> None:
    keep = {"secret": "whsec_1", "events": ("*",), "now": NOON}
    own = create_endpoint(
        session, us.organisation_id, "https://a.example", by=us.platform.id, submitter=us.platform.id, **keep
    )
    every = create_endpoint(session, us.organisation_id, "https://b.example", by=us.admin.id, **keep)
    told = []
    for call in (us.call(session), us.call(session, by=us.other_platform), us.call(session, by=us.aino)):
        made = add_event(session, us.organisation_id, "call.failed", {}, NOON, call_id=call.id)
        told.append({one.endpoint_id for one in made})
    assert told == [{own.id, every.id}, {every.id}, {every.id}]
    assert [one.endpoint_id for one in add_event(session, us.organisation_id, "call.failed", {}, NOON)] == [every.id]


def test_two_secrets_live_side_by_side(session: Session, us: People) -> None:
    made = create_endpoint(session, us.organisation_id, "https://a", secret="1", events=("*",), by="me", now=NOON)
    for secret in ("2", "3"):
        assert rotate_secret(session, us.organisation_id, made.id, secret)
    found = find_endpoint(session, us.organisation_id, made.id)
    assert found is not None
    assert found.secrets == ("3", "2")
    assert not rotate_secret(session, "elsewhere", made.id, "4")


def test_a_delivery_is_tried_until_it_is_there_or_dead(session: Session, us: People) -> None:
    made = create_endpoint(session, us.organisation_id, "https://a", secret="1", events=("*",), by="me", now=NOON)
    (event,) = add_event(session, us.organisation_id, "call.failed", {}, NOON)
    this = (event.id, made.id)
    assert [one.id for one in pending_deliveries(session, NOON)] == [event.id]
    assert not_delivered(session, *this, error="x" * 999, status=500, next_at=later(60))
    assert pending_deliveries(session, later(59)) == ()
    assert not_delivered(session, *this, error="timeout", status=None, next_at=None)
    dead = find_delivery(session, *this)
    assert dead is not None
    assert (dead.status, dead.attempts, dead.last_error, dead.next_at) == ("dead", 2, "timeout", None)
    assert not delivered(session, *this, 200, NOON)
    assert not replay(session, "elsewhere", *this, NOON)
    assert replay(session, us.organisation_id, *this, later(90))
    assert not replay(session, us.organisation_id, *this, later(90))
    assert delivered(session, *this, 204, later(91))
    there = find_delivery(session, *this)
    assert there is not None
    assert (there.status, there.last_status, there.delivered_at, there.attempts) == ("delivered", 204, later(91), 1)
    assert not not_delivered(session, *this, error="late", status=None, next_at=None)


def test_deliveries_are_listed_and_forgotten(session: Session, us: People) -> None:
    made = create_endpoint(session, us.organisation_id, "https://a", secret="1", events=("*",), by="me", now=NOON)
    events = [add_event(session, us.organisation_id, "call.failed", {}, later(n))[0] for n in range(3)]
    assert delivered(session, events[0].id, made.id, 200, NOON)
    first_page = list_deliveries(session, us.organisation_id, made.id, limit=2)
    assert [one.id for one in first_page.items] == [events[2].id, events[1].id]
    last_page = list_deliveries(session, us.organisation_id, made.id, limit=2, cursor=first_page.next_cursor)
    assert [one.id for one in last_page.items] == [events[0].id]
    assert [one.id for one in list_deliveries(session, us.organisation_id, made.id, status="delivered").items] == [
        events[0].id
    ]
    assert list_deliveries(session, "elsewhere", made.id).items == ()
    assert forget_deliveries(session, NOON + timedelta(days=30)) == 1
    assert delete_endpoint(session, us.organisation_id, made.id)
    assert not delete_endpoint(session, us.organisation_id, made.id)
    assert pending_deliveries(session, later(99)) == ()


# --- known answer: how many endpoints, and whose ----------------------------------------------------------------------


def test_a_principal_has_at_most_ten_endpoints(session: Session, us: People) -> None:
    keep = {"secret": "s", "events": ("*",), "now": NOON}
    made = [
        create_endpoint(session, us.organisation_id, f"https://{n}.example", by=us.platform.id, **keep)
        for n in range(10)
    ]
    with pytest.raises(InputError, match=r"10 webhooks .* at most 10"):
        create_endpoint(session, us.organisation_id, "https://x.example", by=us.platform.id, **keep)
    assert len(list_endpoints(session, us.organisation_id)) == 10
    create_endpoint(session, us.organisation_id, "https://x.example", by=us.admin.id, **keep)
    assert delete_endpoint(session, us.organisation_id, made[0].id)
    create_endpoint(session, us.organisation_id, "https://x.example", by=us.platform.id, **keep)


def test_nothing_is_sent_for_a_principal_whose_last_key_was_revoked(session: Session, us: People) -> None:
    keep = {"secret": "s", "events": ("*",), "now": NOON}
    theirs, admins = (
        create_endpoint(session, us.organisation_id, "https://a.example", by=by.id, submitter=submitter, **keep)
        for by, submitter in ((us.platform, us.platform.id), (us.admin, None))
    )
    keys = [make_key(session, us.platform, name="crm", now=NOON)[1] for _ in range(2)]
    make_key(session, us.other_platform, name="other", now=NOON)
    call = us.call(session)

    def told() -> set[str]:
        made = add_event(session, us.organisation_id, "call.failed", {}, later(60), call_id=call.id)
        return {one.endpoint_id for one in made}

    assert told() == {theirs.id, admins.id}
    assert revoke_key(session, us.organisation_id, keys[0].id, later(10))
    assert told() == {theirs.id, admins.id}
    assert revoke_key(session, us.organisation_id, keys[1].id, later(20))
    assert told() == {admins.id}, "an admin who signs in by a link has no key that could be revoked"
    found = find_endpoint(session, us.organisation_id, theirs.id)
    assert found is not None
    assert found.disabled_at == later(60)
    noted = [entry for entry in list_audit(session, us.admin).items if entry.action == "webhook.disabled"]
    assert [(entry.actor_role, entry.detail) for entry in noted] == [("system", {"endpoint_id": theirs.id})]
