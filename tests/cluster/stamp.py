"""Whether what the cluster's tests are about is as it was when they last passed: `python -m tests.cluster.stamp`.

They take a quarter of an hour, and CI says when the chart, the images or their contents have changed since.
`make test-cluster` writes the stamp when all of them have passed (`--write`), and it is committed with the change.
"""

import hashlib
import subprocess
import sys

from todo_local.settings import ROOT

STAMP = ROOT / "tests" / "cluster" / "passed"
ABOUT = (
    ".dockerignore",
    "backend",
    "services",
    "frontend",
    "infra/dapr",
    "infra/docker",
    "infra/helm",
    "infra/kubernetes",
    "scripts",
)
WITHOUT = ("*.md", "*/tests/*", "*.test.ts", "*.test.tsx", "frontend/e2e/*", "infra/helm/todo/monitoring/*")


def digest() -> str:
    specs = [*ABOUT, "tests/cluster/*.py", *(f":!{pattern}" for pattern in WITHOUT)]
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", *specs]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    found = hashlib.sha256()
    for path in sorted(ROOT / name for name in names if name):
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            found.update(f"{path.relative_to(ROOT)} {content}\n".encode())
    return found.hexdigest()


if __name__ == "__main__":
    if "--write" in sys.argv:
        STAMP.write_text(f"{digest()}\n")
    elif not STAMP.is_file() or STAMP.read_text().strip() != digest():
        sys.exit("what the cluster's tests are about has changed since they passed: make test-cluster")
