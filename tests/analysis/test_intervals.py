"""Arithmetic on stretches of time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intervals import (
    dropped,
    gaps,
    intersection,
    joined,
    mask_of,
    moved,
    near,
    of_mask,
    overlap_s,
    subtracted,
    total,
    union,
)
from analysis.types import Segment, Segments


def spans(*pairs: tuple[float, float]) -> Segments:
    return tuple(Segment(start, end) for start, end in pairs)


@st.composite
def disjoint(draw: st.DrawFn) -> Segments:
    """Sorted, disjoint segments on a grid of a quarter of a second, which floats hold exactly."""
    edges = sorted(draw(st.sets(st.integers(0, 80), max_size=16)))
    return tuple(Segment(a / 4, b / 4) for a, b in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def any_segments(draw: st.DrawFn) -> Segments:
    pairs = draw(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 20)), max_size=12))
    return tuple(Segment(start / 4, (start + length) / 4) for start, length in pairs)


def quarters(segments: Segments) -> set[int]:
    """The quarter seconds that the segments cover: the same algebra on plain sets."""
    return {k for s in segments for k in range(round(4 * s.start), round(4 * s.end))}


# --- known answer ---


def test_total_adds_lengths() -> None:
    assert total(spans((0, 1.5), (2, 2.25))) == 1.75


def test_joined_closes_only_shorter_gaps_and_sorts() -> None:
    assert joined(spans((3, 4), (0, 1), (1.25, 2)), gap_s=0.5) == spans((0, 2), (3, 4))
    assert joined(spans((0, 1), (1.5, 2)), gap_s=0.5) == spans((0, 1), (1.5, 2))


def test_joined_keeps_the_longer_end_of_nested_segments() -> None:
    assert joined(spans((0, 5), (1, 2), (5.1, 6)), gap_s=0.2) == spans((0, 6))


def test_union_makes_touching_segments_one() -> None:
    assert union(spans((0, 1)), spans((1, 2), (3, 4))) == spans((0, 2), (3, 4))


def test_dropped_keeps_a_segment_of_exactly_the_length() -> None:
    assert dropped(spans((0, 0.5), (1, 1.25)), shorter_than_s=0.5) == spans((0, 0.5))
    assert dropped(
        spans(
            (0.1, 0.35),
        ),
        shorter_than_s=0.25,
    ) == spans((0.1, 0.35))


def test_moved_is_kept_inside_and_drops_what_vanishes() -> None:
    assert moved(spans((0.5, 1), (2, 2.25), (9, 10)), start_s=-1, end_s=0.5, limit=10) == spans(
        (0, 1.5), (1, 2.75), (8, 10)
    )
    assert moved(spans((1, 1.5), (2, 4)), start_s=0.25, end_s=-0.5, limit=10) == spans((2.25, 3.5))


def test_intersection_subtraction_and_gaps() -> None:
    first, second = spans((0, 4), (6, 8)), spans((1, 2), (3, 7))
    assert intersection(first, second) == spans((1, 2), (3, 4), (6, 7))
    assert subtracted(first, second) == spans((0, 1), (2, 3), (7, 8))
    assert gaps(first) == spans((4, 6))
    assert gaps(spans((0, 1), (1, 2))) == ()
    assert overlap_s(Segment(3.5, 6.5), first) == 1.0


def test_of_mask_puts_each_value_in_the_middle_of_its_cell() -> None:
    assert of_mask(np.array([False, True, True, False]), step_s=1.0) == spans((0.5, 2.5))
    assert of_mask(np.array([True, False, False, True]), step_s=1.0) == spans((0, 0.5), (2.5, 3.5))
    assert of_mask(np.zeros(4, np.bool_), step_s=1.0) == ()
    assert of_mask(np.zeros(0, np.bool_), step_s=1.0) == ()


def test_mask_of_is_half_open() -> None:
    assert mask_of(spans((1, 3)), count=5, step_s=1.0).tolist() == [False, True, True, False, False]
    assert mask_of(spans((0.07, 0.1)), count=12, step_s=0.01).nonzero()[0].tolist() == [7, 8, 9]
    assert mask_of(spans((3, 99)), count=5, step_s=1.0).tolist() == [False, False, False, True, True]


# --- law ---


@given(any_segments(), any_segments())
def test_union_covers_what_either_covers_and_is_sorted(first: Segments, second: Segments) -> None:
    result = union(first, second)
    assert quarters(result) == quarters(first) | quarters(second)
    assert all(a.end < b.start for a, b in zip(result, result[1:], strict=False))


@given(disjoint(), disjoint())
def test_what_is_near_is_all_that_shares_time(first: Segments, second: Segments) -> None:
    for segment in first:
        assert intersection((segment,), near(segment, second)) == intersection((segment,), second)
        assert len(near(segment, second)) <= len(intersection((segment,), second)) + 1


@given(any_segments())
def test_union_is_idempotent(segments: Segments) -> None:
    once = union(segments)
    assert union(once, once) == once
    assert union(once) == once


@given(disjoint(), disjoint())
def test_intersection_and_subtraction_part_the_first(first: Segments, second: Segments) -> None:
    inside, outside = intersection(first, second), subtracted(first, second)
    assert quarters(inside) == quarters(first) & quarters(second)
    assert quarters(outside) == quarters(first) - quarters(second)
    assert total(inside) + total(outside) == pytest.approx(total(first))
    assert intersection(inside, outside) == ()


@given(disjoint(), disjoint())
def test_intersection_does_not_mind_the_order(first: Segments, second: Segments) -> None:
    assert intersection(first, second) == intersection(second, first)


@given(disjoint())
def test_segments_and_their_gaps_fill_the_whole(segments: Segments) -> None:
    between = gaps(segments)
    if segments:
        assert total(segments) + total(between) == pytest.approx(segments[-1].end - segments[0].start)
    assert intersection(segments, between) == ()


@given(any_segments(), st.integers(0, 8))
def test_joined_leaves_no_short_gap_and_adds_no_long_one(segments: Segments, gap: int) -> None:
    result = joined(segments, gap_s=gap / 4)
    assert all(b.start - a.end >= gap / 4 for a, b in zip(result, result[1:], strict=False))
    assert quarters(segments) <= quarters(result)
    assert joined(result, gap_s=gap / 4) == result


@given(disjoint(), st.integers(0, 20))
def test_moving_all_edges_one_way_is_a_shift(segments: Segments, shift: int) -> None:
    shifted = moved(segments, start_s=shift / 4, end_s=shift / 4, limit=1e6)
    assert shifted == tuple(Segment(s.start + shift / 4, s.end + shift / 4) for s in segments)


@given(st.lists(st.booleans(), max_size=60), st.sampled_from([0.01, 0.02, 0.1]))
def test_a_mask_survives_the_way_to_segments_and_back(mask: list[bool], step_s: float) -> None:
    values = np.array(mask, np.bool_)
    back = mask_of(of_mask(values, step_s=step_s), count=len(values), step_s=step_s)
    assert back.tolist() == mask
