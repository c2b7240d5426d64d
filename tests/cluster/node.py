"""A complete cluster of one node on this machine: the API server, containerd, kubelet, kube-proxy and DNS, and
kube-router for network policies only.

It runs in its own network, mount and process namespaces, which `make test-cluster` creates as root. When the first
process of the namespace ends, all others end. The addresses are visible in the namespace only.
"""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil

from tests.cluster import api, authority, images, programs
from tests.cluster.api import Cluster, flags, process, until

ADDRESS = "192.168.77.1"
NETWORK = "192.168.77.0/24"
PODS, SERVICES = "10.244.0.0/16", "10.96.0.0/16"
NAME = "node"
LEFT_BEHIND = ("/run/netns", "/var/lib/cni", "/var/log/pods", "/var/log/containers", "/run/containerd")
"""Folders to which a node writes. A tmpfs, which disappears with the namespace, is mounted over each."""

CONTAINERD = """
version = 2
root = "{folder}/containerd-root"
state = "{folder}/containerd-state"
[grpc]
  address = "{socket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "{pause}"
  disable_apparmor = true
  restrict_oom_score_adj = true # root in a container may not lower it
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "{folder}/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
"""
NETWORKS = """
{{"cniVersion": "0.4.0", "name": "pods", "plugins": [
  {{"type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": true, "hairpinMode": true,
    "ipam": {{"type": "host-local", "dataDir": "{folder}/ipam", "ranges": [[{{"subnet": "10.244.0.0/24"}}]],
    "routes": [{{"dst": "0.0.0.0/0"}}]}}}},
  {{"type": "portmap", "capabilities": {{"portMappings": true}}}}]}}
"""
KUBELET = """
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
containerRuntimeEndpoint: unix://{socket}
cgroupDriver: cgroupfs
failCgroupV1: false
failSwapOn: false
enforceNodeAllocatable: [pods]
authentication: {{anonymous: {{enabled: false}}, webhook: {{enabled: true}}, x509: {{clientCAFile: {keys}/ca.crt}}}}
authorization: {{mode: Webhook}}
tlsCertFile: {keys}/kubelet.crt
tlsPrivateKeyFile: {keys}/kubelet.key
clusterDomain: cluster.local
clusterDNS: [{address}]
resolvConf: {folder}/resolv.conf
syncFrequency: 5s # how soon a mounted secret that changed is seen; a minute otherwise
evictionHard: {{memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%}}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
"""
NAMES = """
.:53 {{
  errors
  cache 5
  kubernetes cluster.local {services} {pods} {{
    kubeconfig {keys}/admin.conf
    pods insecure
  }}
}}
"""


@contextmanager
def running(folder: Path, archives: Path) -> Iterator[Cluster]:
    """Runs a cluster. Yields it when the node is ready and the images of all archives are imported."""
    (folder / "resolv.conf").touch()
    make_network(folder / "resolv.conf")
    socket, keys = folder / "containerd.sock", folder / "keys"
    pause = f"{images.REGISTRY}/pause:{images.TAG}"
    (folder / "cni").mkdir()
    write(folder / "containerd.toml", CONTAINERD, folder=folder, socket=socket, pause=pause)
    write(folder / "cni" / "10-pods.conflist", NETWORKS, folder=folder)
    with ExitStack() as stack:
        containerd = programs.installed("containerd", "containerd")
        stack.enter_context(process(folder, "containerd", [containerd, "-c", str(folder / "containerd.toml")]))
        cluster = stack.enter_context(api.running(folder, ADDRESS))
        write(folder / "kubelet.yaml", KUBELET, folder=folder, socket=socket, keys=keys, address=ADDRESS)
        write(folder / "Corefile", NAMES, services=SERVICES, pods=PODS, keys=keys)
        until(socket.exists, "containerd does not start")
        for archive in sorted(archives.glob("*.tar")):
            run("ctr", f"--address={socket}", "--namespace=k8s.io", "images", "import", str(archive))
        dns = programs.ready(programs.DNS) / "coredns"
        stack.enter_context(process(folder, "coredns", [str(dns), "-conf", str(folder / "Corefile")]))
        for name, command in node_commands(folder, cluster).items():
            stack.enter_context(process(folder, name, command))
        until(lambda: cluster.get("nodes")["items"], "the node does not come; see kubelet.log")
        cluster.kubectl("wait", "--for=condition=Ready", f"node/{NAME}", "--timeout=90s")
        stack.enter_context(process(folder, "kube-router", firewall(folder)))
        yield cluster


def node_commands(folder: Path, cluster: Cluster) -> dict[str, list[str]]:
    keys, found = authority.known(folder / "keys"), programs.ready(programs.NODE)
    keys.issue("kubelet", f"system:node:{NAME}", group="system:nodes", addresses=(NAME, ADDRESS))
    keys.issue("proxy", "system:kube-proxy")
    keys.issue("scheduler", "system:kube-scheduler")
    kubelet = {
        "config": folder / "kubelet.yaml",
        "kubeconfig": keys.kubeconfig("kubelet", cluster.server),
        "hostname-override": NAME,
        "node-ip": ADDRESS,
        "root-dir": folder / "kubelet",
        "cert-dir": folder / "kubelet-keys",
    }
    proxy = {
        "kubeconfig": keys.kubeconfig("proxy", cluster.server),
        "proxy-mode": "iptables",
        "cluster-cidr": PODS,
        "hostname-override": NAME,
        "bind-address": ADDRESS,
        "conntrack-max-per-core": 0,
    }
    scheduler_config = keys.kubeconfig("scheduler", cluster.server)
    scheduler = dict.fromkeys(("kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig"), scheduler_config)
    return {
        "kubelet": [str(found / "kubelet"), *flags(kubelet)],
        "kube-proxy": [str(found / "kube-proxy"), *flags(proxy)],
        "kube-scheduler": [str(found / "kube-scheduler"), *flags(scheduler), "--leader-elect=false"],
    }


def firewall(folder: Path) -> list[str]:
    """Returns the command of kube-router. It reads the node object once, at its start."""
    programs.installed("ipset", "ipset")
    options = {
        "kubeconfig": folder / "keys" / "admin.conf",
        "hostname-override": NAME,
        "run-router": "false",
        "run-service-proxy": "false",
        "enable-cni": "false",
        "service-cluster-ip-range": SERVICES,
        "health-port": 0,
    }
    return [str(programs.ready(programs.NETWORK) / "kube-router"), *flags(options)]


def make_network(resolver: Path) -> None:
    if set(psutil.net_if_addrs()) - {"lo"}:
        raise SystemExit("this makes a network: run it by make test-cluster, which gives it one of its own")
    for folder in LEFT_BEHIND:
        Path(folder).mkdir(parents=True, exist_ok=True)
        run("mount", "-t", "tmpfs", "tmpfs", folder)
    run(
        "mount", "--bind", str(resolver), "/etc/resolv.conf"
    )  # this machine's name server is unreachable: each query would take 6 s
    for line in (
        "ip link set lo up",
        "ip link add node0 type bridge",
        f"ip addr add {ADDRESS}/24 dev node0",
        "ip link set node0 up",
        f"ip route add default dev node0 src {ADDRESS}",
        "sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1",
    ):
        run(*line.split())


def write(file: Path, template: str, **values: object) -> None:
    file.write_text(template.format(**values))


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
