"""Keys, links, sessions and the log of who saw what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.store.audit import list_audit, record
from app.store.engine import Store
from app.store.keys import (
    end_session,
    end_sessions_of,
    forget_old_sessions,
    key_was_used,
    list_keys,
    make_key,
    make_sign_in_link,
    principal_of,
    principal_of_key,
    revoke_key,
    signed_in,
    start_session,
    use_sign_in_link,
)
from app.store.organisations import change_organisation, create_team, delete_team, find_organisation, list_agents
from app.store.principals import Principal
from tests.app.store.people import NOON, People, later, people


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.write() as opened:
        yield opened


@pytest.fixture
def us(session: Session) -> People:
    return people(session)


def everything(session: Session, *tables: str) -> str:
    return " ".join(str(row) for table in tables for row in session.execute(text(f"SELECT * FROM {table}")))


# --- known answer: keys -----------------------------------------------------------------------------------------------


def test_a_key_lets_its_principal_in_and_is_kept_as_a_hash(session: Session, us: People) -> None:
    key, shown = make_key(session, us.aino, name="Aino", now=NOON)
    assert key.startswith(f"pp_{shown.prefix}_")
    assert len(key) == 3 + 8 + 1 + 43
    assert principal_of_key(session, key, NOON) == us.aino
    kept = everything(session, "pp_api_key")
    assert key.removeprefix(f"pp_{shown.prefix}_") not in kept
    assert sha256(key.encode()).hexdigest() in kept
    assert (shown.role, shown.agent_id, shown.last_used_at, shown.revoked_at) == ("agent", "aino", None, None)


def test_a_key_that_is_nearly_right_opens_nothing(session: Session, us: People) -> None:
    key, _ = make_key(session, us.platform, name="Vaihde", now=NOON)
    other, _ = make_key(session, us.admin, name="Ylläpito", now=NOON)
    end = "B" if key[-1] == "A" else "A"
    wrong = [
        key[:-1] + end,
        key + "A",
        key[:-1],
        key.upper(),
        other[:12] + key[12:],
        "",
        "pp_",
        "pp__",
        key[3:],
        " " + key,
    ]
    wrong += [key + "\x00", "pp_ääääääää_x", "pp_" + "\ud800" * 8 + "_x", "x" * 100_000]
    assert [principal_of_key(session, text, NOON) for text in wrong] == [None] * len(wrong)


def test_a_key_ends(session: Session, us: People) -> None:
    key, shown = make_key(session, us.platform, name="Vaihde", now=NOON, expires_at=later(60))
    assert principal_of_key(session, key, later(59)) is not None
    assert principal_of_key(session, key, later(60)) is None
    other = people(session, "Toinen Oy")
    assert not revoke_key(session, other.organisation_id, shown.id, NOON)
    assert revoke_key(session, us.organisation_id, shown.id, NOON)
    assert not revoke_key(session, us.organisation_id, shown.id, NOON)
    assert principal_of_key(session, key, NOON) is None


def test_a_new_key_in_place_of_the_old_reads_what_the_old_one_submitted(session: Session, us: People) -> None:
    first_key, _ = make_key(session, us.platform, name="Vanha", now=NOON)
    who = principal_of(session, us.platform.id, us.organisation_id)
    assert who == us.platform
    second_key, _ = make_key(session, who, name="Uusi", now=later(1))
    assert principal_of_key(session, first_key, later(1)) == principal_of_key(session, second_key, later(1))
    assert principal_of(session, us.platform.id, "elsewhere") is None
    assert [key.name for key in list_keys(session, us.organisation_id)] == ["Uusi", "Vanha"]


def test_use_and_own_limit_are_noted(session: Session, us: People) -> None:
    limited = Principal(us.platform.id, "platform", us.organisation_id, per_minute=5)
    key, _ = make_key(session, limited, name="Vaihde", now=NOON)
    assert principal_of_key(session, key, NOON) == limited
    seen = []
    for moment in (0, 30, 61):
        key_was_used(session, key, later(moment))
        seen.append(list_keys(session, us.organisation_id)[0].last_used_at)
    assert seen == [later(0), later(0), later(61)]


def test_a_team_takes_its_trainers_keys_along(session: Session, us: People) -> None:
    key, _ = make_key(session, us.trainer, name="Valmentaja", now=NOON)
    assert delete_team(session, us.organisation_id, us.first_team)
    assert principal_of_key(session, key, NOON) is None
    assert [agent.team_id for agent in list_agents(session, us.organisation_id)] == [None, None]


# --- known answer: links and sessions ---------------------------------------------------------------------------------


def test_a_link_signs_in_once_and_in_time(session: Session, us: People) -> None:
    token = make_sign_in_link(session, us.trainer, now=NOON, lifetime=timedelta(minutes=15))
    late = make_sign_in_link(session, us.trainer, now=NOON, lifetime=timedelta(minutes=15))
    assert token not in everything(session, "pp_sign_in_link")
    assert use_sign_in_link(session, token, later(1)) == us.trainer
    assert use_sign_in_link(session, token, later(2)) is None
    assert use_sign_in_link(session, late, later(900)) is None
    assert use_sign_in_link(session, "pl_x", later(1)) is None


def test_a_session_lasts_until_it_ends(session: Session, us: People) -> None:
    token, made = start_session(session, us.aino, now=NOON, lifetime=timedelta(hours=12))
    assert signed_in(session, token, later(1)) == made
    assert (made.principal, made.expires_at) == (us.aino, NOON + timedelta(hours=12))
    assert made.csrf not in token
    assert token not in everything(session, "pp_session")
    assert signed_in(session, token, made.expires_at) is None
    end_session(session, token)
    assert signed_in(session, token, later(1)) is None


def test_somebody_is_signed_out_everywhere(session: Session, us: People) -> None:
    tokens = [start_session(session, us.aino, now=NOON, lifetime=timedelta(hours=1))[0] for _ in range(2)]
    eero, _ = start_session(session, us.eero, now=NOON, lifetime=timedelta(hours=1))
    link = make_sign_in_link(session, us.aino, now=NOON, lifetime=timedelta(hours=1))
    end_sessions_of(session, us.aino.id)
    assert [signed_in(session, token, NOON) for token in tokens] == [None, None]
    assert signed_in(session, eero, NOON) is not None
    assert use_sign_in_link(session, link, NOON) is None
    assert forget_old_sessions(session, NOON + timedelta(hours=1)) == 1


# --- known answer: organisations --------------------------------------------------------------------------------------


def test_an_organisation_chooses_what_is_kept(session: Session, us: People) -> None:
    found = find_organisation(session, us.organisation_id)
    assert found is not None
    assert (found.retain_days, found.keep_audio, found.redact) == (90, "full", True)
    assert change_organisation(session, us.organisation_id, keep_audio="none", retain_days=None, redact=False)
    found = find_organisation(session, us.organisation_id)
    assert found is not None
    assert (found.retain_days, found.keep_audio, found.redact) == (None, "none", False)
    assert not change_organisation(session, "nowhere", name="x")
    with pytest.raises(ValueError, match=r"no \['id'\] to change"):
        change_organisation(session, us.organisation_id, id="x")


def test_two_teams_of_one_name_are_refused(session: Session, us: People) -> None:
    assert create_team(session, us.organisation_id, "Ykkönen", NOON) is None
    assert create_team(session, people(session, "Toinen Oy").organisation_id, "Kolmonen", NOON) is not None


# --- known answer: the log --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", ["UPDATE pp_audit SET action = 'x'", "DELETE FROM pp_audit"])
def test_the_log_is_only_ever_added_to(store: Store, statement: str) -> None:
    with store.write() as session:
        us = people(session)
        record(session, us.trainer, "audio.read", NOON, call_id="c", agent_id="aino", detail={"from": 3})
    with pytest.raises(DBAPIError, match="pp_audit is append-only"), store.write() as session:
        session.execute(text(statement))
    with store.read() as session:
        (entry,) = list_audit(session, us.admin).items
    assert (entry.action, entry.actor_role, entry.at, entry.detail) == ("audio.read", "trainer", NOON, {"from": 3})


def test_the_log_cannot_be_emptied(postgresql_url: str) -> None:
    from app.store.engine import open_store
    from app.store.migrate import migrate

    migrate(postgresql_url)
    store = open_store(postgresql_url)
    with pytest.raises(DBAPIError, match="pp_audit is append-only"), store.write() as session:
        session.execute(text("TRUNCATE pp_audit"))
    store.close()


def test_the_log_is_read_by_those_it_is_about(session: Session, us: People) -> None:
    them = people(session, "Toinen Oy")
    record(session, us.trainer, "scorecard.read", later(1), call_id="c1", agent_id="aino")
    record(session, us.eero, "scorecard.read", later(2), call_id="c2", agent_id="eero")
    record(session, None, "call.erased", later(3), organisation_id=us.organisation_id, call_id="c1", agent_id="aino")
    record(session, them.trainer, "scorecard.read", later(4), call_id="c3", agent_id="aino")

    def seen(who: Principal, **more: str) -> list[tuple[str, str | None]]:
        return [(entry.actor_role, entry.call_id) for entry in list_audit(session, who, **more).items]

    assert seen(us.aino) == [("system", "c1"), ("trainer", "c1")]
    assert seen(us.eero) == [("agent", "c2")]
    assert seen(us.trainer) == [("trainer", "c1")]
    assert seen(us.platform) == []
    assert seen(us.admin) == [("system", "c1"), ("agent", "c2"), ("trainer", "c1")]
    assert seen(us.admin, agent_id="eero") == seen(us.admin, call_id="c2") == [("agent", "c2")]
    assert seen(us.eero, agent_id="aino") == []


def test_the_service_says_for_whom_it_acts(session: Session) -> None:
    with pytest.raises(ValueError, match=r"call\.erased by the service needs its organisation"):
        record(session, None, "call.erased", NOON)
