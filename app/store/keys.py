"""API keys, sign-in links and sessions: shown once, kept as a hash, refused when expired, revoked or used."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, or_, update
from sqlalchemy.orm import Session

from app.store.base import new_id
from app.store.principals import Principal, PrincipalRole
from app.store.rows import changed, columns_of, every, first
from app.store.tables_access import ApiKeyRow, SessionRow, SignInLinkRow

_PREFIX_CHARACTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as lists show it; the key itself is nowhere."""

    id: str
    organisation_id: str
    principal_id: str
    role: PrincipalRole
    agent_id: str | None
    team_id: str | None
    name: str
    prefix: str
    per_minute: int | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session on the pages: who it is, and the token that every form carries."""

    principal: Principal
    csrf: str
    expires_at: datetime


def make_key(
    session: Session,
    principal: Principal,
    *,
    name: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> tuple[str, ApiKey]:
    """A new key for `principal`, and how lists show it.

    The text ``pp_<prefix>_<secret>`` is shown once: only its hash is kept. A second key for the same principal reads
    what the first one submitted, so that keys can be changed without a gap.
    """
    prefix = "".join(secrets.choice(_PREFIX_CHARACTERS) for _ in range(8))
    key = f"pp_{prefix}_{secrets.token_urlsafe(32)}"
    id = new_id()
    session.execute(
        insert(ApiKeyRow).values(
            **_columns(principal),
            id=id,
            name=name,
            prefix=prefix,
            sha256=_sha256(key),
            per_minute=principal.per_minute,
            created_at=now,
            expires_at=expires_at,
        )
    )
    made = first(session, ApiKey, columns_of(ApiKeyRow).where(ApiKeyRow.id == id))
    assert made is not None
    return key, made


def principal_of_key(session: Session, text: str, now: datetime, *, held: bool = False) -> Principal | None:
    """Who the key `text` stands for; None where it is wrong, expired or revoked.

    With `held` nobody can revoke or delete it before the transaction has ended.
    """
    kind, _, rest = text.partition("_")
    prefix, _, secret = rest.partition("_")
    if kind != "pp" or len(prefix) != 8 or not secret or not text.isascii() or not text.isprintable():
        return None
    this = columns_of(ApiKeyRow).where(ApiKeyRow.prefix == prefix)
    row = session.execute(this.with_for_update(read=True) if held else this).first()
    stored = row.sha256 if row is not None else "0" * 64
    if not hmac.compare_digest(stored, _sha256(text)) or row is None:
        return None
    if row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now):
        return None
    return _principal(row, per_minute=row.per_minute)


def key_was_used(session: Session, text: str, now: datetime) -> None:
    """Note when the key `text` was last used, at most once a minute."""
    stale = or_(ApiKeyRow.last_used_at.is_(None), ApiKeyRow.last_used_at < now - _TOUCH_EVERY)
    session.execute(update(ApiKeyRow).where(ApiKeyRow.sha256 == _sha256(text), stale).values(last_used_at=now))


def list_keys(session: Session, organisation_id: str) -> tuple[ApiKey, ...]:
    """All keys of an organisation, newest first."""
    own = columns_of(ApiKeyRow).where(ApiKeyRow.organisation_id == organisation_id)
    return every(session, ApiKey, own.order_by(ApiKeyRow.created_at.desc(), ApiKeyRow.id.desc()))


def revoke_key(session: Session, organisation_id: str, key_id: str, now: datetime) -> bool:
    """Let a key open nothing any more; False where the organisation has no such key in use."""
    this = (ApiKeyRow.organisation_id == organisation_id, ApiKeyRow.id == key_id, ApiKeyRow.revoked_at.is_(None))
    return changed(session.execute(update(ApiKeyRow).where(*this).values(revoked_at=now))) == 1


def make_sign_in_link(session: Session, principal: Principal, *, now: datetime, lifetime: timedelta) -> str:
    """The token of a link that signs `principal` in, once, within `lifetime`."""
    token = f"pl_{secrets.token_urlsafe(32)}"
    session.execute(
        insert(SignInLinkRow).values(
            **_columns(principal), sha256=_sha256(token), created_at=now, expires_at=now + lifetime
        )
    )
    return token


def use_sign_in_link(session: Session, token: str, now: datetime) -> Principal | None:
    """Who the link's token signs in; None where it is wrong, too old or was used before. Two never get in with one."""
    digest = _sha256(token)
    unused = (SignInLinkRow.sha256 == digest, SignInLinkRow.used_at.is_(None), SignInLinkRow.expires_at > now)
    if changed(session.execute(update(SignInLinkRow).where(*unused).values(used_at=now))) != 1:
        return None
    return _principal(session.execute(columns_of(SignInLinkRow).where(SignInLinkRow.sha256 == digest)).one())


def start_session(
    session: Session, principal: Principal, *, now: datetime, lifetime: timedelta
) -> tuple[str, SignedIn]:
    """The token of a new session, for a cookie, and the session."""
    token, csrf, expires_at = f"ps_{secrets.token_urlsafe(32)}", secrets.token_urlsafe(32), now + lifetime
    session.execute(
        insert(SessionRow).values(
            **_columns(principal), sha256=_sha256(token), csrf=csrf, created_at=now, expires_at=expires_at
        )
    )
    return token, SignedIn(principal, csrf, expires_at)


def signed_in(session: Session, token: str, now: datetime, *, held: bool = False) -> SignedIn | None:
    """The session that a cookie's token belongs to; None where it is wrong or over. `held` as for a key."""
    current = columns_of(SessionRow).where(SessionRow.sha256 == _sha256(token), SessionRow.expires_at > now)
    row = session.execute(current.with_for_update(read=True) if held else current).first()
    return None if row is None else SignedIn(_principal(row), row.csrf, row.expires_at)


def end_session(session: Session, token: str) -> None:
    """Sign out."""
    session.execute(delete(SessionRow).where(SessionRow.sha256 == _sha256(token)))


def end_sessions_of(session: Session, principal_id: str) -> None:
    """Sign somebody out everywhere, and let no unused link sign them in."""
    session.execute(delete(SessionRow).where(SessionRow.principal_id == principal_id))
    session.execute(delete(SignInLinkRow).where(SignInLinkRow.principal_id == principal_id))


def end_sessions_in(session: Session, organisation_id: str, principal_id: str) -> Principal | None:
    """Sign somebody of an organisation out everywhere, as `end_sessions_of`; who that was.

    None where the organisation has nobody of that identifier who is signed in or could be by a link.
    """
    for row in (SessionRow, SignInLinkRow):
        own = columns_of(row).where(row.organisation_id == organisation_id, row.principal_id == principal_id)
        found = session.execute(own.limit(1)).first()
        if found is not None:
            end_sessions_of(session, principal_id)
            return _principal(found)
    return None


def forget_old_sessions(session: Session, now: datetime) -> int:
    """Delete sessions and links that are over; how many there were."""
    over = [delete(row).where(row.expires_at <= now) for row in (SessionRow, SignInLinkRow)]
    return sum(changed(session.execute(statement)) for statement in over)


def principal_of(session: Session, principal_id: str, organisation_id: str) -> Principal | None:
    """Who a key was made for, so that a new one can take its place; None where the organisation has none."""
    found = columns_of(ApiKeyRow).where(
        ApiKeyRow.principal_id == principal_id, ApiKeyRow.organisation_id == organisation_id
    )
    row = session.execute(found.order_by(ApiKeyRow.created_at.desc()).limit(1)).first()
    return None if row is None else _principal(row, per_minute=row.per_minute)


def _sha256(text: str) -> str:
    """Enough for a random secret of 256 bits: nobody can try them out, so it needs no slow hash."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _columns(principal: Principal) -> dict[str, Any]:
    return {
        "principal_id": principal.id,
        "role": principal.role,
        "organisation_id": principal.organisation_id,
        "agent_id": principal.agent_id,
        "team_id": principal.team_id,
    }


def _principal(row: Any, *, per_minute: int | None = None) -> Principal:
    return Principal(row.principal_id, row.role, row.organisation_id, row.agent_id, row.team_id, per_minute)
