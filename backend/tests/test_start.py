"""What a process of the task API loads when it starts."""

import subprocess
import sys

LAZY = {"agents", "chatkit", "openai", "todo_backend.rules"}


def test_the_assistant_is_not_loaded_until_somebody_uses_it() -> None:
    """Its libraries take 44 MB and two seconds."""
    code = "import sys, todo_backend.main; print(*sys.modules)"
    started = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert not LAZY & set(started.stdout.split())
