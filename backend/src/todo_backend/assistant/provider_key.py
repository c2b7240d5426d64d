"""The key of the assistant's provider: from the environment, or from the secret store."""

from typing import cast

from todo_backend.settings import Settings
from todo_kit.runtime import Runtime

RULES = "rules"
"""The name of the model that answers without a key."""


class ProviderKey:
    """Reads the key on first use and keeps it.

    While the secret cannot be read, requests fail: a fallback to the rules would silently be a different assistant.
    """

    def __init__(self, runtime: Runtime) -> None:
        self._settings = cast("Settings", runtime.settings)
        self._sidecar = runtime.sidecar
        self._key: str | None = None

    async def get(self) -> str:
        """Returns "" if there is none, and raises Unavailable while the secret cannot be read."""
        if self._key is None:
            self._key = await self._read()
        return self._key

    async def _read(self) -> str:
        settings = self._settings
        if settings.assistant_api_key:
            return settings.assistant_api_key.get_secret_value()
        secret = await self._sidecar.secret(settings.secret_store, settings.own_secret)
        return secret.get("ASSISTANT_API_KEY", "")

    async def model(self) -> str:
        """Returns the name of the model that answers."""
        return self._settings.assistant_model if await self.get() else RULES


def key_of(runtime: Runtime) -> ProviderKey:
    found: ProviderKey | None = runtime.extras.get("provider key")
    if found is None:
        found = runtime.extras["provider key"] = ProviderKey(runtime)
    return found
