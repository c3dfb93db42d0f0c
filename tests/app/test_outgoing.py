"""What the service may connect to."""

from __future__ import annotations

import asyncio
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpx
import pytest
from httpx_secure import SSRFProtectionError
from hypothesis import given
from hypothesis import strategies as st

from app.outgoing import AddressRefused, Unreachable, admitted, allow_list, guarded_client, is_public, permitted
from tests.app.loopback import answer, serving

NOBODY = allow_list(())
FORBIDDEN = (
    "https://127.0.0.1/",
    "https://localhost/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://0.0.0.0/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://10.0.0.1/",
    "https://[64:ff9b::7f00:1]/",
    "https://100.64.0.1/",
    "https://192.0.2.1/",
    "https://127.0.0.1./",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://017700000001/",
    "https://[fd00:ec2::254]/",
    "https://[fe80::1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:7f00:1::]/",
    "https://[::127.0.0.1]/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://168.63.129.16/machine/",
    "https://[::ffff:168.63.129.16]/",
    "https://[64:ff9b::168.63.129.16]/",
)


def admit(url: str, *allow: str) -> bool:
    """Whether `url` is one of the own network, where it is admitted."""
    return asyncio.run(admitted(url, allow_list(allow))).internal


# --- known answer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["168.63.129.16", "169.254.169.254", "64:ff9b::a83f:8110", "64:ff9b::a9fe:a9fe"])
def test_addresses_of_a_cloud_s_host_are_refused_even_where_they_are_allowed(address: str) -> None:
    allowed = allow_list([address, "0.0.0.0/0", "::/0", "inside.example"])
    assert not permitted("inside.example", ip_address(address), 443, allowed)
    assert permitted("inside.example", ip_address("10.0.0.1"), 443, allowed)


@pytest.mark.parametrize("url", FORBIDDEN)
def test_nothing_of_the_own_network_is_asked(url: str) -> None:
    with pytest.raises((AddressRefused, Unreachable)):
        admit(url)


@pytest.mark.parametrize(
    ("url", "id"),
    [
        ("file:///etc/passwd", "error-outgoing-scheme"),
        ("gopher://127.0.0.1/", "error-outgoing-scheme"),
        ("ftp://example.com/", "error-outgoing-scheme"),
        ("//example.com/", "error-outgoing-scheme"),
        ("https://", "error-outgoing-scheme"),
        ("", "error-outgoing-scheme"),
        ("https://me:secret@8.8.8.8/", "error-outgoing-credentials"),
        ("http://8.8.8.8/", "error-outgoing-not-https"),
        ("https://8.8.8.8:22/", "error-outgoing-refused"),
        ("https://exa mple.com/", "error-outgoing-no-url"),
        ("https://8.8.8.8:99999/", "error-outgoing-refused"),
        ("https://8.8.8.8/" + "a" * 3000, "error-outgoing-long-url"),
    ],
)
def test_a_refused_address_says_why(url: str, id: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        admit(url)
    assert caught.value.message.id == id
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["https://8.8.8.8/a.wav", "https://8.8.8.8:8443/", "https://[2606:4700:4700::1111]/"])
def test_the_open_internet_is_asked_by_https(url: str) -> None:
    assert admit(url) is False


def test_a_host_that_is_allowed_may_use_http_and_any_port() -> None:
    assert admit("http://localhost:8123/", "LOCALHOST.") is True
    assert admit("http://10.1.2.3:8080/", "10.1.0.0/16") is True
    assert admit("http://[::1]:8080/", "::1") is True
    with pytest.raises(AddressRefused, match=r"does not connect to 10\.2\.0\.1"):
        admit("http://10.2.0.1:8080/", "10.1.0.0/16", "recorder.local")


def test_link_local_is_never_asked_even_where_it_is_allowed() -> None:
    for url in ("http://169.254.169.254/", "http://[fe80::1]/", "http://[::ffff:169.254.169.254]/"):
        with pytest.raises(AddressRefused):
            admit(url, "169.254.0.0/16", "169.254.169.254", "fe80::/10", "fe80::1", "::ffff:169.254.169.254")


def test_a_name_that_changes_after_the_check_is_stopped_at_the_connection() -> None:
    async def ask(url: str) -> httpx.Response:
        async with guarded_client(NOBODY, timeout_s=2.0) as client:
            return await client.get(url)

    with serving(answer(200, b"secret")) as inside:
        for host in ("127.0.0.1", "localhost"):
            with pytest.raises(SSRFProtectionError):
                asyncio.run(ask(f"http://{host}:{inside.port}/"))
    assert inside.asked == []


def test_a_host_with_one_inner_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def two_addresses(host: str, port: int) -> tuple[IPv4Address, ...]:
        return IPv4Address("8.8.8.8"), IPv4Address("10.0.0.1")

    monkeypatch.setattr("app.outgoing._addresses", two_addresses)
    with pytest.raises(AddressRefused):
        admit("https://example.com/")


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answer(200, b"proxied")) as proxy, serving(answer(200, b"direct")) as target:
        monkeypatch.setenv("HTTP_PROXY", proxy.url())
        monkeypatch.setenv("ALL_PROXY", proxy.url())

        async def ask() -> bytes:
            async with guarded_client(allow_list(["127.0.0.1"]), timeout_s=2.0) as client:
                return (await client.get(target.url())).content

        assert asyncio.run(ask()) == b"direct"
    assert proxy.asked == []


# --- law --------------------------------------------------------------------------------------------------------------


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_another_is_judged_alike(address: IPv4Address) -> None:
    for wrapped in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert is_public(ip_address(wrapped)) == is_public(address)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_what_python_calls_private_is_never_permitted(address: IPv4Address | IPv6Address) -> None:
    if address.is_private or address.is_multicast or address.is_link_local or address.is_loopback:
        mapped = getattr(address, "ipv4_mapped", None)
        assert not permitted("host", address, 443, NOBODY) or (mapped is not None and is_public(mapped))
