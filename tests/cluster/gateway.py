"""Envoy Gateway in the cluster, as `scripts/setup-oke.sh` installs it, behind a simulated cloud load balancer."""

import contextlib
import json
import secrets
import shutil
import struct
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from ipaddress import ip_address, ip_network
from string import Template

from tests.cluster import images, programs
from tests.cluster.api import Cluster, Refused, forwarded, gateway_module

NAMESPACE = "envoy-gateway-system"
ADDRESS = ip_address("192.168.77.2")
"""The load balancer's address, in the node's network."""
CLIENTS = ip_network("203.0.113.0/24")
PROXY_PROTOCOL = b"\r\n\r\n\x00\r\nQUIT\n"
VERSION_AND_COMMAND, TCP_BY_IPV4 = 0x21, 0x11


def install(cluster: Cluster) -> None:
    chart = cluster.folder / "gateway-helm"
    shutil.copytree(gateway_module() / "charts" / "gateway-helm", chart)
    values = Template((chart / "values.tmpl.yaml").read_text())  # a template, which an Envoy Gateway release fills in
    image = f"{images.REGISTRY}/envoy-gateway:{images.TAG}"
    (chart / "values.yaml").write_text(values.substitute(GatewayImage=image, GatewayImagePullPolicy="Never"))
    proxy = f"image={images.REGISTRY}/envoy:{images.TAG},global.images.envoyProxy.pullPolicy=Never"
    where = (f"--namespace={NAMESPACE}", "--create-namespace", "--wait", "--timeout=120s")
    settings = (f"--values={programs.GATEWAY_SOURCES / 'values.yaml'}", f"--set=global.images.envoyProxy.{proxy}")
    with cluster.explained(NAMESPACE):
        cluster.helm("install", "envoy-gateway", str(chart), *where, *settings)
    cluster.kubectl("apply", "--filename", str(programs.GATEWAY_SOURCES / "class.yaml"))


@contextmanager
def balancer(cluster: Cluster, ports: Mapping[int, int]) -> Iterator[None]:
    """Forwards loopback ports to the load balancer's ports, each connection with its own client address."""
    with ExitStack() as stack:
        stack.enter_context(addresses_given(cluster))
        for port, to in ports.items():
            stack.enter_context(forwarded(port, (str(ADDRESS), to), partial(introduction, to)))
        yield


@contextmanager
def addresses_given(cluster: Cluster) -> Iterator[None]:
    """Assigns the address to all services of type LoadBalancer."""
    patch = ("--subresource=status", "--type=merge", "--patch")
    status = json.dumps({"status": {"loadBalancer": {"ingress": [{"ip": str(ADDRESS)}]}}})
    asking = ("--all-namespaces", "--field-selector=spec.type=LoadBalancer", "--watch")
    names = ("-o", r'jsonpath={.metadata.namespace} {.metadata.name}{"\n"}')
    command = [str(cluster.programs / "kubectl"), f"--kubeconfig={cluster.config}", "get", "services", *asking, *names]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        lines = watching.stdout

        def give() -> None:
            for line in lines:
                namespace, name = line.split()
                with contextlib.suppress(Refused):  # the service may have been deleted
                    cluster.kubectl("patch", "service", name, "-n", namespace, *patch, status)

        threading.Thread(target=give, daemon=True).start()
        try:
            yield
        finally:
            watching.terminate()


def introduction(port: int) -> bytes:
    """Returns a PROXY protocol header, version 2, with a random client (HAProxy's proxy-protocol.txt, section 2.2)."""
    client = CLIENTS[1 + secrets.randbelow(CLIENTS.num_addresses - 2)]
    addresses = struct.pack("!4s4sHH", client.packed, ADDRESS.packed, 50_000, port)
    return PROXY_PROTOCOL + struct.pack("!BBH", VERSION_AND_COMMAND, TCP_BY_IPV4, len(addresses)) + addresses
