"""Weights: found, joined once, fetched only when allowed, and never half-written."""

from __future__ import annotations

import errno
import hashlib
import inspect
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import huggingface_hub
import pytest

from models import weights, weights_cache
from models.errors import WeightsError, WeightsWrong
from models.known_weights import BY_NAME, WEIGHTS, InParts, OnHub, PackageFile, Weights

ROOT = Path(__file__).resolve().parents[2]
PARTS = {"fake_part_1": {"model.bin.part1": b"first half, "}, "fake_part_2": {"model.bin.part2": b"second half"}}
SMALL_FILES = {"tokenizer.json": b"{}", "vocabulary.json": b"[]", "config.json": b'{"a": 1}'}
WHOLE = b"first half, second half"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two installed packages that carry a model of 23 bytes in two parts."""
    folder = tmp_path / "packages"
    for package, files in PARTS.items():
        data = folder / package / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").write_text("raise AssertionError('a package of weights need not be imported')\n")
        for name, content in (files | (SMALL_FILES if package.endswith("2") else {})).items():
            (data / name).write_bytes(content)
    monkeypatch.syspath_prepend(str(folder))
    return folder


@pytest.fixture
def fake(packages: Path, monkeypatch: pytest.MonkeyPatch) -> Weights:
    origin = InParts(
        parts=(PackageFile("fake_part_1", "data/model.bin.part1"), PackageFile("fake_part_2", "data/model.bin.part2")),
        copied=tuple(PackageFile("fake_part_2", f"data/{name}") for name in SMALL_FILES),
    )
    digests = {name: sha256(content) for name, content in SMALL_FILES.items()} | {"model.bin": sha256(WHOLE)}
    return registered(Weights("fake", "transcription", "MIT", origin, len(WHOLE), digests), monkeypatch)


def registered(one: Weights, monkeypatch: pytest.MonkeyPatch) -> Weights:
    monkeypatch.setattr(weights, "BY_NAME", {one.name: one})
    monkeypatch.setattr(weights, "WEIGHTS", (one,))
    return one


def located(cache: Path, name: str = "fake", model_dir: Path | None = None, hub: bool = False) -> Path:
    return weights.locate(name, model_dir=model_dir, cache_dir=cache, hub=hub)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def model_folder(folder: Path, main: bytes = b"weights", leave_out: str = "") -> Path:
    folder.mkdir(parents=True)
    for name, content in (SMALL_FILES | {"model.bin": main}).items():
        if name != leave_out:
            (folder / name).write_bytes(content)
    return folder


# known answer: the embedded model


def test_parts_are_joined_in_their_order(fake: Weights, tmp_path: Path) -> None:
    folder = located(tmp_path / "deep" / "cache")
    assert folder == tmp_path / "deep" / "cache" / "fake"
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "verified.json"} == (
        SMALL_FILES | {"model.bin": WHOLE}
    )
    assert names_in(folder.parent) == [".fake.lock", "fake"]


def test_the_second_start_reads_nothing_but_the_stamp(
    fake: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = located(tmp_path)

    def forbidden(*_: object) -> None:
        raise AssertionError("a checked model is neither locked, hashed nor written again")

    for name in ("digest_of", "_write", "locked", "stamp"):
        monkeypatch.setattr(weights_cache, name, forbidden)
    assert located(tmp_path) == first


def test_a_lost_stamp_is_made_again_without_joining(
    fake: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = located(tmp_path)
    (folder / "verified.json").write_text("not json")
    monkeypatch.setattr(weights_cache, "_write", lambda *_: pytest.fail("joined again"))
    assert located(tmp_path) == folder
    assert json.loads((folder / "verified.json").read_text())["model.bin"][0] == sha256(WHOLE)


def test_a_folder_that_cannot_be_written_to_serves_a_model_that_is_there(
    fake: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = located(tmp_path)
    (folder / "verified.json").unlink()

    def read_only(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(weights_cache, "stamp", read_only)
    monkeypatch.setattr(weights_cache, "locked", read_only)
    assert located(tmp_path) == folder


@pytest.mark.parametrize("damaged", ["model.bin", "tokenizer.json"])
def test_a_damaged_copy_is_made_anew(fake: Weights, tmp_path: Path, damaged: str) -> None:
    folder = located(tmp_path)
    (folder / damaged).write_bytes(b"damaged")
    assert located(tmp_path) == folder
    assert sha256((folder / damaged).read_bytes()) == fake.sha256[damaged]
    assert names_in(tmp_path) == [".fake.lock", "fake", "packages"]


def test_verify_reads_every_byte(fake: Weights, tmp_path: Path) -> None:
    folder = located(tmp_path)
    main = folder / "model.bin"
    status = main.stat()
    main.write_bytes(WHOLE.replace(b"second", b"zecond"))
    os.utime(main, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert located(tmp_path) == folder, "size and time tell nothing, so a start goes on"
    with pytest.raises(WeightsWrong, match=rf"weights-wrong.*model\.bin.*{sha256(WHOLE)}"):
        weights.verify("fake", model_dir=None, cache_dir=tmp_path)


def test_wrong_parts_leave_nothing(fake: Weights, packages: Path, tmp_path: Path) -> None:
    (packages / "fake_part_2" / "data" / "model.bin.part2").write_bytes(b"another half")
    with pytest.raises(WeightsWrong, match=sha256(b"first half, another half")):
        located(tmp_path / "cache")
    assert names_in(tmp_path / "cache") == [".fake.lock"]


def test_a_missing_package_is_named(fake: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    origin = replace(fake.origin, parts=(PackageFile("no_such_part", "x"),))
    registered(replace(fake, origin=origin), monkeypatch)
    with pytest.raises(WeightsError, match=r"weights-parts-missing: name='fake', packages='no_such_part'"):
        located(tmp_path)


def test_a_full_disk_leaves_nothing(fake: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WeightsError, match=r"weights-no-space.*needed_mb=2\.3e-05"):
        located(tmp_path / "cache")
    assert names_in(tmp_path / "cache") == [".fake.lock"]
    monkeypatch.undo()


def test_a_cache_that_is_a_file_is_told(fake: Weights, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WeightsError, match=r"weights-cache-unusable.*File exists"):
        located(tmp_path / "file")


# known answer: interrupted and at once, in processes of their own

CHILD = """
import json, os, sys
from pathlib import Path
from models import weights, weights_cache
from models.known_weights import InParts, PackageFile, Weights
cache, digests, dies = Path(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3] == "dies"
origin = InParts(
    (PackageFile("fake_part_1", "data/model.bin.part1"), PackageFile("fake_part_2", "data/model.bin.part2")),
    tuple(PackageFile("fake_part_2", f"data/{name}") for name in digests if name != "model.bin"),
)
weights.BY_NAME = {"fake": Weights("fake", "transcription", "MIT", origin, 23, digests)}
write = weights_cache._write
def tell(target, sources):
    print(target.name, flush=True)
    write(target, sources)
    if dies:
        os._exit(9)
weights_cache._write = tell
weights.locate("fake", model_dir=None, cache_dir=cache, hub=False)
"""


def start(fake: Weights, packages: Path, cache: Path, how: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(cache), json.dumps(dict(fake.sha256)), how]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(packages)])}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def test_a_process_that_dies_half_way_hinders_nobody(fake: Weights, packages: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    child = start(fake, packages, cache, "dies")
    assert child.communicate(timeout=30)[0].split() == ["model.bin"]
    assert child.returncode == 9
    assert not (cache / "fake").exists()
    assert len(list(cache.glob(".fake-*.part"))) == 1
    assert (located(cache) / "model.bin").read_bytes() == WHOLE
    assert names_in(cache) == [".fake.lock", "fake"]


def test_two_processes_at_once_join_it_once(fake: Weights, packages: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    children = [start(fake, packages, cache, "lives") for _ in range(2)]
    written = [child.communicate(timeout=30)[0].split() for child in children]
    assert [child.returncode for child in children] == [0, 0]
    assert sorted(written) == [[], ["model.bin", "tokenizer.json", "vocabulary.json", "config.json"]]
    assert names_in(cache) == [".fake.lock", "fake"]


# known answer: folders that the operator brings


def test_a_path_is_taken_as_it_is(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "own")
    assert located(tmp_path / "cache", name=str(folder)) == folder
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("missing", ["model.bin", "tokenizer.json", "vocabulary.json", "config.json"])
def test_a_folder_that_lacks_a_file_is_refused(tmp_path: Path, missing: str) -> None:
    folder = model_folder(tmp_path / "own", leave_out=missing)
    with pytest.raises(WeightsError, match=rf"weights-folder-incomplete.*missing='{missing}'"):
        located(tmp_path, name=str(folder))


def test_a_large_model_needs_to_say_its_mel_bands(tmp_path: Path) -> None:
    model_folder(tmp_path / "models" / "large-v3")
    with pytest.raises(WeightsError, match=r"missing='preprocessor_config\.json'"):
        located(tmp_path, name="large-v3", model_dir=tmp_path / "models")


def test_the_operators_folder_comes_before_the_cache(fake: Weights, tmp_path: Path) -> None:
    located(tmp_path / "cache")
    own = model_folder(tmp_path / "models" / "fake")
    assert located(tmp_path / "cache", model_dir=tmp_path / "models") == own
    assert located(tmp_path / "cache", model_dir=tmp_path / "nothing") == tmp_path / "cache" / "fake"


def test_a_known_name_is_never_read_as_a_folder(fake: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model_folder(tmp_path / "here" / "fake")
    monkeypatch.chdir(tmp_path / "here")
    assert located(tmp_path / "cache") == tmp_path / "cache" / "fake"


@pytest.mark.parametrize("name", ["huge", "no such/folder here", "../../no/such", "a/b/c", ""])
def test_an_unknown_name_lists_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(WeightsError, match=r"weights-unknown.*base, small, medium, large-v3, large-v3-turbo, finnish"):
        located(tmp_path, name=name, hub=True)


# known answer: the hub, played by a function with the hub's own signature


class Hub:
    """Stands in for the hub's download; writes `content` and keeps what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, content: bytes = WHOLE) -> None:
        self.content = content
        self.broken: Exception | None = None
        self.asked: list[dict[str, object]] = []
        self.signature = inspect.signature(huggingface_hub.snapshot_download)
        monkeypatch.setattr(huggingface_hub, "snapshot_download", self)

    def __call__(self, *args: object, **kwargs: object) -> None:
        self.asked.append(dict(self.signature.bind(*args, **kwargs).arguments))
        target = Path(str(kwargs["local_dir"]))
        target.mkdir(parents=True, exist_ok=True)
        (target / "model.bin").write_bytes(self.content)
        if self.broken:
            raise self.broken
        for name, small in SMALL_FILES.items():
            (target / name).write_bytes(small)


@pytest.fixture
def on_hub(monkeypatch: pytest.MonkeyPatch) -> Weights:
    one = Weights("far", "transcription", "MIT", OnHub("owner/far", "abc"), 23, {"model.bin": sha256(WHOLE)})
    return registered(one, monkeypatch)


def test_the_hub_is_not_asked_unless_allowed(on_hub: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = Hub(monkeypatch)
    with pytest.raises(WeightsError, match="weights-not-here: name='far'"):
        located(tmp_path, name="far")
    assert hub.asked == []


def test_the_hub_is_asked_once_for_one_revision(
    on_hub: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = Hub(monkeypatch)
    folder = located(tmp_path, name="far", hub=True)
    assert located(tmp_path, name="far") == folder == tmp_path / "far"
    assert (folder / "model.bin").read_bytes() == WHOLE
    assert [(ask["repo_id"], ask["revision"]) for ask in hub.asked] == [("owner/far", "abc")]
    assert names_in(tmp_path) == [".far.lock", "far"]


def test_a_broken_line_keeps_what_came_for_the_next_try(
    on_hub: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = Hub(monkeypatch)
    hub.broken = ConnectionError("the line broke")
    with pytest.raises(WeightsError, match=r"weights-fetch-failed.*owner/far.*the line broke"):
        located(tmp_path, name="far", hub=True)
    assert names_in(tmp_path) == [".far.fetching", ".far.lock"]
    hub.broken = None
    assert located(tmp_path, name="far", hub=True) == tmp_path / "far"
    assert names_in(tmp_path) == [".far.lock", "far"]


def test_a_wrong_file_from_the_hub_is_thrown_away(
    on_hub: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hub(monkeypatch, content=b"something else")
    with pytest.raises(WeightsWrong, match=sha256(b"something else")):
        located(tmp_path, name="far", hub=True)
    assert names_in(tmp_path) == [".far.lock"]


def test_fetch_replaces_a_wrong_copy_and_keeps_a_right_one(
    on_hub: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = Hub(monkeypatch)
    for expected_asks in (1, 1):
        weights.fetch("far", model_dir=None, cache_dir=tmp_path, hub=True)
        assert len(hub.asked) == expected_asks
    (tmp_path / "far" / "model.bin").write_bytes(b"damaged")
    with pytest.raises(WeightsWrong):
        located(tmp_path, name="far", hub=True)
    weights.fetch("far", model_dir=None, cache_dir=tmp_path, hub=True)
    assert len(hub.asked) == 2
    assert (tmp_path / "far" / "model.bin").read_bytes() == WHOLE


def test_an_unpublished_digest_is_noted_at_the_first_fetch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Hub(monkeypatch, content=b"new model")
    folder = located(tmp_path, name="owner/new", hub=True)
    assert folder == tmp_path / "owner--new"
    (folder / "model.bin").write_bytes(b"new modem")
    with pytest.raises(WeightsWrong, match=sha256(b"new model")):
        weights.verify("owner/new", model_dir=None, cache_dir=tmp_path)


# known answer: the list


def test_describe_tells_where_each_model_is(tmp_path: Path) -> None:
    found = {info.name: info for info in weights.describe(model_dir=None, cache_dir=tmp_path)}
    assert list(found) == [one.name for one in WEIGHTS]
    assert found["base"].found is None
    assert found["base"].embedded
    assert (found["large-v3"].found, found["large-v3"].embedded) == (None, False)
    assert found["swift-f0"].found is not None
    assert found["swift-f0"].found.name == "model.onnx"
    assert list(tmp_path.iterdir()) == []
    model_folder(tmp_path / "small")
    listed = weights.describe(model_dir=tmp_path, cache_dir=tmp_path / "cache")
    assert next(info.found for info in listed if info.name == "small") == tmp_path / "small"


@pytest.mark.parametrize("name", [one.name for one in WEIGHTS if isinstance(one.origin, PackageFile)])
def test_models_inside_packages_are_the_measured_ones(tmp_path: Path, name: str) -> None:
    path = weights.verify(name, model_dir=None, cache_dir=tmp_path)
    assert path.stat().st_size == BY_NAME[name].size_bytes
    assert located(tmp_path, name=name) == path


def test_every_published_digest_is_a_sha256() -> None:
    digests = [digest for one in WEIGHTS for digest in one.sha256.values()]
    assert len(digests) == 4 + 4 + 2
    assert all(len(bytes.fromhex(digest)) == 32 for digest in digests)


# against others: the real model, in the real recogniser


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return located(tmp_path_factory.mktemp("weights"), name="base")


def test_the_embedded_model_is_whole(base: Path) -> None:
    assert weights_cache.digest_of(base / "model.bin") == BY_NAME["base"].sha256["model.bin"]
    assert (base / "model.bin").stat().st_size == BY_NAME["base"].size_bytes
    assert weights.verify("base", model_dir=None, cache_dir=base.parent) == base


@pytest.mark.asr
def test_the_recogniser_loads_it_without_a_connection(base: Path, socket_disabled: None) -> None:
    from faster_whisper import WhisperModel

    model = WhisperModel(str(base), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)
    assert model.model.is_multilingual
    assert "fi" in model.supported_languages
