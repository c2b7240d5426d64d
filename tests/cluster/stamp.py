"""Checks that the cluster tests last passed on the current files: `python -m tests.cluster.stamp`.

The tests take a quarter of an hour. CI runs them when the chart, the images, their contents or the tests have changed.
`make test-cluster` computes the digest before it starts (`--digest`) and writes it when all tests have passed
(`--write <digest>`), so changes made in between count as untested. The stamp is committed with the change.
"""

import hashlib
import subprocess
import sys

from todo_local.settings import ROOT

STAMP = ROOT / "tests" / "cluster" / "passed"
ABOUT = (
    "services.toml",
    ".dockerignore",
    "Makefile",
    "conftest.py",
    "requirements.lock",
    "backend",
    "services",
    "frontend",
    "infra/dapr",
    "infra/docker",
    "infra/helm",
    "infra/kubernetes",
    "scripts",
    "infra/local/src",
    "tests/chart/chart.py",
    "tests/cluster",
    "tests/e2e/test_one_tasks_way.py",
    "tests/faults/load.py",
    "tests/faults/tally.py",
    "tests/suite.py",
    "tests/support.py",
)
WITHOUT = ("*/tests/*", "*.test.ts", "*.test.tsx", "infra/helm/todo/monitoring/*", "tests/cluster/passed")


def digest() -> str:
    specs = [*ABOUT, *(f":!{pattern}" for pattern in WITHOUT)]
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", *specs]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    found = hashlib.sha256()
    for path in sorted(ROOT / name for name in names if name):
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            found.update(f"{path.relative_to(ROOT)} {content}\n".encode())
    return found.hexdigest()


if __name__ == "__main__":
    if sys.argv[1:] == ["--digest"]:
        print(digest())
    elif sys.argv[1:2] == ["--write"]:
        STAMP.write_text(f"{sys.argv[2]}\n")
    elif not STAMP.is_file() or STAMP.read_text().strip() != digest():
        sys.exit("what the cluster's tests are about has changed since they passed: make test-cluster")
