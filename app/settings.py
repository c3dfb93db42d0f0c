"""Settings: the one place that reads the environment."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import UsageError

PREFIX = "PUHEPEILI_"
_GIB = 1024**3
_PASSWORD = re.compile(r"(?<=//)[^/@]*@")


def _database_in(values: dict[str, Any]) -> str:
    return f"sqlite:///{Path(values['data_dir']).absolute() / 'puhepeili.db'}"


def _blobs_in(values: dict[str, Any]) -> str:
    return (Path(values["data_dir"]).absolute() / "audio").as_uri()


class Settings(BaseSettings):
    """What the environment may choose; every field is read from ``PUHEPEILI_`` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    cache_dir: Path = Field(
        default_factory=lambda: user_cache_path("puhepeili", appauthor=False),
        description="Folder for fetched models and other files that can be made again.",
    )
    model: str = Field(
        default="base",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$",
        description="Name of the speech model that is used when a command names none.",
    )
    model_dir: Path | None = Field(
        default=None,
        description="Folder with one subfolder for each model, looked in before the embedded model and the cache.",
    )
    hub: bool = Field(
        default=False,
        description="Whether a missing model may be fetched from the model hub; `puhepeili models fetch` always may.",
    )
    max_duration_s: float = Field(
        default=4 * 3600.0,
        gt=0,
        allow_inf_nan=False,
        description="Longest recording that is taken in, in seconds.",
    )
    max_file_bytes: int = Field(
        default=2 * _GIB,
        gt=0,
        description="Largest file that is taken in, in bytes.",
    )
    threads: int = Field(
        default=0,
        ge=0,
        le=1024,
        description="Processor threads that the models use for one call; 0 means all cores, shared by the workers of `serve`.",
    )
    locale: Literal["fi", "en"] = Field(
        default="fi",
        description="Language of texts for people where the reader has not chosen one: `fi` or `en`.",
    )
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("puhepeili", appauthor=False),
        description="Folder for what the service keeps, where no other place is given for it.",
    )
    database_url: str = Field(
        default_factory=_database_in,
        pattern=r"^(sqlite:///.*[^/]$|postgresql(\+psycopg)?://.)",
        repr=False,
        description="The database: `sqlite:///` and a file on this machine, or `postgresql://` for many workers.",
    )
    blobs_url: str = Field(
        default_factory=_blobs_in,
        pattern=r"^(file:///.|s3://[^/?]+)",
        repr=False,
        description="Where audio lies: `file:///` and a folder, or `s3://bucket/prefix?endpoint=…&region=…`.",
    )
    public_url: str = Field(
        default="http://127.0.0.1:8000",
        pattern=r"^https?://[^/?#@\s]+(/[^?#\s]*[^/?#\s])?$",
        description="The service's address as its users see it, without a slash at the end.",
    )
    listen_host: str = Field(
        default="127.0.0.1",
        pattern=r"^[A-Za-z0-9.:_-]+$",
        description="Address of this machine that the service answers on; `0.0.0.0` means all.",
    )
    listen_port: int = Field(
        default=8000,
        ge=1,
        le=65535,
        description="Port that the service answers on.",
    )
    retain_days: int = Field(
        default=90,
        ge=1,
        le=36500,
        description="Days that calls of a new organisation are kept; each organisation can have its own number, each call a smaller one.",
    )
    requests_per_minute: int = Field(
        default=600,
        ge=1,
        description="Requests that one key may make in a minute of each web process, where the key has no limit of its own.",
    )
    session_hours: int = Field(
        default=12,
        ge=1,
        le=720,
        description="Hours that somebody stays signed in on the pages.",
    )
    max_queued_calls: int = Field(
        default=20_000,
        ge=1,
        description="Calls that may wait; past that the service asks submitters to come back later.",
    )
    min_free_bytes: int = Field(
        default=_GIB,
        ge=0,
        description="Free disk space in bytes below which no more uploads are taken in.",
    )
    internal_hosts: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9.:/_,-]*$",
        description="Hosts and networks inside (`recorder.local,10.1.0.0/16`) that may be asked for recordings and told by webhook.",
    )
    lease_grace_s: float | None = Field(
        default=None,
        ge=1,
        le=3600,
        allow_inf_nan=False,
        description="Seconds without a sign of life after which a worker counts as dead and its calls go on elsewhere.",
    )
    drain_s: float = Field(
        default=30.0,
        ge=0,
        le=86_400,
        allow_inf_nan=False,
        description="Seconds that a worker which is told to stop goes on with its calls; the platform must let it live longer.",
    )
    step_tries: int = Field(
        default=3,
        ge=1,
        le=20,
        description="How often a step of a call is begun before the call is given up.",
    )
    step_retry_s: float = Field(
        default=2.0,
        ge=0,
        le=3600,
        allow_inf_nan=False,
        description="Seconds before a step's second try; each later one waits twice as long.",
    )
    step_timeout_s: float = Field(
        default=300.0,
        gt=0,
        le=86_400,
        allow_inf_nan=False,
        description="Seconds that a step may take, whatever the length of the recording.",
    )
    step_timeout_per_second: float = Field(
        default=4.0,
        ge=0,
        le=1000,
        allow_inf_nan=False,
        description="Seconds that a step may take on top for each second of the recording.",
    )
    child_memory_bytes: int = Field(
        default=8 * _GIB,
        ge=0,
        description="Memory that the process of one call may address, in bytes; 0 leaves it open.",
    )

    @property
    def offline(self) -> bool:
        """Whether the model hub must not be asked."""
        return not self.hub

    @property
    def internal_host_names(self) -> frozenset[str]:
        """Hosts and networks inside that the service may ask, in small letters."""
        return frozenset(name.strip().lower() for name in self.internal_hosts.split(",") if name.strip())

    @property
    def thread_count(self) -> int:
        """Processor threads to use, at least 1."""
        if self.threads:
            return self.threads
        if hasattr(os, "sched_getaffinity"):
            return len(os.sched_getaffinity(0))
        return os.cpu_count() or 1


@cache
def settings() -> Settings:
    """Settings from the environment, read once; ``settings.cache_clear()`` reads them anew.

    Raises
    ------
    UsageError
        If a value is not allowed, or a name is nearly that of a setting.
    """
    _refuse_misspelt()
    try:
        return Settings()
    except ValidationError as error:
        detail = error.errors()[0]
        place = str(detail["loc"][0])
        field = place.removeprefix(PREFIX.lower())
        raise UsageError(f"error-setting-{field.replace('_', '-')}", value=_shown(detail["input"])) from error


def _shown(value: object) -> str:
    """The wrong value, without the password that a URL may carry."""
    return _PASSWORD.sub("…@", str(value))[:100]


def _refuse_misspelt() -> None:
    """Stop at a name that is nearly a setting's: a misspelt one would be dropped without a word.

    Others that begin alike are left alone; platforms set some, such as ``PUHEPEILI_SERVICE_HOST``.
    """
    known = [name.upper() for name in Settings.model_fields]
    for name in sorted(os.environ):
        bare = name.upper().removeprefix(PREFIX)
        if not name.upper().startswith(PREFIX) or bare in known:
            continue
        near = get_close_matches(bare, known, n=1, cutoff=0.75)
        if near:
            raise UsageError("error-setting-unknown", name=name, suggestion=PREFIX + near[0])
