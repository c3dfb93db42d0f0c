"""The recognition side of the bench, under the names ``asr`` and ``people_fillers``; it needs the base model."""

from __future__ import annotations

from collections.abc import Iterator

from tests.accuracy import asr_invented, asr_openings, asr_rate, people_fillers
from tests.accuracy.asr_lines import lines_of
from tests.accuracy.asr_speech import VOICES
from tests.accuracy.rows import Order, Row, case


@case("asr")
def recognition(order: Order) -> list[Row]:
    """Openings, rate, letters, CPU and invented words; letters and CPU over two lines; in the quick form one voice over one."""
    return list(_quick(order) if order.quick else _whole(order))


def _quick(order: Order) -> Iterator[Row]:
    yield from asr_openings.rows(order.split, voices=("espeak-fi+m3",), conditions=("clean",))


def _whole(order: Order) -> Iterator[Row]:
    lines = lines_of(order)
    voices = (*VOICES, *asr_openings.EXTRA_OF[order.split])
    yield from asr_openings.rows(order.split, voices=voices, conditions=lines)
    yield from asr_rate.rate_rows(order.split, conditions=lines)
    if not order.own:
        return
    yield from asr_rate.cost_rows(order.split)
    yield from asr_invented.rows(order.split)


@case("people_fillers")
def fillers_of_people(order: Order) -> list[Row]:
    """Hesitation sounds of real people; there is one set of them, so the splits differ in babble and made speech alone."""
    return [] if order.quick else list(people_fillers.rows(order))
