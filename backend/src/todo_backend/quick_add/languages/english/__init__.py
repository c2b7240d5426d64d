"""English: the phrases that quick-add understands, and its labels and questions."""

import re

from todo_backend.quick_add.language import Language
from todo_backend.quick_add.languages.english.neighbours import CONTEXTS, NEIGHBOURS
from todo_backend.quick_add.languages.english.phrases import (
    CLOCK_PHRASES,
    DAY_PHRASES,
    NAMES,
    OTHER_PHRASES,
    RULE_PHRASES,
)
from todo_backend.quick_add.languages.english.words import SLOTS, VALUES
from todo_kit.text import ordinal

ENGLISH = Language(
    slots=SLOTS,
    values=VALUES,
    days=DAY_PHRASES,
    clocks=CLOCK_PHRASES,
    others=RULE_PHRASES + OTHER_PHRASES + NAMES,
    before_days=(
        "(?:(?P<until>until|untill|till|through|ending on|ending|thru) |"
        "(?P<on>due on|due by|due:|due|deadline:?|"
        "no later than|on|by|before|from|starting on|starting from|starting|beginning) |for )?"
    ),
    before_clocks=r"(?:(?P<on>(?:at|by|around|starting at|starting|beginning at)\s|@)\s{0,9})?",
    counted=re.compile(
        r"\b(?:section|chapters?|pages?|parts?|paragraph|step|figure|version|v|no|number|room|gate|seat|"
        r"level|ratio|score|scored|won|lost|psalm|read (?:john|luke|mark|matthew)|apartment|flat|unit)\.?\s{1,9}$"
    ),
    measured=re.compile(
        r"\s?(?:kg|g|km|cm|mm|lb|lbs|oz|ml|inch|inches|ft|mile|miles|cup|cups|tsp|tbsp|gallon|gallons|pint|"
        r"teaspoon|tablespoon|litre|liter|avenue|ave|street|floor|grade|edition|pages?|people|hours?|minutes?|"
        r"of (?:the|a|an|my|it))\b"
    ),
    goes_on=re.compile(
        r"\s+(?:remind|to|for|about|with|at|in|on|by|and|or|before|after|from|until|of|as|if|so|but|because|the|a|an|my|our|"
        r"instead|please|then|off)\b"
    ),
    neighbours=NEIGHBOURS,
    contexts=CONTEXTS,
    dangling=re.compile(r"^(?:to|that|about)\s+"),
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ordinal=ordinal,
    labels={
        "words": "Words of the title",
        "hourly": "hourly", "daily": "daily", "weekly": "weekly", "monthly": "monthly", "yearly": "yearly",
        "every hourly": "every {} hours", "every daily": "every {} days", "every weekly": "every {} weeks",
        "every monthly": "every {} months", "every yearly": "every {} years",
        "on": "{} on {}", "at": "{} at {}", "in": "{} in {}", "except": "{} except {}", "and": " and ",
        "completion": "{} after completion", "omit": "{} in months that have the day",
        "nth weekday": "the {} {}", "nth day": "the {}", "nth last day": "the {} day",
        "nth working day": "the {} working day",
        "until": "{} until {}", "count": "{}, {} times", "no reminder": "No reminder", "when due": "When it is due",
        "before": "{} before", "minute": "{} minute", "minutes": "{} minutes", "hour": "{} hour", "hours": "{} hours",
        "day": "{} day", "days": "{} days", "no date": "No date, no reminder", "same": "On the day",
        "becomes": "{}, since the clocks go forward", "second": "The second {}",
    },
    questions={
        "readings": "“{}” can be read in more than one way: which one is meant?",
        "others": "“{}” says something else than the words before it: which one is meant?",
        "no rule": "“{}” is more than a rule can say here: what shall it be?",
        "no date": "A reminder needs a date: when is it due?",
        "passed": "{} has passed already: is it meant all the same?",
        "skipped": "{} does not exist on that day, as the clocks go forward: when shall it be?",
        "twice": "{} comes twice on that day, as the clocks go back: which one is meant?",
    },
)  # fmt: skip
