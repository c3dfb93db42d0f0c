"""The fault bench in its quick form, some of it side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.__main__ import SERVER_CASES, SERVICE_CASES, Seen, faults, shown
from tests.faults.alone_process import reached
from tests.faults.cases import CASES, QUICK
from tests.faults.mutations import KINDS, mutated, sound_recordings
from tests.servers import shared_postgresql

pytestmark = pytest.mark.faults
_AT_ONCE = 4
ALONE_HERE = ("sqlite",)
"""What the service reaches outside has nothing to do with its database; both are tried in the full form."""
SERVICE = [
    (name, database)
    for name, (_, databases) in SERVICE_CASES.items()
    for database in (ALONE_HERE if name == "11 alone" else databases)
]


# --- known answer -----------------------------------------------------------------------------------------------------


def test_what_a_trace_says_was_reached() -> None:
    trace = """
12 connect(4, {sa_family=AF_UNIX, sun_path="/run/postgresql/.s.PGSQL.5432"}, 110) = 0
12 connect(5, {sa_family=AF_INET, sin_port=htons(5432), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
13 connect(5, {sa_family=AF_INET6, sin6_port=htons(80), inet_pton(AF_INET6, "::1", &sin6_addr)}, 28) = 0
13 connect(6, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}, 16) = -1 ENETUNREACH
13 sendto(6, "x", 1, 0, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 1
13 sendto(7, "x", 1, 0, NULL, 0) = 1
13 execve("/usr/bin/python", ["python"], 0x7ffd) = 0
"""
    found = reached(trace)
    assert {kind: len(calls) for kind, calls in found.items()} == {"unix": 1, "loopback": 2, "netlink": 0, "outside": 2}
    assert found["outside"] == ["192.0.2.53:53", "2001:db8::1:443"]


def test_broken_recordings_are_broken_and_always_the_same() -> None:
    sound = sound_recordings()
    assert len(sound) == len(KINDS) + 2
    made = [mutated(5, number) for number in range(100)]
    assert made == [mutated(5, number) for number in range(100)]
    assert {kind for kind, _ in made} == set(sound)
    assert sum(content == sound[kind] for kind, content in made) <= 3  # a change may put in what was there
    assert [mutated(6, number) for number in range(100)] != made


# --- law: whatever breaks, nothing that was answered is lost ------------------------------------------------------------


def test_every_fault_of_workers_is_withstood() -> None:
    shared_postgresql()
    wanted = [fault for fault in faults(QUICK, ["sqlite", "postgresql"], "") if fault.args[0] not in SERVICE_CASES]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found: list[Seen] = list(pool.map(lambda fault: shown(fault()), wanted))
    assert len(found) == 2 * len(CASES) + len(SERVER_CASES)
    assert [f"{seen.fault} on {seen.database}: {seen.what}" for seen in found if not seen.held] == []


@pytest.mark.parametrize(("name", "database"), SERVICE)
def test_the_service_withstands(name: str, database: str) -> None:
    (fault,) = faults(QUICK, [database], name)
    seen = shown(fault())
    assert seen.held, seen.what
