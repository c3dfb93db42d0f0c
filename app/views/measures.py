"""The list of measures: what each means, its unit, norm, source and typical error."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from analysis.catalogue import CATALOGUE, MeasureInfo
from analysis.types import Norm
from app.messages import Locale, text
from app.views.wording import error_text, measure_text, norm_text, source_text


def render_measures(
    locale: Locale, norms: Mapping[str, Norm], typical_errors: Mapping[str, float], *, width: int = 80
) -> str:
    """Every measure of the catalogue for a terminal, under the headings of its groups.

    Parameters
    ----------
    locale : {"fi", "en"}
    norms : mapping of str to Norm
        By measure name; a measure without one is compared with the agent's own baseline only.
    typical_errors : mapping of str to float
        By measure name, in the measure's own unit.
    width : int
        Columns of the terminal.
    """
    lines: list[str] = []
    group = ""
    for info in CATALOGUE:
        if info.group != group:
            group = info.group
            lines += ["", text(f"group-{group}", locale).upper()]
        lines += ["", *_entry(info, locale, norms.get(info.name), typical_errors.get(info.name), width=width)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _entry(info: MeasureInfo, locale: Locale, norm: Norm | None, error: float | None, *, width: int) -> Iterator[str]:
    """One measure: its label and name, its meaning, and what it is held against."""
    unit = measure_text(info.name, "unit", locale)
    yield f"{measure_text(info.name, '', locale)} ({info.name})"
    yield from textwrap.wrap(
        measure_text(info.name, "meaning", locale), width, initial_indent="  ", subsequent_indent="  "
    )
    facts = [(text("measures-unit", locale), unit if info.unit != "ratio" else f"{unit} (JSON: 0–1)")]
    if norm is None:
        facts.append((text("measures-norm", locale), text("measures-norm-none", locale)))
    else:
        band = norm_text(info.name, norm.low, norm.high, locale, unit=info.unit)
        whom = (
            f" {text('page-norm-applies', locale, whom=source_text(norm.applies_to, locale))}"
            if norm.applies_to
            else ""
        )
        facts.append((text("measures-norm", locale), band.removeprefix(text("measures-norm", locale)).strip()))
        facts.append((text("measures-source", locale), source_text(norm.source, locale) + whom))
    shown = text("measures-error-none", locale)
    if error is not None:
        shown = f"± {error_text(info.name, error, locale, unit=info.unit)} {unit}"
    facts.append((text("measures-error", locale), shown))
    facts.append((text("measures-how", locale), measure_text(info.name, "how", locale)))
    for label, fact in facts:
        yield from textwrap.wrap(f"{label}: {fact}", width, initial_indent="  ", subsequent_indent="    ")
