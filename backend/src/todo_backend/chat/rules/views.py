"""What a list is asked for: a view, priorities, tags and days, in words that say nothing else."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from todo_backend.chat.rules import times
from todo_backend.quick_add.dates import week_of
from todo_backend.quick_add.meanings import Here

MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class View:
    status: str = ""
    """As the tools call it; empty if it was not said."""
    every: bool = False
    priorities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    """Not included."""
    days: str = ""
    """The days in words."""
    noun: bool = False

    @property
    def filtered(self) -> bool:
        return bool(self.status or self.priorities or self.tags or self.days)

    @property
    def said(self) -> bool:
        return self.filtered or self.noun or self.every

    def arguments(self, default: str = "") -> dict[str, Any]:
        """Of list_tasks. What was completed in some days is looked up by the one who asks: the tool knows due dates.

        Without a `default` "all tasks" are those that are done too, "my tasks" those that are open.
        """
        status = self.status or default or ("all" if self.every and not self.days else "pending")
        found: dict[str, Any] = {"view": status}
        if self.priorities:
            found["priority"] = list(self.priorities)
        if self.tags:
            found["tags"] = list(self.tags)
        if self.status not in {"completed", "today", "overdue"}:
            found |= {"due_after": self.start.isoformat()} if self.start else {}
            found |= {"due_before": self.end.isoformat()} if self.end else {}
        return found


Change = Callable[[Here], dict[str, Any]]


def week(here: Here, weeks: int = 0) -> date:
    """The first day of the week, as the person's weeks begin."""
    return week_of(here.today, here.conventions.week_start) + timedelta(weeks=weeks)


def weekend(here: Here) -> date:
    """Saturday, wherever the week begins."""
    return week_of(here.today, 0) + timedelta(days=5)


def month(here: Here, months: int = 0) -> date:
    index = here.today.year * 12 + here.today.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def days(name: str, start: Callable[[Here], date], end: Callable[[Here], date]) -> Change:
    return lambda here: {"days": name, "start": start(here), "end": end(here)}


def on(name: str, distance: int, length: int = 1) -> Change:
    day = timedelta(days=1)
    return days(name, lambda here: here.today + distance * day, lambda here: here.today + (distance + length) * day)


PENDING = (
    r"not (?:yet )?(?:done|completed?|finished)(?: yet)?|n't done|to be done|(?:need|have|got|left|want) to "
    r"(?:do|finish|"
    r"complete|get done)|(?:should|must) i do|to do|pending|open|incomplete|uncompleted|unfinished|outstanding|"
    r"active|remaining|undone|left|in progress|still on"
)
PHRASES: tuple[tuple[str, Change], ...] = (
    (PENDING, lambda _: {"status": "pending"}),
    (r"over ?due|past due|(?:running |am i )?(?:late|behind)(?: (?:on|with))?", lambda _: {"status": "overdue"}),
    (r"(?:in|from) (?:the|my) (?:trash|bin)|deleted|trashed|trash|recycle bin|bin", lambda _: {"status": "deleted"}),
    (
        (
            r"(?:have i|did i|i have|i've|have we|did we|i) (?:already )?(?:completed?|done|finish(?:ed)?|do|"
            r"accomplish(?:ed)?|"
            r"got done|get done)|completed|done|finished|accomplished|complete|ticked off|closed"
        ),
        lambda _: {"status": "completed"},
    ),
    (r"upcoming|coming up|up next|ahead|next up|next$|in (?:the )?future", lambda _: {"status": "upcoming"}),
    (r"(?:high|top|highest)(?:[- ]priority)?|important|urgent|critical|p1", lambda _: {"priorities": ("High",)}),
    (r"(?:medium|normal)[- ]priority|p2", lambda _: {"priorities": ("Medium",)}),
    (r"low(?:[- ]priority)?|p3|p4", lambda _: {"priorities": ("Low",)}),
    (r"day after tomorrow", on("the day after tomorrow", 2)),
    (r"(?:for |due )?today(?:'s)?|this (?:morning|afternoon|evening)|tonight", on("today", 0)),
    (r"(?:tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr)(?:'s)?", on("tomorrow", 1)),
    (r"yesterday(?:'s)?", on("yesterday", -1)),
    (
        r"(?:this |the )?weekend",
        days("this weekend", weekend, lambda here: weekend(here) + timedelta(days=2)),
    ),
    (r"next week(?:'s)?", days("next week", lambda here: week(here, 1), lambda here: week(here, 2))),
    (r"last week(?:'s)?", days("last week", lambda here: week(here, -1), week)),
    (r"(?:this |the )week(?:'s)?", days("this week", week, lambda here: week(here, 1))),
    (r"next month(?:'s)?", days("next month", lambda here: month(here, 1), lambda here: month(here, 2))),
    (r"last month(?:'s)?", days("last month", lambda here: month(here, -1), month)),
    (r"(?:this |the )month(?:'s)?", days("this month", month, lambda here: month(here, 1))),
)
COMPILED = [(re.compile(rf"(?<![\w#])(?:{pattern})(?![\w])"), change) for pattern, change in PHRASES]
NEXT_DAYS = re.compile(
    r"(?:in |within |over |for )?(?:the )?(?:next|coming) (\d{1,3}|two|three|four|five|six|seven|ten) (days?|weeks?)"
)
TAGS = re.compile(
    r"(?:(?:with|tagged|labell?ed|under)(?: with| as)?(?: the)?(?: tags?| labels?)|"
    r"(?:tagged|labell?ed)(?: with| as)?|tags?)"
    r"""\s["']?#?([^\s"',]{1,50})["']?|#([^\s#,]{1,50})"""
)
NOUNS = frozenset(["task", "tasks", "todo", "todos", "to-do", "to-dos", "item", "items", "list", "tasklist"])
NOISE = NOUNS | {
    "the", "my", "me", "of", "is", "are", "that", "which", "i", "we", "have", "has", "do", "does", "to", "get",
    "got", "still", "for", "due", "on", "in", "there", "currently", "now", "with", "anything", "what", "whats",
    "ones", "one", "am", "need", "needs", "a", "an", "and", "or", "so", "far", "yet", "going", "up", "plate",
    "agenda", "schedule", "work", "some", "any", "please", "things", "thing", "stuff", "right", "been", "was",
    "were", "be", "by", "at", "our", "you", "show", "what's", "see", "scheduled", "planned", "deadline",
    "deadlines", "happening", "looks", "look", "like", "all", "every", "everything", "each", "only", "just", "both",
    "from", "whatever",
}  # fmt: skip
EVERY = re.compile(r"\b(?:all|every|everything|each)\b")
BEFORE_DAY = re.compile(r"\b(before|until|till|by|after|from|since|on|for|in)\b")


def view_of(text: str, here: Here) -> View | None:
    """None if anything else is said."""
    if len(text) > MOST_CHARACTERS or not text.strip():
        return None
    view = View()
    tags = tuple(match[1] or match[2] for match in TAGS.finditer(text))
    left = " ".join(TAGS.sub(" ", text).lower().replace("\u2019", "'").split()).strip(" ?.!,")
    if tags:
        view = replace(view, tags=tags)
    if found := NEXT_DAYS.search(left):
        count = times.number_of(found[1]) * (7 if found[2].startswith("week") else 1)
        view = replace(view, **on(f"in the next {found[1]} {found[2]}", 0, count + 1)(here))
        left = NEXT_DAYS.sub(" ", left)
    for pattern, change in COMPILED:
        if (match := pattern.search(left)) and not taken(view, said := change(here)):
            view = replace(view, **said)
            left = f"{left[: match.start()]} {left[match.end() :]}"
    words = left.replace(",", " ").split()
    view = replace(
        view, every=bool(EVERY.search(left)), noun=bool(NOUNS & set(words)), status=view.status or today(view)
    )
    rest = [word for word in words if word not in NOISE]
    if rest:
        return None if view.days else with_day(view, left, here)
    return view


def taken(view: View, said: dict[str, Any]) -> bool:
    """Only one status, and one span of days, can be meant."""
    return any(getattr(view, name) for name in said)


def today(view: View) -> str:
    return "today" if view.days == "today" else ""


def with_day(view: View, text: str, here: Here) -> View | None:  # noqa: PLR0911 - one a preposition
    """What is left is a day: `due on friday`, `before 3 march`."""
    words = text.split()
    while words and words[0] in NOISE and words[0] not in {"by", "from", "on", "in"}:
        words.pop(0)
    [kind, *_] = [*BEFORE_DAY.findall(text), ""]
    day_words = [
        word for word in words if word not in NOUNS and word not in {"due", "before", "after", "since", "until", "till"}
    ]
    found = times.read(" ".join(day_words), here)
    if found is None or found.fields.keys() - {"due_date", "time_zone"}:
        return None
    due = times.due(found.fields)
    day = due.date() if isinstance(due, datetime) else due
    if day is None:
        return None
    name = f"{day:%a} {day.day} {day:%b}"
    next_day = day + timedelta(days=1)
    match kind:
        case "before":
            return replace(view, days=f"before {name}", end=day)
        case "until" | "till" | "by":
            return replace(view, days=f"until {name}", end=next_day)
        case "after":
            return replace(view, days=f"after {name}", start=next_day)
        case "from" | "since":
            return replace(view, days=f"from {name} on", start=day)
        case _:
            return replace(view, days=f"on {name}", start=day, end=next_day)
