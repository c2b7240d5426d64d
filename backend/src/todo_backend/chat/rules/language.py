"""How a row of a table is read: a pattern with {slots}, for a whole sentence, and the intent that it stands for."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from todo_backend.chat.rules.decisions import Intent
from todo_backend.quick_add.meanings import Here

NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
LONGEST = 500
"""Sentences longer than this are only read by rows that are made of a beginning and the text after it."""
LEVELS = {
    "high": "High", "highest": "High", "top": "High", "urgent": "High", "important": "High", "critical": "High",
    "p1": "High", "medium": "Medium", "normal": "Medium", "p2": "Medium", "low": "Low", "lowest": "Low",
    "unimportant": "Low", "p3": "Low", "p4": "Low",
}  # fmt: skip
"""What the words of the slot `level` mean."""
SLOTS = {
    "which": r"""(?P<which>"[^"]{1,200}"|'[^']{1,200}'(?![a-z])|.{1,300}?)""",
    "numbered": r"(?P<which>(?:(?:the |my )?(?:task|todo|to-do|item|number|no\.?|nr\.?) ?#?|#) ?[0-9]{1,12})",
    "text": "(?P<text>.+)",
    "quote": r"""(?P<text>"[^"]+"|'[^']+')""",
    "when": "(?P<when>.{1,300})",
    "view": "(?P<view>.{1,300})",
    "tags": "(?P<tags>.{1,200}?)",
    "tag": r"(?P<tags>[^\s]{1,50})",
    "hashtags": r"(?P<tags>#[^\s#]{1,50}(?:,? (?:and )?#[^\s#]{1,50}){0,19})",
    "level": rf"(?P<level>{'|'.join(LEVELS)})",
    "lead": rf"(?P<lead>(?:[0-9]{{1,5}}|an?|{NUMBER_WORDS}|half an) ?"
    "(?:minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w))",
    "amount": rf"(?P<amount>(?:[0-9]{{1,4}}|an?|another|{NUMBER_WORDS}|half an)(?: more)? "
    "(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?))",
    "every": r"(?P<when>(?:each|every|once an? |once per |daily|weekly|monthly|yearly|annually|quarterly|biweekly|"
    r"fortnightly|on weekdays|weekdays|weekends|nightly).{0,300})",
    "count": rf"(?P<count>[0-9]{{1,2}}|{NUMBER_WORDS}|few)",
    "done": "(?:completed?|done|finished?|closed|checked off|ticked off)",
    "remove": "(?:delete|remove|erase|trash|discard|get rid of|drop|throw away|throw out|bin|scrap|cancel|rm|del)",
    "take": "(?:remove|delete|drop|take|clear|strip|erase)",
    "show": "(?:show|list|display|view|see|give|get|print|tell|read|check|fetch|pull up)(?: me)?",
    "add": "(?:add|create|make|set up|put|write|jot|note|enter|insert|start|record)(?: down| up)?(?: me)?",
    "a": "(?:an? |another |the |one more |my )?(?:new |quick )?",
    "task": r"(?:tasks?|to-?dos?|to-do items?|todo items?|items?|entry)",
    "list": r"(?:my |the )(?:to-?do |task |shopping )?(?:list|tasks|to-?dos|agenda|plate)",
    "i": "(?:i|we)",
    "have": "(?: have|'ve|ve)?",
    "is": "(?: is|'s| are|'re)",
    "not": "(?: not|n't|nt)",
    "the": "(?:the |my |a |any )?",
}

Check = Callable[[Intent, Here], bool]


@dataclass(frozen=True)
class Row:
    intent: str
    pattern: str
    given: Mapping[str, str] = field(default_factory=dict)
    """Slots that the words stand for without saying them."""
    check: Check | None = None
    """Where the words alone do not decide."""
    long: bool = False

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        pattern = self.pattern
        for name, slot in SLOTS.items():
            pattern = pattern.replace("{" + name + "}", slot)
        return re.compile(pattern.replace(" ", r"[ \n]"), re.IGNORECASE | re.DOTALL)

    def read(self, folded: str, text: str, here: Here) -> Intent | None:
        """`folded` is the text with plain quotes, character by character: slots have what was written."""
        if (len(folded) > LONGEST and not self.long) or not (match := self.compiled.fullmatch(folded)):
            return None
        slots = {name: text[slice(*match.span(name))] for name, found in match.groupdict().items() if found}
        intent = Intent(self.intent, {**self.given, **slots})
        return intent if self.check is None or self.check(intent, here) else None


def rows(intent: str, *patterns: str, check: Check | None = None, long: bool = False, **given: str) -> Iterable[Row]:
    return [Row(intent, pattern, given, check, long) for pattern in patterns]
