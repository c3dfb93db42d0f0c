"""What all tests share: no network but the machine's own, and Hypothesis that always draws the same examples."""

from __future__ import annotations

import pytest
import pytest_socket
from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True, max_examples=30, database=None)
settings.load_profile("house")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Only sockets to this machine: a test that asks the network fails at once and says so."""
    if item.get_closest_marker("enable_socket") is None:
        pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
