"""Settings: the one place that reads the environment."""

from __future__ import annotations

import os
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import UsageError

PREFIX = "PUHEPEILI_"
_GIB = 1024**3


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
        description="Processor threads that the models use; 0 means all cores.",
    )
    locale: Literal["fi", "en"] = Field(
        default="fi",
        description="Language of texts for people where the reader has not chosen one: `fi` or `en`.",
    )

    @property
    def offline(self) -> bool:
        """Whether the model hub must not be asked."""
        return not self.hub

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
        raise UsageError(f"error-setting-{field.replace('_', '-')}", value=str(detail["input"])[:100]) from error


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
