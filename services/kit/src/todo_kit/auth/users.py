"""Who a verified token belongs to."""

from dataclasses import dataclass

ALL = ""
"""The grant of a token that names none, and of a revocation that covers every token of the user."""


@dataclass(frozen=True, slots=True)
class User:
    id: str
    client: str
    """Through what the user acts, for people to read: a client of ours, or `app:` and the name that an app chose."""
    scopes: frozenset[str] | None
    """None for a session of a first-party client, which may do everything its user may."""
    expires_at: int
    issued_at: int = 0
    grant: str = ALL
    """What the token was issued under: `session:<sid>` for a sign-in, `app:<client_id>` for an app."""
    client_id: str = ""
    """The id by which the issuer knows the client (`client_id`, else `azp`), which no app chooses itself."""
