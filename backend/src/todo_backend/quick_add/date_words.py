"""A date, repetition and reminder in words, as a value of a request: for a new task, or for a change of a task.

A change keeps what its words do not mention: "at 16:00" keeps the day, "friday" the time, and "next week" the weekday.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from todo_backend.accounts import repository as accounts
from todo_backend.accounts.locales import Conventions, conventions_of
from todo_backend.quick_add.languages import language_of
from todo_backend.quick_add.meanings import Before
from todo_backend.quick_add.parser import understand
from todo_backend.quick_add.schemas import Ambiguity, Understood, UnderstoodFields
from todo_kit.database import Database
from todo_kit.dates import resolve
from todo_kit.errors import Invalid
from todo_kit.recurrence import WEEKDAYS

FIELDS = ("due_date", "time_zone", "recurrence_pattern", "recurrence", "reminder_lead_time", "reminders")

CLEARABLE = {"reminder_lead_time"}


@dataclass(frozen=True, slots=True)
class DateWords:
    text: str
    zone: ZoneInfo
    """Of the user."""
    conventions: Conventions
    chosen: str = ""
    """The label of the alternative that the user has chosen."""

    def understood(self, now: datetime, before: Before | None = None) -> Understood:
        language = language_of(self.conventions)
        return understand(self.text, now, self.zone, language, conventions=self.conventions, before=before)

    def fields(self, now: datetime, before: Before | None = None) -> dict[str, Any]:
        """Returns the fields that the words mean, as JSON, as the task API accepts them.

        Raises Invalid if the words are ambiguous, are not understood completely, or set a field that is not in FIELDS.
        """
        understood = self.understood(now, before)
        said = understood.fields.model_dump(mode="json", exclude_unset=True)
        title = understood.title
        if understood.ambiguities:
            first, *more = understood.ambiguities
            choice = next((each for each in first.alternatives if each.label == self.chosen), None)
            if more or not choice:
                labels = "; ".join(each.label for each in first.alternatives)
                raise Invalid(
                    "when", f"{first.question} “{first.text}” can mean: {labels}. Ask the person, or say it exactly"
                )
            said |= choice.fields.model_dump(mode="json", exclude_unset=True)
            title = said.pop("title", title)
        fields = {name: said[name] for name in FIELDS if said.get(name) not in (None, "none")}
        if "reminder_lead_time" in understood.fields.model_fields_set:
            fields["reminder_lead_time"] = said["reminder_lead_time"]  # None: "no reminder"
        if other := sorted(name for name in said.keys() - {"title", *FIELDS} if said[name]):
            them = "it" if len(other) == 1 else "them"
            raise Invalid("when", f"“{self.text}” also sets {' and '.join(other)}: give {them} as an argument")
        if rest := title or ("" if fields else self.text):
            raise Invalid("when", f"“{rest}” is not understood; say it like “friday 9am”, or use due_date")
        until = (fields.get("recurrence") or {}).get("until")
        if until and until[:10] < fields["due_date"][:10]:
            raise Invalid("when", f"“{self.text}” ends before its first date, {fields['due_date'][:10]}")
        return of_change(fields, self.zone) if before else fields


async def words_of(database: Database, user_id: str) -> Callable[[str], DateWords]:
    """Returns the function that reads a text as date words, on the clock of the account."""
    async with database.autocommit() as session:
        account = await accounts.get(session, user_id)
    return partial(DateWords, zone=ZoneInfo(account.time_zone), conventions=conventions_of(account))


def before_of(due: datetime | date | None, rule: Mapping[str, Any] | None, zone: ZoneInfo, time_zone: str) -> Before:
    """Returns what a change knows of a task: its due date, an instant or a day, the details of its rule, and its zone.

    `zone` is that of the user.
    """
    local = due.astimezone(zone).replace(tzinfo=None) if isinstance(due, datetime) else due
    return Before(local, tuple(day for day in WEEKDAYS if day in (rule or {}).get("weekdays", ())), ZoneInfo(time_zone))


def of_change(fields: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """Returns the fields with the due date as an instant, so that the task keeps its zone, which may be another one.

    With a rule, the task takes the zone of the user, in which the rule was meant. The rule replaces the former one.
    Fields that another reading would set are not cleared. The reminders of the words replace all former ones.
    """
    fields = {name: value for name, value in fields.items() if name in CLEARABLE or value not in (None, "none")}
    if "reminder_lead_time" in fields and "reminders" not in fields:
        lead_time = fields["reminder_lead_time"]
        fields["reminders"] = [] if lead_time is None else [{"minutes_before": lead_time}]
    if fields.get("recurrence_pattern", "none") != "none":
        return {"recurrence": {}, **fields}
    kept = {name: value for name, value in fields.items() if name != "time_zone"}
    due = kept.get("due_date")
    if due is None or "T" not in due:
        return kept
    return kept | {"due_date": resolve(datetime.fromisoformat(due), zone).at.isoformat()}


def as_change(understood: Understood, zone: ZoneInfo) -> Understood:
    """Returns the answer with its fields as those of a change."""

    def changed(fields: UnderstoodFields) -> UnderstoodFields:
        return UnderstoodFields.model_validate(of_change(fields.model_dump(mode="json", exclude_unset=True), zone))

    def asked(ambiguity: Ambiguity) -> Ambiguity:
        ways = [way.model_copy(update={"fields": changed(way.fields)}) for way in ambiguity.alternatives]
        return ambiguity.model_copy(update={"alternatives": ways})

    ambiguities = [asked(each) for each in understood.ambiguities]
    return understood.model_copy(update={"fields": changed(understood.fields), "ambiguities": ambiguities})
