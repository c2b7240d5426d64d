"""The tasks that a sentence may be about, by the words of their titles."""

from todo_backend.rules import replies
from todo_backend.rules.grammar import word_set
from todo_backend.rules.references import content_words, words_of
from todo_backend.rules.vocabulary import Call, Steps, Task

MOST_WORDS = 5
HALF = 0.5
VERBS = word_set("verbs")
"""With which titles begin: alone, they do not tell which task is meant."""
SHORT = 2
STEM = 5


def subjects(text: str) -> Steps[tuple[Task, ...]]:
    """Returns the few tasks of which most words of the title are in the text."""
    words = sorted((word for word in content_words(text) if len(word) > SHORT), key=len, reverse=True)[:MOST_WORDS]
    if not words:
        return ()
    results = yield [Call("search_tasks", {"query": word, "view": "all"}) for word in words]
    found = {task["id"]: task for result in results for task in result.tasks if "deleted_at" not in task}
    shares = {number: _share(task, text) for number, task in found.items()}
    most = max(shares.values(), default=0.0)
    near = tuple(task for number, task in found.items() if shares[number] == most)
    return near if most >= HALF and len(near) <= replies.FEW else ()


def _share(task: Task, text: str) -> float:
    """Returns the share of the title's words that are in the text, in any form; 0 if it is the verb alone."""
    title, said = content_words(task.get("title", "")), words_of(text)
    hits = [any(_is_form(word, other) for other in said) for word in title]
    if title and title[0] in VERBS and not any(hits[1:]):
        return 0.0
    return sum(hits) / max(len(title), 1)


def _is_form(word: str, other: str) -> bool:
    """Whether the words begin alike, as "plan" and "planning" do."""
    short, long = sorted((word, other), key=len)
    has_ending = len(short) > SHORT and long.startswith(short) and len(long) - len(short) < STEM
    return has_ending or short[:STEM] == long[:STEM]
