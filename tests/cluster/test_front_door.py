"""What people do is done through the front door of the cluster: by clients of the API, and in a browser."""

import os
import subprocess

import pytest

from tests.cluster.api import forwarded
from tests.cluster.release import PORT, PUBLIC_URL, Release
from tests.e2e.test_one_tasks_way import *  # noqa: F403 - what holds on a laptop holds here
from todo_local.settings import ROOT

BROWSER_SECONDS = 900
pytestmark = pytest.mark.timeout(1000)


def test_the_browsers_tests_pass(release: Release) -> None:
    with forwarded(PORT, release.front_door):
        done = subprocess.run(
            ["npx", "playwright", "test", "--workers=1"],
            cwd=ROOT / "frontend",
            env={**os.environ, "TODO_WEB_URL": PUBLIC_URL},
            capture_output=True,
            text=True,
            check=False,
            timeout=BROWSER_SECONDS,
        )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
