"""Which language a page is in: the one that was chosen on it, else the browser's."""

from __future__ import annotations

from starlette.requests import Request

from app.messages import LOCALES, Locale
from app.web.language import locale_of

LANGUAGE_COOKIE = "puhepeili-language"
LANGUAGE_DAYS = 365


def chosen_locale(request: Request) -> Locale:
    """The language of the cookie; without one, as the API chooses."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return next((locale for locale in LOCALES if locale == chosen), locale_of(request))
