"""The user of a verified token."""

from dataclasses import dataclass

ALL = ""
"""The grant of a token without one, and of a revocation that covers every token of the user."""


@dataclass(frozen=True, slots=True)
class User:
    id: str
    client: str
    """Display name of the client: a first-party client, or `app:` and the name that the app chose."""
    scopes: frozenset[str] | None
    """None for a session of a first-party client, which has all permissions of its user."""
    expires_at: int
    issued_at: int = 0
    grant: str = ALL
    """The grant of the token: `session:<sid>` for a sign-in, `app:<client_id>` for an app."""
    client_id: str = ""
    """The client's id at the issuer (`client_id`, else `azp`). An app cannot choose it."""
