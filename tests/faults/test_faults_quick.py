"""The fault bench in its quick form, both databases side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.__main__ import all_of
from tests.faults.cases import CASES, QUICK

pytestmark = pytest.mark.faults


def test_every_fault_is_withstood() -> None:
    with ThreadPoolExecutor(2) as pool:
        found = [
            seen for part in pool.map(lambda one: all_of(QUICK, [one], ""), ("sqlite", "postgresql")) for seen in part
        ]
    assert len(found) == 2 * len(CASES) + 2
    assert [f"{seen.fault} on {seen.database}: {seen.what}" for seen in found if not seen.held] == []
