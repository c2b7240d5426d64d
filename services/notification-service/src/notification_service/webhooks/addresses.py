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
from typing import Any

IpAddress = IPv4Address | IPv6Address
IpNetwork = IPv4Network | IPv6Network
Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""Returns the addresses of a host. Raises OSError."""
GLOBAL_UNICAST = IPv6Network("2000::/3")
SPECIAL = tuple(
    ip_network(text)
    for text in (
        *("192.0.0.0/24", "192.88.99.0/24"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
LOOKUP_SECONDS = 5.0
LOOKUPS = 32


class Blocked(Exception):
    """The host has this address, which is not public."""


class Resolver:
    """Looks up hosts in threads of its own, one look-up per host at a time.

    A look-up cannot be cancelled, so a slow one keeps its thread. It must not take the threads that everything else
    uses, and further attempts to the same host must not take more of them.
    """

    def __init__(self, look_up: Callable[..., Sequence[Any]] = socket.getaddrinfo) -> None:
        self.look_up = look_up
        self.threads = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="lookup")
        self.running: dict[str, asyncio.Future[Sequence[Any]]] = {}

    async def __call__(self, host: str) -> Sequence[str]:
        running = self.running.get(host) or self._start(host)
        try:
            async with asyncio.timeout(LOOKUP_SECONDS):
                found = await asyncio.shield(running)
        except TimeoutError:
            raise OSError(f"no name server answered within {LOOKUP_SECONDS:g} seconds") from None
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))

    def _start(self, host: str) -> "asyncio.Future[Sequence[Any]]":
        look_up = partial(self.look_up, host, None, type=socket.SOCK_STREAM)
        started = asyncio.get_running_loop().run_in_executor(self.threads, look_up)
        self.running[host] = started
        started.add_done_callback(partial(self._ended, host))
        return started

    def _ended(self, host: str, ended: "asyncio.Future[Sequence[Any]]") -> None:
        del self.running[host]
        if not ended.cancelled():
            ended.exception()  # nobody may wait for it any more

    def close(self) -> None:
        self.threads.shutdown(wait=False, cancel_futures=True)


def allowed_address(addresses: Sequence[str], networks: Sequence[IpNetwork]) -> IpAddress:
    """Returns the address to connect to. Raises Blocked if any of them is neither public nor in one of the networks."""
    found = [ip_address(address.partition("%")[0]) for address in addresses]
    for address in found:
        if not (is_public(address) or is_in(address, networks)):
            raise Blocked(str(address))
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
