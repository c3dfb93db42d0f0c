"""Batches, agents, standards, webhooks, teams and what the organisation keeps."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import polars
import pytest
from sqlalchemy import event

from app.store import progress, webhooks
from app.store.base import now_utc
from app.store.calls import call_for_work
from app.store.standards import put_standard
from tests.app.web.cards import card
from tests.app.web.face import WAV, Face

RECORDING = {"recording_url": "https://recorder.example.com/1.wav"}


# --- known answer: batches --------------------------------------------------------------------------------------------


def test_a_batch_is_kept_with_all_its_calls_or_not_at_all(each_face: Face) -> None:
    face = each_face
    calls = [RECORDING | {"metadata": {"agent_id": "aino", "client_reference": f"A-{n}"}} for n in range(3)]
    made = face.ask(face.us.platform, "POST", "/v1/batches", json={"name": "Viikko", "expected": 3, "calls": calls})
    assert made.status_code == 201, made.text
    counts = {"queued": 3, "processing": 0, "succeeded": 0, "failed": 0, "cancelled": 0}
    assert (made.json()["calls"], made.json()["expected"]) == (counts, 3)
    assert [(queue, priority) for _, queue, priority in face.engine.enqueued] == [("batch", 10)] * 3
    calls[2]["metadata"] = {"standard": "oma"}
    refused = face.ask(face.us.platform, "POST", "/v1/batches", json={"calls": calls})
    assert (refused.status_code, refused.json()["code"]) == (404, "problem-no-such-standard")
    listed = face.ask(face.us.platform, "GET", "/v1/batches").json()["items"]
    assert [batch["id"] for batch in listed] == [made.json()["id"]]
    assert [batch["id"] for batch in face.ask(face.us.aino, "GET", "/v1/batches").json()["items"]] == [
        made.json()["id"]
    ]


def test_a_batch_of_a_thousand_calls_is_a_few_statements_so_that_nobody_waits_for_it(each_face: Face) -> None:
    face = each_face
    with face.service.store.write() as session:
        put_standard(session, face.us.organisation_id, "oma", {}, by="x", now=now_utc())
    known = {"standard": "oma", "retain_days": 30}
    calls = [RECORDING | {"metadata": known | {"agent_id": ("aino", "eero")[n % 2]}} for n in range(1000)]
    statements: list[str] = []

    def count(_connection, _cursor, statement, *_rest) -> None:
        statements.append(statement)

    event.listen(face.service.store.engine, "before_cursor_execute", count)
    made = face.ask(face.us.trainer, "POST", "/v1/batches", json={"calls": calls})
    event.remove(face.service.store.engine, "before_cursor_execute", count)
    assert made.status_code == 201, made.text
    assert made.json()["calls"]["queued"] == len(face.engine.enqueued) == 1000
    assert len(statements) < 40
    calls[999] = RECORDING | {"metadata": {"agent_id": "olavi"}}
    refused = face.ask(face.us.trainer, "POST", "/v1/batches", json={"calls": calls})
    assert (refused.status_code, refused.json()["code"]) == (403, "problem-agent-not-in-team")


def test_a_batchs_results_are_one_table(each_face: Face) -> None:
    face = each_face
    batch = face.ask(face.us.platform, "POST", "/v1/batches", json={}).json()["id"]
    done = face.call("aino", batch_id=batch, client_reference="=A-1")
    face.score(done.id, card())
    failed = face.call("eero", batch_id=batch, client_reference="E-1")
    with face.service.store.write() as session:
        progress.fail(session, failed.id, "error-audio-empty", {}, now_utc())
    path = f"/v1/batches/{batch}/results"
    table = face.ask(face.us.platform, "GET", path)
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(table.text))
    assert (row["call"], row["agent_id"], row["ei_openings"]) == ("'=A-1", "aino", "1.0")
    parquet = polars.read_parquet(
        io.BytesIO(face.ask(face.us.platform, "GET", path, params={"format": "parquet"}).content)
    )
    assert parquet["ei_openings"].to_list() == [1.0]
    xlsx = face.ask(face.us.platform, "GET", path, params={"format": "xlsx"})
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(xlsx.content)).namelist()
    seen = face.ask(face.us.aino, "GET", "/v1/audit").json()["items"]
    assert [(one["action"], one["detail"]) for one in seen] == [("batch.read", {"batch_id": batch, "calls": 1})] * 3
    assert len(list(csv.DictReader(io.StringIO(face.ask(face.us.eero, "GET", path).text)))) == 0


# --- known answer: agents ---------------------------------------------------------------------------------------------


def test_a_trend_has_the_agents_own_usual_value(each_face: Face) -> None:
    face = each_face
    made = [face.call("aino") for _ in range(2)]
    for call in made:
        face.score(call.id, card())
    found = face.ask(face.us.trainer, "GET", "/v1/agents/aino/trend", params={"measure": "speech_rate"}).json()
    assert [point["call_id"] for point in found["points"]] == [call.id for call in made]
    assert (found["unit"], found["baseline"]) == ("syll/s", {"value": 4.5, "calls": 2})
    unknown = face.ask(face.us.trainer, "GET", "/v1/agents/aino/trend", params={"measure": "mood"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "problem-unknown-measure")


def test_an_agent_takes_away_all_that_is_held(each_face: Face) -> None:
    face = each_face
    call = face.call("aino")
    face.score(call.id, card())
    face.ask(face.us.trainer, "GET", f"/v1/calls/{call.id}/scorecard")
    found = face.ask(face.us.aino, "GET", "/v1/agents/aino/export")
    archive = zipfile.ZipFile(io.BytesIO(found.content))
    assert archive.read(f"scorecards/{call.id}.json").decode() == card()
    assert archive.read(f"audio/{call.id}.wav") == WAV
    assert [one["action"] for one in json.loads(archive.read("log.json"))][-1] == "scorecard.read"
    small = face.ask(face.us.aino, "GET", "/v1/agents/aino/export", params={"audio": "false"})
    assert f"audio/{call.id}.wav" not in zipfile.ZipFile(io.BytesIO(small.content)).namelist()


def test_an_erased_agent_leaves_nothing_but_the_log(each_face: Face) -> None:
    face = each_face
    calls = [face.call("aino") for _ in range(2)]
    assert face.ask(face.us.aino, "GET", "/v1/calls").status_code == 200
    answer = face.ask(face.us.admin, "DELETE", "/v1/agents/aino")
    assert (answer.status_code, answer.json()) == (200, {"calls": 2})
    assert sorted(face.engine.erased) == sorted(call.id for call in calls)
    assert face.blob_files() == []
    assert face.ask(face.us.aino, "GET", "/v1/calls").status_code == 401
    assert face.ask(face.us.admin, "DELETE", "/v1/agents/aino").status_code == 404


def test_an_agent_changes_team_with_all_calls(each_face: Face) -> None:
    face = each_face
    call = face.call("aino")
    change = {"team_id": face.us.second_team, "name": "Aino V."}
    assert face.ask(face.us.admin, "PUT", "/v1/agents/aino", json=change).json()["name"] == "Aino V."
    assert face.ask(face.us.trainer, "GET", f"/v1/calls/{call.id}").status_code == 404
    assert face.ask(face.us.other_trainer, "GET", f"/v1/calls/{call.id}").status_code == 200
    listed = {one["id"] for one in face.ask(face.us.trainer, "GET", "/v1/agents").json()["items"]}
    assert listed == {"eero"}
    assert face.ask(face.us.admin, "PUT", "/v1/agents/aino", json={"team_id": face.them.first_team}).status_code == 404


# --- known answer: standards ------------------------------------------------------------------------------------------


def test_a_standard_has_versions_and_calls_are_held_against_it(each_face: Face) -> None:
    face = each_face
    path = "/v1/standards/asiakaspalvelu"
    norms = {"norms": {"pause_rate": {"low": 8, "high": 20}}, "fillers": {"particles": ["niinku"]}}
    assert face.ask(face.us.admin, "PUT", path, json=norms).json()["label"] == "asiakaspalvelu@1"
    assert face.ask(face.us.admin, "PUT", path, json=norms | {"name": "asiakaspalvelu"}).json()["version"] == 1
    changed = {"norms": {"pause_rate": {"low": 6, "high": 20}}}
    assert face.ask(face.us.admin, "PUT", path, json=changed).json()["version"] == 2
    assert face.ask(face.us.aino, "GET", path).json()["norms"]["pause_rate"]["low"] == 6
    assert face.ask(face.us.aino, "GET", path, params={"version": 1}).json()["norms"]["pause_rate"]["low"] == 8
    assert [one["version"] for one in face.ask(face.us.aino, "GET", f"{path}/versions").json()["items"]] == [2, 1]
    assert face.ask(face.us.aino, "GET", path, params={"version": 3}).json()["code"] == "problem-no-standard-version"
    names = [one["label"] for one in face.ask(face.us.aino, "GET", "/v1/standards").json()["items"]]
    assert names == ["default@1", "asiakaspalvelu@2"]
    sent = face.submit(face.us.platform, metadata='{"standard": "asiakaspalvelu"}').json()
    with face.service.store.read() as session:
        assert call_for_work(session, sent["id"]).standard == "asiakaspalvelu"
    sent = face.submit(face.us.platform, metadata='{"standard": "default"}').json()
    with face.service.store.read() as session:
        assert call_for_work(session, sent["id"]).standard is None


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("oma", {"norms": {"pause_rate": {"low": 20, "high": 8}}}, "error-standard-low-above-high"),
        ("oma", {"norms": {"pause_rat": {"low": 8}}}, "error-standard-unknown-measure-near"),
        ("oma", {"norms": {"pause_rate": {}}}, "error-standard-no-bound"),
        ("oma", {"norms": {"pause_rate": {"low": "8"}}}, "problem-fields"),
        ("oma", {"name": "muu"}, "problem-name-differs"),
        ("default", {}, "error-standard-reserved-name"),
        ("-x", {}, "problem-fields"),
    ],
)
def test_a_standard_that_workers_could_not_use_is_refused(face: Face, name: str, body: dict, code: str) -> None:
    answer = face.ask(face.us.admin, "PUT", f"/v1/standards/{name}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


# --- known answer: webhooks -------------------------------------------------------------------------------------------


def test_a_webhooks_secret_is_shown_once_and_changes_with_two_alive(each_face: Face) -> None:
    face = each_face
    made = face.ask(face.us.platform, "POST", "/v1/webhooks", json={"url": "https://crm.example.com/hook"}).json()
    path = f"/v1/webhooks/{made['id']}"
    assert made["secret"].startswith("whsec_")
    assert (made["events"], made["secrets"]) == (["*"], 1)
    changed = face.ask(face.us.platform, "POST", f"{path}/rotate").json()
    assert changed["secret"] != made["secret"]
    seen = face.ask(face.us.admin, "GET", path)
    assert seen.json()["secrets"] == 2
    assert "whsec_" not in seen.text + face.ask(face.us.admin, "GET", "/v1/webhooks").text
    with face.service.store.read() as session:
        kept = webhooks.find_endpoint(session, face.us.organisation_id, made["id"])
    assert kept.secrets == (changed["secret"], made["secret"])
    assert face.ask(face.us.platform, "DELETE", path).status_code == 204
    assert face.ask(face.us.platform, "GET", path).status_code == 404


def test_a_platforms_webhook_hears_of_its_own_calls_and_an_admins_of_all(each_face: Face) -> None:
    face, us = each_face, each_face.us
    makers = {"own": us.platform, "other": us.other_platform, "admin": us.admin}
    hooks = {}
    for name, maker in makers.items():
        made = face.ask(maker, "POST", "/v1/webhooks", json={"url": f"https://{name}.example.com"}).json()
        hooks[made["id"]] = name
        assert made["calls"] == ("organisation" if name == "admin" else "own")
    batch = face.ask(us.platform, "POST", "/v1/batches", json={"name": "Viikko 47"}).json()["id"]
    told = {}
    for call in (
        face.call(by=us.platform),
        face.call(by=us.platform, batch_id=batch),
        face.call(by=us.other_platform),
        face.call(by=us.aino),
    ):
        with face.service.store.write() as session:
            made = webhooks.add_event(session, us.organisation_id, "call.failed", {}, now_utc(), call_id=call.id)
        told[call.id] = {hooks[one.endpoint_id] for one in made}
    assert list(told.values()) == [{"own", "admin"}, {"own", "admin"}, {"other", "admin"}, {"admin"}]
    described = face.app.openapi()["paths"]["/v1/webhooks"]["post"]["description"]
    assert "calls that this platform sent in, and of no others" in described


def test_a_webhook_to_where_nobody_is_is_refused(face: Face) -> None:
    for url, code in (("https://nobody.example.com", "error-webhook-unknown-host"), ("ftp://x", "problem-fields")):
        answer = face.ask(face.us.platform, "POST", "/v1/webhooks", json={"url": url})
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    wrong = {"url": "https://crm.example.com", "events": ["call.listened"]}
    assert face.ask(face.us.platform, "POST", "/v1/webhooks", json=wrong).status_code == 422


def test_a_dead_delivery_is_sent_again_under_its_own_identifier(each_face: Face) -> None:
    face = each_face
    hook = face.ask(face.us.platform, "POST", "/v1/webhooks", json={"url": "https://crm.example.com/hook"}).json()["id"]
    now, call = now_utc(), face.call()
    with face.service.store.write() as session:
        (event,) = webhooks.add_event(
            session, face.us.organisation_id, "call.failed", {"type": "call.failed"}, now, call_id=call.id
        )
    path = f"/v1/webhooks/{hook}/deliveries"
    pending = face.ask(face.us.platform, "POST", f"{path}/{event.id}/replay")
    assert (pending.status_code, pending.json()["code"]) == (409, "problem-still-pending")
    with face.service.store.write() as session:
        webhooks.not_delivered(session, event.id, hook, error="error-webhook-status", status=500, next_at=None)
    (dead,) = face.ask(face.us.platform, "GET", path, params={"status": "dead"}).json()["items"]
    assert (dead["id"], dead["last_status"], dead["attempts"]) == (event.id, 500, 1)
    assert face.ask(face.us.platform, "POST", f"{path}/{event.id}/replay").status_code == 202
    ((event_id, endpoint_id, round),) = face.engine.deliveries
    assert (event_id, endpoint_id) == (event.id, hook)
    assert round != "0"
    assert face.ask(face.us.platform, "POST", f"{path}/evt_none/replay").status_code == 404


# --- known answer: teams and what is kept -----------------------------------------------------------------------------


def test_teams_are_made_named_once_and_taken_apart(each_face: Face) -> None:
    face = each_face
    made = face.ask(face.us.admin, "POST", "/v1/teams", json={"name": "Laskutus"}).json()
    twice = face.ask(face.us.admin, "POST", "/v1/teams", json={"name": "Laskutus"})
    assert (twice.status_code, twice.json()["code"]) == (409, "problem-team-exists")
    names = [team["name"] for team in face.ask(face.us.admin, "GET", "/v1/teams").json()["items"]]
    assert names == ["Kakkonen", "Laskutus", "Ykkönen"]
    assert face.ask(face.us.admin, "DELETE", f"/v1/teams/{made['id']}").status_code == 204
    assert face.ask(face.us.admin, "DELETE", f"/v1/teams/{made['id']}").status_code == 404


def test_retention_is_the_organisations_and_the_calls(each_face: Face) -> None:
    face = each_face
    changed = face.ask(face.us.admin, "PATCH", "/v1/organisation", json={"retain_days": 30, "keep_audio": "none"})
    assert (changed.json()["retain_days"], changed.json()["keep_audio"], changed.json()["redact"]) == (30, "none", True)
    kept = []
    for metadata in ("{}", '{"retain_days": 7}'):
        sent = face.submit(face.us.platform, metadata=metadata)
        with face.service.store.read() as session:
            call = call_for_work(session, sent.json()["id"])
        kept.append((call.retain_until - call.created_at).days)
    assert kept == [30, 7]
    longer = face.submit(face.us.platform, metadata='{"retain_days": 31}', headers={"Accept-Language": "fi"})
    assert (longer.status_code, longer.json()["code"]) == (422, "problem-retain-days")
    assert "31 päivää: organisaatio säilyttää puheluita enintään 30 päivää" in longer.json()["detail"]
    many = {"calls": [{"recording_url": "https://recorder.example.com/1.wav", "metadata": {"retain_days": 31}}]}
    refused = face.ask(face.us.platform, "POST", "/v1/batches", json=many)
    assert (refused.status_code, refused.json()["code"]) == (422, "problem-retain-days")
    forever = face.ask(face.us.admin, "PATCH", "/v1/organisation", json={"retain_days": None})
    assert forever.json()["retain_days"] is None
    assert face.submit(face.us.platform, metadata='{"retain_days": 36500}').status_code == 202
    assert face.ask(face.us.admin, "PATCH", "/v1/organisation", json={"keep_audio": "some"}).status_code == 422
    assert face.ask(face.us.admin, "PATCH", "/v1/organisation", json={}).json() == forever.json()
