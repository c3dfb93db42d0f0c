"""The models command: its texts in both languages, and what it does with an error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.errors import ModelMissing
from app.messages import LOCALES, Locale, has_text
from app.models_command import fetch_model, list_models, verify_models
from models.known_weights import WEIGHTS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_list_tells_each_model_in_full(tmp_path: Path, locale: Locale) -> None:
    entries = list_models(model_dir=None, cache_dir=tmp_path, locale=locale).split("\n\n")
    assert [entry.split()[0] for entry in entries] == [one.name for one in WEIGHTS]
    for entry, one in zip(entries, WEIGHTS, strict=True):
        assert one.licence in entry
        assert one.sha256.get(one.main_file, "SHA-256") in entry
    assert str(tmp_path) not in "".join(entries)


@pytest.mark.parametrize(
    ("locale", "size", "place"),
    [("fi", "145,2 Mt", "Tuli asennuksen mukana"), ("en", "145.2 MB", "Came with the installation")],
)
def test_the_embedded_model_needs_no_fetching(tmp_path: Path, locale: Locale, size: str, place: str) -> None:
    base = list_models(model_dir=None, cache_dir=tmp_path, locale=locale).split("\n\n")[0]
    assert size in base
    assert place in base


def test_fetch_says_what_to_do_without_the_hub(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"The model small is not on this machine .*puhepeili models fetch small"):
        fetch_model("small", model_dir=None, cache_dir=tmp_path, hub=False)
    assert ModelMissing.exit_code == 4


def test_fetch_joins_the_embedded_model_and_verify_reads_it(tmp_path: Path) -> None:
    folder = fetch_model("base", model_dir=None, cache_dir=tmp_path, hub=False)
    assert folder == tmp_path / "base"
    report = verify_models((), model_dir=None, cache_dir=tmp_path, locale="fi")
    assert report.ok
    assert [line.partition(":")[0] for line in report.text.splitlines()] == ["base", "silero-vad", "swift-f0"]
    (folder / "config.json").write_text("{}")
    report = verify_models(("base",), model_dir=None, cache_dir=tmp_path, locale="fi")
    assert not report.ok
    assert report.text.startswith("base: EI KUNNOSSA. Tiedosto ")
    assert "config.json ei ole se" in report.text


def test_verify_of_a_model_that_is_not_here_is_not_right(tmp_path: Path) -> None:
    report = verify_models(("small", "huge"), model_dir=None, cache_dir=tmp_path, locale="en")
    assert not report.ok
    assert [line.partition(".")[0] for line in report.text.splitlines()] == [
        "small: NOT RIGHT",
        "huge: NOT RIGHT",
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_error_and_note_has_a_sentence(locale: Locale) -> None:
    source = "".join((ROOT / "models" / name).read_text() for name in ("weights.py", "weights_cache.py"))
    ids = set(re.findall(r'(?:WeightsError|WeightsWrong)\(\s*"([a-z0-9-]+)"', source))
    ids |= {f"weights-note-{one.name}" for one in WEIGHTS}
    assert len(ids) == 9 + len(WEIGHTS)
    assert [id for id in sorted(ids) if not has_text(id, locale)] == []
