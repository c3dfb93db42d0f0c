"""Words taken apart from their punctuation, however much of it there is."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.finnish.tokens import plain, token_of, tokens_of
from analysis.types import Word

_TAKEN_APART = re.compile(r"^([\W_]*)(.*?)([\W_]*)$", re.DOTALL)
"""What a token's parts are, said in the plainest way; its time grows with the square of a row of marks."""

# --- known answer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ("öö,ei", ["öö,", "ei"]),
        ("öö...ei", ["öö...", "ei"]),
        ("selvä!ei", ["selvä!", "ei"]),
        ("niin—ei", ["niin—", "ei"]),
        ("niin--ei", ["niin--", "ei"]),
        ("niin---ei", ["niin---ei"]),
        ("joo,..,ei", ["joo,..,", "ei"]),
        ("joo,.ei", ["joo,.ei"]),
        ('joo,"ei"', ['joo,"', 'ei"']),
        ("joo,(ei)", ["joo,", "(ei)"]),
        ("3,5", ["3,5"]),
        ("EU:n", ["EU:n"]),
    ],
)
def test_words_that_a_typist_has_run_together_are_parted(written: str, texts: list[str]) -> None:
    assert [token.word.text for token in tokens_of([Word(written)])] == texts


def test_rows_of_full_stops_do_not_hold_the_reader_up() -> None:
    # In a process of its own, which can be ended: 40 full stops once took hours.
    script = (
        "from analysis.finnish.tokens import tokens_of; from analysis.types import Word\n"
        "for text in ('ei' + '.' * 50, 'Odotan' + '.' * 44, 'ei' + ',.' * 50, 'ei' + '.' * 40 + 'joo'):\n"
        "    print(len(tokens_of([Word(text)])))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=True)
    assert ran.stdout.split() == ["1", "1", "1", "2"]


# --- law --------------------------------------------------------------------------------------------------------------


@given(st.text(alphabet="aä1_.,-'\"( \u0301²", max_size=12))
def test_what_is_said_lies_between_its_first_and_last_letter_or_digit(text: str) -> None:
    token = token_of(Word(text or "."))
    found = _TAKEN_APART.match(plain(text or "."))
    assert found is not None
    assert (token.before, token.core, token.after) == found.groups()


@pytest.mark.parametrize("mark", [*".,;:!?-–—…_'\"”»)]([{<1", "\u0301", "--", ",.", '."'])
@pytest.mark.parametrize("after", ["", "1", "a"])
def test_time_grows_with_length_and_not_with_its_square(mark: str, after: str) -> None:
    written = [Word("ei" + mark * (length // len(mark)) + after) for length in (5_000, 40_000)]
    spent = []
    for word in written:
        begun = process_time()
        tokens_of([word])
        spent.append(process_time() - begun)
    for short, long in pairwise(spent):
        assert long < 0.05 + 24 * short, spent
