"""An organisation's own standard: what it changes, what it leaves, what it may not say."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analysis.norms import DEFAULT_NORMS
from app.errors import InputError
from app.messages import LOCALES, has_text, sentence, text
from app.standards import FillerWords, Standard, read_standard

HEAD = 'name = "north"\nversion = 2\n'
EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "example-standard.toml"


def _read(folder: Path, content: str | bytes) -> Standard:
    path = folder / "standard.toml"
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read_standard(path)


# --- known answer -----------------------------------------------------------------------------------------------------


def test_without_a_file_the_default_standard_holds() -> None:
    standard = read_standard(None)
    assert standard.label == "default@1"
    assert standard.norms == {norm.measure: norm for norm in DEFAULT_NORMS}
    assert standard.fillers == FillerWords()


def test_a_file_replaces_adds_and_switches_off_norms(tmp_path: Path) -> None:
    standard = _read(
        tmp_path,
        HEAD
        + '[norms.pause_rate]\nhigh = 20\nsource = "guide"\napplies_to = "inbound"\n'
        + "[norms.words_per_minute]\nlow = 80.5\n[norms.creak_share]\noff = true\n",
    )
    assert standard.label == "north@2"
    rate = standard.norms["pause_rate"]
    assert (rate.low, rate.high, rate.unit, rate.source, rate.applies_to) == (None, 20.0, "1/min", "guide", "inbound")
    words = standard.norms["words_per_minute"]
    assert (words.low, words.high, words.source) == (80.5, None, "house rule (north@2)")
    assert "creak_share" not in standard.norms
    assert standard.norms["f0_sd"] == read_standard(None).norms["f0_sd"]


@pytest.mark.parametrize(
    ("mode", "hesitations", "particles"),
    [
        ("", ("öö", "tsk", "äh"), ("tota",)),
        ('mode = "extend"\n', ("öö", "tsk", "äh"), ("tota",)),
        ('mode = "replace"\n', ("tsk", "äh"), ("tota",)),
    ],
)
def test_filler_words_are_added_or_take_the_place_of_the_built_in_ones(
    tmp_path: Path, mode: str, hesitations: tuple[str, ...], particles: tuple[str, ...]
) -> None:
    standard = _read(tmp_path, HEAD + f'[fillers]\n{mode}hesitations = [" Tsk ", "ÄH", "tsk"]\n')
    assert standard.fillers.over(("öö",), ("tota",)) == (hesitations, particles)


def test_an_empty_list_in_place_of_the_built_in_one_counts_nothing(tmp_path: Path) -> None:
    standard = _read(tmp_path, HEAD + '[fillers]\nmode = "replace"\nparticles = []\n')
    assert standard.fillers.over(("öö",), ("tota",)) == (("öö",), ())


def test_the_example_file_is_valid() -> None:
    standard = read_standard(EXAMPLE)
    assert standard.label == "contact-centre-north@3"
    assert (standard.norms["pause_ratio"].low, standard.norms["pause_ratio"].high) == (None, 0.35)
    assert standard.fillers == FillerWords(("tsk",), ("niinku", "sillee"), replace=False)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert _read(tmp_path, b"\xef\xbb\xbf" + HEAD.encode()).label == "north@2"


# --- what a file may not say ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("name =", r"standard\.toml is not valid TOML\."),
        (HEAD + "norms = = 1", r"standard\.toml is not valid TOML: line 3, column 9\."),
        (b"name = '\xe4'", r"standard\.toml is not UTF-8 text\."),
        ("version = 1", r"The standard lacks the key name\."),
        (HEAD + "nrms = 1", r"unknown key, nrms\. Did you mean norms\? Allowed are: name, version, norms, fillers\."),
        (HEAD + "[norms.pause_rate]\nhihg = 1", r"unknown key, norms\.pause_rate\.hihg\. Did you mean high\?"),
        (
            HEAD + "[norms.pause_rate]\nxyz = 1",
            r"norms\.pause_rate\.xyz\. Allowed are: low, high, source, applies_to, off\.",
        ),
        (HEAD + "[fillers]\nparticle = []", r"unknown key, fillers\.particle\. Did you mean particles\?"),
        (
            HEAD + "[norms.pause_rte]\nhigh = 1",
            r"unknown measure, pause_rte\. Did you mean pause_rate\? Allowed are: art",
        ),
        (HEAD + "[norms.charm]\nhigh = 1", r"unknown measure, charm\. Allowed are: articulation_rate, "),
        (HEAD + '[norms.pause_rate]\nhigh = "6"', r"norms\.pause_rate\.high is 6; a number is needed"),
        (HEAD + "[norms.pause_rate]\nhigh = true", r"high is true; a number is needed"),
        (HEAD + "[norms.pause_rate]\nhigh = nan", r"high is nan; a number is needed"),
        (HEAD + "[norms.pause_rate]\nhigh = -inf", r"high is -inf; a number is needed"),
        (HEAD + "[norms]\npause_rate = 6", r"norms\.pause_rate is 6; a table is needed"),
        (HEAD + "norms = 6", r"norms is 6; a table is needed"),
        (HEAD + "[norms.pause_rate]\noff = 1", r"off is 1; true or false is needed"),
        (
            HEAD + "[norms.pause_rate]\noff = true\nlow = 1",
            r"pause_rate is switched off \(off = true\) but has a bound",
        ),
        (HEAD + "[norms.pause_rate]\n", r"pause_rate has no bound\. Give low, high or both"),
        (HEAD + "[norms.pause_rate]\nlow = 9\nhigh = 3", r"pause_rate has low 9 above high 3\."),
        (HEAD + "[norms.pause_ratio]\nhigh = 40", r"pause_ratio has the bound 40; it is a ratio, so from 0 to 1"),
        (HEAD + '[fillers]\nmode = "add"', r'fillers\.mode is add; "extend" or "replace" is needed'),
        (HEAD + '[fillers]\nparticles = "tota"', r"fillers\.particles is tota; a list"),
        (HEAD + "[fillers]\nparticles = [1]", r"fillers\.particles\.0 is 1; text in quotation marks"),
        (HEAD + '[fillers]\nparticles = [""]', r"fillers\.particles\.0 is ; text in quotation marks"),
        ('name = "north"\nversion = 0', r"version is 0; a whole number from 1 up"),
        ('name = "north"\nversion = 1.5', r"version is 1\.5; a whole number from 1 up"),
        ('name = "a@b"\nversion = 1', r'name cannot be "a@b"'),
        ('name = "Default"\nversion = 1', r"cannot be called Default: that is the name of the built-in standard"),
        ("a = " + "[" * 5000, r"is not valid TOML"),
    ],
)
def test_a_sentence_says_what_is_wrong_and_what_is_allowed(tmp_path: Path, content: str | bytes, expected: str) -> None:
    with pytest.raises(InputError, match=expected) as caught:
        _read(tmp_path, content)
    assert sentence(caught.value.message, "fi")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file none\.toml\."):
        read_standard(tmp_path / "none.toml")


# --- law --------------------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (HEAD + text).encode("utf-8", "ignore")))
@example(b"")
def test_any_bytes_are_read_or_refused_in_one_sentence(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            assert _read(Path(folder), content).version >= 1
        except InputError as problem:
            message = problem.message
            assert [bool(sentence(message, locale)) for locale in LOCALES] == [True, True]


def test_the_catalogues_say_the_same_sources_as_the_norms() -> None:
    for norm in DEFAULT_NORMS:
        named = f"norm-source-{norm.measure}"
        assert text(named if has_text(named, "en") else "norm-source-house", "en") == norm.source
        assert text(named if has_text(named, "fi") else "norm-source-house", "fi")
        assert norm.applies_to in ("", text("norm-applies-men-reading", "en"))
