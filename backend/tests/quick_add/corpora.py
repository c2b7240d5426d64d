"""Sentences of strangers, and how many of them are read wrongly. `python -m backend.tests.quick_add.corpora` prints it.

The sentences come from public threads, help pages and tests of other products. Each has the reading of a careful person
who types it on Saturday, 28 November 2026 at 01:55 in Berlin: `due` (local to `zone`), `rrule`, `also` (other right
readings), `ask` (nobody could know) and `ask_ok` (a question is reasonable). The rules were tuned on `english-tuned`;
`english-held-out` was only counted. The German and Spanish ones, read in the locale of their language, are divided in
the same way. Those of a second, third and fourth collection have a 2, 3 or 4 in their names; `source` is "own" where
the collector wrote the line: nowhere in the fourth.

The rules are lines with rules of the kinds that other products' help pages and issues name, in words of their
collector; `rules-held-out` was only counted.

The changes are words for another date of a task that is due `before`, typed on Thursday, 26 February 2026 at 10:00. The
task is due `after`, or nobody could know (`unclear`). `changes-held-out` was only counted.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from rich.console import Console
from rich.table import Table

from backend.tests.quick_add.sentences import BERLIN, as_json, understood
from backend.tests.quick_add.sentences import NOW as THURSDAY
from todo_backend.accounts.locales import Conventions
from todo_backend.quick_add.date_words import DateWords
from todo_backend.quick_add.meanings import Before
from todo_kit.errors import Invalid
from todo_kit.recurrence import Rule, rrules

FOLDER = Path(__file__).with_name("corpora")
NAMES = (
    "english-tuned",
    "english-held-out",
    "rules-tuned",
    "rules-held-out",
    "german-tuned",
    "german-held-out",
    "spanish-tuned",
    "spanish-held-out",
    "english-2-tuned",
    "english-2-held-out",
    "german-2-tuned",
    "german-2-held-out",
    "spanish-2-tuned",
    "spanish-2-held-out",
    "english-3-tuned",
    "english-3-held-out",
    "spanish-3-tuned",
    "spanish-3-held-out",
    "english-4-tuned",
    "english-4-held-out",
    "german-4-tuned",
    "german-4-held-out",
    "spanish-4-tuned",
    "spanish-4-held-out",
)
CHANGES = ("changes-tuned", "changes-held-out")
NOW = datetime(2026, 11, 28, 1, 55, tzinfo=BERLIN)
LOCALES = {"german": "de-DE", "spanish": "es-ES"}
UNTIL = re.compile(r"(UNTIL=\d{8})(T\d{6}Z?)?")
COMPARED = 8
"""Occurrences of two rules that are compared."""
Outcome = Literal["right", "asked", "asked needlessly", "left in the title", "silently wrong"]
OUTCOMES: tuple[Outcome, ...] = ("right", "asked", "asked needlessly", "left in the title", "silently wrong")
Row = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    due: float | str | None
    """A Unix time, or a date."""
    occurrences: tuple[datetime, ...] | None
    after_completion: bool


def rows_of(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text().splitlines()]


def figures(name: str) -> Counter[Outcome]:
    locale = LOCALES.get(name.partition("-")[0], "en-GB")
    return Counter(outcome(row, locale) for row in rows_of(name))


def figures_of_changes(name: str) -> Counter[Outcome]:
    return Counter(outcome_of_change(row) for row in rows_of(name))


def outcome_of_change(row: Row) -> Outcome:
    """Counts words that are not understood, and refused, as left in the title."""
    unclear = row["after"] == "unclear"
    words = DateWords(row["words"], BERLIN, Conventions())
    before = Before(reads(row["before"]) if row["before"] else None)
    found = words.understood(THURSDAY, before)
    try:
        fields = words.fields(THURSDAY, before)
    except Invalid:
        if unclear or found.ambiguities:
            return "asked" if unclear else "asked needlessly"
        return "left in the title"
    due = reads(fields["due_date"]) if "due_date" in fields else before.due
    is_right = not unclear and due == reads(row["after"]) and fields.get("recurrence_pattern") == row.get("rule")
    return "right" if is_right else "silently wrong"


def reads(due: str) -> date:
    if "T" not in due:
        return date.fromisoformat(due)
    found = datetime.fromisoformat(due)
    return found.astimezone(BERLIN).replace(tzinfo=None) if found.tzinfo else found


def outcome(row: Row, locale: str = "en-GB") -> Outcome:
    answer = as_json(understood(row["text"], NOW, locale=locale))
    fields = answer["fields"]
    is_right = given(fields) in [wanted(row), *(wanted(row | other) for other in row.get("also", []))]
    sets_a_time = "due_date" in fields
    if answer["ambiguities"]:
        return "asked" if row.get("ask") or row.get("ask_ok") or not is_right else "asked needlessly"
    if row.get("ask"):
        return "silently wrong" if sets_a_time else "right" if is_right else "left in the title"
    if is_right:
        return "right"
    return "silently wrong" if sets_a_time else "left in the title"


def wanted(row: Row) -> Reading:
    return reading(row.get("due"), row.get("zone"), row.get("rrule"), after=row.get("after", False))


def given(fields: Mapping[str, Any]) -> Reading:
    details = fields.get("recurrence") or {}
    rule = None
    if "recurrence_pattern" in fields:
        found = replace(Rule.of(fields["recurrence_pattern"], details), mode="schedule", times=())
        rule = rrules.write(found, reads(fields["due_date"]), BERLIN) or ""
        rule = rule.removeprefix("RSCALE=GREGORIAN;").replace(";SKIP=BACKWARD", "")  # unknown to dateutil
    zone = fields.get("time_zone")
    times = tuple(time.fromisoformat(at) for at in details.get("times", ()))
    return reading(fields.get("due_date"), zone, rule, after=details.get("mode") == "completion", times=times)


def reading(
    due: str | None, zone: str | None, rule: str | None, *, after: bool, times: tuple[time, ...] = ()
) -> Reading:
    """`times` are those of each day, if the rule names days only."""
    at: float | str | None = due
    if due and "T" in due:
        local = datetime.fromisoformat(due)
        at = (local if local.tzinfo else local.replace(tzinfo=ZoneInfo(zone or "Europe/Berlin"))).timestamp()
    if not rule or not due:
        return Reading(at, None, after)
    start = datetime.combine(datetime.fromisoformat(due).date(), datetime.min.time())
    days = rrulestr(UNTIL.sub(r"\1T235959", rule), dtstart=start)
    found = (datetime.combine(day, clock) for day in days for clock in times or (day.time(),))
    return Reading(at, tuple(islice(found, COMPARED)), after)


def main() -> None:
    table = Table("sentences", "number", *OUTCOMES, box=None)
    for name in (*NAMES, *CHANGES):
        counted = figures_of_changes(name) if name in CHANGES else figures(name)
        shares = (f"{100 * counted[each] / counted.total():.1f} %" for each in OUTCOMES)
        table.add_row(name, str(counted.total()), *shares)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
