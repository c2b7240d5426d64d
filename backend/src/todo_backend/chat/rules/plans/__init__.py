"""What is done for an intent: steps that yield calls and end with an answer, by the intent's name."""

from collections.abc import Callable, Mapping

from todo_backend.chat.rules.decisions import Plan, Situation
from todo_backend.chat.rules.plans import adding, changing, doing, looking, moving, talking

PLANS: Mapping[str, Callable[[Situation], Plan]] = {
    **talking.PLANS,
    **adding.PLANS,
    **doing.PLANS,
    **changing.PLANS,
    **moving.PLANS,
    **looking.PLANS,
}
