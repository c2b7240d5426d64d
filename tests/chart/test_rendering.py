"""Rendering of the chart: production is reviewed as a golden file; every values file follows the rules here."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.chart.chart import CHART, EXAMPLE, PLACEHOLDER, VALUES, Object, helm, objects, pods, render
from tests.cluster import programs
from tests.cluster.api import Refused, dapr_chart
from todo_kit import application, server
from todo_local import resources
from todo_local.settings import SERVICES

NEW = "workloads.new.port=8000,workloads.new.dapr=true,workloads.new.schema=new"
GOLDEN = Path(__file__).parent / "golden.yaml"


def test_the_rendering_for_production_is_the_reviewed_one() -> None:
    """`UPDATE=1 pytest tests/chart` writes it; review the diff. The rules below check all values files."""
    rendered = render("oke")
    if os.environ.get("UPDATE"):
        GOLDEN.write_text(rendered)
    assert rendered == GOLDEN.read_text(), f"{GOLDEN.name} is stale; UPDATE=1 pytest tests/chart writes it"


@pytest.mark.parametrize("values", VALUES)
def test_the_linter_has_nothing_to_say(values: str) -> None:
    helm("lint", "--strict", str(CHART), *VALUES[values])


@pytest.fixture(params=VALUES)
def found(request: pytest.FixtureRequest) -> list[Object]:
    return objects(request.param)


def test_pods_are_of_the_restricted_profile(found: list[Object]) -> None:
    for name, pod in pods(found):
        security = pod["spec"]["securityContext"]
        assert security["runAsNonRoot"], name
        assert security["runAsUser"] > 0, name
        assert security["seccompProfile"] == {"type": "RuntimeDefault"}, name
        for container in pod["spec"]["containers"]:
            own = container["securityContext"]
            assert own == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }, name


def test_pods_ask_for_what_they_need_and_are_limited(found: list[Object]) -> None:
    for name, pod in pods(found):
        for container in pod["spec"]["containers"]:
            assert set(container["resources"]["requests"]) == {"cpu", "memory"}, name
            assert "memory" in container["resources"]["limits"], name
        annotations = pod["metadata"].get("annotations", {})
        if "dapr.io/enabled" in annotations:
            assert {"dapr.io/sidecar-memory-limit", "dapr.io/sidecar-cpu-request"} <= set(annotations), name


def test_a_pod_has_the_time_that_its_end_may_take(found: list[Object]) -> None:
    """The sidecar ends after the app, within the same period."""
    for name, pod in pods(found):
        [container, *_] = pod["spec"]["containers"]
        drain = {item["name"]: item.get("value") for item in container.get("env", [])}.get("DRAIN_SECONDS")
        if drain is None:
            continue  # a job
        sidecar = int(pod["metadata"]["annotations"].get("dapr.io/graceful-shutdown-seconds", 0))
        app = int(drain) + server.GRACE_SECONDS + application.LOOPS_STOP_SECONDS
        assert pod["spec"]["terminationGracePeriodSeconds"] >= app + sidecar + 5, name


def test_images_are_of_one_version(found: list[Object]) -> None:
    for name, pod in pods(found):
        for container in pod["spec"]["containers"]:
            tag = container["image"].rpartition(":")[2]
            assert tag, name
            assert tag != "latest", name


def test_no_container_has_an_accounts_token(found: list[Object]) -> None:
    """The sidecar alone has one, by a volume that the app's container does not mount."""
    for name, pod in pods(found):
        assert pod["spec"]["automountServiceAccountToken"] is False, name
        for container in pod["spec"]["containers"]:
            assert all(mount["name"] != "account" for mount in container.get("volumeMounts", [])), name


def test_every_object_is_of_this_release(found: list[Object]) -> None:
    for item in found:
        labels = item["metadata"]["labels"]
        assert labels["app.kubernetes.io/part-of"] == "todo", item["metadata"]["name"]
        assert labels["app.kubernetes.io/instance"] == "todo", item["metadata"]["name"]


def test_a_sidecar_reads_the_secrets_that_it_needs_and_no_others(found: list[Object]) -> None:
    roles = {item["metadata"]["name"]: item["rules"] for item in found if item["kind"] == "Role"}
    assert set(roles) == {service.app_id for service in SERVICES}
    components = [item for item in found if item["kind"] == "Component" and "auth" in item]
    for service in SERVICES:
        [rule] = roles[service.app_id]
        assert rule["verbs"] == ["get"]
        assert rule["resources"] == ["secrets"]
        [scope] = configuration(found, service.app_id)["secrets"]["scopes"]
        needed = set(scope["allowedSecrets"])
        for component in components:
            if service.app_id in component["scopes"]:
                refs = [entry.get("secretKeyRef") for entry in component["spec"]["metadata"]]
                needed |= {ref["name"] for ref in refs if ref}
        assert set(rule["resourceNames"]) == needed


def test_dapr_is_told_the_same_as_on_one_machine(found: list[Object]) -> None:
    for service in SERVICES:
        local = resources.read(resources.configuration_file(service.app_id))["spec"]
        here = configuration(found, service.app_id)
        for policy in here["accessControl"]["policies"]:
            assert policy.pop("namespace") == "todo-test"
        for policy in local["accessControl"]["policies"]:
            policy.pop("namespace")
        assert here["accessControl"] == local["accessControl"]
    [pubsub] = [item for item in found if item["metadata"]["name"] == "todo-pubsub"]
    given = {entry["name"]: entry.get("value") for entry in pubsub["spec"]["metadata"]}
    local = {
        entry["name"]: entry.get("value")
        for entry in resources.read(resources.COMPONENTS / "pubsub.yaml")["spec"]["metadata"]
    }
    assert given == local


def configuration(found: list[Object], app_id: str) -> Object:
    [own] = [item for item in found if item["kind"] == "Configuration" and item["metadata"]["name"] == app_id]
    return dict(own["spec"])


def test_another_server_is_another_issuer() -> None:
    """Of the same issuer cert-manager would keep the certificate that it has."""
    servers = {}
    for production in ("false", "true"):
        found = objects("oke", f"--set=exposure.tls.issuer.production={production}")
        [issuer] = [item for item in found if item["kind"] == "Issuer"]
        [gateway] = [item for item in found if item["kind"] == "Gateway"]
        assert gateway["metadata"]["annotations"] == {"cert-manager.io/issuer": issuer["metadata"]["name"]}
        servers[issuer["metadata"]["name"]] = "staging" in issuer["spec"]["acme"]["server"]
    assert servers == {"todo-staging": True, "todo": False}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("publicUrl=todo.example.com", "publicUrl"),
        ("publicUrl=", "publicUrl: say where people find the suite"),
        ("image.repository=", "image.repository: say where the images are"),
        ("image.tag=latest", "image.tag: name a version"),
        ("exposure.mode=door", "value must be one of 'gateway', 'ingress', 'none'"),
        ("exposure.gateway.className=", "exposure.gateway.className: name the class"),
        ("exposure.tls.issuer.name=", "exposure.tls: give an existingSecret"),
        ("exposure.tls.issuer.create=true,exposure.gateway.existing.name=own", "its certificate is its owner's"),
        ("workloads.audit-service.replica=2", "additional properties 'replica' not allowed"),
        (NEW, "secrets.new: is missing"),
        (f"{NEW},secrets.new.existingSecret=own", "write infra/dapr/config/new.yaml"),
        ("defaults.resources.limits.memory=1", "/defaults/resources/limits/memory"),
        ("mail.host=smtp.example", "mail.from: give the address of the sender"),
        ("tracing.endpoint=http://collector:4318", "/tracing/endpoint"),
    ],
)
def test_wrong_values_are_refused_with_their_name(wrong: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        render("gateway", "--set", wrong)


@pytest.mark.parametrize("name", ["frontend", "todo-kafka", "migrations"])
def test_a_placeholder_of_the_example_is_refused_with_its_name(name: str) -> None:
    example = yaml.safe_load(EXAMPLE.read_text())
    key, value = next((k, v) for k, v in example["secrets"][name]["values"].items() if PLACEHOLDER in v)
    with pytest.raises(Refused, match=rf"secrets\.{name}\.values\.{key}: still has the example's {PLACEHOLDER}"):
        render("gateway", "--set-string", f"secrets.{name}.values.{key}={value}")


def test_the_example_of_secrets_has_all_of_them_and_what_it_names_is_known() -> None:
    example = yaml.safe_load(EXAMPLE.read_text())
    values = yaml.safe_load((CHART / "values.yaml").read_text())
    assert set(example["secrets"]) == set(values["secrets"])


def test_daprs_operator_replaces_pods_that_were_admitted_without_a_sidecar() -> None:
    rendered = helm("template", "dapr", str(dapr_chart()), f"--values={programs.DAPR_VALUES}")
    installed = {(item["kind"], item["metadata"]["name"]): item for item in yaml.safe_load_all(rendered) if item}
    [operator] = installed["Deployment", "dapr-operator"]["spec"]["template"]["spec"]["containers"]
    assert operator["args"][operator["args"].index("--watch-interval") + 1] == "30s"
    rules = installed["ClusterRole", "dapr-operator-admin"]["rules"]
    assert any("pods" in rule["resources"] and "delete" in rule["verbs"] for rule in rules)


MAIL = "--set=mail.host=smtp.example,mail.port=465,mail.security=tls,mail.user=todo,mail.from=todo@todo.example"


def object_of(found: list[Object], kind: str, name: str) -> Object:
    return next(item for item in found if item["kind"] == kind and item["metadata"]["name"] == name)


def mail_settings(found: list[Object], workload: str) -> dict[str, Any]:
    container = object_of(found, "Deployment", workload)["spec"]["template"]["spec"]["containers"][0]
    given = {entry["name"]: entry.get("value", entry.get("valueFrom")) for entry in container["env"]}
    return {name: value for name, value in given.items() if name.startswith(("SMTP_", "MAIL_FROM"))}


@pytest.mark.parametrize("workload", ["frontend", "notification-service"])
def test_who_sends_mails_knows_the_smtp_server_and_may_reach_its_port_alone(workload: str) -> None:
    without, with_mail = objects("gateway"), objects("gateway", MAIL)
    assert mail_settings(without, workload) == {}
    password = {"secretKeyRef": {"name": "frontend", "key": "SMTP_PASSWORD"}}
    assert mail_settings(with_mail, workload) == {
        "SMTP_HOST": "smtp.example",
        "SMTP_PORT": "465",
        "SMTP_SECURITY": "tls",
        "SMTP_USER": "todo",
        "MAIL_FROM": "todo@todo.example",
        **({} if workload == "frontend" else {"SMTP_PASSWORD": password}),
    }
    policies = [object_of(found, "NetworkPolicy", workload)["spec"]["egress"] for found in (without, with_mail)]
    assert [rule for rule in policies[1] if rule not in policies[0]] == [{"ports": [{"port": 465}]}]


def test_webhooks_are_let_out_to_public_addresses_and_to_the_networks_of_the_values() -> None:
    workload, network = "notification-service", "10.30.0.0/16"
    found, wider = objects("oke"), objects("oke", f"--set=webhooks.networks={{{network}}}")
    policies = [object_of(objects, "NetworkPolicy", workload)["spec"]["egress"] for objects in (found, wider)]
    [public] = [rule for rule in policies[0] if {"port": 8443} in rule.get("ports", [])]
    [block] = [peer["ipBlock"] for peer in public["to"]]
    assert {"10.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"} <= set(block["except"])
    everywhere = [rule for rule in policies[0] if {"ipBlock": {"cidr": "0.0.0.0/0"}} in rule.get("to", [])]
    assert not [rule for rule in everywhere if {"port": 443} in rule["ports"]], "another rule would let them out again"
    added = [rule for rule in policies[1] if rule not in policies[0]]
    assert added == [{"to": [{"ipBlock": {"cidr": network}}]}]
    container = object_of(wider, "Deployment", workload)["spec"]["template"]["spec"]["containers"][0]
    assert {"name": "WEBHOOK_NETWORKS", "value": f'["{network}"]'} in container["env"]
