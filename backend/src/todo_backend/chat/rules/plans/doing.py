"""Complete, open again, delete, bring back: by number at once, by words after a search."""

from collections.abc import Callable, Mapping

from todo_backend.chat.rules.choosing import Chosen, choose, in_calls
from todo_backend.chat.rules.decisions import Plan, Say, Situation
from todo_backend.chat.rules.wording import named, report


def complete(situation: Situation) -> Plan:
    """Open tasks are looked at before completed ones."""
    chosen = yield from choose(situation, "pending", "completed")
    if isinstance(chosen, Say):
        return chosen
    if len(chosen) == 1 and "completed_at" in chosen[0]:
        return Say(f"{named(chosen[0])} is completed already.", touched=chosen)
    return (yield from carried_out(situation, chosen, "Completed", "complete_task", done=True))


def reopen(situation: Situation) -> Plan:
    chosen = yield from choose(situation, "completed", "pending", group="completed")
    if isinstance(chosen, Say):
        return chosen
    return (yield from carried_out(situation, chosen, "Opened again:", "complete_task", done=False))


def delete(situation: Situation) -> Plan:
    chosen = yield from choose(situation, "all", group="all")
    if isinstance(chosen, Say):
        return chosen
    if all("deleted_at" in task for task in chosen):
        return Say("That is in the trash already; from there it can be restored, but not removed here.", touched=chosen)
    return (yield from carried_out(situation, chosen, "Deleted", "delete_task"))


def delete_series(situation: Situation) -> Plan:
    chosen = yield from choose(situation, "all", prefer_open=True, group="all")
    if isinstance(chosen, Say):
        return chosen
    return (yield from carried_out(situation, chosen, "Deleted with all repetitions:", "delete_task", scope="series"))


def restore(situation: Situation) -> Plan:
    chosen = yield from choose(situation, "deleted", group="deleted")
    if isinstance(chosen, Say):
        return chosen
    return (yield from carried_out(situation, chosen, "Restored", "restore_task"))


def carried_out(situation: Situation, chosen: Chosen, verb: str, tool: str, **arguments: object) -> Plan:
    answers = yield in_calls(tool, [task["id"] for task in chosen], **arguments)
    touched = tuple(task for answer in answers for task in answer.tasks)
    return Say(report(verb, answers, situation.here), touched=touched)


PLANS: Mapping[str, Callable[[Situation], Plan]] = {
    "complete": complete,
    "reopen": reopen,
    "delete": delete,
    "delete series": delete_series,
    "restore": restore,
}
