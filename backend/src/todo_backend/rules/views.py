"""Filters of a list in words that say nothing else: a status, priorities, tags and days."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from todo_backend.quick_add.dates import week_of
from todo_backend.quick_add.meanings import Here
from todo_backend.rules import values

MOST_CHARACTERS = 200
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class View:
    status: str = ""
    every: bool = False
    """Whether "all" was said."""
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
        return bool(self.status or self.priorities or self.tags or self.days)

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


def _week(here: Here, weeks: int) -> date:
    return week_of(here.today, here.conventions.week_start) + timedelta(weeks=weeks)


def _month(here: Here, months: int) -> date:
    index = here.today.year * 12 + here.today.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


Change = Callable[[Here], dict[str, Any]]


def _days(name: str, first: int, length: int = 1) -> Change:
    return lambda here: {
        "days": name, "start": here.today + first * DAY, "end": here.today + (first + length) * DAY,
    }  # fmt: skip


def _weeks(name: str, weeks: int) -> Change:
    return lambda here: {"days": name, "start": _week(here, weeks), "end": _week(here, weeks + 1)}


def _months(name: str, months: int) -> Change:
    return lambda here: {"days": name, "start": _month(here, months), "end": _month(here, months + 1)}


def _weekend(here: Here) -> dict[str, Any]:
    saturday = week_of(here.today, 0) + 5 * DAY
    return {"days": "this weekend", "start": saturday, "end": saturday + 2 * DAY}


def _constant(**fields: Any) -> Change:
    return lambda _: fields


PHRASES: tuple[tuple[str, Change], ...] = (
    (
        r"not (?:yet )?(?:done|completed?|finished)(?: yet)?|n't done|to be done|(?:need|have|got|left|want) to "
        r"(?:do|finish|complete|get done)|(?:should|must) i do|to do|pending|open|incomplete|uncompleted|unfinished|"
        r"outstanding|active|remaining|undone|left|in progress",
        _constant(status="pending"),
    ),
    (r"over ?due|past due|(?:running |am i )?(?:late|behind)(?: (?:on|with))?", _constant(status="overdue")),
    (r"(?:in|from) (?:the|my) (?:trash|bin)|deleted|trashed|trash|recycle bin|bin", _constant(status="deleted")),
    (
        r"(?:have i|did i|i have|i've|have we|did we|i) (?:already )?(?:completed?|done|finish(?:ed)?|do|get done|"
        r"got done|accomplish(?:ed)?)|completed|done|finished|accomplished|complete|ticked off|closed",
        _constant(status="completed"),
    ),
    (r"upcoming|coming up|up next|ahead|next up|next$|in (?:the )?future", _constant(status="upcoming")),
    (r"(?:high|top|highest)(?:[- ]priority)?|important|urgent|critical|p1", _constant(priorities=("High",))),
    (r"(?:medium|normal)[- ]priority|p2", _constant(priorities=("Medium",))),
    (r"low(?:[- ]priority)?|p3|p4", _constant(priorities=("Low",))),
    (r"day after tomorrow", _days("the day after tomorrow", 2)),
    (r"(?:for |due )?today(?:'s)?|this (?:morning|afternoon|evening)|tonight", _days("today", 0)),
    (r"(?:tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr)(?:'s)?", _days("tomorrow", 1)),
    (r"yesterday(?:'s)?", _days("yesterday", -1)),
    (r"(?:this |the )?weekend", _weekend),
    (r"next week(?:'s)?", _weeks("next week", 1)),
    (r"last week(?:'s)?", _weeks("last week", -1)),
    (r"(?:this |the )week(?:'s)?", _weeks("this week", 0)),
    (r"next month(?:'s)?", _months("next month", 1)),
    (r"last month(?:'s)?", _months("last month", -1)),
    (r"(?:this |the )month(?:'s)?", _months("this month", 0)),
)
COMPILED = [(re.compile(rf"(?<![\w#])(?:{pattern})(?![\w])"), change) for pattern, change in PHRASES]
NEXT_DAYS = re.compile(r"(?:in |within |over |for )?(?:the )?(?:next|coming) (\d{1,3}|[a-z]{3,6}) (days?|weeks?)")
TAGS = re.compile(
    r"(?:(?:tagged|labell?ed)(?: with| as)?(?: the)?|(?:with|under)(?: the)? (?:tags?|labels?)|tags?)"
    r"""\s["']?#?([^\s"',]{1,50})["']?|#([^\s#,]{1,50})"""
)
NOUNS = frozenset(["task", "tasks", "todo", "todos", "to-do", "to-dos", "item", "items", "list", "tasklist"])
NOISE = NOUNS | frozenset(
    """the my me of is are that which i we have has do does to get got still for due on in there currently now with
    anything what whats ones one am need needs a an and or so far yet going up plate agenda schedule work some any
    please things thing stuff right been was were be by at our you show what's see scheduled planned deadline deadlines
    happening looks look like all every everything each only just both from whatever""".split()
)
EVERY = re.compile(r"\b(?:all|every|everything|each)\b")
BEFORE_DAY = re.compile(r"\b(before|until|till|by|after|from|since)\b")


def view_of(text: str, here: Here) -> View | None:
    """Returns None if the text says anything else."""
    if len(text) > MOST_CHARACTERS or not text.strip():
        return None
    view = View(tags=tuple(match[1] or match[2] for match in TAGS.finditer(text)))
    left = " ".join(TAGS.sub(" ", text).lower().replace("\u2019", "'").split()).strip(" ?.!,")
    if (found := NEXT_DAYS.search(left)) and (count := values.number_of(found[1])):
        length = count * (7 if found[2].startswith("week") else 1)
        view = replace(view, **_days(f"in the next {found[1]} {found[2]}", 0, length + 1)(here))
        left = NEXT_DAYS.sub(" ", left)
    for pattern, change in COMPILED:
        # Only one status and one span of days can be meant.
        said = change(here)
        if pattern.search(left) and not any(getattr(view, name) for name in said):
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
