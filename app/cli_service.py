"""The commands of the service: ``serve``, ``worker``, ``migrate`` and ``keys``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.store.engine import Store
    from app.store.organisations import Organisation
    from app.store.principals import Principal

ROLE_NAMES = ("agent", "trainer", "platform", "admin")
QUEUE_NAMES = ("interactive", "batch", "webhooks", "maintenance")
FIRST_ORGANISATION, FIRST_TEAM, FIRST_AGENT = "Puhepeili", "Tiimi", "agentti"
LINK_HOURS = 24


@click.command()
@click.option("--workers", type=click.IntRange(0, 256), default=1, show_default=True, help="Worker processes beside.")
@click.option("--no-link", is_flag=True, help="Print no sign-in link.")
def serve(workers: int, no_link: bool) -> None:
    """Answer over HTTP, with workers beside.

    The tables are made or brought up to date first. Where nobody is known yet, an organisation with one agent is made,
    and a link that signs the agent in is printed.
    """
    from app import serve as service
    from app.settings import settings

    chosen = settings()
    service.log_to_stderr()
    service.prepare(chosen)
    if not no_link:
        click.echo(_first_link())
    service.serve(chosen, workers=workers)


@click.command()
@click.option(
    "--queues", default=",".join(QUEUE_NAMES), show_default=True, help="Queues to take jobs from, with commas between."
)
def worker(queues: str) -> None:
    """Take jobs until told to stop; any number of these may run, on any number of hosts."""
    from app import serve as service
    from app.errors import UsageError
    from app.settings import settings

    wanted = tuple(name.strip() for name in queues.split(",") if name.strip())
    unknown = [name for name in wanted if name not in QUEUE_NAMES]
    if unknown or not wanted:
        raise UsageError("error-queues", value=", ".join(unknown) or "–", allowed=", ".join(QUEUE_NAMES))
    service.log_to_stderr()
    service.work(settings(), wanted)


@click.command()
def migrate() -> None:
    """Make the tables, or bring those of an older version up to date."""
    from app import serve as service
    from app.settings import settings

    service.prepare(settings())


@click.group()
def keys() -> None:
    """Organisations, keys and sign-in links."""


def _whose(command: Any) -> Any:
    options = (
        click.option("--organisation", default=None, help="Its name or identifier. Default: the only one there is."),
        click.option("--role", type=click.Choice(ROLE_NAMES), required=True),
        click.option("--agent", "agent_id", default=None, help="The agent's identifier, for the role agent."),
        click.option("--team", default=None, help="The team's name or identifier, for the role trainer."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@keys.command("make")
@click.argument("name")
@_whose
@click.option(
    "--days", type=click.IntRange(1, 3650), default=None, help="Days that it opens anything. Default: always."
)
@click.option("--per-minute", type=click.IntRange(1), default=None, help="Requests that it may make in a minute.")
def keys_make(
    name: str,
    organisation: str | None,
    role: str,
    agent_id: str | None,
    team: str | None,
    days: int | None,
    per_minute: int | None,
) -> None:
    """Make a key called NAME and print it. It is shown this once: only its hash is kept."""
    from dataclasses import replace

    from app.store.audit import record
    from app.store.base import now_utc
    from app.store.keys import make_key

    now = now_utc()
    with _open() as store, store.write() as session:
        principal = _principal(session, organisation, role, agent_id, team)
        expires_at = None if days is None else now + timedelta(days=days)
        text, made = make_key(
            session, replace(principal, per_minute=per_minute), name=name, now=now, expires_at=expires_at
        )
        detail = {"key_id": made.id, "role": role}
        record(
            session, None, "key.made", now, organisation_id=principal.organisation_id, agent_id=agent_id, detail=detail
        )
    click.echo(text)


@keys.command("link")
@_whose
@click.option("--hours", type=click.IntRange(1, 168), default=LINK_HOURS, show_default=True, help="How long it works.")
def keys_link(organisation: str | None, role: str, agent_id: str | None, team: str | None, hours: int) -> None:
    """Print a link that signs one person in on the pages, once."""
    from app.settings import settings

    with _open() as store, store.write() as session:
        principal = _principal(session, organisation, role, agent_id, team)
        click.echo(_link(session, principal, settings().public_url, hours))


@keys.command("list")
@click.option("--organisation", default=None, help="Its name or identifier. Default: the only one there is.")
def keys_list(organisation: str | None) -> None:
    """List keys: identifier, what it begins with, role, name, and when it was last used."""
    from app.store.keys import list_keys

    with _open() as store, store.read() as session:
        for key in list_keys(session, _organisation(session, organisation).id):
            state = "revoked" if key.revoked_at else "in use"
            used = "never" if key.last_used_at is None else f"{key.last_used_at:%Y-%m-%d %H:%M}"
            click.echo(f"{key.id}  pp_{key.prefix}_…  {key.role:<8}  {state:<7}  last used {used}  {key.name}")


@keys.command("revoke")
@click.argument("key_id")
@click.option("--organisation", default=None, help="Its name or identifier. Default: the only one there is.")
def keys_revoke(key_id: str, organisation: str | None) -> None:
    """Let the key with the identifier KEY_ID open nothing any more."""
    from app.errors import InputError
    from app.store.audit import record
    from app.store.base import now_utc
    from app.store.keyless import disable_keyless
    from app.store.keys import revoke_key

    now = now_utc()
    with _open() as store, store.write() as session:
        owner = _organisation(session, organisation)
        if not revoke_key(session, owner.id, key_id, now):
            raise InputError("error-no-key", value=key_id)
        record(session, None, "key.revoked", now, organisation_id=owner.id, detail={"key_id": key_id})
        disable_keyless(session, owner.id, now)


@keys.command("organisation")
@click.argument("name")
def keys_organisation(name: str) -> None:
    """Make an organisation called NAME and print its identifier."""
    from app.settings import settings
    from app.store.base import now_utc
    from app.store.organisations import create_organisation

    with _open() as store, store.write() as session:
        made = create_organisation(session, name, now_utc(), retain_days=settings().retain_days)
    click.echo(made.id)


def _open() -> Any:
    from contextlib import contextmanager

    from app.settings import settings
    from app.store.engine import open_store
    from app.store.migrate import migrate

    @contextmanager
    def opened() -> Iterator[Store]:
        migrate(settings().database_url)
        store = open_store(settings().database_url)
        try:
            yield store
        finally:
            store.close()

    return opened()


def _organisation(session: Any, name: str | None) -> Organisation:
    from app.errors import InputError
    from app.store.organisations import list_organisations

    found = list_organisations(session)
    wanted = [one for one in found if name is None or name in (one.id, one.name)]
    if len(wanted) == 1:
        return wanted[0]
    if not found:
        raise InputError("error-organisation-none")
    raise InputError("error-organisation-which", names=", ".join(one.name for one in found)[:500])


def _principal(session: Any, organisation: str | None, role: Any, agent_id: str | None, team: str | None) -> Principal:
    from app.errors import InputError
    from app.store.base import now_utc
    from app.store.organisations import agent_team, list_teams
    from app.store.principals import new_principal

    owner = _organisation(session, organisation)
    team_id = None
    if team is not None:
        known = list_teams(session, owner.id)
        team_id = next((one.id for one in known if team in (one.id, one.name)), None)
        if team_id is None:
            raise InputError("error-no-team", value=team, names=", ".join(one.name for one in known)[:500] or "–")
    principal = new_principal(role, owner.id, agent_id=agent_id, team_id=team_id)
    if agent_id is not None:
        agent_team(session, owner.id, agent_id, now_utc())
    return principal


def _link(session: Any, principal: Principal, public_url: str, hours: int) -> str:
    from app.store.audit import record
    from app.store.base import now_utc
    from app.store.keys import make_sign_in_link
    from app.web.links import sign_in_url

    now = now_utc()
    token = make_sign_in_link(session, principal, now=now, lifetime=timedelta(hours=hours))
    about: dict[str, Any] = {"organisation_id": principal.organisation_id, "agent_id": principal.agent_id}
    record(session, None, "link.made", now, **about, detail={"role": principal.role, "principal_id": principal.id})
    return sign_in_url(public_url, token)


def _first_link() -> str:
    """A link for the first agent of the only organisation; both are made where nobody is known yet."""
    from app.messages import text
    from app.settings import settings
    from app.store.base import now_utc
    from app.store.organisations import create_organisation, create_team, list_organisations, set_agent
    from app.store.principals import new_principal

    chosen, now = settings(), now_utc()
    with _open() as store, store.write() as session:
        found = list_organisations(session)
        if len(found) > 1:
            return text("serve-several", chosen.locale, url=chosen.public_url)
        if not found:
            found = (create_organisation(session, FIRST_ORGANISATION, now, retain_days=chosen.retain_days),)
            team = create_team(session, found[0].id, FIRST_TEAM, now)
            assert team is not None
            set_agent(session, found[0].id, FIRST_AGENT, now, team_id=team.id)
        principal = new_principal("agent", found[0].id, agent_id=FIRST_AGENT)
        link = _link(session, principal, chosen.public_url, LINK_HOURS)
    return text("serve-link", chosen.locale, link=link, hours=LINK_HOURS)


COMMANDS: tuple[click.Command, ...] = (serve, worker, migrate, keys)
"""What the command line adds."""
