"""`dapr.yaml` for the Dapr CLI: what it says works with the daprd that it would start."""

import asyncio
import os
import shlex
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tests.suite import RunningSuite, free_base_port, need_dapr
from tests.support import eventually, free_port
from todo_local import daprd
from todo_local.settings import ROOT, SERVICES

pytestmark = [pytest.mark.timeout(180), pytest.mark.slow]

TEMPLATE: dict[str, Any] = yaml.safe_load((ROOT / "dapr.yaml").read_text())


def test_every_service_is_in_it_and_every_path_exists() -> None:
    assert [app["appID"] for app in TEMPLATE["apps"]] == [service.app_id for service in SERVICES]
    assert [app["command"][-1].split()[-1] for app in TEMPLATE["apps"]] == [service.module for service in SERVICES]
    paths = [*TEMPLATE["common"]["resourcesPaths"], *(app["configFilePath"] for app in TEMPLATE["apps"])]
    assert [path for path in paths if not (ROOT / path).exists()] == []


def variables(file: Path) -> dict[str, str]:
    pairs = [shlex.split(line)[0].split("=", 1) for line in file.read_text().splitlines()]
    return {name: value for name, value in pairs}  # noqa: C416 - says what it is


def start(app: dict[str, Any], environment: dict[str, str], ports: dict[str, int]) -> list["subprocess.Popen[bytes]"]:
    """As the CLI starts an app and its sidecar, but for ports and folders, which are the test's own."""
    home = Path(environment["TODO_HOME"])
    secrets_file = str(home / app["env"]["TODO_SECRETS_FILE"].removeprefix(".local/"))
    http, grpc = free_port(), free_port()
    own = environment | {"TODO_SECRETS_FILE": secrets_file, "APP_PORT": str(ports[app["appID"]])}
    own |= {"DAPR_HTTP_PORT": str(http), "DAPR_GRPC_PORT": str(grpc)}
    config = home / f"{app['appID']}.yaml"
    config.write_text((ROOT / app["configFilePath"]).read_text().replace(".local/run", str(home / "run")))
    sidecar = [str(daprd.path()), f"--app-id={app['appID']}", f"--app-port={ports[app['appID']]}"]
    sidecar += [f"--dapr-http-port={http}", f"--dapr-grpc-port={grpc}", "--dapr-listen-addresses=127.0.0.1"]
    sidecar += [f"--dapr-internal-grpc-port={free_port()}", "--dapr-internal-grpc-listen-address=127.0.0.1"]
    sidecar += [f"--metrics-port={free_port()}", "--metrics-listen-address=127.0.0.1", f"--config={config}"]
    sidecar += [f"--resources-path={ROOT / path}" for path in TEMPLATE["common"]["resourcesPaths"]]
    sidecar += ["--enable-app-health-check", f"--app-health-check-path={app['appHealthCheckPath']}"]
    with (home / "logs" / f"{app['appID']}.log").open("wb") as log:
        return [
            subprocess.Popen(command, cwd=ROOT / app["appDirPath"], env=own, stdout=log, stderr=log)
            for command in (sidecar, app["command"])
        ]


async def test_the_stores_and_what_it_starts_make_the_suite(tmp_path: Path, user: str) -> None:
    need_dapr()
    tmp_path.chmod(0o755)
    suite = RunningSuite(tmp_path, free_base_port(), dapr=True)
    running: list[subprocess.Popen[bytes]] = []
    try:
        await asyncio.to_thread(suite.launcher, "up", "--stores")
        assert set(suite.parts()) == {"postgres", "kafka"}
        ports = {app["appID"]: free_port() for app in TEMPLATE["apps"]}
        environment = {**os.environ, **variables(tmp_path / "run" / "dapr.env"), "TODO_HOME": str(tmp_path)}
        for app in TEMPLATE["apps"]:
            running += start(app, environment, ports)
        headers = {"Authorization": f"Bearer {suite.token(user)}"}
        base = f"http://127.0.0.1:{ports['todo-backend']}"
        async with httpx.AsyncClient(base_url=f"{base}/api/{user}", headers=headers) as client:

            async def made() -> bool:
                try:
                    return (await client.post("/tasks", json={"title": "t"})).status_code == 201
                except httpx.TransportError:
                    return False

            async def recorded() -> bool:
                answer = await client.get("/audit_logs")
                return answer.status_code == 200 and bool(answer.json()["items"])

            await eventually(made, 40)
            await eventually(recorded, 40)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)
        await asyncio.to_thread(suite.launcher, "reset", "--yes", check=False)
