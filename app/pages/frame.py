"""Every page in its frame: style and script inside it, and a policy that allows these and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.messages import Locale, text
from app.pages.language import chosen_locale
from app.pages.texts import script_texts
from app.views.html import TEMPLATES
from app.web.security import Caller
from app.web.service import service_of

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def rendered(
    request: Request,
    template: str,
    *,
    status: int = 200,
    scripts: tuple[str, ...] = (),
    caller: Caller | None = None,
    shown: Mapping[str, Any] | None = None,
    card: Mapping[str, Any] | None = None,
    most: Mapping[str, float] | None = None,
) -> Response:
    """A page as an answer.

    Parameters
    ----------
    scripts : tuple of str
        Parts of its script, by name: ``common`` stands for ``page_common.js``.
    caller : Caller or None
        Who is signed in.
    shown : mapping
        What the template shows.
    card : mapping
        What the script needs besides the language, the texts, and who is signed in.
    most : mapping, optional
        Largest file in ``bytes`` and longest recording in ``seconds``, for the sentence that tells them.
    """
    service, locale = service_of(request), chosen_locale(request)
    style, script = _style(), _script(scripts)
    values = _page_values(service.path(""), locale, caller, card or {}) if scripts else None
    page = _environment().get_template(template)
    source = page.render(
        t=lambda id, **args: text(id, locale, **args),
        locale=locale,
        base=service.path(""),
        who=None if caller is None else caller.principal,
        style=style,
        script=script,
        values=values,
        limits=_limits(most, locale) if most else "",
        version=__version__,
        **(shown or {}),
    )
    headers = {
        "Content-Security-Policy": policy(style, script),
        "Content-Language": locale,
        "Vary": "Accept-Language, Cookie",
        "Cache-Control": "no-store",
    }
    return Response(source, status_code=status, headers=headers, media_type="text/html; charset=utf-8")


def policy(style: str, script: str) -> str:
    """Content security policy that allows this very style and script, this service's API, and its scorecards inside."""
    scripts = _digest(script) if script else "'none'"
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {scripts}; "
        "connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def _digest(content: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"


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
def _style() -> Markup:
    """The scorecard's colours and letters, up to its first empty line, and what the pages have besides."""
    common = _file("scorecard.css").partition("\n\n")[0]
    return _safe(f"{common}\n{_file('page_frame.css')}")


@cache
def _script(names: tuple[str, ...]) -> Markup:
    return _safe("\n".join(_file(f"page_{name}.js") for name in names))


def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _page_values(base: str, locale: Locale, caller: Caller | None, card: Mapping[str, Any]) -> Markup:
    """What the script needs, as JSON that cannot end its own element."""
    who = None if caller is None else caller.principal
    values = {
        "base": base,
        "locale": locale,
        "role": None if who is None else who.role,
        "csrf": None if caller is None or caller.session is None else caller.session.csrf,
        "texts": script_texts(locale),
        **card,
    }
    encoded = json.dumps(values, ensure_ascii=True)
    return _safe(encoded.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _safe(content: str) -> Markup:
    from markupsafe import Markup

    return Markup(content)  # noqa: S704 — our own files, or escaped by the caller


def _limits(most: Mapping[str, float], locale: Locale) -> str:
    """How large and how long a recording may be, in a person's units."""
    size, seconds = most["bytes"], most["seconds"]
    unit, scale = ("gb", 1024**3) if size >= 1024**3 else ("mb", 1024**2)
    span, length = ("h", seconds / 3600) if seconds >= 3600 else ("min", seconds / 60)
    return text("pages-limits", locale, size=round(size / scale, 1), unit=unit, length=round(length, 1), span=span)
