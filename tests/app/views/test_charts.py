"""Bars and curves: where a mark stands, and how a long call is thinned."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views.charts import (
    MOST_POINTS,
    PLOT_WIDTH,
    bars_path,
    curve_path,
    norm_bar,
    pitch_bounds,
    thinned,
    waveform_path,
)
from app.views.scale import norm_scale
from app.views.timeline import timeline_of
from app.views.transcript import turns_shown
from tests.app.views.fake_card import fake_card

# --- known answer ---


def test_a_value_in_the_middle_of_its_norm_stands_in_the_middle() -> None:
    scale = norm_scale(5.0, 4.0, 6.0, unit="syll/s", error=0.5)
    assert scale.value == pytest.approx(0.5)
    assert scale.low == pytest.approx(0.35 / 1.7, abs=1e-3)
    assert scale.high == pytest.approx(1.35 / 1.7, abs=1e-3)
    assert scale.error == (pytest.approx(0.3529, abs=1e-3), pytest.approx(0.6471, abs=1e-3))


def test_a_norm_open_below_starts_at_zero() -> None:
    scale = norm_scale(1.5, None, 3.0, unit="1/min")
    assert scale.low is None
    assert scale.value == pytest.approx(scale.high / 2, abs=1e-3)


def test_one_value_on_a_norm_of_zero_has_a_place() -> None:
    scale = norm_scale(0.0, None, 0.0, unit="count")
    assert scale.value == scale.high == 0.0


def test_a_bar_is_read_out_and_escapes_its_label() -> None:
    bar = norm_bar(
        5.0, 4.0, 6.0, unit="syll/s", baseline=5.5, error=0.2, verdict="within", low_text="4,0", high_text="6,0",
        label='5,0 "tavua/s" <b>',
    )  # fmt: skip
    assert 'role="img" aria-label="5,0 &#34;tavua/s&#34; &lt;b&gt;"' in bar
    assert bar.count("<circle") == 1
    assert 'cx="130.0"' in bar
    assert "style=" not in bar


def test_a_curve_is_broken_where_it_has_no_value() -> None:
    path = curve_path([1.0, 2.0, None, None, 1.5], step_s=1.0, duration=5.0, low=1.0, high=2.0, height=100)
    assert path == "M1000.0 100.0L3000.0 0.0M8400.0 50.0h1200.0"


def test_pitch_is_drawn_by_octaves() -> None:
    path = curve_path([100.0, 200.0, 400.0], step_s=1, duration=3, low=100, high=400, height=100, logarithmic=True)
    assert re.findall(r" (\d+\.\d)", path) == ["100.0", "50.0", "0.0"]


def test_thinning_keeps_gaps_and_the_median() -> None:
    values = [1.0, 9.0, 2.0, None, None, None, 4.0, None, 6.0]
    assert thinned(values, most=3) == ([2.0, None, 5.0], 3)
    assert thinned(values, most=3, by="highest")[0] == [9.0, None, 6.0]
    assert thinned(values, most=9) == (values, 1)


def test_bars_and_waveform() -> None:
    assert (
        bars_path([(0.0, 1.0), (4.0, 5.0)], duration=10.0, height=8) == "M0.0 0h1000.0v8H0.0zM4000.0 0h1000.0v8H4000.0z"
    )
    path = waveform_path([0.5, 0.25], step_s=1.0, duration=2.0, height=10)
    assert path == "M2500 0.0L7500 2.5L7500 7.5L2500 10.0Z"
    assert waveform_path([], step_s=1.0, duration=2.0, height=10) == ""


def test_pitch_bounds_span_an_octave_at_least() -> None:
    assert pitch_bounds([]) == (75.0, 300.0)
    low, high = pitch_bounds([150.0] * 10)
    assert high / low == pytest.approx(2.0)
    assert low < 150 < high


# --- law ---


@given(
    st.floats(-60, 60), st.one_of(st.none(), st.floats(-50, 0)), st.one_of(st.none(), st.floats(0.1, 50)),
    st.one_of(st.none(), st.floats(-60, 60)), st.sampled_from(["dBFS", "st", "dB"]),
)  # fmt: skip
def test_places_keep_their_order_on_the_scale(value, low, high, baseline, unit) -> None:
    scale = norm_scale(value, low, high, unit=unit, baseline=baseline, error=1.0)
    marks = [(value, scale.value), (low, scale.low), (high, scale.high), (baseline, scale.baseline)]
    known = sorted((mark, place) for mark, place in marks if mark is not None and place is not None)
    assert len(known) == sum(mark is not None for mark, _ in marks)
    assert all(0.0 <= place <= 1.0 for _, place in known)
    assert all(left[1] <= right[1] for left, right in pairwise(known))


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=300), st.integers(1, 50))
def test_thinning_never_leaves_more_than_asked(values, most) -> None:
    thin, every = thinned(values, most=most, by="mean")
    assert len(thin) <= most
    assert (len(thin) - 1) * every < max(len(values), 1)
    known = [value for value in thin if value is not None]
    assert bool(known) == any(value is not None for value in values)


# --- the timeline and transcript of a card ---


def test_lanes_of_the_made_up_call() -> None:
    view = timeline_of(fake_card(), "fi")
    assert view is not None
    kinds = [lane.kind for lane in view.lanes]
    assert kinds[:7] == ["agent", "customer", "waveform", "pitch", "level", "tempo", "pauses"]
    assert kinds[7:] == ["marks"] * 5
    openings = view.lanes[7]
    assert openings.label == "Ei-alut ja muut kielteiset alut"
    assert [mark.title.split()[0] for mark in openings.marks] == ["0:43", "1:14"]
    first = fake_card().measures["ei_openings"].evidence[0]
    assert openings.marks[0].x == pytest.approx((first.start or 0) / 96.0 * PLOT_WIDTH, abs=0.1)


def test_a_three_hour_call_stays_light() -> None:
    card = fake_card()
    f0 = card.timeline.f0.model_copy(update={"hz": [150.0, 160.0, None, 170.0] * 135_000})
    timeline = card.timeline.model_copy(update={"f0": f0})
    recording = card.recording.model_copy(update={"duration_s": 10_800.0})
    view = timeline_of(card.model_copy(update={"timeline": timeline, "recording": recording}), "fi")
    assert view is not None
    pitch = next(lane for lane in view.lanes if lane.kind == "pitch")
    assert 100 < len(re.findall("[ML]", pitch.path)) <= MOST_POINTS
    assert view.thinned_s == pytest.approx(2.7)


def test_a_recording_without_length_has_no_timeline() -> None:
    recording = fake_card().recording.model_copy(update={"duration_s": 0.0})
    assert timeline_of(fake_card(recording=recording), "fi") is None


def test_words_are_marked_where_findings_point() -> None:
    turns = turns_shown(fake_card())
    marked = [(word.text, word.mark, word.check) for turn in turns for word in turn.words if word.mark]
    assert marked == [
        ("Öö,", "filler", False), ("tota,", "filler", True), ("Ei", "ei", False), ("niinku", "filler", False),
        ("Öö,", "filler", False), ("Ei", "ei", False),
    ]  # fmt: skip
    assert [turn.role for turn in turns[:3]] == ["agent", "customer", "agent"]


def test_words_without_times_are_marked_by_what_they_read() -> None:
    card = fake_card()
    words = [word.model_copy(update={"start": None, "end": None}) for word in card.transcript.words]
    evidence = [
        item.model_copy(update={"start": None, "end": None, "text": said})
        for item, said in zip(card.measures["ei_openings"].evidence, ["ei se siltä", "Ei siitä tule"], strict=True)
    ]
    measures = {"ei_openings": card.measures["ei_openings"].model_copy(update={"evidence": evidence})}
    transcript = card.transcript.model_copy(update={"words": words})
    turns = turns_shown(card.model_copy(update={"measures": measures, "transcript": transcript}))
    assert [word.text for turn in turns for word in turn.words if word.mark == "ei"] == ["Ei", "Ei"]
    assert all(turn.role == "agent" for turn in turns if any(word.mark for word in turn.words))
