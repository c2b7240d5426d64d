"""Which addresses a webhook may reach: a user names the URL, and must not reach what is around the suite (SSRF).

Some addresses that `ipaddress` calls global lead elsewhere: those of the IANA's registries of special-purpose
addresses, and those that have an IPv4 address in them.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

IpAddress = IPv4Address | IPv6Address
IpNetwork = IPv4Network | IPv6Network
Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""Returns the addresses of a host. Raises OSError, or TimeoutError."""
GLOBAL_UNICAST = IPv6Network("2000::/3")
SPECIAL = tuple(
    ip_network(text)
    for text in (
        *("192.0.0.0/24", "192.88.99.0/24"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
LOOKUP_SECONDS = 5.0
# A look-up cannot be cancelled. Slow ones must not take the threads that everything else uses.
_lookups = ThreadPoolExecutor(64, thread_name_prefix="lookup")


class Blocked(Exception):
    """The host has an address that is not public."""


async def resolve(host: str) -> Sequence[str]:
    look_up = partial(socket.getaddrinfo, host, None, type=socket.SOCK_STREAM)
    async with asyncio.timeout(LOOKUP_SECONDS):
        found = await asyncio.get_running_loop().run_in_executor(_lookups, look_up)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def allowed_address(addresses: Sequence[str], networks: Sequence[IpNetwork]) -> IpAddress:
    """Returns the address to connect to. Raises Blocked if any of them is neither public nor in one of the networks."""
    found = [ip_address(address.partition("%")[0]) for address in addresses]
    for address in found:
        if not (is_public(address) or is_in(address, networks)):
            raise Blocked(f"{address} is not a public address")
    return min(found, key=lambda address: address.version)  # without a fallback from IPv6 to IPv4


def is_public(address: IpAddress) -> bool:
    address = _unmapped(address)
    if isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST:
        return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not is_in(address, SPECIAL)


def is_in(address: IpAddress, networks: Sequence[IpNetwork]) -> bool:
    address = _unmapped(address)
    return any(address in network for network in networks if network.version == address.version)


def _unmapped(address: IpAddress) -> IpAddress:
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address
