"""Who is the agent, where turns begin, and whether the times make sense."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from supplied import read, said, spans, times, warned

from analysis.types import Role
from app.errors import InputError
from app.transcripts.pieces import Piece, Speaker, SpokenWord
from app.transcripts.roles import role_named, roles_of
from app.transcripts.times import checked
from app.transcripts.turns import turns_of

A, C = Speaker("agent"), Speaker("customer")
ROLES: dict[Speaker | None, Role] = {A: "agent", C: "customer", None: "agent"}


def _turns(*words: tuple[Speaker, str, float, float]) -> list[str]:
    piece = Piece(tuple(SpokenWord(text, start, end, None, who) for who, text, start, end in words))
    return [f"{turn.role[0]}: " + " ".join(word.text for word in turn.words) for turn in turns_of([piece], ROLES)]


# --- known answer: turns ----------------------------------------------------------------------------------------------


def test_a_pause_alone_opens_no_turn() -> None:
    assert _turns((A, "niin", 0.0, 0.3), (A, "ei", 5.0, 5.2)) == ["a: niin ei"]


def test_an_answer_in_the_pause_opens_a_turn() -> None:
    assert _turns((A, "kiitos", 0.0, 0.3), (C, "väärin", 0.5, 0.9), (A, "ei", 1.1, 1.2)) == [
        "a: kiitos",
        "c: väärin",
        "a: ei",
    ]


def test_a_sign_of_listening_in_a_short_pause_opens_no_turn() -> None:
    assert _turns((A, "me", 0.0, 0.3), (C, "Joo.", 0.4, 0.6), (A, "ei", 0.8, 1.0)) == ["a: me ei", "c: Joo."]


def test_a_sign_of_listening_before_a_long_pause_opens_a_turn() -> None:
    assert _turns((A, "me", 0.0, 0.3), (C, "joo", 0.4, 0.6), (A, "ei", 1.3, 1.5)) == ["a: me", "c: joo", "a: ei"]


def test_speech_over_the_agents_own_words_opens_no_turn() -> None:
    words = ((A, "katsotaan", 0.0, 0.6), (C, "minulla", 0.3, 0.8), (A, "ei", 0.7, 0.9), (C, "on", 0.9, 1.1))
    assert _turns(*words) == ["a: katsotaan ei", "c: minulla on"]


def test_words_without_times_turn_where_the_role_changes(tmp_path: Path) -> None:
    words = [{"text": text, "role": role} for text, role in [("hei", "agent"), ("moi", "customer"), ("ei", "agent")]]
    found = read(tmp_path, words)
    assert said(found) == [("agent", "hei"), ("customer", "moi"), ("agent", "ei")]


def test_a_phrase_given_as_one_word_is_shared_out_by_length(tmp_path: Path) -> None:
    words = [{"text": "ei se käy", "start": 1.0, "end": 1.8}, {"text": "nyt", "start": 2, "end": 3}, {"text": "juu"}]
    assert times(read(tmp_path, words)) == [
        [(1.0, pytest.approx(1.229, abs=0.001)), (pytest.approx(1.229, abs=0.001), pytest.approx(1.457, abs=0.001)),
         (pytest.approx(1.457, abs=0.001), 1.8), (2.0, 3.0), (3.0, 3.0)]
    ]  # fmt: skip


# --- known answer: roles ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("AGENT", "agent"),
        ("agent_2", "agent"),
        ("Myyjä", "agent"),
        ("Asiakaspalvelija (Maija)", "agent"),
        ("Asiakas 1", "customer"),
        ("Agent - 12", "agent"),
        ("Agent1", "agent"),
        ("Asiakas (a(b)", "customer"),
        ("Asiakas (a) (b)", None),
        ("Agent)", None),
        ("Agent 1-2", None),
        ("soittaja", "customer"),
        ("asiakkaan", None),
        ("spk_0", None),
        (None, None),
        ("", None),
    ],
)
def test_names_of_roles(name: str | None, role: str | None) -> None:
    assert role_named(name) == role


def _roles(speakers: list[Speaker | None], channel: int | None = None) -> tuple[list[str], list[str]]:
    roles, warnings = roles_of(speakers, agent_channel=channel)
    return [roles[speaker][0] for speaker in speakers], [warning.id for warning in warnings]


@pytest.mark.parametrize(
    ("speakers", "channel", "expected"),
    [
        ([Speaker("customer", 0), Speaker("agent", 1)], 0, "ca"),  # a name beats its channel
        ([Speaker(None, 0), Speaker(None, 1)], 1, "ca"),
        ([Speaker("A", 0), Speaker("B", 0), Speaker("A", 1)], 1, "cca"),
        ([Speaker(None, 0)], 1, "a"),  # one channel from a recogniser that mixed both down says nothing
        ([Speaker(None, 1)], 0, "c"),
        ([Speaker("A"), None], None, "aa"),
        ([Speaker("agent"), Speaker("Maija")], None, "ac"),
        ([Speaker("customer"), Speaker("Maija")], None, "ca"),
        ([None], 1, "a"),
    ],
)
def test_roles_that_need_no_guess(speakers: list[Speaker | None], channel: int | None, expected: str) -> None:
    roles, warnings = _roles(speakers, channel)
    assert "".join(roles) == expected
    assert [warning for warning in warnings if warning == "warning-transcript-roles-guessed"] == []


@pytest.mark.parametrize(
    "speakers",
    [
        [Speaker("B"), Speaker("A")],
        [Speaker(None, 1), Speaker(None, 0)],
        [Speaker("B", 0), Speaker("A", 0)],
        [Speaker("spk_1"), Speaker("spk_0")],
    ],
)
def test_the_first_speaker_is_taken_for_the_agent_with_a_warning(speakers: list[Speaker | None]) -> None:
    assert _roles(speakers) == (["a", "c"], ["warning-transcript-roles-guessed"])


def test_first_means_first_in_time(tmp_path: Path) -> None:
    words = [
        {"text": "moi", "start": 2.0, "end": 2.2, "speaker": "A"},
        {"text": "hei", "start": 0.5, "end": 0.8, "speaker": "B"},
    ]
    assert said(read(tmp_path, words)) == [("agent", "hei"), ("customer", "moi")]


# --- known answer: times ----------------------------------------------------------------------------------------------


def _words(*spans: tuple[float | None, float | None], **more: Any) -> dict[str, Any]:
    return {"words": [{"text": f"sana{i}", "start": a, "end": b, **more} for i, (a, b) in enumerate(spans)]}


def test_a_transcript_longer_than_the_recording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"it ends at 12\.1 s, and the recording lasts 10 s"):
        read(tmp_path, _words((0, 1), (11.5, 12.1)), duration_s=10.0)


def test_two_seconds_past_the_end_are_cut_to_the_recording(tmp_path: Path) -> None:
    found = read(tmp_path, _words((0, 1), (9.5, 12.0)), duration_s=10.0)
    assert (times(found), spans(found)) == ([[(0.0, 1.0), (9.5, 10.0)]], [(0.0, 10.0)])


def test_times_well_backwards_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'"sana1" begins at 2 s, though the same speaker was already at 5 s'):
        read(tmp_path, _words((5, 6), (2, 3)))


def test_two_channels_one_after_the_other_do_not_run_backwards(tmp_path: Path) -> None:
    words = _words((5, 6), role="agent")["words"] + _words((2, 3), role="customer")["words"]
    assert said(read(tmp_path, {"words": words})) == [("customer", "sana0"), ("agent", "sana0")]


def test_small_slips_are_put_right_with_a_warning(tmp_path: Path) -> None:
    found = read(tmp_path, _words((1.0, 0.9), (0.5, 1.5), (2.0, None)))
    assert times(found) == [[(1.0, 1.0), (1.0, 1.5), (2.0, 2.0)]]
    assert (warned(found), found.warnings[0].args) == (["warning-transcript-times-fixed"], {"count": 3})


def test_where_half_the_words_lack_times_none_is_used(tmp_path: Path) -> None:
    found = read(tmp_path, _words((1.0, 1.2), (None, None)))
    assert (found.has_word_times, found.has_turn_times) == (False, False)
    assert found.warnings[0].args == {"missing": 1, "count": 2}


# --- law (Hypothesis) -------------------------------------------------------------------------------------------------

TIMES = st.floats(min_value=0, max_value=3600, allow_nan=False)
SPOKEN = st.lists(
    st.builds(
        SpokenWord,
        st.sampled_from(["ei", "joo", "lasku", "Selvä."]),
        TIMES,
        TIMES,
        st.none(),
        st.sampled_from([A, C]),
    ),
    min_size=1,
    max_size=30,
)


def _orderly(words: list[SpokenWord]) -> Piece:
    ordered = sorted(words, key=lambda word: word.start or 0.0)
    return checked([Piece(tuple(ordered))], duration_s=None)[0][0]


@given(SPOKEN)
def test_every_word_is_in_one_turn_of_its_own_role(words: list[SpokenWord]) -> None:
    turns = turns_of([_orderly(words)], ROLES)
    for who, role in ((A, "agent"), (C, "customer")):
        spoken = [word.text for turn in turns if turn.role == role for word in turn.words]
        assert sorted(spoken) == sorted(word.text for word in words if word.speaker == who)


@given(SPOKEN, st.floats(min_value=0, max_value=100))
def test_a_shift_in_time_moves_turns_and_nothing_else(words: list[SpokenWord], shift: float) -> None:
    piece = _orderly([SpokenWord(w.text, round(w.start or 0), round(w.end or 0), None, w.speaker) for w in words])
    moved = Piece(
        tuple(
            SpokenWord(w.text, (w.start or 0) + round(shift), (w.end or 0) + round(shift), None, w.speaker)
            for w in piece.words
        )
    )
    before, after = turns_of([piece], ROLES), turns_of([moved], ROLES)
    assert [[word.text for word in turn.words] for turn in before] == [
        [word.text for word in turn.words] for turn in after
    ]
    for one, other in zip(before, after, strict=True):
        assert one.segment is not None
        assert other.segment is not None
        assert other.segment.start == one.segment.start + round(shift)


@given(SPOKEN)
def test_swapping_the_channels_swaps_the_roles_and_nothing_else(words: list[SpokenWord]) -> None:
    piece = _orderly(words)
    swapped: dict[Speaker | None, Role] = {A: "customer", C: "agent", None: "agent"}
    other = {"agent": "customer", "customer": "agent"}
    here, there = turns_of([piece], ROLES), turns_of([piece], swapped)
    assert [(other[turn.role], turn.words) for turn in here] == [(turn.role, turn.words) for turn in there]
