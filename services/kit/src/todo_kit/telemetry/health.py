"""Health endpoints (liveness, readiness for events, readiness for requests) and metrics."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from todo_kit.answers import json_answer
from todo_kit.runtime import runtime_of
from todo_kit.telemetry.metrics import DATABASE_AWAY, READY

router = APIRouter(tags=["Operations"])


class Health(BaseModel):
    status: str


class Readiness(BaseModel):
    status: str
    checks: dict[str, str]


@router.get("/health")
async def health() -> Health:
    """Alive. Touches nothing, so that a slow database never gets the process killed."""
    return Health(status="ok")


@router.get("/health/subscriptions", responses={503: {"model": Health}})
async def subscriptions(request: Request) -> Health:
    """Whether events can be taken; the sidecar's app health check. 503 while the database is known to be away."""
    if runtime_of(request).database_away.is_set():
        return json_answer({"status": "the database is away"}, 503)  # type: ignore[return-value]
    return Health(status="ok")


@router.get("/ready", responses={503: {"model": Readiness}})
async def ready(request: Request) -> Readiness:
    """Whether the database answers and the process is not stopping; 503 names what is wrong.

    The sidecar is reported and does not decide: only the requests that need it fail without it.
    """
    runtime = runtime_of(request)
    checks = {
        "database": "ok" if await runtime.database.answers() else "away",
        "sidecar": "ok" if await runtime.sidecar.is_ready() else "away",
        "process": "stopping" if runtime.stopping.is_set() else "ok",
    }
    for check, state in checks.items():
        READY.labels(check).set(state == "ok")
    good = checks["database"] == checks["process"] == "ok"
    answer = Readiness(status="ok" if good else "unavailable", checks=checks)
    return answer if good else json_answer(answer.model_dump(), 503)  # type: ignore[return-value]


@router.get("/metrics", response_class=Response)
async def metrics(request: Request) -> Response:
    """Prometheus metrics."""
    DATABASE_AWAY.set(runtime_of(request).database_away.is_set())
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
