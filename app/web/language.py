"""Which language a caller reads."""

from __future__ import annotations

from starlette.requests import Request

from app.messages import LOCALES, Locale


def locale_of(request: Request) -> Locale:
    """The best of Finnish and English by ``Accept-Language``; the service's own where that names neither.

    References
    ----------
    RFC 9110, section 12.5.4.
    """
    return preferred(request.headers.get("accept-language", ""), request.app.state.service.settings.locale)


def preferred(header: str, default: Locale) -> Locale:
    """The first of the languages with the highest weight that the service has."""
    best, best_weight = default, 0.0
    for part in header[:1000].split(","):
        name, _, parameters = part.strip().partition(";")
        language = name.strip().lower().partition("-")[0]
        weight = _weight(parameters)
        if language in LOCALES and weight > best_weight:
            best, best_weight = language, weight
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0
