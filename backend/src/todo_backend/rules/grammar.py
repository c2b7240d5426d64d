"""Reads `sentences.txt`: sentences with slots, each with the intent that it stands for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from todo_backend.tasks.fields import PRIORITIES

LEVELS = {
    "high": "High", "highest": "High", "top": "High", "urgent": "High", "important": "High", "critical": "High",
    "p1": "High", "medium": "Medium", "normal": "Medium", "p2": "Medium", "low": "Low", "lowest": "Low", "p3": "Low",
    "p4": "None",
}  # fmt: skip
COUNTS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
UNIT = "(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"
SLOTS = {
    "target": r"""(?P<target>"[^"]{1,200}"|'[^']{1,200}'(?![a-z])|.{1,300}?)""",
    "numbered": r"(?P<target>(?:(?:the |my )?(?:(?:task|to-?do|item) )?(?:task|to-?do|item|number|no\.?|nr\.?) ?#?|#) ?"
    r"[0-9]{1,12})",
    "it": "(?P<target>it|that|this|them|those|these|that one|this one|the last one)",
    "text": "(?P<text>.+)",
    "quote": r"""(?P<text>"[^"]+"|'[^']+')""",
    "short": r"(?P<text>[^\s]{1,50})",
    "hashtags": r"(?P<text>#[^\s#]{1,50}(?:,? (?:and )?#[^\s#]{1,50}){0,19})",
    "level": rf"(?:very |really |super |the )?(?P<text>{'|'.join(LEVELS)})(?:[- ]?(?:priority|prio))?",
    "span": rf"(?P<text>(?:[0-9]{{1,5}}|an?|the|another|{COUNTS}|half an)(?: more)? {UNIT}|[0-9]{{1,5}} ?[mhdw])",
    "every": r"(?P<text>(?:each|every|once an?|once per|daily|weekly|monthly|yearly|annually|quarterly|biweekly|"
    r"fortnightly|on weekdays|weekdays|weekends|nightly)\b.{0,300})",
    "add": "(?:add(?:ing)?|create|make|set up|put(?:ting)?|pop(?:ping)?|stick|chuck|throw|write|jot|note|"
    "enter|insert|start|record)(?: down)?(?: me)?",
    "a": "(?:an? |another |the |one more |my )?(?:new |quick )?",
    "task": "(?:tasks?|to-?dos?|to-?do items?|items?|entry)(?! ?#?[0-9]+(?: |$))",
    "count": rf"(?P<detail>[0-9]{{1,2}}|{COUNTS}|few)",
    "list": r"(?:my |the )?"
    r"(?:(?:to-?do |task |shopping |grocery )?(?:list|tasks|to-?dos|agenda|plate)|shopping|groceries)",
    "day": r"(?P<text>(?:on |this |next )?"
    r"(?:today|tonight|tomorrow|tmrw|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?: .{1,30})?)",
    "done": "(?:completed?|done|finished?|closed|checked(?: off)?|ticked(?: off)?)",
    "remove": "(?:delete|remove|erase|trash|discard|clear out|clean out|get rid of|drop|throw away|throw out|bin|scrap|"
    "cancel|clear|rm|del)",
    "take": "(?:remove|delete|drop|take|clear|strip|erase|cancel)",
    "show": "(?:(?:show|list|display|view|see|print|read|pull up)(?: me)?|(?:give|get|tell) me)",
    "set": "(?:set|change|update|make|put|edit|turn|switch|mark|flag|move|give|raise|lower|bump|treat)",
    "later": "(?:push|shove|shunt|slide|postpone|delay|snooze|defer|put off|move|shift|bump|extend|reschedule)",
    "i": "(?:i|we)",
    "is": "(?: is|'s| are|'re|s)?",
    "now": "(?: now| all| both| already| finally| just)?",
    "note": "(?:notes?|comments?|descriptions?|details?)",
    "due": "(?:due ?dates?|dates?|deadlines?|due times?|times?|due)",
    "last": "(?:that|it|this|the last (?:change|thing|step|one|action)|(?:my )?last change|what you(?: just)? did)",
    "about": "(?:about|regarding|concerning|on|with|mentioning|containing|called|named|for)",
}


@dataclass(frozen=True)
class Row:
    intent: str
    detail: str
    sentence: str

    @property
    def pattern(self) -> str:
        pattern = re.sub(r"\((?!\?)", "(?:", self.sentence).replace("[", "(?:").replace("]", ")?")
        for name, slot in SLOTS.items():
            pattern = pattern.replace("{" + name + "}", slot)
        return pattern

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern.replace(" ", r"[ \n]"), re.IGNORECASE | re.DOTALL)


def rows_of(name: str) -> Iterator[Row]:
    intent = detail = ""
    for line in files(__package__).joinpath(name).read_text().splitlines():
        if line.startswith("= "):
            intent, _, detail = line.removeprefix("= ").partition("/")
        elif line and not line.startswith("# "):
            yield Row(intent, detail, line)


ROWS = tuple(rows_of("sentences.txt"))
_WORDS = tuple(rows_of("words.txt"))


def mark(level: str) -> str:
    """Returns the priority as a mark of quick-add: `p1`."""
    return f"p{PRIORITIES.index(LEVELS[level.lower()]) + 1}"


def word_set(name: str) -> frozenset[str]:
    return frozenset(word for row in _WORDS if row.intent == name for word in row.sentence.split())


def phrases(name: str) -> str:
    """Returns a regular expression for any phrase of a section."""
    return "(?:" + "|".join(row.pattern for row in _WORDS if row.intent == name) + ")"
