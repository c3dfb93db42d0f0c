"""Every file of analysis/measures keeps to the one contract of a measure."""

from __future__ import annotations

import ast
import inspect
import math
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import analysis.measures
from analysis.catalogue import BY_NAME, CATALOGUE
from analysis.measuring import Material, measure_function
from analysis.noise import ActiveLevel
from analysis.types import Measure
from tests.analysis.measures.material import called, contour, later, nothing, plenty, spans

FOLDER = Path(analysis.measures.__file__).parent
FILES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
NAMES = [info.name for info in CATALOGUE]
VOCABULARY = set(re.findall(r"^([a-z][a-z0-9_]+)  +\S", analysis.measures.__doc__ or "", flags=re.MULTILINE)) - {
    "parameter"
}

MORE_THAN_ONE: set[str] = set()
"""Files that break the rule of one public function; to be emptied."""

each_measure = pytest.mark.parametrize("name", NAMES)
each_file = pytest.mark.parametrize("name", FILES)


def parameters(name: str) -> list[inspect.Parameter]:
    return list(inspect.signature(measure_function(name)).parameters.values())


def public(name: str) -> list[str]:
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    defined = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    return [node.name for node in defined if not node.name.startswith("_")]


# --- known answer: files, names, signatures, docstrings ---


def test_there_are_measures_and_words_for_what_they_ask() -> None:
    assert len(NAMES) >= 21
    assert len(set(NAMES)) == len(NAMES)
    assert {"speech", "pauses", "syllables", "f0", "levels", "baseline"} <= VOCABULARY


def test_every_file_is_in_the_catalogue_and_the_other_way_round() -> None:
    assert sorted(NAMES) == FILES


def test_the_material_holds_the_whole_vocabulary() -> None:
    assert set(Material.__dataclass_fields__) >= VOCABULARY


@pytest.mark.parametrize("name", [file for file in FILES if file not in MORE_THAN_ONE])
def test_a_file_holds_one_public_function_of_its_own_name(name: str) -> None:
    assert public(name) == [name]


@each_file
def test_inputs_come_from_the_vocabulary(name: str) -> None:
    asked = {p.name for p in parameters(name) if p.kind is not p.KEYWORD_ONLY}
    assert asked <= VOCABULARY
    assert asked
    assert all(p.default is p.empty for p in parameters(name) if p.kind is not p.KEYWORD_ONLY)


@each_file
def test_thresholds_are_keyword_only_and_have_defaults(name: str) -> None:
    for parameter in parameters(name):
        assert parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
        if parameter.kind is parameter.KEYWORD_ONLY:
            assert isinstance(parameter.default, int | float), parameter.name


@each_file
def test_the_docstring_says_what_it_is_what_it_takes_and_what_it_gives(name: str) -> None:
    documented = inspect.getdoc(measure_function(name)) or ""
    first = documented.splitlines()[0]
    assert first.endswith(".")
    assert len(first) > 20
    assert re.search(r"^Parameters\n-{10}$", documented, flags=re.MULTILINE)
    assert re.search(r"^Returns\n-{7}\nMeasure$", documented, flags=re.MULTILINE)
    described = documented.split("Parameters\n")[1].split("Returns\n")[0]
    for parameter in parameters(name):
        assert re.search(rf"^([\w, ]*\b)?{parameter.name}\b[\w, ]* : ", described, flags=re.MULTILINE), parameter.name


@each_measure
def test_the_docstring_names_the_unit(name: str) -> None:
    returns = (inspect.getdoc(measure_function(name)) or "").split("Returns\n")[1]
    assert BY_NAME[name].unit in returns


# --- known answer: what comes back ---


def kept(measure: Measure, name: str) -> None:
    """Name and unit are the catalogue's; a value is finite; no value has a reason."""
    assert (measure.name, measure.unit) == (name, BY_NAME[name].unit)
    assert (measure.value is None) == (measure.reason is not None)
    assert measure.value is None or math.isfinite(measure.value)
    assert measure.confidence in ("good", "fair", "poor")
    for evidence in measure.evidence:
        assert evidence.segment is not None or evidence.text is not None


@each_measure
def test_plenty_of_material_gives_a_value(name: str) -> None:
    measure = called(name, plenty())
    kept(measure, name)
    assert measure.value is not None, measure.reason


@each_measure
def test_no_material_gives_a_reason(name: str) -> None:
    measure = called(name, nothing())
    kept(measure, name)
    assert measure.value is None
    assert measure.reason is not None
    assert re.fullmatch(r"reason-[a-z-]+", measure.reason.id)


def scant() -> Material:
    """A second of speech, with a word, a filler and some voice in it."""
    whole, one = plenty(), spans((0.0, 1.0))
    return replace(
        whole,
        speech=one,
        pauses=(),
        turns=one,
        syllables=tuple(replace(run, segment=one[0], count=5.0) for run in (whole.syllables or ())[:1]),
        words=(whole.words or ())[:2],
        sentences=(),
        fillers=(),
        f0=contour(np.where(np.arange(6000) < 50, 120.0, np.nan)),
        active=ActiveLevel(-22.0, -60.0, 38.0),
    )


WITHOUT_A_LEAST = {"phonation_time"}
"""A sum that is true of any recording, however short."""


@each_measure
def test_a_second_of_speech_is_too_little_for_a_rate(name: str) -> None:
    measure = called(name, scant())
    kept(measure, name)
    assert (measure.value is not None) == (name in WITHOUT_A_LEAST)


Change = Callable[[Material], Material]
ODD: dict[str, Change] = {
    "clipped": lambda m: replace(m, clipped_ratio=0.5),
    "gated": lambda m: replace(m, active=ActiveLevel(-22.0, None, None)),
    "no pauses": lambda m: replace(m, pauses=(), speech=m.turns, turns=m.turns),
    "words without times": lambda m: replace(m, words=tuple(replace(w, segment=None) for w in m.words or ())),
    "no words at all": lambda m: replace(m, words=(), sentences=(), fillers=(), syllables=()),
    "all creak": lambda m: replace(m, f0=replace(m.f0, creak=~np.isnan(m.f0.hz))),
    "digital silence": lambda m: replace(m, levels=replace(m.levels, power=np.zeros_like(m.levels.power))),
    "empty baseline": lambda m: replace(m, baseline={}),
}


@each_measure
@pytest.mark.parametrize("odd", ODD)
def test_odd_material_gives_a_value_or_a_reason(name: str, odd: str) -> None:
    kept(called(name, ODD[odd](plenty())), name)


@each_measure
def test_evidence_lies_inside_the_recording(name: str) -> None:
    for evidence in called(name, plenty()).evidence:
        assert evidence.segment is None or 0 <= evidence.segment.start <= evidence.segment.end <= 60.0


# --- law ---


@each_measure
@pytest.mark.parametrize("seconds", [0.2, 3.4, 24.0])
def test_a_call_that_starts_later_has_the_same_value(name: str, seconds: float) -> None:
    """By whole readings of the level (0.2 s), which lie on a grid."""
    before, after = called(name, plenty()), called(name, later(plenty(), seconds))
    assert after.value == pytest.approx(before.value, rel=1e-6)
    assert after.confidence == before.confidence


@each_measure
def test_a_call_that_starts_later_has_its_evidence_later(name: str) -> None:
    """By whole stretches of the flattest pitch (4 s), which lie on a grid too."""
    before, after = called(name, plenty()), called(name, later(plenty(), 24.0))
    assert len(after.evidence) == len(before.evidence)
    for early, late in zip(before.evidence, after.evidence, strict=True):
        assert (early.text, early.note, early.tier) == (late.text, late.note, late.tier)
        if early.segment is not None and late.segment is not None:
            assert late.segment.start == pytest.approx(early.segment.start + 24.0)
            assert late.segment.end == pytest.approx(early.segment.end + 24.0)


@each_measure
def test_the_same_material_gives_the_same_measure(name: str) -> None:
    assert called(name, plenty()) == called(name, plenty())
