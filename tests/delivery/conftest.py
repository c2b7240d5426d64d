from pathlib import Path

import pytest

from tests.delivery.stage import Answer, Stage


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    stage = Stage(tmp_path)
    stage.answers.append(Answer(["kubectl", "current-context"], "somewhere\n"))
    return stage
