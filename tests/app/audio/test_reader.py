"""The view of a file that the decoder gets, and the sentences about recordings in both languages."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

import app.messages
from app.audio.reader import READING_ALLOWANCE_BYTES, BoundedReader, ReadingBudgetSpent

# --- known answer ---


def test_a_view_has_its_header_before_its_part_of_the_file() -> None:
    reader = BoundedReader(io.BytesIO(b"0123456789"), start_byte=3, stop_byte=8, header=b"ab")
    assert reader.size_bytes == 7
    assert [reader.read(3), reader.read(10), reader.read(1)] == [b"ab3", b"4567", b""]
    assert reader.seek(-2, io.SEEK_END) == 5
    assert reader.read(1) == b"6"
    assert reader.seek(-5, io.SEEK_CUR) == 1
    assert reader.read(2) == b"b3"


@pytest.mark.parametrize(("asked", "found"), [(2**62, 7), (2**70, 7), (-5, 0)])
def test_no_place_outside_the_view_can_be_reached(asked: int, found: int) -> None:
    reader = BoundedReader(io.BytesIO(b"0123456789"), start_byte=3, stop_byte=10)
    assert reader.seek(asked) == found


def test_a_view_has_no_name() -> None:
    assert not hasattr(BoundedReader(io.BytesIO(b""), start_byte=0, stop_byte=0), "name")


def test_going_round_in_a_file_comes_to_an_end() -> None:
    size = 2**20
    reader = BoundedReader(io.BytesIO(bytes(size)), start_byte=0, stop_byte=size)
    for _ in range(READING_ALLOWANCE_BYTES // size + 6):
        reader.seek(0)
        assert len(reader.read(size)) == size
    reader.seek(0)
    with pytest.raises(ReadingBudgetSpent, match="without end"):
        reader.read(1)


def test_both_languages_have_the_same_sentences_on_recordings() -> None:
    folder = Path(app.messages.__file__).parent / "locales"
    texts = {locale: (folder / locale / "audio.ftl").read_text(encoding="utf-8") for locale in ("fi", "en")}
    ids = {locale: re.findall(r"^([a-z-]+) =", text, re.MULTILINE) for locale, text in texts.items()}
    values = {locale: sorted(set(re.findall(r"\$\w+", text))) for locale, text in texts.items()}
    assert ids["fi"] == ids["en"]
    assert values["fi"] == values["en"]
    assert len(ids["fi"]) > 20
