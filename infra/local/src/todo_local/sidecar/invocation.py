"""Service invocation: sends a request to another app, with the token that proves that it came through a sidecar."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import normpath
from urllib.parse import unquote

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from todo_local.sidecar.config import AppConfig, SidecarConfig

PAUSES_SECONDS = (0.3, 0.6)
"""Pauses between attempts to connect."""
TIMEOUT = aiohttp.ClientTimeout(total=5, connect=2)
NOT_PASSED_ON = {
    "host", "connection", "content-length", "transfer-encoding", "keep-alive", "upgrade", "te", "trailer",
    "dapr-api-token", "dapr-app-id", "accept-encoding",
}  # fmt: skip


def allowed(target: AppConfig, caller: str, verb: str, path: str) -> bool:
    """Returns whether the target's configuration has a matching operation; the default is deny, as in Dapr.

    An app may call all of its own paths: daprd does not send such a request to another sidecar, which would check it.
    """
    if caller == target.app_id:
        return True
    wanted = normpath("/" + path)
    for operation in target.operations:
        if operation.caller == caller and operation.verb == verb:
            prefix = operation.path.removesuffix("/**")
            if wanted == operation.path or (prefix != operation.path and wanted.startswith(f"{prefix}/")):
                return True
    return False


class InvocationFailed(Exception):
    """The invocation failed; daprd responds with this status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = "ERR_DIRECT_INVOKE"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: "CIMultiDict[str]"
    body: bytes


@dataclass
class Invoker:
    config: SidecarConfig
    http: aiohttp.ClientSession

    async def invoke(
        self,
        caller: AppConfig,
        app_id: str,
        verb: str,
        path_and_query: str,
        headers: Iterable[tuple[str, str]],
        body: bytes,
    ) -> Answer:
        """Calls another app and returns its response. Raises InvocationFailed.

        Retries if the connection fails, but not after the app was reached: it may have processed the request.
        """
        target = self.config.apps.get(app_id)
        if target is None:
            raise InvocationFailed(500, f"failed to invoke, id: {app_id}, err: couldn't find service: {app_id}")
        path = unquote(path_and_query.partition("?")[0])
        if not allowed(target, caller.app_id, verb, path):
            raise InvocationFailed(403, f"access control policy has denied access to {path} of {app_id}, verb: {verb}")
        sent = CIMultiDict((name, value) for name, value in headers if name.lower() not in NOT_PASSED_ON)
        sent["dapr-api-token"] = target.app_api_token
        sent["dapr-caller-app-id"] = caller.app_id
        url = f"http://127.0.0.1:{target.app_port}/{path_and_query.lstrip('/')}"
        for pause in (*PAUSES_SECONDS, None):
            try:
                return await self._request(verb, url, sent, body)
            except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError):
                if pause is not None:
                    await asyncio.sleep(pause)
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                raise InvocationFailed(500, f"failed to invoke, id: {app_id}, err: {error}") from None
        raise InvocationFailed(500, f"failed to invoke, id: {app_id}, err: it does not answer")

    async def _request(self, verb: str, url: str, headers: "CIMultiDict[str]", body: bytes) -> Answer:
        request = self.http.request(
            verb, URL(url, encoded=True), headers=headers, data=body, timeout=TIMEOUT, allow_redirects=False
        )
        async with request as answer:
            kept = CIMultiDict((k, v) for k, v in answer.headers.items() if k.lower() not in NOT_PASSED_ON)
            kept.pop("content-encoding", None)
            return Answer(answer.status, kept, await answer.read())
