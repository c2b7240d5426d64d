"""Creates at most one successor per task, decided under the lock of its predecessor."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.accounts.numbers import numbers_of
from todo_backend.occurrences.schemas import OccurrenceAnswer, OccurrenceRequest
from todo_backend.tasks import events, repository
from todo_backend.tasks.errors import TaskNotFound
from todo_backend.tasks.models import Task
from todo_backend.tasks.search import document
from todo_kit.dates import resolve
from todo_kit.events import tasks as contracts
from todo_kit.recurrence import calls_for_successor
from todo_kit.runtime import Runtime


async def ensure(runtime: Runtime, request: OccurrenceRequest) -> OccurrenceAnswer:
    """Takes the number of a new task before the transaction, and again if it turns out there that one is needed."""
    now, answer, number = runtime.clock.now(), None, None
    async with runtime.database.autocommit() as session:
        needs_number = await _needs_number(session, request)
    while answer is None:
        if needs_number:
            number = (await numbers_of(runtime).take(request.user_id)).last
        async with runtime.database.transaction() as session:
            answer = await _ensure(session, request, number, now)
        needs_number = True
    return answer


async def _needs_number(session: AsyncSession, request: OccurrenceRequest) -> bool:
    """Returns whether a successor has to be created, as read without a lock."""
    source = await session.get(Task, (request.user_id, request.task_id))
    if source is None or source.series_id != request.series_id or not needs_successor(source):
        return False
    return (await session.execute(repository.successor_of(source))).first() is None


async def _ensure(
    session: AsyncSession, request: OccurrenceRequest, number: int | None, now: datetime
) -> OccurrenceAnswer | None:
    """Returns None, and changes nothing, if a successor has to be created and there is no number for it."""
    await repository.take_turn(session, request.user_id)
    try:
        source = await repository.lock(session, request.user_id, request.task_id, deleted_too=True, purged_too=True)
    except TaskNotFound:
        return OccurrenceAnswer(result="not_needed", task_id=None)
    if source.series_id != request.series_id or not needs_successor(source):
        return OccurrenceAnswer(result="not_needed", task_id=None)
    successor = await repository.lock_successor(session, source)
    if successor is None:
        if number is None:
            return None
        created = _successor(source, number, request, now)
        session.add(created)
        await session.flush()
        events.emit(session, contracts.TaskCreated, created, now)
        return OccurrenceAnswer(result="created", task_id=created.id)
    if successor.withdrawn:
        await _bring_back(session, successor, source, request, now)
        return OccurrenceAnswer(result="brought_back", task_id=successor.id)
    return OccurrenceAnswer(result="existing", task_id=successor.id)


def needs_successor(task: Task) -> bool:
    is_over = task.completed_at is not None or task.deleted_at is not None
    return not task.withdrawn and calls_for_successor(task.recurrence_pattern, task.delete_scope, is_over=is_over)


def _successor(source: Task, number: int, request: OccurrenceRequest, now: datetime) -> Task:
    task = Task(
        user_id=source.user_id,
        id=number,
        title="",
        time_zone="",
        search="",
        predecessor=source.id,
        predecessor_series=source.series_id,
        created_at=now,
        updated_at=now,
    )
    _take_after(task, source, request)
    return task


def _take_after(task: Task, source: Task, request: OccurrenceRequest) -> None:
    """Sets the fields from the template of the predecessor, which excludes changes of that occurrence alone."""
    template = source.template or {}
    due = resolve(request.due_date, ZoneInfo(source.time_zone))
    task.title, task.description = template["title"], template["description"]
    task.priority, task.tags = template["priority"], template["tags"]
    task.reminder_lead_time = template["reminder_lead_time"]
    task.further_reminders = template.get("further_reminders") or None
    task.due_at, task.due_on, task.time_zone = due.at, due.on, source.time_zone
    task.recurrence_pattern, task.recurrence = source.recurrence_pattern, source.recurrence
    task.series_id, task.slot, task.template = source.series_id, request.slot, template
    task.former_place = None
    task.search = document(task.title, task.description, task.tags)


async def _bring_back(
    session: AsyncSession, task: Task, source: Task, request: OccurrenceRequest, now: datetime
) -> None:
    """Restores a withdrawn successor.

    Sets its fields again: the series may have changed meanwhile, and a later completion can lead to a later date.
    """
    _take_after(task, source, request)
    task.deleted_at, task.delete_scope, task.withdrawn, task.purged_at = None, None, False, None
    task.version += 1
    task.made_version = task.version
    task.updated_at = now
    await session.flush()
    events.emit(session, contracts.TaskRestored, task, now)
