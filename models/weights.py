"""Where a model's weights are: a folder of the operator's, the cache, the packages that carry them, or the hub."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from analysis.types import Message
from models import weights_cache
from models.errors import WeightsError
from models.known_weights import BY_NAME, MAIN_FILE, WEIGHTS, InParts, OnHub, PackageFile, Weights

_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)
_FETCHED = [MAIN_FILE, "config.json", "preprocessor_config.json", "tokenizer.json", "vocabulary.*"]


@dataclass(frozen=True, slots=True)
class WeightsInfo:
    """What is known of one model's weights, and where they lie on this machine.

    Parameters
    ----------
    name, task, licence : str
    size_bytes : int or None
    sha256 : str or None
        Of the main file; None where only the first fetch can tell.
    found : Path or None
        A folder, or the file of a model that a package carries; None where it is not here.
    embedded : bool
        Whether installed packages carry it, so that it can be put in place without the hub.
    note : Message
        What it is for, and how it does in Finnish.
    """

    name: str
    task: str
    licence: str
    size_bytes: int | None
    sha256: str | None
    found: Path | None
    embedded: bool
    note: Message


def locate(name: str, *, model_dir: Path | None, cache_dir: Path, hub: bool) -> Path:
    """Folder (or file) of the weights called `name`, put in place if that is possible.

    Parameters
    ----------
    name : str
        A known name, a folder of a converted Whisper model (written with a slash), or a repository on the hub.
    model_dir : Path or None
        Folder of the operator's that holds one folder for each model; looked at first.
    cache_dir : Path
        Folder that Puhepeili fills itself.
    hub : bool
        Whether the model hub may be asked. Without it nothing here opens a connection.

    Raises
    ------
    WeightsError
        If the weights are not here, or cannot be put in their place.
    WeightsWrong
        If they are here but are not the ones they should be.
    """
    weights = known(name)
    if weights is None:
        return _complete(Path(name).expanduser(), ())
    if isinstance(weights.origin, PackageFile):
        path = weights_cache.package_file(weights.origin)
        if path is None:
            raise WeightsError("weights-parts-missing", name=name, packages=weights.origin.package)
        return path
    also = weights.origin.also_needs if isinstance(weights.origin, OnHub) else ()
    if model_dir is not None and (model_dir / weights.name).is_dir():
        return _complete(model_dir / weights.name, also)
    folder = cache_dir / weights.name
    if isinstance(weights.origin, InParts):
        return (
            folder if weights_cache.checked_before(folder) else weights_cache.join(weights, weights.origin, cache_dir)
        )
    if weights_cache.ready(folder, weights):
        return folder
    if not hub:
        raise WeightsError("weights-not-here", name=name, folder=str(model_dir or cache_dir))
    return _fetch(weights, weights.origin, cache_dir)


def known(name: str) -> Weights | None:
    """The weights called `name`; None where `name` is a folder.

    Raises
    ------
    WeightsError
        If it is neither a known name, nor a folder, nor written as a repository of the hub.
    """
    if name in BY_NAME:
        return BY_NAME[name]
    if os.sep in name and Path(name).expanduser().is_dir():
        return None
    if _REPOSITORY.fullmatch(name):
        return Weights(name.replace("/", "--"), "transcription", "unknown", OnHub(name), None)
    raise WeightsError(
        "weights-unknown", name=name, known=", ".join(w.name for w in WEIGHTS if w.task == "transcription")
    )


def describe(*, model_dir: Path | None, cache_dir: Path) -> list[WeightsInfo]:
    """Every known model and where it lies; nothing is written, hashed or fetched."""
    return [
        WeightsInfo(
            name=weights.name,
            task=weights.task,
            licence=weights.licence,
            size_bytes=weights.size_bytes,
            sha256=weights.sha256.get(weights.main_file),
            found=_found(weights, model_dir, cache_dir),
            embedded=_embedded(weights),
            note=Message(f"weights-note-{weights.name}"),
        )
        for weights in WEIGHTS
    ]


def verify(name: str, *, model_dir: Path | None, cache_dir: Path) -> Path:
    """Folder or file of the weights called `name`, after every byte of its known files was read.

    Raises
    ------
    WeightsError
        If they are not here.
    WeightsWrong
        If a file is not the one it should be.
    """
    weights = known(name)
    if weights is None:
        return locate(name, model_dir=model_dir, cache_dir=cache_dir, hub=False)
    found = _found(weights, model_dir, cache_dir)
    if found is None:
        found = locate(name, model_dir=model_dir, cache_dir=cache_dir, hub=False)
    weights_cache.check(found.parent if isinstance(weights.origin, PackageFile) else found, weights)
    return found


def fetch(name: str, *, model_dir: Path | None, cache_dir: Path, hub: bool) -> Path:
    """Like `locate`, but a copy in the cache that is wrong is fetched or joined anew."""
    weights = known(name)
    folder = cache_dir / weights.name if weights is not None else None
    if hub and weights is not None and folder is not None and isinstance(weights.origin, OnHub) and folder.is_dir():
        try:
            weights_cache.check(folder, weights)
        except (WeightsError, OSError):
            return _fetch(weights, weights.origin, cache_dir)
    return locate(name, model_dir=model_dir, cache_dir=cache_dir, hub=hub)


def _complete(folder: Path, also: tuple[str, ...]) -> Path:
    missing = weights_cache.missing_files(folder, also)
    if missing:
        raise WeightsError("weights-folder-incomplete", folder=str(folder), missing=", ".join(missing))
    return folder


def _found(weights: Weights, model_dir: Path | None, cache_dir: Path) -> Path | None:
    if isinstance(weights.origin, PackageFile):
        return weights_cache.package_file(weights.origin)
    folders = [parent / weights.name for parent in (model_dir, cache_dir) if parent is not None]
    return next((folder for folder in folders if not weights_cache.missing_files(folder)), None)


def _embedded(weights: Weights) -> bool:
    if isinstance(weights.origin, OnHub):
        return False
    files = (
        (*weights.origin.parts, *weights.origin.copied) if isinstance(weights.origin, InParts) else (weights.origin,)
    )
    return all(weights_cache.package_file(file) is not None for file in files)


def _fetch(weights: Weights, origin: OnHub, cache_dir: Path) -> Path:
    """Fetch into a folder of its own, which is kept if the line breaks, so that the next try goes on from there."""
    folder, new = cache_dir / weights.name, cache_dir / f".{weights.name}.fetching"
    with weights_cache.locked(weights, cache_dir), weights_cache.explained(weights, cache_dir):
        _download(weights, origin, new)
        shutil.rmtree(new / ".cache", ignore_errors=True)
        _complete(new, origin.also_needs)
        try:
            weights_cache.stamp(new, weights_cache.check(new, weights))
        except WeightsError:
            shutil.rmtree(new)
            raise
        weights_cache.put_in_place(new, folder)
    return folder


def _download(weights: Weights, origin: OnHub, target: Path) -> None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        snapshot_download(origin.repository, revision=origin.revision, local_dir=target, allow_patterns=_FETCHED)
    except (HfHubHTTPError, LocalEntryNotFoundError, ConnectionError) as error:
        problem = str(error).partition("\n")[0] or type(error).__name__
        raise WeightsError(
            "weights-fetch-failed", name=weights.name, repository=origin.repository, problem=problem
        ) from error
