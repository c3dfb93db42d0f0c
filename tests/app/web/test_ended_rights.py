"""Rights that ended: what was under way with them does not come through, and an admin can end more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from app.privacy import erase_agent
from app.store.base import now_utc
from app.store.keys import end_sessions_of, list_keys, make_key, make_sign_in_link, revoke_key, signed_in, start_session
from app.store.tables_access import ApiKeyRow
from tests.app.web.asked import HOUR
from tests.app.web.face import Face, soon

BY_URL = {"recording_url": "https://recorder.example.com/1.wav"}
ENGLISH = {"Accept-Language": "en"}


# --- known answer: rights that ended while a call came in -------------------------------------------------------------


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Has something done after a caller was let in, and before the body was read."""

    def arrange(act: Callable[[], Any]) -> None:
        monkeypatch.setattr("app.web.calls.refuse_when_full", lambda _: act())

    return arrange


def revoke(face: Face) -> None:
    with face.service.store.write() as session:
        for key in list_keys(session, face.us.organisation_id):
            revoke_key(session, face.us.organisation_id, key.id, now_utc())


def expire(face: Face) -> None:
    with face.service.store.write() as session:
        session.execute(update(ApiKeyRow).values(expires_at=now_utc()))


def erase(face: Face) -> None:
    service = face.service
    erase_agent(service.store, service.blobs, face.us.organisation_id, "aino", by=face.us.admin, engine=service.engine)


@pytest.mark.parametrize("end", [revoke, erase])
def test_a_call_of_a_key_that_was_taken_away_does_not_come_through(each_face: Face, meanwhile, end) -> None:
    face = each_face
    face.key_of(face.us.aino)
    meanwhile(lambda: end(face))
    for headers in ({}, {"Idempotency-Key": "k-1"}):
        refused = face.submit(face.us.aino, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (401, "problem-wrong-key")
    assert face.blob_files() == []
    assert face.engine.enqueued == []


def test_a_key_that_only_ran_out_meanwhile_still_brings_its_call(each_face: Face, meanwhile) -> None:
    face = each_face
    meanwhile(lambda: expire(face))
    assert face.submit(face.us.platform).status_code == 202
    assert face.submit(face.us.platform).status_code == 401


def test_a_call_of_a_session_that_was_ended_does_not_come_through(each_face: Face, meanwhile) -> None:
    face = each_face
    with face.service.store.write() as session:
        token, begun = start_session(session, face.us.aino, now=now_utc(), lifetime=HOUR)

    def end() -> None:
        with face.service.store.write() as session:
            end_sessions_of(session, face.us.aino.id)

    cookie = {"Cookie": f"puhepeili={token}", "X-CSRF-Token": begun.csrf}
    assert face.submit(None, headers=cookie).status_code == 202  # type: ignore[arg-type]
    kept = len(face.blob_files())
    meanwhile(end)
    refused = face.submit(None, headers=cookie)  # type: ignore[arg-type]
    assert (refused.status_code, refused.json()["code"]) == (401, "problem-not-signed-in")
    assert len(face.blob_files()) == kept


# --- known answer: an admin ends sessions -----------------------------------------------------------------------------


def test_an_admin_ends_sessions_and_unused_links_of_one_person(each_face: Face) -> None:
    face = each_face
    role = {"role": "trainer", "team_id": face.us.first_team}
    made = face.ask(face.us.admin, "POST", "/v1/sign-in-links", json=role).json()
    trainer = replace(face.us.trainer, id=made["principal_id"])
    with face.service.store.write() as session:
        token, _ = start_session(session, trainer, now=now_utc(), lifetime=HOUR)
        others, _ = start_session(session, face.us.trainer, now=now_utc(), lifetime=HOUR)
        unused = make_sign_in_link(session, trainer, now=now_utc(), lifetime=HOUR)
        key, _ = make_key(session, trainer, name="x", now=now_utc())
    path = f"/v1/principals/{trainer.id}/sessions"
    for stranger in (face.them.admin, face.us.trainer, None):
        assert face.ask(stranger, "DELETE", path).status_code in (401, 403, 404)
    assert face.ask(face.us.admin, "DELETE", path).status_code == 204
    with face.service.store.read() as session:
        assert signed_in(session, token, now_utc()) is None
        assert signed_in(session, others, now_utc()) is not None
    for link in (made["url"].partition("#")[2], unused):
        assert face.client.post("/v1/session", json={"token": link}).status_code == 401
    assert face.client.get("/v1/session", headers={"Authorization": f"Bearer {key}"}).status_code == 200
    again = face.ask(face.us.admin, "DELETE", path, headers=ENGLISH)
    assert (again.status_code, again.json()["code"]) == (404, "problem-no-session")
    ended = face.ask(face.us.admin, "GET", "/v1/audit").json()["items"][0]
    assert (ended["action"], ended["detail"]) == ("sessions.ended", {"role": "trainer", "principal_id": trainer.id})


def test_a_session_that_began_by_a_link_is_told_of_to_its_agent(face: Face) -> None:
    with face.service.store.write() as session:
        start_session(session, face.us.aino, now=now_utc(), lifetime=soon(60) - now_utc())
    assert face.ask(face.us.admin, "DELETE", f"/v1/principals/{face.us.aino.id}/sessions").status_code == 204
    assert face.looks() == [("admin", "sessions.ended")]
