"""The admin port: sets faults and reads the log. For tests and debugging; it exists in local mode only."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass

import orjson
from aiohttp import web

from todo_local.sidecar.config import SidecarConfig
from todo_local.sidecar.faults import Faults
from todo_local.sidecar.http_api import answer, problem
from todo_local.sidecar.log import EventLog

LAG = """
    SELECT c.consumer, c.topic, c.partition, l.newest - c."offset" AS lag
    FROM offsets AS c JOIN (
        SELECT topic, partition, max("offset") AS newest FROM log GROUP BY topic, partition
    ) AS l USING (topic, partition) ORDER BY 1, 2, 3
"""
COUNTS = 'SELECT topic, partition, count(*) AS entries, max("offset") AS newest FROM log GROUP BY 1, 2 ORDER BY 1, 2'
ENTRIES = (
    'SELECT partition, "offset", key, event FROM log WHERE topic = $1 ORDER BY published_at, 1, 2 LIMIT $2 OFFSET $3'
)


@dataclass
class Admin:
    config: SidecarConfig
    log: EventLog
    faults: Faults

    def application(self) -> web.Application:
        application = web.Application(middlewares=[self._guard])
        application.add_routes(
            [
                web.get("/faults", self._get_faults),
                web.put("/faults", self._put_faults),
                web.delete("/faults", self._clear_faults),
                web.get("/log", self._summary),
                web.get("/log/{topic}", self._entries),
            ]
        )
        return application

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if request.headers.get("admin-token") != self.config.admin_token:
            return problem(401, "ERR_UNAUTHORIZED", "invalid admin token")
        return await handler(request)

    async def _get_faults(self, _: web.Request) -> web.Response:
        return answer(asdict(self.faults))

    async def _put_faults(self, request: web.Request) -> web.Response:
        self.faults.set(orjson.loads(await request.read()))
        return answer(asdict(self.faults))

    async def _clear_faults(self, _: web.Request) -> web.Response:
        self.faults.set({})
        return answer(asdict(self.faults))

    async def _summary(self, _: web.Request) -> web.Response:
        counts = [dict(row) for row in await self.log.pool.fetch(COUNTS)]
        return answer({"topics": counts, "consumers": [dict(row) for row in await self.log.pool.fetch(LAG)]})

    async def _entries(self, request: web.Request) -> web.Response:
        limit, offset = int(request.query.get("limit", "100")), int(request.query.get("offset", "0"))
        rows = await self.log.pool.fetch(ENTRIES, request.match_info["topic"], limit, offset)
        return answer([{**dict(row), "event": orjson.loads(row["event"])} for row in rows])
