"""Filters of a list in words that say nothing else: a status, priorities, tags and days."""

import re
from calendar import month_name
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from todo_backend.quick_add.dates import week_of
from todo_backend.quick_add.meanings import Here
from todo_backend.rules import values
from todo_backend.rules.grammar import Row, rows_of, word_set

MOST_CHARACTERS = 200
DAY = timedelta(days=1)
NAMES = {-1: "yesterday", 0: "today", 1: "tomorrow", 2: "the day after tomorrow"}


@dataclass(frozen=True, slots=True)
class View:
    status: str = ""
    every: bool = False
    """Whether "all" was said."""
    undated: bool = False
    repeating: bool = False
    noun: bool = False
    """Whether "tasks" was said."""
    priorities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    days: str = ""
    """The name of the days from `start` to `end`, which is exclusive."""
    start: date | None = None
    end: date | None = None

    @property
    def filtered(self) -> bool:
        return bool(self.status or self.priorities or self.tags or self.days or self.undated or self.repeating)

    def arguments(self, default: str = "") -> dict[str, Any]:
        """Returns the arguments of `list_tasks`. Its dates are due dates: not those of a completion."""
        found: dict[str, Any] = {
            "view": self.status or default or ("all" if self.every and not self.days else "pending")
        }
        if self.priorities:
            found["priority"] = list(self.priorities)
        if self.tags:
            found["tags"] = list(self.tags)
        if self.status not in {"completed", "today", "overdue"}:
            found |= {"due_after": self.start.isoformat()} if self.start else {}
            found |= {"due_before": self.end.isoformat()} if self.end else {}
        return found


def _span(unit: str, first: int, here: Here) -> tuple[date, date]:
    """Returns the days of a unit, counted from now, and the day after them."""
    match unit:
        case "day":
            return here.today + first * DAY, here.today + (first + 1) * DAY
        case "weekend":
            saturday = week_of(here.today, 0) + 5 * DAY
            return saturday, saturday + 2 * DAY
        case "week":
            start = week_of(here.today, here.conventions.week_start) + first * 7 * DAY
            return start, start + 7 * DAY
        case _:
            start = here.today.replace(day=1) + relativedelta(months=first)
            return start, start + relativedelta(months=1)


def _month(number: int, here: Here) -> date:
    """Returns the first day of this or the next month of that number."""
    first = here.today.replace(month=number, day=1)
    return first if number >= here.today.month else first + relativedelta(years=1)


def _fields(row: Row, words: str, here: Here) -> dict[str, Any]:
    if row.intent == "status":
        return {"status": row.detail}
    if row.intent == "undated":
        return {"undated": True}
    if row.intent == "repeating":
        return {"repeating": True}
    if row.intent == "priority":
        return {"priorities": (row.detail,)}
    start, end = _span(row.intent, int(row.detail), here)
    name = re.sub(r"^(?:due:|the )", "this ", words).removesuffix("'s")
    return {"days": NAMES.get(int(row.detail)) if row.intent == "day" else name, "start": start, "end": end}


FILTERS = [(row, re.compile(rf"(?<![\w#])(?:{row.pattern})(?![\w])")) for row in rows_of("filters.txt")]
MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
MONTH = re.compile(
    rf"(?<!\d )(?<!\dst )(?<!\dnd )(?<!\drd )(?<!\dth )(?<!before )(?<!until )(?<!till )(?<!by )(?<!after )(?<!from )"
    rf"(?<!since )(?<!of )\b(?:in |for |during )?({'|'.join(MONTHS)})\b(?! \d)"
)
"""The whole month, not a day of it."""
NEXT_DAYS = re.compile(r"(?:in |within |over |for )?(?:the )?(?:next|coming) (\d{1,3}|[a-z]{3,6}) (days?|weeks?)")
TAGS = re.compile(
    r"(?:(?:tagged|labell?ed)(?: with| as)?(?: the)?|(?:with|under)(?: the)? (?:tags?|labels?)|tags?:?)"
    r"""[\s:]["']?#?([^\s"',]{1,50})["']?|#([^\s#,]{1,50})"""
)
NOUNS = frozenset(["task", "tasks", "todo", "todos", "to-do", "to-dos", "item", "items", "list", "tasklist"])
NOISE = NOUNS | word_set("noise")
KIND = re.compile(r"\b(?P<kind>[^\W\d]{3,30}) (?:tasks?|things?|stuff|to-?dos?|items?|ones)\b", re.IGNORECASE)
"""Such as "work things": tasks with a word in their title or tags."""
EVERY = re.compile(r"\b(?:all|every|everything|each)\b")
BEFORE_DAY = re.compile(r"\b(before|until|till|by|after|from|since)\b")


def view_of(text: str, here: Here) -> View | None:
    """Returns None if the text says anything else."""
    if len(text) > MOST_CHARACTERS or not text.strip():
        return None
    view = View(tags=tuple(match[1] or match[2] for match in TAGS.finditer(text)))
    left = " ".join(TAGS.sub(" ", text).lower().replace("\u2019", "'").split()).strip(" ?.!,")
    if (found := NEXT_DAYS.search(left)) and (count := values.number_of(found[1])):
        days = count * (7 if found[2].startswith("week") else 1) + 1
        name = f"in the next {found[1]} {found[2]}"
        view = replace(view, days=name, start=here.today, end=here.today + days * DAY)
        left = NEXT_DAYS.sub(" ", left)
    if match := MONTH.search(left):
        start = _month(MONTHS[match[1]], here)
        end = start + relativedelta(months=1)
        view = replace(view, days=f"in {match[1].capitalize()}", start=start, end=end)
        left = MONTH.sub(" ", left)
    for row, pattern in FILTERS:
        if match := pattern.search(left):
            said = _fields(row, match[0], here)
            if not any(getattr(view, name) for name in said):  # one status and one span of days can be meant
                view = replace(view, **said)
                left = pattern.sub(" ", left)
    words = left.replace(",", " ").split()
    status = view.status or ("today" if view.days == "today" else "")
    view = replace(view, every=bool(EVERY.search(left)), noun=bool(NOUNS & set(words)), status=status)
    if all(word in NOISE for word in words):
        return view
    return None if view.days else _with_day(view, left, words, here)


def _with_day(view: View, text: str, words: list[str], here: Here) -> View | None:
    """Reads the rest as a day, such as in `due before 3 march`."""
    [kind, *_] = [*BEFORE_DAY.findall(text), "on"]
    kept = [word for word in words if word not in NOISE | {"before", "until", "till", "after", "since"}]
    found = values.read(" ".join(kept), here) or values.read("on " + " ".join(kept), here)
    if found is None or found.fields.keys() - {"due_date", "time_zone"}:
        return None
    due = values.due(found.fields)
    day = due.date() if isinstance(due, datetime) else due
    if day is None:
        return None
    start = {"after": day + DAY, "from": day, "since": day, "on": day}.get(kind)
    end = {"before": day, "until": day + DAY, "till": day + DAY, "by": day + DAY, "on": day + DAY}.get(kind)
    return replace(view, days=f"{kind} {day:%a} {day.day} {day:%b}", start=start, end=end)
