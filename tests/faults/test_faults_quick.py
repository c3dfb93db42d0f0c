"""The fault bench in its quick form, some of it side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.__main__ import Seen, faults, shown
from tests.faults.cases import CASES, QUICK
from tests.servers import shared_postgresql

pytestmark = pytest.mark.faults
_AT_ONCE = 4


def test_every_fault_is_withstood() -> None:
    shared_postgresql()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found: list[Seen] = list(pool.map(lambda fault: shown(fault()), faults(QUICK, ["sqlite", "postgresql"], "")))
    assert len(found) == 2 * len(CASES) + 2
    assert [f"{seen.fault} on {seen.database}: {seen.what}" for seen in found if not seen.held] == []
