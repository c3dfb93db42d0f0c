"""Sending calls in: whole, by address, twice, broken off, and by those who may not."""

from __future__ import annotations

import json

from tests.app.web.face import WAV, Face


def test_a_file_becomes_a_waiting_call(each_face: Face) -> None:
    face = each_face
    metadata = {"agent_id": "aino", "client_reference": "A-1", "channels": {"agent": 1, "customer": 0}, "tags": ["x"]}
    answer = face.submit(face.us.platform, metadata=json.dumps(metadata))
    assert answer.status_code == 202, answer.text
    body = answer.json()
    assert body["status"] == "queued"
    assert answer.headers["location"] == f"/v1/calls/{body['id']}"
    assert face.engine.enqueued == [(body["id"], "interactive", 5)]
    state = face.ask(face.us.platform, "GET", answer.headers["location"]).json()
    assert (state["agent_id"], state["client_reference"], state["agent_channel"]) == ("aino", "A-1", "right")
    assert (state["tags"], state["audio_bytes"], state["progress"]) == (["x"], len(WAV), 0.0)
