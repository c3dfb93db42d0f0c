"""Where a sign-in link leads."""

from __future__ import annotations

SIGN_IN_PATH = "/sign-in"


def sign_in_url(public_url: str, token: str) -> str:
    """The address that a person opens. The token stands after the ``#``: no server or proxy ever logs it."""
    return f"{public_url}{SIGN_IN_PATH}#{token}"
