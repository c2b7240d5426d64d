"""Schemathesis over all four OpenAPI documents: no answer that is undocumented, and none that is a crash."""

import os
from pathlib import Path
from typing import Any

import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.suite import RunningSuite
from todo_local.settings import SERVICES

CONTRACTS = Path(__file__).parents[2] / "specs" / "005-event-driven-suite" / "contracts"
NAMES = tuple(service.contract for service in SERVICES)
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = int(os.environ.get("CONFORMANCE_EXAMPLES", "25"))


def schema_of(name: str) -> Any:
    document = yaml.safe_load((CONTRACTS / f"{name}.openapi.yaml").read_text())
    # An endless stream has no end to check.
    return schemathesis.openapi.from_dict(document).exclude(path="/api/{user_id}/events")


def check(case: Any, suite: RunningSuite, name: str) -> None:
    offset = NAMES.index(name)
    app_id = "todo-backend" if name == "task-api" else name
    case.path_parameters = {**(case.path_parameters or {}), "user_id": "fuzz"}
    case.headers = {
        **(case.headers or {}),
        "Authorization": f"Bearer {suite.token('fuzz')}",
        "dapr-api-token": suite.secrets["app_api_tokens"][app_id],
    }
    case.call_and_validate(base_url=f"http://127.0.0.1:{suite.port + offset}", checks=CHECKS, timeout=20)


bounded = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@schema_of("task-api").parametrize()
@bounded
def test_task_api(case: Any, suite: RunningSuite) -> None:
    check(case, suite, "task-api")


@schema_of("notification-service").parametrize()
@bounded
def test_notification_service(case: Any, suite: RunningSuite) -> None:
    check(case, suite, "notification-service")


@schema_of("recurring-tasks-service").parametrize()
@bounded
def test_recurring_tasks_service(case: Any, suite: RunningSuite) -> None:
    check(case, suite, "recurring-tasks-service")


@schema_of("audit-service").parametrize()
@bounded
def test_audit_service(case: Any, suite: RunningSuite) -> None:
    check(case, suite, "audit-service")
