"""A start that cannot succeed ends within seconds and says in one line what is wrong."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow  # a process a case

GOOD = {
    "APP_PORT": "8000",
    "APP_API_TOKEN": "t",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "TRUSTED_ISSUERS": json.dumps([{"issuer": "i", "audience": "a", "jwks": "https://issuer.example/jwks"}]),
}
LOCAL = json.dumps([{"issuer": "i", "audience": "a", "jwks": "file:///x", "local": True}])


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"APP_PORT": ""}, "APP_PORT"),
        ({"APP_PORT": "99999"}, "APP_PORT"),
        ({"APP_API_TOKEN": ""}, "APP_API_TOKEN"),
        ({"TRUSTED_ISSUERS": "[]"}, "TRUSTED_ISSUERS"),
        ({"TRUSTED_ISSUERS": LOCAL}, "TODO_ENVIRONMENT"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://audit:CHANGE-ME@db.example.com/todo"}, "DATABASE_URL"),
        ({"APP_API_TOKEN": "CHANGE-ME"}, "APP_API_TOKEN"),
    ],
)
def test_a_wrong_setting_is_named(changed: dict[str, str], named: str) -> None:
    environment = {"PATH": os.environ["PATH"], **GOOD, **changed}
    result = subprocess.run(
        [sys.executable, "-m", "audit_service"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert result.returncode not in {0, -9}
    assert named in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" not in result.stdout


def test_an_unknown_service_is_named_by_the_command_line() -> None:
    command = [sys.executable, "-m", "todo_kit", "migrate", "no_such_service"]
    environment = {"PATH": os.environ["PATH"], "MIGRATION_DATABASE_URL": "postgresql://x"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "no_such_service: there is no such service" in result.stderr
    without = subprocess.run(command, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False)
    assert "MIGRATION_DATABASE_URL__NO_SUCH_SERVICE" in without.stderr
