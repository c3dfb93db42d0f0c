"""Word times inside a timed turn: shared out over the speech by syllables, and nothing that is known is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.placing import placed
from analysis.types import Segment, Segments, Turn, Word


def spans(*pairs: tuple[float, float]) -> Segments:
    return tuple(Segment(start, end) for start, end in pairs)


def turn(text: str, start: float = 1.0, end: float = 5.0, role: str = "agent") -> Turn:
    return Turn(role, tuple(Word(word) for word in text.split()), Segment(start, end))  # type: ignore[arg-type]


def times(one: Turn) -> list[tuple[float, float]]:
    assert all(word.segment for word in one.words)
    return [(round(w.segment.start, 6), round(w.segment.end, 6)) for w in one.words if w.segment]


# --- known answer -----------------------------------------------------------------------------------------------------


def test_words_take_time_by_their_syllables() -> None:
    [found] = placed((turn("hei kuulemiin"),), spans((1.0, 5.0)))
    assert times(found) == [(1.0, 2.0), (2.0, 5.0)]


def test_words_are_put_on_the_speech_and_not_into_the_pause() -> None:
    """Four syllables in two stretches of a second: a word ends where the first stretch does, the next starts after."""
    [found] = placed((turn("anna tulla"),), spans((1.0, 2.0), (4.0, 5.0)))
    assert times(found) == [(1.0, 2.0), (4.0, 5.0)]


def test_a_word_may_go_on_over_a_pause() -> None:
    [found] = placed((turn("hei anna ei", end=6.0),), spans((1.0, 3.0), (4.0, 6.0)))
    assert times(found) == [(1.0, 2.0), (2.0, 5.0), (5.0, 6.0)]


def test_a_turn_is_given_a_third_of_a_second_of_slack() -> None:
    [found] = placed((turn("hei hei"),), spans((0.2, 5.9)))
    assert times(found) == [(0.7, 3.0), (3.0, 5.3)]
    [exact] = placed((turn("hei hei"),), spans((0.2, 5.9)), slack_s=0.0)
    assert times(exact) == [(1.0, 3.0), (3.0, 5.0)]


def test_a_number_takes_as_long_as_it_is_said() -> None:
    """12 is kak-si-tois-ta."""
    [found] = placed((turn("hei 12"),), spans((1.0, 6.0)), slack_s=0.0)
    assert times(found)[0] == (1.0, 1.8)


def test_without_speech_the_turns_own_time_is_used() -> None:
    [found] = placed((turn("hei hei"),), ())
    assert times(found) == [(1.0, 3.0), (3.0, 5.0)]


def test_what_is_known_stays() -> None:
    timed = Turn("agent", (Word("hei", Segment(1.1, 1.3), 0.9), Word("taas", Segment(1.3, 1.9))), Segment(1, 2))
    untimed = Turn("agent", (Word("hei"),))
    customer = turn("no hei", role="customer")
    empty = Turn("agent", (), Segment(1, 2))
    instant = turn("hei hei", 2.0, 2.0)
    turns = (timed, untimed, empty)
    assert placed(turns, spans((0.0, 9.0))) == turns
    [spread] = placed((customer,), spans((0.0, 9.0)))
    assert spread.words[0].segment is not None
    assert placed((instant,), ()) == (instant,)


def test_one_known_time_in_a_turn_stays() -> None:
    known = Word("hei", Segment(1.5, 1.7), 0.8)
    [found] = placed((Turn("agent", (known, Word("taas")), Segment(1, 4)),), spans((1.0, 4.0)))
    assert found.words[0] == known
    assert found.words[1].segment is not None


# --- law --------------------------------------------------------------------------------------------------------------

stretches = st.lists(st.tuples(st.integers(0, 8), st.integers(1, 24)), max_size=6).map(
    lambda pieces: _apart([(gap / 8 + 0.125, length / 8) for gap, length in pieces])
)


def _apart(pieces: list[tuple[float, float]]) -> Segments:
    at, made = 0.0, []
    for gap, length in pieces:
        made.append(Segment(at + gap, at + gap + length))
        at += gap + length
    return tuple(made)


@given(
    st.lists(st.sampled_from(["hei", "kuulemiin", "12", "öö", "-", "asiakaspalvelu"]), min_size=1, max_size=9),
    stretches,
)
def test_words_follow_one_another_inside_the_turn_and_lie_on_speech(texts: list[str], speech: Segments) -> None:
    [found] = placed((turn(" ".join(texts), 1.0, 6.0),), speech)
    assert [word.text for word in found.words] == texts
    pairs = times(found)
    assert all(start <= end for start, end in pairs)
    assert all(before[1] <= after[0] + 1e-6 for before, after in zip(pairs, pairs[1:], strict=False))
    assert pairs[0][0] >= 0.7 - 1e-6
    assert pairs[-1][1] <= 6.3 + 1e-6
    inside = [s for s in speech if s.end > 0.7 and s.start < 6.3]
    if inside:
        for start, end in pairs:
            assert any(s.start - 1e-6 <= start <= s.end + 1e-6 for s in inside)
            assert any(s.start - 1e-6 <= end <= s.end + 1e-6 for s in inside)


@given(st.floats(0, 50).map(lambda value: round(value, 2)))
def test_a_shift_in_time_shifts_the_words(seconds: float) -> None:
    speech = spans((2.0, 3.0), (3.5, 5.0))
    moved = tuple(Segment(s.start + seconds, s.end + seconds) for s in speech)
    [found] = placed((turn("hyvää huomenta taas", 2, 5),), speech)
    [later] = placed((turn("hyvää huomenta taas", 2 + seconds, 5 + seconds),), moved)
    for before, after in zip(times(found), times(later), strict=True):
        assert after == pytest.approx((before[0] + seconds, before[1] + seconds), abs=1e-5)


def test_a_customers_words_are_spread_over_the_whole_turn() -> None:
    turns = (turn("hei"), turn("no hei", 5, 6, role="customer"), turn("kiitos", 6, 7))
    found = placed(turns, spans((1.0, 2.0), (6.0, 7.0)))
    assert times(found[1]) == [(5.0, 5.5), (5.5, 6.0)]
    assert times(found[0]) == [(1.0, 2.0)]
    assert times(found[2]) == [(6.0, 7.0)]
