from sqlmodel import Field, SQLModel


class PushKey(SQLModel, table=True):
    """The key by which push services know this installation (RFC 8292). Another key voids all subscriptions."""

    __tablename__ = "push_keys"

    id: int = Field(default=1, primary_key=True)
    private_key: str
    """The P-256 scalar, base64url."""
