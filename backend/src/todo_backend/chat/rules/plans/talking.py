"""Answers that need no tool, and the way back."""

from collections.abc import Callable, Mapping

from todo_backend.chat.rules.decisions import Plan, Question, Say, Situation, call
from todo_backend.chat.rules.wording import NOTHING_CHANGED, REFUSED, failures, joined, tidy

HELP = """I look after your task list. Try:
- “Add pay rent every month on the last day 9am #home p1”
- “What's pending?”, “Show me this week”, “Find the dentist”
- “Mark task 3 as complete”, “Delete the meeting task”, “Complete everything due today”
- “Change task 1 to 'Call mom tonight'”, “Move task 4 to friday 9am”, “Push task 2 by an hour”
- “Make task 2 high priority”, “Tag task 3 with work”, “Make task 5 repeat every monday”
- “Who changed task 3?”, “Any reminders?”, “Undo that”"""
NOT_UNDERSTOOD = (
    "I did not understand that; try “add buy milk tomorrow 5pm”, “what's pending?” or “mark task 3 as complete”."
)
SEVERAL = "That is more than one thing at once, so I did nothing: please tell me one after the other."
TOO_LONG = "That is too long for me: at most 4,000 characters, please."


def saying(text: str) -> Callable[[Situation], Plan]:
    def plan(_: Situation) -> Plan:
        yield from ()
        return Say(text)

    return plan


def asking(text: str, slot: str, intent: str = "") -> Callable[[Situation], Plan]:
    """Of an intent that lacks what its slot needs: the next message is taken for it."""

    def plan(situation: Situation) -> Plan:
        yield from ()
        wanted = situation.intent
        wanted = type(wanted)(wanted.get("wanted") or intent, wanted.slots)
        return Say(text, question=Question(text, wanted, slot))

    return plan


def undo(_: Situation) -> Plan:
    answer = yield from call("undo_last_change")
    if answer.content is None and REFUSED.search(answer.failure):
        return Say(NOTHING_CHANGED)
    undone = [tidy(each, 110) for each in answer.texts("undone")]
    if not undone:
        return Say(f"Nothing was taken back: {'; '.join(failures([answer]))}.")
    text = f"Taken back: {joined(undone)}." if len(undone) <= 3 else f"Taken back {len(undone)} changes."  # noqa: PLR2004
    return Say(text, touched=tuple(answer.tasks))


PLANS: Mapping[str, Callable[[Situation], Plan]] = {
    "help": saying(HELP),
    "greet": saying("Hello! What can I do for your tasks? (“help” tells what I understand.)"),
    "thank": saying("You are welcome."),
    "bye": saying("See you!"),
    "never mind": saying(NOTHING_CHANGED),
    "several": saying(SEVERAL),
    "unknown": saying(NOT_UNDERSTOOD),
    "too long": saying(TOO_LONG),
    "undo": undo,
    "ask title": asking("What shall I add?", "text", "add"),
    "ask which": asking("Which task do you mean? Its number or some words of its title will do.", "which"),
    "ask note": asking("What shall the note say?", "text", "note"),
    "ask change": asking("What shall it be? Say a new title, or a date such as “friday 9am”.", "text", "change"),
}
