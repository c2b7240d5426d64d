"""The place of a task among the others when a user orders them by hand (lists sorted by `position`).

Every task has a position, a text in the form of the npm package `fractional-indexing`: between any two there is
another. It follows from due date and number until the task is moved; a task that is moved keeps the text it was given,
and no other task changes. The column holds given positions only.

Positions are compared by bytes. `text_of` and `EXPRESSION` are the same function; the page has it too, in
`features/tasks/data/positions.ts`.
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import StringConstraints

MAX_LENGTH = 200
PATTERN = r"^l[0-9A-Za-z]{12}([0-9A-Za-z]*[1-9A-Za-z])?$"
"""`l` and twelve digits are the integer part, whose first digits are seconds; a fraction does not end with 0."""
Position = Annotated[str, StringConstraints(max_length=MAX_LENGTH, pattern=PATTERN)]

EPOCH = datetime(1, 1, 1, tzinfo=UTC)
UNDATED = 999_999_999_999
"""In the place of seconds: tasks without a due date come last."""
EXPRESSION = (
    "coalesce(tasks.position, (('l' || lpad(coalesce(floor(extract(epoch FROM (tasks.due_at AT TIME ZONE 'UTC')))"
    "::bigint + 62135596800, 999999999999)::text, 12, '0')) || lpad(tasks.id::text, 10, '0')) || '1')"
)
"""The position in SQL, for the order of lists and its index. All of it is immutable; the column's collation is C.

With the parentheses of Postgres, so that the index of a database can be compared with it.
"""


def text_of(given: str | None, due_at: datetime | None, number: int) -> str:
    if given is not None:
        return given
    seconds = UNDATED if due_at is None else (due_at - EPOCH) // timedelta(seconds=1)
    return f"l{seconds:012}{number:010}1"
