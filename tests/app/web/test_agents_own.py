"""An agent is the same person over all links and keys; and an old failure never hides the list that it is in."""

from __future__ import annotations

from analysis.types import Message
from app.store.base import now_utc
from app.store.progress import fail
from app.web.problems import said
from tests.app.web.face import Face

# --- known answer -----------------------------------------------------------------------------------------------------


def test_an_agent_erases_what_was_sent_in_with_an_earlier_link(face: Face) -> None:
    def signed_in() -> dict[str, str]:
        link = face.ask(face.us.admin, "POST", "/v1/sign-in-links", json={"role": "agent", "agent_id": "aino"}).json()
        me = face.client.post("/v1/session", json={"token": link["url"].partition("#")[2]}).json()
        return {"X-CSRF-Token": me["csrf"]}

    headers = signed_in()
    sent = face.client.post("/v1/calls", files={"audio": ("puhelu.wav", b"RIFF" + bytes(400))}, headers=headers)
    assert sent.status_code == 202, sent.text
    face.client.cookies.clear()
    headers = signed_in()
    gone = face.client.delete(sent.headers["location"], headers=headers)
    assert gone.status_code == 204, gone.text
    face.client.cookies.clear()


def test_an_agents_key_and_link_are_of_one_person_and_no_one_elses(face: Face) -> None:
    first = face.ask(face.us.admin, "POST", "/v1/keys", json={"name": "a", "role": "agent", "agent_id": "aino"}).json()
    other = face.ask(face.us.admin, "POST", "/v1/keys", json={"name": "b", "role": "agent", "agent_id": "eero"}).json()
    theirs = face.ask(
        face.them.admin, "POST", "/v1/keys", json={"name": "c", "role": "agent", "agent_id": "aino"}
    ).json()

    def who(key: str) -> str:
        return face.client.get("/v1/session", headers={"Authorization": f"Bearer {key}"}).json()["principal_id"]

    found = [who(made["key"]) for made in (first, other, theirs)]
    assert found[0] == face.us.aino.id
    assert len(set(found)) == 3


def test_a_failure_whose_sentence_wants_more_than_is_kept_is_said_generally(face: Face) -> None:
    call = face.call(by=face.us.aino)
    with face.service.store.write() as session:
        assert fail(session, call.id, "error-audio-too-large", {}, now_utc())
    answer = face.ask(face.us.aino, "GET", "/v1/calls")
    assert answer.status_code == 200
    assert answer.json()["items"][0]["failure"]
    assert said(Message("error-audio-too-large", {}), "fi") == said(Message("no-such-text", {}), "fi")
