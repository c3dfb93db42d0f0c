"""Requests to addresses that callers name: nothing of the own network is reached unless the operator allows it.

An address is checked twice: when its name is resolved here, before any packet goes out, and again at the connection
itself, which goes to the very address that was checked, so that a name that changes in between gains nothing.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from app import __version__
from app.errors import InputError

if TYPE_CHECKING:
    from ssl import SSLContext

    from httpx import URL, AsyncClient

Address = IPv4Address | IPv6Address
PUBLIC_PORTS = frozenset({443, 8443})
"""Ports of hosts outside; hosts that the operator allows may use any."""
MAX_URL_CHARACTERS = 2048
_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}")

_NEVER = (
    ip_network("169.254.0.0/16"),
    ip_network("fe80::/10"),
    ip_network("fd00:ec2::254"),
    ip_network("168.63.129.16"),
)
"""Where clouds keep their machines' credentials, link-local and Azure's: not even for hosts that the operator allows."""
_PUBLIC_V6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = (
    # Special blocks that Python counts as global, and tunnels that may lead back inside.
    ip_network("192.0.0.0/24"),
    ip_network("192.88.99.0/24"),
    ip_network("2001::/23"),
    ip_network("2002::/16"),
    ip_network("3fff::/20"),
)


class AddressRefused(InputError):
    """The service does not go to such an address."""


class Unreachable(Exception):
    """No such host, or nobody answers there; another try may do better."""


@dataclass(frozen=True, slots=True)
class AllowList:
    """What of the own network may be reached: hosts by name, and networks."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    def internal(self, host: str, address: Address) -> bool:
        """Whether the operator names this host, or the network that it is in."""
        return host in self.hosts or any(address in network for network in self.networks)


def allow_list(entries: Iterable[str]) -> AllowList:
    """The list that names, addresses and networks such as ``10.1.0.0/16`` make."""
    hosts, networks = set(), []
    for entry in entries:
        try:
            networks.append(ip_network(entry, strict=False))
        except ValueError:
            hosts.add(_plain_host(entry))
    return AllowList(frozenset(hosts), tuple(networks))


def is_public(address: Address) -> bool:
    """Whether `address` is one of the open internet, also where it is wrapped in another."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(IPv4Address(address.packed[-4:]))
        if address not in _PUBLIC_V6:
            return False
    if any(address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def permitted(host: str, address: Address, port: int, allow: AllowList) -> bool:
    """Whether the service may connect to `address` under the name `host`."""
    inner = address.ipv4_mapped if isinstance(address, IPv6Address) and address.ipv4_mapped else address
    reached = IPv4Address(address.packed[-4:]) if address in _NAT64 else inner
    if any(reached in network for network in _NEVER):
        return False
    return allow.internal(host, inner) or (is_public(address) and port in PUBLIC_PORTS)


@dataclass(frozen=True, slots=True)
class Admitted:
    """An address that may be asked; `internal` where the operator allows it by name or network."""

    url: URL
    internal: bool


def checked_url(url: str | URL) -> URL:
    """`url`, if it is one of the web, without credentials in it.

    Raises
    ------
    AddressRefused
        If it is not.
    """
    import httpx

    try:
        found = httpx.URL(url)
        host = found.raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError, TypeError) as error:
        raise AddressRefused("error-outgoing-no-url") from error
    if len(str(found)) > MAX_URL_CHARACTERS:
        raise AddressRefused("error-outgoing-long-url", most=MAX_URL_CHARACTERS)
    if found.scheme not in ("http", "https") or not host:
        raise AddressRefused("error-outgoing-scheme", scheme=found.scheme[:20] or "-")
    if not _HOST.fullmatch(host):
        raise AddressRefused("error-outgoing-no-url")
    if found.userinfo:
        raise AddressRefused("error-outgoing-credentials", host=host)
    return found


async def admitted(url: str | URL, allow: AllowList) -> Admitted:
    """`url`, if the service may ask it: by https alone, except hosts that the operator allows.

    Raises
    ------
    AddressRefused
        If one of the host's addresses, its port or the scheme is not allowed.
    Unreachable
        If there is no such host.
    """
    found = checked_url(url)
    host, port = _plain_host(found.host), found.port or (443 if found.scheme == "https" else 80)
    addresses = await _addresses(found.host, port)
    internal = all(allow.internal(host, address) for address in addresses)
    if found.scheme != "https" and not internal and all(map(is_public, addresses)):
        raise AddressRefused("error-outgoing-not-https", host=host)
    if not all(permitted(host, address, port, allow) for address in addresses):
        raise AddressRefused("error-outgoing-refused", host=host)
    return Admitted(found, internal)


async def _addresses(host: str, port: int) -> tuple[Address, ...]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(host) from error
    return tuple(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


def guarded_client(allow: AllowList, *, timeout_s: float) -> AsyncClient:
    """A client that connects to nothing but what `permitted` allows, whatever a name resolves to by then.

    It follows no redirects, and uses no proxy of the environment: a proxy would resolve the name anew, unchecked.

    Parameters
    ----------
    allow : AllowList
    timeout_s : float
        For the connection, and for each wait for bytes.
    """
    import httpx
    from httpx_secure import httpx_ssrf_protection

    client = httpx.AsyncClient(
        verify=_certificates(),
        trust_env=False,
        follow_redirects=False,
        timeout=httpx.Timeout(timeout_s),
        headers={"User-Agent": f"puhepeili/{__version__}", "Accept-Encoding": "identity"},
    )

    def may_connect(host: str, address: Address, port: int) -> bool:
        return permitted(_plain_host(host), address, port, allow)

    return httpx_ssrf_protection(client, check_globally_reachable=False, custom_validator=may_connect)


@cache
def _certificates() -> SSLContext:
    """The authorities that are trusted; reading them takes longer than a request."""
    import httpx

    return httpx.create_ssl_context()


def _plain_host(host: str) -> str:
    return host.lower().strip("[]").rstrip(".")
