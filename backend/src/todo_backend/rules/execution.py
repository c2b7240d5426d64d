"""Executes requests: finds the tasks of all of them before it changes any."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from todo_backend.quick_add.meanings import Here
from todo_backend.rules import additions, changes, guesses, queries, talk
from todo_backend.rules.references import reference_of
from todo_backend.rules.targets import Unclear
from todo_backend.rules.vocabulary import Action, Change, Memory, Reply, Request, Steps

ACTIONS: Mapping[str, Action] = {
    **talk.ACTIONS, **additions.ACTIONS, **changes.ACTIONS, **guesses.ACTIONS, **queries.ACTIONS,
}  # fmt: skip


def execute(requests: Sequence[Request], memory: Memory, here: Here) -> Steps[Reply]:
    """A request on "it" means the tasks of the request before, which is executed first."""
    done: list[Reply] = []
    planned: list[Change] = []
    left = list(requests)
    for request in requests:
        if planned and reference_of(request.target, here).pronoun:
            done += yield from _perform(planned)
            memory, planned, left = _after(done[-1], memory), [], left[left.index(request) :]
        try:
            outcome = yield from ACTIONS[request.intent](request, memory, here)
        except Unclear as unclear:
            return _joined([*done, _with_rest(unclear.reply, request, left)])
        if isinstance(outcome, Change):
            planned.append(outcome)
        else:
            done.append(outcome)
            memory = _after(outcome, memory)
    done += yield from _perform(planned)
    return _joined(done)


def _perform(planned: Sequence[Change]) -> Steps[list[Reply]]:
    replies = []
    for change in planned:
        results = yield change.calls
        replies.append(change.report(results))
    return replies


def _after(reply: Reply, memory: Memory) -> Memory:
    return replace(
        memory,
        shown=memory.shown if reply.shown is None else reply.shown,
        touched=memory.touched if reply.touched is None else reply.touched,
    )


def _with_rest(reply: Reply, request: Request, left: Sequence[Request]) -> Reply:
    """Keeps the requests that are not executed yet for the time after the answer."""
    if reply.question is None:
        return reply
    others = tuple(each for each in left if each is not request)
    return replace(reply, question=replace(reply.question, requests=reply.question.requests + others))


def _joined(replies: Sequence[Reply]) -> Reply:
    shown = [each.shown for each in replies if each.shown is not None]
    touched = [each.touched for each in replies if each.touched is not None]
    return Reply(
        "\n".join(each.text for each in replies if each.text),
        shown[-1] if shown else None,
        touched[-1] if touched else None,
        replies[-1].question,
    )
