"""What a recognised word explains of the speech around it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.frames import FrameLevels
from analysis.types import Segment, Segments, Word
from analysis.word_cover import beyond_word, cover_of, dips_of, own_parts, pace_of
from tests.analysis.made_levels import amplified, levels_of_db

WORD = (Segment(0.5, 1.0),)
AFTER = Segment(1.0, 1.6)


def covered(text: str, start: float, end: float, *speech: tuple[float, float]) -> list[float]:
    parts = cover_of([Word(text, Segment(start, end))], tuple(Segment(*one) for one in speech))
    return [edge for part in parts for edge in (part.start, part.end)]


def voice(*dips: tuple[float, float, float]) -> FrameLevels:
    """Two seconds at -20 dBFS, with dips: start, end, depth in dB."""
    db = np.full(200, -20.0)
    for start, end, depth in dips:
        db[round(start * 100) : round(end * 100)] -= depth
    return levels_of_db(db)


# known answer


def test_a_short_word_with_a_long_silence_inside_is_only_its_last_piece() -> None:
    assert covered("se", 1.0, 1.55, (0.5, 1.2), (1.5, 2.0)) == pytest.approx([1.2, 1.55])


def test_a_stop_may_be_closed_for_a_quarter_of_a_second() -> None:
    assert covered("katto", 1.0, 1.55, (0.5, 1.2), (1.4, 2.0)) == [1.0, 1.55]


def test_a_word_broken_off_and_resumed_has_its_silences_itself() -> None:
    speech = ((0.8, 1.5), (2.5, 3.0))
    assert covered("Mon...tree", 0.8, 3.0, *speech) == [0.8, 3.0]
    assert covered("Mon…tree", 0.8, 3.0, *speech) == [0.8, 3.0]
    assert covered("Montree...", 0.8, 3.0, *speech) == pytest.approx([1.5, 3.0])


def test_a_word_recognised_before_its_last_syllable_has_that_too() -> None:
    # three syllables take 0.45 s
    assert covered("ikkuna", 1.0, 1.2, (0.5, 2.0)) == pytest.approx([1.0, 1.45])
    assert covered("ikkuna", 1.0, 1.6, (0.5, 2.0)) == pytest.approx([1.0, 1.6])


def test_a_word_lasts_as_long_as_its_syllables_at_the_pace_of_the_speech() -> None:
    # 40 syllables in 10 s are 0.25 s each, 0.3 before a pause; of 18 the pace cannot be told, and 0.15 s is supposed.
    words = [Word("talo", Segment(0.5 * k, 0.5 * k + 0.5)) for k in range(20)]
    assert pace_of(words, (Segment(0.0, 10.0),)) == pytest.approx(0.3)
    assert pace_of(words, (Segment(0.0, 6.0),)) == pytest.approx(0.18)
    assert pace_of(words, (Segment(0.0, 3.0),)) == pytest.approx(0.15)
    assert pace_of(words, (Segment(0.0, 30.0),)) == pytest.approx(0.3)
    assert pace_of(words[:9], (Segment(0.0, 4.5),)) == pytest.approx(0.15)
    early = [*words[:-1], Word("talo", Segment(9.5, 9.7))]
    assert cover_of(early, (Segment(0.0, 10.3),))[-1].end == pytest.approx(10.1)


def test_a_long_word_at_a_slow_pace_covers_itself_and_nothing_beyond_its_run() -> None:
    word, told = Word("asiakaspalvelijanamme"), Segment(1.0, 2.9)
    speech = (Segment(1.0, 2.9), Segment(3.1, 5.0))
    assert own_parts(word, told, speech, shortest_syllable_s=0.3) == (told,)
    longer = own_parts(word, told, (Segment(1.0, 3.5), Segment(3.7, 5.0)), shortest_syllable_s=0.3)
    assert longer == (Segment(1.0, 3.5),)


def test_digits_are_counted_as_they_are_said() -> None:
    numbers = [Word("0401234567", Segment(4.0 * k, 4.0 * k + 4.0)) for k in range(5)]
    assert pace_of(numbers, (Segment(0.0, 20.0),)) < 0.25


def test_a_word_squeezed_to_nothing_covers_nothing() -> None:
    assert own_parts(Word("joo"), Segment(1.0, 1.0), (Segment(0.0, 2.0),)) == ()


def test_what_goes_on_from_a_word_without_a_break_is_its_drawn_out_end() -> None:
    assert beyond_word(AFTER, WORD, voice()).duration == 0
    assert beyond_word(AFTER, WORD, voice((1.05, 1.15, 3.0))).duration == 0


def test_what_sets_in_anew_is_a_sound_of_its_own() -> None:
    assert beyond_word(AFTER, WORD, voice((1.0, 1.08, 20.0))).start == pytest.approx(1.08, abs=0.02)
    # the drawn-out end is the word's, what follows the closure is not
    assert beyond_word(AFTER, WORD, voice((1.2, 1.28, 20.0))).start == pytest.approx(1.28, abs=0.02)
    assert beyond_word(AFTER, WORD, voice((1.2, 1.28, 20.0))).end == AFTER.end


def test_a_consonant_inside_the_word_is_not_its_end() -> None:
    assert beyond_word(AFTER, WORD, voice((0.8, 0.9, 20.0))).duration == 0


def test_a_sound_after_silence_belongs_to_no_word() -> None:
    assert beyond_word(Segment(1.2, 1.6), WORD, voice()) == Segment(1.2, 1.6)


def test_the_beats_of_a_creaky_voice_are_no_dips() -> None:
    beats = np.where(np.arange(100) % 4 < 2, -20.0, -28.0).astype(np.float32)
    assert not dips_of(beats, dip_db=6.0, frames=5).any()
    assert dips_of(beats, dip_db=6.0, frames=1).any()
    creak = np.full(200, -20.0)
    creak[80:] = np.resize([-20.0, -20.0, -28.0, -28.0], 120)
    assert beyond_word(AFTER, WORD, levels_of_db(creak)).duration == 0


# law

LEVELS = st.lists(st.integers(-60, -10), min_size=160, max_size=160)


@given(LEVELS, st.floats(-20, 10))
def test_a_gain_moves_no_end(db: list[int], gain_db: float) -> None:
    levels = levels_of_db([value + 0.25 * (i % 3) for i, value in enumerate(db)])
    strong = amplified(levels, round(gain_db))
    assert beyond_word(AFTER, WORD, strong) == beyond_word(AFTER, WORD, levels)


@given(LEVELS)
def test_what_is_left_is_the_last_part_and_what_a_deep_dip_parts_a_shallow_one_parts(db: list[int]) -> None:
    rest = beyond_word(AFTER, WORD, levels_of_db(db))
    assert AFTER.start <= rest.start <= rest.end == AFTER.end
    assert rest.duration > 0 or beyond_word(AFTER, WORD, levels_of_db(db), dip_db=12.0).duration == 0


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=6),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=6),
)
def test_cover_is_sorted_and_apart_whatever_the_words(told: list[tuple[int, int]], talk: list[tuple[int, int]]) -> None:
    words = [Word("kaksi", Segment(a / 10, (a + b) / 10)) for a, b in told]
    speech: Segments = ()
    for a, b in sorted(talk):
        if not speech or a / 10 > speech[-1].end:
            speech = (*speech, Segment(a / 10, (a + b) / 10))
    cover = cover_of(words, speech)
    assert all(before.end < after.start for before, after in zip(cover[:-1], cover[1:], strict=True))


def test_a_word_of_a_long_call_costs_no_more_than_one_of_a_short_call() -> None:
    """Law: the sequences are looked into by halving; 64 times as many words look at a few more places each."""

    class Counted(tuple):  # type: ignore[type-arg]
        looks = 0

        def __getitem__(self, key: object) -> object:
            if isinstance(key, int):
                Counted.looks += 1
            return super().__getitem__(key)  # type: ignore[index]

        def __iter__(self) -> object:
            Counted.looks += len(self)
            return super().__iter__()

    def looks_of(count: int) -> float:
        speech = Counted(Segment(2.0 * k, 2.0 * k + 1.5) for k in range(count))
        Counted.looks = 0
        for k in range(count):
            own_parts(Word("talo", Segment(2.0 * k, 2.0 * k + 1.0)), Segment(2.0 * k, 2.0 * k + 1.0), speech)
        return Counted.looks / count

    assert looks_of(6400) < looks_of(100) + 20
