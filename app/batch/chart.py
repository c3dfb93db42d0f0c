"""A measure's spread as a small drawing: columns or dots over the norm's band, with the median."""

from __future__ import annotations

from html import escape

from analysis.catalogue import BY_NAME
from app.batch.summary import Histogram, MeasureSummary, histogram_of
from app.messages import Locale, text

_WIDTH, _HEIGHT = 300.0, 92.0
_TOP, _FLOOR = 6.0, 72.0
_DOTS_UP_TO = 40
_DOT_RADIUS = 4.0


def shown(measure: str, value: float, locale: Locale) -> str:
    """`value` as people write it: the measure's decimals, the language's decimal mark, a real minus, ratios in %."""
    info = BY_NAME[measure]
    scale, decimals = (100, max(0, info.decimals - 2)) if info.unit == "ratio" else (1, info.decimals)
    number = f"{value * scale:.{decimals}f}"
    if float(number) == 0:
        number = number.removeprefix("-")
    if locale == "fi":
        number = number.replace(".", ",")
    return number.replace("-", "−")


def median_shown(summary: MeasureSummary, locale: Locale) -> str:
    """The median as people write it: between two whole numbers it is a half."""
    median = summary.median or 0.0
    if summary.unit == "count" and not median.is_integer():
        return f"{median:.1f}".replace(".", "," if locale == "fi" else ".")
    return shown(summary.name, median, locale)


def chart_of(summary: MeasureSummary, *, locale: Locale) -> str:
    """The measure's histogram as SVG; up to 40 values are drawn one by one, as stacked dots.

    Raises
    ------
    ValueError
        If there are no values.
    """
    histogram = histogram_of(summary.values, band=summary.band, whole_numbers=summary.unit == "count")
    median = median_shown(summary, locale)
    title = text("batch-chart-title", locale, n=len(summary.values), median=median)
    parts = [
        f'<svg class="chart" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" aria-label="{escape(title)}">',
        _band(summary, histogram),
        _dots(summary, histogram) if len(summary.values) <= _DOTS_UP_TO else _columns(histogram),
        f'<line class="floor" x1="0" x2="{_WIDTH:g}" y1="{_FLOOR:g}" y2="{_FLOOR:g}"/>',
        _median(summary, histogram),
        _ends(summary, histogram, locale),
        "</svg>",
    ]
    return "".join(parts)


def _x(value: float, histogram: Histogram) -> float:
    share = (value - histogram.low) / (histogram.high - histogram.low)
    return round(min(1.0, max(0.0, share)) * _WIDTH, 1)


def _band(summary: MeasureSummary, histogram: Histogram) -> str:
    band = summary.band
    if band is None:
        return ""
    # A norm of whole numbers takes in the columns of its bounds, which are as wide as one.
    margin = 0.5 if summary.unit == "count" else 0.0
    left = 0.0 if band.low is None else _x(band.low - margin, histogram)
    right = _WIDTH if band.high is None else _x(band.high + margin, histogram)
    edges = "".join(
        f'<line class="edge" x1="{x:g}" x2="{x:g}" y1="0" y2="{_FLOOR:g}"/>'
        for x, bound in ((left, band.low), (right, band.high))
        if bound is not None
    )
    width = max(1.0, right - left)
    return f'<rect class="band" x="{left:g}" y="0" width="{width:g}" height="{_FLOOR:g}"/>{edges}'


def _columns(histogram: Histogram) -> str:
    step, most = _WIDTH / len(histogram.counts), max(histogram.counts)
    drawn = []
    for i, count in enumerate(histogram.counts):
        if count:
            # A column of one call in thousands must still be seen.
            height = max(1.5, (_FLOOR - _TOP) * count / most)
            x, y = i * step + 0.5, _FLOOR - height
            drawn.append(
                f'<rect class="column" x="{x:.1f}" y="{y:.1f}" width="{step - 1:.1f}" height="{height:.1f}">'
                f"<title>{count}</title></rect>"
            )
    return "".join(drawn)


def _dots(summary: MeasureSummary, histogram: Histogram) -> str:
    """Every value at its own place; those that would touch are stacked."""
    centres: list[tuple[float, int]] = []
    for value in summary.values:
        x = _x(value, histogram)
        taken = {level for other, level in centres if x - other < 2 * _DOT_RADIUS}
        centres.append((x, next(level for level in range(len(centres) + 1) if level not in taken)))
    # Forty equal values must fit under the top, if need be by overlapping.
    step = min(2 * _DOT_RADIUS, (_FLOOR - _TOP - 2 * _DOT_RADIUS) / max(1, *(level for _, level in centres), 1))
    return "".join(
        f'<circle class="dot" cx="{x:.1f}" cy="{_FLOOR - _DOT_RADIUS - 1 - step * level:.1f}" r="{_DOT_RADIUS:g}"/>'
        for x, level in centres
    )


def _median(summary: MeasureSummary, histogram: Histogram) -> str:
    x = _x(summary.median or 0.0, histogram)
    return f'<line class="median" x1="{x:g}" x2="{x:g}" y1="0" y2="{_FLOOR + 5:g}"/>'


def _ends(summary: MeasureSummary, histogram: Histogram, locale: Locale) -> str:
    """What the axis runs from and to; the sign says that the outermost column holds more extreme values too."""
    values = summary.values
    if summary.unit == "count":
        first, last = histogram.low + 0.5, histogram.high - 0.5
    else:
        first = histogram.low if histogram.cut_low else min(values[0], *_bounds(summary))
        last = histogram.high if histogram.cut_high else max(values[-1], *_bounds(summary))
    low = ("≤ " if histogram.cut_low else "") + shown(summary.name, first, locale)
    high = ("≥ " if histogram.cut_high else "") + shown(summary.name, last, locale)
    return (
        f'<text x="0" y="{_HEIGHT - 4:g}">{low}</text>'
        f'<text x="{_WIDTH:g}" y="{_HEIGHT - 4:g}" text-anchor="end">{high}</text>'
    )


def _bounds(summary: MeasureSummary) -> tuple[float, ...]:
    band = summary.band
    found = [bound for bound in (band.low, band.high) if bound is not None] if band else []
    return tuple(found) or (summary.values[0], summary.values[-1])
