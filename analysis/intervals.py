"""Arithmetic on stretches of time: join, drop, move, intersect, subtract."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from analysis.types import Segment, Segments


def total(segments: Iterable[Segment]) -> float:
    """Summed length in seconds."""
    return sum(segment.duration for segment in segments)


def joined(segments: Iterable[Segment], *, gap_s: float) -> Segments:
    """Segments with gaps shorter than `gap_s` seconds closed; input in any order, output sorted and disjoint."""
    result: list[Segment] = []
    for segment in sorted(segments):
        if result and segment.start - result[-1].end < gap_s:
            result[-1] = Segment(result[-1].start, max(result[-1].end, segment.end))
        else:
            result.append(segment)
    return tuple(result)


def union(*groups: Iterable[Segment]) -> Segments:
    """Time covered by any of the groups; segments that touch become one."""
    return joined((segment for group in groups for segment in group), gap_s=1e-9)


def dropped(segments: Iterable[Segment], *, shorter_than_s: float) -> Segments:
    """Segments without those shorter than `shorter_than_s` seconds."""
    return tuple(segment for segment in segments if segment.duration >= shorter_than_s - 1e-9)


def moved(segments: Iterable[Segment], *, start_s: float, end_s: float, limit: float) -> Segments:
    """Segments with every start moved by `start_s` and every end by `end_s` seconds, kept inside 0 to `limit`."""
    result = []
    for segment in segments:
        start = min(max(0.0, segment.start + start_s), limit)
        end = min(max(0.0, segment.end + end_s), limit)
        if end > start:
            result.append(Segment(start, end))
    return tuple(result)


def intersection(first: Sequence[Segment], second: Sequence[Segment]) -> Segments:
    """Time covered by both of two sorted, disjoint sequences."""
    result: list[Segment] = []
    i = j = 0
    while i < len(first) and j < len(second):
        start, end = max(first[i].start, second[j].start), min(first[i].end, second[j].end)
        if end > start:
            result.append(Segment(start, end))
        if first[i].end < second[j].end:
            i += 1
        else:
            j += 1
    return tuple(result)


def near(segment: Segment, others: Sequence[Segment]) -> Sequence[Segment]:
    """Those of a sorted, disjoint sequence that may share time with a segment, found by halving: few of very many."""
    first = bisect_right(others, segment.start, key=attrgetter("start")) - 1
    return others[max(0, first) : bisect_left(others, segment.end, key=attrgetter("start"))]


def subtracted(segments: Sequence[Segment], holes: Sequence[Segment]) -> Segments:
    """Time of `segments` that no hole covers; both sorted and disjoint."""
    result: list[Segment] = []
    j = 0
    for segment in segments:
        start = segment.start
        while j < len(holes) and holes[j].end <= start:
            j += 1
        k = j
        while k < len(holes) and holes[k].start < segment.end:
            if holes[k].start > start:
                result.append(Segment(start, holes[k].start))
            start = max(start, holes[k].end)
            k += 1
        if start < segment.end:
            result.append(Segment(start, segment.end))
    return tuple(result)


def gaps(segments: Sequence[Segment]) -> Segments:
    """Stretches between neighbours of a sorted, disjoint sequence."""
    return tuple(
        Segment(before.end, after.start)
        for before, after in zip(segments, segments[1:], strict=False)
        if after.start > before.end
    )


def overlap_s(segment: Segment, others: Sequence[Segment]) -> float:
    """Seconds of `segment` that a sorted, disjoint sequence covers."""
    return total(intersection((segment,), near(segment, others)))


def of_mask(mask: npt.NDArray[np.bool_], *, step_s: float) -> Segments:
    """Runs of True on a grid whose value i stands for ``[i - 0.5, i + 0.5) * step_s``, from 0 on."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return tuple(
        Segment(max(0.0, (start - 0.5) * step_s), (end - 0.5) * step_s)
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        if end > start and (end - 0.5) * step_s > 0
    )


def mask_of(segments: Iterable[Segment], *, count: int, step_s: float) -> npt.NDArray[np.bool_]:
    """Grid of `count` values, True where a value's time ``i * step_s`` lies inside a segment."""
    mask = np.zeros(count, dtype=np.bool_)
    for segment in segments:
        first = int(np.ceil(segment.start / step_s - 1e-9))
        last = int(np.ceil(segment.end / step_s - 1e-9))
        mask[max(0, first) : max(0, last)] = True
    return mask
