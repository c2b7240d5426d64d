"""The transcript in the documentation is what the command prints."""

import re
import subprocess
from pathlib import Path

from terminal.tests.support import TODO, Person

GUIDE = Path(__file__).parents[2] / "docs" / "terminal.md"


def test_the_transcript_is_what_is_printed(person: Person) -> None:
    [transcript] = re.findall(r"```console\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    path = f"{Path(TODO).parent}:{person.environment['PATH']}"
    commands = re.findall(r"^\$ (.*)$", transcript, re.MULTILINE)
    printed = ""
    for command in commands:
        result = subprocess.run(
            ["bash", "-c", f"{command} 2>&1"],
            env=person.environment | {"PATH": path},
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        printed += f"$ {command}\n" + "".join(f"{line.rstrip()}\n" for line in result.stdout.splitlines())
    assert printed == transcript
