"""The pages for alarms name metrics, log lines and commands that there are."""

import re
from pathlib import Path

from todo_kit.operations import COMMANDS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "alarms"
PAGES = {page.name: page.read_text() for page in FOLDER.glob("*.md")}
SOURCES = "\n".join(
    file.read_text() for folder in ("services", "backend") for file in (ROOT / folder).rglob("src/**/*.py")
)


def test_every_page_is_in_the_list_and_every_link_leads_somewhere() -> None:
    links = {link for text in PAGES.values() for link in re.findall(r"\]\(([a-z-]+\.md)\)", text)}
    assert links == PAGES.keys() - {"README.md"}


def test_metrics_and_log_lines_are_the_services_own() -> None:
    text = "\n".join(PAGES.values())
    metrics = set(re.findall(r"\btodo_[a-z_]+\b", text)) - {"todo_kit", "todo_backend", "todo_local"}
    lines = set(re.findall(r"log line\s+`([a-z_]+)`(?:\s+or\s+`([a-z_]+)`)?", text))
    named = {name for pair in lines for name in pair if name} | metrics
    assert [name for name in sorted(named) if f'"{name}"' not in SOURCES] == []
    assert len(metrics) >= 5
    assert {"publish_failed", "event_given_up", "intake_held", "request_crashed", "trail_does_not_verify"} <= named


def test_commands_are_ours() -> None:
    commands = {name for text in PAGES.values() for name in re.findall(r"-m todo_kit ([a-z-]+)", text)}
    assert commands <= COMMANDS.keys()
    assert {"dead-letters", "outbox", "inbox"} <= commands
