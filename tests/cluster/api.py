"""A real Kubernetes API server on loopback: etcd, the API server, and the controllers that create pods.

There is no node, so pods stay pending. Webhooks that name a service reach a port of this machine, through an egress
proxy of the test.
"""

import asyncio
import contextlib
import json
import os
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from ssl import SSLContext, create_default_context
from typing import Any

from tests.cluster import authority, programs
from tests.support import free_port
from todo_local import daprd
from todo_local.golang import required
from todo_local.settings import ROOT

CRDS = {
    "github.com/cert-manager/cert-manager": "deploy/crds",
    "sigs.k8s.io/gateway-api": "config/crd/standard",
    "github.com/prometheus-operator/prometheus-operator": "example/prometheus-operator-crd",
}
DEFINITIONS = ROOT / "infra" / "kubernetes" / "crds"
SECONDS = 60
COMMAND_SECONDS = 400


@dataclass
class Cluster:
    folder: Path
    programs: Path
    config: Path
    server: str
    webhooks: dict[str, int] = field(default_factory=dict)
    """Local ports, by the address and port of the service that a webhook names."""

    def kubectl(self, *arguments: str, given: str | None = None) -> str:
        return self.run(self.programs / "kubectl", arguments, given)

    def helm(self, *arguments: str) -> str:
        return self.run(self.programs / "helm", arguments)

    def get(self, *arguments: str) -> Any:
        return json.loads(self.kubectl("get", *arguments, "-o", "json"))

    def working_sets(self) -> list[tuple[str, str, str, int]]:
        """Returns namespace, pod, container and working set in bytes, as the nodes report them."""
        paths = [f"/api/v1/nodes/{node['metadata']['name']}/proxy/stats/summary" for node in self.get("nodes")["items"]]
        return [
            (
                pod["podRef"]["namespace"],
                pod["podRef"]["name"],
                container["name"],
                container["memory"]["workingSetBytes"],
            )
            for path in paths
            for pod in json.loads(self.kubectl("get", "--raw", path))["pods"]
            for container in pod.get("containers", [])
        ]

    @contextmanager
    def explained(self, namespace: str) -> Iterator[None]:
        try:
            yield
        except Refused:
            print(self.state(namespace))
            raise

    def state(self, namespace: str) -> str:
        """Returns pods, jobs, events and the last log lines of a namespace, to explain a failure."""
        where = ("-n", namespace)
        pods = self.kubectl("get", "pods,jobs", *where, "-o", "wide")
        events = self.kubectl("get", "events", *where, "--sort-by=.lastTimestamp")
        said = [f"{pods}\n{events[-6000:]}"]
        for pod in self.get("pods", *where)["items"]:
            name, spec = pod["metadata"]["name"], pod["spec"]
            for container in (*spec.get("initContainers", []), *spec["containers"]):
                with contextlib.suppress(Refused):
                    lines = self.kubectl("logs", *where, name, "-c", container["name"], "--tail=8")
                    said.append(f"--- {name} {container['name']}\n{lines}")
        return "\n".join(said)

    def run(self, program: Path, arguments: Sequence[str], given: str | None = None, **environment: str) -> str:
        """Runs a program with helm and kubectl on its PATH and the cluster in KUBECONFIG. Raises Refused."""
        path = f"{self.programs}:{os.environ['PATH']}"
        home = {"KUBECONFIG": str(self.config), "HOME": str(self.folder), "PATH": path}
        return run_program(program, arguments, given, **{**home, **environment})


class Refused(Exception):
    """A program failed; the message is its output."""


def run_program(program: Path, arguments: Sequence[str], given: str | None = None, **environment: str) -> str:
    done = subprocess.run(
        [str(program), *arguments],
        env={**os.environ, **environment},
        input=given,
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    if done.returncode:
        raise Refused(done.stderr.strip() or done.stdout.strip())
    return done.stdout


@contextmanager
def running(folder: Path, address: str = "127.0.0.1") -> Iterator[Cluster]:
    """Runs the API server and controllers. On loopback there is no node, and webhooks use the egress proxy.

    On any other address there may be a node, and webhooks are called as in any cluster.
    """
    etcd, found = programs.installed("etcd", "etcd-server"), programs.ready(programs.API)
    keys = authority.new(folder / "keys")
    ports = {name: free_port() for name in ("api", "etcd", "peer")}
    server = f"https://{address}:{ports['api']}"
    keys.issue("api", "kube-apiserver", addresses=(address, "10.96.0.1", "localhost", "kubernetes.default.svc"))
    keys.issue("to-kubelet", "kube-apiserver", group="system:masters")
    keys.issue("admin", "admin", group="system:masters")
    keys.issue("controllers", "system:kube-controller-manager")
    cluster = Cluster(folder, found, keys.kubeconfig("admin", server), server)
    with ExitStack() as stack:
        store = etcd_command(etcd, folder, ports)
        stack.enter_context(process(folder, "etcd", store))
        options = api_options(folder, ports, address)
        if address == "127.0.0.1":
            proxy = stack.enter_context(way_into(cluster.webhooks, folder / "egress.sock"))
            options |= without_a_node(folder, proxy)
        api = [str(found / "kube-apiserver"), *flags(options)]
        stack.enter_context(process(folder, "kube-apiserver", api))
        until_ready(f"{server}/readyz", keys.folder)
        config = keys.kubeconfig("controllers", server)
        controllers = [str(found / "kube-controller-manager"), *flags(controller_options(folder, config))]
        stack.enter_context(process(folder, "kube-controller-manager", controllers))
        yield cluster


def etcd_command(etcd: str, folder: Path, ports: Mapping[str, int]) -> list[str]:
    peer, client = f"http://127.0.0.1:{ports['peer']}", f"http://127.0.0.1:{ports['etcd']}"
    options = {
        "data-dir": folder / "etcd",
        "listen-client-urls": client,
        "advertise-client-urls": client,
        "listen-peer-urls": peer,
        "initial-advertise-peer-urls": peer,
        "initial-cluster": f"default={peer}",
    }
    return [etcd, *flags(options), "--unsafe-no-fsync"]


def without_a_node(folder: Path, proxy: Path) -> dict[str, Any]:
    egress = folder / "egress.json"
    connection = {"proxyProtocol": "HTTPConnect", "transport": {"uds": {"udsName": str(proxy)}}}
    selection = {"apiVersion": "apiserver.k8s.io/v1beta1", "kind": "EgressSelectorConfiguration"}
    egress.write_text(json.dumps({**selection, "egressSelections": [{"name": "cluster", "connection": connection}]}))
    # A loopback address cannot be an endpoint.
    return {"endpoint-reconciler-type": "none", "egress-selector-config-file": egress}


def api_options(folder: Path, ports: Mapping[str, int], address: str) -> dict[str, Any]:
    keys = folder / "keys"
    return {
        "etcd-servers": f"http://127.0.0.1:{ports['etcd']}",
        "bind-address": address,
        "advertise-address": address,
        "secure-port": ports["api"],
        "service-cluster-ip-range": "10.96.0.0/16",
        "authorization-mode": "Node,RBAC",
        "client-ca-file": keys / "ca.crt",
        "tls-cert-file": keys / "api.crt",
        "tls-private-key-file": keys / "api.key",
        "service-account-issuer": "https://kubernetes.default.svc.cluster.local",
        "service-account-key-file": keys / "accounts.pub",
        "service-account-signing-key-file": keys / "accounts.key",
        "kubelet-client-certificate": keys / "to-kubelet.crt",
        "kubelet-client-key": keys / "to-kubelet.key",
        "kubelet-preferred-address-types": "InternalIP",
        "profiling": "false",
    }


def controller_options(folder: Path, config: Path) -> dict[str, Any]:
    keys = folder / "keys"
    return {
        "kubeconfig": config,
        "authentication-kubeconfig": config,
        "authorization-kubeconfig": config,
        "bind-address": "127.0.0.1",
        "secure-port": free_port(),
        "use-service-account-credentials": "true",  # the injector checks which account creates a pod
        "service-account-private-key-file": keys / "accounts.key",
        "root-ca-file": keys / "ca.crt",
        "leader-elect": "false",
        "profiling": "false",
    }


def flags(options: Mapping[str, Any]) -> list[str]:
    return [f"--{name}={value}" for name, value in options.items()]


@contextmanager
def process(
    folder: Path, name: str, command: Sequence[str], environment: Mapping[str, str] | None = None, **options: Any
) -> Iterator[None]:
    with (folder / f"{name}.log").open("ab") as log:
        running_process = subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, **(environment or {})}, **options
        )
    try:
        yield
    finally:
        running_process.terminate()
        try:
            running_process.wait(10)
        except subprocess.TimeoutExpired:
            running_process.kill()
            running_process.wait()


def until_ready(url: str, keys: Path) -> None:
    context: SSLContext = create_default_context(cafile=keys / "ca.crt")
    context.load_cert_chain(keys / "admin.crt", keys / "admin.key")
    until(lambda: answers(url, context), f"{url} does not answer; see the logs in {keys.parent}")


def answers(url: str, context: SSLContext) -> bool:
    with contextlib.suppress(OSError, urllib.error.URLError):
        return bool(urllib.request.urlopen(url, context=context, timeout=2).status == 200)  # noqa: S310
    return False


def until(holds: Any, otherwise: str, seconds: float = SECONDS) -> None:
    """Polls until `holds` is true; fails with `otherwise` after the deadline.

    For synchronous tests; `tests.support.eventually` is the asynchronous version.
    """
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(otherwise)
        time.sleep(0.1)


@contextmanager
def way_into(webhooks: Mapping[str, int], path: Path) -> Iterator[Path]:
    """Runs an HTTP proxy on a Unix socket at `path`. It accepts CONNECT for the targets in `webhooks`."""

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        target = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        if target not in webhooks:
            writer.write(b"HTTP/1.1 502 there is nothing\r\n\r\n")
            writer.close()
            return
        upstream, downstream = await asyncio.open_connection("127.0.0.1", webhooks[target])
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await asyncio.gather(copy(reader, downstream), copy(upstream, writer))

    with listening(lambda: asyncio.start_unix_server(connect, path)):
        yield path


@contextmanager
def forwarded(port: int, to: tuple[str, int], introduction: Callable[[], bytes]) -> Iterator[None]:
    """Forwards connections from a loopback port to `to`, each preceded by an introduction."""

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            upstream, downstream = await asyncio.open_connection(*to)
        except OSError:
            writer.close()
            return
        downstream.write(introduction())
        await asyncio.gather(copy(reader, downstream), copy(upstream, writer))

    with listening(lambda: asyncio.start_server(connect, "127.0.0.1", port)):
        yield


async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while content := await source.read(65536):
            target.write(content)
            await target.drain()
    target.close()


@contextmanager
def listening(start: Callable[[], Awaitable[asyncio.Server]]) -> Iterator[None]:
    """Runs a server in its own thread."""
    ready, ended = threading.Event(), threading.Event()

    async def serve() -> None:
        async with await start():
            ready.set()
            await asyncio.to_thread(ended.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(10), "it does not listen"
    try:
        yield
    finally:
        ended.set()
        thread.join(5)


def crd_folders() -> list[Path]:
    """Returns folders with the CRDs of the objects in the chart, from the Go modules that define them."""
    folders = [module(DEFINITIONS, name) / folder for name, folder in CRDS.items()]
    return [*folders, dapr_chart() / "crds", gateway_module() / "charts/gateway-helm/charts/crds/crds/generated"]


def gateway_module() -> Path:
    return module(programs.GATEWAY_SOURCES, "github.com/envoyproxy/gateway")


def dapr_chart() -> Path:
    return module(daprd.SOURCES, "github.com/dapr/dapr") / "charts" / "dapr"


def module(where: Path, name: str) -> Path:
    """Returns the folder of a Go module in the module cache; downloads it if necessary."""
    command = ["go", "mod", "download", "-json", f"{name}@v{required(where, name)}"]
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, check=True, timeout=100)
    return Path(json.loads(done.stdout)["Dir"])
