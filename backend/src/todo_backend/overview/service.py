from collections.abc import Iterable
from datetime import date, datetime, timedelta

from todo_backend.accounts import repository as accounts
from todo_backend.overview import repository
from todo_backend.overview.schemas import DayCounts, Overview, PriorityCounts, Statistics, TagCount
from todo_backend.tags import repository as tag_repository
from todo_backend.tasks.fields import PRIORITY_OF
from todo_kit.database import Database
from todo_kit.dates import day_bounds, start_of_day

YEAR = 366
"""Number of days that are searched for streaks."""


async def overview(database: Database, user_id: str, now: datetime) -> Overview:
    zone = await accounts.get_zone(database, user_id)
    counts = await repository.count_open(database, user_id, now, zone)
    tags = await repository.count_tags(database, user_id)
    _, _, end_of_day = day_bounds(now, zone)
    return Overview(
        open=counts["pending"],
        today=counts["today"],
        overdue=counts["overdue"],
        upcoming=counts["upcoming"],
        due=counts["due"],
        dated=counts["dated"],
        changes_at=min(filter(None, [counts["next_due"], end_of_day])),
        tags=[TagCount(name=tag["name"], open=tag["open"]) for tag in tags],
        tag_colors=await tag_repository.colors(database, user_id),
    )


async def statistics(database: Database, user_id: str, now: datetime, days: int) -> Statistics:
    zone = await accounts.get_zone(database, user_id)
    today = now.astimezone(zone).date()
    first = today - timedelta(days=YEAR - 1)
    dates = [first + timedelta(days=number) for number in range(YEAR)]
    counts = {day: DayCounts(day=day) for day in dates}
    rows = await repository.count_completed(database, user_id, [start_of_day(day, zone) for day in dates])
    for row in rows:
        setattr(counts[dates[row["day"] - 1]], PRIORITY_OF[row["priority"]].lower(), row["count"])
    open_by_priority = await repository.count_priorities(database, user_id)
    current, longest = streaks({dates[row["day"] - 1] for row in rows}, today)
    return Statistics(
        time_zone=zone.key,
        completed=[counts[day] for day in dates[-days:]],
        open=PriorityCounts(**{PRIORITY_OF[row["priority"]].lower(): row["count"] for row in open_by_priority}),
        overdue=(await repository.count_open(database, user_id, now, zone))["overdue"],
        current_streak=current,
        longest_streak=longest,
    )


def streaks(done: Iterable[date], today: date) -> tuple[int, int]:
    """Returns the current and the longest streak in days. The current one may end yesterday: today is not over."""
    days = sorted(done)
    longest = current = 0
    previous: date | None = None
    for day in days:
        current = current + 1 if previous == day - timedelta(days=1) else 1
        longest = max(longest, current)
        previous = day
    goes_on = previous is not None and previous >= today - timedelta(days=1)
    return current if goes_on else 0, longest
