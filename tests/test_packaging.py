"""The built wheel: what is inside, and that it runs from there; the locks; the image's recipe."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from app import __version__

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("app", "analysis", "models")
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
COMES_WITH = {
    "ctranslate2": "faster-whisper",
    "huggingface_hub": "faster-whisper",
    "markupsafe": "jinja2",
    "pydantic_core": "pydantic",
}
"""Packages that belong to a declared one so closely that they need no line of their own."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network from the build tool that the locks pin."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(ROOT))
    subprocess.run([*PIP, *build], check=True, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel alone in it; what it depends on comes from the environment of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([*PIP, "install", "--no-deps", "--no-index", "--target", str(folder), str(wheel)], check=True)
    return folder


def from_wheel(installed: Path, *command: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(command, env=environment, cwd=installed, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def files_of_packages() -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


# known answer


def test_the_wheel_holds_the_packages_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    inside = {name for name in names if ".dist-info/" not in name}
    assert inside == files_of_packages()
    for needed in ("app/locales/fi/models.ftl", "app/locales/en/models.ftl", "app/cli.py", "models/weights.py"):
        assert needed in inside
    assert any(name.startswith("app/templates/") and name.endswith(".j2") for name in inside)
    assert wheel.name == f"puhepeili-{__version__}-py3-none-any.whl"


def test_the_wheel_carries_no_recordings(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        audio = [name for name in archive.namelist() if re.search(r"\.(wav|flac|ogg|opus|mp3|m4a|bin|part\d)$", name)]
    assert audio == []


def test_the_command_runs_from_the_wheel(installed: Path) -> None:
    shown = from_wheel(installed, sys.executable, str(installed / "bin" / "puhepeili"), "--help")
    for command in ("score", "batch", "measures", "models"):
        assert re.search(rf"^  {command} ", shown, re.MULTILINE)
    place = from_wheel(installed, sys.executable, "-c", "import app.cli, models, analysis; print(app.cli.__file__)")
    assert Path(place.strip()) == installed / "app" / "cli.py"


def test_texts_are_found_from_the_wheel(installed: Path) -> None:
    listed = from_wheel(installed, sys.executable, str(installed / "bin" / "puhepeili"), "models", "list")
    assert listed.startswith("base  ·  puheentunnistus  ·  145,2 Mt  ·  MIT")


def test_help_starts_at_once_and_loads_nothing_heavy(installed: Path) -> None:
    """Half a second of imports would be felt at every command; the heavy packages belong inside the commands."""
    heavy = ("numpy", "pydantic", "av", "onnxruntime", "faster_whisper", "polars", "jinja2", "huggingface_hub")
    code = f"import app.cli, sys; print([name for name in {heavy!r} if name in sys.modules])"
    assert from_wheel(installed, sys.executable, "-c", code).strip() == "[]"


# law


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_locked_package_is_pinned_and_hashed(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())
    assert len(entries) > 40
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==[^\s;]+( ; .+)? \\\n    --hash=sha256:[0-9a-f]{64}", entry), entry
    assert "://" not in text, "a lock names no registry"


def test_the_developers_lock_holds_the_users_lock() -> None:
    run, dev = (locked(name) for name in ("run", "dev"))
    assert run.items() <= dev.items()
    needed = {normal(re.split(r"[<>=!;\[ ]", line)[0]) for line in dependencies()}
    assert needed <= run.keys()


def test_the_product_imports_only_what_it_depends_on() -> None:
    """A package of the tests that the product leaned on would be missing on a user's machine, and only there."""
    ours, declared = set(PACKAGES), {normal(re.split(r"[<>=!;\[ ]", line)[0]) for line in dependencies()}
    distributions = packages_distributions()
    imported = {
        name
        for file in files_of_packages()
        if file.endswith(".py")
        for name in imports_of(ROOT / file)
        if name not in sys.stdlib_module_names and name not in ours
    }
    assert {"numpy", "faster_whisper"} <= imported
    leaned_on = {name for name in imported if not {normal(one) for one in distributions[name]} & declared}
    assert leaned_on <= COMES_WITH.keys()
    assert set(COMES_WITH.values()) <= declared


def dependencies() -> list[str]:
    listed: list[str] = PROJECT["project"]["dependencies"]
    return listed


def imports_of(file: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.partition(".")[0] for name in plain | named}


def test_the_build_tool_is_the_locked_one() -> None:
    (wanted,) = PROJECT["build-system"]["requires"]
    assert wanted == f"hatchling=={locked('run')['hatchling']}"
    assert PROJECT["dependency-groups"]["build"] == [wanted]


def locked(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
