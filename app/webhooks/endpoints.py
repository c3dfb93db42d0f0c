"""What an endpoint must be, and the secret that it gets."""

from __future__ import annotations

import asyncio
import base64
import secrets
from collections.abc import Iterable

from app.errors import InputError
from app.outgoing import Unreachable, admitted, allow_list
from app.settings import settings

SECRET_BYTES = 32
_PREFIX = "whsec_"


def new_secret() -> str:
    """A new signing secret, in the form that the specification's libraries take."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def check_endpoint_url(url: str, *, allow: Iterable[str] | None = None) -> None:
    """See that events may be sent to `url`; nothing is sent yet.

    Parameters
    ----------
    url : str
    allow : iterable of str or None
        Hosts and networks inside that may be asked; from the settings unless given.

    Raises
    ------
    InputError
        If it is no https address of the open internet (or one that the operator allows), or there is no such host.
    """
    allowed = allow_list(settings().internal_host_names if allow is None else allow)
    try:
        asyncio.run(admitted(url, allowed))
    except Unreachable as error:
        raise InputError("error-webhook-unknown-host", host=str(error)) from error
