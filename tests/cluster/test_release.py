"""Life cycle of a release on a real cluster, in test order: install, operate, upgrade under load, uninstall."""

import asyncio
import os
import re
from collections import Counter
from collections.abc import Awaitable, Callable

import asyncpg
import httpx
import pytest

from tests.cluster.api import Refused, until
from tests.cluster.release import NAMESPACE, Release
from tests.e2e.test_one_tasks_way import create, items, pending, soon
from tests.faults.load import Person, settle
from tests.support import eventually
from todo_local.settings import ROOT, SERVICES

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


def test_containers_stay_well_within_their_limits(release: Release) -> None:
    """Runs after the front door tests. Prints the table behind the figures in `docs/operations.md`."""
    used = release.memory()
    for (app, container), (working_set, limit) in sorted(used.items()):
        print(f"{app:26} {container:26} {working_set / MEBI:5.0f} of {limit / MEBI:5.0f} Mi")
    for namespace, pod, _, working_set in release.cluster.working_sets():
        if namespace != NAMESPACE:
            print(f"{namespace:26} {pod:45} {working_set / MEBI:5.0f} Mi")
    apps = [service.app_id for service in SERVICES]
    assert set(used) == {*((app, app) for app in (*apps, "frontend")), *((app, "daprd") for app in apps)}
    assert all(working_set < 0.8 * limit for working_set, limit in used.values())


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
    page = {"frontend": {"env": {"CHANGED": "1"}}}
    await asyncio.to_thread(release.deploy, defaults={"logLevel": "WARNING"}, workloads=page)
    await asyncio.sleep(3)
    done.set()
    await asyncio.gather(*working)
    await asyncio.gather(*(person.aclose() for person in people))
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


async def test_pods_that_start_without_kafka_serve_tasks_and_publish_when_it_is_back(release: Release) -> None:
    ann = Person(release.sign_up())
    with release.stores.without_kafka():
        await asyncio.to_thread(release.replace_pods)
        await ann.live(4, 0.1)
        assert not ann.errors
    await settle([ann], 150)


async def test_pods_that_start_without_the_injector_serve_tasks_and_get_their_sidecars(release: Release) -> None:
    """As when a node that also runs the injector is drained: the injector comes back after the other pods."""
    injector = ("deployment/dapr-sidecar-injector", "--namespace=dapr-system")
    chosen = ("pods", "--selector=app=dapr-sidecar-injector", "--namespace=dapr-system")
    ann = Person(release.sign_up())
    release.cluster.kubectl("scale", *injector, "--replicas=0")
    try:
        until(lambda: not release.cluster.get(*chosen)["items"], "the injector does not end")
        await asyncio.to_thread(release.replace_pods)
        assert release.without_sidecar() == {service.app_id for service in SERVICES}
        await ann.add(4)
        assert not ann.errors
    finally:
        release.cluster.kubectl("scale", *injector, "--replicas=1")
    until(lambda: not release.without_sidecar(), "pods stay without a sidecar", 150)
    await asyncio.to_thread(release.until_rolled_out)
    await settle([ann], 90)


def test_a_rollback_brings_the_last_revision_back(release: Release) -> None:
    release.script("rollback.sh", "--url", release.url)
    deployment = release.cluster.get("deployment", "audit-service", "-n", NAMESPACE)
    [container] = deployment["spec"]["template"]["spec"]["containers"]
    assert {"name": "LOG_LEVEL", "value": "INFO"} in container["env"]


def test_new_passwords_are_taken_back_with_a_deployment_that_fails(release: Release) -> None:
    """Otherwise the previous release could not reach its databases after the rollback."""
    fresh = {app_id: {"values": {"DATABASE_URL": url}} for app_id, url in release.stores.with_new_passwords().items()}
    broken = {"recurring-tasks-service": {"env": {"DATABASE_POOL_SIZE": "many"}}}
    with pytest.raises(Refused, match="rolled back due to atomic"):
        release.deploy("45s", secrets=fresh, workloads=broken)
    release.cluster.kubectl("rollout", "restart", "deployment", "-n", NAMESPACE)
    for app_id in (*(service.app_id for service in SERVICES), "frontend"):
        release.cluster.kubectl("rollout", "status", f"deployment/{app_id}", "-n", NAMESPACE, "--timeout=90s")
    release.script("smoke.sh", "--url", release.url)


async def matches(found: Callable[[], Awaitable[list[str]]], wanted: list[str]) -> bool:
    return await found() == wanted


async def test_a_backup_brings_back_what_there_was(release: Release) -> None:
    async with release.sign_up() as ann:
        await create(ann, title="kept", due_date=soon(5000), recurrence_pattern="daily", reminder_lead_time=0)

        async def trail() -> list[str]:
            return sorted(entry["action_type"] for entry in await items(ann, "/audit_logs"))

        before = ["ReminderScheduled", "TaskCreated"]
        await eventually(lambda: matches(trail, before))
        folder, postgres = release.values.parent / "backups", release.stores.postgres()
        release.script("backup.sh", "--to", str(folder), **postgres)
        await create(ann, title="lost")
        await ann.delete("/tasks/1")
        [file] = folder.iterdir()
        tools = {"PATH": f"{release.rpk()}:{release.cluster.programs}:{os.environ['PATH']}"}
        await asyncio.to_thread(release.script, "restore.sh", "--from", str(file), "--yes", **postgres, **tools)

        assert [task["title"] for task in await items(ann, "/tasks")] == ["kept"]
        assert await trail() == before
        [query] = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "operations.md").read_text(), re.DOTALL)
        database = await asyncpg.connect(release.stores.admin.removesuffix("/postgres") + "/todo")
        assert await database.fetch(query) == [], "whose last change the trail does not know"
        await database.close()
        await create(ann, title="after", due_date=soon(2), reminder_lead_time=0)
        await eventually(lambda: items(ann, "/notifications"), 20)
        await ann.patch("/tasks/1/complete")
        assert sorted(task["title"] for task in await pending(ann, 2)) == ["after", "kept"]
        assert (await ann.get("/audit_logs/verify")).json()["valid"] is True


def test_an_uninstall_leaves_nothing_behind(release: Release) -> None:
    release.cluster.helm("uninstall", "todo", f"--namespace={NAMESPACE}", "--wait", "--timeout=180s")
    kinds = release.cluster.kubectl("api-resources", "--namespaced", "--verbs=list", "-o", "name").split()
    kinds = [kind for kind in kinds if not kind.startswith("events")]
    until(lambda: not release.pods(), "pods that have ended are still there")
    left = release.cluster.get(",".join(kinds), "-n", NAMESPACE, "--selector=app.kubernetes.io/part-of=todo")
    assert [f"{item['kind']}/{item['metadata']['name']}" for item in left["items"]] == []


def test_it_can_be_installed_again_where_the_stores_remember_it(release: Release) -> None:
    release.deploy()
    release.cluster.helm("uninstall", "todo", f"--namespace={NAMESPACE}", "--wait", "--timeout=180s")
