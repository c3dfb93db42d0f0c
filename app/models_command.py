"""`puhepeili models`: which weights there are, bringing them, and checking every byte of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.errors import ModelMissing
from app.messages import Locale, sentence, text
from models.errors import ModelsError, WeightsError
from models.weights import WeightsInfo, describe, fetch, verify


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a check of the weights found: a text for people, and whether every file is the one it should be."""

    text: str
    ok: bool


def as_model_missing(error: ModelsError) -> ModelMissing:
    """The models package's error as the edge's own, with its sentence and exit code."""
    return ModelMissing(error.message.id, **error.message.args)


def list_models(*, model_dir: Path | None, cache_dir: Path, locale: Locale) -> str:
    """Every known model: name, size, licence, SHA-256, where it lies, and how it does in Finnish."""
    return "\n\n".join(_entry(info, locale) for info in describe(model_dir=model_dir, cache_dir=cache_dir))


def fetch_model(name: str, *, model_dir: Path | None, cache_dir: Path, hub: bool) -> Path:
    """Put a model in place and return where it lies: the embedded one is joined, others come from the hub.

    Raises
    ------
    ModelMissing
        If it cannot be had; the sentence says why and what to do.
    """
    try:
        return fetch(name, model_dir=model_dir, cache_dir=cache_dir, hub=hub)
    except WeightsError as error:
        raise as_model_missing(error) from error


def verify_models(names: tuple[str, ...], *, model_dir: Path | None, cache_dir: Path, locale: Locale) -> VerifyReport:
    """Read every byte of the models named, or of all that are here, and hold it against the known SHA-256."""
    here = [info.name for info in describe(model_dir=model_dir, cache_dir=cache_dir) if info.found or info.embedded]
    checked = [_verified(name, model_dir, cache_dir, locale) for name in names or here]
    return VerifyReport("\n".join(line for line, _ in checked), all(ok for _, ok in checked))


def _verified(name: str, model_dir: Path | None, cache_dir: Path, locale: Locale) -> tuple[str, bool]:
    try:
        found = verify(name, model_dir=model_dir, cache_dir=cache_dir)
    except WeightsError as error:
        return text("models-verify-bad", locale, name=name, problem=sentence(error.message, locale)), False
    return text("models-verify-good", locale, name=name, path=str(found)), True


def _entry(info: WeightsInfo, locale: Locale) -> str:
    size = "models-size-unknown" if info.size_bytes is None else "models-size"
    head = text(size, locale, mb=(info.size_bytes or 0) / 1e6)
    if info.found is not None:
        place = text("models-place-here", locale, path=str(info.found))
    else:
        place = text("models-place-embedded" if info.embedded else "models-place-none", locale)
    task = text(f"models-task-{info.task.replace(' ', '-')}", locale)
    digest = info.sha256 or text("models-sha256-unknown", locale)
    lines = [place, f"SHA-256: {digest}", sentence(info.note, locale)]
    return "\n".join([f"{info.name}  ·  {task}  ·  {head}  ·  {info.licence}", *(f"    {line}" for line in lines)])
