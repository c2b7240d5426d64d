"""What comes before the suite itself: Dapr, Kafka, databases, images; and all of it on one machine."""

import asyncio
import sys

import asyncpg
import pytest
import yaml
from sqlalchemy import make_url

from tests.delivery.stage import ROOT, Answer, Stage, one_line, option, options
from tests.support import Backbone
from todo_local.settings import SERVICES

TOPICS = yaml.safe_load((ROOT / "infra/dapr/topics.yaml").read_text())
RETENTION = f"retention.ms={TOPICS['retentionDays'] * 86_400_000}"
IMAGES = [*(service.app_id for service in SERVICES), "frontend"]


@pytest.fixture
def cluster(stage: Stage) -> Stage:
    stage.programs("helm", "kubectl", "minikube", "docker", "git", "rpk")
    stage.answers += [
        Answer(["kubectl", "get", "nodes"], "arm64\narm64\n"),
        Answer(["helm", "show", "crds"], "kind: CustomResourceDefinition\n"),
        Answer(["helm", "history"], status=1, error="Error: release: not found\n"),
        Answer(["git", "rev-parse"], "0123abc\n"),
    ]
    return stage


def test_dapr_has_a_lean_control_plane_for_the_nodes_it_finds(cluster: Stage) -> None:
    result = cluster.run("install-dapr.sh")
    assert result.returncode == 0, result.stderr
    cluster.order(["helm", "show", "crds"], ["kubectl", "apply", "--server-side"], ["helm", "upgrade", "dapr"])
    (upgrade,) = cluster.called("helm", "upgrade", "--install", "dapr", "dapr")
    assert (option(upgrade, "--version"), option(upgrade, "--namespace")) == ("1.18.1", "dapr-system")
    assert (option(upgrade, "--values"), option(upgrade, "--set")) == (
        "infra/kubernetes/dapr/values.yaml",
        "global.daprControlPlaneArch=arm64",
    )
    rolled_out = [call[-3] for call in cluster.called("kubectl", "rollout")]
    assert rolled_out == ["deployment/dapr-operator", "deployment/dapr-sentry", "deployment/dapr-sidecar-injector"]


def test_on_nodes_of_both_kinds_dapr_may_be_on_any(cluster: Stage) -> None:
    cluster.answers.append(Answer(["kubectl", "get", "nodes"], "arm64\namd64\n"))
    assert cluster.run("install-dapr.sh", "--set", "global.ha.enabled=true").returncode == 0
    (upgrade,) = cluster.called("helm", "upgrade")
    assert {"global.daprControlPlaneArch=", "global.ha.enabled=true"} <= set(options(upgrade, "--set"))


def test_dapr_is_the_version_that_the_tests_run(cluster: Stage) -> None:
    cluster.run("install-dapr.sh")
    (upgrade,) = cluster.called("helm", "upgrade")
    assert f"github.com/dapr/dapr v{option(upgrade, '--version')}" in (ROOT / "infra/dapr/daprd/go.mod").read_text()


def test_a_cluster_without_nodes(cluster: Stage) -> None:
    cluster.answers.append(Answer(["kubectl", "get", "nodes"], ""))
    one_line(cluster.run("install-dapr.sh"), "has no nodes", "--arch")


def test_topics_are_made_as_the_file_says(cluster: Stage) -> None:
    result = cluster.run("setup-kafka.sh", "--redpanda", "--replicas", "3")
    assert result.returncode == 0, result.stderr
    created = cluster.called("rpk", "topic", "create")
    assert {call[3]: int(option(call, "--partitions")) for call in created} == TOPICS["partitions"]
    assert {option(call, "--topic-config") for call in created} == {RETENTION}
    assert {option(call, "--replicas") for call in created} == {"3"}
    assert not cluster.called("rpk", "topic", "alter-config")


def test_topics_that_are_there_are_altered(cluster: Stage) -> None:
    partitions = {**TOPICS["partitions"], "reminders": 1, "task-updates": 9, "somebody-elses": 5}
    table = "".join(f"{name}  {count}  3\n" for name, count in partitions.items())
    cluster.answers.append(Answer(["rpk", "topic", "list"], f"NAME  PARTITIONS  REPLICAS\n{table}"))
    result = cluster.run("setup-kafka.sh", "--redpanda")
    assert result.returncode == 0, result.stderr
    assert not cluster.called("rpk", "topic", "create")
    assert [call[3:] for call in cluster.called("rpk", "topic", "add-partitions")] == [["reminders", "--num", "2"]]
    assert "task-updates has 9 partitions, more than the 3" in result.stderr
    altered = cluster.called("rpk", "topic", "alter-config", "--set", RETENTION, "--no-confirm")
    assert [call[3] for call in altered] == list(TOPICS["partitions"])


def test_no_broker(cluster: Stage) -> None:
    cluster.answers.append(Answer(["rpk", "topic", "list"], status=1))
    one_line(cluster.run("setup-kafka.sh", "--redpanda"), "rpk reaches no broker", "RPK_BROKERS")


def test_strimzi_is_installed_for_the_charts_own_kafka(cluster: Stage) -> None:
    assert cluster.run("setup-kafka.sh", "--strimzi").returncode == 0
    cluster.order(["helm", "show", "crds"], ["kubectl", "apply"], ["helm", "upgrade", "strimzi"])
    assert not cluster.called("rpk")


def test_every_definition_of_a_chart_is_applied(cluster: Stage) -> None:
    """Helm puts nothing between files that begin without a line of dashes."""
    one = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
    cluster.answers.append(Answer(["helm", "show", "crds"], one + "---\n" + one + one))
    assert cluster.run("setup-kafka.sh", "--strimzi").returncode == 0
    [applied] = cluster.given
    assert len([document for document in yaml.safe_load_all(applied) if document]) == 3


def test_kafka_has_to_be_somewhere(cluster: Stage) -> None:
    one_line(cluster.run("setup-kafka.sh"), "--redpanda or --strimzi")


OWNERS = {
    f"MIGRATION_DATABASE_URL__{name}": "postgresql://owner@db/todo"
    for name in (service.module.upper() for service in SERVICES)
}
MODULES = [service.module for service in SERVICES]
SIGN_IN = {"AUTH_DATABASE_URL": "postgresql://auth_owner@db/todo", "PUBLIC_URL": "https://todo.example"}


def test_migrations_follow_from_the_urls(stage: Stage) -> None:
    stage.programs("node")
    admin = {"PROVISION_URL__ADMIN": "postgresql://admin@db/postgres"}
    result = stage.run("migrate-db.sh", **admin, **OWNERS, **SIGN_IN)
    assert result.returncode == 0, result.stderr
    assert stage.calls == [
        ["python", "-m", "todo_kit", "provision"],
        ["python", "-m", "todo_kit", "migrate", *MODULES],
        ["node", "frontend/.next/standalone/migrate.cjs"],
    ]
    assert "postgresql://" not in result.stdout + result.stderr


def test_one_schema_alone(stage: Stage) -> None:
    url = {"MIGRATION_DATABASE_URL__AUDIT_SERVICE": "postgresql://audit_owner@db/todo"}
    assert stage.run("migrate-db.sh", **url).returncode == 0
    assert stage.calls == [["python", "-m", "todo_kit", "migrate", "audit_service"]]


def test_what_migrations_miss(stage: Stage) -> None:
    one_line(stage.run("migrate-db.sh"), "no URL is set", "MIGRATION_DATABASE_URL__TODO_BACKEND")
    one_line(stage.run("migrate-db.sh", **SIGN_IN), "node is missing")
    stage.programs("node")
    one_line(stage.run("migrate-db.sh", AUTH_DATABASE_URL="postgresql://x"), "PUBLIC_URL is missing")
    (stage.checkout / "frontend/.next/standalone/migrate.cjs").unlink()
    one_line(stage.run("migrate-db.sh", **SIGN_IN), "migrate.cjs is missing", "npm run build")
    (stage.checkout / ".venv/bin/python").unlink()
    one_line(stage.run("migrate-db.sh", **OWNERS), "make install")
    assert not stage.calls


async def test_migrations_on_a_real_database(stage: Stage, backbone: Backbone) -> None:
    """A database of nobody's yet: its roles and schemas are made, then its tables; a second time changes nothing."""
    python = stage.checkout / ".venv/bin/python"
    python.unlink()
    python.write_text(f'#!{stage.bin}/bash\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    urls = {"PROVISION_URL__ADMIN": backbone.cluster.url()}
    for service in SERVICES:
        owner, login = (
            backbone.url(role).replace("/todo", "/by_hand") for role in (f"{service.schema}_owner", service.schema)
        )
        urls |= {
            f"PROVISION_URL__{service.schema.upper()}": login,
            f"PROVISION_URL__{service.schema.upper()}_OWNER": owner,
        }
        urls[f"MIGRATION_DATABASE_URL__{service.module.upper()}"] = owner
    for _ in range(2):
        result = await asyncio.to_thread(stage.run, "migrate-db.sh", **urls)
        assert result.returncode == 0, result.stderr
    connection = await asyncpg.connect(backbone.cluster.url("by_hand"))
    try:
        migrated = await connection.fetch("SELECT schemaname FROM pg_tables WHERE tablename = 'alembic_version'")
    finally:
        await connection.close()
    assert {row["schemaname"] for row in migrated} == {service.schema for service in SERVICES}

    # As in a rollback, whose values hold an administrator's password that was changed since.
    urls["PROVISION_URL__ADMIN"] = make_url(urls["PROVISION_URL__ADMIN"]).set(password="old").render_as_string(False)
    result = await asyncio.to_thread(stage.run, "migrate-db.sh", **urls)
    assert result.returncode == 0, result.stderr
    assert 'nothing was made: password authentication failed for user "postgres"' in result.stderr
    urls["PROVISION_URL__AUDIT"] = make_url(urls["PROVISION_URL__AUDIT"]).set(password="other").render_as_string(False)
    result = await asyncio.to_thread(stage.run, "migrate-db.sh", **urls)
    said = result.stderr.strip().splitlines()[-1]
    assert said.startswith("audit: password authentication failed"), said
    assert 'who could change it is refused too: password authentication failed for user "postgres"' in said


def test_images_are_pushed_for_both_architectures_with_what_is_in_them(cluster: Stage) -> None:
    result = cluster.run("build-images.sh", "--repository", "r.io/x", "--tag", "v1", "--push", "--cache")
    assert result.returncode == 0, result.stderr
    builds = cluster.called("docker", "buildx", "build")
    assert [option(call, "--tag") for call in builds] == [f"r.io/x/{name}:v1" for name in IMAGES]
    for name, call in zip(IMAGES, builds, strict=True):
        assert option(call, "--platform") == "linux/amd64,linux/arm64"
        assert {
            "--push",
            "--provenance=mode=max",
            "--sbom=true",
            f"type=registry,ref=r.io/x/{name}:cache,mode=max",
        } <= set(call)
        assert {"VERSION=v1", "REVISION=0123abc"} <= set(options(call, "--build-arg"))
        assert (ROOT / option(call, "--file")).is_file()
        for value in options(call, "--build-arg"):
            assert not value.startswith("SERVICE=") or (ROOT / value.removeprefix("SERVICE=") / "src").is_dir()


def test_one_image_for_this_machine(cluster: Stage) -> None:
    assert cluster.run("build-images.sh", "--repository", "r", "--tag", "t", "frontend").returncode == 0
    (build,) = cluster.called("docker", "buildx", "build")
    assert "--load" in build
    assert not {"--push", "--platform", "--sbom=true"} & set(build)


def test_an_image_that_there_is_not(cluster: Stage) -> None:
    result = cluster.run("build-images.sh", "--repository", "r", "--tag", "t", "backend")
    assert result.returncode == 1
    assert "backend is no image of the suite" in result.stderr


def test_the_suite_on_one_machine(cluster: Stage) -> None:
    result = cluster.run("minikube.sh")
    assert result.returncode == 0, result.stderr
    cluster.order(
        ["minikube", "start", "--profile", "todo"],
        ["minikube", "addons", "enable", "ingress"],
        *(["docker", "buildx", "build", f"localhost/todo/{name}:trial"] for name in IMAGES),
        *(["minikube", "image", "load", f"localhost/todo/{name}:trial"] for name in IMAGES),
        ["helm", "upgrade", "dapr"],
        ["helm", "upgrade", "strimzi"],
        ["helm", "upgrade", "todo", "image.repository=localhost/todo", "image.tag=trial"],
        ["helm", "test", "todo"],
    )


@pytest.mark.parametrize(
    ("script", "arguments", "shown"),
    [
        ("install-dapr.sh", [], "+ helm upgrade --install dapr"),
        ("setup-kafka.sh", ["--redpanda"], "+ rpk topic create task-events"),
        ("setup-kafka.sh", ["--strimzi"], "+ helm upgrade --install strimzi"),
        ("migrate-db.sh", [], "+ .venv/bin/python -m todo_kit migrate todo_backend"),
        ("build-images.sh", ["--repository", "r", "--tag", "t"], "+ docker buildx build"),
        ("minikube.sh", [], "+ minikube start"),
    ],
)
def test_a_dry_run_shows_what_it_would_do_and_does_not(
    cluster: Stage, script: str, arguments: list[str], shown: str
) -> None:
    result = cluster.run(script, *arguments, "--dry-run", **OWNERS)
    assert result.returncode == 0, result.stderr
    assert shown in result.stderr
    changing = {
        "upgrade",
        "apply",
        "create",
        "alter-config",
        "provision",
        "migrate",
        "build",
        "start",
        "load",
        "enable",
    }
    assert not [call for call in cluster.calls if changing & set(call)]


@pytest.mark.parametrize(
    ("script", "arguments", "program"),
    [
        ("install-dapr.sh", [], "helm"),
        ("install-dapr.sh", [], "kubectl"),
        ("setup-kafka.sh", ["--redpanda"], "rpk"),
        ("setup-kafka.sh", ["--strimzi"], "helm"),
        ("build-images.sh", ["--repository", "r", "--tag", "t"], "docker"),
        ("minikube.sh", [], "minikube"),
        ("minikube.sh", [], "docker"),
    ],
)
def test_a_program_is_missing(cluster: Stage, script: str, arguments: list[str], program: str) -> None:
    (cluster.bin / program).unlink()
    one_line(cluster.run(script, *arguments), f"{program} is missing", "install")
    assert not cluster.calls
