"""The documents tell the truth: commands, targets, settings, measures and links in them exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from analysis.catalogue import CATALOGUE
from app import __version__
from app.cli import main
from app.errors import InputError, ModelMissing, UsageError
from app.settings import PREFIX, Settings
from models.known_weights import WEIGHTS, OnHub

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def code_of(text: str) -> list[str]:
    """Lines of fenced blocks, and inline code."""
    fenced = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return [line.strip() for block in fenced for line in block.splitlines()] + inline


def commands_in(text: str) -> list[list[str]]:
    """Every ``puhepeili …`` as words, without what the shell does with it."""
    lines = [re.split(r"\s[>|#]", line)[0] for line in code_of(text)]
    found = [match[1] for line in lines if (match := re.search(r"(?:^|\bpuhepeili )puhepeili (.+)", line))]
    found += [match[1] for line in lines if (match := re.match(r"docker run .* puhepeili (.+)", line))]
    return [shlex.split(words) for words in found]


def command_of(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that `words` name, and what is left for it to read."""
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        assert words[0] in command.commands, f"no command {words[0]!r}"
        command, words = command.commands[words[0]], words[1:]
    return command, words


CASES = [(path.name, words) for path in DOCUMENTS for words in commands_in(path.read_text(encoding="utf-8"))]


def test_there_are_commands_to_check() -> None:
    assert {tuple(words[:1]) for _, words in CASES} >= {("score",), ("batch",), ("measures",), ("models",)}
    assert len(CASES) > 15


@pytest.mark.parametrize(("document", "words"), CASES, ids=[f"{name}: {' '.join(words)}" for name, words in CASES])
def test_every_command_exists_with_its_options(document: str, words: list[str]) -> None:
    command, rest = command_of(words)
    if rest and "--help" not in rest:
        command.make_context("puhepeili", list(rest))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_target_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    named = {
        match[1] for line in code_of(path.read_text(encoding="utf-8")) if (match := re.match(r"make ([a-z-]+)", line))
    }
    assert named <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_setting_exists(path: Path) -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", path.read_text(encoding="utf-8"))) <= known


def test_the_readme_names_every_measure_with_its_unit() -> None:
    table = re.findall(r"`([a-z0-9_]+)` ([^,|]+?)(?=,| \|)", README)
    assert table == [(info.name, info.unit) for info in CATALOGUE]
    groups = re.findall(r"^\| ([a-z]+) \| `", README, re.MULTILINE)
    assert groups == list(dict.fromkeys(info.group for info in CATALOGUE))


def test_the_readme_tells_the_exit_codes() -> None:
    told = dict(re.findall(r"^\| (\d) \| (.+) \|$", README, re.MULTILINE))
    assert told[str(UsageError.exit_code)] == "wrong usage"
    assert told[str(InputError.exit_code)].startswith("the recording, transcript, baseline or standard cannot be used")
    assert told[str(ModelMissing.exit_code)].startswith("a model is missing")
    assert sorted(told) == ["0", "1", "2", "3", "4"]


def test_the_models_page_tells_where_each_model_comes_from() -> None:
    page = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([a-z0-9-]+)` \| (\S+) \| (\S.*?) \| (\S+) \|$", page, re.MULTILINE)
    known = [
        (
            one.name,
            one.origin.repository,
            f"{one.size_bytes / 1e6:,.0f} MB" if one.size_bytes else "not published here",
            one.licence,
        )
        for one in WEIGHTS
        if isinstance(one.origin, OnHub)
    ]
    assert told == known


def test_the_changelog_has_this_version() -> None:
    versions = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert versions[:2] == ["Unreleased", __version__]


def test_every_target_has_help() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == set(re.findall(r"^([a-z-]+):.*  ## \S", MAKEFILE, re.MULTILINE))
