"""Sends one message to a receiver that a user has named."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, cast

import httpx
import structlog
from fastapi import FastAPI

from notification_service.sending import Later, Never, Outcome, Sent, seconds_of
from notification_service.settings import Settings
from notification_service.webhooks import addresses
from notification_service.webhooks.addresses import Blocked, IpNetwork, Resolve
from todo_kit.runtime import Runtime

log = structlog.get_logger()

SENDER = "webhook_sender"
TIMEOUT_SECONDS = 15.0
LONGEST_ANSWER = 16 * 1024
KEPT_ANSWER = 1000
"""Characters that the user sees."""
LONGEST_WAIT_SECONDS = 24 * 3600
CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    retry_after: float


class Sender:
    def __init__(self, client: httpx.AsyncClient, networks: Sequence[IpNetwork], resolve: Resolve) -> None:
        self.client, self.networks, self.resolve = client, networks, resolve

    async def send(self, url: str, body: bytes, headers: dict[str, str], now: float) -> tuple[Outcome, Answer | None]:
        """Sends a message. Never raises for what the other side does, and ends after TIMEOUT_SECONDS."""
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                answer = await self._post(httpx.URL(url), body, headers, now)
        except Blocked as error:
            log.warning("webhook_address_refused", address=str(error))  # the user is not told addresses of the network
            return Later("the host has an address that is not public"), None
        except TimeoutError:
            return Later(f"the receiver took longer than {TIMEOUT_SECONDS:.0f} seconds"), None
        except (OSError, httpx.HTTPError) as error:
            return Later(f"the receiver cannot be reached: {type(error).__name__} {error}"[:300]), None
        return outcome_of(answer), answer

    async def _post(self, url: httpx.URL, body: bytes, headers: dict[str, str], now: float) -> Answer:
        """Connects to the address that was checked: a second look-up could find another one."""
        host = url.raw_host.decode()  # `url.host` is decoded, and would be encoded differently (IDNA 2003)
        address = addresses.allowed_address(await self.resolve(host), self.networks)
        request = self.client.build_request(
            "POST",
            url.copy_with(host=str(address)),
            content=body,
            headers={**headers, "host": url.netloc.decode(), "accept-encoding": "identity"},
            extensions={"sni_hostname": host},
        )
        answer = await self.client.send(request, stream=True)
        try:
            read = b""
            async for part in answer.aiter_raw():
                read += part
                if len(read) > LONGEST_ANSWER:
                    break
        finally:
            await answer.aclose()
        text = read.decode(errors="replace").replace("\0", "")[:KEPT_ANSWER]
        return Answer(
            answer.status_code, text, seconds_of(answer.headers.get("retry-after", ""), now, LONGEST_WAIT_SECONDS)
        )


def outcome_of(answer: Answer) -> Outcome:
    reason = f"the receiver answered {answer.status}"
    if httpx.codes.is_success(answer.status):
        return Sent()
    if answer.status == httpx.codes.GONE:
        return Never(reason, target_gone=True)
    return Later(reason, answer.retry_after)


def client(**options: Any) -> httpx.AsyncClient:
    """Returns a client that keeps no cookies: the jar goes by address, and receivers of several users share one."""
    return httpx.AsyncClient(
        timeout=TIMEOUT_SECONDS,
        limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=0),
        follow_redirects=False,
        trust_env=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        **options,
    )


@asynccontextmanager
async def lifespan(_: FastAPI, runtime: Runtime) -> AsyncIterator[None]:
    settings, resolver = cast("Settings", runtime.settings), addresses.Resolver()
    async with client() as http:
        runtime.extras[SENDER] = Sender(http, settings.webhook_networks, resolver)
        yield
    resolver.close()
