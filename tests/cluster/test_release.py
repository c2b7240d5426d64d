"""A release's life on a real cluster, in the order of the tests: it comes, works, changes under load, and goes."""

import asyncio
import re
from collections import Counter

import httpx
import pytest

from tests.cluster.api import until
from tests.cluster.release import NAMESPACE, Release
from tests.faults.load import Person, settle
from todo_local.settings import SERVICES

MEBI = 1024 * 1024
pytestmark = pytest.mark.timeout(400)


def test_every_pod_is_ready_and_every_service_has_its_sidecar(release: Release) -> None:
    pods = release.pods()
    names = Counter(pod["metadata"]["labels"]["app.kubernetes.io/name"] for pod in pods)
    assert names == {**{service.app_id: 1 for service in SERVICES}, "frontend": 1}
    for pod in pods:
        statuses = [*pod["status"]["containerStatuses"], *pod["status"].get("initContainerStatuses", [])]
        assert all(status["ready"] and status["restartCount"] == 0 for status in statuses), pod["metadata"]["name"]


def test_the_charts_own_test_passes(release: Release) -> None:
    said = release.cluster.helm("test", "todo", f"--namespace={NAMESPACE}", "--timeout=90s")
    assert re.search(r"^Phase: +Succeeded$", said, re.MULTILINE), said
    assert "test" not in {pod["metadata"]["name"] for pod in release.pods()}, "it goes when it has passed"


async def test_an_upgrade_under_load_fails_no_request(release: Release) -> None:
    answers: Counter[str] = Counter()
    done = asyncio.Event()

    async def look_around(client: httpx.AsyncClient) -> None:
        number = 0
        while not done.is_set():
            number += 1
            try:
                made = await client.post("/tasks", json={"title": f"t{number}"})
                listed = await client.get("/tasks", params={"limit": 5})
                for answer in (made, listed):
                    answers[str(answer.status_code) if answer.is_success else answer.text] += 1
            except httpx.TransportError as error:
                answers[repr(error)] += 1
            await asyncio.sleep(0.05)

    people = [release.sign_up() for _ in range(8)]
    working = [asyncio.create_task(look_around(person)) for person in people]
    before = {pod["metadata"]["name"] for pod in release.pods()}
    changed = ("--set=defaults.logLevel=WARNING", "--set=workloads.frontend.env.CHANGED=1")
    await asyncio.to_thread(release.upgrade, *changed)
    await asyncio.sleep(3)
    done.set()
    await asyncio.gather(*working, *(person.aclose() for person in people))
    after = {pod["metadata"]["name"] for pod in release.pods() if "deletionTimestamp" not in pod["metadata"]}
    print(answers)
    assert not before & after, "every pod was replaced"
    assert set(answers) == {"200", "201"}


@pytest.mark.parametrize("app_id", [*(service.app_id for service in SERVICES), "frontend"])
async def test_a_pod_that_is_killed_under_load_loses_and_doubles_nothing(release: Release, app_id: str) -> None:
    crowd = [Person(release.sign_up()) for _ in range(2)]
    working = asyncio.gather(*(person.live(10, 0.15) for person in crowd))
    await asyncio.sleep(0.7)
    [pod] = [pod for pod in release.pods(app_id) if "deletionTimestamp" not in pod["metadata"]]
    kill = ("delete", "pod", pod["metadata"]["name"], "-n", NAMESPACE, "--grace-period=0", "--force")
    await asyncio.to_thread(release.cluster.kubectl, *kill)
    await working
    await settle(crowd)


def test_containers_stay_well_within_their_limits(release: Release) -> None:
    """After all that load. The table is where the numbers of `docs/operations.md` come from."""
    used = release.memory()
    for (app, container), (working_set, limit) in sorted(used.items()):
        print(f"{app:26} {container:26} {working_set / MEBI:5.0f} of {limit / MEBI:5.0f} Mi")
    assert {app for app, _ in used} == {*(service.app_id for service in SERVICES), "frontend"}
    assert all(working_set < 0.8 * limit for working_set, limit in used.values())


def test_a_rollback_brings_the_last_revision_back(release: Release) -> None:
    release.cluster.helm("rollback", "todo", "1", f"--namespace={NAMESPACE}", "--wait", "--timeout=180s")
    deployment = release.cluster.get("deployment", "audit-service", "-n", NAMESPACE)
    [container] = deployment["spec"]["template"]["spec"]["containers"]
    assert {"name": "LOG_LEVEL", "value": "INFO"} in container["env"]


def test_an_uninstall_leaves_nothing_behind(release: Release) -> None:
    release.cluster.helm("uninstall", "todo", f"--namespace={NAMESPACE}", "--wait", "--timeout=180s")
    kinds = release.cluster.kubectl("api-resources", "--namespaced", "--verbs=list", "-o", "name").split()
    kinds = [kind for kind in kinds if not kind.startswith("events")]
    until(lambda: not release.pods(), "pods that have ended are still there")
    left = release.cluster.get(",".join(kinds), "-n", NAMESPACE, "--selector=app.kubernetes.io/part-of=todo")
    assert [f"{item['kind']}/{item['metadata']['name']}" for item in left["items"]] == []
