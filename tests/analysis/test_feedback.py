"""Feedback: strengths first, and one thing to work on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.catalogue import BY_NAME, CATALOGUE
from analysis.feedback import FOCUS_WEIGHTS, STRENGTH_ORDER, focus_of, strengths_of
from analysis.types import Evidence, Finding, Measure, Message, Norm, Segment


def finding(
    name: str, value: float, low: float | None, high: float | None, *, confidence="good", error=None, evidence=()
):
    """A measure of the catalogue held against a band."""
    unit = BY_NAME[name].unit
    measure = Measure(name, value, unit, tuple(evidence), confidence=confidence, typical_error=error)
    norm = Norm(name, low, high, unit, "house rule")
    verdict = "below" if low is not None and value < low else "above" if high is not None and value > high else "within"
    return Finding(measure, norm, verdict)


def place(start: float, end: float, *, tier=None, note: str | None = None) -> Evidence:
    """A stretch to listen to."""
    return Evidence(Segment(start, end), tier=tier, note=None if note is None else Message(note))


# --- known answer ---


def test_strengths_come_from_different_groups_first() -> None:
    good = [
        finding("speech_rate", 4, 3, 5), finding("articulation_rate", 5, 4, 6), finding("words_per_minute", 100, 80, 140),
        finding("pause_rate", 12, 8, 20), finding("f0_range", 9, 6, 14),
    ]  # fmt: skip
    assert [strength.measure for strength in strengths_of(good)] == ["articulation_rate", "f0_range", "pause_rate"]
    assert [strength.measure for strength in strengths_of(good, most=5)][3:] == ["speech_rate", "words_per_minute"]
    assert strengths_of(good)[0].message == Message("strength-articulation_rate", {"value": 5})


def test_one_group_alone_may_give_more_than_one() -> None:
    good = [finding("articulation_rate", 5, 4, 6), finding("speech_rate", 4, 3, 5)]
    assert [strength.measure for strength in strengths_of(good)] == ["articulation_rate", "speech_rate"]


def test_one_good_pause_is_no_merit_where_there_are_too_few() -> None:
    few = [
        finding("pause_rate", 2, 8, 20),
        finding("mean_pause_duration", 0.43, 0.3, 0.9),
        finding("filled_pause_rate", 0, None, 2),
    ]
    assert [strength.measure for strength in strengths_of(few)] == ["filled_pause_rate"]
    # Something that goes well is always said first, even where its group wants work.
    assert [strength.measure for strength in strengths_of(few[:2])] == ["mean_pause_duration"]


def test_a_poor_measurement_is_neither_praised_nor_criticised() -> None:
    poor = [
        finding("articulation_rate", 5, 4, 6, confidence="poor"),
        finding("ei_openings", 4, None, 0, confidence="poor"),
    ]
    assert strengths_of(poor) == ()
    assert focus_of(poor) is None


def test_what_was_not_measured_is_passed_over() -> None:
    absent = Measure("pause_rate", None, "1/min", reason=Message("reason-no-speech"))
    assert strengths_of([Finding(absent, None, "not measured")]) == ()
    assert focus_of([Finding(absent, None, "not measured")]) is None


def test_openings_with_ei_come_before_all_else() -> None:
    findings = [
        finding("articulation_rate", 6.4, 4, 6.2),
        finding("ei_openings", 2, None, 0),
        finding("f0_range", 5, 6, 14),
    ]
    focus = focus_of(findings)
    assert focus is not None
    assert focus.measure == "ei_openings"
    assert focus.message == Message("focus-ei_openings-above", {"value": 2, "bound": 0})
    assert focus.try_message == Message("try-ei_openings-above")


def test_far_outside_outweighs_a_little_outside() -> None:
    findings = [finding("filled_pause_rate", 4.1, None, 4.0), finding("f0_range", 2.0, 6.0, 10.0)]
    focus = focus_of(findings)
    assert focus is not None
    assert focus.message.id == "focus-f0_range-below"
    assert focus.message.args == {"value": 2.0, "bound": 6.0}


def test_less_than_the_typical_error_outside_counts_for_less() -> None:
    findings = [finding("articulation_rate", 6.3, 4.0, 6.2, error=0.2), finding("level_range", 6.0, 8.0, 18.0)]
    focus = focus_of(findings)
    assert focus is not None
    assert focus.measure == "level_range"


def test_nothing_outside_means_no_focus() -> None:
    assert focus_of([finding("pause_rate", 12, 8, 20), finding("f0_range", 9, 6, None)]) is None
    assert focus_of([]) is None


def test_own_natural_pitch_is_never_a_fault() -> None:
    assert focus_of([finding("f0_median", 320, 100, 250), finding("phonation_time", 900, None, 100)]) is None
    assert strengths_of([finding("f0_median", 150, 100, 250)]) == ()


def test_listen_to_the_safe_places_first_in_the_order_of_time() -> None:
    evidence = [
        place(30, 31, tier="check"),
        place(50, 51, tier="certain"),
        place(10, 11, tier="check"),
        place(5, 6, tier="certain"),
    ]
    focus = focus_of([finding("ei_openings", 4, None, 0, evidence=evidence)])
    assert focus is not None
    assert focus.listen == (Segment(5, 6), Segment(30, 31), Segment(50, 51))


def test_listen_leaves_out_the_other_side_and_what_has_no_time() -> None:
    evidence = [
        place(3, 9, note="note-slow-stretch"),
        place(20, 26, note="note-fast-stretch"),
        Evidence(text="ei aikaa"),
    ]
    focus = focus_of([finding("articulation_rate", 7.5, 4, 6.2, evidence=evidence)])
    assert focus is not None
    assert focus.listen == (Segment(20, 26),)


def test_long_pauses_are_shown_by_their_length() -> None:
    evidence = [place(1, 1.3), place(4, 6), place(9, 9.4), place(12, 15), place(20, 21)]
    focus = focus_of([finding("pause_ratio", 0.6, 0.1, 0.4, evidence=evidence)])
    assert focus is not None
    assert focus.listen == (Segment(4, 6), Segment(12, 15), Segment(20, 21))


def test_a_measure_without_places_is_shown_by_its_kin() -> None:
    pauses = [place(1, 1.3), place(4, 6), place(9, 9.4), place(12, 15)]
    findings = [finding("mean_pause_duration", 3, 0.3, 1.2), finding("pause_rate", 12, 8, 20, evidence=pauses)]
    focus = focus_of(findings)
    assert focus is not None
    assert focus.listen == (Segment(4, 6), Segment(9, 9.4), Segment(12, 15))


def test_the_tables_name_measures_of_the_catalogue() -> None:
    assert {name for name, _ in FOCUS_WEIGHTS} <= set(BY_NAME)
    assert set(STRENGTH_ORDER) == set(BY_NAME) - {"f0_median", "phonation_time"}
    assert len(STRENGTH_ORDER) == len(set(STRENGTH_ORDER))


# --- law ---

any_finding = st.builds(
    lambda info, value, confidence, error: finding(info.name, value, 4.0, 8.0, confidence=confidence, error=error),
    st.sampled_from(CATALOGUE),
    st.floats(0, 40),
    st.sampled_from(["good", "fair", "poor"]),
    st.one_of(st.none(), st.floats(0.1, 3)),
)
one_each = st.lists(any_finding, max_size=12, unique_by=lambda found: found.measure.name)


@given(one_each, st.randoms(use_true_random=False))
def test_the_order_of_findings_changes_nothing(findings, random) -> None:
    shuffled = list(findings)
    random.shuffle(shuffled)
    assert focus_of(shuffled) == focus_of(findings)
    assert strengths_of(shuffled) == strengths_of(findings)


@given(one_each, st.integers(0, 5))
def test_feedback_only_says_what_was_found(findings, most) -> None:
    verdicts = {found.measure.name: found.verdict for found in findings}
    strengths = strengths_of(findings, most=most)
    assert len(strengths) <= most
    assert all(verdicts[strength.measure] == "within" for strength in strengths)
    focus = focus_of(findings)
    if focus is not None:
        assert focus.message.id == f"focus-{focus.measure}-{verdicts[focus.measure]}"
        assert (focus.measure, verdicts[focus.measure]) in FOCUS_WEIGHTS


@given(one_each, st.floats(0, 1000))
def test_a_shift_in_time_moves_only_where_to_listen(findings, shift) -> None:
    one = place(1, 2), place(5, 9)
    moved = place(1 + shift, 2 + shift), place(5 + shift, 9 + shift)
    first = focus_of([*findings, finding("longest_pause", 30, None, 5, evidence=one)])
    second = focus_of([*findings, finding("longest_pause", 30, None, 5, evidence=moved)])
    assert first is not None
    assert second is not None
    assert first.measure == second.measure
    if first.measure == "longest_pause" and first.listen:
        assert [s.start + shift for s in first.listen] == pytest.approx([s.start for s in second.listen])
