"""Whatever a file holds, it is read or refused in one sentence, and no page sees half of it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.errors import InputError
from app.messages import LOCALES, sentence
from app.transcripts import SuppliedTranscript, read_transcript

FUZZ = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
_FIELDS = (
    "words text word start end probability confidence role speaker channel segments results channels alternatives "
    "utterances transcript transcripts items type start_time end_time content speaker_labels channel_labels Transcript "
    "Content Items BeginOffsetMillis EndOffsetMillis ParticipantRole recognizedPhrases nBest displayWords displayText "
    "display offset offsetInTicks durationInTicks phrases combinedPhrases scorecard_version measures audio_channels"
)
FIELDS = st.sampled_from(_FIELDS.split())
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**30),
    st.floats(),
    st.sampled_from(
        ["ei", "Ei käy.", "A", "agent", "customer", "1", "ch_1", "4.87", "PT1.5S", "PT", "", ".", "\ud800", "nan"]
    ),
)


def _grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(FIELDS, inner, max_size=6)


DOCUMENTS = st.recursive(LEAVES, _grown, max_leaves=30)
LINES = st.lists(
    st.sampled_from(
        [
            "WEBVTT", "", "1", "00:00:01.000 --> 00:00:02.000", "00:00:01,000 --> 00:00:00,500", "00:01.000 --> x",
            "Agent: ei", "Asiakas: joo", "<v Agent>ei <00:00:01.500>käy", "<v", "&lt;v A&gt;", "[00:10] A: ei", "NOTE",
            "STYLE", "{\\an8}ei", "-->", "12:30 sopii", "[nauraa]", "- ei", "٣:٤٥ ei",
        ]
    )
    | st.text(max_size=20),
    max_size=12,
)  # fmt: skip


def _outcome(content: bytes) -> SuppliedTranscript | InputError:
    """What comes of a file; anything but a transcript or an InputError fails the test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "supplied"
        path.write_bytes(content)
        try:
            return read_transcript(path, duration_s=60.0, agent_channel=1)
        except InputError as problem:
            return problem


def _holds(found: SuppliedTranscript | InputError) -> None:
    for message in (found.message,) if isinstance(found, InputError) else found.warnings:
        assert all(sentence(message, locale) for locale in LOCALES)
    if isinstance(found, InputError):
        return
    assert any(turn.role == "agent" for turn in found.turns)
    for turn in found.turns:
        assert turn.words
        for word in turn.words:
            assert word.text.strip() == word.text != ""
            word.text.encode("utf-8")
            assert (word.segment is not None) == found.has_word_times
            assert word.segment is None or word.segment.end <= 60.0
        assert turn.segment is None or turn.segment.end <= 60.0


# --- law (Hypothesis) -------------------------------------------------------------------------------------------------


@FUZZ
@given(st.binary(max_size=300))
@example(b"{")
@example(b"[")
@example(b"\xff\xfe\x00\x00")
@example(b"\xff\xfe{\x00")
def test_any_bytes(content: bytes) -> None:
    _holds(_outcome(content))


@FUZZ
@given(st.text(max_size=300))
def test_any_text(content: str) -> None:
    _holds(_outcome(content.encode("utf-8", "surrogatepass")))


@FUZZ
@given(LINES)
def test_any_lines_of_captions_and_turns(lines: list[str]) -> None:
    _holds(_outcome("\n".join(lines).encode("utf-8", "ignore")))


@FUZZ
@given(st.dictionaries(FIELDS, DOCUMENTS, max_size=4) | st.lists(DOCUMENTS, max_size=4))
def test_any_json_of_the_known_fields(document: Any) -> None:
    _holds(_outcome(json.dumps(document).encode("utf-8")))


def test_marks_without_an_end_take_no_long_time() -> None:
    for mark in ("<v ", "<", "[", "&lt;", "{\\", "<00:", "a:", "["):
        for head in ("WEBVTT\n\n00:01.000 --> 00:02.000\n", ""):
            _holds(_outcome((head + mark * 20_000).encode()))


@pytest.mark.parametrize("mark", [" ", "-", "1", "(", "_", "<v ", "\t", "\u0316\u0301"])
def test_a_long_row_of_one_mark_takes_no_long_time(mark: str) -> None:
    row = mark * (60_000 // len(mark))
    named = [{"text": "ei", "start": 0, "end": 1, "speaker": name} for name in ("A" + row, "1" + row + "x")]
    for content in (
        f"Agent: ei{row}x\n",
        f"A{row}: joo\n",
        f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {row}\n",
        json.dumps({"words": named}),
    ):
        begun = process_time()
        _holds(_outcome(content.encode()))
        assert process_time() - begun < 10  # the square of its length takes a minute or hours


def test_a_character_named_by_a_number_without_end_is_no_word() -> None:
    _holds(_outcome(f"WEBVTT\n\n00:01.000 --> 00:02.000\nAgent: &#{'9' * 5000};\n".encode()))


def test_names_and_words_without_end_fit_into_the_sentences_on_them() -> None:
    speakers = [
        {"text": "ei", "start": 0, "end": 1, "speaker": name} for name in ("agent", *map("A{}".format, range(900)))
    ]
    _holds(_outcome(json.dumps({"words": speakers}).encode()))
    _holds(
        _outcome(
            json.dumps({"words": [{"text": "ei", "speaker": "A" * 5000}, {"text": "joo", "speaker": "B"}]}).encode()
        )
    )
    _holds(_outcome(f"[00:09] Agent: hei\n[00:04] Agent: {'a' * 5000}\n".encode()))
