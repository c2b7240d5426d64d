import pytest

from tests.faults.tally import REPORTS
from tests.suite import suite_of_each_kind  # noqa: F401 - the folder's `suite`


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if REPORTS:
        terminalreporter.section("what was sent, and what arrived")
    for test, table in REPORTS:
        terminalreporter.write_line(test)
        terminalreporter.write(table)
