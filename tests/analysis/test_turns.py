"""The agent's own turns, and the pauses inside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intervals import intersection, total
from analysis.turns import own_pauses, runs_of, turns_of
from analysis.types import Segment, Segments


def spans(*pairs: tuple[float, float]) -> Segments:
    return tuple(Segment(start, end) for start, end in pairs)


# --- known answer ---


def test_a_pause_is_a_quarter_of_a_second_or_longer() -> None:
    assert own_pauses(spans((0, 1), (1.24, 2), (2.25, 3)), ()) == spans((2, 2.25))
    # 0.35 - 0.1 is a shade under 0.25 in floats
    assert own_pauses(spans((0, 0.1), (0.35, 1)), ()) == spans((0.1, 0.35))


def test_the_time_in_which_the_customer_speaks_is_no_pause() -> None:
    speech = spans((0, 1), (3, 4), (6, 7))
    assert own_pauses(speech, spans((1.5, 2.5), (4.5, 4.7))) == spans((4, 6))
    assert own_pauses(speech, spans((0.2, 0.9))) == spans((1, 3), (4, 6))


def test_short_words_of_the_customer_add_up() -> None:
    assert own_pauses(spans((0, 1), (3, 4)), spans((1.2, 1.35), (2, 2.15))) == ()


def test_a_long_gap_ends_the_turn_sooner_where_the_customer_cannot_be_heard() -> None:
    speech = spans((0, 1), (4, 5), (8.5, 9), (39, 40), (70.5, 71))
    assert own_pauses(speech, None) == spans((1, 4))
    assert own_pauses(speech, ()) == spans((1, 4), (5, 8.5), (9, 39))


def test_a_turn_is_speech_with_its_pauses_and_short_gaps() -> None:
    speech = spans((0, 1), (1.2, 2), (2.5, 3), (6, 7))
    assert turns_of(speech, spans((2, 2.5))) == spans((0, 3), (6, 7))


def test_a_run_ends_at_a_pause_and_goes_on_over_a_short_gap() -> None:
    speech = spans((0, 1), (1.2, 2), (2.5, 3), (6, 7))
    assert runs_of(speech, spans((2, 2.5))) == spans((0, 2), (2.5, 3), (6, 7))


def test_without_speech_there_is_nothing() -> None:
    assert own_pauses((), None) == turns_of((), ()) == runs_of((), ()) == ()


# --- law ---


@st.composite
def speakers(draw: st.DrawFn) -> Segments:
    """Sorted, disjoint, on a grid of an eighth of a second."""
    edges = sorted(draw(st.sets(st.integers(0, 400), max_size=24)))
    return tuple(Segment(a / 8, b / 8) for a, b in zip(edges[::2], edges[1::2], strict=False))


@given(speakers(), speakers())
def test_pauses_lie_between_the_speech_and_inside_the_turns(speech: Segments, customer: Segments) -> None:
    pauses = own_pauses(speech, customer)
    turns = turns_of(speech, pauses)
    assert intersection(pauses, speech) == ()
    assert total(intersection(pauses, turns)) == pytest.approx(total(pauses))
    assert total(intersection(speech, turns)) == pytest.approx(total(speech))
    assert all(0.25 <= pause.duration <= 30 for pause in pauses)


@given(speakers(), speakers())
def test_there_is_one_run_more_than_pauses_in_each_turn(speech: Segments, customer: Segments) -> None:
    pauses = own_pauses(speech, customer)
    assert len(runs_of(speech, pauses)) == len(pauses) + len(turns_of(speech, pauses))


@given(speakers(), speakers())
def test_a_customer_who_speaks_more_never_adds_pauses(speech: Segments, customer: Segments) -> None:
    assert set(own_pauses(speech, customer)) <= set(own_pauses(speech, ()))


@given(speakers(), speakers(), st.integers(0, 800))
def test_a_shift_in_time_moves_pauses_and_runs(speech: Segments, customer: Segments, eighths: int) -> None:
    def later(segments: Segments) -> Segments:
        return tuple(Segment(s.start + eighths / 8, s.end + eighths / 8) for s in segments)

    pauses = own_pauses(speech, customer)
    assert own_pauses(later(speech), later(customer)) == later(pauses)
    assert runs_of(later(speech), later(pauses)) == later(runs_of(speech, pauses))
    assert turns_of(later(speech), later(pauses)) == later(turns_of(speech, pauses))
