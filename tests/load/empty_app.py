"""A consumer that does nothing but say that it has: `python -m tests.load.empty_app PORT TOPIC`."""

import sys

import orjson
import uvicorn
from fastapi import FastAPI, Request, Response

PUBSUB = "todo-pubsub"
app = FastAPI()
port, topic = int(sys.argv[1]), sys.argv[2]
taken = {"count": 0}


@app.get("/dapr/subscribe")
async def subscribe() -> list[dict[str, object]]:
    bulk = {"enabled": True, "maxMessagesCount": 200, "maxAwaitDurationMs": 100}
    return [{"pubsubname": PUBSUB, "topic": topic, "route": "/take", "bulkSubscribe": bulk}]


@app.get("/health/subscriptions")
async def health() -> Response:
    return Response()


@app.get("/taken")
async def count() -> dict[str, int]:
    return taken


@app.post("/take")
async def take(request: Request) -> Response:
    entries = orjson.loads(await request.body())["entries"]
    taken["count"] += len(entries)
    statuses = [{"entryId": entry["entryId"], "status": "SUCCESS"} for entry in entries]
    return Response(orjson.dumps({"statuses": statuses}), media_type="application/json")


uvicorn.run(app, port=port, log_level="error", access_log=False)
