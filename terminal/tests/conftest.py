from pathlib import Path

import pytest

from terminal.tests.support import Person
from tests.suite import RunningSuite
from todo_local import tokens


@pytest.fixture
def person(suite: RunningSuite, user: str, tmp_path: Path) -> Person:
    return Person(suite, user, tokens.make(suite.secrets, user), tmp_path)
