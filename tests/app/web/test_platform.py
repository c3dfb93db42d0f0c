"""For the platform that runs the service: life, readiness, numbers, the API's description and texts."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message
from prometheus_client.parser import text_string_to_metric_families

import app.web
from app.messages import LOCALES, has_text
from app.store import progress
from app.store.base import now_utc
from app.web.problems import SLUGS
from app.web.rules import RULES
from tests.app.views.test_catalogues import entries
from tests.app.web.cards import card
from tests.app.web.face import WAV, Face

LOCALE_FILES = Path(app.web.__file__).parents[1] / "locales"


def numbers(text: str) -> dict[str, float]:
    """Samples by name and labels."""
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


# --- known answer: health ---------------------------------------------------------------------------------------------


def test_a_service_that_has_all_it_needs_is_ready(each_face: Face) -> None:
    answer = each_face.client.get("/readyz")
    checks = {"database": True, "migrations": True, "blobs": True, "workers": True}
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "checks": checks})
    assert each_face.client.get("/healthz").json() == {"status": "alive"}


def test_a_service_that_lacks_something_says_what(face: Face) -> None:
    face.engine.alive = 0
    shutil.rmtree(face.service.blobs.folder)
    answer = face.client.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "problem-not-working")
    assert answer.json()["checks"] == {"database": True, "migrations": True, "blobs": False, "workers": False}
    assert answer.headers["retry-after"] == "5"
    assert face.client.get("/healthz").status_code == 200


def test_numbers_tell_how_queues_calls_and_requests_stand(each_face: Face) -> None:
    face = each_face
    done, failed = face.call("aino"), face.call("aino")
    face.call("aino")
    face.score(done.id, card())
    with face.service.store.write() as session:
        progress.fail(session, failed.id, "error-audio-empty", {}, now_utc())
    face.ask(face.us.aino, "GET", f"/v1/calls/{done.id}")
    face.submit(face.us.platform)
    answer = face.client.get("/metrics")
    found = numbers(answer.text)
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert (found["puhepeili_up"], found["puhepeili_calls queued"], found["puhepeili_calls succeeded"]) == (1, 2, 1)
    assert found["puhepeili_failed_calls error-audio-empty"] == 1
    assert (found["puhepeili_waiting_jobs interactive"], found["puhepeili_oldest_wait_seconds interactive"]) == (3, 7.5)
    assert (found["puhepeili_running_jobs"], found["puhepeili_workers"], found["puhepeili_dead_letters"]) == (1, 1, 2)
    assert found["puhepeili_request_seconds_count GET /v1/calls/{call_id} 200"] == 1
    assert found["puhepeili_uploaded_bytes_total"] == len(WAV)
    assert 0 < found["puhepeili_oldest_call_seconds"] < 60
    assert "aino" not in answer.text
    assert face.us.organisation_id not in answer.text


def test_numbers_come_even_when_the_database_is_away(face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    with face.service.store.writer.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE pp_call RENAME TO pp_gone")
    assert numbers(face.client.get("/metrics").text)["puhepeili_up"] == 0
    assert face.ask(face.us.aino, "GET", "/v1/calls").status_code == 503


# --- known answer: the description ------------------------------------------------------------------------------------


def test_the_description_names_every_route_its_roles_and_its_problems(face: Face) -> None:
    found = face.client.get("/openapi.json").json()
    assert found["openapi"] == "3.1.0"
    described = {f"{method.upper()} {path}" for path, methods in found["paths"].items() for method in methods}
    assert described == set(RULES) - {"GET /openapi.json"}
    for path, methods in found["paths"].items():
        for method, route in methods.items():
            roles = RULES[f"{method.upper()} {path}"]
            assert ("security" in route) == (roles is not None)
            assert route["summary"]
            for status, answer in route["responses"].items():
                if int(status) >= 400:
                    assert list(answer["content"]) == ["application/problem+json"], (path, status)


def test_the_description_holds_examples(face: Face) -> None:
    schemas = face.client.get("/openapi.json").json()["components"]["schemas"]
    for name in ("Metadata", "CallByUrl", "NewWebhook", "NewKey", "StandardBody", "NewBatch", "Said", "LinkToken"):
        assert schemas[name]["examples"], name
    assert schemas["ScorecardDoc"]["properties"]["timeline"]


# --- law: texts -------------------------------------------------------------------------------------------------------


def test_both_languages_say_the_same() -> None:
    finnish, english = (dict(entries(LOCALE_FILES / locale / "web.ftl")) for locale in LOCALES)
    assert finnish == english
    assert len(finnish) > 80


def test_every_sentence_that_is_used_is_there_and_every_one_there_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(app.web.__file__).parent.glob("*.py"))
    used = set(re.findall(r'"(problem-[a-z-]+)"', source)) | {f"problem-title-{slug}" for slug in SLUGS.values()}
    for locale in LOCALES:
        assert [name for name in used if not has_text(name, locale)] == []
    parsed = FluentParser().parse((LOCALE_FILES / "en" / "web.ftl").read_text(encoding="utf-8")).body
    there = {entry.id.name for entry in parsed if isinstance(entry, Message) and entry.id.name.startswith("problem-")}
    assert sorted(name for name in there - used if not name.startswith("problem-field-")) == []
