"""What a service says of itself."""

import gzip
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import httpx

from audit_service.main import service
from tests.support import Opener
from todo_kit.database import Database
from todo_kit.errors import MAX_FIELD_ERRORS
from todo_kit.messaging.subscriptions import Subscription
from todo_kit.telemetry import tracing


async def test_health_readiness_and_metrics(open_service: Opener, user: str) -> None:
    async with open_service(service) as opened:
        client: httpx.AsyncClient = opened.client
        assert (await client.get("/health")).json() == {"status": "ok"}
        ready = await client.get("/ready")
        assert (ready.status_code, ready.json()["checks"]["database"]) == (200, "ok")
        await client.get(f"/api/{user}/audit_logs", headers=opened.auth(user))
        text = (await client.get("/metrics")).text
        for name in (
            "todo_http_requests_total", "todo_outbox_size", "todo_outbox_age_seconds", "todo_events_consumed_total",
            "todo_events_duplicate_total", "todo_dead_letters_total", "todo_reminder_lateness_seconds",
        ):  # fmt: skip
            assert name in text, name
        assert 'route="/api/{user_id}/audit_logs"' in text
        assert user not in text


async def test_a_stopping_service_is_not_ready_and_one_without_its_database_takes_no_events(
    open_service: Opener,
) -> None:
    async with open_service(service) as opened:
        assert "todo_database_away 0.0" in (await opened.client.get("/metrics")).text
        opened.runtime.database_away.set()
        assert "todo_database_away 1.0" in (await opened.client.get("/metrics")).text
        assert (await opened.client.get("/health/subscriptions")).status_code in {200, 503}
        opened.runtime.stopping.set()
        ready = await opened.client.get("/ready")
        assert (ready.status_code, ready.json()["checks"]["process"]) == (503, "stopping")
        assert (await opened.client.get("/health")).status_code == 200
        text = (await opened.client.get("/metrics")).text
        assert 'todo_ready{check="process"} 0.0' in text
        assert 'todo_ready{check="database"} 1.0' in text


async def test_a_topics_counters_begin_at_zero_so_that_the_first_dead_letter_is_a_rise(open_service: Opener) -> None:
    topic = f"never-read-{uuid4()}"
    async with open_service(replace(service, subscriptions=[Subscription(topic, (), _nothing)])) as opened:
        text = (await opened.client.get("/metrics")).text
        assert f'todo_dead_letters_total{{topic="{topic}"}} 0.0' in text


async def _nothing(*_: object) -> None:
    pass


async def test_errors_outside_of_any_route_are_problem_details_too(open_service: Opener) -> None:
    async with open_service(service) as opened:
        unknown = await opened.client.get("/nowhere")
        assert (unknown.status_code, unknown.headers["content-type"]) == (404, "application/problem+json")
        wrong_verb = await opened.client.put("/health")
        assert (wrong_verb.status_code, wrong_verb.json()["code"]) == (405, "method_not_allowed")


async def test_a_body_that_is_too_large_is_refused_whether_or_not_it_says_its_length(open_service: Opener) -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100_000

    async with open_service(service) as opened:
        headers = {**opened.sidecar_headers, "content-type": "application/json"}
        for content in (b"x" * 2_000_000, in_pieces()):
            answer = await opened.client.post("/internal/audit_logs", content=content, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_a_database_whose_name_is_not_found_is_away(open_service: Opener, user: str) -> None:
    async with open_service(service) as opened:
        there = opened.runtime.database
        opened.runtime.database = Database("postgresql://u:p@no-such-host.invalid/x", application_name="test")
        answer = await opened.client.get(f"/api/{user}/audit_logs", headers=opened.auth(user))
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        opened.runtime.database = there


async def test_the_answer_to_many_mistakes_is_not_larger_than_the_request(open_service: Opener) -> None:
    async with open_service(service) as opened:
        body = {f"{i:x}": 1 for i in range(50_000)}
        answer = await opened.client.post("/internal/audit_logs", json=body, headers=opened.sidecar_headers)
        assert (answer.status_code, len(answer.json()["errors"])) == (422, MAX_FIELD_ERRORS)


def test_a_trace_goes_on_where_it_came_from() -> None:
    incoming = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}
    with tracing.span("work", incoming, tracing.SpanKind.CONSUMER):
        outgoing = tracing.traceparent() or ""
    assert outgoing.split("-")[1] == "0af7651916cd43dd8448eb211c80319c"


TRACED = """
import sys
from todo_kit.telemetry import tracing

provider = tracing.configure("audit-service", sys.argv[1])
with tracing.span("the work", {}, tracing.SpanKind.SERVER):
    print(tracing.traceparent())
provider.shutdown()
"""


def test_with_an_endpoint_a_trace_begins_and_its_spans_are_sent_there() -> None:
    received: list[tuple[str, bytes]] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        command = [sys.executable, "-c", TRACED, f"http://127.0.0.1:{server.server_port}"]
        trace_id = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.split(b"-")[1]
        server.shutdown()
    [(path, body)] = received
    assert path == "/v1/traces"
    spans = body if b"the work" in body else gzip.decompress(body)
    assert b"the work" in spans
    assert bytes.fromhex(trace_id.decode()) in spans


def test_without_an_endpoint_for_spans_no_trace_begins() -> None:
    with tracing.span("work", {}, tracing.SpanKind.SERVER):
        assert tracing.traceparent() is None
