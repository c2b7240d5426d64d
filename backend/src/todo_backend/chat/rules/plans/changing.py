"""Other titles, priorities, tags and notes. What is added to is read first."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from todo_backend.chat.rules import times
from todo_backend.chat.rules.choosing import choose, read_all
from todo_backend.chat.rules.decisions import Plan, Say, Situation, Task
from todo_backend.chat.rules.language import LEVELS
from todo_backend.chat.rules.plans import moving
from todo_backend.chat.rules.plans.updating import Changed, alike, chosen_and_read, each
from todo_backend.chat.rules.references import PLAIN, unquoted
from todo_backend.chat.rules.wording import named

TAGS_BETWEEN = re.compile(r"[,;\n ]+")
LONGEST_TITLE = 200
LONGEST_NOTE = 10_000
DATED = {"due_date", "recurrence_pattern", "recurrence", "time_zone"}


def rename(situation: Situation) -> Plan:
    """The whole text is the title: its words are never read as a date."""
    title, _ = unquoted(situation.intent.get("text"))
    title = " ".join(title.split())
    if len(title) > LONGEST_TITLE:
        return Say(f"A title has at most {LONGEST_TITLE} characters, this has {len(title)}: nothing was changed.")
    chosen = yield from choose(situation, "all", prefer_open=True)
    if isinstance(chosen, Say):
        return chosen
    if len(chosen) > 1:
        return Say("Several tasks cannot get the same title; say which one.", touched=chosen)
    return (yield from each(situation, chosen, lambda _: {"title": title}))


def change(situation: Situation) -> Plan:
    """To a quoted title, to a date or a priority if that is all that is said, and else to a title all the same."""
    text, is_quoted = unquoted(situation.intent.get("text"))
    found = None if is_quoted else times.read(text, situation.here)
    if found is None:
        return (yield from rename(situation))
    if found.fields.keys() & DATED:
        name = "repeat" if "recurrence_pattern" in found.fields else "move"
        intent = type(situation.intent)(name, {**situation.intent.slots, "when": text})
        return (yield from moving.PLANS[name](Situation(intent, situation.memory, situation.here)))
    return (yield from alike(situation, **found.fields))


def priority(situation: Situation) -> Plan:
    return (yield from alike(situation, priority=LEVELS[situation.intent.get("level").lower()]))


def clear(situation: Situation) -> Plan:
    return (yield from alike(situation, clear=[situation.intent.get("field")]))


def tags_in(text: str) -> list[str]:
    words = TAGS_BETWEEN.split(text.translate(PLAIN))
    found = [word.strip("#\"'.") for word in words]
    return list(dict.fromkeys(word for word in found if word and word.lower() not in {"and", "the", "tag", "tags"}))


def tag(situation: Situation) -> Plan:
    more = tags_in(situation.intent.get("tags"))

    def change(task: Task) -> dict[str, Any] | str:
        there = [str(each) for each in task.get("tags") or []]
        known = {each.casefold() for each in there}
        new = [each for each in more if each.casefold() not in known]
        return {"tags": there + new} if new else f"{named(task)} has that tag already."

    chosen = yield from chosen_and_read(situation)
    return chosen if isinstance(chosen, Say) else (yield from each(situation, chosen, change))


def untag(situation: Situation) -> Plan:
    """Without tags said: all of them go."""
    fewer = {each.casefold() for each in tags_in(situation.intent.get("tags"))}

    def change(task: Task) -> dict[str, Any] | str:
        there = [str(each) for each in task.get("tags") or []]
        left = [each for each in there if fewer and each.casefold() not in fewer]
        return {"tags": left} if left != there else f"{named(task)} has no such tag."

    chosen = yield from chosen_and_read(situation)
    return chosen if isinstance(chosen, Say) else (yield from each(situation, chosen, change))


def note(situation: Situation) -> Plan:
    """Put below the notes that there are."""
    text, _ = unquoted(situation.intent.get("text"))
    chosen = yield from choose(situation, "all", prefer_open=True)
    if isinstance(chosen, Say):
        return chosen
    # What a search brings says only that there is a description: it is read by number.
    chosen = yield from read_all(tuple({"id": task["id"]} for task in chosen))
    return chosen if isinstance(chosen, Say) else (yield from each(situation, chosen, noted(text)))


def noted(text: str) -> Changed:
    def change(task: Task) -> dict[str, Any] | str:
        whole = "\n".join(part for part in (str(task.get("description") or ""), text) if part)
        too_long = len(whole) > LONGEST_NOTE
        return f"The notes of {named(task)} are as long as they may be." if too_long else {"description": whole}

    return change


def describe(situation: Situation) -> Plan:
    return (yield from alike(situation, description=unquoted(situation.intent.get("text"))[0]))


PLANS: Mapping[str, Callable[[Situation], Plan]] = {
    "rename": rename,
    "change": change,
    "priority": priority,
    "clear": clear,
    "tag": tag,
    "untag": untag,
    "note": note,
    "describe": describe,
}
