"""Tags that differ only in case or Unicode form (NFC) are the same tag."""

from collections.abc import Sequence

from todo_kit.errors import Invalid
from todo_kit.text import folded

MOST = 20


def replaced(tags: Sequence[str], add: Sequence[str], remove: Sequence[str]) -> list[str]:
    """Returns the tags without those of `remove` and with those of `add`, in the place of the first removed one.

    Raises Invalid if they become too many.
    """
    gone = {folded(tag) for tag in remove}
    kept = [tag for tag in tags if folded(tag) not in gone]
    known = {folded(tag) for tag in kept}
    new = [tag for tag in add if folded(tag) not in known]
    place = next((at for at, tag in enumerate(tags) if folded(tag) in gone), len(kept))
    found = [*kept[:place], *new, *kept[place:]]
    if len(found) > MOST and new:
        raise Invalid("tags", f"a task has at most {MOST}; remove one first")
    return found
