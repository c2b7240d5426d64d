from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator

from todo_kit.settings import Port, ServiceSettings

PORTS = {"starttls": 587, "tls": 465, "none": 25}


class Settings(ServiceSettings):
    app_id: str = "notification-service"

    public_url: Annotated[str, Field(pattern=r"^https?://[^/\s]+$")] = "http://localhost:3000"
    """Where people find the page, without a slash at the end."""

    smtp_host: str = ""
    """Empty: mails are files in `mail_folder`, or there are none."""
    smtp_port: Port | None = None
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    """`starttls` is required of the server, never optional; `none` is for a relay on the same machine."""
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    mail_from: Annotated[str, Field(pattern=r"^([^\s@<>,;\"]+@[^\s@<>,;\"]+)?$")] = ""
    mail_folder: Path | None = None

    push_services: tuple[str, ...] = (
        "https://fcm.googleapis.com",
        "https://updates.push.services.mozilla.com",
        "https://*.push.apple.com",
        "https://*.notify.windows.com",
    )
    """Origins to which messages are pushed. A browser names the URL, so any other origin is refused (SSRF)."""

    webhook_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    """Private networks that webhooks may reach, also without TLS, such as 127.0.0.0/8 on a laptop."""

    @property
    def host(self) -> str:
        return urlsplit(self.public_url).hostname or "localhost"

    @property
    def sender(self) -> str:
        return self.mail_from or "todo@localhost"

    @property
    def contact(self) -> str:
        """Where a push service can reach the operator: an https or a mailto URL (RFC 8292, section 2.1)."""
        return self.public_url if self.public_url.startswith("https:") else f"mailto:{self.sender}"

    @property
    def port_of_smtp(self) -> int:
        return self.smtp_port or PORTS[self.smtp_security]

    @model_validator(mode="after")
    def _mail_is_complete(self) -> Self:
        if self.smtp_host and not self.mail_from:
            raise ValueError("MAIL_FROM: needs the address of the sender, such as todo@example.com")
        if bool(self.smtp_user) != bool(self.smtp_password.get_secret_value()):
            raise ValueError("SMTP_USER and SMTP_PASSWORD are given together or not at all")
        return self
