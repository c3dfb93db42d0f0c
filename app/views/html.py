"""The scorecard as one page that opens anywhere, without a network."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.catalogue import CATALOGUE
from app.document import ScorecardDoc
from app.messages import Locale, text
from app.views import charts
from app.views.localise import localised
from app.views.rows import groups_of
from app.views.timeline import timeline_of
from app.views.transcript import turns_shown
from app.views.wording import clock, error_text, measure_text, norm_line, number, source_text

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent.parent / "templates"

SPEEDS = (0.75, 1.0, 1.25, 1.5)


def render_html(
    doc: ScorecardDoc, *, locale: Locale, audio: tuple[str, bytes] | None = None, audio_url: str | None = None
) -> str:
    """Scorecard as one HTML file with everything in it: style, script, drawings and, if given, the sound.

    Parameters
    ----------
    doc : ScorecardDoc
    locale : {"fi", "en"}
        Language of the page. Its sentences are made anew in it; what was said in the call stays as it is.
    audio : tuple of str and bytes, optional
        Media type (``audio/wav``) and the file itself. Without it the page shows places instead of playing them.
    audio_url : str, optional
        In place of `audio`: where the page's own server gives the sound.

    Returns
    -------
    str
        The file's text. It loads nothing but the sound at `audio_url`, and its content security policy forbids it to.
    """
    doc = localised(doc, locale)
    style, script = _inlined("scorecard.css"), _inlined("scorecard.js")
    view = timeline_of(doc, locale)
    return (
        _environment()
        .get_template("scorecard.html.j2")
        .render(
            t=lambda id, **args: text(id, locale, **args),
            clock=clock,
            doc=doc,
            locale=locale,
            title=doc.recording.name or text("page-unnamed", locale),
            facts=_facts(doc, locale),
            strengths=[(measure_text(item.measure, "", locale), item.text) for item in doc.strengths],
            focus_label=measure_text(doc.focus.measure, "", locale) if doc.focus else "",
            groups=groups_of(doc, locale),
            timeline=view,
            speeds=[(speed, number(speed, 2 if speed % 0.5 else 1 if speed % 1 else 0, locale)) for speed in SPEEDS],
            thinned_s=number(view.thinned_s, 1, locale) if view is not None and view.thinned_s is not None else "",
            turns=turns_shown(doc),
            made_with=_made_with(doc, locale),
            sources=_sources(doc, locale),
            style=style,
            script=script,
            policy=_policy(style, script, "'self'" if audio_url is not None else "blob:"),
            card=_page_values(doc, locale, audio, audio_url),
            has_audio=audio is not None or audio_url is not None,
            audio_base64=base64.b64encode(audio[1]).decode("ascii") if audio is not None else "",
            plot_width=charts.PLOT_WIDTH,
        )
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _inlined(name: str) -> Markup:
    from markupsafe import Markup

    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 — our own file, no caller's text


def _policy(style: str, script: str, media: str) -> str:
    """Content security policy that allows this very style and script, and no request but for sound from `media`."""

    def digest(content: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"

    return (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; img-src data:; "
        f"media-src {media}; base-uri 'none'; form-action 'none'"
    )


def _page_values(doc: ScorecardDoc, locale: Locale, audio: tuple[str, bytes] | None, audio_url: str | None) -> Markup:
    """What the script needs, as JSON that cannot end its own element."""
    from markupsafe import Markup

    values = {
        "duration": doc.recording.duration_s,
        "media": audio[0] if audio is not None else None,
        "source": audio_url,
        "play": text("page-play", locale),
        "pause": text("page-pause", locale),
    }
    encoded = (
        json.dumps(values, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    )
    return Markup(encoded)  # noqa: S704 — escaped on the line above


def _facts(doc: ScorecardDoc, locale: Locale) -> list[str]:
    """Short facts of the recording under the title."""
    recording = doc.recording
    facts = [
        clock(recording.duration_s),
        text(f"page-agent-{recording.agent_channel}", locale),
        f"{number(recording.sample_rate_hz / 1000, 0 if recording.sample_rate_hz % 1000 == 0 else 2, locale)} kHz",
        text("page-facts-language", locale, language=doc.engine.language),
    ]
    if recording.snr_db is not None:
        facts.append(text("page-facts-snr", locale, db=number(recording.snr_db, 0, locale)))
    return facts


def _made_with(doc: ScorecardDoc, locale: Locale) -> list[tuple[str, str]]:
    """Models, versions and the recording's technical facts."""
    engine, recording = doc.engine, doc.recording
    asr = [part for part in (engine.asr_model, engine.asr_compute, engine.language) if part]
    technical = [recording.codec, f"{number(recording.sample_rate_hz, 0, locale)} Hz"]
    if recording.bandwidth_hz is not None:
        technical.append(text("page-about-bandwidth", locale, hz=number(recording.bandwidth_hz, 0, locale)))
    technical.append(text("page-about-clipped", locale, percent=number(recording.clipped_ratio * 100, 2, locale)))
    return [
        (text("page-about-version", locale), engine.version),
        (text("page-about-standard", locale), engine.standard),
        (
            text("page-about-asr", locale),
            ", ".join(asr) if engine.asr_model else text("page-about-asr-none", locale),
        ),
        (text("page-about-recording", locale), ", ".join(technical)),
    ]


def _sources(doc: ScorecardDoc, locale: Locale) -> list[dict[str, Any]]:
    """Rows of the table of norms, sources and errors."""
    rows = []
    for info in CATALOGUE:
        measure = doc.measures.get(info.name)
        if measure is None:
            continue
        unit = measure_text(info.name, "unit", locale)
        error = measure.typical_error
        rows.append(
            {
                "label": measure_text(info.name, "", locale),
                "norm": norm_line(info.name, measure, locale) or text("verdict-info", locale),
                "source": source_text(measure.norm.source, locale) if measure.norm is not None else "",
                "error": text("page-about-none", locale)
                if error is None
                else f"± {error_text(info.name, error, locale, unit=measure.unit)} {unit}",
            }
        )
    return rows
