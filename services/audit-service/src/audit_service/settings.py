from typing import Annotated

from pydantic import Field, SecretStr

from todo_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    app_id: str = "audit-service"
    audit_signing_key: SecretStr | None = None
    """The Ed25519 key that signs the heads of the trails: Base64 of 32 bytes. Default: the key in the secret store."""
    audit_former_keys: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """Public keys (Base64) of earlier signing keys. Their signatures stay valid."""
