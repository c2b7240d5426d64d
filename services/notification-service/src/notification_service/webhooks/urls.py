"""Which URLs a webhook may have. Its addresses are checked for each attempt: see `addresses`."""

import re
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from notification_service.webhooks.addresses import IpAddress, IpNetwork, is_in, is_public

PORTS = {None, 443, 8443}
PRINTABLE = re.compile(r"[!-~]+")
LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?=.{{1,253}}$){LABEL}(\.{LABEL})*|\[[0-9a-f:.]+\]", re.IGNORECASE)
"""Anything else, such as a backslash, another parser may read as the end of the host."""


def problem_of(url: str, networks: Sequence[IpNetwork]) -> str | None:  # noqa: PLR0911 - one for each reason
    """Returns why a URL is refused, as the end of a sentence about it, or None."""
    if not PRINTABLE.fullmatch(url):
        return "has characters that a URL does not have; encode them"
    try:
        parsed, port = urlsplit(url), urlsplit(url).port
    except ValueError:
        return "is not a URL"
    host = parsed.hostname or ""
    named = parsed.netloc.removesuffix(f":{port}")
    if "@" in parsed.netloc:
        return "has a user name in it; the signature tells the receiver who sends"
    if not HOST.fullmatch(named) or parsed.fragment:
        return "is not the URL of a server, such as https://example.com/todo"
    if networks and (host == "localhost" or _is_literal_in(host, networks)):
        return None if parsed.scheme in {"http", "https"} else "begins with neither https:// nor http://"
    if parsed.scheme != "https":
        return "does not begin with https://"
    if port not in PORTS:
        return "has another port than 443 or 8443"
    literal = _literal(host)
    if literal is not None and not is_public(literal):
        return "is not a public address"
    return None


def _is_literal_in(host: str, networks: Sequence[IpNetwork]) -> bool:
    literal = _literal(host)
    return literal is not None and is_in(literal, networks)


def _literal(host: str) -> IpAddress | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
