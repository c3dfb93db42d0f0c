"""Drawings of the scorecard's page: a small bar beside each measure, and the curves of the timeline."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import fmean, median
from typing import Literal

from markupsafe import Markup

from app.views.scale import norm_scale

MOST_POINTS = 4000
PLOT_WIDTH = 10_000
"""Width of every timeline drawing in its own units; the page stretches it to the width that the reader zooms to."""

Summary = Literal["median", "mean", "highest"]
SUMMARIES: dict[Summary, Callable[[list[float]], float]] = {"median": median, "mean": fmean, "highest": max}
Curve = Sequence[float | None]
Stretches = Sequence[tuple[float, float]]


def norm_bar(
    value: float,
    low: float | None,
    high: float | None,
    *,
    unit: str,
    baseline: float | None,
    error: float | None,
    verdict: str,
    low_text: str,
    high_text: str,
    label: str,
) -> Markup:
    """A bar that shows where a value stands beside its norm, as an SVG that a screen reader reads as `label`."""
    width, middle, inset = 260.0, 17.0, 6.0
    scale = norm_scale(value, low, high, unit=unit, baseline=baseline, error=error)

    def x(place: float) -> str:
        return f"{inset + place * (width - 2 * inset):.1f}"

    left = inset if scale.low is None else float(x(scale.low))
    right = width - inset if scale.high is None else float(x(scale.high))
    parts = [
        Markup('<svg class="bar {}" viewBox="0 0 260 40" role="img" aria-label="{}">').format(verdict, label),
        Markup('<line class="rail" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(inset, width - inset, middle, middle),
        Markup('<rect class="band" x="{:.1f}" y="{}" width="{:.1f}" height="8" rx="4"/>').format(
            left - 2, middle - 4, max(right - left, 0) + 4
        ),
    ]
    if scale.error is not None:
        start, end = (x(place) for place in scale.error)
        parts.append(Markup('<line class="error" x1="{}" x2="{}" y1="17" y2="17"/>').format(start, end))
    if scale.baseline is not None:
        at = x(scale.baseline)
        parts.append(Markup('<path class="own" d="M{} 3l5 5-5 5-5-5z"/>').format(at))
    if scale.value is not None:
        parts.append(Markup('<circle class="dot" cx="{}" cy="17" r="6"/>').format(x(scale.value)))
    parts += _bound_labels(left, right, scale.low, scale.high, low_text, high_text, width=width)
    return Markup("").join([*parts, Markup("</svg>")])


def _bound_labels(
    left: float, right: float, low: float | None, high: float | None, low_text: str, high_text: str, *, width: float
) -> list[Markup]:
    """The norm's bounds under the band, kept inside the drawing."""
    labels = []
    near = low is not None and high is not None and right - left < 44
    for place, bound, shown, anchor in ((left, low, low_text, "end"), (right, high, high_text, "start")):
        if bound is None:
            continue
        inside = min(max(place, 14.0), width - 14.0)
        how = anchor if near else "middle"
        labels.append(Markup('<text x="{:.1f}" y="37" text-anchor="{}">{}</text>').format(inside, how, shown))
    return labels


def thinned(values: Curve, *, most: int = MOST_POINTS, by: Summary = "median") -> tuple[list[float | None], int]:
    """At most `most` values that stand for all of them, and how many each stands for.

    A stretch without any value stays without one. ``by`` says what stands for a stretch: its median (pitch), its
    mean, or its highest value (waveform).
    """
    every = max(1, math.ceil(len(values) / most))
    if every == 1:
        return list(values), 1
    summary = SUMMARIES[by]
    thin: list[float | None] = []
    for start in range(0, len(values), every):
        known = [value for value in values[start : start + every] if value is not None]
        thin.append(float(summary(known)) if known else None)
    return thin, every


def curve_path(
    values: Curve, *, step_s: float, duration: float, low: float, high: float, height: float, logarithmic: bool = False
) -> str:
    """SVG path of a curve, broken where it has no value; `low` is drawn at the bottom, `high` at the top."""
    if logarithmic:
        low, high = math.log(low), math.log(high)
    parts: list[str] = []
    dash = 0.6 * step_s / duration * PLOT_WIDTH
    known = [value is not None and not (logarithmic and value <= 0) for value in values]
    for index, value in enumerate(values):
        if value is None or not known[index]:
            continue
        at = math.log(value) if logarithmic else value
        y = height - min(max((at - low) / (high - low), 0.0), 1.0) * height
        x = (index + 0.5) * step_s / duration * PLOT_WIDTH
        if index > 0 and known[index - 1]:
            parts.append(f"L{x:.1f} {y:.1f}")
        elif index + 1 < len(values) and known[index + 1]:
            parts.append(f"M{x:.1f} {y:.1f}")
        else:
            # A lone point between two gaps is drawn as a short dash, or it would vanish.
            parts.append(f"M{x - dash / 2:.1f} {y:.1f}h{dash:.1f}")
    return "".join(parts)


def waveform_path(peaks: Sequence[float | None], *, step_s: float, duration: float, height: float) -> str:
    """SVG outline of a waveform, mirrored around its middle line."""
    loudest = max((peak for peak in peaks if peak is not None), default=0.0) or 1.0
    half = height / 2
    tops = [
        (f"{(index + 0.5) * step_s / duration * PLOT_WIDTH:.0f}", (peak or 0.0) / loudest * half)
        for index, peak in enumerate(peaks)
    ]
    if not tops:
        return ""
    upper = "L".join(f"{x} {half - top:.1f}" for x, top in tops)
    lower = "L".join(f"{x} {half + top:.1f}" for x, top in reversed(tops))
    return f"M{upper}L{lower}Z"


def bars_path(stretches: Stretches, *, duration: float, height: float) -> str:
    """SVG path of one bar for each stretch of time."""
    parts = []
    for start, end in stretches:
        x, width = start / duration * PLOT_WIDTH, (end - start) / duration * PLOT_WIDTH
        parts.append(f"M{x:.1f} 0h{max(width, 1.0):.1f}v{height:g}H{x:.1f}z")
    return "".join(parts)


def pitch_bounds(values: Curve) -> tuple[float, float]:
    """Lowest and highest pitch to draw, in Hz: the voice's own range with a little room, an octave at least."""
    known = sorted(value for value in values if value is not None and value > 0)
    if not known:
        return 75.0, 300.0
    low, high = known[len(known) // 50], known[-1 - len(known) // 50]
    low, high = low / 1.12, high * 1.12
    widen = math.sqrt(max(2.0 / (high / low), 1.0))
    return low / widen, high * widen
