"""Events on their way to a receiver on this machine."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from app.errors import InputError
from app.messages import LOCALES, has_text
from app.store import audit, webhooks
from app.store.base import now_utc
from app.store.engine import Store
from app.store.keys import make_key, revoke_key
from app.store.webhooks import Delivery, WebhookEndpoint
from app.webhooks import check_endpoint_url, deliver_due, new_secret, send_event
from app.webhooks.schedule import RETRY_DELAYS_S, next_delay_s
from app.webhooks.signing import signed_headers
from tests.app.loopback import HERE, Asked, Respond, answer, sends, serving
from tests.app.store.people import NOON, People, people

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # the specification's own example


class Setting:
    """One endpoint and one event for it."""

    def __init__(self, store: Store, url: str, *, by_platform: bool = False) -> None:
        self.store = store
        with store.write() as session:
            self.people: People = people(session)
            self.call = self.people.call(session, client_reference="tilaus 7")
            by = self.people.platform.id if by_platform else "admin"
            self.endpoint: WebhookEndpoint = webhooks.create_endpoint(
                session, self.people.organisation_id, url, secret=SECRET, events=("*",), by=by, now=NOON
            )
            told = {"id": self.call.id, "status": "succeeded", "client_reference": "tilaus 7"}
            payload = {"type": "call.succeeded", "timestamp": NOON.isoformat(), "data": told}
            (self.event,) = webhooks.add_event(
                session, self.people.organisation_id, "call.succeeded", payload, NOON, call_id=self.call.id
            )

    def send(self, now: datetime = NOON) -> float | None:
        return send_event(self.store, self.event.id, self.endpoint.id, now=now, allow=HERE)

    def delivery(self) -> Delivery:
        with self.store.read() as session:
            found = webhooks.find_delivery(session, self.event.id, self.endpoint.id)
        assert found is not None
        return found


# --- known answer -----------------------------------------------------------------------------------------------------


def test_an_event_is_signed_and_told_with_links(store: Store, environment: Callable[..., None]) -> None:
    environment(public_url="https://puhe.example.com")
    with serving(answer(204)) as receiver:
        setting = Setting(store, receiver.url("/hook"))
        assert setting.send() is None
    (asked,) = receiver.asked
    assert (asked.method, asked.path, asked.headers["content-type"]) == ("POST", "/hook", "application/json")
    assert asked.headers["webhook-id"] == setting.event.id
    here = f"https://puhe.example.com/v1/calls/{setting.call.id}"
    assert Webhook(SECRET).verify(asked.body, asked.headers) == {
        "type": "call.succeeded",
        "timestamp": "2026-11-20T12:00:00.123456+00:00",
        "data": {
            "id": setting.call.id,
            "status": "succeeded",
            "client_reference": "tilaus 7",
            "links": {"call": here, "scorecard": f"{here}/scorecard"},
        },
    }
    found = setting.delivery()
    assert (found.status, found.attempts, found.last_status, found.delivered_at) == ("delivered", 1, 204, NOON)


def test_the_signature_of_the_specification() -> None:
    body = '{"test": 2432232314}'
    at = datetime.fromtimestamp(1614265330, tz=UTC)
    headers = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", body, [SECRET], at)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-timestamp"] == "1614265330"


def test_while_two_secrets_live_either_verifies(store: Store) -> None:
    newer = new_secret()
    with serving(answer(200)) as receiver:
        setting = Setting(store, receiver.url())
        with store.write() as session:
            webhooks.rotate_secret(session, setting.people.organisation_id, setting.endpoint.id, newer)
        setting.send()
    (asked,) = receiver.asked
    assert len(asked.headers["webhook-signature"].split(" ")) == 2
    for secret in (SECRET, newer):
        Webhook(secret).verify(asked.body, asked.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(asked.body, asked.headers)


@pytest.mark.parametrize(
    ("respond", "error", "status"),
    [
        (answer(500), "webhook-error-status", 500),
        (answer(404), "webhook-error-status", 404),
        (answer(302, location="/elsewhere"), "webhook-error-status", 302),
        (sends(b""), "webhook-error-broken", None),
        (sends(b"nonsense\r\n\r\n"), "webhook-error-broken", None),
    ],
)
def test_a_failed_try_waits_for_the_next(store: Store, respond: Respond, error: str, status: int | None) -> None:
    with serving(respond) as receiver:
        setting = Setting(store, receiver.url())
        delay_s = setting.send()
    assert delay_s == pytest.approx(5.0, rel=0.1)
    found = setting.delivery()
    assert (found.status, found.attempts, found.last_error, found.last_status) == ("pending", 1, error, status)
    assert found.next_at == NOON + timedelta(seconds=delay_s)
    assert len(receiver.asked) == 1


@pytest.mark.parametrize(
    "when",
    [
        "Mon, 01 Jan 99999999999999 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "Mon, 01 Jan 2027 00:00:00 +99999999999999",
        "9" * 400,
        "²",
        "",
    ],
)
def test_no_answer_brings_about_endless_tries(store: Store, when: str) -> None:
    with serving(answer(503, retry_after=when)) as receiver:
        setting = Setting(store, receiver.url())
        assert setting.send() is not None
    found = setting.delivery()
    assert (found.status, found.attempts, found.last_status) == ("pending", 1, 503)


def test_a_fault_of_ours_is_a_try_that_failed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.webhooks import delivering

    def broken(*_: object) -> None:
        raise RuntimeError("a fault nobody thought of")

    monkeypatch.setattr(delivering, "post", broken)
    setting = Setting(store, "https://example.com/")
    for _ in range(8):
        setting.send(setting.delivery().next_at or NOON)
    found = setting.delivery()
    assert (found.status, found.attempts, found.last_error) == ("dead", 8, "webhook-error-broken")


def test_what_is_under_way_is_not_sent_once_the_last_key_is_revoked(store: Store) -> None:
    with serving(answer(200)) as receiver:
        setting = Setting(store, receiver.url(), by_platform=True)
        us = setting.people
        with store.write() as session:
            _, key = make_key(session, us.platform, name="crm", now=NOON)
            assert revoke_key(session, us.organisation_id, key.id, NOON)
        assert setting.send() is None
    assert (receiver.asked, setting.delivery().last_error) == ([], "webhook-error-disabled")


def test_a_receiver_that_says_nothing_is_left_in_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.webhooks import delivering
    from app.webhooks.posting import Answer, post

    def post_quickly(*given: object) -> Answer:
        return post(*given, timeout_s=0.3)  # type: ignore[arg-type]

    monkeypatch.setattr(delivering, "post", post_quickly)
    with serving(sends(b"HTTP/1.1 200 OK\r\n", *[b"x: y\r\n"] * 100, every_s=0.05)) as receiver:
        setting = Setting(store, receiver.url())
        assert setting.send() is not None
    assert setting.delivery().last_error == "webhook-error-timeout"


def test_nobody_there_and_nobody_allowed(store: Store) -> None:
    with serving(answer(200)) as receiver:
        forbidden = Setting(store, receiver.url())
        assert send_event(store, forbidden.event.id, forbidden.endpoint.id, now=NOON, allow=()) is not None
    assert (forbidden.delivery().last_error, receiver.asked) == ("webhook-error-refused", [])
    assert forbidden.send(NOON + timedelta(hours=1)) is not None
    assert forbidden.delivery().last_error == "webhook-error-unreachable"


def test_after_a_day_of_failures_it_is_a_dead_letter_that_can_be_replayed(store: Store) -> None:
    answers = [answer(503)] * 8 + [answer(200)]

    def respond(asked: Asked, connection: object) -> None:
        answers.pop(0)(asked, connection)  # type: ignore[arg-type]

    with serving(respond) as receiver:
        setting = Setting(store, receiver.url())
        now = NOON
        while (delay_s := setting.send(now)) is not None:
            now += timedelta(seconds=delay_s)
        assert timedelta(hours=21) < now - NOON < timedelta(hours=28)
        dead = setting.delivery()
        assert (dead.status, dead.attempts, dead.last_status, dead.next_at) == ("dead", 8, 503, None)
        assert setting.send(now) is None
        with store.write() as session:
            webhooks.replay(session, setting.people.organisation_id, setting.event.id, setting.endpoint.id, now)
        assert setting.send(now) is None
    assert setting.delivery().status == "delivered"
    assert {asked.headers["webhook-id"] for asked in receiver.asked} == {setting.event.id}
    assert len(receiver.asked) == 9


def test_gone_means_no_more(store: Store) -> None:
    with serving(answer(410)) as receiver:
        setting = Setting(store, receiver.url())
        assert setting.send() is None
        with store.write() as session:
            organisation = setting.people.organisation_id
            endpoint = webhooks.find_endpoint(session, organisation, setting.endpoint.id)
            assert webhooks.add_event(session, organisation, "call.failed", {}, NOON) == ()
            log = audit.list_audit(session, setting.people.admin).items
    assert endpoint is not None
    assert endpoint.disabled_at == NOON
    assert (setting.delivery().status, setting.delivery().last_error) == ("dead", "webhook-error-gone")
    assert [(entry.action, entry.detail) for entry in log] == [("webhook.disabled", {"endpoint_id": endpoint.id})]


def test_to_a_disabled_endpoint_nothing_is_sent(store: Store) -> None:
    with serving(answer(200)) as receiver:
        setting = Setting(store, receiver.url())
        with store.write() as session:
            webhooks.set_disabled(session, setting.people.organisation_id, setting.endpoint.id, NOON)
        assert setting.send() is None
    assert (receiver.asked, setting.delivery().status) == ([], "dead")


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_honoured(store: Store, as_date: bool) -> None:
    wanted = format_datetime(now_utc() + timedelta(seconds=3600), usegmt=True) if as_date else "3600"
    with serving(answer(429, retry_after=wanted)) as receiver:
        delay_s = Setting(store, receiver.url()).send()
    assert delay_s == pytest.approx(3600, abs=5)


@pytest.mark.parametrize("wanted", ["soon", "-5", "9" * 40, "Thu, 99 Xxx 2026 00:00:00 GMT", ""])
def test_a_retry_after_that_means_nothing_is_passed_over(store: Store, wanted: str) -> None:
    with serving(answer(503, retry_after=wanted)) as receiver:
        assert Setting(store, receiver.url()).send() == pytest.approx(5.0, rel=0.1)


def test_of_many_senders_one_sends(store: Store) -> None:
    with serving(answer(200)) as receiver:
        setting = Setting(store, receiver.url())
        with ThreadPoolExecutor(6) as senders:
            list(senders.map(lambda _: setting.send(), range(6)))
    assert len(receiver.asked) == 1
    assert setting.delivery().status == "delivered"


def test_a_sender_that_died_is_followed_by_another_after_a_minute(store: Store) -> None:
    from app.store.outbox import claim_delivery

    with serving(answer(200)) as receiver:
        setting = Setting(store, receiver.url())
        with store.write() as session:
            until = NOON + timedelta(seconds=60)
            assert claim_delivery(session, setting.event.id, setting.endpoint.id, NOON, until)
        assert setting.send(NOON + timedelta(seconds=10)) == 50.0
        assert receiver.asked == []
        assert setting.send(NOON + timedelta(seconds=60)) is None
    assert len(receiver.asked) == 1


def test_all_that_is_due_is_sent_once(store: Store) -> None:
    with serving(answer(200)) as receiver:
        setting = Setting(store, receiver.url())
        with store.write() as session:
            for number in range(4):
                payload = {"type": "call.failed", "data": {"id": str(number)}}
                webhooks.add_event(session, setting.people.organisation_id, "call.failed", payload, NOON)
        assert deliver_due(store, NOON - timedelta(seconds=1), allow=HERE) == 0
        assert deliver_due(store, NOON, allow=HERE) == 5
        assert deliver_due(store, NOON + timedelta(days=2), allow=HERE) == 0
    assert len({asked.headers["webhook-id"] for asked in receiver.asked}) == len(receiver.asked) == 5


def test_an_unknown_event_is_nothing_to_do(store: Store) -> None:
    assert send_event(store, "evt_none", "none", allow=HERE) is None


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://8.8.8.8/hook", "must be asked by https"),
        ("https://127.0.0.1/hook", "does not connect to 127.0.0.1"),
        ("https://me:pw@8.8.8.8/", "user name or password"),
        ("https://no-such-host.invalid/", "There is no host no-such-host.invalid"),
    ],
)
def test_an_endpoint_that_is_refused(url: str, error: str) -> None:
    with pytest.raises(InputError, match=error):
        check_endpoint_url(url, allow=())


def test_an_endpoint_that_is_taken() -> None:
    check_endpoint_url("https://8.8.8.8/hook", allow=())
    check_endpoint_url("http://127.0.0.1:9/hook", allow=HERE)


def test_a_new_secret_is_long_and_never_the_same() -> None:
    secrets = {new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert all(secret.startswith("whsec_") and len(secret) == 50 for secret in secrets)


@pytest.mark.parametrize("name", ["status", "gone", "timeout", "unreachable", "broken", "refused", "disabled"])
def test_each_failure_has_a_sentence(name: str) -> None:
    assert all(has_text(f"webhook-error-{name}", locale) for locale in LOCALES)


# --- law --------------------------------------------------------------------------------------------------------------


@given(st.integers(1, len(RETRY_DELAYS_S)), st.one_of(st.none(), st.floats(0, 1e9)), st.randoms(use_true_random=False))
def test_waits_keep_to_their_plan_and_to_what_was_asked(
    failed: int, retry_after_s: float | None, rng: random.Random
) -> None:
    delay_s = next_delay_s(failed, retry_after_s, rng=rng)
    assert delay_s is not None
    assert delay_s >= 0.9 * RETRY_DELAYS_S[failed - 1]
    assert delay_s >= min(retry_after_s or 0.0, 86_400.0)
    assert delay_s <= max(1.1 * RETRY_DELAYS_S[failed - 1], 86_400.0)
    assert next_delay_s(len(RETRY_DELAYS_S) + 1, retry_after_s, rng=rng) is None


@given(st.integers(-12, 14), st.datetimes(datetime(2001, 1, 1), datetime(2099, 1, 1)))
def test_a_signature_does_not_depend_on_the_clock_s_zone(hours: int, moment: datetime) -> None:
    at = moment.replace(tzinfo=UTC)
    elsewhere = at.astimezone(timezone(timedelta(hours=hours)))
    assert signed_headers("evt", "{}", [SECRET], at) == signed_headers("evt", "{}", [SECRET], elsewhere)


def test_the_body_is_what_was_noted(store: Store) -> None:
    with serving(answer(200)) as receiver:
        setting = Setting(store, receiver.url())
        setting.send()
    told = json.loads(receiver.asked[0].body)
    assert {name: told["data"][name] for name in setting.event.payload["data"]} == setting.event.payload["data"]
