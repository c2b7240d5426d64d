"""Which of the found tasks are called what the person said."""

import re
from collections.abc import Sequence

from todo_backend.chat.rules.decisions import Task

MOST_CLOSE = 3
MOST_CHARACTERS = 200
WORD = re.compile(r"\w+")
SMALL = {
    "the", "a", "an", "my", "our", "your", "to", "of", "for", "on", "in", "at", "with", "and", "or", "about", "is",
    "that", "this", "it",
}  # fmt: skip
SHORT = 3


def words_of(text: str) -> list[str]:
    return WORD.findall(str(text).casefold())


def content(text: str) -> list[str]:
    words = words_of(text)
    return [word for word in words if word not in SMALL] or words


def query_of(text: str) -> str:
    """What is searched for: the search wants every word of it to be there."""
    return " ".join(content(text))[:MOST_CHARACTERS]


def matches(words: str, tasks: Sequence[Task], *, quoted: bool = False) -> list[Task]:
    """An exact title alone, else those that have all the words in their title or tags."""
    exact = [task for task in tasks if words_of(task.get("title", "")) == words_of(words)]
    exact = exact or [task for task in tasks if content(task.get("title", "")) == content(words)]
    if exact or quoted:
        return exact or [task for task in tasks if has_all(words_of(words), task)]
    return [task for task in tasks if has_all(content(words), task)]


def has_all(wanted: Sequence[str], task: Task) -> bool:
    there = words_of(task.get("title", "")) + [word for tag in task.get("tags") or [] for word in words_of(tag)]
    return all(any(is_in(word, other) for other in there) for word in wanted)


def is_in(word: str, other: str) -> bool:
    """A word is meant by its beginning, and in the singular for the plural."""
    if len(word) < SHORT:
        return word == other
    return word in other or (word.endswith("s") and len(word) > SHORT and word[:-1] == other)


def closest(tasks: Sequence[Task]) -> list[Task]:
    """The search brings the best first."""
    return list(tasks[:MOST_CLOSE])
