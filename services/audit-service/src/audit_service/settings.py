from typing import Annotated

from pydantic import Field, SecretStr

from todo_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    app_id: str = "audit-service"
    audit_signing_key: SecretStr | None = None
    """Base64 of 32 bytes, the Ed25519 key that signs the heads of the trails. Without it, that of the secret store."""
    audit_former_keys: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """Public keys (Base64) that signed before; what they signed stays valid."""
