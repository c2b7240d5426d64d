"""The commands of the tour work as they are written."""

import re
import subprocess
from pathlib import Path

from terminal.tests.support import documents
from tests.suite import RunningSuite

ROOT = Path(__file__).parents[2]


def commands() -> str:
    return "\n".join(re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "tour.md").read_text(), re.DOTALL))


def test_the_tour_shows_what_it_says(suite: RunningSuite) -> None:
    script = f"set -euo pipefail\n{commands()}"
    result = subprocess.run(
        ["bash", "-c", script],
        cwd=ROOT,
        env=suite.environment | {"MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    created, parsed, preview, said, by_hand, moved, completed, pending, tea, notified, snoozed, trail, verified = (
        documents(result.stdout)
    )
    assert (created["id"], created["due_date"]) == (1, "2026-01-31T08:00:00Z")
    assert (parsed["title"], parsed["fields"]["recurrence"]) == ("Pay rent", {"last_day": True})
    assert preview["occurrences"][0]["reason"] == "February has no day 31, so the last day"
    assert [call["name"] for call in said["tool_calls"]] == ["list_tasks"]
    assert "Pay rent" in said["response"]
    assert by_hand["items"][0]["position"] < moved["position"]
    assert completed["status"] == "completed"
    assert [task["title"] for task in pending["items"]] == ["Pay rent"]
    assert tea["title"] in [item["title"] for item in notified["items"]]
    assert snoozed["task_id"] == tea["id"]
    assert {"TaskCreated", "TaskCompleted"} <= {entry["action_type"] for entry in trail["items"]}
    assert verified["valid"] is True
