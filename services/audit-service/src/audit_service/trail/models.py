from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, LargeBinary, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from todo_kit.columns import instant


class AuditLog(SQLModel, table=True):
    """An entry of the trail. A user's positions have no gaps; each entry contains the hash of the previous one."""

    __tablename__ = "audit_logs"
    __table_args__ = (
        Index("ix_audit_logs_resource", "user_id", "resource_id", "position"),
        Index("ix_audit_logs_correlation", "user_id", "correlation_id"),
    )

    user_id: str = Field(primary_key=True)
    position: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    event_id: UUID = Field(unique=True)
    action_type: str
    resource_type: str
    resource_id: int | None
    seq: int
    timestamp: datetime = Field(sa_column=instant())
    actor_type: str
    actor_client: str
    correlation_id: str
    payload: dict[str, Any] | None = Field(sa_column=Column(JSONB(none_as_null=True), nullable=True))
    """Null if the user's data was erased. The digest stays, so the chain still verifies."""
    payload_digest: bytes = Field(sa_type=LargeBinary)
    previous_hash: bytes = Field(sa_type=LargeBinary)
    hash: bytes = Field(sa_type=LargeBinary)
    recorded_at: datetime = Field(sa_column=instant(server_default=func.now()))


class TrailHead(SQLModel, table=True):
    """The end of a user's chain, and the newest signed head. Only the signature is trusted."""

    __tablename__ = "trail_heads"
    __table_args__ = (
        Index("ix_trail_heads_grown", "looked_at_position", postgresql_where=text("position > looked_at_position")),
    )

    user_id: str = Field(primary_key=True)
    position: int = Field(sa_type=BigInteger)
    looked_at_position: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default="0"))
    """The end of the chain when it was last signed or found to be rewritten."""
    signed_position: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default="0"))
    signed_hash: bytes | None = Field(sa_type=LargeBinary, default=None)
    signed_at: datetime | None = Field(sa_column=instant(nullable=True), default=None)
    key_id: str | None = None
    signature: bytes | None = Field(sa_type=LargeBinary, default=None)
