"""The free cluster: made once, found again, and never made twice."""

import json

import pytest

from tests.cluster import programs
from tests.cluster.api import DEFINITIONS
from tests.delivery.stage import Answer, Stage, one_line, option
from todo_local.golang import required

WHERE = ("--compartment", "ocid1.compartment", "--region", "eu-frankfurt-1")
PARTS = [
    ("internet-gateway", "todo-internet"),
    ("nat-gateway", "todo-nat"),
    ("route-table", "todo-public"),
    ("route-table", "todo-private"),
    ("security-list", "todo-api"),
    ("security-list", "todo-nodes"),
    ("security-list", "todo-balancers"),
    ("subnet", "todo-api"),
    ("subnet", "todo-nodes"),
    ("subnet", "todo-balancers"),
]
CREATED = [
    "vcn",
    "internet-gateway",
    "nat-gateway",
    "service-gateway",
    *(kind for kind, _ in PARTS[2:]),
    "cluster",
    "node-pool",
]


def found_once_created(*words: str, called: str = "") -> list[Answer]:
    name = [called] if called else []
    ocid = f"ocid1.{words[-1]}.{called}\n"
    created = ["oci", *words, "create", *name]
    return [Answer(["oci", *words, "list", *name], ocid, after=created), Answer(created, ocid)]


@pytest.fixture
def cloud(stage: Stage) -> Stage:
    stage.programs("oci", "helm", "kubectl")
    stage.answers += [
        *found_once_created("network", "vcn", called="todo-vcn"),
        *found_once_created("network", "service-gateway"),
        *(answer for kind, name in PARTS for answer in found_once_created("network", kind, called=name)),
        *found_once_created("ce", "cluster", called="todo"),
        *found_once_created("ce", "node-pool", called="todo"),
        Answer(["oci", "network", "service", "list"], "ocid1.services\n"),
        Answer(
            ["oci", "network", "service", "list", "data[?contains(name, 'All ')] | [0].\"cidr-block\""], "all-fra\n"
        ),
        Answer(["oci", "ce", "cluster-options", "get"], "v1.34.1\n"),
        Answer(["oci", "ce", "cluster", "get"], "v1.34.1\n"),
        Answer(["oci", "ce", "node-pool-options", "get"], "ocid1.image\n"),
        Answer(["oci", "iam", "availability-domain", "list"], "x:FRA-AD-1 x:FRA-AD-2\n"),
    ]
    return stage


def created(stage: Stage) -> list[str]:
    return [call[call.index("create") - 1] for call in stage.called("oci", "create")]


def test_the_network_the_cluster_its_nodes_and_what_is_in_it(cloud: Stage) -> None:
    result = cloud.run("setup-oke.sh", *WHERE)
    assert result.returncode == 0, result.stderr
    assert created(cloud) == CREATED
    cloud.order(
        ["oci", "ce", "node-pool", "create"],
        ["oci", "ce", "cluster", "create-kubeconfig"],
        ["kubectl", "wait", "nodes"],
        ["helm", "upgrade", "envoy-gateway"],
        ["kubectl", "apply"],
        ["helm", "upgrade", "cert-manager"],
    )
    assert all(option(call, "--region") == "eu-frankfurt-1" for call in cloud.called("oci"))


def test_what_is_installed_has_the_version_that_the_chart_is_tested_with(cloud: Stage) -> None:
    cloud.run("setup-oke.sh", *WHERE)
    versions = {call[3]: option(call, "--version") for call in cloud.called("helm", "upgrade", "--install")}
    assert versions == {
        "envoy-gateway": "v" + required(programs.GATEWAY_SOURCES, "github.com/envoyproxy/gateway"),
        "cert-manager": "v" + required(DEFINITIONS, "github.com/cert-manager/cert-manager"),
    }


def test_it_stays_within_the_free_tier(cloud: Stage) -> None:
    cloud.run("setup-oke.sh", *WHERE)
    (cluster,), (pool,) = cloud.called("oci", "cluster", "create"), cloud.called("oci", "node-pool", "create")
    assert option(cluster, "--type") == "BASIC_CLUSTER"
    assert option(cluster, "--endpoint-subnet-id") == "ocid1.subnet.todo-api"
    assert json.loads(option(cluster, "--service-lb-subnet-ids")) == ["ocid1.subnet.todo-balancers"]
    assert option(pool, "--node-shape") == "VM.Standard.A1.Flex"
    assert json.loads(option(pool, "--node-shape-config")) == {"ocpus": 2, "memoryInGBs": 12}
    assert (option(pool, "--size"), option(pool, "--node-boot-volume-size-in-gbs")) == ("1", "50")
    assert json.loads(option(pool, "--placement-configs")) == [
        {"availabilityDomain": zone, "subnetId": "ocid1.subnet.todo-nodes"} for zone in ("x:FRA-AD-1", "x:FRA-AD-2")
    ]
    assert option(pool, "--node-image-id") == "ocid1.image"


def test_two_nodes_share_what_is_free(cloud: Stage) -> None:
    assert cloud.run("setup-oke.sh", *WHERE, "--nodes", "2", "--skip-addons").returncode == 0
    (pool,) = cloud.called("oci", "node-pool", "create")
    assert json.loads(option(pool, "--node-shape-config")) == {"ocpus": 1, "memoryInGBs": 6}
    assert option(pool, "--size") == "2"
    assert not cloud.called("helm")


def test_rules_and_routes_are_what_the_cloud_reads(cloud: Stage) -> None:
    cloud.run("setup-oke.sh", *WHERE, "--api-cidr", "203.0.113.0/24")
    (api,) = cloud.called("oci", "security-list", "create", "todo-api")
    ingress = json.loads(option(api, "--ingress-security-rules"))
    assert ingress[0] == {
        "source": "203.0.113.0/24",
        "protocol": "6",
        "tcpOptions": {"destinationPortRange": {"min": 6443, "max": 6443}},
    }
    assert not any(rule["source"] == "0.0.0.0/0" for rule in ingress)
    (services, *_) = json.loads(option(api, "--egress-security-rules"))
    assert (services["destination"], services["destinationType"]) == ("all-fra", "SERVICE_CIDR_BLOCK")
    (routes,) = cloud.called("oci", "route-table", "create", "todo-private")
    targets = [rule["networkEntityId"] for rule in json.loads(option(routes, "--route-rules"))]
    assert targets == ["ocid1.nat-gateway.todo-nat", "ocid1.service-gateway."]
    private = {option(call, "--display-name"): option(call, "--prohibit-public-ip-on-vnic") for call in subnets(cloud)}
    assert private == {"todo-api": "false", "todo-nodes": "true", "todo-balancers": "false"}


def subnets(stage: Stage) -> list[list[str]]:
    return stage.called("oci", "network", "subnet", "create")


def test_a_second_run_makes_nothing(cloud: Stage) -> None:
    cloud.run("setup-oke.sh", *WHERE)
    before = len(cloud.calls)
    result = cloud.run("setup-oke.sh", *WHERE)
    assert result.returncode == 0, result.stderr
    second = cloud.calls[before:]
    assert not [call for call in second if call[0] == "oci" and "create" in call]
    assert [call[:3] for call in second if call[0] == "helm" and "upgrade" in call] == [
        ["helm", "upgrade", "--install"]
    ] * 2


def test_no_room_for_nodes_is_said_and_the_rest_is_kept(cloud: Stage) -> None:
    cloud.answers.append(Answer(["oci", "ce", "node-pool", "create"], status=1, error="Out of host capacity\n"))
    result = cloud.run("setup-oke.sh", *WHERE)
    assert result.returncode == 1
    assert "«Out of host capacity» means to try again later" in result.stderr
    assert not cloud.called("oci", "create-kubeconfig")


def test_nodes_that_failed_are_no_nodes(cloud: Stage) -> None:
    cloud.answers.append(Answer(["oci", "ce", "node-pool", "create"], "FAILED\n"))
    result = cloud.run("setup-oke.sh", *WHERE)
    assert result.returncode == 1
    assert "the nodes could not be had" in result.stderr


@pytest.mark.parametrize("what", [("network", "subnet"), ("ce", "cluster"), ("ce", "node-pool")])
def test_what_cannot_be_looked_for_is_not_made(cloud: Stage, what: tuple[str, str]) -> None:
    cloud.answers.append(Answer(["oci", *what, "list"], status=1, error="ServiceError: NotAuthenticated\n"))
    result = cloud.run("setup-oke.sh", *WHERE)
    assert result.returncode != 0
    assert not cloud.called("oci", *what, "create")


def test_an_interrupted_run_goes_on_where_it_was(cloud: Stage) -> None:
    cloud.answers.append(Answer(["oci", "ce", "cluster", "create"], status=2, error="Max wait time exceeded\n"))
    assert cloud.run("setup-oke.sh", *WHERE).returncode != 0
    cloud.answers.pop()
    before = len(created(cloud))
    assert cloud.run("setup-oke.sh", *WHERE, "--skip-addons").returncode == 0
    assert created(cloud)[before:] == ["node-pool"]


def test_a_dry_run_shows_every_command_and_makes_nothing(cloud: Stage) -> None:
    result = cloud.run("setup-oke.sh", *WHERE, "--dry-run")
    assert result.returncode == 0, result.stderr
    shown = [line for line in result.stderr.splitlines() if line.startswith("+ ")]
    assert [line.split(" create ")[0].split()[-1] for line in shown if " create " in line] == CREATED
    assert not [call for call in cloud.calls if {"create", "create-kubeconfig", "upgrade", "apply"} & set(call)]


def test_only_the_kubeconfig(cloud: Stage) -> None:
    one_line(cloud.run("setup-oke.sh", *WHERE, "--kubeconfig-only"), "there is no cluster todo", "scripts/setup-oke.sh")
    cloud.answers.append(Answer(["oci", "ce", "cluster", "list", "todo"], "ocid1.cluster.todo\n"))
    (cloud.bin / "helm").unlink()  # not needed for it
    result = cloud.run("setup-oke.sh", "--kubeconfig-only", OCI_COMPARTMENT="ocid1.compartment", OCI_REGION="here")
    assert result.returncode == 0, result.stderr
    (call,) = cloud.called("oci", "create-kubeconfig")
    assert option(call, "--cluster-id") == "ocid1.cluster.todo"
    assert option(call, "--file") == str(cloud.folder / ".kube/config")
    assert not created(cloud)


def test_what_is_missing(cloud: Stage) -> None:
    one_line(cloud.run("setup-oke.sh"), "the compartment is missing", "--compartment", "OCI_COMPARTMENT")
    one_line(cloud.run("setup-oke.sh", *WHERE[:2]), "the region is missing", "OCI_REGION")
    one_line(cloud.run("setup-oke.sh", *WHERE, "--nodes", "3"), "1 or 2")
    (cloud.bin / "oci").unlink()
    one_line(cloud.run("setup-oke.sh", *WHERE), "oci is missing", "oci setup config")
    assert not cloud.calls
