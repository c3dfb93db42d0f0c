"""Settings from the environment, and the page that lists them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UsageError
from app.messages import LOCALES, has_text, sentence
from app.settings import PREFIX, Settings, settings
from app.web.limits import Limiter
from app.web.refusals import TooMany

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(os.environ):
        if name.upper().startswith(PREFIX):
            monkeypatch.delenv(name)
    settings.cache_clear()
    yield
    settings.cache_clear()


# --- known answer -----------------------------------------------------------------------------------------------------


def test_defaults() -> None:
    found = settings()
    assert found.cache_dir.name == "puhepeili"
    assert (found.data_dir.name, found.data_dir.is_absolute()) == ("puhepeili", True)
    assert found.database_url == f"sqlite:///{found.data_dir}/puhepeili.db"
    assert found.blobs_url == f"file://{found.data_dir}/audio"
    assert found.model_dump(exclude={"cache_dir", "data_dir", "database_url", "blobs_url"}) == {
        "model": "base",
        "model_dir": None,
        "hub": False,
        "max_duration_s": 14400.0,
        "max_file_bytes": 2147483648,
        "threads": 0,
        "locale": "fi",
        "public_url": "http://127.0.0.1:8000",
        "listen_host": "127.0.0.1",
        "listen_port": 8000,
        "retain_days": 90,
        "requests_per_minute": 600,
        "session_hours": 12,
        "max_queued_calls": 20000,
        "min_free_bytes": 1073741824,
        "internal_hosts": "",
        "lease_grace_s": None,
        "drain_s": 30.0,
        "step_tries": 3,
        "step_retry_s": 2.0,
        "step_timeout_s": 300.0,
        "step_timeout_per_second": 4.0,
        "child_memory_bytes": 8589934592,
    }
    assert found.offline is True
    assert 1 <= found.thread_count <= (os.cpu_count() or 1)


def test_the_environment_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "HUB": "1",
        "THREADS": "3",
        "LOCALE": "en",
        "MODEL_DIR": "models",
        "MAX_DURATION_S": "60",
    }.items():
        monkeypatch.setenv(PREFIX + name, value)
    found = settings()
    assert (found.hub, found.offline, found.thread_count, found.locale) == (True, False, 3, "en")
    assert (found.model_dir, found.max_duration_s) == (Path("models"), 60.0)
    monkeypatch.setenv(PREFIX + "LOCALE", "fi")
    assert settings() is found


def test_an_empty_value_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX + "MODEL_DIR", "")
    assert settings().model_dir is None


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("THREADS", "many", r"PUHEPEILI_THREADS cannot be many; a whole number from 0 to 1024"),
        ("THREADS", "-1", r"PUHEPEILI_THREADS cannot be -1"),
        ("HUB", "perhaps", r"PUHEPEILI_HUB cannot be perhaps; 1 or 0"),
        ("LOCALE", "sv", r"PUHEPEILI_LOCALE cannot be sv; fi or en"),
        ("MAX_DURATION_S", "nan", r"PUHEPEILI_MAX_DURATION_S cannot be nan"),
        ("MAX_FILE_BYTES", "0", r"PUHEPEILI_MAX_FILE_BYTES cannot be 0"),
        ("MODEL", "../weights", r"PUHEPEILI_MODEL cannot be \.\./weights"),
        (
            "DATABASE_URL",
            "mysql://me:secret@host/calls",
            r"PUHEPEILI_DATABASE_URL cannot be mysql://…@host/calls; a data",
        ),
        ("BLOBS_URL", "ftp://host/audio", r"PUHEPEILI_BLOBS_URL cannot be ftp://host/audio; a place such as"),
        ("PUBLIC_URL", "https://host/", r"PUHEPEILI_PUBLIC_URL cannot be https://host/; an address such as"),
        ("LISTEN_PORT", "0", r"PUHEPEILI_LISTEN_PORT cannot be 0; a whole number from 1 to 65535"),
        ("RETAIN_DAYS", "0", r"PUHEPEILI_RETAIN_DAYS cannot be 0; a whole number of days"),
        ("LEASE_GRACE_S", "0", r"PUHEPEILI_LEASE_GRACE_S cannot be 0; a number of seconds from 1 to 3600"),
        ("DRAIN_S", "-1", r"PUHEPEILI_DRAIN_S cannot be -1; a number of seconds from 0"),
        ("STEP_TRIES", "0", r"PUHEPEILI_STEP_TRIES cannot be 0; a whole number from 1 to 20"),
        ("STEP_RETRY_S", "soon", r"PUHEPEILI_STEP_RETRY_S cannot be soon; a number of seconds"),
        ("STEP_TIMEOUT_S", "0", r"PUHEPEILI_STEP_TIMEOUT_S cannot be 0; a number of seconds above zero"),
        ("STEP_TIMEOUT_PER_SECOND", "inf", r"PUHEPEILI_STEP_TIMEOUT_PER_SECOND cannot be inf; a number from 0"),
        ("CHILD_MEMORY_BYTES", "8G", r"PUHEPEILI_CHILD_MEMORY_BYTES cannot be 8G; a whole number of bytes"),
        ("THREDS", "2", r"There is no setting PUHEPEILI_THREDS\. Did you mean PUHEPEILI_THREADS\?"),
    ],
)
def test_a_wrong_value_or_name_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(UsageError, match=expected) as caught:
        settings()
    assert caught.value.exit_code == 2
    assert sentence(caught.value.message, "fi")


def test_what_is_kept_lies_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(PREFIX + "DATA_DIR", str(tmp_path))
    assert settings().database_url == f"sqlite:///{tmp_path}/puhepeili.db"
    assert settings().blobs_url == f"{tmp_path.as_uri()}/audio"


def test_hosts_of_the_own_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX + "INTERNAL_HOSTS", "Recorder.local,10.0.0.5,")
    assert settings().internal_host_names == {"recorder.local", "10.0.0.5"}


def test_a_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX + "DATABASE_URL", "postgresql://me:secret@host/calls")
    assert "secret" not in repr(settings())


def test_names_that_a_platform_sets_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX + "SERVICE_HOST", "10.0.0.1")
    monkeypatch.setenv(PREFIX + "PORT_80_TCP_ADDR", "10.0.0.1")
    monkeypatch.setenv(PREFIX + "PORT", "tcp://10.0.0.1:80")
    monkeypatch.setenv(PREFIX + "SERVICE_PORT", "80")
    assert settings().threads == 0


# --- law --------------------------------------------------------------------------------------------------------------


def test_the_page_lists_every_setting_with_its_help_and_default() -> None:
    rows = dict(re.findall(r"^\| `PUHEPEILI_(\w+)` \| .*? \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert rows == {name.upper(): field.description for name, field in Settings.model_fields.items()}
    defaults = dict(re.findall(r"^\| `PUHEPEILI_(\w+)` \| `(.*?)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    for name, shown in defaults.items():
        default = Settings.model_fields[name.lower()].default
        assert shown == f"{default:g}" if isinstance(default, bool) else shown == str(default).removesuffix(".0")


def test_the_page_says_that_each_web_process_counts_requests_by_itself() -> None:
    first, second = Limiter(), Limiter()
    first.take("key", 1)
    second.take("key", 1)
    with pytest.raises(TooMany):
        first.take("key", 1)
    assert "Requests are counted in the memory of each web process" in PAGE.read_text(encoding="utf-8")


def test_every_setting_has_a_sentence_for_a_wrong_value() -> None:
    for name in Settings.model_fields:
        assert all(has_text(f"error-setting-{name.replace('_', '-')}", locale) for locale in LOCALES)
