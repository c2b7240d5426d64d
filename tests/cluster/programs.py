"""Programs of Kubernetes, Dapr and Envoy Gateway, built once per machine: `python -m tests.cluster.programs`."""

import os
import shutil
from pathlib import Path

import pytest

from todo_local import daprd
from todo_local.golang import Programs, required
from todo_local.settings import ROOT

TOOLS = ROOT / "infra" / "kubernetes" / "tools"
KUBERNETES = required(TOOLS, "k8s.io/kubernetes")
MAJOR, MINOR, _ = KUBERNETES.split(".")
HELM_VERSION = required(TOOLS, "helm.sh/helm/v3")
STAMPS = (
    f"k8s.io/component-base/version.gitVersion=v{KUBERNETES}",
    f"k8s.io/component-base/version.gitMajor={MAJOR}",
    f"k8s.io/component-base/version.gitMinor={MINOR}",
    f"helm.sh/helm/v3/internal/version.version=v{HELM_VERSION}",
    f"helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor={MAJOR}",
    f"helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor={MINOR}",
    f"helm.sh/helm/v3/pkg/lint/rules.k8sVersionMajor={MAJOR}",
    f"helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor={MINOR}",
)


def kubernetes(*names: str) -> Programs:
    packages = {
        name: "helm.sh/helm/v3/cmd/helm" if name == "helm" else f"k8s.io/kubernetes/cmd/{name}" for name in names
    }
    return Programs("kubernetes", KUBERNETES, TOOLS, packages, STAMPS, minutes=6)


HELM = kubernetes("helm")
API = kubernetes("helm", "kubectl", "kube-apiserver", "kube-controller-manager")
NODE = kubernetes("kube-scheduler", "kubelet", "kube-proxy")
DNS_SOURCES = ROOT / "infra" / "kubernetes" / "coredns"
DNS = Programs("coredns", required(DNS_SOURCES, "github.com/coredns/coredns"), DNS_SOURCES, {"coredns": "."}, minutes=2)
GATEWAY_SOURCES = ROOT / "infra" / "kubernetes" / "gateway"
GATEWAY = Programs(
    "envoy-gateway",
    required(GATEWAY_SOURCES, "github.com/envoyproxy/gateway"),
    GATEWAY_SOURCES,
    {"envoy-gateway": "github.com/envoyproxy/gateway/cmd/envoy-gateway"},
    minutes=4,
)
NETWORK_SOURCES = ROOT / "infra" / "kubernetes" / "network"
ROUTER = "github.com/cloudnativelabs/kube-router/v2"
NETWORK = Programs(
    "kube-router",
    required(NETWORK_SOURCES, ROUTER),
    NETWORK_SOURCES,
    {"kube-router": f"{ROUTER}/cmd/kube-router"},
    minutes=2,
)
DAPR_VALUES = ROOT / "infra" / "kubernetes" / "dapr" / "values.yaml"
CONTROL_PLANE = daprd.programs("controlplane", "./controlplane")


def ready(programs: Programs) -> Path:
    """Returns the folder of built programs. Without them the test is skipped, or fails in CI or TODO_CLUSTER."""
    if found := programs.built():
        return found
    raise needed(f"{programs.name} is not built: make test or make test-cluster, which need Go")


def installed(program: str, package: str) -> str:
    if found := shutil.which(program):
        return found
    raise needed(f"{program} is missing: apt-get install {package}")


def needed(missing: str) -> BaseException:
    wanted = os.environ.get("CI") or os.environ.get("TODO_CLUSTER")
    return pytest.fail.Exception(missing) if wanted else pytest.skip.Exception(missing)


if __name__ == "__main__":
    for wanted in (API, CONTROL_PLANE):
        print(wanted.build())
