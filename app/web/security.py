"""Who asks: keys and sessions, the rule of the route, and how often they may ask."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from sqlalchemy.orm import Session

from app.store.base import now_utc
from app.store.keys import SignedIn, key_was_used, principal_of_key, signed_in
from app.store.principals import Principal
from app.web.description import cookie_name, taken_by
from app.web.refusals import Forbidden, NotSignedIn, TooMany, UnknownMediaType, Unusable
from app.web.rules import RULES, Roles
from app.web.service import Service, service_of

CSRF_HEADER = "X-CSRF-Token"
JSON = "application/json"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FAILURES_PER_MINUTE = 60
"""Wrong keys from one address; a right one is let in even then, so nobody can lock others out."""
_TOUCH_S = 60.0


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and the session on the pages where there is one."""

    principal: Principal
    session: SignedIn | None = None


@dataclass(frozen=True, slots=True)
class Right:
    """By what somebody was let in, and when: a key's header or a session's cookie."""

    header: str | None = field(repr=False)
    cookie: str | None = field(repr=False)
    principal_id: str
    at: datetime

    def refuse_if_gone(self, session: Session) -> None:
        """Look again, in the transaction that writes: a body takes its time to come, and the right may have ended.

        That it would have expired since does not matter; that it was taken away or erased does.

        Raises
        ------
        NotSignedIn
        """
        if self.header is not None:
            caller = _of_header(session, self.header, self.at, held=True)
        else:
            caller = _of_cookie(session, self.cookie, self.at, held=True)
        if caller is None or caller.principal.id != self.principal_id:
            raise NotSignedIn("problem-wrong-key" if self.header is not None else "problem-not-signed-in")


def permitted(request: Request) -> None:
    """Let through whom the route's rule allows; stands before every route.

    Raises
    ------
    NotSignedIn, Forbidden, TooMany
    """
    name = f"{request.method} {request.scope['route'].path}"
    rules: Mapping[str, Roles | None] = getattr(request.app.state, "rules", RULES)
    if name not in rules:
        raise Forbidden("problem-forbidden-role")
    roles = rules[name]
    if roles is None:
        return
    service = service_of(request)
    caller = _caller(request, service)
    request.state.caller, request.state.right = caller, _right(request, service, caller.principal)
    request.scope["caller_role"] = caller.principal.role
    limit = caller.principal.per_minute or service.settings.requests_per_minute
    service.limiter.take(f"principal:{caller.principal.id}", limit)
    if caller.principal.role not in roles:
        raise Forbidden("problem-forbidden-role")
    if caller.session is not None and request.method not in SAFE_METHODS:
        _refuse_forged(request, caller.session)


def who(request: Request) -> Principal:
    """Who asks; on routes that are not open to all."""
    return caller_of(request).principal


def caller_of(request: Request) -> Caller:
    """Who asks, with the session."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller is None:
        raise NotSignedIn()
    return caller


def right_of(request: Request) -> Right:
    """By what the one who asks was let in, to look again later; on routes that are not open to all."""
    right: Right | None = getattr(request.state, "right", None)
    if right is None:
        raise NotSignedIn()
    return right


def caller_or_none(request: Request) -> Caller | None:
    """Who asks, on a route that is open to all; None where nobody is signed in."""
    service = service_of(request)
    with service.store.read() as session:
        return _of_cookie(session, request.cookies.get(cookie_name(service.settings.public_url)), now_utc())


StillThere = Annotated[Right, Depends(right_of)]
Asker = Annotated[Principal, Depends(who)]


def _right(request: Request, service: Service, principal: Principal) -> Right:
    cookie = request.cookies.get(cookie_name(service.settings.public_url))
    return Right(request.headers.get("authorization"), cookie, principal.id, now_utc())


def _caller(request: Request, service: Service) -> Caller:
    now = now_utc()
    header = request.headers.get("authorization")
    cookie = request.cookies.get(cookie_name(service.settings.public_url))
    with service.store.read() as session:
        caller = _of_header(session, header, now) if header is not None else _of_cookie(session, cookie, now)
    if caller is None:
        if header is not None or cookie is not None:
            count_failure(request, service)
        raise NotSignedIn("problem-wrong-key" if header is not None else "problem-not-signed-in")
    if header is not None:
        _touch(service, caller.principal, header, now)
    return caller


def _of_header(session: Session, header: str, now: datetime, *, held: bool = False) -> Caller | None:
    scheme, _, key = header.partition(" ")
    if scheme.lower() != "bearer":
        return None
    principal = principal_of_key(session, key.strip(), now, held=held)
    return None if principal is None else Caller(principal)


def _of_cookie(session: Session, cookie: str | None, now: datetime, *, held: bool = False) -> Caller | None:
    found = signed_in(session, cookie, now, held=held) if cookie else None
    return None if found is None else Caller(found.principal, found)


def _touch(service: Service, principal: Principal, header: str, now: datetime) -> None:
    """Note when the key was used, but write that down once a minute alone."""
    with service.noted.once(f"key:{principal.id}", _TOUCH_S) as is_new:
        if not is_new:
            return
        with service.store.write() as session:
            key_was_used(session, header.partition(" ")[2].strip(), now)


def count_failure(request: Request, service: Service) -> None:
    """Count a wrong key or link against the address that it came from.

    Raises
    ------
    TooMany
        If there were too many.
    """
    address = request.client.host if request.client is not None else "unknown"
    try:
        service.limiter.take(f"address:{address}", FAILURES_PER_MINUTE)
    except TooMany as error:
        raise TooMany(int(error.headers["Retry-After"]), "problem-too-many-failures") from None


def _refuse_forged(request: Request, session: SignedIn) -> None:
    """A form on another site sends the cookie too, but it can neither read nor send the token."""
    origin = request.headers.get("origin")
    public = urlsplit(service_of(request).settings.public_url)
    own = {f"{public.scheme}://{public.netloc}", f"{request.url.scheme}://{request.url.netloc}"}
    given = request.headers.get(CSRF_HEADER, "")
    if (origin is not None and origin not in own) or not hmac.compare_digest(given.encode(), session.csrf.encode()):
        raise Forbidden("problem-forged")


def set_session_cookie(response: Response, service: Service, token: str, expires_at: datetime) -> None:
    """Hand the session's token to the browser, out of reach of scripts."""
    response.set_cookie(
        cookie_name(service.settings.public_url),
        token,
        max_age=max(0, round((expires_at - now_utc()).total_seconds())),
        path="/",
        secure=service.is_secure,
        httponly=True,
        samesite="lax",
    )


def refuse_unknown(request: Request) -> None:
    """A misspelt option must fail, and not be dropped without a word; and so must a body of another kind.

    Raises
    ------
    Unusable
        If a query parameter is none of the route's, or stands twice.
    UnknownMediaType
        If there is a body, and it is no JSON where the route takes nothing else.
    """
    taken = taken_by(request.app).get(f"{request.method} {request.scope['route'].path}")
    if taken is None:
        return
    for name in request.query_params:
        if len(request.query_params.getlist(name)) > 1:
            raise Unusable("problem-parameter-twice", name=_shown(name))
        if name not in taken.query:
            allowed = ", ".join(sorted(taken.query)) or "–"
            raise Unusable("problem-unknown-parameter", name=_shown(name), allowed=allowed)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    has_body = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    if taken.json_alone and has_body and kind != JSON:
        raise UnknownMediaType("problem-media-type", given=_shown(kind) or "–", allowed=JSON)


def _shown(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)[:60]
