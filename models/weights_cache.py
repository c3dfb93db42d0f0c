"""The folder of weights that Puhepeili fills itself: joins the embedded model, keeps what the hub sent, checks both.

A model's folder appears in one step (`os.replace`) and only when its files are the ones they should be, so a reader
never meets half a model, whatever is interrupted. One file lock for each model lets many processes start at once.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from models.errors import WeightsError, WeightsWrong
from models.known_weights import MAIN_FILE, VOCABULARIES, WHISPER_FILES, InParts, OnHub, PackageFile, Weights

STAMP = "verified.json"
BLOCK = 1 << 20
LOCK_SECONDS = 3600.0


def package_file(file: PackageFile) -> Path | None:
    """Path of a file inside an installed package, without importing it; None where it is not installed."""
    spec = find_spec(file.package)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / file.path
    return path if path.is_file() else None


def missing_files(folder: Path, also: tuple[str, ...] = ()) -> list[str]:
    """Names of the files that a recogniser needs and `folder` lacks; empty where it is complete."""
    missing = [name for name in (*WHISPER_FILES, *also) if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in VOCABULARIES):
        missing.append(VOCABULARIES[0])
    return missing


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(folder: Path, weights: Weights) -> dict[str, str]:
    """Digest of every known file and of the main file of `folder`.

    Raises
    ------
    WeightsWrong
        If a file is not the one it should be, or not the one that was first fetched.
    """
    expected = _recorded(folder) | dict(weights.sha256)
    found = {name: digest_of(folder / name) for name in {*expected, weights.main_file}}
    for name, digest in expected.items():
        if found[name] != digest:
            raise WeightsWrong("weights-wrong", file=str(folder / name), expected=digest, found=found[name])
    return found


def checked_before(folder: Path) -> bool:
    """Whether the files of `folder` are, by size and time, those that were checked; no file is read but the stamp."""
    stamp = _stamp(folder)
    return bool(stamp) and all(_size_and_time(folder / name) == entry[1:] for name, entry in stamp.items())


def stamp(folder: Path, digests: dict[str, str]) -> None:
    """Keep what was checked, so that later starts need not read every byte again."""
    entries = {name: [digest, *_size_and_time(folder / name)] for name, digest in sorted(digests.items())}
    (folder / STAMP).write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")


def ready(folder: Path, weights: Weights) -> bool:
    """Whether `folder` holds `weights`, complete and checked; a folder that cannot be written to is no obstacle.

    Raises
    ------
    WeightsWrong
        If a file is not the one it should be.
    """
    also = weights.origin.also_needs if isinstance(weights.origin, OnHub) else ()
    if missing_files(folder, also):
        return False
    if checked_before(folder):
        return True
    try:
        digests = check(folder, weights)
    except FileNotFoundError:  # another process is putting a new folder in its place
        return False
    with contextlib.suppress(OSError):
        stamp(folder, digests)
    return True


def join(weights: Weights, origin: InParts, cache_dir: Path) -> Path:
    """Folder of the embedded model, joined from its packages if it is not there yet.

    Raises
    ------
    WeightsError
        If a package is missing, or the folder cannot be written.
    WeightsWrong
        If the parts do not make the file they should.
    """
    folder = cache_dir / weights.name
    if _right(folder, weights):
        return folder
    sources = [(file, package_file(file)) for file in (*origin.parts, *origin.copied)]
    absent = sorted({file.package for file, path in sources if path is None})
    if absent:
        raise WeightsError("weights-parts-missing", name=weights.name, packages=", ".join(absent))
    paths = {file: path for file, path in sources if path is not None}
    with locked(weights, cache_dir), explained(weights, cache_dir):
        if _right(folder, weights):
            return folder
        with _new_folder(folder) as new:
            _write(new / MAIN_FILE, [paths[part] for part in origin.parts])
            for file in origin.copied:
                _write(new / Path(file.path).name, [paths[file]])
            stamp(new, check(new, weights))
    return folder


def _right(folder: Path, weights: Weights) -> bool:
    try:
        return ready(folder, weights)
    except WeightsWrong:  # the packages can make it anew
        return False


@contextlib.contextmanager
def locked(weights: Weights, cache_dir: Path) -> Iterator[None]:
    """Nobody else on this machine puts these weights in place meanwhile."""
    from filelock import FileLock, Timeout

    with explained(weights, cache_dir):
        cache_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(cache_dir / f".{weights.name}.lock", timeout=LOCK_SECONDS)
        try:
            lock.acquire()
        except Timeout as error:
            raise WeightsError("weights-busy", name=weights.name, seconds=LOCK_SECONDS) from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def explained(weights: Weights, cache_dir: Path) -> Iterator[None]:
    """Turn a full disk or a folder that cannot be written to into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            needed_mb = (weights.size_bytes or 0) / 1e6
            raise WeightsError("weights-no-space", folder=str(cache_dir), needed_mb=needed_mb) from error
        problem = error.strerror or type(error).__name__
        raise WeightsError("weights-cache-unusable", folder=str(cache_dir), problem=problem) from error


def put_in_place(new: Path, folder: Path) -> None:
    """Move a whole folder to its name, in the place of an older one."""
    old = folder.with_name(f".{folder.name}-old.part")
    if folder.exists():
        os.replace(folder, old)
    os.replace(new, folder)
    shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """A folder beside `folder` that takes its name when the block ends well, and vanishes when it does not."""
    for left_over in folder.parent.glob(f".{folder.name}-*.part"):
        shutil.rmtree(left_over)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", suffix=".part", dir=folder.parent))
    try:
        new.chmod(0o755)
        yield new
        put_in_place(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _write(target: Path, sources: list[Path]) -> None:
    with target.open("wb") as out:
        for source in sources:
            with source.open("rb") as part:
                shutil.copyfileobj(part, out, BLOCK)
        out.flush()
        os.fsync(out.fileno())


def _stamp(folder: Path) -> dict[str, list[str | int]]:
    try:
        entries = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    well_formed = isinstance(entries, dict) and all(isinstance(e, list) and len(e) == 3 for e in entries.values())
    return entries if well_formed else {}


def _recorded(folder: Path) -> dict[str, str]:
    return {name: str(entry[0]) for name, entry in _stamp(folder).items()}


def _size_and_time(path: Path) -> list[str | int]:
    try:
        status = path.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]
